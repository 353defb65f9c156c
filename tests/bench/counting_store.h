// tests/bench/counting_store.h: a store that counts the rows it is given.
//
// Passes every call on. What a transition writes says most about what it
// costs: each row is a page touched and bytes logged.
//
//   CountingStore store(*sqlite);
//   const Written before = store.written();
//   ... 100 transitions ...
//   std::string per = WordsOf(store.written() - before, 100);

#ifndef CAREROUTE_TESTS_BENCH_COUNTING_STORE_H_
#define CAREROUTE_TESTS_BENCH_COUNTING_STORE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lib/store/forwarding_store.h"

namespace careroute::bench {

// Rows of appends: of cases, and of the access log and the checkpoints too.
struct Written {
  int64_t events = 0;
  int64_t requests = 0;   // request ids with their answers
  int64_t list_rows = 0;  // put or deleted
  int64_t others = 0;     // snapshots, outbox, claims, keys

  [[nodiscard]] int64_t total() const {
    return events + requests + list_rows + others;
  }
  friend Written operator-(const Written& a, const Written& b);
};

// "5.1 rows a transition: 1.0 events, 1.0 request ids, 3.0 list rows, 0.1
// others".
[[nodiscard]] std::string WordsOf(const Written& written, double transitions);

// Thread-safe. The store beneath must outlive it.
class CountingStore final : public store::ForwardingStore<CountingStore> {
 public:
  explicit CountingStore(store::Store& beneath) : beneath_(beneath) {}

  // Told whenever rows of the outbox are gone, on the store's threads. Before
  // the store is used.
  void set_on_settled(std::function<void()> on_settled) {
    on_settled_ = std::move(on_settled);
  }

  [[nodiscard]] Written written() const;
  // Commits that the store was asked for; what comes while it writes may share
  // one.
  [[nodiscard]] int64_t commits() const { return commits_; }

  [[nodiscard]] const store::StoreInfo& info() const override;
  void Append(store::AppendRequest request,
              base::Done<store::AppendResult> done) override;
  void SetCommitListener(store::CommitListener listener) override;
  void CurrentPosition(base::Done<store::ChangePosition> done) override;
  void TakeDue(store::TakeDueRequest request,
               base::Done<std::vector<store::OutboxRow>> done) override;
  void Settle(std::vector<store::OutboxKey> keys,
              base::DoneStatus done) override;
  void Reschedule(store::RescheduleRequest request,
                  base::DoneStatus done) override;

 private:
  friend class store::ForwardingStore<CountingStore>;

  template <typename Interface, typename Request, typename Answer>
  void Read(void (Interface::*method)(Request, Answer), Request request,
            Answer done) {
    (beneath_.*method)(std::move(request), std::move(done));
  }
  template <typename Interface, typename Request, typename Answer>
  void Write(void (Interface::*method)(Request, Answer), Request request,
             Answer done) {
    (beneath_.*method)(std::move(request), std::move(done));
  }

  store::Store& beneath_;
  std::function<void()> on_settled_;
  std::atomic<int64_t> events_{0};
  std::atomic<int64_t> requests_{0};
  std::atomic<int64_t> list_rows_{0};
  std::atomic<int64_t> others_{0};
  std::atomic<int64_t> commits_{0};
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_COUNTING_STORE_H_
