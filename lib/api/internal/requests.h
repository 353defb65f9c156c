// lib/api/internal/requests.h: the fields that requests share, read by name.

#ifndef CAREROUTE_LIB_API_INTERNAL_REQUESTS_H_
#define CAREROUTE_LIB_API_INTERNAL_REQUESTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/command/v1/case_command.pb.h"
#include "google/protobuf/message.h"
#include "lib/access/data_class_set.h"
#include "lib/api/pipeline.h"
#include "lib/engine/request.h"

namespace careroute::api::internal {

// The field must exist: requests are ours. Empty or default when not set.
[[nodiscard]] std::string StringField(const google::protobuf::Message& request,
                                      const char* name);
[[nodiscard]] const google::protobuf::Message& MessageField(
    const google::protobuf::Message& request, const char* name);

// Puts a copy of the command into the member of the holder's oneof that has its
// type; false when there is none.
[[nodiscard]] bool PutByType(const google::protobuf::Message& command,
                             google::protobuf::Message& holder);

// Who asks, under which id, with which etag; whatever of it the request has.
[[nodiscard]] engine::RequestInfo InfoOf(
    const Call& call, const google::protobuf::Message& request);

// The same of a request that is one command: it has no effect when its caller
// has gone before its turn comes. What takes several commands must not stop
// between two of them.
[[nodiscard]] engine::RequestInfo InfoOfOneCommand(
    const CallPtr& call, const google::protobuf::Message& request);

// happened_time and word_given, where the request has them.
void TakeTimes(const google::protobuf::Message& request,
               command::v1::CaseCommand& command);

// The engine's answer as a handler gives it.
[[nodiscard]] absl::StatusOr<Served> ServedOf(
    absl::StatusOr<engine::Reply> reply, std::vector<std::string> resources,
    access::DataClassSet classes);

// 16 bytes of a UUID that was checked.
[[nodiscard]] std::string UuidBytes(absl::string_view uuid);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_REQUESTS_H_
