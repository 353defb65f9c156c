// lib/store/sqlite/fault_vfs.h: a disk that fails when it is told to.
//
// For tests only: hubs do not link it. It stands between SQLite and the
// machine's own files and passes everything on until the trouble it was told
// of begins: writes or syncs that fail, writes of which only a part arrives,
// or the power that goes.
//
//   store::FaultVfs disk("full disk test");
//   auto store = store::OpenSqliteStore({..., .vfs = disk.name()});
//   disk.Expect({.event = DiskEvent::kPowerGoes, .after = 100});
//   ... until an answer is an error; close the store ...
//   disk.RestorePower(seed);
//
// The names of files are never lost, only what is in them.

#ifndef CAREROUTE_LIB_STORE_SQLITE_FAULT_VFS_H_
#define CAREROUTE_LIB_STORE_SQLITE_FAULT_VFS_H_

#include <cstdint>
#include <memory>
#include <string>

namespace careroute::store {

enum class DiskFault {
  kInputOutput,
  kFull,
  // A quota is used up, which SQLite does not tell from other trouble.
  kQuota,
};

enum class DiskEvent {
  // Writes fail and store nothing.
  kWritesFail,
  // Writes store their first bytes and fail. A full disk cuts only those that
  // make a file longer: the rest of the file has its place.
  kWritesCut,
  // A file cannot be forced to disk.
  kSyncsFail,
  // Nothing changes any more, until the power is back.
  kPowerGoes,
};

struct DiskTrouble {
  DiskEvent event = DiskEvent::kWritesFail;
  DiskFault fault = DiskFault::kInputOutput;
  // So many writes, cuts, forcings to disk and deletions of files still pass.
  int64_t after = 0;
  uint64_t seed = 1;  // draws how much of a write is stored
};

// Thread-safe. Registers itself with SQLite under its name, which must be its
// own in the process, and must outlive every store opened with it.
class FaultVfs {
 public:
  explicit FaultVfs(const std::string& name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  [[nodiscard]] const std::string& name() const;

  // What will go wrong, in place of what was to go wrong before.
  void Expect(const DiskTrouble& trouble);
  // From now on every write, or every forcing of a file to disk, fails.
  void FailWrites(DiskFault fault);
  void FailSyncs(DiskFault fault);
  // From now on the first half of what is read of a write-ahead log arrives.
  void CutLogReads();
  // From now on all is well again; not for a power that went.
  void Heal();

  // Whether a call has failed since Expect.
  [[nodiscard]] bool struck() const;

  // The power is back: of what was not forced to disk, each sector was kept or
  // not, as the seed draws. Every store on this disk must be closed. Says how
  // many sectors were lost.
  int64_t RestorePower(uint64_t seed);

  // How often a write-ahead log was forced to disk: the commits.
  [[nodiscard]] int64_t log_syncs() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_FAULT_VFS_H_
