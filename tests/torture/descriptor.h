// tests/torture/descriptor.h: a file descriptor that is closed once.
//
//   const Descriptor listener = ListenOnLoopback(port);
//   Descriptor hub = ConnectToLoopback(7400);
//   if (!hub.open()) return;

#ifndef CAREROUTE_TESTS_TORTURE_DESCRIPTOR_H_
#define CAREROUTE_TESTS_TORTURE_DESCRIPTOR_H_

namespace careroute::tests {

// Movable; closes when destroyed.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  [[nodiscard]] bool open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

// Sockets that never block and that no program inherits which is started
// meanwhile. What cannot be made is not open.
//
// On any free port, which is written to `port`.
[[nodiscard]] Descriptor ListenOnLoopback(int& port);
// Of a connection that waits; not open when none does.
[[nodiscard]] Descriptor AcceptFrom(const Descriptor& listener);
[[nodiscard]] Descriptor ConnectToLoopback(int port);
// The connection is reset instead of ended when it is closed.
void ResetWhenClosed(const Descriptor& connection);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_DESCRIPTOR_H_
