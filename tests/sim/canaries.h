// tests/sim/canaries.h: does anything cross that may not?
//
// Promise 4, looked at where a batch arrives. Each family's given name is a
// string that stands nowhere else. It may be in a batch only if that was sent
// after the family was asked for its consent and before a withdrawal was
// acknowledged, or while the sending had begun.
//
//   Canaries canaries(scene);
//   canaries.Look("hub-a", "hub-b", batch);

#ifndef CAREROUTE_TESTS_SIM_CANARIES_H_
#define CAREROUTE_TESTS_SIM_CANARIES_H_

#include <cstdint>
#include <string>

#include "careroute/exchange/v1/exchange_service.pb.h"
#include "tests/sim/checker.h"

namespace careroute::tests {

// A batch is judged envelope by envelope before it is signed and sent, with
// writes of a slow disk in between. A withdrawal meanwhile is followed by a
// recall.
inline constexpr absl::Duration kSendingTakes = absl::Seconds(20);

// For one thread. What the scene names must outlive it.
class Canaries {
 public:
  explicit Canaries(const Scene& scene) : scene_(scene) {}

  void Look(const std::string& from, const std::string& to,
            const exchange::v1::DeliverRequest& batch);

  // How often one was seen crossing: a run that sees none has tested nothing.
  [[nodiscard]] int64_t seen() const { return seen_; }

 private:
  const Scene scene_;
  int64_t seen_ = 0;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_CANARIES_H_
