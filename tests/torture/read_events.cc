#include "tests/torture/read_events.h"

#include "careroute/api/v1/case_service.pb.h"
#include "lib/base/status_macros.h"

namespace careroute::tests {
namespace {

constexpr int kPageSize = 200;

}  // namespace

absl::Status ReadEvents(
    const services::Client& caller, const std::string& case_name,
    absl::FunctionRef<absl::Status(const event::v1::CaseEvent&)> on_event) {
  api::v1::ListEventsRequest request;
  request.set_name(case_name);
  request.set_page_size(kPageSize);
  do {
    const auto page = caller.Call<api::v1::ListEventsResponse>(
        "careroute.api.v1.CaseService.ListEvents", request);
    if (!page.ok()) return page.status();
    for (const api::v1::CaseHistoryEvent& one : page->events()) {
      CAREROUTE_RETURN_IF_ERROR(on_event(one.event()));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace careroute::tests
