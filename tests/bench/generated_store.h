// tests/bench/generated_store.h: a hub's folder with as many open cases as a
// region has.
//
// `careroute generate` makes it from a number and a seed; it is kept between
// runs. What is measured works on a copy, so that every run finds the same:
// nothing overdue was raised yet.
//
//   GeneratedStores stores(setting);
//   CAREROUTE_ASSIGN_OR_RETURN(GeneratedStore* const store,
//                              stores.Get(setting.cases));
//   const std::unique_ptr<BenchHub> hub = store->Open(10'000);

#ifndef CAREROUTE_TESTS_BENCH_GENERATED_STORE_H_
#define CAREROUTE_TESTS_BENCH_GENERATED_STORE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/model/v1/actor.pb.h"
#include "tests/bench/bench_hub.h"
#include "tests/bench/case_round.h"
#include "tests/bench/setting.h"

namespace careroute::bench {

// Cases looked at: twice what a hub keeps in memory, so that going over them
// finds the memory full of others.
inline constexpr size_t kSampledCases = 20'000;

// A page of a list, as a screen shows; the default of lists.
inline constexpr int32_t kPageRows = 50;

// An organisation that others refer to, by a member who performs there.
struct WorkQueue {
  model::v1::Actor performer;
  int64_t waiting = 0;  // referrals; store::kCountMax = at least as many
};

// A copy of a made folder, removed when it is destroyed. Not thread-safe.
class GeneratedStore {
 public:
  // Copies the folder to `copy`, and looks what is in it.
  GeneratedStore(const std::string& made, std::string copy);
  ~GeneratedStore();
  GeneratedStore(const GeneratedStore&) = delete;
  GeneratedStore& operator=(const GeneratedStore&) = delete;

  // In this process. One hub at a time owns the store.
  [[nodiscard]] std::unique_ptr<BenchHub> Open(size_t cached_cases) const;
  // For a hub process.
  [[nodiscard]] std::string config() const;

  // Open ones from all over the store, in no order that means anything; never
  // empty.
  [[nodiscard]] const std::vector<NamedCase>& cases() const { return cases_; }
  // One that fills a page of its own; where none does, as in a small store,
  // the longest. None when no referral waits.
  [[nodiscard]] const std::optional<WorkQueue>& queue() const { return queue_; }
  // How many of a hundred cases of the store are open, by those looked at.
  [[nodiscard]] double open_of_100() const { return open_of_100_; }
  // Deadlines that were over when it was copied.
  [[nodiscard]] int64_t overdue() const { return overdue_; }

 private:
  void LookAtCases(BenchHub& hub);

  const std::string folder_;
  std::vector<NamedCase> cases_;
  std::optional<WorkQueue> queue_;
  double open_of_100_ = 0;
  int64_t overdue_ = 0;
};

// Those of one run of the program, made when they are first asked for.
class GeneratedStores {
 public:
  explicit GeneratedStores(const Setting& setting) : setting_(setting) {}

  // NOT_FOUND when the program of this build cannot generate.
  [[nodiscard]] absl::StatusOr<GeneratedStore*> Get(int64_t cases);

 private:
  const Setting& setting_;
  std::map<int64_t, std::unique_ptr<GeneratedStore>> stores_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_GENERATED_STORE_H_
