// services/hub/story/free_ports.h: addresses of this machine that are free.
//
// A hub's peers must know its address before it serves, so it cannot be left to
// choose its port when it binds it.
//
//   FreePorts ports;
//   CAREROUTE_ASSIGN_OR_RETURN(const std::string address, ports.Take());

#ifndef CAREROUTE_SERVICES_HUB_STORY_FREE_PORTS_H_
#define CAREROUTE_SERVICES_HUB_STORY_FREE_PORTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace careroute::services {

// For one thread. What it gave is kept from other programs until it is
// destroyed; a server that may reuse an address (SO_REUSEADDR), as those of
// gRPC do, binds and listens there meanwhile, once or again and again.
class FreePorts {
 public:
  FreePorts() = default;
  ~FreePorts();
  FreePorts(const FreePorts&) = delete;
  FreePorts& operator=(const FreePorts&) = delete;

  // "127.0.0.1:PORT". UNAVAILABLE when the machine has none left.
  [[nodiscard]] absl::StatusOr<std::string> Take();

 private:
  std::vector<int> sockets_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_FREE_PORTS_H_
