#include "lib/pathway/evaluate.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/condition.pb.h"
#include "lib/pathway/internal/evaluate_at.h"
#include "lib/pathway/internal/unknown_policy.h"

namespace careroute::pathway {
namespace {

using model::v1::Condition;
using model::v1::ConditionList;
using model::v1::FactTest;
using model::v1::FactValues;
using model::v1::OutcomeTest;

// Whether something that came about at `happened` is no older than the term.
bool IsFresh(absl::Time happened, const model::v1::Term& term,
             const CaseView& view) {
  if (IsNoLimit(term)) {
    return true;
  }
  const std::optional<absl::Time> end = view.AddTerm(happened, term);
  return end.has_value() && view.Now() < *end;
}

bool EqualsNumber(std::int64_t number, absl::string_view value) {
  std::int64_t parsed = 0;
  return absl::SimpleAtoi(value, &parsed) && parsed == number;
}

bool Equals(const FactReading& reading, absl::string_view value) {
  switch (reading.kind) {
    case FactKind::kNotKnown:
      return false;
    case FactKind::kTruth:
      return value == (reading.truth ? "true" : "false");
    case FactKind::kChoice:
    case FactKind::kDate:
      return value == reading.text;
    case FactKind::kNumber:
      return EqualsNumber(reading.number, value);
  }
  return false;
}

bool EqualsAny(const FactReading& reading, const FactValues& values) {
  for (const std::string& value : values.values()) {
    if (Equals(reading, value)) {
      return true;
    }
  }
  return false;
}

Tri CompareNumber(const FactReading& reading, bool truth) {
  return reading.kind == FactKind::kNumber ? TriOf(truth) : Tri::kUnknown;
}

// The test's question of a value that is known.
Tri AskKnown(const FactTest& test, const FactReading& reading) {
  switch (test.test_case()) {
    case FactTest::kIs:
      return TriOf(EqualsAny(reading, test.is()));
    case FactTest::kIsNot:
      return TriOf(!EqualsAny(reading, test.is_not()));
    case FactTest::kAtLeast:
      return CompareNumber(reading, reading.number >= test.at_least());
    case FactTest::kAtMost:
      return CompareNumber(reading, reading.number <= test.at_most());
    case FactTest::kRecorded:
    case FactTest::TEST_NOT_SET:
      break;
  }
  return Tri::kUnknown;
}

Tri AskReading(const FactTest& test, const FactReading& reading,
               const CaseView& view) {
  const bool fresh = !test.has_not_older_than() ||
                     IsFresh(reading.happened, test.not_older_than(), view);
  if (test.test_case() == FactTest::kRecorded) {
    return TriOf(fresh);
  }
  if (!fresh || reading.kind == FactKind::kNotKnown) {
    return Tri::kUnknown;
  }
  return AskKnown(test, reading);
}

// What no reading at all means to the test.
Tri WithoutReading(const FactTest& test) {
  return test.test_case() == FactTest::kRecorded ? Tri::kNo : Tri::kUnknown;
}

Tri AskAnySubject(const FactTest& test, const CaseView& view) {
  std::optional<Tri> answer;
  view.VisitFacts(test.fact(), [&](const FactReading& reading) {
    answer = Or(answer.value_or(Tri::kNo), AskReading(test, reading, view));
    return *answer != Tri::kYes;
  });
  return answer.value_or(WithoutReading(test));
}

Tri AskSameSubject(const FactTest& test, const CaseView& view,
                   SubjectRef asking) {
  const std::optional<FactReading> reading =
      view.LatestFact(test.fact(), asking);
  return reading.has_value() ? AskReading(test, *reading, view)
                             : WithoutReading(test);
}

bool Names(const google::protobuf::RepeatedPtrField<std::string>& list,
           absl::string_view id) {
  for (const std::string& item : list) {
    if (item == id) {
      return true;
    }
  }
  return false;
}

bool IsLater(const OutcomeReading& a, const OutcomeReading& b) {
  return a.happened != b.happened ? a.happened > b.happened : a.order > b.order;
}

bool Counts(const OutcomeTest& test, const OutcomeReading& reading,
            const CaseView& view) {
  if (test.is_size() > 0 && !Names(test.is(), reading.outcome)) {
    return false;
  }
  return !test.has_not_older_than() ||
         IsFresh(reading.happened, test.not_older_than(), view);
}

Tri AskAge(const model::v1::AgeTest& test, const CaseView& view) {
  if (!test.has_at_least() && !test.has_below()) {
    return Tri::kUnknown;
  }
  Tri answer = Tri::kYes;
  if (test.has_at_least()) {
    const model::v1::Term* before_by =
        test.has_reached_before_by() ? &test.reached_before_by() : nullptr;
    answer = view.ReachedAge(test.at_least(), before_by);
  }
  if (test.has_below()) {
    answer = And(answer, Not(view.ReachedAge(test.below(), nullptr)));
  }
  return answer;
}

Tri AskStep(const model::v1::StepTest& test, const CaseView& view,
            SubjectRef asking) {
  return TriOf(view.IsLive(
      test.live(), test.same_subject() ? std::optional(asking) : std::nullopt));
}

Tri AskCriterion(const model::v1::CriterionTest& test, const CaseView& view) {
  if (test.is_size() == 0) {
    return view.CriterionProved("");
  }
  Tri answer = Tri::kNo;
  for (const std::string& id : test.is()) {
    answer = Or(answer, view.CriterionProved(id));
  }
  return answer;
}

Tri Ask(const Condition& condition, const CaseView& view, SubjectRef asking,
        int depth);

Tri AskAll(const ConditionList& list, const CaseView& view, SubjectRef asking,
           int depth) {
  Tri answer = list.of_size() == 0 ? Tri::kUnknown : Tri::kYes;
  for (const Condition& part : list.of()) {
    answer = And(answer, Ask(part, view, asking, depth));
    if (answer == Tri::kNo) {
      break;
    }
  }
  return answer;
}

Tri AskAny(const ConditionList& list, const CaseView& view, SubjectRef asking,
           int depth) {
  Tri answer = list.of_size() == 0 ? Tri::kUnknown : Tri::kNo;
  for (const Condition& part : list.of()) {
    answer = Or(answer, Ask(part, view, asking, depth));
    if (answer == Tri::kYes) {
      break;
    }
  }
  return answer;
}

Tri Ask(const Condition& condition, const CaseView& view, SubjectRef asking,
        int depth) {
  if (depth <= 0) {
    return Tri::kUnknown;
  }
  switch (condition.kind_case()) {
    case Condition::kAll:
      return AskAll(condition.all(), view, asking, depth - 1);
    case Condition::kAny:
      return AskAny(condition.any(), view, asking, depth - 1);
    case Condition::kNot:
      return Not(Ask(condition.not_(), view, asking, depth - 1));
    case Condition::kFact:
      return Evaluate(condition.fact(), view, asking);
    case Condition::kOutcome:
      return Evaluate(condition.outcome(), view, asking);
    case Condition::kAge:
      return AskAge(condition.age(), view);
    case Condition::kTrack:
      return TriOf(view.TrackIsSet(condition.track().track()));
    case Condition::kConsent:
      return TriOf(view.ConsentInForce(condition.consent()));
    case Condition::kEntry:
      return TriOf(Names(condition.entry().is(), view.Entry()));
    case Condition::kStep:
      return AskStep(condition.step(), view, asking);
    case Condition::kCriterion:
      return AskCriterion(condition.criterion(), view);
    case Condition::KIND_NOT_SET:
      break;
  }
  return Tri::kUnknown;
}

}  // namespace

Tri internal::EvaluateAt(const Condition& condition, const CaseView& view,
                         SubjectRef asking, int depth) {
  return Ask(condition, view, asking, kConditionDepthMax - depth + 1);
}

Tri Evaluate(const Condition& condition, const CaseView& view,
             SubjectRef asking) {
  return internal::EvaluateAt(condition, view, asking, 1);
}

Tri Evaluate(const FactTest& test, const CaseView& view, SubjectRef asking) {
  if (test.test_case() == FactTest::TEST_NOT_SET) {
    return Tri::kUnknown;
  }
  Tri answer = test.same_subject() ? AskSameSubject(test, view, asking)
                                   : AskAnySubject(test, view);
  if (test.test_case() == FactTest::kRecorded && !test.recorded()) {
    answer = Not(answer);
  }
  return internal::Settle(answer, test.if_unknown());
}

Tri Evaluate(const OutcomeTest& test, const CaseView& view, SubjectRef asking) {
  return TriOf(LatestMatch(test, view, asking).has_value());
}

std::optional<OutcomeReading> LatestMatch(const OutcomeTest& test,
                                          const CaseView& view,
                                          SubjectRef asking) {
  std::optional<OutcomeReading> latest;
  std::optional<OutcomeReading> match;
  view.VisitOutcomes(test.step(), [&](const OutcomeReading& reading) {
    if (test.same_subject() && reading.subject != asking) {
      return true;
    }
    if (!latest.has_value() || IsLater(reading, *latest)) {
      latest = reading;
    }
    if (Counts(test, reading, view) &&
        (!match.has_value() || IsLater(reading, *match))) {
      match = reading;
    }
    return true;
  });
  if (!test.latest()) {
    return match;
  }
  return latest.has_value() && Counts(test, *latest, view) ? latest
                                                           : std::nullopt;
}

}  // namespace careroute::pathway
