#include "lib/engine/internal/route_view.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "lib/calendar/age.h"
#include "lib/calendar/count_back.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/term_from_proto.h"

namespace careroute::engine::internal {
namespace {

using casework::ConsentRecord;
using casework::FactRecord;
using casework::HistoryRecord;
using pathway::FactReading;
using pathway::SubjectRef;
using pathway::Tri;

FactReading ReadingOf(const FactRecord& fact) {
  return {.subject = fact.subject,
          .kind = fact.kind,
          .truth = fact.truth,
          .number = fact.number,
          .text = fact.text,
          .happened = fact.happened,
          .recorded = fact.recorded};
}

template <typename Range, typename Value>
bool Contains(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

bool InDates(absl::string_view from, absl::string_view to,
             absl::string_view today) {
  return (from.empty() || from <= today) && (to.empty() || to >= today);
}

bool HasKind(const model::v1::Role& role, int kind) {
  return role.kind() == kind || Contains(role.also_kinds(), kind);
}

absl::Duration Elapsed(const calendar::Term& term) {
  return term.unit == calendar::TimeUnit::kMinutes ? absl::Minutes(term.n)
                                                   : absl::Hours(term.n);
}

}  // namespace

FoldedView::FoldedView(const Options& options)
    : reading_(options.reading),
      calendars_(options.calendars),
      now_(options.now) {
  const auto& facts = reading_.directory->facts;
  const auto home =
      facts.find(casework::OrganisationOf(reading_.state->coordinator));
  if (home != facts.end()) {
    const auto found = calendars_.Find(home->second.calendar);
    if (found.ok()) zone_ = (*found)->FindZone(home->second.zone);
    if (zone_ != nullptr) calendar_ = *found;
  }
  today_ = zone_ != nullptr ? zone_->LocalDate(now_)
                            : absl::ToCivilDay(now_, absl::UTCTimeZone());
  today_text_ = calendar::FormatDate(today_);
}

const FactRecord* FoldedView::CurrentFact(absl::string_view fact,
                                          SubjectRef subject) const {
  const FactRecord* best = nullptr;
  for (const FactRecord& one : reading_.state->facts) {
    if (one.fact != fact || one.subject != subject) continue;
    if (!one.from.empty() && !InDates(one.from, one.to, today_text_)) continue;
    if (best == nullptr || one.from > best->from ||
        (one.from == best->from && one.happened >= best->happened)) {
      best = &one;
    }
  }
  return best;
}

std::optional<FactReading> FoldedView::LatestFact(absl::string_view fact,
                                                  SubjectRef subject) const {
  const FactRecord* current = CurrentFact(fact, subject);
  if (current == nullptr) return std::nullopt;
  return ReadingOf(*current);
}

void FoldedView::VisitFacts(
    absl::string_view fact,
    absl::FunctionRef<bool(const FactReading&)> visit) const {
  for (const FactRecord& one : reading_.state->facts) {
    if (one.fact != fact || CurrentFact(fact, one.subject) != &one) continue;
    if (!visit(ReadingOf(one))) return;
  }
}

void FoldedView::VisitOutcomes(
    absl::string_view step,
    absl::FunctionRef<bool(const pathway::OutcomeReading&)> visit) const {
  for (const HistoryRecord& history : reading_.state->history) {
    if (history.step != step) continue;
    for (const casework::PastOutcomeRecord& one : history.outcomes) {
      if (!visit({.subject = history.subject,
                  .outcome = one.outcome,
                  .happened = one.happened,
                  .order = static_cast<uint64_t>(one.version)})) {
        return;
      }
    }
  }
}

bool FoldedView::IsLive(absl::string_view step,
                        std::optional<SubjectRef> subject) const {
  const auto& live = reading_.state->occurrences;
  return std::any_of(live.begin(), live.end(), [&](const auto& one) {
    return one.step == step && (!subject.has_value() || one.subject == subject);
  });
}

bool FoldedView::TrackIsSet(absl::string_view track) const {
  return Contains(reading_.state->tracks, track);
}

bool FoldedView::CoversReceiver(const ConsentRecord& consent,
                                const std::string& to_role) const {
  if (to_role.empty()) return true;
  const model::v1::Role* role = reading_.edition->FindRole(to_role, today_);
  const auto covers = [&](int kind) {
    return Contains(consent.to_kinds, kind);
  };
  model::v1::AgencyKind kind;
  if (model::v1::AgencyKind_Parse(
          absl::StrCat("AGENCY_KIND_", absl::AsciiStrToUpper(to_role)),
          &kind) &&
      Contains(consent.to_kinds, kind)) {
    return true;
  }
  if (role != nullptr &&
      (covers(role->kind()) || std::any_of(role->also_kinds().begin(),
                                           role->also_kinds().end(), covers))) {
    return true;
  }
  return std::any_of(
      consent.to_organisations.begin(), consent.to_organisations.end(),
      [&](const std::string& name) {
        const auto facts = reading_.directory->facts.find(name);
        return facts != reading_.directory->facts.end() &&
               (Contains(facts->second.roles, to_role) ||
                (role != nullptr && HasKind(*role, facts->second.kind)));
      });
}

bool FoldedView::ConsentInForce(const model::v1::ConsentTest& test) const {
  const auto& consents = reading_.state->consents;
  return std::any_of(
      consents.begin(), consents.end(), [&](const ConsentRecord& consent) {
        return consent.state == model::v1::CONSENT_STATE_GIVEN &&
               consent.matter == test.matter() &&
               InDates(consent.from, consent.to, today_text_) &&
               (test.purpose().empty() || consent.purpose == test.purpose()) &&
               std::all_of(
                   test.classes().begin(), test.classes().end(),
                   [&](int one) { return Contains(consent.classes, one); }) &&
               CoversReceiver(consent, test.to_role());
      });
}

absl::string_view FoldedView::Entry() const { return reading_.state->entry; }

Tri FoldedView::CriterionProved(absl::string_view criterion) const {
  const casework::Case& state = *reading_.state;
  if (criterion.empty()) return pathway::TriOf(state.proved_criteria > 0);
  if (Contains(state.clear_criteria, criterion)) {
    const model::v1::Criterion* rule =
        reading_.edition->FindCriterion(criterion);
    return pathway::TriOf(
        rule != nullptr &&
        InDates(rule->valid_from(), rule->valid_to(), today_text_));
  }
  const bool sealed =
      state.proved_criteria > static_cast<int64_t>(state.clear_criteria.size());
  return sealed ? Tri::kUnknown : Tri::kNo;
}

Tri FoldedView::ReachedAge(const model::v1::Age& age,
                           const model::v1::Term* before_by) const {
  if (reading_.person == nullptr || !reading_.person->birth_date.has_value() ||
      calendar_ == nullptr) {
    return Tri::kUnknown;
  }
  const absl::CivilDay day = calendar::AgeAttainedFrom(
      {.birth_date = *reading_.person->birth_date,
       .age = {.years = age.years(), .months = age.months()},
       .rule = calendar_->age_attained()});
  const std::optional<absl::Time> from = Before(day, before_by);
  return from.has_value() ? pathway::TriOf(*from <= now_) : Tri::kUnknown;
}

std::optional<absl::Time> FoldedView::Before(
    absl::CivilDay day, const model::v1::Term* term) const {
  if (!calendar::IsSupported(day)) return std::nullopt;
  if (term == nullptr || term->unit() == model::v1::TIME_UNIT_UNSPECIFIED) {
    return zone_->StartOfDay(day);
  }
  const auto plain = calendar::TermFromProto(*term);
  if (!plain.ok()) return std::nullopt;
  if (plain->unit == calendar::TimeUnit::kMinutes ||
      plain->unit == calendar::TimeUnit::kHours) {
    return zone_->StartOfDay(day) - Elapsed(*plain);
  }
  const auto earlier =
      calendar::CountBack(calendars_, {.term = *plain,
                                       .before = day,
                                       .calendar = calendar_->edition(),
                                       .zone = zone_->id()});
  if (!earlier.ok()) return std::nullopt;
  return earlier->at;
}

std::optional<absl::Time> FoldedView::AddTerm(
    absl::Time start, const model::v1::Term& term) const {
  const auto plain = calendar::TermFromProto(term);
  if (!plain.ok() || calendar_ == nullptr) return std::nullopt;
  const auto deadline =
      calendar::ComputeDeadline(calendars_, {.limit = *plain,
                                             .start = start,
                                             .calendar = calendar_->edition(),
                                             .zone = zone_->id()});
  if (!deadline.ok()) return std::nullopt;
  return deadline->due;
}

void AssumedView::VisitOutcomes(
    absl::string_view step,
    absl::FunctionRef<bool(const pathway::OutcomeReading&)> visit) const {
  bool go_on = true;
  folded_.VisitOutcomes(step, [&](const pathway::OutcomeReading& one) {
    go_on = visit(one);
    return go_on;
  });
  for (size_t i = 0; go_on && i < endings_.size(); ++i) {
    if (endings_[i].step != step) continue;
    go_on = visit({.subject = endings_[i].subject,
                   .outcome = endings_[i].outcome,
                   .happened = Now(),
                   .order = std::numeric_limits<uint32_t>::max() + i});
  }
}

bool AssumedView::IsLive(absl::string_view step,
                         std::optional<SubjectRef> subject) const {
  const bool ended =
      std::any_of(endings_.begin(), endings_.end(),
                  [&](const AssumedEnding& one) { return one.step == step; });
  return !ended && folded_.IsLive(step, subject);
}

}  // namespace careroute::engine::internal
