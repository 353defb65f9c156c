// services/command/names.h: resource names, as people type them.
//
//   OrganisationName("clinic");             // "organisations/clinic"
//   MemberName(client.actor(), "anna");     // of the caller's organisation

#ifndef CAREROUTE_SERVICES_COMMAND_NAMES_H_
#define CAREROUTE_SERVICES_COMMAND_NAMES_H_

#include <string>

#include "careroute/model/v1/actor.pb.h"

namespace careroute::services {

// The id alone as well as the name; empty stays empty.
[[nodiscard]] std::string OrganisationName(const std::string& typed);

// The same of a case: "cases/{case}".
[[nodiscard]] std::string CaseName(const std::string& typed);

// The same of a hub that this one exchanges referrals with: "peers/{hub}".
[[nodiscard]] std::string PeerName(const std::string& typed);

// The same; an id alone is that of a colleague of the caller.
[[nodiscard]] std::string MemberName(const model::v1::Actor& caller,
                                     const std::string& typed);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_NAMES_H_
