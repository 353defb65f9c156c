#include "lib/api/method_table.h"

#include <utility>

#include "lib/base/check.h"

namespace careroute::api {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

Method& MethodTable::Add(absl::string_view full_name) {
  const std::string name(full_name);
  const MethodDescriptor* descriptor =
      DescriptorPool::generated_pool()->FindMethodByName(name);
  CAREROUTE_CHECK(descriptor != nullptr);
  const auto [it, added] = methods_.try_emplace(name);
  CAREROUTE_CHECK(added);
  it->second.descriptor = descriptor;
  return it->second;
}

void MethodTable::AddUnary(absl::string_view full_name, UnaryHandler handler) {
  Method& method = Add(full_name);
  CAREROUTE_CHECK(!method.descriptor->server_streaming());
  method.unary = std::move(handler);
}

void MethodTable::AddStream(absl::string_view full_name,
                            StreamHandler handler) {
  Method& method = Add(full_name);
  CAREROUTE_CHECK(method.descriptor->server_streaming());
  method.stream = std::move(handler);
}

const Method* MethodTable::Find(absl::string_view full_name) const {
  const auto it = methods_.find(std::string(full_name));
  return it == methods_.end() ? nullptr : &it->second;
}

std::vector<const ServiceDescriptor*> MethodTable::services() const {
  std::map<std::string, const ServiceDescriptor*> by_name;
  for (const auto& [name, method] : methods_) {
    const ServiceDescriptor* service = method.descriptor->service();
    by_name.emplace(service->full_name(), service);
  }
  std::vector<const ServiceDescriptor*> services;
  services.reserve(by_name.size());
  for (const auto& [name, service] : by_name) services.push_back(service);
  return services;
}

}  // namespace careroute::api
