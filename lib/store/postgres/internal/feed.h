// lib/store/postgres/internal/feed.h: what every process writes, told here.
//
// A round asks the server which streams have events that the last round had not
// seen, and tells the listener of those this process did not write itself. It
// runs every so often by the executor's clock; that alone is enough. Of their
// lists it tells those that are followed (IndexRow::followed). With
// notifications a round runs as soon as another process says that it has
// written something: it says so after its commit, on a connection of its own,
// at most every few milliseconds and without a word of what.
//
//   feed->Start(listener);
//   feed->Tell(commit);      // of this process

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_FEED_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_FEED_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/event_store.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

// Soon enough for a person who looks at a list, rare enough to cost nothing.
inline constexpr absl::Duration kFeedInterval = absl::Milliseconds(50);
// Several commits are announced as one.
inline constexpr absl::Duration kNotifyInterval = absl::Milliseconds(5);
// Own commits remembered, so that they are not told twice.
inline constexpr size_t kToldMax = 65536;

// Thread-safe. Shared: a round under way keeps it alive, and none begins once
// nobody else does.
class Feed : public std::enable_shared_from_this<Feed> {
 public:
  struct Options {
    base::Executor& executor;  // may block
    const base::Clock& clock;  // the executor's
    std::function<absl::StatusOr<std::unique_ptr<Connection>>()> open;
    // A round waits for word from the server, on a thread of the executor.
    bool notifications = false;
    // What every round before this one has seen: pg_current_snapshot.
    std::string seen;
  };
  explicit Feed(Options options);

  // Called once, before the first commit.
  void Start(CommitListener listener);

  // A commit of this process, once it is durable.
  void Tell(const Commit& commit);

 private:
  // Of one round: what is new, and where the next begins.
  struct News {
    std::vector<Commit> commits;
    std::string seen;
  };

  void Round();
  void Schedule();
  [[nodiscard]] absl::StatusOr<News> Look();
  [[nodiscard]] absl::StatusOr<std::vector<Commit>> CommitsOf(
      std::vector<StreamHead> heads);
  [[nodiscard]] std::vector<StreamHead> OfOthers(
      std::vector<StreamHead> written);
  [[nodiscard]] absl::Status Connect();
  void AwaitNotice();
  [[nodiscard]] bool OthersSpoke();

  void AnnounceSoon();
  void ScheduleAnnouncement();
  void Announce();

  const Options options_;

  // Of the one round under way.
  std::unique_ptr<Connection> db_;
  std::string seen_;

  // Of the one announcement under way.
  std::unique_ptr<Connection> announcer_;
  // The server's process that announces for us; 0 = none yet.
  std::atomic<int> announcer_process_ = 0;

  base::Mutex mutex_;
  std::shared_ptr<const CommitListener> listener_ CAREROUTE_GUARDED_BY(mutex_);
  absl::flat_hash_map<StreamId, int64_t> told_ CAREROUTE_GUARDED_BY(mutex_);
  // Something was committed since the last announcement began; one is under
  // way or will be.
  bool unannounced_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool announcing_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_FEED_H_
