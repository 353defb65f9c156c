#include "lib/store/sqlite/test_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/store/chain.h"
#include "lib/store/sqlite/sqlite_store.h"

namespace careroute::store {

StreamId TestCase(uint64_t number) {
  return {.kind = StreamKind::kCase, .id = {.low = number}};
}

AppendRequest OneEvent(const StreamHead& head, absl::string_view bytes,
                       absl::Time now) {
  const int64_t version = head.version + 1;
  const std::string id = absl::StrCat(version);
  return AppendRequest{
      .stream = head.stream,
      .expected_version = head.version,
      .recorded_time = now,
      .events = {{.bytes = std::string(bytes),
                  .chain_hash =
                      ChainHash({.previous = head.hash, .stored = bytes})}},
      .request = RequestRecord{.key = {.caller_key = "c", .request_id = id},
                               .body_hash = base::Sha256(bytes),
                               .answer = id},
      .put_rows = {{.list = kTestList,
                    .sort = head.stream.Bytes(),
                    .id = head.stream.id.Hex(),
                    .payload = id}},
      .outbox = {{.key = {.sequence = version},
                  .destination = "hub",
                  .event_version = version,
                  .due = absl::InfiniteFuture()}}};
}

TestStore::TestStore(std::string path, std::string vfs)
    : path_(std::move(path)), vfs_(std::move(vfs)) {}

TestStore::~TestStore() { Close(); }

void TestStore::Close() {
  store_.reset();
  executor_.RunReady();
}

absl::Status TestStore::Open() { return OpenOwned(/*bulk=*/false); }

absl::Status TestStore::OpenInBulk() { return OpenOwned(/*bulk=*/true); }

absl::Status TestStore::OpenOwned(bool bulk) {
  Close();
  CAREROUTE_ASSIGN_OR_RETURN(store_,
                             OpenSqliteStore({.executor = executor_,
                                              .path = path_,
                                              .clock = ClockKind::kVirtual,
                                              .new_uid = {.low = 1},
                                              .now = clock_.Now(),
                                              .bulk = bulk,
                                              .vfs = vfs_}));
  return absl::OkStatus();
}

absl::Status TestStore::OpenReadOnly() {
  Close();
  CAREROUTE_ASSIGN_OR_RETURN(
      store_, OpenSqliteStoreReadOnly(
                  {.executor = executor_, .path = path_, .vfs = vfs_}));
  return absl::OkStatus();
}

absl::StatusOr<AppendResult> TestStore::Append(const StreamId& stream,
                                               absl::string_view bytes) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamHead head,
                             ask(&Store::ReadHead, stream));
  return ask(&Store::Append, OneEvent(head, bytes, clock_.Now()));
}

}  // namespace careroute::store
