// tests/bench/watching.h: who watches cases, and how late they hear.
//
// Each event says when it was recorded, which is before it is committed. From
// there to its arrival is therefore a little more than from commit to watcher,
// and can be told in any process of this machine.
//
//   Arrivals arrivals(clock);
//   TableWatch watch(table, {.name = name, .coordinator = actor}, arrivals);
//   arrivals.Begin();
//   ... n transitions ...
//   const std::vector<double> late_ms = arrivals.Take(n);

#ifndef CAREROUTE_TESTS_BENCH_WATCHING_H_
#define CAREROUTE_TESTS_BENCH_WATCHING_H_

#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "careroute/api/v1/case_watch_messages.pb.h"
#include "lib/api/call.h"
#include "lib/api/method_table.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "services/client/client.h"
#include "tests/bench/case_round.h"

namespace careroute::bench {

// Thread-safe. The clock must outlive it.
class Arrivals {
 public:
  explicit Arrivals(const base::Clock& clock) : clock_(clock) {}

  // Counts only what is recorded from now on.
  void Begin();
  void Saw(const api::v1::WatchCaseResponse& message);
  // Waits until so many have come, and gives how late each was. Stops the
  // program when they do not come within a minute.
  [[nodiscard]] std::vector<double> Take(size_t count);

 private:
  const base::Clock& clock_;
  base::Mutex mutex_;
  base::CondVar came_;
  absl::Time since_ CAREROUTE_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  std::vector<double> late_ms_ CAREROUTE_GUARDED_BY(mutex_);
};

// A watch of one case in this process, until it is destroyed. Everything
// handed in must outlive it.
class TableWatch {
 public:
  TableWatch(const api::MethodTable& table, const NamedCase& of,
             Arrivals& arrivals);
  ~TableWatch();
  TableWatch(const TableWatch&) = delete;
  TableWatch& operator=(const TableWatch&) = delete;

 private:
  class Sink;
  const api::CallPtr call_;
  const std::shared_ptr<Sink> sink_;
};

// The same over gRPC, on a thread of its own. Destroy it only when the hub has
// ended: that is what ends the watch.
class GrpcWatch {
 public:
  GrpcWatch(const services::Client& client, const NamedCase& of,
            Arrivals& arrivals);
  ~GrpcWatch();
  GrpcWatch(const GrpcWatch&) = delete;
  GrpcWatch& operator=(const GrpcWatch&) = delete;

 private:
  std::thread thread_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_WATCHING_H_
