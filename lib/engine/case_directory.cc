#include "lib/engine/case_directory.h"

#include <algorithm>

namespace careroute::engine {

directory::Place PlaceOf(const OpenPerson& person, bool by_registration) {
  const model::v1::Identity& identity = person.person.identity();
  const bool stays = identity.has_stays_at() && !by_registration;
  const model::v1::Address& address =
      stays ? identity.stays_at() : identity.registered_at();
  return {.region = address.region(),
          .district = address.district(),
          .settlement = address.settlement()};
}

std::optional<int32_t> AgeInMonths(
    const std::optional<absl::CivilDay>& birth_date, absl::CivilDay day) {
  if (!birth_date.has_value()) return std::nullopt;
  const int64_t months = (day.year() - birth_date->year()) * 12 +
                         (day.month() - birth_date->month()) -
                         (day.day() < birth_date->day() ? 1 : 0);
  return static_cast<int32_t>(std::max<int64_t>(months, 0));
}

const casework::OrganisationFacts* CaseDirectory::Find(
    absl::string_view organisation) const {
  const auto it = options_.picture->facts.find(organisation);
  return it == options_.picture->facts.end() ? nullptr : &it->second;
}

bool CaseDirectory::MemberExists(absl::string_view member) const {
  const model::v1::Member* found =
      options_.picture->directory.FindMember(member);
  return found != nullptr &&
         directory::HoldsOn(found->valid_from(), found->valid_to(),
                            options_.today);
}

std::vector<const casework::OrganisationFacts*> CaseDirectory::Candidates(
    const casework::PerformerQuery& query, size_t max) const {
  directory::MatchQuery match{.service = query.service,
                              .role = query.role,
                              .kinds = query.kinds,
                              .any_region = query.any_region,
                              .day = options_.today};
  if (options_.person != nullptr) {
    match.place = PlaceOf(*options_.person, query.by_registration);
    match.age_months = AgeInMonths(options_.person->birth_date, options_.today);
    match.needs = &options_.person->person.needs();
  }
  std::vector<const casework::OrganisationFacts*> candidates;
  for (const directory::Match& one :
       directory::MatchProviders(options_.picture->directory, match)) {
    if (!one.fits || candidates.size() >= max) break;
    candidates.push_back(Find(one.organisation->name()));
  }
  return candidates;
}

}  // namespace careroute::engine
