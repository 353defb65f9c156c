// The store under a real pool of threads.

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/store/chain.h"
#include "tests/contract/event_store_contract.h"
#include "tests/contract/thread_executor.h"

namespace careroute::tests {
namespace {

using store::AppendRequest;
using store::AppendResult;
using store::ChangedPage;
using store::ChangePosition;
using store::IndexRow;
using store::LoadResult;
using store::Store;
using store::StreamHead;
using store::StreamId;

constexpr int kThreads = 6;
constexpr uint64_t kStreams = 40;
constexpr int64_t kVersions = 15;
const absl::Time kNow = absl::FromUnixSeconds(1735689600);
const store::IndexList kList{.table = 1, .key = "list"};

StreamId CaseOf(uint64_t number) {
  return {.kind = store::StreamKind::kCase, .id = {.low = number}};
}

// The next event of a stream, and a row that names its version.
AppendRequest OneEvent(const StreamHead& head) {
  const std::string bytes = absl::StrCat(head.version + 1);
  return {.stream = head.stream,
          .expected_version = head.version,
          .recorded_time = kNow,
          .events = {{.bytes = bytes,
                      .chain_hash = store::ChainHash(
                          {.previous = head.hash, .stored = bytes})}},
          .put_rows = {{.list = kList,
                        .sort = head.stream.Bytes(),
                        .id = head.stream.id.Hex(),
                        .payload = bytes}}};
}

// Appends to one stream, reads it back, and again, until kVersions.
class Appender : public std::enable_shared_from_this<Appender> {
 public:
  Appender(Store& store, uint64_t number, std::atomic<int64_t>& done)
      : store_(store), stream_(CaseOf(number)), done_(done) {}

  void Next(const StreamHead& head) {
    if (head.version == kVersions) {
      ++done_;
      return;
    }
    store_.Append(OneEvent(head),
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
    store_.ScanChanged({.list = kList, .after = after, .limit = 7},
                       [self = shared_from_this(),
                        last](const absl::StatusOr<ChangedPage>& page) {
                         ASSERT_TRUE(page.ok()) << page.status();
                         for (const IndexRow& row : page->rows) {
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
  std::map<StreamId, std::string> newest_;
};

TEST_P(PersistentStoreContract, ManyWritersReadersAndAWatcherAtOnce) {
  store_.reset();
  ThreadExecutor executor(kThreads);
  auto opened = backend_->Open({.executor = executor});
  ASSERT_TRUE(opened.ok()) << opened.status();
  std::atomic<int64_t> commits = 0;
  std::atomic<int64_t> done = 0;
  (*opened)->SetCommitListener([&](const store::Commit&) { ++commits; });
  const auto watcher = std::make_shared<Watcher>(**opened, done);
  watcher->Next("");
  for (uint64_t number = 1; number <= kStreams; ++number) {
    std::make_shared<Appender>(**opened, number, done)
        ->Next({.stream = CaseOf(number), .hash = store::ChainStart()});
  }
  executor.Join();
  EXPECT_EQ(done, static_cast<int64_t>(kStreams));
  EXPECT_EQ(commits, static_cast<int64_t>(kStreams) * kVersions);
  ASSERT_EQ(watcher->newest().size(), kStreams);
  for (const auto& [stream, payload] : watcher->newest()) {
    EXPECT_EQ(payload, absl::StrCat(kVersions));
  }
  *opened = nullptr;
}

}  // namespace
}  // namespace careroute::tests
