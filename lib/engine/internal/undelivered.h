// lib/engine/internal/undelivered.h: why a message could not be delivered, and
// when it is tried again.
//
// Some failures pass by themselves: the store is away, a queue is full, others
// write to the case at the same moment. All others last until somebody does
// something: publishes an edition, mends an organisation's description, brings
// a newer release. None is so final that the message may be dropped: what is
// refused today may be asked for again by whoever mends the cause.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_UNDELIVERED_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_UNDELIVERED_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "careroute/model/v1/refusal.pb.h"

namespace careroute::engine::internal {

struct Undelivered {
  bool passes = false;  // by itself
  // In words for whoever looks after the hub; names no person. Fits a row of
  // the outbox.
  std::string why;

  friend bool operator==(const Undelivered&, const Undelivered&) = default;
};

[[nodiscard]] Undelivered Because(const absl::Status& status);
[[nodiscard]] Undelivered Because(const model::v1::Refusal& refusal);

// The same, saying which receiver it is about.
[[nodiscard]] Undelivered At(const std::string& receiver,
                             const Undelivered& undelivered);

// How long after its `attempts`-th attempt the message is tried again.
[[nodiscard]] absl::Duration TryAgainAfter(const Undelivered& undelivered,
                                           int32_t attempts);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_UNDELIVERED_H_
