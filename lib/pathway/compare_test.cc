#include "lib/pathway/compare.h"

#include <functional>
#include <ostream>
#include <string>

#include "gmock/gmock.h"
#include "lib/pathway/load.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using model::v1::Difference;
using model::v1::EditionDifference;
using model::v1::Limit;
using model::v1::Pathway;
using model::v1::TimeUnit;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::OutcomeOf;
using testing::SmallPathway;
using testing::StepOf;

EditionDifference CompareThem(const Pathway& before, const Pathway& after) {
  return Compare(
      {.old_pathway = &before, .new_pathway = &after, .language = "en"});
}

// "SHORTER LIMIT SHORTENS_LIMIT steps/refer/limits/due".
std::vector<std::string> Lines(const EditionDifference& difference) {
  std::vector<std::string> lines;
  for (const Difference& one : difference.differences()) {
    lines.push_back(model::v1::DifferenceKind_Name(one.kind())
                        .substr(std::string("DIFFERENCE_KIND_").size()) +
                    " " +
                    model::v1::DifferencePart_Name(one.part())
                        .substr(std::string("DIFFERENCE_PART_").size()) +
                    " " +
                    model::v1::DifferenceEffect_Name(one.effect())
                        .substr(std::string("DIFFERENCE_EFFECT_").size()) +
                    " " + one.path());
  }
  return lines;
}

// A pathway of one step with one limit of five working days.
Pathway OneLimit() {
  Pathway pathway;
  pathway.set_id("small");
  model::v1::Step& step = *pathway.add_steps();
  step.set_id("intake");
  Limit& limit = *step.add_limits();
  limit.set_id("due");
  limit.mutable_within()->set_n(5);
  limit.mutable_within()->set_unit(model::v1::TIME_UNIT_WORKING_DAY);
  limit.add_stops("away");
  return pathway;
}

struct LimitCase {
  const char* name;
  std::function<void(Limit&)> change;
  std::string line;

  friend void PrintTo(const LimitCase& one, std::ostream* out) {
    *out << one.name;
  }
};

std::function<void(Limit&)> Within(int n, TimeUnit unit) {
  return [n, unit](Limit& limit) {
    limit.mutable_within()->set_n(n);
    limit.mutable_within()->set_unit(unit);
  };
}

class CompareLimitTest : public ::testing::TestWithParam<LimitCase> {};

TEST_P(CompareLimitTest, SaysWhatItDoesToARunningClock) {
  const Pathway before = OneLimit();
  Pathway after = OneLimit();
  GetParam().change(*after.mutable_steps(0)->mutable_limits(0));
  EXPECT_THAT(Lines(CompareThem(before, after)), ElementsAre(GetParam().line));
}

constexpr char kDue[] = "steps/intake/limits/due";

INSTANTIATE_TEST_SUITE_P(
    Limits, CompareLimitTest,
    ::testing::Values(
        LimitCase{"fewer_days", Within(3, model::v1::TIME_UNIT_WORKING_DAY),
                  std::string("SHORTER LIMIT SHORTENS_LIMIT ") + kDue},
        LimitCase{"more_days", Within(7, model::v1::TIME_UNIT_WORKING_DAY),
                  std::string("LONGER LIMIT LENGTHENS_LIMIT ") + kDue},
        LimitCase{"other_unit", Within(5, model::v1::TIME_UNIT_CALENDAR_DAY),
                  std::string("CHANGED LIMIT CHANGES_LIMIT ") + kDue},
        LimitCase{"at_once", [](Limit& limit) { limit.set_at_once(true); },
                  std::string("SHORTER LIMIT SHORTENS_LIMIT ") + kDue},
        LimitCase{"no_limit", [](Limit& limit) { limit.set_no_limit(true); },
                  std::string("LONGER LIMIT LENGTHENS_LIMIT ") + kDue},
        LimitCase{
            "stop_added", [](Limit& limit) { limit.add_stops("ill"); },
            std::string("ADDED STOP LENGTHENS_LIMIT ") + kDue + "/stops/ill"},
        LimitCase{
            "stop_removed", [](Limit& limit) { limit.clear_stops(); },
            std::string("REMOVED STOP SHORTENS_LIMIT ") + kDue + "/stops/away"},
        LimitCase{"track_added",
                  [](Limit& limit) {
                    model::v1::TrackLimit& track = *limit.add_tracks();
                    track.set_track("palliative");
                    track.mutable_within()->set_n(1);
                    track.mutable_within()->set_unit(
                        model::v1::TIME_UNIT_WORKING_DAY);
                  },
                  std::string("SHORTER LIMIT SHORTENS_LIMIT ") + kDue +
                      "/tracks/palliative"},
        LimitCase{
            "other_start",
            [](Limit& limit) { limit.mutable_from()->set_report(true); },
            std::string("CHANGED LIMIT CHANGES_LIMIT ") + kDue + "/counting"},
        LimitCase{
            "others_told",
            [](Limit& limit) { limit.add_escalations()->set_to_role("head"); },
            std::string("CHANGED LIMIT CHANGES_WORK ") + kDue + "/escalations"},
        LimitCase{"other_source",
                  [](Limit& limit) {
                    limit.mutable_source()->set_provenance(
                        model::v1::PROVENANCE_CONFIRMED);
                  },
                  std::string("CHANGED SOURCE HARMLESS ") + kDue + "/source"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Compare, FindsNothingBetweenAnEditionAndItself) {
  const EditionDifference difference =
      CompareThem(SmallPathway(), SmallPathway());
  EXPECT_THAT(difference.differences(), IsEmpty());
  EXPECT_THAT(difference.texts(), IsEmpty());
  EXPECT_EQ(difference.heaviest(), model::v1::DIFFERENCE_EFFECT_UNSPECIFIED);
}

TEST(Compare, HoldsAWeekAndSevenDaysForTheSame) {
  Pathway before = OneLimit();
  Pathway after = OneLimit();
  Within(2, model::v1::TIME_UNIT_WEEK)(
      *before.mutable_steps(0)->mutable_limits(0));
  Within(14, model::v1::TIME_UNIT_CALENDAR_DAY)(
      *after.mutable_steps(0)->mutable_limits(0));
  EXPECT_THAT(Lines(CompareThem(before, after)), IsEmpty());
}

TEST(Compare, WarnsThatAStepGoesOnWhichACaseMayStand) {
  const Pathway before = SmallPathway();
  Pathway after = before;
  const std::string id = after.steps(0).id();
  after.mutable_steps()->DeleteSubrange(0, 1);
  const EditionDifference difference = CompareThem(before, after);
  EXPECT_EQ(Lines(difference).front(),
            "REMOVED STEP STEP_DISAPPEARS steps/" + id);
  EXPECT_EQ(difference.heaviest(),
            model::v1::DIFFERENCE_EFFECT_STEP_DISAPPEARS);
}

TEST(Compare, TellsANewStepAsHarmless) {
  const Pathway before = SmallPathway();
  Pathway after = before;
  after.add_steps()->set_id("new_one");
  EXPECT_THAT(Lines(CompareThem(before, after)),
              Contains("ADDED STEP HARMLESS steps/new_one"));
}

struct StepCase {
  const char* name;
  std::function<void(model::v1::Step&)> change;
  std::string line;

  friend void PrintTo(const StepCase& one, std::ostream* out) {
    *out << one.name;
  }
};

class CompareStepTest : public ::testing::TestWithParam<StepCase> {};

TEST_P(CompareStepTest, SaysWhichPartOfTheStepChanged) {
  const Pathway before = OneLimit();
  Pathway after = before;
  GetParam().change(*after.mutable_steps(0));
  EXPECT_THAT(Lines(CompareThem(before, after)), ElementsAre(GetParam().line));
}

INSTANTIATE_TEST_SUITE_P(
    Steps, CompareStepTest,
    ::testing::Values(
        StepCase{"performer",
                 [](auto& step) { step.mutable_performer()->set_role("x"); },
                 "CHANGED PERFORMER CHANGES_WORK steps/intake/performer"},
        StepCase{"starts",
                 [](auto& step) { step.add_starts_on()->set_entry("x"); },
                 "CHANGED START CHANGES_WORK steps/intake/starts"},
        StepCase{"guard", [](auto& step) { step.add_guards()->set_id("g"); },
                 "ADDED GUARD CHANGES_WORK steps/intake/guards/g"},
        StepCase{"outcome",
                 [](auto& step) { step.add_outcomes()->set_id("o"); },
                 "ADDED OUTCOME HARMLESS steps/intake/outcomes/o"},
        StepCase{"disclosure",
                 [](auto& step) { step.add_disclosure()->set_id("w"); },
                 "ADDED DISCLOSURE CHANGES_WORK steps/intake/disclosure/w"},
        StepCase{"limit_removed", [](auto& step) { step.clear_limits(); },
                 "REMOVED LIMIT LENGTHENS_LIMIT steps/intake/limits/due"},
        StepCase{"limit_added",
                 [](auto& step) {
                   Limit& limit = *step.add_limits();
                   limit.set_id("more");
                   limit.set_at_once(true);
                 },
                 "ADDED LIMIT SHORTENS_LIMIT steps/intake/limits/more"},
        StepCase{"help", [](auto& step) { step.set_help(true); },
                 "CHANGED RULE CHANGES_WORK steps/intake/rules"},
        StepCase{"stage", [](auto& step) { step.set_stage("x"); },
                 "CHANGED STEP HARMLESS steps/intake/stage"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Compare, TellsTheFamilysWordsInFullAndCountsTheOthers) {
  Pathway before;
  model::v1::TextTable& table = *before.add_texts();
  table.set_language("ru");
  model::v1::TextEntry& title = *table.add_entries();
  title.set_key("step/intake");
  title.set_text("Приём");
  title.set_family("Первая встреча");
  Pathway after = before;
  const std::string longer(600, 'x');
  after.mutable_texts(0)->mutable_entries(0)->set_family(longer);
  const EditionDifference difference = CompareThem(before, after);
  ASSERT_EQ(difference.differences_size(), 1);
  EXPECT_EQ(difference.differences(0).new_value(), longer);
  ASSERT_EQ(difference.texts_size(), 1);
  EXPECT_EQ(difference.texts(0).changed(), 1);
}

TEST(Compare, ShowsWhatDiffersAndNotWhatDoesNot) {
  Pathway before = SmallPathway();
  model::v1::Outcome& outcome = *before.mutable_steps(0)->mutable_outcomes(0);
  outcome.add_needs_facts("same_in_both");
  Pathway after = before;
  after.mutable_steps(0)->mutable_outcomes(0)->set_needs_reason(true);
  const EditionDifference difference = CompareThem(before, after);
  ASSERT_EQ(difference.differences_size(), 1);
  EXPECT_EQ(difference.differences(0).old_value(), "");
  EXPECT_EQ(difference.differences(0).new_value(), "needs_reason: true");
}

TEST(Compare, TellsAGuardInWords) {
  const Pathway before = SmallPathway();
  Pathway after = before;
  model::v1::Guard& guard = *after.mutable_steps(0)->add_guards();
  guard.set_id("g");
  guard.mutable_must_hold()->mutable_not_()->mutable_step()->set_live(
      after.steps(0).id());
  const EditionDifference difference = CompareThem(before, after);
  ASSERT_EQ(difference.differences_size(), 1);
  EXPECT_THAT(difference.differences(0).new_value(),
              ::testing::HasSubstr("is not under way"));
}

TEST(Compare, SaysWhichActANumberNowComesFrom) {
  Pathway before = OneLimit();
  Pathway after = before;
  model::v1::Source& source =
      *after.mutable_steps(0)->mutable_limits(0)->mutable_source();
  source.set_act("Act No. 7");
  source.set_provenance(model::v1::PROVENANCE_CONFIRMED);
  const EditionDifference difference = CompareThem(before, after);
  ASSERT_EQ(difference.differences_size(), 1);
  EXPECT_EQ(difference.differences(0).new_value(), "Act No. 7; confirmed");
}

TEST(Compare, PutsWhatWeighsMostFirst) {
  const Pathway before = OneLimit();
  Pathway after = before;
  after.add_entries()->set_id("new_entry");
  after.mutable_steps(0)->clear_limits();
  EXPECT_THAT(Lines(CompareThem(before, after)),
              ElementsAre("REMOVED LIMIT LENGTHENS_LIMIT "
                          "steps/intake/limits/due",
                          "ADDED ENTRY HARMLESS entries/new_entry"));
}

// The shipped pathway against a copy that a methodologist has changed.
TEST(Compare, FindsEveryChangeInACopyOfEarlyHelp) {
  base::Problems problems;
  const auto loaded = LoadPathway(DirectoryFileReader("lib/pathway/catalogue"),
                                  "early-help/early-help.textproto", problems);
  ASSERT_TRUE(loaded.has_value());
  Pathway changed = loaded->pathway;
  changed.set_edition("2026.1");
  StepOf(changed, "intake").mutable_limits(0)->clear_stops();
  StepOf(changed, "programme").clear_co_performers();
  OutcomeOf(changed, "inform_parents", "informed").clear_needs_documents();
  for (int i = 0; i < changed.steps_size(); ++i) {
    if (changed.steps(i).id() != "third_birthday") continue;
    changed.mutable_steps()->DeleteSubrange(i, 1);
  }
  const EditionDifference difference = CompareThem(loaded->pathway, changed);
  EXPECT_THAT(
      Lines(difference),
      ElementsAre("REMOVED STEP STEP_DISAPPEARS steps/third_birthday",
                  "CHANGED OUTCOME CHANGES_WORK "
                  "steps/inform_parents/outcomes/informed",
                  "CHANGED PERFORMER CHANGES_WORK steps/programme/performer",
                  "REMOVED STOP SHORTENS_LIMIT "
                  "steps/intake/limits/intake_due/stops/no_way_through",
                  "REMOVED STOP SHORTENS_LIMIT "
                  "steps/intake/limits/intake_due/stops/person_away",
                  "REMOVED STOP SHORTENS_LIMIT "
                  "steps/intake/limits/intake_due/stops/person_in_hospital",
                  "REMOVED STOP SHORTENS_LIMIT "
                  "steps/intake/limits/intake_due/stops/quarantine"));
  EXPECT_EQ(difference.new_edition().edition(), "2026.1");
}

}  // namespace
}  // namespace careroute::pathway
