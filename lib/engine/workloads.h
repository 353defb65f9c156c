// lib/engine/workloads.h: what a member has in hand.
//
//   ReadWorkload(store, member, [](absl::StatusOr<Workload> load) { ... });

#ifndef CAREROUTE_LIB_ENGINE_WORKLOADS_H_
#define CAREROUTE_LIB_ENGINE_WORKLOADS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Counts stop here: that many, or more. A person reads no further.
inline constexpr int32_t kWorkloadMax = 1000;

struct Workload {
  int32_t coordinates = 0;  // cases with work
  int32_t deputises = 0;
  int32_t offered = 0;  // posts that wait for its answer
  // In the cases it coordinates: deadlines missed, and the nearest to come.
  int32_t overdue = 0;
  absl::Time next_due = absl::InfiniteFuture();

  [[nodiscard]] bool empty() const {
    return coordinates == 0 && deputises == 0 && offered == 0;
  }

  friend bool operator==(const Workload&, const Workload&) = default;
};

// Of "organisations/{o}/members/{m}", known or not. The store must outlive the
// call.
void ReadWorkload(store::Store& store, const std::string& member,
                  base::Done<Workload> done);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_WORKLOADS_H_
