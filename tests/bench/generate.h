// tests/bench/generate.h: `careroute init` and `careroute generate`, run to
// their end.
//
//   CAREROUTE_RETURN_IF_ERROR(Generate({.folder = folder, .cases = 100'000}));

#ifndef CAREROUTE_TESTS_BENCH_GENERATE_H_
#define CAREROUTE_TESTS_BENCH_GENERATE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace careroute::bench {

struct GenerateOptions {
  std::string folder;  // made, with all that a hub needs
  int64_t cases = 0;
  uint64_t seed = 0;
};

// What the programs print goes to the standard error. NOT_FOUND when the
// program of this build has no such command.
[[nodiscard]] absl::Status Generate(const GenerateOptions& options);

// Waits until the files of a folder are on the disk, so that writing them out
// does not slow what is measured next.
void SettleFiles(const std::string& folder);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_GENERATE_H_
