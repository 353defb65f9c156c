#include "services/command/import/json_request.h"

#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using api::v1::ReportNeedRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string KeyOf(const std::string& line) {
  ReportNeedRequest request;
  std::string key;
  base::Problems problems;
  EXPECT_TRUE(ReadJsonRequest(line, request, key, problems))
      << problems.ToStatus();
  return key;
}

// "path REASON" of each problem; nothing of the line stands in them.
std::vector<std::string> ProblemsOf(const std::string& line) {
  ReportNeedRequest request;
  std::string key;
  base::Problems problems;
  EXPECT_FALSE(ReadJsonRequest(line, request, key, problems));
  std::vector<std::string> found;
  for (const base::Problem& one : problems.list()) {
    found.push_back(one.path + " " + one.reason);
    EXPECT_THAT(one.path + one.message + one.mend, Not(HasSubstr("Canary")));
  }
  return found;
}

TEST(ReadJsonRequest, TakesTheNamesOfTheProtoAndOfJson) {
  ReportNeedRequest request;
  std::string key;
  base::Problems problems;
  ASSERT_TRUE(ReadJsonRequest(
      R"({"pathway": "p", "wordGiven": "WORD_GIVEN_IN_WRITING",
          "happened_time": "2026-03-02T10:00:00+10:00",
          "facts": [{"fact": "f", "value": {"number": 3}}]})",
      request, key, problems));
  EXPECT_EQ(request.word_given(), model::v1::WORD_GIVEN_IN_WRITING);
  EXPECT_EQ(request.facts(0).value().number(), 3);
}

TEST(ReadJsonRequest, GivesOneKeyToWhatSaysTheSame) {
  const std::string key = KeyOf(R"({"pathway":"p","entry":"e","flags":["a"]})");
  EXPECT_EQ(KeyOf(R"({ "flags": ["a"], "entry" : "e", "pathway": "p" })"), key);
  EXPECT_NE(KeyOf(R"({"pathway":"p","entry":"f","flags":["a"]})"), key);
  EXPECT_NE(KeyOf(R"({"pathway":"p","entry":"e","flags":["a","b"]})"), key);
}

TEST(ReadJsonRequest, RefusesWhatIsNoObject) {
  for (const char* line : {"Canary", "[]", "3", "{", R"({"a":1}{"a":1})"}) {
    EXPECT_THAT(ProblemsOf(line), ElementsAre(" NOT_JSON")) << line;
  }
}

TEST(ReadJsonRequest, SaysWhereAnUnknownFieldStandsAndNotItsName) {
  EXPECT_THAT(ProblemsOf(R"({"Canary": 1})"), ElementsAre(" UNKNOWN_FIELD"));
  EXPECT_THAT(ProblemsOf(R"({"person": {"identity": {"Canary": "x"}}})"),
              ElementsAre("person.identity UNKNOWN_FIELD"));
  EXPECT_THAT(ProblemsOf(R"({"facts": [{"fact": "f"}, {"Canary": 1}]})"),
              ElementsAre("facts[1] UNKNOWN_FIELD"));
}

TEST(ReadJsonRequest, NamesEveryFieldThatHoldsSomethingElse) {
  EXPECT_THAT(ProblemsOf(
                  R"({"pathway": {"Canary": 1}, "wordGiven": "Canary",
              "happenedTime": "Canary",
              "person": {"identity": {"birthOrder": "Canary"}}})"),
              ElementsAre("happened_time WRONG_KIND", "pathway WRONG_KIND",
                          "person.identity.birth_order WRONG_KIND",
                          "word_given WRONG_KIND"));
}

}  // namespace
}  // namespace careroute::services
