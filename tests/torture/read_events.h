// tests/torture/read_events.h: the history of a case, event by event.
//
//   status = ReadEvents(coordinator, "cases/0123",
//                       [&](const auto& event) { return history.Add(event); });

#ifndef CAREROUTE_TESTS_TORTURE_READ_EVENTS_H_
#define CAREROUTE_TESTS_TORTURE_READ_EVENTS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "careroute/event/v1/case_event.pb.h"
#include "services/client/client.h"

namespace careroute::tests {

// As it is now, from the first on. Ends with the first status that is not OK.
[[nodiscard]] absl::Status ReadEvents(
    const services::Client& caller, const std::string& case_name,
    absl::FunctionRef<absl::Status(const event::v1::CaseEvent&)> on_event);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_READ_EVENTS_H_
