#include "bindings/c/internal/hub.h"

#include "absl/strings/str_cat.h"
#include "careroute/config/v1/embedded.pb.h"

namespace careroute::bindings {

absl::StatusOr<const api::Method*> FindMethod(const api::MethodTable& table,
                                              const std::string& name,
                                              Shape shape) {
  const api::Method* const method = table.Find(name);
  if (method == nullptr) {
    return absl::UnimplementedError(absl::StrCat(
        "method: this hub has no ", name, "; careroute_methods lists them"));
  }
  const bool streams = method->descriptor->server_streaming();
  if (streams == (shape == Shape::kStream)) return method;
  return absl::UnimplementedError(
      streams ? absl::StrCat("method: ", name,
                             " streams; open it with careroute_watch_open")
              : absl::StrCat("method: ", name,
                             " does not stream; call it with careroute_call"));
}

std::string MethodsOf(const api::MethodTable& table) {
  config::v1::MethodList list;
  for (const auto& [name, method] : table.methods()) {
    config::v1::MethodEntry& entry = *list.add_methods();
    entry.set_name(name);
    entry.set_request_type(method.descriptor->input_type()->full_name());
    entry.set_response_type(method.descriptor->output_type()->full_name());
    entry.set_streams(method.descriptor->server_streaming());
  }
  return list.SerializeAsString();
}

void Leave(api::Call& call, Leaving why) {
  call.expired = why == Leaving::kExpired;
  call.cancelled = true;
  call.cancelled.notify_all();
}

}  // namespace careroute::bindings
