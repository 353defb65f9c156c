// lib/api/method_table.h: every method, once, under its full proto name.
//
// Doors look methods up here and pass bytes; none of them knows a single
// service. Adding a method touches proto/ and lib/api, nothing else.
//
//   const Method* method = table.Find("careroute.api.v1.CaseService.GetCase");
//   method->unary(call, bytes, [](absl::StatusOr<std::string> reply) {...});

#ifndef CAREROUTE_LIB_API_METHOD_TABLE_H_
#define CAREROUTE_LIB_API_METHOD_TABLE_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "lib/api/call.h"
#include "lib/base/callback.h"

namespace careroute::api {

// Takes a serialised request; completes once with a serialised response or a
// status (lib/api/status.h). Thread-safe.
using UnaryHandler = std::function<void(
    const CallPtr& call, std::string request, base::Done<std::string> done)>;

// Takes a serialised request and writes to the sink until it finishes it.
using StreamHandler = std::function<void(
    const CallPtr& call, std::string request, StreamSinkPtr sink)>;

// Exactly one handler is set.
struct Method {
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  UnaryHandler unary;
  StreamHandler stream;
};

// Filled while the hub starts, then only read: thread-safe.
class MethodTable {
 public:
  // The method must exist in the linked protos, and not be in the table yet:
  // anything else is a mistake of the program and stops it.
  void AddUnary(absl::string_view full_name, UnaryHandler handler);
  void AddStream(absl::string_view full_name, StreamHandler handler);

  // Null for a name that is not served.
  [[nodiscard]] const Method* Find(absl::string_view full_name) const;

  // By full name.
  [[nodiscard]] const std::map<std::string, Method>& methods() const {
    return methods_;
  }

  // The services any of whose methods is served, by full name.
  [[nodiscard]] std::vector<const google::protobuf::ServiceDescriptor*>
  services() const;

 private:
  Method& Add(absl::string_view full_name);

  std::map<std::string, Method> methods_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_METHOD_TABLE_H_
