// tests/contract/event_store_contract.h: the one suite every backend passes.
//
// A backend brings a StoreBackend and instantiates the suite; what it promises
// beyond the contract is tested beside it. Everything runs on one thread, under
// a virtual clock, in the order of posting, so a failure repeats.
//
//   INSTANTIATE_TEST_SUITE_P(Memory, EventStoreContract,
//                            testing::Values(MemoryBackend()), BackendName);
//
// and the same for IndexStoreContract and, if the database outlives its
// process, PersistentStoreContract.

#ifndef CAREROUTE_TESTS_CONTRACT_EVENT_STORE_CONTRACT_H_
#define CAREROUTE_TESTS_CONTRACT_EVENT_STORE_CONTRACT_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/store/asker.h"
#include "lib/store/store.h"

namespace careroute::tests {

struct StoreOpening {
  base::Executor& executor;
  store::ClockKind clock = store::ClockKind::kVirtual;
  size_t append_queue_max = store::kAppendQueueMax;
  bool restored = false;
};

// One database, opened as often as a test likes, once at a time.
class StoreBackend {
 public:
  virtual ~StoreBackend() = default;
  virtual absl::StatusOr<std::unique_ptr<store::Store>> Open(
      const StoreOpening& opening) = 0;
  // The answer to the next append is UNAVAILABLE, whether or not it took
  // effect. `store` is the one that is open.
  virtual void LoseNextAnswer(store::Store& store) = 0;
  // Ends what LoseNextAnswer began.
  virtual void Heal() = 0;
};

struct StoreBackendParam {
  std::string name;  // in CamelCase, for the test's name
  std::function<std::unique_ptr<StoreBackend>()> make;
};

std::string BackendName(const testing::TestParamInfo<StoreBackendParam>& info);

class EventStoreContract : public testing::TestWithParam<StoreBackendParam> {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Closes the store that is open and opens another over the same database.
  [[nodiscard]] absl::Status Reopen(const StoreOpening& opening);
  [[nodiscard]] StoreOpening Opening() { return {.executor = executor_}; }

  // A stream of its own for each number.
  static store::StreamId Case(uint64_t number);
  static store::StreamId Person(uint64_t number);
  static std::string Body();  // some 32-byte hash of a request's body

  // An append of these event bytes to the stream's present head.
  store::AppendRequest Next(const store::StreamId& stream,
                            const std::vector<std::string>& events);
  // The same, appended; fails the test when it is refused.
  store::AppendResult Append(const store::StreamId& stream,
                             const std::vector<std::string>& events);
  absl::StatusOr<store::AppendResult> Append(store::AppendRequest request);

  // What several appends that wait at once are answered, in order.
  std::vector<absl::StatusOr<store::AppendResult>> AppendTogether(
      std::vector<store::AppendRequest> requests);

  std::vector<std::string> EventsOf(const store::StreamId& stream);

  // The ids of the rows of a list, in ascending order.
  std::vector<std::string> IdsOf(const store::IndexList& list);

  base::VirtualClock clock_{absl::FromUnixSeconds(1735689600)};
  base::ManualExecutor executor_{clock_};
  std::unique_ptr<StoreBackend> backend_;
  std::unique_ptr<store::Store> store_;
  // Calls the open store and runs until it has answered.
  const store::Asker ask_{.store = store_, .executor = executor_};
};

// The lists beside the streams; all rows stand in one list.
class IndexStoreContract : public EventStoreContract {
 protected:
  void Put(const store::StreamId& stream, std::vector<store::IndexRow> rows);
  void Delete(const store::StreamId& stream, const std::string& id);
  store::IndexPage Page(store::ScanRequest request);
  store::ChangePosition Now();
  store::ChangedPage Changed(const store::ChangePosition& after,
                             int32_t limit = 100);
};

// What only a backend that outlives its process can show.
class PersistentStoreContract : public EventStoreContract {};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_CONTRACT_EVENT_STORE_CONTRACT_H_
