#include "services/command/mock/courses.h"

#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using testing::v1::MockScript;

MockScript Parse(const std::string& text) {
  MockScript script;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &script));
  return script;
}

model::v1::Referral Of(const std::string& step, const std::string& service) {
  model::v1::Referral referral;
  referral.set_pathway("early-help");
  referral.set_step(step);
  referral.set_service(service);
  return referral;
}

// Weights of the courses drawn for a thousand referrals.
std::vector<int> Drawn(const MockScript& script) {
  Courses courses(script);
  std::vector<int> weights;
  for (int i = 0; i < 1000; ++i) {
    const Chosen chosen = courses.Choose(Of("intake", ""));
    weights.push_back(chosen.course == nullptr ? -1 : chosen.course->weight());
  }
  return weights;
}

constexpr char kWeighted[] = R"(
    seed: 42
    rules {
      id: "all"
      courses { weight: 9 acts { begin {} } }
      courses { weight: 1 acts { forget {} } }
    })";

TEST(CoursesChoose, TheFirstRuleThatFitsByEveryField) {
  const MockScript script = Parse(R"(
    rules { id: "speech" step: "delivery" service: "speech"
            courses { acts { begin {} } } }
    rules { id: "delivery" step: "delivery" pathway: "early-help"
            courses { acts { begin {} } } }
    rules { id: "elsewhere" pathway: "long-term-care"
            courses { acts { begin {} } } })");
  Courses courses(script);
  EXPECT_EQ(courses.Choose(Of("delivery", "speech")).rule, "speech");
  EXPECT_EQ(courses.Choose(Of("delivery", "mobility")).rule, "delivery");
  const Chosen none = courses.Choose(Of("intake", "speech"));
  EXPECT_EQ(none.rule, "");
  EXPECT_EQ(none.course, nullptr);
}

TEST(CoursesChoose, ARuleOfTheNthLeavesTheOthersToThoseBelow) {
  const MockScript script = Parse(R"(
    rules { id: "odd" nth: [1, 3] courses { acts { begin {} } } }
    rules { id: "rest" courses { acts { begin {} } } })");
  Courses courses(script);
  std::vector<std::string> rules;
  for (int i = 0; i < 4; ++i) {
    rules.push_back(courses.Choose(Of("intake", "")).rule);
  }
  EXPECT_THAT(rules, ::testing::ElementsAre("odd", "rest", "odd", "rest"));
}

TEST(CoursesChoose, DrawsByWeightAndTheSameWithOneSeed) {
  const MockScript script = Parse(kWeighted);
  const std::vector<int> drawn = Drawn(script);
  std::map<int, int> counts;
  for (const int weight : drawn) ++counts[weight];
  EXPECT_NEAR(counts[9], 900, 60) << "seed 42";
  EXPECT_EQ(counts[9] + counts[1], 1000);
  EXPECT_EQ(Drawn(script), drawn);
  MockScript other = script;
  other.set_seed(43);
  EXPECT_NE(Drawn(other), drawn);
}

TEST(CoursesDelayOf, IsWithinItsJitter) {
  const MockScript script = Parse(kWeighted);
  Courses courses(script);
  testing::v1::MockAct act;
  act.mutable_after()->set_seconds(10);
  EXPECT_EQ(courses.DelayOf(act), absl::Seconds(10));
  act.mutable_jitter()->set_seconds(5);
  bool varies = false;
  for (int i = 0; i < 100; ++i) {
    const absl::Duration delay = courses.DelayOf(act);
    EXPECT_GE(delay, absl::Seconds(10)) << "seed 42";
    EXPECT_LE(delay, absl::Seconds(15)) << "seed 42";
    varies = varies || delay != absl::Seconds(10);
  }
  EXPECT_TRUE(varies) << "seed 42";
}

}  // namespace
}  // namespace careroute::services
