#include "lib/store/sqlite/fault_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <new>

#include "lib/base/check.h"

namespace careroute::store {

struct FaultVfs::State {
  std::string name;
  sqlite3_vfs vfs = {};
  sqlite3_vfs* real = nullptr;
  // SQLite codes; SQLITE_OK while all is well.
  std::atomic<int> write_code = SQLITE_OK;
  std::atomic<int> sync_code = SQLITE_OK;
  std::atomic<int64_t> log_syncs = 0;
};

namespace {

using State = FaultVfs::State;

// An open file as SQLite sees it. The real file's structure lies directly
// behind it, in the same block that SQLite allocated by szOsFile.
struct FaultFile {
  sqlite3_file base;
  State* state;
  bool is_log;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultFile& Of(sqlite3_file* file) {
  return *reinterpret_cast<FaultFile*>(file);
}

State& Of(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

const sqlite3_io_methods& Methods(sqlite3_file* file) {
  return *Of(file).real()->pMethods;
}

int Close(sqlite3_file* file) { return Methods(file).xClose(Of(file).real()); }

int Read(sqlite3_file* file, void* buffer, int size, sqlite3_int64 offset) {
  return Methods(file).xRead(Of(file).real(), buffer, size, offset);
}

int Write(sqlite3_file* file, const void* buffer, int size,
          sqlite3_int64 offset) {
  if (const int code = Of(file).state->write_code; code != SQLITE_OK) {
    return code;
  }
  return Methods(file).xWrite(Of(file).real(), buffer, size, offset);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Methods(file).xTruncate(Of(file).real(), size);
}

int Sync(sqlite3_file* file, int flags) {
  FaultFile& fault = Of(file);
  if (const int code = fault.state->sync_code; code != SQLITE_OK) {
    return code;
  }
  if (fault.is_log) {
    ++fault.state->log_syncs;
  }
  return Methods(file).xSync(fault.real(), flags);
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Methods(file).xFileSize(Of(file).real(), size);
}

int Lock(sqlite3_file* file, int level) {
  return Methods(file).xLock(Of(file).real(), level);
}

int Unlock(sqlite3_file* file, int level) {
  return Methods(file).xUnlock(Of(file).real(), level);
}

int CheckReservedLock(sqlite3_file* file, int* reserved) {
  return Methods(file).xCheckReservedLock(Of(file).real(), reserved);
}

int FileControl(sqlite3_file* file, int operation, void* argument) {
  return Methods(file).xFileControl(Of(file).real(), operation, argument);
}

int SectorSize(sqlite3_file* file) {
  return Methods(file).xSectorSize(Of(file).real());
}

int DeviceCharacteristics(sqlite3_file* file) {
  return Methods(file).xDeviceCharacteristics(Of(file).real());
}

int ShmMap(sqlite3_file* file, int page, int size, int extend,
           void volatile** memory) {
  return Methods(file).xShmMap(Of(file).real(), page, size, extend, memory);
}

int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Methods(file).xShmLock(Of(file).real(), offset, count, flags);
}

void ShmBarrier(sqlite3_file* file) {
  Methods(file).xShmBarrier(Of(file).real());
}

int ShmUnmap(sqlite3_file* file, int remove) {
  return Methods(file).xShmUnmap(Of(file).real(), remove);
}

// Version 2: with shared memory, which the log needs, without mapped files,
// which the store does not use.
constexpr sqlite3_io_methods kMethods = {2,
                                         Close,
                                         Read,
                                         Write,
                                         Truncate,
                                         Sync,
                                         FileSize,
                                         Lock,
                                         Unlock,
                                         CheckReservedLock,
                                         FileControl,
                                         SectorSize,
                                         DeviceCharacteristics,
                                         ShmMap,
                                         ShmLock,
                                         ShmBarrier,
                                         ShmUnmap,
                                         nullptr,
                                         nullptr};

int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags,
         int* flags_out) {
  State& state = Of(vfs);
  auto* fault = new (file) FaultFile{.base = {.pMethods = nullptr},
                                     .state = &state,
                                     .is_log = (flags & SQLITE_OPEN_WAL) != 0};
  const int code =
      state.real->xOpen(state.real, path, fault->real(), flags, flags_out);
  // SQLite closes a file that failed to open only if it has methods.
  if (fault->real()->pMethods != nullptr) {
    fault->base.pMethods = &kMethods;
  }
  return code;
}

int CodeOfWrite(DiskFault fault) {
  return fault == DiskFault::kFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int CodeOfSync(DiskFault fault) {
  return fault == DiskFault::kFull ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
}

}  // namespace

FaultVfs::FaultVfs(const std::string& name)
    : state_(std::make_unique<State>()) {
  state_->name = name;
  state_->real = sqlite3_vfs_find(nullptr);
  CAREROUTE_CHECK(state_->real != nullptr);
  // Paths, time and randomness go straight to the real one, whose functions
  // ignore the object they are given except in xOpen.
  state_->vfs = *state_->real;
  state_->vfs.pNext = nullptr;
  state_->vfs.zName = state_->name.c_str();
  state_->vfs.pAppData = state_.get();
  state_->vfs.szOsFile =
      static_cast<int>(sizeof(FaultFile)) + state_->real->szOsFile;
  state_->vfs.xOpen = Open;
  CAREROUTE_CHECK(sqlite3_vfs_register(&state_->vfs, 0) == SQLITE_OK);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&state_->vfs); }

const std::string& FaultVfs::name() const { return state_->name; }

void FaultVfs::FailWrites(DiskFault fault) {
  state_->write_code = CodeOfWrite(fault);
}

void FaultVfs::FailSyncs(DiskFault fault) {
  state_->sync_code = CodeOfSync(fault);
}

void FaultVfs::Heal() {
  state_->write_code = SQLITE_OK;
  state_->sync_code = SQLITE_OK;
}

int64_t FaultVfs::log_syncs() const { return state_->log_syncs; }

}  // namespace careroute::store
