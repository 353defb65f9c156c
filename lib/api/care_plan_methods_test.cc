// What is wrong with a plan before it is stated, and what came of one that was.

#include "lib/api/care_plan_methods.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/care_plan_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/case_bench.h"
#include "lib/base/check.h"
#include "lib/casework/view.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kSteps[] = R"(
  cap_tables { id: "care_caps" fact: "level" rows { is: "l1" at_most: 100 } }
  steps { id: "package" performer { coordinator: true }
          may_be_started_by_hand: true
          invariants { id: "whole" partition {
            of_list: "services" parts: "given" parts: "by_family"
            empty_part: "by_family" empty_while_fact: "lives_alone" } }
          invariants { id: "hours" sum { of: "minutes"
                                         cap_table: "care_caps" } }
          outcomes { id: "stated" needs_plan: true continues: true } }
  steps { id: "home_visits" performer { coordinator: true }
          may_be_started_by_hand: true
          visits { missed_after { n: 1 unit: TIME_UNIT_CALENDAR_DAY }
                   planned_by: "package" planned_part: "given"
                   reasons { id: "not_at_home" starts: "package" } }
          outcomes { id: "over" nothing_follows: true } }
)";

constexpr char kLevel[] =
    "facts { fact: 'level' value { choice: 'l1' } } facts { fact: "
    "'lives_alone' value { truth: false } } ";

class CarePlanMethods : public ::testing::Test {
 protected:
  CarePlanMethods() {
    model::v1::Pathway pathway = EngineBench::Route("planned");
    google::protobuf::TextFormat::Parser parser;
    CAREROUTE_CHECK(parser.MergeFromString(kSteps, &pathway));
    made_.Publish(pathway);
    uid_ = made_.Open({.pathway = "planned"});
    bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  }

  static std::string Lines(int minutes) {
    return absl::StrCat(
        "plan { item: 'wash' part: 'given' quantities { of: 'minutes' amount: ",
        minutes,
        " } } plan { item: 'cook' part: 'by_family' } plan { item: 'walk' "
        "part: 'by_family' } ");
  }

  static v1::CheckPlanRequest Asking(const std::string& text) {
    v1::CheckPlanRequest request;
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(text, &request));
    request.set_step("package");
    request.set_language("en");
    return request;
  }

  v1::CheckPlanRequest AskingForCase(const std::string& text) {
    v1::CheckPlanRequest request = Asking(text);
    request.set_name(casework::CaseName(uid_));
    return request;
  }

  v1::CheckPlanResponse Check(const v1::CheckPlanRequest& request) {
    return bench_.Ask<v1::CheckPlanResponse>("CarePlanService.CheckPlan",
                                             request);
  }

  void StatePlan() {
    made_.Do(uid_, absl::StrCat("record_facts { ", kLevel, "}"));
    made_.Do(uid_, "start_step { step: 'package' }");
    made_.Do(uid_, absl::StrCat("complete_step { occurrence: ",
                                made_.Number(uid_, "package"),
                                " outcome: 'stated' ", Lines(60), "}"));
  }

  v1::GetCarePlanRequest Getting(const std::string& text) {
    v1::GetCarePlanRequest request;
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(text, &request));
    request.set_name(casework::CaseName(uid_));
    request.set_step("package");
    return request;
  }

  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  base::Uid uid_;
};

TEST_F(CarePlanMethods, CheckAPlanForNobodyYet) {
  EXPECT_THAT(
      Check(Asking(absl::StrCat("pathway: 'planned' ", kLevel, Lines(100))))
          .violations(),
      IsEmpty());
  const auto found =
      Check(Asking(absl::StrCat("pathway: 'planned' ", kLevel, Lines(130))));
  ASSERT_THAT(found.violations(), SizeIs(1));
  EXPECT_EQ(found.violations(0).surplus(), 30);
  EXPECT_EQ(found.violations(0).mend(), "lower the sum by 30");
}

TEST_F(CarePlanMethods, CheckAPlanByWhatTheCaseHolds) {
  const auto unknown = Check(AskingForCase(Lines(60)));
  EXPECT_THAT(unknown.violations(), SizeIs(2));
  made_.Do(uid_, absl::StrCat("record_facts { ", kLevel, "}"));
  EXPECT_THAT(Check(AskingForCase(Lines(60))).violations(), IsEmpty());
  // What comes with the plan counts before.
  const auto alone = Check(AskingForCase(absl::StrCat(
      "facts { fact: 'lives_alone' value { truth: true } } ", Lines(60))));
  ASSERT_THAT(alone.violations(), SizeIs(1));
  EXPECT_THAT(alone.violations(0).items(), ElementsAre("cook", "walk"));
}

TEST_F(CarePlanMethods, StoreNothing) {
  const int64_t before = made_.Read(uid_).version;
  Check(AskingForCase(Lines(60)));
  EXPECT_EQ(made_.Read(uid_).version, before);
}

TEST_F(CarePlanMethods, SayWhatTheyWereNotAskedAbout) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      bench_.Refuse("CarePlanService.CheckPlan", Asking(""))));
  for (const char* text :
       {"pathway: 'nope'",
        "pathway: 'planned' facts { fact: 'nope' value { truth: true } }"}) {
    const auto refusal =
        RefusalOf(bench_.Refuse("CarePlanService.CheckPlan", Asking(text)));
    ASSERT_TRUE(refusal.has_value()) << text;
    EXPECT_EQ(refusal->reason(), model::v1::ERROR_REASON_NOT_DECLARED);
    EXPECT_NE(refusal->problems(0).mend(), "");
  }
  v1::CheckPlanRequest request = Asking("pathway: 'planned'");
  request.set_step("home_visits");
  EXPECT_TRUE(absl::IsFailedPrecondition(
      bench_.Refuse("CarePlanService.CheckPlan", request)));
}

TEST_F(CarePlanMethods, CountVisitsPlannedAgainstDone) {
  StatePlan();
  made_.Do(uid_, "start_step { step: 'home_visits' }");
  const std::string visits =
      absl::StrCat("occurrence: ", made_.Number(uid_, "home_visits"), " ");
  made_.Do(uid_,
           absl::StrCat("plan_visits { ", visits,
                        "visits { planned_on: '2026-03-02' service: 'wash' } "
                        "visits { planned_on: '2026-03-02' service: 'wash' } "
                        "visits { planned_on: '2026-03-09' service: 'wash' } "
                        "}"));
  made_.Do(uid_, absl::StrCat("record_visit { ", visits,
                              "visit: 1 state: VISIT_STATE_DONE }"));
  made_.Do(uid_, absl::StrCat("record_visit { ", visits,
                              "visit: 2 state: VISIT_STATE_MISSED reason: "
                              "'not_at_home' }"));
  const auto all = bench_.Ask<v1::GetCarePlanResponse>(
      "CarePlanService.GetCarePlan", Getting(""));
  EXPECT_THAT(all.plan().lines(), SizeIs(3));
  ASSERT_THAT(all.visits(), SizeIs(1));
  EXPECT_EQ(all.visits(0).planned(), 3);
  EXPECT_EQ(all.visits(0).done(), 1);
  EXPECT_EQ(all.visits(0).missed(), 1);
  EXPECT_EQ(all.visits(0).open(), 1);
  ASSERT_THAT(all.visits(0).reasons(), SizeIs(1));
  EXPECT_THAT(all.visits(0).reasons(0).starts(), ElementsAre("package"));
  const auto week = bench_.Ask<v1::GetCarePlanResponse>(
      "CarePlanService.GetCarePlan",
      Getting("first_date: '2026-03-09' last_date: '2026-03-15'"));
  EXPECT_EQ(week.visits(0).planned(), 1);
}

TEST_F(CarePlanMethods, HaveNoPlanThatWasNeverStated) {
  EXPECT_TRUE(absl::IsNotFound(
      bench_.Refuse("CarePlanService.GetCarePlan", Getting(""))));
}

}  // namespace
}  // namespace careroute::api
