// Our own .proto files against every rule, one test a rule.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

std::string Listed(const base::Problems& problems) {
  std::string text;
  for (const base::Problem& problem : problems.list()) {
    absl::StrAppend(&text, problem.file, ":", problem.line, ": ", problem.path,
                    " ", problem.message, "; ", problem.mend, "\n");
  }
  return text;
}

class ProtoStyleTest : public testing::TestWithParam<Rule> {
 protected:
  // Read once: every rule looks at the same files.
  static void SetUpTestSuite() {
    auto schema = Schema::FromDirectory("proto");
    ASSERT_TRUE(schema.ok()) << schema.status();
    schema_ = *std::move(schema);
  }
  static void TearDownTestSuite() { schema_.reset(); }

  static inline std::unique_ptr<Schema> schema_;
};

TEST_P(ProtoStyleTest, HoldsForEveryFile) {
  ASSERT_NE(schema_, nullptr);
  base::Problems problems;
  GetParam().check(*schema_, problems);
  EXPECT_TRUE(problems.empty()) << problems.list().size() << " problems\n"
                                << Listed(problems);
}

std::string Reason(const testing::TestParamInfo<Rule>& rule) {
  return rule.param.reason;
}

INSTANTIATE_TEST_SUITE_P(Rules, ProtoStyleTest, testing::ValuesIn(AllRules()),
                         Reason);

}  // namespace
}  // namespace careroute::proto_style
