#include "lib/directory/match.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace careroute::directory {
namespace {

using model::v1::AccessNeed;
using model::v1::Organisation;
using model::v1::ServiceForm;
using model::v1::ServiceOffer;

// Weights: area before places, places before waiting. A region's parameter
// would be over-exact: coordinators read the reasons, not the sum.
constexpr int64_t kSettlementScore = 4000;
constexpr int64_t kDistrictScore = 3000;
constexpr int64_t kRegionScore = 1000;
constexpr int64_t kPlacesFreeScore = 500;
constexpr int64_t kNeedsStatedScore = 200;
constexpr int64_t kWaitingScoreMax = 100;

template <typename Range, typename Value>
bool Has(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

void Say(Match& match, std::string key, std::vector<std::string> arguments,
         int64_t score) {
  match.reasons.push_back(
      {.key = std::move(key), .arguments = std::move(arguments)});
  match.score += score;
}

void RuleOut(Match& match, std::string key,
             std::vector<std::string> arguments) {
  match.fits = false;
  match.reasons.push_back({.key = std::move(key),
                           .arguments = std::move(arguments),
                           .rules_out = true});
}

bool OffersForm(const ServiceOffer& offer, ServiceForm form) {
  return Has(offer.forms(), static_cast<int>(form));
}

// The form that reaches a person whose road is closed, or none.
ServiceForm FormWithoutRoad(const ServiceOffer& offer) {
  if (OffersForm(offer, model::v1::SERVICE_FORM_REMOTE)) {
    return model::v1::SERVICE_FORM_REMOTE;
  }
  if (OffersForm(offer, model::v1::SERVICE_FORM_MOBILE_TEAM)) {
    return model::v1::SERVICE_FORM_MOBILE_TEAM;
  }
  return model::v1::SERVICE_FORM_UNSPECIFIED;
}

ServiceForm UsualForm(const ServiceOffer& offer) {
  return offer.forms().empty() ? model::v1::SERVICE_FORM_AT_ORGANISATION
                               : offer.forms(0);
}

const model::v1::ServedSettlement* FindSettlement(const ServiceOffer& offer,
                                                  absl::string_view id) {
  for (const model::v1::ServedSettlement& served : offer.settlements()) {
    if (!id.empty() && absl::string_view(served.settlement()) == id) {
      return &served;
    }
  }
  return nullptr;
}

void JudgeSeason(const model::v1::ServedSettlement& served,
                 const MatchQuery& query, Match& match) {
  const int month = query.day.month();
  if (served.months().empty() || Has(served.months(), month)) return;
  const ServiceForm form = FormWithoutRoad(*match.offer);
  if (form == model::v1::SERVICE_FORM_UNSPECIFIED) {
    RuleOut(match, "season_closed", {served.settlement(), absl::StrCat(month)});
    return;
  }
  match.form = form;
  Say(match, "season_other_form",
      {served.settlement(), model::v1::ServiceForm_Name(form)}, 0);
}

bool ServesRegion(const Organisation& organisation, const ServiceOffer* offer,
                  absl::string_view region) {
  if (region.empty() || absl::string_view(organisation.region()) == region) {
    return true;
  }
  return offer != nullptr &&
         Has(offer->regions(), std::string(region.data(), region.size()));
}

void JudgeArea(const MatchQuery& query, Match& match) {
  const Organisation& organisation = *match.organisation;
  const Place& place = query.place;
  if (!ServesRegion(organisation, match.offer, place.region)) {
    if (!query.any_region) {
      return RuleOut(match, "other_region", {organisation.region()});
    }
    return Say(match, "any_region", {organisation.region()}, 0);
  }
  if (match.offer == nullptr) {
    const bool same =
        !place.district.empty() && organisation.district() == place.district;
    return Say(match, same ? "area_district" : "area_region",
               {organisation.district()}, same ? kDistrictScore : kRegionScore);
  }
  if (const auto* served = FindSettlement(*match.offer, place.settlement)) {
    Say(match, "area_settlement", {served->settlement()}, kSettlementScore);
    return JudgeSeason(*served, query, match);
  }
  if (match.offer->districts().empty() || place.district.empty()) {
    const bool own =
        !place.district.empty() && organisation.district() == place.district;
    return Say(match, own ? "area_district" : "area_region",
               {organisation.district()}, own ? kDistrictScore : kRegionScore);
  }
  if (Has(match.offer->districts(), place.district)) {
    return Say(match, "area_district", {place.district}, kDistrictScore);
  }
  if (OffersForm(*match.offer, model::v1::SERVICE_FORM_REMOTE)) {
    match.form = model::v1::SERVICE_FORM_REMOTE;
    return Say(match, "other_district_remote", {place.district}, 0);
  }
  RuleOut(match, "other_district", {place.district});
}

void JudgeAge(const MatchQuery& query, Match& match) {
  if (match.offer == nullptr || !query.age_months.has_value()) return;
  const int32_t age = *query.age_months;
  if (age < match.offer->age_from_months() ||
      (match.offer->age_below_months() > 0 &&
       age >= match.offer->age_below_months())) {
    RuleOut(match, "age",
            {absl::StrCat(match.offer->age_from_months()),
             absl::StrCat(match.offer->age_below_months())});
  }
}

bool Speaks(const ServiceOffer& offer, const std::string& language) {
  return offer.languages().empty() || Has(offer.languages(), language);
}

// The form a need asks for; UNSPECIFIED when it is no matter of form.
ServiceForm FormFor(int need) {
  switch (need) {
    case model::v1::ACCESS_NEED_HOME_VISIT:
      return model::v1::SERVICE_FORM_AT_HOME;
    case model::v1::ACCESS_NEED_REMOTE:
      return model::v1::SERVICE_FORM_REMOTE;
    default:
      return model::v1::SERVICE_FORM_UNSPECIFIED;
  }
}

// With a language stated, whether anybody speaks it is asked below.
bool MeetsNeed(const ServiceOffer& offer, int need, bool has_language) {
  if (Has(offer.meets(), need)) return true;
  if (need == model::v1::ACCESS_NEED_INTERPRETER) return has_language;
  return OffersForm(offer, FormFor(need));
}

// The form the person needs, unless the road has decided already.
void ChooseForm(int need, Match& match) {
  const ServiceForm form = FormFor(need);
  if (form != model::v1::SERVICE_FORM_UNSPECIFIED &&
      match.form == UsualForm(*match.offer) && OffersForm(*match.offer, form)) {
    match.form = form;
  }
}

void JudgeNeeds(const MatchQuery& query, Match& match) {
  if (match.offer == nullptr || query.needs == nullptr) return;
  const ServiceOffer& offer = *match.offer;
  bool all_met = true;
  for (const int need : query.needs->access()) {
    if (MeetsNeed(offer, need, !query.needs->language().empty())) {
      ChooseForm(need, match);
      continue;
    }
    all_met = false;
    RuleOut(match, "need_not_met",
            {AccessNeed_Name(static_cast<AccessNeed>(need))});
  }
  const std::string& language = query.needs->language();
  if (!language.empty() && !Speaks(offer, language) &&
      !Has(offer.meets(), model::v1::ACCESS_NEED_INTERPRETER)) {
    all_met = false;
    RuleOut(match, "language", {language});
  }
  if (all_met && !query.needs->access().empty()) {
    Say(match, "needs_met", {}, kNeedsStatedScore);
  }
}

void JudgePlaces(Match& match) {
  if (match.offer == nullptr || !match.offer->has_capacity()) return;
  const model::v1::ServiceCapacity& capacity = match.offer->capacity();
  const std::string reported = absl::FormatCivilTime(
      absl::ToCivilDay(absl::FromUnixSeconds(capacity.update_time().seconds()),
                       absl::UTCTimeZone()));
  if (capacity.available() > 0) {
    Say(match, "places_free", {absl::StrCat(capacity.available()), reported},
        kPlacesFreeScore);
  } else {
    Say(match, "full", {reported}, 0);
  }
  if (capacity.waiting() > 0) {
    Say(match, "waiting", {absl::StrCat(capacity.waiting())},
        -std::min<int64_t>(capacity.waiting(), kWaitingScoreMax));
  }
}

const ServiceOffer* FindOffer(const Organisation& organisation,
                              absl::string_view service) {
  for (const ServiceOffer& offer : organisation.services()) {
    if (absl::string_view(offer.service()) == service) return &offer;
  }
  return nullptr;
}

bool PlaysRole(const Organisation& organisation, absl::string_view role) {
  return Has(organisation.roles(), std::string(role.data(), role.size()));
}

// Whether any organisation lists the role. If so, its kind alone does not make
// another one play it: not every social organisation is the authorised body.
bool RoleIsListed(const Directory& directory, absl::string_view role) {
  for (const auto& [name, organisation] : directory.organisations()) {
    if (PlaysRole(*organisation, role)) return true;
  }
  return false;
}

// Whether it comes into question at all; what does not is not listed.
bool IsCandidate(const Organisation& organisation, const ServiceOffer* offer,
                 const MatchQuery& query, bool role_is_listed) {
  if (!query.kinds.empty() && !Has(query.kinds, organisation.kind())) {
    return false;
  }
  if (!query.service.empty()) return offer != nullptr;
  if (query.role.empty()) return true;
  return role_is_listed ? PlaysRole(organisation, query.role)
                        : !query.kinds.empty();
}

Match Judge(const Organisation& organisation, const ServiceOffer* offer,
            const MatchQuery& query) {
  Match match{.organisation = &organisation, .offer = offer};
  if (offer != nullptr) match.form = UsualForm(*offer);
  if (!HoldsOn(organisation.valid_from(), organisation.valid_to(), query.day)) {
    RuleOut(match, "not_in_operation", {});
  }
  if (Has(query.excluded, organisation.name())) {
    RuleOut(match, "said_no", {});
  }
  JudgeArea(query, match);
  JudgeAge(query, match);
  JudgeNeeds(query, match);
  JudgePlaces(match);
  return match;
}

}  // namespace

std::vector<Match> MatchProviders(const Directory& directory,
                                  const MatchQuery& query) {
  std::vector<Match> matches;
  const auto consider = [&](const Organisation& organisation,
                            const ServiceOffer* offer, bool role_is_listed) {
    if (!IsCandidate(organisation, offer, query, role_is_listed)) return;
    matches.push_back(Judge(organisation, offer, query));
  };
  if (query.service.empty()) {
    const bool role_is_listed = RoleIsListed(directory, query.role);
    for (const auto& [name, organisation] : directory.organisations()) {
      consider(*organisation, nullptr, role_is_listed);
    }
  } else {
    const Organisation* last = nullptr;
    for (const Organisation* one : directory.Offering(query.service)) {
      if (one == last) continue;  // it offers the service more than once
      last = one;
      consider(*one, FindOffer(*one, query.service), false);
    }
  }
  // Stable: equal ones stay in order of name.
  std::stable_sort(matches.begin(), matches.end(),
                   [](const Match& a, const Match& b) {
                     if (a.fits != b.fits) return a.fits;
                     return a.fits && a.score > b.score;
                   });
  return matches;
}

}  // namespace careroute::directory
