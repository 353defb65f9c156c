#include "services/command/mock/script.h"

#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;

TEST(ReadMockScript, TheExampleIsAScriptWithoutRemarks) {
  std::ifstream stream("services/command/mock/example.textproto");
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  base::Problems problems;
  const auto script = ReadMockScript("example.textproto", text, problems);
  ASSERT_TRUE(script.has_value()) << problems.ToStatus();
  EXPECT_TRUE(problems.empty()) << problems.list().front().message;
  EXPECT_EQ(script->rules_size(), 4);
}

struct Wrong {
  const char* name;
  const char* text;
  const char* reason;
  int line;
};

class WrongScript : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongScript, IsNamedByItsLineWithAMend) {
  base::Problems problems;
  static_cast<void>(
      ReadMockScript("script.textproto", GetParam().text, problems));
  ASSERT_EQ(problems.list().size(), 1U);
  const base::Problem& problem = problems.list().front();
  EXPECT_EQ(problem.reason, GetParam().reason);
  EXPECT_EQ(problem.file, "script.textproto");
  EXPECT_EQ(problem.line, GetParam().line);
  EXPECT_FALSE(problem.mend.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongScript,
    ::testing::Values(
        Wrong{"NoRules", "seed: 1", "EMPTY", 1},
        Wrong{"UnknownField",
              "rules {\n  id: \"a\"\n  often: 3\n"
              "  courses { acts { begin {} } }\n}",
              "UNKNOWN_FIELD", 3},
        Wrong{"NoId", "seed: 1\nrules { courses { acts { begin {} } } }",
              "EMPTY", 2},
        Wrong{"SameId",
              "rules { id: \"a\" step: \"x\" courses { acts { begin {} } } }\n"
              "rules { id: \"a\" step: \"y\" courses { acts { begin {} } } }",
              "DUPLICATE", 2},
        Wrong{"NoCourses", "\nrules { id: \"a\" }", "EMPTY", 2},
        Wrong{"NoActs", "rules { id: \"a\"\n courses { weight: 2 } }", "EMPTY",
              2},
        Wrong{"NothingToDo",
              "rules { id: \"a\" courses {\n acts { repeats: 1 } } }", "EMPTY",
              2},
        Wrong{"AfterTheEnd",
              "rules { id: \"a\" courses {\n acts { forget {} }\n"
              " acts { begin {} } } }",
              "NEVER_DONE", 3},
        Wrong{"BelowARuleForAll",
              "rules { id: \"a\" courses { acts { begin {} } } }\n"
              "rules { id: \"b\" step: \"x\" courses { acts { begin {} } } }",
              "NEVER_DONE", 2},
        Wrong{"NegativeDelay",
              "rules { id: \"a\" courses { acts {\n"
              " after { seconds: -1 } begin {} } } }",
              "OUT_OF_RANGE", 2},
        Wrong{"RepeatsSilence",
              "rules { id: \"a\" courses { acts { silence { seconds: 1 }\n"
              " anew: 1 } } }",
              "NOTHING_TO_REPEAT", 2},
        Wrong{"TooManyRepeats",
              "rules { id: \"a\" courses { acts { begin {}\n"
              " repeats: 1000 } } }",
              "OUT_OF_RANGE", 2}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(ReadMockScript, WarnsOfWhatTheHubRefusesAndKeepsIt) {
  base::Problems problems;
  const auto script = ReadMockScript(
      "script.textproto",
      "rules { id: \"a\" courses {\n acts { accept {} } } }", problems);
  ASSERT_TRUE(script.has_value()) << "to see it refused may be the test";
  ASSERT_EQ(problems.list().size(), 1U);
  EXPECT_EQ(problems.list().front().grade, base::Grade::kWarning);
  EXPECT_EQ(problems.list().front().line, 2);
  EXPECT_THAT(problems.list().front().mend, HasSubstr("can_meet_needs"));
}

TEST(ActNameOf, IsTheWordOfTheScript) {
  testing::v1::MockAct act;
  EXPECT_EQ(ActName(act), "");
  act.mutable_ask_information();
  EXPECT_EQ(ActName(act), "ask_information");
}

}  // namespace
}  // namespace careroute::services
