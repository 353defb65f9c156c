// services/command/listing.h: a whole list of a hub, as JSON or as a page.
//
//   return PrintListing<api::v1::ListCasesResponse>(
//       {.hub = flags.hub, .method = kMethod, .json = flags.json}, request,
//       [&](const auto& all, const Wall& wall) {
//         return RenderCases(all, wall, screen);
//       });

#ifndef CAREROUTE_SERVICES_COMMAND_LISTING_H_
#define CAREROUTE_SERVICES_COMMAND_LISTING_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "lib/base/status_macros.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/pages.h"
#include "services/command/wall.h"

namespace careroute::services {

// Borrowed for the call.
struct ListingCall {
  const HubFlags& hub;
  const char* method = nullptr;  // its full name
  bool json = false;
};

// `render` gets the reply and the clock of the organisation it is about.
template <typename Response, typename Request, typename Render>
absl::StatusOr<std::string> PrintListing(const ListingCall& call,
                                         const Request& request,
                                         const Render& render) {
  CAREROUTE_ASSIGN_OR_RETURN(const Client client, call.hub.Connect());
  CAREROUTE_ASSIGN_OR_RETURN(
      const Response all, CallForAll<Response>(client, call.method, request));
  std::optional<int> minutes;
  if (all.has_utc_offset_minutes()) minutes = all.utc_offset_minutes();
  CAREROUTE_ASSIGN_OR_RETURN(const Wall wall, call.hub.WallClock(minutes));
  return call.json ? ToJson(all) : render(all, wall);
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_LISTING_H_
