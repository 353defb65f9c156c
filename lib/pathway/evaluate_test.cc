#include "lib/pathway/evaluate.h"

#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/pathway/testing/fake_case_view.h"

// Sanitizers bring operators of their own, which are not to be replaced.
#ifdef __has_feature
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define CAREROUTE_OWN_OPERATORS
#endif
#endif

namespace {
// Counts allocations of this thread, for the promise that evaluation makes
// none.
thread_local long allocations = 0;
}  // namespace

#ifndef CAREROUTE_OWN_OPERATORS
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) {
    return memory;
  }
  std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace careroute::pathway {
namespace {

using model::v1::Condition;
using model::v1::SUBJECT_KIND_FINDING;
using testing::FakeCaseView;

constexpr SubjectRef kPerson = {};
constexpr SubjectRef kFinding1 = {SUBJECT_KIND_FINDING, 1};
constexpr SubjectRef kFinding2 = {SUBJECT_KIND_FINDING, 2};

absl::Time At(int year, int month, int day, int hour = 0) {
  return absl::FromCivil(absl::CivilHour(year, month, day, hour),
                         absl::UTCTimeZone());
}

Condition Parse(const std::string& text) {
  Condition condition;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &condition))
      << text;
  return condition;
}

std::string Name(Tri tri) {
  return tri == Tri::kYes ? "yes" : tri == Tri::kNo ? "no" : "not known";
}

// A case on 2025-06-10 at noon in which "t" is true, "f" false, "u" was said
// to be not known, and "n" was never recorded.
FakeCaseView ThreeValuedCase() {
  FakeCaseView view(At(2025, 6, 10, 12));
  view.SetTruth("t", kPerson, true);
  view.SetTruth("f", kPerson, false);
  view.SetNotKnown("u", kPerson);
  return view;
}

struct Row {
  std::string condition;
  Tri answer;
};

void ExpectAnswers(const std::vector<Row>& rows, const CaseView& view,
                   SubjectRef asking = kPerson) {
  for (const Row& row : rows) {
    EXPECT_EQ(Name(Evaluate(Parse(row.condition), view, asking)),
              Name(row.answer))
        << row.condition;
  }
}

// "T", "F" and "U" stand for a part answered yes, no and not known.
std::string WithParts(const std::string& text) {
  const auto part = [](const char* fact) {
    return absl::StrCat("fact { fact: \"", fact,
                        "\" is { values: \"true\" } }");
  };
  return absl::StrReplaceAll(
      text, {{"T", part("t")}, {"F", part("f")}, {"U", part("u")}});
}

Tri Literal(char letter) {
  return letter == 'T' ? Tri::kYes : letter == 'F' ? Tri::kNo : Tri::kUnknown;
}

TEST(Evaluate, FollowsTheTablesOfKleeneForTwoParts) {
  const FakeCaseView view = ThreeValuedCase();
  const std::string both[] = {"TTT", "TFF", "TUU", "FTF", "FFF",
                              "FUF", "UTU", "UFF", "UUU"};
  const std::string either[] = {"TTT", "TFT", "TUT", "FTT", "FFF",
                                "FUU", "UTT", "UFU", "UUU"};
  const auto ask = [&](const char* kind, const std::string& row) {
    const std::string text =
        WithParts(absl::StrCat(kind, " { of { ", row.substr(0, 1), " } of { ",
                               row.substr(1, 1), " } }"));
    EXPECT_EQ(Name(Evaluate(Parse(text), view, kPerson)), Name(Literal(row[2])))
        << kind << " " << row;
  };
  for (const std::string& row : both) {
    ask("all", row);
  }
  for (const std::string& row : either) {
    ask("any", row);
  }
}

TEST(Evaluate, KeepsNotKnownUnderNot) {
  ExpectAnswers({{WithParts("not { T }"), Tri::kNo},
                 {WithParts("not { F }"), Tri::kYes},
                 {WithParts("not { U }"), Tri::kUnknown}},
                ThreeValuedCase());
}

TEST(Evaluate, ReadsNothingIntoAFactNobodyRecorded) {
  ExpectAnswers(
      {{"fact { fact: 'n' is { values: 'true' } }", Tri::kUnknown},
       {"fact { fact: 'n' is_not { values: 'true' } }", Tri::kUnknown},
       {"fact { fact: 'u' is_not { values: 'true' } }", Tri::kUnknown},
       {"fact { fact: 'n' recorded: true }", Tri::kNo},
       {"fact { fact: 'n' recorded: false }", Tri::kYes},
       {"fact { fact: 'u' recorded: true }", Tri::kYes},
       {"fact { fact: 'u' recorded: false }", Tri::kNo}},
      ThreeValuedCase());
}

TEST(Evaluate, CountsNotKnownAsThePolicySays) {
  const std::string test =
      "fact { fact: 'n' is { values: 'true' } if_unknown: ";
  ExpectAnswers({{test + "UNKNOWN_POLICY_AS_YES }", Tri::kYes},
                 {test + "UNKNOWN_POLICY_AS_NO }", Tri::kNo},
                 {test + "UNKNOWN_POLICY_STAYS }", Tri::kUnknown},
                 {"not { " + test + "UNKNOWN_POLICY_AS_NO } }", Tri::kYes},
                 // A known value is not touched by the policy.
                 {"fact { fact: 'f' is { values: 'true' } "
                  "if_unknown: UNKNOWN_POLICY_AS_YES }",
                  Tri::kNo}},
                ThreeValuedCase());
}

TEST(Evaluate, ComparesEachTypeOfValue) {
  FakeCaseView view(At(2025, 6, 10));
  view.SetChoice("urgency", kPerson, "urgent");
  view.SetNumber("week", kPerson, 36);
  view.SetDate("until", kPerson, "2025-09-01");
  ExpectAnswers(
      {{"fact { fact: 'urgency' is { values: 'emergency' values: 'urgent' } }",
        Tri::kYes},
       {"fact { fact: 'urgency' is { values: 'planned' } }", Tri::kNo},
       {"fact { fact: 'urgency' is_not { values: 'planned' } }", Tri::kYes},
       {"fact { fact: 'urgency' is_not { values: 'urgent' } }", Tri::kNo},
       {"fact { fact: 'week' is { values: '36' } }", Tri::kYes},
       {"fact { fact: 'week' is { values: 'many' } }", Tri::kNo},
       {"fact { fact: 'week' at_least: 36 }", Tri::kYes},
       {"fact { fact: 'week' at_least: 37 }", Tri::kNo},
       {"fact { fact: 'week' at_most: 36 }", Tri::kYes},
       {"fact { fact: 'week' at_most: 35 }", Tri::kNo},
       // A number asked of a value that is none has no answer.
       {"fact { fact: 'urgency' at_least: 0 }", Tri::kUnknown},
       {"fact { fact: 'until' is { values: '2025-09-01' } }", Tri::kYes}},
      view);
}

TEST(Evaluate, AsksForTheSameFinding) {
  FakeCaseView view(At(2025, 6, 10));
  view.SetChoice("urgency", kFinding1, "emergency");
  view.SetChoice("urgency", kFinding2, "planned");
  view.End("teleconsultation", kFinding1, "admit");
  const std::string same_fact =
      "fact { fact: 'urgency' is { values: 'emergency' } same_subject: true }";
  const std::string same_outcome =
      "outcome { step: 'teleconsultation' is: 'admit' same_subject: true }";
  ExpectAnswers({{same_fact, Tri::kYes}, {same_outcome, Tri::kYes}}, view,
                kFinding1);
  ExpectAnswers({{same_fact, Tri::kNo}, {same_outcome, Tri::kNo}}, view,
                kFinding2);
  ExpectAnswers({{same_fact, Tri::kUnknown}}, view, {SUBJECT_KIND_FINDING, 3});
}

TEST(Evaluate, AsksForAnySubjectWithoutSameSubject) {
  FakeCaseView view(At(2025, 6, 10));
  const std::string any = "fact { fact: 'urgency' is { values: 'emergency' } }";
  ExpectAnswers({{any, Tri::kUnknown}}, view);
  view.SetChoice("urgency", kFinding1, "planned");
  ExpectAnswers({{any, Tri::kNo}}, view);
  view.SetNotKnown("urgency", kFinding2);
  ExpectAnswers({{any, Tri::kUnknown}}, view);
  view.SetChoice("urgency", {SUBJECT_KIND_FINDING, 3}, "emergency");
  ExpectAnswers({{any, Tri::kYes}}, view);
}

TEST(Evaluate, ForgetsAFactOlderThanAllowed) {
  const std::string fresh =
      "fact { fact: 't' is { values: 'true' } "
      "not_older_than { n: 90 unit: TIME_UNIT_CALENDAR_DAY } }";
  const std::string recorded =
      "fact { fact: 't' recorded: true "
      "not_older_than { n: 90 unit: TIME_UNIT_CALENDAR_DAY } }";
  // 90 days after 1 March end at 24:00 of 30 May.
  FakeCaseView last_day(At(2025, 5, 30, 23));
  last_day.SetTruth("t", kPerson, true, At(2025, 3, 1, 9));
  ExpectAnswers({{fresh, Tri::kYes}, {recorded, Tri::kYes}}, last_day);
  FakeCaseView day_after(At(2025, 5, 31));
  day_after.SetTruth("t", kPerson, true, At(2025, 3, 1, 9));
  ExpectAnswers({{fresh, Tri::kUnknown}, {recorded, Tri::kNo}}, day_after);
}

TEST(Evaluate, DropsAnOutcomeOlderThanAllowed) {
  const std::string fresh =
      "outcome { step: 's' is: 'admit' "
      "not_older_than { n: 24 unit: TIME_UNIT_HOUR } }";
  FakeCaseView view(At(2025, 6, 10, 12));
  view.End("s", kPerson, "admit", At(2025, 6, 9, 12));
  ExpectAnswers({{fresh, Tri::kNo}}, view);
  FakeCaseView earlier(At(2025, 6, 10, 11));
  earlier.End("s", kPerson, "admit", At(2025, 6, 9, 12));
  ExpectAnswers({{fresh, Tri::kYes}}, earlier);
}

TEST(Evaluate, TakesNoLimitAsAnyAgeAndAnUncountableTermAsStale) {
  FakeCaseView view(At(2025, 6, 10));
  view.End("s", kPerson, "done", At(1999, 1, 1));
  ExpectAnswers(
      {{"outcome { step: 's' not_older_than { no_limit: true } }", Tri::kYes},
       {"outcome { step: 's' not_older_than { n: 1 } }", Tri::kNo}},
      view);
}

TEST(Evaluate, AsksForTheLatestOutcomeOnlyWhenTold) {
  FakeCaseView view(At(2025, 6, 10));
  view.End("s", kPerson, "admit", At(2025, 1, 1));
  view.End("s", kPerson, "observe", At(2025, 2, 1));
  ExpectAnswers(
      {{"outcome { step: 's' is: 'admit' }", Tri::kYes},
       {"outcome { step: 's' is: 'admit' latest: true }", Tri::kNo},
       {"outcome { step: 's' is: 'observe' latest: true }", Tri::kYes},
       {"outcome { step: 's' }", Tri::kYes},
       {"outcome { step: 'other' }", Tri::kNo}},
      view);
}

TEST(Evaluate, BreaksATieOfInstantsByTheOrderOfRecording) {
  FakeCaseView view(At(2025, 6, 10));
  view.End("s", kPerson, "first", At(2025, 1, 1));
  view.End("s", kPerson, "second", At(2025, 1, 1));
  ExpectAnswers(
      {{"outcome { step: 's' is: 'second' latest: true }", Tri::kYes}}, view);
}

TEST(Evaluate, AsksAge) {
  FakeCaseView view(At(2025, 6, 10));
  const std::string three = "age { at_least { years: 3 } }";
  const std::string soon =
      "age { at_least { years: 3 } "
      "reached_before_by { n: 9 unit: TIME_UNIT_MONTH } }";
  const std::string young = "age { below { years: 3 } }";
  ExpectAnswers({{three, Tri::kUnknown}, {young, Tri::kUnknown}}, view);
  view.SetBirthDate(absl::CivilDay(2023, 3, 10));
  ExpectAnswers({{three, Tri::kNo}, {soon, Tri::kYes}, {young, Tri::kYes}},
                view);
  view.SetBirthDate(absl::CivilDay(2023, 3, 11));
  ExpectAnswers({{soon, Tri::kNo}}, view);
  view.SetBirthDate(absl::CivilDay(2022, 6, 10));
  ExpectAnswers({{three, Tri::kYes}, {young, Tri::kNo}}, view);
}

TEST(Evaluate, AsksTracksConsentsEntriesStepsAndCriteria) {
  FakeCaseView view(At(2025, 6, 10));
  view.SetTrack("palliative");
  view.SetEntry("polyclinic");
  view.SetLive("delivery", kFinding1);
  view.SetCriterion("disability");
  ExpectAnswers({{"track { track: 'palliative' }", Tri::kYes},
                 {"track { track: 'urgent' }", Tri::kNo},
                 {"consent { matter: CONSENT_MATTER_DATA }", Tri::kNo},
                 {"entry { is: 'parents' is: 'polyclinic' }", Tri::kYes},
                 {"entry { is: 'parents' }", Tri::kNo},
                 {"step { live: 'delivery' }", Tri::kYes},
                 {"step { live: 'delivery' same_subject: true }", Tri::kNo},
                 {"criterion { is: 'preterm' is: 'disability' }", Tri::kYes},
                 {"criterion { is: 'preterm' }", Tri::kNo},
                 {"criterion { }", Tri::kYes}},
                view);
  view.SetConsent(true);
  view.SetSealedCriterion(true);
  ExpectAnswers({{"consent { matter: CONSENT_MATTER_DATA }", Tri::kYes},
                 {"criterion { is: 'preterm' }", Tri::kUnknown}},
                view);
}

TEST(Evaluate, NeverOpensOnBadInput) {
  ExpectAnswers({{"", Tri::kUnknown},
                 {"all { }", Tri::kUnknown},
                 {"any { }", Tri::kUnknown},
                 {"not { }", Tri::kUnknown},
                 {"fact { fact: 't' }", Tri::kUnknown},
                 {"age { }", Tri::kUnknown}},
                ThreeValuedCase());
}

Condition Nested(int depth) {
  Condition condition = Parse(WithParts("T"));
  for (int i = 1; i < depth; ++i) {
    Condition outer;
    *outer.mutable_all()->add_of() = condition;
    condition = outer;
  }
  return condition;
}

TEST(Evaluate, StopsAtTheDeepestAllowedNesting) {
  const FakeCaseView view = ThreeValuedCase();
  EXPECT_EQ(Evaluate(Nested(kConditionDepthMax), view, kPerson), Tri::kYes);
  EXPECT_EQ(Evaluate(Nested(kConditionDepthMax + 1), view, kPerson),
            Tri::kUnknown);
}

TEST(Evaluate, AllocatesNothing) {
  FakeCaseView view = ThreeValuedCase();
  view.End("teleconsultation", kFinding1, "admit");
  const Condition condition = Parse(
      "all { of { fact { fact: 't' is { values: 'true' } } }"
      "      of { fact { fact: 't' recorded: true same_subject: true } }"
      "      of { outcome { step: 'teleconsultation' is: 'admit' "
      "           not_older_than { n: 90 unit: TIME_UNIT_CALENDAR_DAY } } } }");
  const long before = allocations;
  const Tri answer = Evaluate(condition, view, kPerson);
  EXPECT_EQ(allocations - before, 0);
  EXPECT_EQ(answer, Tri::kYes);
}

TEST(LatestMatch, FindsTheEndingAClockStartsFrom) {
  FakeCaseView view(At(2025, 6, 10));
  view.End("s", kFinding1, "admit", At(2025, 1, 1));
  view.End("s", kFinding2, "admit", At(2025, 3, 1));
  view.End("s", kFinding1, "admit", At(2025, 2, 1));
  const model::v1::OutcomeTest test =
      Parse("outcome { step: 's' is: 'admit' same_subject: true }").outcome();
  const std::optional<OutcomeReading> match =
      LatestMatch(test, view, kFinding1);
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->happened, At(2025, 2, 1));
  EXPECT_FALSE(LatestMatch(test, view, {SUBJECT_KIND_FINDING, 9}).has_value());
}

}  // namespace
}  // namespace careroute::pathway
