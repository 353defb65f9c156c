#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/term_text.h"

namespace careroute::engine::internal {
namespace {

using casework::DeadlineRecord;
using model::v1::Limit;
using model::v1::RouteDeadline;
using model::v1::Step;
using pathway::TermText;

// From what a limit counts, in words.
std::string StartWords(const RoutePage& page, const Limit& limit) {
  const model::v1::LimitStart& from = limit.from();
  switch (from.start_case()) {
    case model::v1::LimitStart::kOutcome: {
      const model::v1::OutcomeTest& test = from.outcome();
      std::string what = page.Title(absl::StrCat("step/", test.step()));
      if (test.is_size() == 1) {
        absl::StrAppend(
            &what, " — ",
            page.Title(absl::StrCat("outcome/", test.step(), "/", test.is(0))));
      }
      return PhraseText(Phrase::kFromOutcome, page.language, what);
    }
    case model::v1::LimitStart::kFactDate:
      return PhraseText(Phrase::kFromFactDate, page.language,
                        page.Title(absl::StrCat("fact/", from.fact_date())));
    case model::v1::LimitStart::kFactRecorded:
      return PhraseText(
          Phrase::kFromFactRecorded, page.language,
          page.Title(absl::StrCat("fact/", from.fact_recorded())));
    case model::v1::LimitStart::kReferralReceived:
      return PhraseText(Phrase::kFromReceived, page.language);
    case model::v1::LimitStart::kReport:
      return PhraseText(Phrase::kFromReport, page.language);
    case model::v1::LimitStart::START_NOT_SET:
      break;
  }
  return PhraseText(Phrase::kFromStart, page.language);
}

std::string WithinWords(const RoutePage& page, const Limit& limit,
                        const model::v1::Term& term) {
  if (pathway::IsNoLimit(term)) {
    return PhraseText(Phrase::kNoLimit, page.language);
  }
  return PhraseText(Phrase::kWithin, page.language,
                    TermText(term, page.language), StartWords(page, limit));
}

std::string DateWords(const RoutePage& page, const Limit& limit,
                      std::string rule) {
  if (!limit.has_before_by()) return rule;
  return PhraseText(Phrase::kEarlierBy, page.language, rule,
                    TermText(limit.before_by(), page.language));
}

// The row of a table that holds now; the one for "not known" otherwise.
const model::v1::Term& TableTerm(const RoutePage& page,
                                 const model::v1::LimitTable& table) {
  const auto reading = page.view().LatestFact(table.fact(), {});
  if (reading.has_value()) {
    for (const model::v1::LimitRow& row : table.rows()) {
      if (reading->text == row.is() ||
          (reading->kind == pathway::FactKind::kTruth &&
           row.is() == (reading->truth ? "true" : "false"))) {
        return row.within();
      }
    }
  }
  return table.not_known();
}

// The rule as the pathway states it, no track considered.
std::string PlainRule(const RoutePage& page, const Limit& limit) {
  switch (limit.due_case()) {
    case Limit::kWithin:
      return WithinWords(page, limit, limit.within());
    case Limit::kByFact:
      return WithinWords(page, limit, TableTerm(page, limit.by_fact()));
    case Limit::kBeforeAge:
      return DateWords(
          page, limit,
          PhraseText(Phrase::kBeforeAge, page.language,
                     pathway::AgeText(limit.before_age(), page.language)));
    case Limit::kBeforeFact:
      return DateWords(
          page, limit,
          PhraseText(Phrase::kBeforeFact, page.language,
                     page.Title(absl::StrCat("fact/", limit.before_fact()))));
    case Limit::kAtOnce:
      return PhraseText(Phrase::kAtOnce, page.language);
    case Limit::kNoLimit:
    case Limit::DUE_NOT_SET:
      break;
  }
  return PhraseText(Phrase::kNoLimit, page.language);
}

bool SameTerm(const model::v1::Term& a, const model::v1::Term& b) {
  return a.n() == b.n() && a.unit() == b.unit();
}

// The track whose shorter term was taken; null = none.
const model::v1::TrackLimit* TrackTaken(const RoutePage& page,
                                        const Limit& limit,
                                        const DeadlineRecord* record) {
  for (const model::v1::TrackLimit& one : limit.tracks()) {
    if (record != nullptr ? SameTerm(record->rule, one.within())
                          : page.view().TrackIsSet(one.track())) {
      return &one;
    }
  }
  return nullptr;
}

void FillRule(const RoutePage& page, const Limit& limit,
              const DeadlineRecord* record, RouteDeadline& into) {
  const model::v1::TrackLimit* track = TrackTaken(page, limit, record);
  if (track == nullptr) {
    into.set_rule(PlainRule(page, limit));
    *into.mutable_source() = limit.source();
    return;
  }
  into.set_rule(PhraseText(Phrase::kByTrack, page.language,
                           WithinWords(page, limit, track->within()),
                           page.Title(absl::StrCat("track/", track->track()))));
  *into.mutable_source() =
      track->has_source() ? track->source() : limit.source();
}

// Limits that stand outside the list of the step: those of a referral's loops
// and of evidence owed.
void FillExtraRule(const RoutePage& page, const Step& step,
                   const DeadlineRecord& record, RouteDeadline& into) {
  const std::string amount = TermText(record.rule, page.language);
  absl::string_view limit = record.limit;
  if (absl::ConsumePrefix(&limit, "evidence/")) {
    into.set_rule(
        PhraseText(Phrase::kEvidence, page.language, amount,
                   page.Title(absl::StrCat("guard/", step.id(), "/", limit))));
    for (const model::v1::Guard& guard : step.guards()) {
      if (guard.id() == limit) {
        *into.mutable_source() = guard.emergency_exception().source();
      }
    }
    return;
  }
  into.set_rule(PhraseText(
      limit == "cancel" ? Phrase::kCancelAnswer : Phrase::kInformationAnswer,
      page.language, amount));
}

const Limit* FindLimit(const Step& step, absl::string_view id) {
  for (const Limit& limit : step.limits()) {
    if (limit.id() == id) return &limit;
  }
  return nullptr;
}

RouteDeadline DeadlineOf(const RoutePage& page, const Step& step,
                         const DeadlineRecord& record) {
  RouteDeadline one;
  *one.mutable_deadline() = casework::ToModel(record);
  one.set_no_limit(!record.due.has_value());
  const Limit* limit = FindLimit(step, record.limit);
  if (limit != nullptr) {
    FillRule(page, *limit, &record, one);
  } else {
    FillExtraRule(page, step, record, one);
  }
  return one;
}

bool StatesNoLimit(const Limit& limit) {
  return limit.no_limit() ||
         (limit.has_within() && pathway::IsNoLimit(limit.within()));
}

absl::Time DueOf(const DeadlineRecord* record) {
  return record->due.value_or(absl::InfiniteFuture());
}

}  // namespace

void AddDeadlines(const RoutePage& page, const Step& step, int32_t occurrence,
                  model::v1::RouteRow& row) {
  std::vector<const DeadlineRecord*> running;
  for (const DeadlineRecord& record : page.state.deadlines) {
    if (record.occurrence == occurrence) running.push_back(&record);
  }
  std::stable_sort(
      running.begin(), running.end(),
      [](const auto* a, const auto* b) { return DueOf(a) < DueOf(b); });
  for (const DeadlineRecord* record : running) {
    *row.add_deadlines() = DeadlineOf(page, step, *record);
  }
  for (const Limit& limit : step.limits()) {
    const bool runs = std::any_of(
        running.begin(), running.end(),
        [&limit](const auto* one) { return one->limit == limit.id(); });
    if (runs || !StatesNoLimit(limit)) continue;
    RouteDeadline& none = *row.add_deadlines();
    none.set_no_limit(true);
    FillRule(page, limit, nullptr, none);
  }
}

void AddMissed(const RoutePage& page, const Step& step,
               absl::Span<const DeadlineRecord> missed,
               model::v1::RouteRow& row) {
  for (const DeadlineRecord& record : missed) {
    *row.add_deadlines() = DeadlineOf(page, step, record);
  }
}

void AddLimits(const RoutePage& page, const Step& step,
               model::v1::RouteRow& row) {
  for (const Limit& limit : step.limits()) {
    RouteDeadline& one = *row.add_deadlines();
    one.set_no_limit(StatesNoLimit(limit));
    FillRule(page, limit, nullptr, one);
  }
}

void AddStops(const RoutePage& page, const Step& step, int32_t occurrence,
              model::v1::RouteRow& row) {
  const auto honours = [&](const std::string& reason) {
    const auto& deadlines = page.state.deadlines;
    return std::any_of(deadlines.begin(), deadlines.end(),
                       [&](const DeadlineRecord& one) {
                         return one.occurrence == occurrence &&
                                std::find(one.honours.begin(),
                                          one.honours.end(),
                                          reason) != one.honours.end();
                       }) ||
           std::any_of(step.limits().begin(), step.limits().end(),
                       [&](const Limit& limit) {
                         const auto& stops = limit.stops();
                         return std::find(stops.begin(), stops.end(), reason) !=
                                stops.end();
                       });
  };
  for (const casework::StopRecord& stop : page.state.stops) {
    if (stop.end.has_value() || !honours(stop.reason)) continue;
    model::v1::RouteStop& one = *row.add_stops();
    one.mutable_stop()->set_number(stop.number);
    one.mutable_stop()->set_reason(stop.reason);
    *one.mutable_stop()->mutable_start_time() = ToProto(stop.start);
    if (stop.latest_end.has_value()) {
      *one.mutable_stop()->mutable_latest_end_time() =
          ToProto(*stop.latest_end);
    }
    one.set_reason_title(page.Title(absl::StrCat("stop/", stop.reason)));
  }
}

}  // namespace careroute::engine::internal
