// lib/store/sqlite/internal/group_writer.h: many writes, one commit.
//
// Forcing the log to disk costs the same for one write as for a hundred, so
// the writer takes whatever waits into one transaction and commits at once;
// there is no timer. Nothing is answered before the commit.
//
//   writer->Enqueue<Claim>(0, std::move(done), [request](WriteContext& c) {
//     return WriteClaim(c, request);
//   });

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_GROUP_WRITER_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_GROUP_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/event_store.h"
#include "lib/store/sqlite/internal/owner_lock.h"
#include "lib/store/sqlite/internal/write_batch.h"

namespace careroute::store::internal {

// Enough that forcing the log no longer counts; more would only make the first
// of them wait for the last.
inline constexpr size_t kWritesPerCommitMax = 256;

struct GroupWriterOptions {
  base::Executor& executor;  // may block; outlives the writer
  std::unique_ptr<OwnerLock> lock;
  std::unique_ptr<Connection> db;
  int64_t last_stamp = 0;    // as stored
  std::string erasure_list;  // see WriteContext
  size_t queue_max = kAppendQueueMax;
};

// Thread-safe. Shared: a batch in flight keeps it alive, and with it the lock.
class GroupWriter : public std::enable_shared_from_this<GroupWriter> {
 public:
  explicit GroupWriter(GroupWriterOptions options);

  // Runs `write(WriteContext&)`, which returns StatusOr<T>, and answers after
  // the commit. RESOURCE_EXHAUSTED when the queue is full.
  template <typename T, typename Write>
  void Enqueue(size_t bytes, base::Done<T> done, Write write) {
    auto result = std::make_shared<absl::StatusOr<T>>();
    auto run = [result,
                write = std::move(write)](WriteContext& context) mutable {
      *result = write(context);
      return result->status();
    };
    auto answer = [result,
                   done = std::move(done)](const absl::Status& status) mutable {
      if (status.ok()) {
        std::move(done)(*std::move(result));
      } else {
        std::move(done)(status);
      }
    };
    Add({.bytes = bytes, .run = std::move(run), .answer = std::move(answer)});
  }

  // The same for a write that answers nothing but a status.
  template <typename Write>
  void EnqueueStatus(base::DoneStatus done, Write write) {
    Add({.run = std::move(write),
         .answer = [done =
                        std::move(done)](const absl::Status& status) mutable {
           std::move(done)(status);
         }});
  }

  void SetListener(CommitListener listener);

 private:
  // How a job came into the queue: not at all, as the one to start a batch
  // for, or behind a batch that is running.
  enum class Entry { kFull, kFirst, kBehind };

  void Add(WriteJob job);
  // Leaves the job untouched when the queue is full.
  [[nodiscard]] Entry Enter(WriteJob& job);
  [[nodiscard]] std::vector<WriteJob> TakeWaiting();
  void RunBatch();
  // Tells the listener, in the order of the commits.
  void Announce(const std::vector<WriteJob>& jobs);

  base::Executor& executor_;
  const size_t queue_max_;
  // Held longer than the connection below.
  const std::unique_ptr<OwnerLock> lock_;
  // Only the running batch touches it; `running_` sees to it that there is one.
  WriteBatcher batcher_;

  base::Mutex mutex_;
  std::deque<WriteJob> waiting_ CAREROUTE_GUARDED_BY(mutex_);
  size_t waiting_bytes_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool running_ CAREROUTE_GUARDED_BY(mutex_) = false;
  // Shared so that it is called outside the mutex.
  std::shared_ptr<const CommitListener> listener_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_GROUP_WRITER_H_
