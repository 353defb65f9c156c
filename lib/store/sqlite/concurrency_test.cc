// The store under a real pool of threads: what one thread at a time cannot
// show. Worth most under the thread sanitizer.

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/chain.h"
#include "lib/store/sqlite/scratch_directory.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "lib/store/sqlite/test_store.h"

namespace careroute::store {
namespace {

constexpr int kThreads = 6;
constexpr uint64_t kStreams = 40;
constexpr int64_t kVersions = 15;
const absl::Time kNow = absl::FromUnixSeconds(1735689600);

// Runs what is posted on kThreads threads until there is nothing left.
class ThreadExecutor final : public base::Executor {
 public:
  ThreadExecutor() {
    for (int i = 0; i < kThreads; ++i) {
      threads_.emplace_back([this] { Work(); });
    }
  }
  ~ThreadExecutor() override { Join(); }

  void Post(base::Task task) override {
    base::MutexLock lock(mutex_);
    tasks_.push_back(std::move(task));
    changed_.NotifyOne();
  }
  void PostAt(absl::Time, base::Task) override {
    ADD_FAILURE() << "the store has no use for timers";
  }

  // Waits until every task has run, those they posted included.
  void Join() {
    {
      base::MutexLock lock(mutex_);
      ending_ = true;
      changed_.NotifyAll();
    }
    for (std::thread& thread : threads_) {
      if (thread.joinable()) {
        thread.join();
      }
    }
  }

 private:
  void Work() {
    base::Task task;
    while (Take(task)) {
      task();
      task = nullptr;
      base::MutexLock lock(mutex_);
      --running_;
      changed_.NotifyAll();
    }
  }
  bool Take(base::Task& task) {
    base::MutexLock lock(mutex_);
    while (tasks_.empty()) {
      if (ending_ && running_ == 0) {
        return false;
      }
      changed_.Wait(mutex_);
    }
    task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    return true;
  }

  base::Mutex mutex_;
  base::CondVar changed_;
  std::deque<base::Task> tasks_ CAREROUTE_GUARDED_BY(mutex_);
  int running_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool ending_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

// Appends to one stream, reads it back, and again, until kVersions.
class Writer : public std::enable_shared_from_this<Writer> {
 public:
  Writer(Store& store, uint64_t number, std::atomic<int64_t>& done)
      : store_(store), stream_(TestCase(number)), done_(done) {}

  void Next(const StreamHead& head) {
    if (head.version == kVersions) {
      ++done_;
      return;
    }
    store_.Append(OneEvent(head, absl::StrCat(head.version + 1), kNow),
                  [self = shared_from_this()](
                      const absl::StatusOr<AppendResult>& result) {
                    ASSERT_TRUE(result.ok()) << result.status();
                    self->Read(result->version);
                  });
  }

 private:
  // What was answered must be seen by every read asked for afterwards.
  void Read(int64_t version) {
    store_.ReadForLoad({.stream = stream_, .known_version = version - 1},
                       [self = shared_from_this(),
                        version](const absl::StatusOr<LoadResult>& load) {
                         ASSERT_TRUE(load.ok()) << load.status();
                         ASSERT_EQ(load->head.version, version);
                         ASSERT_EQ(load->events.size(), 1u);
                         ASSERT_EQ(load->events[0].bytes,
                                   absl::StrCat(version));
                         self->Next(load->head);
                       });
  }

  Store& store_;
  const StreamId stream_;
  std::atomic<int64_t>& done_;
};

// Follows the list from its beginning until every stream has come to its end.
class Watcher : public std::enable_shared_from_this<Watcher> {
 public:
  Watcher(Store& store, const std::atomic<int64_t>& done)
      : store_(store), done_(done) {}

  void Next(const ChangePosition& after) {
    // Read before the scan: what comes later is in this scan or the next.
    const bool last = done_ == static_cast<int64_t>(kStreams);
    store_.ScanChanged({.list = kTestList, .after = after, .limit = 7},
                       [self = shared_from_this(),
                        last](const absl::StatusOr<ChangedPage>& page) {
                         ASSERT_TRUE(page.ok()) << page.status();
                         for (const IndexRow& row : page->rows) {
                           ASSERT_GT(row.stamp, self->stamp_);
                           self->stamp_ = row.stamp;
                           self->newest_[row.stream] = row.payload;
                         }
                         if (!last || page->more) {
                           self->Next(page->position);
                         }
                       });
  }

  [[nodiscard]] const std::map<StreamId, std::string>& newest() const {
    return newest_;
  }

 private:
  Store& store_;
  const std::atomic<int64_t>& done_;
  int64_t stamp_ = 0;
  std::map<StreamId, std::string> newest_;
};

TEST(SqliteConcurrency, ManyWritersReadersAndAWatcherAtOnce) {
  const ScratchDirectory scratch;
  ThreadExecutor executor;
  auto store = OpenSqliteStore({.executor = executor,
                                .path = scratch.File("hub.db"),
                                .clock = ClockKind::kVirtual,
                                .now = kNow});
  ASSERT_TRUE(store.ok()) << store.status();
  std::atomic<int64_t> commits = 0;
  std::atomic<int64_t> done = 0;
  (*store)->SetCommitListener([&](const Commit&) { ++commits; });
  const auto watcher = std::make_shared<Watcher>(**store, done);
  watcher->Next("");
  for (uint64_t number = 1; number <= kStreams; ++number) {
    std::make_shared<Writer>(**store, number, done)
        ->Next({.stream = TestCase(number), .hash = ChainStart()});
  }
  executor.Join();
  EXPECT_EQ(done, static_cast<int64_t>(kStreams));
  EXPECT_EQ(commits, static_cast<int64_t>(kStreams) * kVersions);
  ASSERT_EQ(watcher->newest().size(), kStreams);
  for (const auto& [stream, payload] : watcher->newest()) {
    EXPECT_EQ(payload, absl::StrCat(kVersions));
  }
}

}  // namespace
}  // namespace careroute::store
