// services/command/import/json_request.h: one line of JSON into one request.
//
// The parser of protobuf quotes what it cannot read, and a row holds a
// person's data. So what is wrong is looked for by ourselves, field by field,
// and named by its path alone.
//
//   std::string key;
//   if (!ReadJsonRequest(line, request, key, problems)) ...

#ifndef CAREROUTE_SERVICES_COMMAND_IMPORT_JSON_REQUEST_H_
#define CAREROUTE_SERVICES_COMMAND_IMPORT_JSON_REQUEST_H_

#include <string>

#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"
#include "lib/base/problems.h"

namespace careroute::services {

// False, with problems, when the line is no JSON form of the request. `key` is
// the same for lines that say the same, in whatever order and spacing.
[[nodiscard]] bool ReadJsonRequest(const std::string& line,
                                   google::protobuf::Message& request,
                                   std::string& key, base::Problems& problems);

// The value with the fields of every object in order.
[[nodiscard]] std::string CanonicalJson(const google::protobuf::Value& value);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_IMPORT_JSON_REQUEST_H_
