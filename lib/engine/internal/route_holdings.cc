#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/casework/referral.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/route_words.h"

namespace careroute::engine::internal {
namespace {

using casework::Occurrence;
using casework::Referral;
using model::v1::DataHolding;

// Whether something of the person left with the referral.
bool HasLeft(const Referral& referral) {
  const model::v1::ReferralState state = casework::StateOf(referral);
  const bool unsent = state == model::v1::REFERRAL_STATE_DRAFT ||
                      (state == model::v1::REFERRAL_STATE_CANCELLED &&
                       referral.performance.entries == 0);
  return !unsent && !referral.performer.empty() &&
         referral.delivery == model::v1::DELIVERY_SENT &&
         !referral.disclosed.classes.empty();
}

// The act of the way; the step is known while the occurrence lives.
std::string LawWords(const RoutePage& page, const Referral& referral) {
  const Occurrence* occurrence =
      casework::FindOccurrence(page.state, referral.occurrence);
  const model::v1::Step* step =
      occurrence == nullptr ? nullptr : page.edition.FindStep(occurrence->step);
  if (step != nullptr) {
    for (const model::v1::Way& way : step->disclosure()) {
      if (way.id() == referral.disclosed.way && way.has_law()) {
        return PhraseText(Phrase::kGroundInLaw, page.language, way.law().act());
      }
    }
  }
  return PhraseText(Phrase::kLawUnnamed, page.language);
}

void FillGround(const RoutePage& page, const Referral& referral,
                DataHolding& holding) {
  if (referral.disclosed.consent.empty()) {
    holding.set_ground(LawWords(page, referral));
    return;
  }
  const casework::ConsentRecord* consent = casework::FindConsent(
      page.state, casework::NumberOf(referral.disclosed.consent));
  if (consent == nullptr) {
    holding.set_ground(PhraseText(Phrase::kConsentOf, page.language, "?",
                                  referral.disclosed.consent));
    return;
  }
  holding.set_ground(
      PhraseText(Phrase::kConsentOf, page.language,
                 DayWords(page.DayOf(consent->given), page.language),
                 MatterWords(consent->matter, page.language)));
  holding.set_withdrawn(consent->state == model::v1::CONSENT_STATE_WITHDRAWN);
}

absl::Time SinceOf(const Referral& referral) {
  return referral.disclosed.judge_time != absl::InfinitePast()
             ? referral.disclosed.judge_time
             : referral.request.first_time;
}

DataHolding HoldingOf(const RoutePage& page, const Referral& referral) {
  DataHolding holding;
  *holding.mutable_holder() = page.Organisation(referral.performer);
  referral.disclosed.classes.ForEach(
      [&holding](model::v1::DataClass one) { holding.add_classes(one); });
  FillGround(page, referral, holding);
  *holding.mutable_since_time() = ToProto(SinceOf(referral));
  return holding;
}

bool SameGround(const DataHolding& a, const DataHolding& b) {
  return a.holder().name() == b.holder().name() && a.ground() == b.ground() &&
         a.withdrawn() == b.withdrawn();
}

// The same holder on the same ground is one line, since the first time.
void Merge(const DataHolding& one, DataHolding& into) {
  access::DataClassSet classes =
      access::DataClassSet::Of(into.classes())
          .Or(access::DataClassSet::Of(one.classes()));
  into.clear_classes();
  classes.ForEach([&into](model::v1::DataClass data_class) {
    into.add_classes(data_class);
  });
}

int32_t CountIn(const Occurrence& occurrence, model::v1::VisitState state,
                const std::string& monday, const std::string& sunday) {
  return static_cast<int32_t>(std::count_if(
      occurrence.visits.begin(), occurrence.visits.end(),
      [&](const casework::VisitRecord& visit) {
        return visit.state == state && visit.planned_on >= monday &&
               visit.planned_on <= sunday;
      }));
}

}  // namespace

void AddHoldings(const RoutePage& page, model::v1::Route& route) {
  for (const Referral& referral : page.state.referrals) {
    if (!HasLeft(referral)) continue;
    const DataHolding holding = HoldingOf(page, referral);
    auto& all = *route.mutable_holdings();
    const auto known = std::find_if(
        all.begin(), all.end(),
        [&](const DataHolding& one) { return SameGround(one, holding); });
    if (known != all.end()) {
      Merge(holding, *known);
    } else {
      *route.add_holdings() = holding;
    }
  }
}

void AddWeek(const RoutePage& page, model::v1::Route& route) {
  const absl::CivilDay first =
      absl::PrevWeekday(page.today + 1, absl::Weekday::monday);
  const std::string monday = calendar::FormatDate(first);
  const std::string sunday = calendar::FormatDate(first + 6);
  for (const Occurrence& occurrence : page.state.occurrences) {
    const auto count = [&](model::v1::VisitState state) {
      return CountIn(occurrence, state, monday, sunday);
    };
    model::v1::WeekVisits week;
    week.set_done(count(model::v1::VISIT_STATE_DONE));
    week.set_missed(count(model::v1::VISIT_STATE_MISSED));
    week.set_planned(week.done() + week.missed() +
                     count(model::v1::VISIT_STATE_PLANNED) +
                     count(model::v1::VISIT_STATE_SUSPENDED));
    if (week.planned() == 0) continue;
    week.set_step_title(page.Title(absl::StrCat("step/", occurrence.step)));
    *route.add_this_week() = std::move(week);
  }
}

}  // namespace careroute::engine::internal
