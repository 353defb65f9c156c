// services/command/json.h: a reply as JSON, for programs.
//
// Field names as in the protos, enum values by name, times as RFC 3339; fields
// that are empty are left out. Indented, with a line end.

#ifndef CAREROUTE_SERVICES_COMMAND_JSON_H_
#define CAREROUTE_SERVICES_COMMAND_JSON_H_

#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace careroute::services {

// INTERNAL for a message that holds what JSON cannot say, such as a time out
// of range.
[[nodiscard]] absl::StatusOr<std::string> ToJson(
    const google::protobuf::Message& message);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_JSON_H_
