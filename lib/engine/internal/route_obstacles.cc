#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/casework/referral.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/route_words.h"

namespace careroute::engine::internal {
namespace {

using casework::Occurrence;
using casework::Referral;
using model::v1::RouteObstacle;
using model::v1::RouteRow;

// The day the step, or the one it called, is scheduled to be tried again.
std::string AskedAgainOn(const RoutePage& page, const Occurrence& occurrence) {
  absl::Time nearest = absl::InfiniteFuture();
  for (const casework::ScheduleRecord& one : page.state.schedules) {
    const bool same_step =
        one.step == occurrence.step ||
        std::any_of(
            occurrence.callers.begin(), occurrence.callers.end(),
            [&one](const auto& caller) { return caller.step == one.step; });
    if (same_step) nearest = std::min(nearest, one.due);
  }
  if (nearest == absl::InfiniteFuture()) return "";
  return calendar::FormatDate(page.DayOf(nearest));
}

std::string ReasonOf(const RoutePage& page, const Referral& referral) {
  const casework::ReferralHalf& half = referral.performance;
  std::string reason = ReferralReasonWords(half.reason, page.language);
  if (reason.empty()) {
    reason = ReferralStateWords(casework::StateOf(referral), page.language);
  }
  if (half.better_provider.empty()) return reason;
  const std::string better = page.Organisation(half.better_provider).title();
  return PhraseText(Phrase::kBetterProvider, page.language, reason,
                    better.empty() ? half.better_provider : better);
}

void AddReferral(const RoutePage& page, const Referral& referral,
                 const std::string& again, RouteRow& row) {
  const model::v1::ReferralState state = casework::StateOf(referral);
  const bool refused = state == model::v1::REFERRAL_STATE_REJECTED ||
                       state == model::v1::REFERRAL_STATE_FAILED;
  const bool held = state == model::v1::REFERRAL_STATE_ON_HOLD;
  if (!refused && !held) return;
  RouteObstacle& one = *row.add_obstacles();
  *one.mutable_by() = page.Organisation(referral.performer);
  const std::string reason = ReasonOf(page, referral);
  one.set_reason(held ? PhraseText(Phrase::kOnHold, page.language, reason)
                      : reason);
  const casework::ReferralHalf& said = referral.performance.entries > 0
                                           ? referral.performance
                                           : referral.request;
  *one.mutable_time() = ToProto(said.last_time);
  if (refused) one.set_asked_again_on(again);
}

// Organisations that said no in a way no referral shows.
void AddExcluded(const RoutePage& page, const Occurrence& occurrence,
                 RouteRow& row) {
  for (const std::string& organisation : occurrence.excluded) {
    const auto& known = row.obstacles();
    const bool shown = std::any_of(
        known.begin(), known.end(),
        [&](const RouteObstacle& o) { return o.by().name() == organisation; });
    if (shown) continue;
    RouteObstacle& one = *row.add_obstacles();
    *one.mutable_by() = page.Organisation(organisation);
    one.set_reason(PhraseText(Phrase::kNotOfferedAgain, page.language));
  }
}

// Notes on the way that this occurrence had: not reached, did not come, no
// answer.
void AddNotes(const RoutePage& page, const Occurrence& occurrence,
              absl::Time ended, RouteRow& row) {
  const casework::HistoryRecord* history =
      casework::FindHistory(page.state, occurrence.step, occurrence.subject);
  if (history == nullptr) return;
  for (const casework::PastOutcomeRecord& past : history->outcomes) {
    const model::v1::Outcome* outcome =
        page.edition.FindOutcome(occurrence.step, past.outcome);
    if (outcome == nullptr || !outcome->continues() ||
        past.happened < occurrence.start || past.happened > ended) {
      continue;
    }
    RouteObstacle& one = *row.add_obstacles();
    if (!past.performer.empty()) {
      *one.mutable_by() = page.Organisation(past.performer);
    }
    one.set_reason(
        PhraseText(Phrase::kWentSilent, page.language,
                   page.Title(absl::StrCat("outcome/", occurrence.step, "/",
                                           past.outcome))));
    *one.mutable_time() = ToProto(past.happened);
  }
}

void AddAttempts(const RoutePage& page, const Occurrence& occurrence,
                 RouteRow& row) {
  for (const casework::AttemptRecord& attempt : occurrence.attempts) {
    if (attempt.reached) continue;
    RouteObstacle& one = *row.add_obstacles();
    *one.mutable_by() = page.Family();
    one.set_reason(PhraseText(Phrase::kNotReached, page.language,
                              ContactModeWords(attempt.mode, page.language)));
    *one.mutable_time() = ToProto(attempt.happened);
  }
}

bool WasTaken(const RoutePage& page, int32_t occurrence) {
  const auto& all = page.state.referrals;
  return std::any_of(all.begin(), all.end(), [&](const Referral& one) {
    if (one.occurrence != occurrence) return false;
    const model::v1::ReferralState state = casework::StateOf(one);
    return state == model::v1::REFERRAL_STATE_ACCEPTED ||
           state == model::v1::REFERRAL_STATE_IN_PROGRESS ||
           state == model::v1::REFERRAL_STATE_COMPLETED;
  });
}

// The occurrence's own referral, or one of a caller that nobody took: once
// somebody has, who refused before is past.
bool Concerns(const RoutePage& page, const Referral& referral,
              const Occurrence& occurrence) {
  if (referral.occurrence == occurrence.number) return true;
  return std::any_of(occurrence.callers.begin(), occurrence.callers.end(),
                     [&](const auto& caller) {
                       return caller.occurrence == referral.occurrence;
                     }) &&
         !WasTaken(page, referral.occurrence);
}

}  // namespace

void AddObstacles(const RoutePage& page, const Occurrence& occurrence,
                  absl::Time ended, RouteRow& row) {
  const std::string again = AskedAgainOn(page, occurrence);
  for (const Referral& referral : page.state.referrals) {
    if (Concerns(page, referral, occurrence)) {
      AddReferral(page, referral, again, row);
    }
  }
  AddExcluded(page, occurrence, row);
  AddNotes(page, occurrence, ended, row);
  AddAttempts(page, occurrence, row);
}

}  // namespace careroute::engine::internal
