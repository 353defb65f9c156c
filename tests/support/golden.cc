#include "tests/support/golden.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "lib/base/real_environment.h"

namespace careroute::tests {
namespace {

// "line 7:\n  golden: ...\n  actual: ..." of the first line that differs.
std::string FirstDifference(absl::string_view golden,
                            absl::string_view actual) {
  const std::vector<absl::string_view> want = absl::StrSplit(golden, '\n');
  const std::vector<absl::string_view> got = absl::StrSplit(actual, '\n');
  size_t at = 0;
  while (at < std::min(want.size(), got.size()) && want[at] == got[at]) {
    ++at;
  }
  return absl::StrCat("line ", at + 1, ":\n  golden: ",
                      at < want.size() ? want[at] : "(the end)",
                      "\n  actual: ", at < got.size() ? got[at] : "(the end)");
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path));
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void ExpectGolden(const std::string& path, absl::string_view actual) {
  if (base::RealEnvironment("CAREROUTE_UPDATE_GOLDEN") == "1") {
    std::ofstream file(path, std::ios::binary);
    file << actual;
    EXPECT_TRUE(file.flush().good()) << "cannot write " << path;
    return;
  }
  const absl::StatusOr<std::string> golden = ReadFile(path);
  ASSERT_TRUE(golden.ok()) << golden.status();
  EXPECT_TRUE(*golden == actual)
      << path << " differs, first in " << FirstDifference(*golden, actual)
      << "\nIf the change is meant, run the test again with"
      << " CAREROUTE_UPDATE_GOLDEN=1 and read the diff.";
}

}  // namespace careroute::tests
