// The relay between two ends that are sockets of this test.

#include "tests/torture/relay.h"

#include <poll.h>
#include <sys/socket.h>

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

// For what never comes.
constexpr int kWaitMaxMs = 60000;

bool WaitFor(const Descriptor& end) {
  pollfd waited{.fd = end.number(), .events = POLLIN, .revents = 0};
  return poll(&waited, 1, kWaitMaxMs) == 1;
}

// A hub is whatever listens.
class RelayTest : public ::testing::Test {
 protected:
  RelayTest() : hub_(ListenOnLoopback(port_)) { relay_.LeadTo(port_); }

  struct Ends {
    Descriptor caller;
    Descriptor hub;
  };
  Ends Connect() {
    Ends ends{.caller = ConnectToLoopback(relay_.port()), .hub = {}};
    EXPECT_TRUE(WaitFor(hub_));
    ends.hub = AcceptFrom(hub_);
    EXPECT_TRUE(ends.caller.open() && ends.hub.open());
    return ends;
  }

  static void Send(const Descriptor& end, const std::string& bytes) {
    EXPECT_EQ(send(end.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  // So many bytes, or those that came before the end.
  static std::string Receive(const Descriptor& end, size_t size) {
    std::string all;
    while (all.size() < size && WaitFor(end)) {
      std::string some(size - all.size(), '\0');
      const ssize_t got = recv(end.number(), some.data(), some.size(), 0);
      if (got <= 0) break;
      all.append(some, 0, static_cast<size_t>(got));
    }
    return all;
  }
  static bool IsHungUp(const Descriptor& end) {
    char byte = 0;
    return WaitFor(end) && recv(end.number(), &byte, 1, 0) <= 0;
  }

  int port_ = 0;
  Descriptor hub_;
  Relay relay_{7};
};

TEST_F(RelayTest, PassesOnBothWaysWhatComes) {
  const Ends ends = Connect();
  Send(ends.caller, "a question");
  EXPECT_EQ(Receive(ends.hub, 10), "a question");
  const std::string answer(1 << 20, 'x');
  std::string heard;
  for (size_t at = 0; at < answer.size() && !HasFailure(); at += 1 << 14) {
    Send(ends.hub, answer.substr(at, 1 << 14));
    heard += Receive(ends.caller, 1 << 14);
  }
  EXPECT_EQ(heard, answer);
  EXPECT_EQ(relay_.tally().connections, 1);
}

TEST_F(RelayTest, TellsOneEndThatTheOtherHasGone) {
  Ends ends = Connect();
  Send(ends.caller, "last words");
  ends.caller = Descriptor();
  EXPECT_EQ(Receive(ends.hub, 100), "last words");
}

TEST_F(RelayTest, LetsNothingPassWhileItIsShut) {
  const Ends before = Connect();
  relay_.Set(Relay::Mood::kShut);
  EXPECT_TRUE(IsHungUp(before.caller));
  EXPECT_TRUE(IsHungUp(before.hub));
  const Descriptor caller = ConnectToLoopback(relay_.port());
  EXPECT_TRUE(IsHungUp(caller));
  EXPECT_EQ(relay_.tally().refused, 1);
  EXPECT_EQ(relay_.tally().connections, 1);
}

TEST_F(RelayTest, IsFaithfulAgainAfterTroubles) {
  relay_.Set(Relay::Mood::kTroubled);
  for (int i = 0; i < 20; ++i) {
    const Descriptor caller = ConnectToLoopback(relay_.port());
    // Whether it is passed on is not known.
    (void)send(caller.number(), "bytes", 5, MSG_NOSIGNAL);
  }
  relay_.Set(Relay::Mood::kFaithful);
  const Descriptor caller = ConnectToLoopback(relay_.port());
  Send(caller, "a question");
  // Those that came before may stand in front of it, hung up.
  std::string heard;
  while (heard != "a question") {
    ASSERT_TRUE(WaitFor(hub_));
    heard = Receive(AcceptFrom(hub_), 10);
  }
}

}  // namespace
}  // namespace careroute::tests
