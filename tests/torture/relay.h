// tests/torture/relay.h: the way to a hub, on which things go wrong.
//
// Listens on a loopback port and passes on what comes to the hub it leads to,
// and back: over TCP and without knowing what it carries, as a network does.
//
//   Relay relay(seed);
//   relay.LeadTo(hub.port());
//   relay.Set(Relay::Mood::kTroubled);
//   ...
//   relay.Set(Relay::Mood::kFaithful);

#ifndef CAREROUTE_TESTS_TORTURE_RELAY_H_
#define CAREROUTE_TESTS_TORTURE_RELAY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "lib/base/mutex.h"
#include "lib/base/random.h"
#include "tests/torture/descriptor.h"
#include "tests/torture/mishap.h"

namespace careroute::tests {

// Thread-safe; one thread of its own.
class Relay {
 public:
  enum class Mood {
    kFaithful,
    // Some connections are hung up when they are made; in others a mishap is
    // drawn for either direction.
    kTroubled,
    // Nothing passes.
    kShut,
  };
  struct Tally {
    int connections = 0;  // that were led on
    int refused = 0;
    size_t bytes = 0;                            // that were passed on
    std::array<int, kMishapKinds> mishaps = {};  // that happened, by kind
  };

  // Faithful, and leads nowhere. The seed decides which mishaps are drawn, in
  // the order in which connections come.
  explicit Relay(uint64_t seed);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Where it listens.
  [[nodiscard]] int port() const { return port_; }

  // Where connections lead from now on; 0 = nowhere.
  void LeadTo(int port);
  // Hangs up every connection there is. Returns once that is done and the next
  // one will meet the new mood.
  void Set(Mood mood);

  [[nodiscard]] Tally tally();

  // Returns when bytes were passed on since the call, or after that long.
  void WaitForTraffic(absl::Duration at_most);

 private:
  struct Way;
  struct Link;

  void Run();
  // What was asked of it since the last time. False = it is to end.
  [[nodiscard]] bool Obey();
  void Poll();
  void Accept();
  void Read(Link& link, Way& way);
  void Write(Link& link, Way& way);
  void Count(MishapKind kind);

  base::SeededRandom random_;
  int port_ = 0;
  Descriptor listener_;  // sets the port: after it
  Descriptor bell_;      // rung when something is asked

  base::Mutex mutex_;
  base::CondVar changed_;
  Mood mood_ CAREROUTE_GUARDED_BY(mutex_) = Mood::kFaithful;
  int target_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  int64_t asked_ CAREROUTE_GUARDED_BY(mutex_) = 0;   // moods
  int64_t obeyed_ CAREROUTE_GUARDED_BY(mutex_) = 0;  // moods
  bool stopped_ CAREROUTE_GUARDED_BY(mutex_) = false;
  Tally tally_ CAREROUTE_GUARDED_BY(mutex_);

  std::list<Link> links_;  // of the thread
  std::thread thread_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_RELAY_H_
