#include "tests/support/golden.h"

#include <cstdlib>
#include <fstream>

#include "gtest/gtest-spi.h"
#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

std::string Written(const std::string& text) {
  const std::string path = testing::TempDir() + "/golden_test.txt";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

// Whoever runs all tests to update golden files still tests the comparison.
class ExpectGoldenTest : public testing::Test {
 protected:
  ExpectGoldenTest() { unsetenv("CAREROUTE_UPDATE_GOLDEN"); }
};

TEST_F(ExpectGoldenTest, PassesOnTheSameText) {
  ExpectGolden(Written("one\ntwo\n"), "one\ntwo\n");
}

TEST_F(ExpectGoldenTest, NamesTheFirstLineThatDiffers) {
  const std::string path = Written("one\ntwo\nthree\n");
  EXPECT_NONFATAL_FAILURE(ExpectGolden(path, "one\n2\n3\n"),
                          "line 2:\n  golden: two\n  actual: 2");
}

TEST_F(ExpectGoldenTest, SeesAMissingEnd) {
  const std::string path = Written("one\ntwo");
  EXPECT_NONFATAL_FAILURE(ExpectGolden(path, "one"), "actual: (the end)");
}

TEST_F(ExpectGoldenTest, FailsWithoutAFile) {
  EXPECT_FATAL_FAILURE(ExpectGolden("no/such/file", "one"), "no/such/file");
}

TEST_F(ExpectGoldenTest, WritesTheFileWhenAsked) {
  const std::string path = Written("one\n");
  setenv("CAREROUTE_UPDATE_GOLDEN", "1", 1);
  ExpectGolden(path, "two\n");
  const absl::StatusOr<std::string> written = ReadFile(path);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(*written, "two\n");
}

}  // namespace
}  // namespace careroute::tests
