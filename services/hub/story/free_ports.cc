#include "services/hub/story/free_ports.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace careroute::services {

FreePorts::~FreePorts() {
  for (const int one : sockets_) close(one);
}

absl::StatusOr<std::string> FreePorts::Take() {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made >= 0) sockets_.push_back(made);
  const int on = 1;
  // Port 0: the system chooses. Nobody listens on this socket, so whoever may
  // reuse the address can.
  if (made < 0 ||
      setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
      bind(made, generic, size) != 0 ||
      getsockname(made, generic, &size) != 0) {
    return absl::UnavailableError(
        "no port of 127.0.0.1 is free; end programs that hold many");
  }
  return absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
}

}  // namespace careroute::services
