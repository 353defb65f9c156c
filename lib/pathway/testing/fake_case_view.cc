#include "lib/pathway/testing/fake_case_view.h"

#include <utility>

#include "lib/pathway/edition.h"

namespace careroute::pathway::testing {
namespace {

using model::v1::Term;

// absl normalises 31 February to March; a person's month end clamps.
absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return day.day() <= last.day() ? absl::CivilDay(month) + (day.day() - 1)
                                 : last;
}

std::optional<absl::CivilDay> AddDays(absl::CivilDay day, const Term& term,
                                      int sign) {
  const int n = sign * term.n();
  switch (term.unit()) {
    case model::v1::TIME_UNIT_CALENDAR_DAY:
    case model::v1::TIME_UNIT_WORKING_DAY:
      return day + n;
    case model::v1::TIME_UNIT_WEEK:
      return day + 7 * n;
    case model::v1::TIME_UNIT_MONTH:
      return AddMonths(day, n);
    case model::v1::TIME_UNIT_YEAR:
      return AddMonths(day, 12 * n);
    default:
      return std::nullopt;
  }
}

}  // namespace

void FakeCaseView::Store(const std::string& fact, FactReading reading,
                         const std::string& text, When happened) {
  reading.happened = happened.value_or(now_);
  reading.recorded = now_;
  for (StoredFact& known : facts_) {
    if (known.fact == fact && known.reading.subject == reading.subject) {
      known = {fact, reading, text};
      return;
    }
  }
  facts_.push_back({fact, reading, text});
}

void FakeCaseView::SetTruth(const std::string& fact, SubjectRef subject,
                            bool truth, When happened) {
  Store(fact, {.subject = subject, .kind = FactKind::kTruth, .truth = truth},
        "", happened);
}

void FakeCaseView::SetChoice(const std::string& fact, SubjectRef subject,
                             const std::string& choice, When happened) {
  Store(fact, {.subject = subject, .kind = FactKind::kChoice}, choice,
        happened);
}

void FakeCaseView::SetNumber(const std::string& fact, SubjectRef subject,
                             std::int64_t number, When happened) {
  Store(fact, {.subject = subject, .kind = FactKind::kNumber, .number = number},
        "", happened);
}

void FakeCaseView::SetDate(const std::string& fact, SubjectRef subject,
                           const std::string& date, When happened) {
  Store(fact, {.subject = subject, .kind = FactKind::kDate}, date, happened);
}

void FakeCaseView::SetNotKnown(const std::string& fact, SubjectRef subject,
                               When happened) {
  Store(fact, {.subject = subject}, "", happened);
}

void FakeCaseView::End(const std::string& step, SubjectRef subject,
                       const std::string& outcome, When happened) {
  outcomes_.push_back({step,
                       outcome,
                       {.subject = subject,
                        .happened = happened.value_or(now_),
                        .order = outcomes_.size() + 1}});
}

void FakeCaseView::SetLive(const std::string& step, SubjectRef subject) {
  live_.push_back({step, subject});
}

std::optional<FactReading> FakeCaseView::LatestFact(absl::string_view fact,
                                                    SubjectRef subject) const {
  std::optional<FactReading> found;
  VisitFacts(fact, [&](const FactReading& reading) {
    if (reading.subject == subject) {
      found = reading;
    }
    return !found.has_value();
  });
  return found;
}

void FakeCaseView::VisitFacts(
    absl::string_view fact,
    absl::FunctionRef<bool(const FactReading&)> visit) const {
  for (const StoredFact& stored : facts_) {
    FactReading reading = stored.reading;
    reading.text = stored.text;
    if (stored.fact == fact && !visit(reading)) {
      return;
    }
  }
}

void FakeCaseView::VisitOutcomes(
    absl::string_view step,
    absl::FunctionRef<bool(const OutcomeReading&)> visit) const {
  for (const StoredOutcome& stored : outcomes_) {
    OutcomeReading reading = stored.reading;
    reading.outcome = stored.outcome;
    if (stored.step == step && !visit(reading)) {
      return;
    }
  }
}

bool FakeCaseView::IsLive(absl::string_view step,
                          std::optional<SubjectRef> subject) const {
  for (const StoredLive& live : live_) {
    if (live.step == step &&
        (!subject.has_value() || live.subject == *subject)) {
      return true;
    }
  }
  return false;
}

bool FakeCaseView::TrackIsSet(absl::string_view track) const {
  return tracks_.find(std::string(track)) != tracks_.end();
}

bool FakeCaseView::ConsentInForce(const model::v1::ConsentTest&) const {
  return consent_;
}

Tri FakeCaseView::CriterionProved(absl::string_view criterion) const {
  if (criterion.empty()) {
    return TriOf(sealed_criterion_ || !criteria_.empty());
  }
  if (criteria_.find(std::string(criterion)) != criteria_.end()) {
    return Tri::kYes;
  }
  return sealed_criterion_ ? Tri::kUnknown : Tri::kNo;
}

Tri FakeCaseView::ReachedAge(const model::v1::Age& age,
                             const Term* before_by) const {
  if (!birth_date_.has_value()) {
    return Tri::kUnknown;
  }
  std::optional<absl::CivilDay> day =
      AddMonths(*birth_date_, 12 * age.years() + age.months());
  if (before_by != nullptr) {
    day = AddDays(*day, *before_by, -1);
  }
  const absl::CivilDay today = absl::ToCivilDay(now_, absl::UTCTimeZone());
  return day.has_value() ? TriOf(*day <= today) : Tri::kUnknown;
}

std::optional<absl::Time> FakeCaseView::AddTerm(absl::Time start,
                                                const Term& term) const {
  if (IsNoLimit(term)) {
    return std::nullopt;
  }
  if (term.unit() == model::v1::TIME_UNIT_MINUTE) {
    return start + absl::Minutes(term.n());
  }
  if (term.unit() == model::v1::TIME_UNIT_HOUR) {
    return start + absl::Hours(term.n());
  }
  const std::optional<absl::CivilDay> last =
      AddDays(absl::ToCivilDay(start, absl::UTCTimeZone()), term, 1);
  if (!last.has_value()) {
    return std::nullopt;
  }
  return absl::FromCivil(*last + 1, absl::UTCTimeZone());
}

}  // namespace careroute::pathway::testing
