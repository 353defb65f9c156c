// lib/directory/match.h: who may perform, best first, and why.
//
// Rules out whoever cannot serve the person (area, season, age, needs) and
// ranks the rest: the nearest area, the form that reaches the person, places
// free, people waiting. Capacity only ranks; nothing is reserved. Each row
// says the reason for its place, and those ruled out say theirs.
//
//   const std::vector<Match> matches = MatchProviders(directory, {
//       .service = "early-help", .place = place, .day = today,
//       .age_months = 26, .needs = &needs});

#ifndef CAREROUTE_LIB_DIRECTORY_MATCH_H_
#define CAREROUTE_LIB_DIRECTORY_MATCH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/needs.pb.h"
#include "lib/directory/directory.h"

namespace careroute::directory {

// Where the person is. Empty = not known, which rules nobody out.
struct Place {
  std::string region;
  std::string district;
  std::string settlement;
};

struct MatchQuery {
  absl::string_view service;  // empty = any offer
  // Empty = any. Counts where no service is asked for: whoever offers a
  // service plays its role. Once any organisation lists the role, only those
  // that list it play it; until then the kinds decide.
  absl::string_view role;
  // Kinds of agencies the role allows; empty = any.
  absl::Span<const model::v1::AgencyKind> kinds;
  Place place;
  bool any_region = false;
  absl::CivilDay day;  // of the service: season and dates
  // nullopt = not known, which rules nobody out.
  std::optional<int32_t> age_months;
  const model::v1::Needs* needs = nullptr;  // null = none stated
  absl::Span<const std::string> excluded;   // organisations that said no
};

// Why an organisation stands where it stands. The words are in the text
// tables under "match.*".
struct MatchReason {
  std::string key;  // "area_settlement", "full", "season_closed", ...
  std::vector<std::string> arguments;
  bool rules_out = false;

  friend bool operator==(const MatchReason&, const MatchReason&) = default;
};

struct Match {
  const model::v1::Organisation* organisation = nullptr;
  const model::v1::ServiceOffer* offer = nullptr;  // null: matched by role
  bool fits = true;
  int64_t score = 0;  // higher is better
  model::v1::ServiceForm form = model::v1::SERVICE_FORM_UNSPECIFIED;
  std::vector<MatchReason> reasons;
};

// Those that fit first, best first, equal ones by name; then those ruled out,
// by name. Pure; borrowed from the directory.
[[nodiscard]] std::vector<Match> MatchProviders(const Directory& directory,
                                                const MatchQuery& query);

}  // namespace careroute::directory

#endif  // CAREROUTE_LIB_DIRECTORY_MATCH_H_
