#include "tests/torture/check_bench.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace careroute::tests {

absl::Status CheckBench(const Program& hub) {
  if (hub.port() != 0 && !testing::UnitTest::GetInstance()->Failed()) {
    return absl::OkStatus();
  }
  return absl::InternalError(
      absl::StrCat("the hub does not serve:\n", hub.log()));
}

}  // namespace careroute::tests
