// Everything that is wrong with a plan: one mistake and what is said of it.

#include "lib/casework/plan_check.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using model::v1::PlanViolation;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A package of four services with every kind of rule.
constexpr char kPathway[] = R"(
  id: "test-route" edition: "1" languages: "en"
  facts { id: "level" type: FACT_TYPE_ENUM values: "none" values: "l1"
          values: "l3" subject: SUBJECT_KIND_PERSON
          data_class: DATA_CLASS_SOCIAL }
  facts { id: "alone" type: FACT_TYPE_BOOL subject: SUBJECT_KIND_PERSON
          data_class: DATA_CLASS_SOCIAL }
  roles { id: "provider" kind: AGENCY_KIND_SOCIAL service: "care" }
  entries { id: "report" from: AGENCY_KIND_HEALTH }
  endings { id: "declined" kind: ENDING_KIND_DECLINED by_coordinator: true }
  lists { id: "services" items: "feeding" items: "washing" items: "nails"
          items: "haircut" }
  parameters { id: "minutes_l1" type: PARAMETER_TYPE_INTEGER }
  bindings { parameter: "minutes_l1" value { integer: 600 }
             source { act: "a region's act" provenance: PROVENANCE_REGION } }
  cap_tables { id: "minutes" fact: "level"
    rows { is: "l1" valid_to: "2024-12-31" at_most: 840
           source { act: "the act of 2021" provenance: PROVENANCE_CONFIRMED } }
    rows { is: "l1" valid_from: "2025-01-01" parameter: "minutes_l1" }
    rows { is: "l3" at_most: 1680 } }
  cap_tables { id: "days" fact: "level"
    rows { is: "l1" at_most: 5 } rows { is: "l3" at_most: 7 } }
  steps {
    id: "package"
    performer { role: "provider" }
    starts_on { entry: "report" }
    invariants { id: "whole" partition {
      of_list: "services" parts: "given" parts: "by_family" parts: "not_needed"
      empty_part: "by_family" empty_while_fact: "alone" }
      source { act: "the form" provenance: PROVENANCE_SECOND_HAND } }
    invariants { id: "hours" sum { of: "minutes_per_week"
                                   cap_table: "minutes" } }
    invariants { id: "days" sum { of: "days_per_week" cap_table: "days"
                                  largest: true } }
    invariants { id: "grid" month {
      week_days: 5 week_days: 7 week_days: 7 week_days: 7 week_days: 4
      times: "times_per_month" days: "days_per_week" week: "times_in_week"
      rows { items: "nails" times: 2 weeks: 2 weeks: 4
             source { act: "the form" provenance: PROVENANCE_SECOND_HAND } }
      rows { items: "haircut" times: 1 weeks: 3 } } }
    outcomes { id: "agreed" ending: "declined" }
  }
)";

// What is said of a plan: "feeding=given minutes_per_week:60".
class PlanCheck : public ::testing::Test {
 protected:
  PlanCheck() : stage_(kPathway) {
    Say("level", pathway::FactKind::kChoice).text = "l3";
    Say("alone", pathway::FactKind::kTruth).truth = false;
  }

  FactRecord& Say(const std::string& fact, pathway::FactKind kind) {
    FactRecord& one = facts_[fact];
    one.fact = fact;
    one.kind = kind;
    return one;
  }

  std::vector<PlanViolation> Check(const std::string& plan) {
    command::v1::CompleteStep command;
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(plan, &command));
    return Check(command.plan());
  }

  std::vector<PlanViolation> Check(
      const google::protobuf::RepeatedPtrField<model::v1::PlanLine>& plan) {
    return CheckPlan(
        {.edition = stage_.edition(),
         .step = *stage_.edition().FindStep("package"),
         .fact = [this](absl::string_view fact) -> const FactRecord* {
           const auto at = facts_.find(std::string(fact));
           return at == facts_.end() ? nullptr : &at->second;
         },
         .date = date_,
         .language = language_},
        plan);
  }

  // The only thing wrong.
  PlanViolation Only(const std::string& plan) {
    const std::vector<PlanViolation> found = Check(plan);
    EXPECT_THAT(found, SizeIs(1));
    for (const PlanViolation& one : found) {
      EXPECT_NE(one.message(), "");
      EXPECT_NE(one.mend(), "");
    }
    return found.empty() ? PlanViolation() : found.front();
  }

  testing::CaseStage stage_;
  std::map<std::string, FactRecord> facts_;
  std::string date_ = "2026-03-02";
  std::string language_ = "en";
};

std::string Line(const std::string& item, const std::string& part,
                 const std::string& quantities = "") {
  return absl::StrCat("plan { item: '", item, "' part: '", part, "' ",
                      quantities, "} ");
}

std::string Of(const std::string& quantity, int64_t amount) {
  return absl::StrCat("quantities { of: '", quantity, "' amount: ", amount,
                      " } ");
}

const std::string kNotWashed = Line("washing", "not_needed");
const std::string kNoMonth =
    Line("nails", "not_needed") + Line("haircut", "not_needed");

TEST_F(PlanCheck, FindsNothingInAWholePackage) {
  EXPECT_THAT(
      Check(Line("feeding", "given",
                 Of("minutes_per_week", 1680) + Of("days_per_week", 7)) +
            Line("washing", "by_family") +
            Line("nails", "given",
                 Of("times_per_month", 2) + Of("times_in_week_2", 1) +
                     Of("times_in_week_4", 1)) +
            Line("haircut", "given", Of("times_per_month", 1))),
      IsEmpty());
}

TEST_F(PlanCheck, NamesWhatStandsNowhere) {
  const PlanViolation one = Only(Line("feeding", "given") + kNotWashed);
  EXPECT_EQ(one.fault(), model::v1::PLAN_FAULT_ITEM_MISSING);
  EXPECT_EQ(one.rule(), "whole");
  EXPECT_THAT(one.items(), ElementsAre("nails", "haircut"));
  EXPECT_EQ(one.source().act(), "the form");
}

TEST_F(PlanCheck, NamesWhatStandsTwice) {
  const PlanViolation one = Only(Line("feeding", "given") + kNotWashed +
                                 kNoMonth + Line("feeding", "by_family"));
  EXPECT_EQ(one.fault(), model::v1::PLAN_FAULT_ITEM_DOUBLED);
  EXPECT_THAT(one.items(), ElementsAre("feeding"));
  EXPECT_EQ(one.path(), "plan[4]");
}

TEST_F(PlanCheck, NamesWhatTheListDoesNotHold) {
  const PlanViolation one = Only(Line("feeding", "given") + kNotWashed +
                                 kNoMonth + Line("dancing", "given"));
  EXPECT_EQ(one.fault(), model::v1::PLAN_FAULT_ITEM_UNKNOWN);
  EXPECT_THAT(one.items(), ElementsAre("dancing"));
}

TEST_F(PlanCheck, NamesPartsThereAreNot) {
  const PlanViolation one =
      Only(Line("feeding", "by_robot") + kNotWashed + kNoMonth);
  EXPECT_EQ(one.fault(), model::v1::PLAN_FAULT_PART_UNKNOWN);
  EXPECT_EQ(one.part(), "by_robot");
  EXPECT_EQ(one.path(), "plan[0].part");
  EXPECT_EQ(one.mend(), "use one of the parts given, by_family, not_needed");
}

TEST_F(PlanCheck, LeavesNothingToTheFamilyOfSomebodyWhoLivesAlone) {
  facts_["alone"].truth = true;
  const PlanViolation one =
      Only(Line("feeding", "by_family") + kNotWashed + kNoMonth);
  EXPECT_EQ(one.fault(), model::v1::PLAN_FAULT_PART_NOT_EMPTY);
  EXPECT_EQ(one.fact(), "alone");
  EXPECT_THAT(one.items(), ElementsAre("feeding"));
  EXPECT_EQ(one.mend(), "move them to another part: given, not_needed");
}

TEST_F(PlanCheck, TakesNotKnownForNoAnswer) {
  const std::string plan = Line("feeding", "by_family") + kNotWashed + kNoMonth;
  Say("alone", pathway::FactKind::kNotKnown);
  EXPECT_EQ(Only(plan).fault(), model::v1::PLAN_FAULT_PART_NOT_DECIDED);
  facts_.erase("alone");
  EXPECT_EQ(Only(plan).fault(), model::v1::PLAN_FAULT_PART_NOT_DECIDED);
  // Nobody asks where nothing rests on it.
  EXPECT_THAT(Check(Line("feeding", "given") + kNotWashed + kNoMonth),
              IsEmpty());
}

TEST_F(PlanCheck, SaysSumCapAndSurplus) {
  const PlanViolation one =
      Only(Line("feeding", "given", Of("minutes_per_week", 1000)) +
           Line("washing", "given", Of("minutes_per_week", 681)) + kNoMonth);
  EXPECT_EQ(one.fault(), model::v1::PLAN_FAULT_OVER_CAP);
  EXPECT_EQ(one.rule(), "hours");
  EXPECT_EQ(one.amount(), 1681);
  EXPECT_EQ(one.cap(), 1680);
  EXPECT_EQ(one.surplus(), 1);
  EXPECT_THAT(one.items(), ElementsAre("feeding", "washing"));
  EXPECT_EQ(one.mend(), "lower the sum by 1");
}

TEST_F(PlanCheck, CapsByTheDayAndNamesWhereTheFigureComesFrom) {
  facts_["level"].text = "l1";
  const std::string plan =
      Line("feeding", "given", Of("minutes_per_week", 900)) + kNotWashed +
      kNoMonth;
  EXPECT_EQ(Only(plan).cap(), 600);
  EXPECT_EQ(Only(plan).source().act(), "a region's act");
  date_ = "2024-12-31";
  EXPECT_EQ(Only(plan).cap(), 840);
  EXPECT_EQ(Only(plan).source().act(), "the act of 2021");
  date_ = "2025-01-01";
  EXPECT_EQ(Only(plan).cap(), 600);
}

TEST_F(PlanCheck, NamesTheLinesAboveALargest) {
  facts_["level"].text = "l1";
  const PlanViolation one =
      Only(Line("feeding", "given", Of("days_per_week", 6)) +
           Line("washing", "given", Of("days_per_week", 5)) + kNoMonth);
  EXPECT_EQ(one.rule(), "days");
  EXPECT_THAT(one.items(), ElementsAre("feeding"));
  EXPECT_EQ(one.surplus(), 1);
}

TEST_F(PlanCheck, NeedsTheLevelToKnowACap) {
  facts_.erase("level");
  const auto found = Check(Line("feeding", "given") + kNotWashed + kNoMonth);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].fault(), model::v1::PLAN_FAULT_LEVEL_NOT_KNOWN);
  EXPECT_EQ(found[0].fact(), "level");
}

TEST_F(PlanCheck, HasNoCapForALevelWithoutAPackage) {
  facts_["level"].text = "none";
  const auto found = Check(Line("feeding", "given") + kNotWashed + kNoMonth);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].fault(), model::v1::PLAN_FAULT_NO_CAP);
}

struct MonthMistake {
  const char* name;
  const char* item;
  std::string quantities;
  model::v1::PlanFault fault;
};

class PlannedMonth : public PlanCheck,
                     public ::testing::WithParamInterface<MonthMistake> {};

TEST_P(PlannedMonth, IsHeldTo) {
  const MonthMistake& mistake = GetParam();
  std::string plan = Line(mistake.item, "given", mistake.quantities);
  for (const char* other : {"feeding", "washing", "nails", "haircut"}) {
    if (other != std::string(mistake.item)) plan += Line(other, "not_needed");
  }
  const PlanViolation one = Only(plan);
  EXPECT_EQ(one.fault(), mistake.fault) << one.message();
  EXPECT_EQ(one.rule(), "grid");
  EXPECT_EQ(one.path(), "plan[0]");
}

const MonthMistake kMistakes[] = {
    {"NailsByTheWeek", "nails", Of("days_per_week", 2),
     model::v1::PLAN_FAULT_WRONG_PERIOD},
    {"FeedingByTheMonth", "feeding", Of("times_per_month", 2),
     model::v1::PLAN_FAULT_WRONG_PERIOD},
    {"Both", "nails", Of("times_per_month", 2) + Of("days_per_week", 1),
     model::v1::PLAN_FAULT_WRONG_PERIOD},
    {"NailsThrice", "nails", Of("times_per_month", 3),
     model::v1::PLAN_FAULT_WRONG_TIMES},
    {"HaircutTwice", "haircut", Of("times_per_month", 2),
     model::v1::PLAN_FAULT_WRONG_TIMES},
    {"NailsInOtherWeeks", "nails",
     Of("times_per_month", 2) + Of("times_in_week_1", 1) +
         Of("times_in_week_4", 1),
     model::v1::PLAN_FAULT_WRONG_WEEKS},
};

INSTANTIATE_TEST_SUITE_P(Mistakes, PlannedMonth, ::testing::ValuesIn(kMistakes),
                         [](const ::testing::TestParamInfo<MonthMistake>& row) {
                           return std::string(row.param.name);
                         });

TEST_F(PlanCheck, AddsTheWeeksUpAndMeasuresThem) {
  const auto found = Check(
      Line("feeding", "not_needed") + kNotWashed + Line("nails", "not_needed") +
      Line("haircut", "given",
           Of("times_per_month", 1) + Of("times_in_week_5", 5)));
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_THAT(found[0].message(), HasSubstr("the weeks make 5"));
  EXPECT_THAT(found[1].message(), HasSubstr("week 5 is to have 5"));
  EXPECT_EQ(found[1].cap(), 4);
  EXPECT_THAT(found[2].mend(), HasSubstr("state the weeks 3"));
}

TEST_F(PlanCheck, KnowsThatAWeekHasSevenDays) {
  const auto found = Check(Line("feeding", "given", Of("days_per_week", 8)) +
                           kNotWashed + kNoMonth);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].rule(), "days");
  EXPECT_EQ(found[1].rule(), "grid");
  EXPECT_EQ(found[1].cap(), 7);
}

TEST_F(PlanCheck, RefusesQuantitiesNoRuleCouldCount) {
  const auto found = Check(Line("feeding", "given",
                                Of("hours", 1) + Of("minutes_per_week", 1) +
                                    Of("minutes_per_week", 2) +
                                    Of("days_per_week", int64_t{1} << 40)) +
                           kNotWashed + kNoMonth);
  ASSERT_GE(found.size(), 3U);
  EXPECT_EQ(found[0].fault(), model::v1::PLAN_FAULT_QUANTITY_UNKNOWN);
  EXPECT_EQ(found[0].path(), "plan[0].quantities[0]");
  EXPECT_EQ(found[1].fault(), model::v1::PLAN_FAULT_QUANTITY_DOUBLED);
  EXPECT_EQ(found[1].path(), "plan[0].quantities[2]");
  EXPECT_EQ(found[2].fault(), model::v1::PLAN_FAULT_AMOUNT_OUT_OF_RANGE);
  EXPECT_EQ(found[2].rule(), "");
}

TEST_F(PlanCheck, ReadsNoMoreLinesThanAPlanMayHave) {
  google::protobuf::RepeatedPtrField<model::v1::PlanLine> plan;
  for (int i = 0; i <= kPlanLinesMax; ++i) plan.Add()->set_item("feeding");
  const auto found = Check(plan);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].fault(), model::v1::PLAN_FAULT_TOO_MANY_LINES);
}

TEST_F(PlanCheck, SpeaksRussianToo) {
  language_ = "ru";
  EXPECT_EQ(Only(Line("feeding", "given") + kNotWashed).message(),
            "не распределены: nails, haircut");
  language_ = "ru-RU";
  EXPECT_THAT(Only(Line("feeding", "given", Of("minutes_per_week", 1690)) +
                   kNotWashed + kNoMonth)
                  .message(),
              HasSubstr("в сумме 1690, предел 1680"));
}

}  // namespace
}  // namespace careroute::casework
