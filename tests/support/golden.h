// tests/support/golden.h: compares a text with one that was looked at once and
// committed.
//
// A golden file is reviewed as a diff. When the change is meant, run the test
// with CAREROUTE_UPDATE_GOLDEN=1: it writes the file, and passes.
//
//   tests::ExpectGolden("tests/golden/descriptors.txt", text);

#ifndef CAREROUTE_TESTS_SUPPORT_GOLDEN_H_
#define CAREROUTE_TESTS_SUPPORT_GOLDEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace careroute::tests {

// The whole file. NOT_FOUND when it cannot be read. `path` is from the root,
// where careroute_test runs its programs.
[[nodiscard]] absl::StatusOr<std::string> ReadFile(const std::string& path);

// Fails the test, naming the first line that differs, unless `actual` is what
// the file at `path` holds, byte for byte.
void ExpectGolden(const std::string& path, absl::string_view actual);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SUPPORT_GOLDEN_H_
