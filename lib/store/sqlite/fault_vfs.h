// lib/store/sqlite/fault_vfs.h: a disk that fails when it is told to.
//
// For tests only: hubs do not link it. It stands between SQLite and the
// machine's own files, passes everything on, and answers writes or syncs with
// an error while told so. Nothing is written by a call that fails.
//
//   store::FaultVfs disk("full disk test");
//   auto store = store::OpenSqliteStore({..., .vfs = disk.name()});
//   disk.FailWrites(store::DiskFault::kFull);
//   ...
//   disk.Heal();

#ifndef CAREROUTE_LIB_STORE_SQLITE_FAULT_VFS_H_
#define CAREROUTE_LIB_STORE_SQLITE_FAULT_VFS_H_

#include <cstdint>
#include <memory>
#include <string>

namespace careroute::store {

enum class DiskFault { kInputOutput, kFull };

// Thread-safe. Registers itself with SQLite under its name, which must be its
// own in the process, and must outlive every store opened with it.
class FaultVfs {
 public:
  explicit FaultVfs(const std::string& name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  [[nodiscard]] const std::string& name() const;

  // From now on every write, or every forcing of a file to disk, fails.
  void FailWrites(DiskFault fault);
  void FailSyncs(DiskFault fault);
  // From now on all is well again.
  void Heal();

  // How often a write-ahead log was forced to disk: the commits.
  [[nodiscard]] int64_t log_syncs() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_FAULT_VFS_H_
