// services/command/pages.h: every page of a list, as one reply.

#ifndef CAREROUTE_SERVICES_COMMAND_PAGES_H_
#define CAREROUTE_SERVICES_COMMAND_PAGES_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/client/client.h"

namespace careroute::services {

// More rows than these nobody reads on a terminal: 100 pages of the largest
// size.
inline constexpr int kPagesMax = 100;
inline constexpr int kPageSize = 200;

// Calls the method until there is no further page and puts the rows of all
// replies into the first; totals, where there are any, are those of the first.
// RESOURCE_EXHAUSTED beyond kPagesMax, so that a list is never shown as whole
// when it is not.
template <typename Response, typename Request>
absl::StatusOr<Response> CallForAll(const Client& client,
                                    absl::string_view method, Request request) {
  Response all;
  request.set_page_size(kPageSize);
  for (int page = 0; page < kPagesMax; ++page) {
    absl::StatusOr<Response> reply = client.Call<Response>(method, request);
    if (!reply.ok()) return reply.status();
    request.set_page_token(reply->next_page_token());
    reply->clear_next_page_token();
    if constexpr (requires { reply->clear_total(); }) {
      if (page > 0) {
        reply->clear_total();
        reply->clear_more_than_total();
      }
    }
    all.MergeFrom(*reply);
    if (request.page_token().empty()) return all;
  }
  return absl::ResourceExhaustedError("the list is too long; narrow it down");
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_PAGES_H_
