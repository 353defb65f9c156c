#include "tests/torture/descriptor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace careroute::tests {
namespace {

sockaddr_in LoopbackAt(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

Descriptor::~Descriptor() {
  if (open()) close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor ListenOnLoopback(int& port) {
  Descriptor made(
      socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  sockaddr_in address = LoopbackAt(0);
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  if (!made.open() || bind(made.number(), general, size) != 0 ||
      listen(made.number(), SOMAXCONN) != 0 ||
      getsockname(made.number(), general, &size) != 0) {
    return {};
  }
  port = ntohs(address.sin_port);
  return made;
}

Descriptor AcceptFrom(const Descriptor& listener) {
  return Descriptor(accept4(listener.number(), nullptr, nullptr,
                            SOCK_NONBLOCK | SOCK_CLOEXEC));
}

// Loopback answers at once whether anybody listens.
Descriptor ConnectToLoopback(int port) {
  Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = LoopbackAt(port);
  if (!made.open() ||
      connect(made.number(), reinterpret_cast<const sockaddr*>(&address),
              sizeof(address)) != 0 ||
      fcntl(made.number(), F_SETFL, O_NONBLOCK) != 0) {
    return {};
  }
  return made;
}

void ResetWhenClosed(const Descriptor& connection) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(connection.number(), SOL_SOCKET, SO_LINGER, &at_once,
             sizeof(at_once));
}

}  // namespace careroute::tests
