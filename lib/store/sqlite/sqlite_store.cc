#include "lib/store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"
#include "lib/store/sqlite/erasure_list.h"
#include "lib/store/sqlite/internal/append_writer.h"
#include "lib/store/sqlite/internal/claim_queries.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/sqlite/internal/event_queries.h"
#include "lib/store/sqlite/internal/group_writer.h"
#include "lib/store/sqlite/internal/index_queries.h"
#include "lib/store/sqlite/internal/key_queries.h"
#include "lib/store/sqlite/internal/meta_queries.h"
#include "lib/store/sqlite/internal/owner_lock.h"
#include "lib/store/sqlite/internal/read_pool.h"
#include "lib/store/sqlite/internal/schema.h"

namespace careroute::store {
namespace {

using internal::Connection;
using internal::WriteContext;

struct Parts {
  base::Executor& executor;
  StoreInfo info;
  std::shared_ptr<internal::GroupWriter> writer;  // none: read-only
  std::shared_ptr<internal::ReadPool> readers;
};

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] const StoreInfo& info() const override { return parts_.info; }

  void SetCommitListener(CommitListener listener) override {
    if (parts_.writer != nullptr) {
      parts_.writer->SetListener(std::move(listener));
    }
  }

  void Append(AppendRequest request, base::Done<AppendResult> done) override {
    const size_t bytes = AppendBytes(request);
    absl::Status checked = CheckRequest(request);
    if (!Refused(std::move(checked), Access::kWrite, done)) {
      parts_.writer->Enqueue<AppendResult>(
          bytes, std::move(done),
          [request = std::move(request)](WriteContext& context) {
            return internal::WriteAppend(context, request);
          });
    }
  }

  void ReadEvents(ReadEventsRequest request,
                  base::Done<EventPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<EventPage>(std::move(checked), std::move(done),
                    [request](Connection& db) {
                      return internal::ReadEvents(db, request);
                    });
  }
  void ReadHead(StreamId stream, base::Done<StreamHead> done) override {
    Read<StreamHead>(
        absl::OkStatus(), std::move(done),
        [stream](Connection& db) { return internal::ReadHead(db, stream); });
  }
  void ReadForLoad(LoadRequest request, base::Done<LoadResult> done) override {
    absl::Status checked = CheckRequest(request);
    Read<LoadResult>(std::move(checked), std::move(done),
                     [request = std::move(request)](Connection& db) {
                       return internal::ReadForLoad(db, request);
                     });
  }
  void FindRequest(FindRequestRequest request,
                   base::Done<std::optional<RequestRecord>> done) override {
    Read<std::optional<RequestRecord>>(
        absl::OkStatus(), std::move(done),
        [request = std::move(request)](Connection& db) {
          return internal::FindRequest(db, request);
        });
  }
  void PurgeAnswers(PurgeRequest request, base::Done<int64_t> done) override {
    absl::Status checked = CheckRequest(request);
    Write<int64_t>(std::move(checked), std::move(done),
                   [request](WriteContext& context) {
                     return internal::PurgeAnswers(context.db, request);
                   });
  }
  void ListStreams(ListStreamsRequest request,
                   base::Done<StreamPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<StreamPage>(std::move(checked), std::move(done),
                     [request](Connection& db) {
                       return internal::ListStreams(db, request);
                     });
  }

  void GetRow(GetRowRequest request,
              base::Done<std::optional<IndexRow>> done) override {
    Read<std::optional<IndexRow>>(
        absl::OkStatus(), std::move(done),
        [request = std::move(request)](Connection& db) {
          return internal::GetRow(db, request);
        });
  }
  void Scan(ScanRequest request, base::Done<IndexPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<IndexPage>(std::move(checked), std::move(done),
                    [request = std::move(request)](Connection& db) {
                      return internal::Scan(db, request);
                    });
  }
  void ScanChanged(ScanChangedRequest request,
                   base::Done<ChangedPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<ChangedPage>(std::move(checked), std::move(done),
                      [request = std::move(request)](Connection& db) {
                        return internal::ScanChanged(db, request);
                      });
  }
  void CurrentPosition(base::Done<ChangePosition> done) override {
    Read<ChangePosition>(absl::OkStatus(), std::move(done), [](Connection& db) {
      return internal::CurrentPosition(db);
    });
  }
  void Count(IndexList list, base::Done<int64_t> done) override {
    Read<int64_t>(absl::OkStatus(), std::move(done),
                  [list = std::move(list)](Connection& db) {
                    return internal::Count(db, list);
                  });
  }
  void PurgeTombstones(PurgeRequest request,
                       base::Done<int64_t> done) override {
    absl::Status checked = CheckRequest(request);
    Write<int64_t>(std::move(checked), std::move(done),
                   [request](WriteContext& context) {
                     return internal::PurgeTombstones(context.db, request);
                   });
  }

  void ClaimUnique(ClaimRequest request, base::Done<Claim> done) override {
    absl::Status checked = CheckRequest(request);
    Write<Claim>(std::move(checked), std::move(done),
                 [request = std::move(request)](WriteContext& context) {
                   return internal::ClaimUnique(context.db, request);
                 });
  }
  void FindClaim(std::string key,
                 base::Done<std::optional<Claim>> done) override {
    Read<std::optional<Claim>>(absl::OkStatus(), std::move(done),
                               [key = std::move(key)](Connection& db) {
                                 return internal::FindClaim(db, key);
                               });
  }
  void ReleaseClaim(ReleaseRequest request, base::DoneStatus done) override {
    WriteStatus(absl::OkStatus(), std::move(done),
                [request = std::move(request)](WriteContext& context) {
                  return internal::ReleaseClaim(context.db, request);
                });
  }

  void TakeDue(TakeDueRequest request,
               base::Done<std::vector<OutboxRow>> done) override {
    absl::Status checked = CheckRequest(request);
    Write<std::vector<OutboxRow>>(
        std::move(checked), std::move(done), [request](WriteContext& context) {
          return internal::TakeDue(context.db, request);
        });
  }
  void Settle(OutboxKey key, base::DoneStatus done) override {
    WriteStatus(absl::OkStatus(), std::move(done),
                [key](WriteContext& context) {
                  return internal::Settle(context.db, key);
                });
  }
  void Reschedule(RescheduleRequest request, base::DoneStatus done) override {
    absl::Status checked = CheckRequest(request);
    WriteStatus(std::move(checked), std::move(done),
                [request = std::move(request)](WriteContext& context) {
                  return internal::Reschedule(context.db, request);
                });
  }
  void ListOutbox(ListOutboxRequest request,
                  base::Done<OutboxPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<OutboxPage>(std::move(checked), std::move(done),
                     [request](Connection& db) {
                       return internal::ListOutbox(db, request);
                     });
  }

  void GetKeys(std::vector<StreamId> owners,
               base::Done<std::vector<KeyRecord>> done) override {
    absl::Status checked = CheckRequest(owners);
    Read<std::vector<KeyRecord>>(std::move(checked), std::move(done),
                                 [owners = std::move(owners)](Connection& db) {
                                   return internal::GetKeys(db, owners);
                                 });
  }
  void ReplaceKey(ReplaceKeyRequest request, base::DoneStatus done) override {
    absl::Status checked = CheckRequest(request);
    WriteStatus(std::move(checked), std::move(done),
                [request = std::move(request)](WriteContext& context) {
                  return internal::ReplaceKey(context.db, request);
                });
  }
  void DestroyKey(DestroyKeyRequest request, base::DoneStatus done) override {
    WriteStatus(absl::OkStatus(), std::move(done),
                [request](WriteContext& context) {
                  return internal::DestroyKey(context, request);
                });
  }
  void ListKeys(ListKeysRequest request, base::Done<KeyPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<KeyPage>(
        std::move(checked), std::move(done),
        [request](Connection& db) { return internal::ListKeys(db, request); });
  }

  void PutBlob(PutBlobRequest request, base::Done<std::string> done) override {
    absl::Status checked = CheckRequest(request);
    Write<std::string>(std::move(checked), std::move(done),
                       [request = std::move(request)](WriteContext& context) {
                         return internal::PutBlob(context.db, request);
                       });
  }
  void GetBlob(std::string hash,
               base::Done<std::optional<Blob>> done) override {
    Read<std::optional<Blob>>(absl::OkStatus(), std::move(done),
                              [hash = std::move(hash)](Connection& db) {
                                return internal::GetBlob(db, hash);
                              });
  }
  void ListBlobs(ListBlobsRequest request, base::Done<BlobPage> done) override {
    absl::Status checked = CheckRequest(request);
    Read<BlobPage>(std::move(checked), std::move(done),
                   [request = std::move(request)](Connection& db) {
                     return internal::ListBlobs(db, request);
                   });
  }

 private:
  enum class Access { kRead, kWrite };

  // Completes `done` with what speaks against the call, if anything does.
  template <typename DoneT>
  bool Refused(absl::Status checked, Access access, DoneT& done) {
    if (checked.ok() && access == Access::kWrite && parts_.writer == nullptr) {
      checked = OpenedReadOnly();
    }
    if (checked.ok()) {
      return false;
    }
    parts_.executor.Post(
        [done = std::move(done), checked = std::move(checked)]() mutable {
          std::move(done)(std::move(checked));
        });
    return true;
  }

  template <typename T, typename Call>
  void Read(absl::Status checked, base::Done<T> done, Call call) {
    if (!Refused(std::move(checked), Access::kRead, done)) {
      parts_.readers->Enqueue<T>(std::move(done), std::move(call));
    }
  }

  template <typename T, typename Call>
  void Write(absl::Status checked, base::Done<T> done, Call call) {
    if (!Refused(std::move(checked), Access::kWrite, done)) {
      parts_.writer->Enqueue<T>(0, std::move(done), std::move(call));
    }
  }

  template <typename Call>
  void WriteStatus(absl::Status checked, base::DoneStatus done, Call call) {
    if (!Refused(std::move(checked), Access::kWrite, done)) {
      parts_.writer->EnqueueStatus(std::move(done), std::move(call));
    }
  }

  const Parts parts_;
};

// SQLite would create the file readable by everyone.
absl::Status CreateFile(const std::string& path) {
  constexpr mode_t kOwnerOnly = 0600;
  const int file =
      open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file >= 0) {
    close(file);
  } else if (errno != EEXIST) {
    return absl::ErrnoToStatus(
        errno, "the event store's database file cannot be created");
  }
  return absl::OkStatus();
}

// One name a file: by a link to it a second owner would find another lock, and
// SQLite gives names such as ":memory:" a meaning of their own.
absl::StatusOr<std::string> Resolve(const std::string& path) {
  char* const real = realpath(path.c_str(), nullptr);
  if (real == nullptr) {
    return absl::ErrnoToStatus(
        errno, "the event store's database file cannot be found");
  }
  std::string resolved(real);
  std::free(real);
  return resolved;
}

absl::StatusOr<internal::Meta> PrepareOwned(Connection& db,
                                            const SqliteStoreOptions& options) {
  CAREROUTE_RETURN_IF_ERROR(internal::MigrateSchema(db));
  CAREROUTE_RETURN_IF_ERROR(internal::CreateMeta(db, {.uid = options.new_uid,
                                                      .clock = options.clock,
                                                      .created = options.now}));
  CAREROUTE_ASSIGN_OR_RETURN(internal::Meta meta, internal::ReadMeta(db));
  if (meta.info.clock != options.clock) {
    return absl::FailedPreconditionError(
        meta.info.clock == ClockKind::kVirtual
            ? "the store was made by a sandbox, under a virtual clock; open it "
              "with the sandbox, or name another file"
            : "the store was made under the real clock; a sandbox may not "
              "open it, name another file");
  }
  if (options.restored) {
    CAREROUTE_RETURN_IF_ERROR(internal::RaiseEpoch(db));
    return internal::ReadMeta(db);
  }
  return meta;
}

std::shared_ptr<internal::ReadPool> MakeReaders(
    const SqliteReadOnlyOptions& options) {
  return std::make_shared<internal::ReadPool>(internal::ReadPoolOptions{
      .executor = options.executor,
      .connection = {.path = options.path,
                     .mode = internal::OpenMode::kReader,
                     .vfs = options.vfs}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(
    const SqliteStoreOptions& options) {
  CAREROUTE_RETURN_IF_ERROR(CreateFile(options.path));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string path, Resolve(options.path));
  CAREROUTE_ASSIGN_OR_RETURN(
      std::unique_ptr<internal::OwnerLock> lock,
      internal::OwnerLock::Take({.path = path + ".owner", .now = options.now}));
  CAREROUTE_ASSIGN_OR_RETURN(
      std::unique_ptr<Connection> db,
      Connection::Open({.path = path,
                        .mode = internal::OpenMode::kOwner,
                        .vfs = options.vfs}));
  CAREROUTE_ASSIGN_OR_RETURN(internal::Meta meta, PrepareOwned(*db, options));
  meta.info.exclusive = true;
  return std::make_unique<SqliteStore>(Parts{
      .executor = options.executor,
      .info = meta.info,
      .writer = std::make_shared<internal::GroupWriter>(
          internal::GroupWriterOptions{.executor = options.executor,
                                       .lock = std::move(lock),
                                       .db = std::move(db),
                                       .last_stamp = meta.last_stamp,
                                       .erasure_list = ErasureListOf(path),
                                       .queue_max = options.append_queue_max}),
      .readers = MakeReaders(
          {.executor = options.executor, .path = path, .vfs = options.vfs})});
}

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStoreReadOnly(
    const SqliteReadOnlyOptions& options) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string path, Resolve(options.path));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<Connection> db,
      Connection::Open({.path = path,
                        .mode = internal::OpenMode::kReader,
                        .vfs = options.vfs}));
  CAREROUTE_RETURN_IF_ERROR(internal::CheckSchema(*db));
  CAREROUTE_ASSIGN_OR_RETURN(const internal::Meta meta,
                             internal::ReadMeta(*db));
  return std::make_unique<SqliteStore>(Parts{
      .executor = options.executor,
      .info = meta.info,
      .readers = MakeReaders(
          {.executor = options.executor, .path = path, .vfs = options.vfs})});
}

}  // namespace careroute::store
