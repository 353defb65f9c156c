// Broken sets: each mistake is named with its place.

#include <functional>
#include <ostream>
#include <string>

#include "gtest/gtest.h"
#include "lib/measures/measure_set.h"
#include "lib/measures/testing/shipped.h"

namespace careroute::measures {
namespace {

namespace m = model::v1;
using testing::Describe;
using testing::Shipped;

// A shipped set, open to change.
struct Draft {
  m::SupportMeasures set;
  Texts texts;

  m::SupportMeasure& first() { return *set.mutable_measures(0); }
  // Makes "who is entitled" of the first measure a question for a fact.
  m::FactTest& Ask() {
    m::FactTest& test = *first().mutable_entitled()->mutable_fact();
    test.set_fact("life_event");
    test.mutable_is()->add_values("birth");
    return test;
  }
};

struct Row {
  const char* name;
  std::function<void(Draft&)> change;
  const char* reason;
  const char* path;
  base::Grade grade = base::Grade::kError;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

const Row kRows[] = {
    {"NoId", [](Draft& d) { d.set.clear_id(); }, "EMPTY", "id"},
    {"NoEdition", [](Draft& d) { d.set.clear_edition(); }, "EMPTY", "edition"},
    {"OddEdition", [](Draft& d) { d.set.set_edition("A b"); }, "NOT_AN_ID",
     "edition"},
    {"NoLanguage", [](Draft& d) { d.set.clear_languages(); }, "EMPTY",
     "languages"},
    {"LanguageTwice", [](Draft& d) { d.set.add_languages("ru"); },
     "DUPLICATE_ID", "languages[2]"},
    {"NoMeasure", [](Draft& d) { d.set.clear_measures(); }, "EMPTY",
     "measures"},
    {"NeverStale", [](Draft& d) { d.set.clear_stale_after_months(); }, "EMPTY",
     "stale_after_months"},
    {"MeasureWithoutId", [](Draft& d) { d.first().clear_id(); }, "EMPTY",
     "measures[0].id"},
    {"MeasureTwice",
     [](Draft& d) { d.set.mutable_measures(1)->set_id(d.first().id()); },
     "DUPLICATE_ID", "measures[1].id"},
    {"NoSource", [](Draft& d) { d.first().clear_source(); }, "NO_SOURCE",
     "measures[0].source"},
    {"SourceWithoutProvenance",
     [](Draft& d) { d.first().mutable_source()->clear_provenance(); },
     "NO_PROVENANCE", "measures[0].source"},
    {"InventedUnmarked", [](Draft& d) { d.set.clear_demo(); },
     "NOT_MARKED_DEMO", "measures[9].source"},
    {"NeverChecked", [](Draft& d) { d.first().clear_checked_on(); },
     "NEVER_CHECKED", "measures[0].checked_on"},
    {"DatesTurned",
     [](Draft& d) {
       d.first().set_valid_from("2026-02-01");
       d.first().set_valid_to("2026-01-31");
     },
     "ENDS_BEFORE_IT_BEGINS", "measures[0].valid_to"},
    {"TermWithoutUnit",
     [](Draft& d) { d.first().mutable_decided_within()->set_n(3); },
     "NOT_A_TERM", "measures[0].decided_within"},
    {"TermOfARegion",
     [](Draft& d) {
       d.first().mutable_decided_within()->set_parameter("wait");
     },
     "NOT_A_TERM", "measures[0].decided_within"},
    {"AsksForAStep",
     [](Draft& d) {
       d.first().mutable_entitled()->mutable_outcome()->set_step("intake");
     },
     "NOT_OVER_FACTS", "measures[0].entitled"},
    {"AsksForAConsentDeepInside",
     [](Draft& d) {
       d.first().mutable_entitled()->mutable_any()->add_of()->mutable_consent();
     },
     "NOT_OVER_FACTS", "measures[0].entitled.any.of[0]"},
    {"AsksNothing", [](Draft& d) { d.first().mutable_entitled()->Clear(); },
     "EMPTY", "measures[0].entitled"},
    {"AsksNothingOfAFact", [](Draft& d) { d.Ask().clear_test(); }, "EMPTY",
     "measures[0].entitled.fact"},
    {"AsksNoAge", [](Draft& d) { d.first().mutable_entitled()->mutable_age(); },
     "EMPTY", "measures[0].entitled.age"},
    {"NotKnownUnderANot",
     [](Draft& d) {
       const m::FactTest test = d.Ask();
       *d.first().mutable_entitled()->mutable_not_()->mutable_fact() = test;
     },
     "NOT_KNOWN_UNHANDLED", "measures[0].entitled.not.fact"},
    {"AsksForTheSameSubject", [](Draft& d) { d.Ask().set_same_subject(true); },
     "MISPLACED", "measures[0].entitled.fact.same_subject"},
    {"NoText",
     [](Draft& d) { d.texts.Mutable(0)->mutable_entries()->RemoveLast(); },
     "NO_TEXT", "measures[14].documents[1]"},
    {"NoTextInALanguage", [](Draft& d) { d.texts.RemoveLast(); }, "NO_TEXT",
     "measures[0]"},
    {"NoWordsForTheFamily",
     [](Draft& d) { d.texts.Mutable(0)->mutable_entries(0)->clear_family(); },
     "NO_FAMILY_TEXT", "texts[0].entries[0].family"},
    {"TextOfNothing",
     [](Draft& d) {
       d.texts.Mutable(0)->mutable_entries(0)->set_key("measure/nope");
     },
     "UNUSED", "texts[0].entries[0].key", base::Grade::kWarning},
};

class CheckMeasuresTest : public ::testing::TestWithParam<Row> {};

TEST_P(CheckMeasuresTest, FindsTheMistake) {
  const auto shipped = Shipped();
  ASSERT_NE(shipped, nullptr);
  Draft draft{.set = shipped->message(), .texts = shipped->texts()};
  GetParam().change(draft);
  base::Problems problems;
  CheckMeasures(draft.set, draft.texts, problems);
  for (const base::Problem& problem : problems.list()) {
    if (problem.reason == GetParam().reason &&
        problem.path == GetParam().path) {
      EXPECT_EQ(problem.grade, GetParam().grade);
      EXPECT_FALSE(problem.mend.empty());
      return;
    }
  }
  ADD_FAILURE() << "expected " << GetParam().reason << " at " << GetParam().path
                << ", found:\n"
                << Describe(problems);
}

INSTANTIATE_TEST_SUITE_P(Rows, CheckMeasuresTest, ::testing::ValuesIn(kRows),
                         [](const ::testing::TestParamInfo<Row>& row) {
                           return row.param.name;
                         });

TEST(CheckMeasures, RefusesASetWithAnErrorAndTakesOneWithAWarning) {
  const auto shipped = Shipped();
  ASSERT_NE(shipped, nullptr);
  base::Problems problems;
  m::SupportMeasures set = shipped->message();
  set.mutable_measures(0)->clear_source();
  EXPECT_EQ(MeasureSet::Make(set, shipped->texts(), problems), nullptr);
  Texts texts = shipped->texts();
  m::TextEntry& spare = *texts.Mutable(0)->add_entries();
  spare.set_key("document/spare");
  spare.set_text("Запас");
  EXPECT_NE(MeasureSet::Make(shipped->message(), texts, problems), nullptr);
}

TEST(CheckMeasures, StopsAtAConditionNobodyCanRead) {
  const auto shipped = Shipped();
  ASSERT_NE(shipped, nullptr);
  m::SupportMeasures set = shipped->message();
  m::Condition* inner = set.mutable_measures(0)->mutable_entitled();
  for (int i = 0; i < 40; ++i) inner = inner->mutable_not_();
  base::Problems problems;
  CheckMeasures(set, shipped->texts(), problems);
  EXPECT_NE(Describe(problems).find("TOO_DEEP"), std::string::npos)
      << Describe(problems);
}

}  // namespace
}  // namespace careroute::measures
