// lib/testing/invented.h: invented organisations, people and callers.
//
//   world.AddHub({.id = "west",
//                 .organisations = {InventedOrganisation(
//                     {.id = "clinic", .kind = AGENCY_KIND_HEALTH})}});

#ifndef CAREROUTE_LIB_TESTING_INVENTED_H_
#define CAREROUTE_LIB_TESTING_INVENTED_H_

#include <string>
#include <vector>

#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/engine/request.h"

namespace careroute::testing {

inline constexpr char kInventedRegion[] = "RU-KHA";

struct OrganisationPlan {
  std::string id;
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  std::vector<std::string> services;
};
// With three members: "coordinator" on duty, "deputy" and "head".
[[nodiscard]] model::v1::Organisation InventedOrganisation(
    const OrganisationPlan& plan);

// An adult, who decides for herself. The number makes her another than others.
struct PersonPlan {
  int number = 1;
  std::string given_name = "Вера";
};
[[nodiscard]] model::v1::Identity InventedIdentity(const PersonPlan& plan);

// A member of the organisation of that id.
struct Caller {
  std::string organisation;
  std::string member = "coordinator";
  model::v1::ActorRole role = model::v1::ACTOR_ROLE_COORDINATOR;
};
[[nodiscard]] model::v1::Actor ActorOf(const Caller& caller);

// A request under that id. `body` tells it from another one of the same id.
struct Asking {
  std::string request_id;
  std::string body;
};
[[nodiscard]] engine::RequestInfo InfoOf(const Caller& caller,
                                         const Asking& asking);
// By the hub itself.
[[nodiscard]] engine::RequestInfo HubInfo(const std::string& request_id);

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_INVENTED_H_
