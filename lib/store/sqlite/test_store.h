// lib/store/sqlite/test_store.h: what the SQLite backend's own tests open.
//
// For tests only: a scratch database, a clock and an executor that stand
// still, and appends of one event each.

#ifndef CAREROUTE_LIB_STORE_SQLITE_TEST_STORE_H_
#define CAREROUTE_LIB_STORE_SQLITE_TEST_STORE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/store/asker.h"
#include "lib/store/store.h"

namespace careroute::store {

// The list every OneEvent puts its row in.
inline const IndexList kTestList{.table = 1, .key = "list"};

[[nodiscard]] StreamId TestCase(uint64_t number);

// One event, one request named by the version, one row, one outbox row: what
// belongs together and must be found together. `head` is the stream's.
[[nodiscard]] AppendRequest OneEvent(const StreamHead& head,
                                     absl::string_view bytes, absl::Time now);

// A store over a path, driven by the test's thread.
class TestStore {
 public:
  explicit TestStore(std::string path, std::string vfs = "");
  ~TestStore();

  // Closes what is open, then opens for writing, for filling, or beside an
  // owner.
  [[nodiscard]] absl::Status Open();
  [[nodiscard]] absl::Status OpenInBulk();
  [[nodiscard]] absl::Status OpenReadOnly();
  void Close();

  // Appends one event to the stream's present head.
  [[nodiscard]] absl::StatusOr<AppendResult> Append(const StreamId& stream,
                                                    absl::string_view bytes);

  Store& store() { return *store_; }
  base::ManualExecutor& executor() { return executor_; }
  absl::Time now() const { return clock_.Now(); }

 private:
  [[nodiscard]] absl::Status OpenOwned(bool bulk);

  const std::string path_;
  const std::string vfs_;
  base::VirtualClock clock_{absl::FromUnixSeconds(1735689600)};
  base::ManualExecutor executor_{clock_};
  std::unique_ptr<Store> store_;

 public:
  const Asker ask{.store = store_, .executor = executor_};
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_TEST_STORE_H_
