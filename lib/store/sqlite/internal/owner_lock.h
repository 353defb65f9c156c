// lib/store/sqlite/internal/owner_lock.h: one writing process a database.
//
// SQLite itself would let two processes write in turn, but each caches states
// it believes to be the newest. So the owner holds an advisory lock on a file
// beside the database for as long as it lives; the kernel drops it however
// the process ends, kill -9 included. The file's text says who holds it; it
// stays behind when nobody does, because removing it would race with the next
// owner.
//
//   auto lock = OwnerLock::Take({.path = path + ".owner", .now = now});
//   // FAILED_PRECONDITION: "... process 4711 holds it since ..."

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_OWNER_LOCK_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_OWNER_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace careroute::store::internal {

struct OwnerLockOptions {
  std::string path;
  absl::Time now;  // written into the file, for people
};

// Held until destroyed.
class OwnerLock {
 public:
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<OwnerLock>> Take(
      const OwnerLockOptions& options);
  ~OwnerLock();
  OwnerLock(const OwnerLock&) = delete;
  OwnerLock& operator=(const OwnerLock&) = delete;

 private:
  explicit OwnerLock(int file) : file_(file) {}
  int file_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_OWNER_LOCK_H_
