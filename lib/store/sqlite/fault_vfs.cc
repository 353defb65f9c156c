#include "lib/store/sqlite/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <new>
#include <optional>

#include "lib/base/check.h"
#include "lib/base/mutex.h"
#include "lib/base/random.h"
#include "lib/store/sqlite/unsynced_file.h"

namespace careroute::store {

struct FaultVfs::State {
  std::string name;
  sqlite3_vfs vfs = {};
  sqlite3_vfs* real = nullptr;
  std::atomic<bool> cut_log_reads = false;
  std::atomic<int64_t> log_syncs = 0;

  base::Mutex mutex;
  std::optional<DiskTrouble> trouble CAREROUTE_GUARDED_BY(mutex);
  std::optional<base::SeededRandom> parts CAREROUTE_GUARDED_BY(mutex);
  bool struck CAREROUTE_GUARDED_BY(mutex) = false;
  // By path; an open file points at its entry.
  std::map<std::string, UnsyncedFile> files CAREROUTE_GUARDED_BY(mutex);

  // Counts one call that changes a file, and says what befalls it.
  std::optional<DiskTrouble> Befalls() CAREROUTE_REQUIRES(mutex) {
    if (!trouble.has_value()) {
      return std::nullopt;
    }
    if (trouble->after > 0) {
      --trouble->after;
      return std::nullopt;
    }
    return trouble;
  }
};

namespace {

using State = FaultVfs::State;

// An open file as SQLite sees it. The real file's structure lies directly
// behind it, in the same block that SQLite allocated by szOsFile.
struct FaultFile {
  sqlite3_file base;
  State* state;
  UnsyncedFile* unsynced;  // none of a file without a name
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
  FaultFile& fault = Of(file);
  const int code = Methods(file).xRead(fault.real(), buffer, size, offset);
  if (code != SQLITE_OK || !fault.is_log || !fault.state->cut_log_reads) {
    return code;
  }
  const int arrived = size / 2;
  std::memset(static_cast<char*>(buffer) + arrived, 0,
              static_cast<size_t>(size - arrived));
  return SQLITE_IOERR_SHORT_READ;
}

int CodeOfWrite(DiskFault fault) {
  if (fault == DiskFault::kQuota) errno = EDQUOT;
  return fault == DiskFault::kFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int CodeOfSync(DiskFault fault) {
  return fault == DiskFault::kFull ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
}

int Remember(FaultFile& fault, const UnsyncedFile::Range& range) {
  return fault.unsynced == nullptr
             ? SQLITE_OK
             : fault.unsynced->Remember(fault.real(), range);
}

// Writes the first `size` of the bytes given.
int WritePart(FaultFile& fault, const void* buffer, int size,
              sqlite3_int64 offset) {
  if (size == 0) {
    return SQLITE_OK;
  }
  if (const int code = Remember(fault, {.offset = offset, .size = size});
      code != SQLITE_OK) {
    return code;
  }
  return fault.real()->pMethods->xWrite(fault.real(), buffer, size, offset);
}

// How many bytes of a write still arrive: all of them when it is spared.
int PartOf(FaultFile& fault, DiskFault why, int size, sqlite3_int64 offset)
    CAREROUTE_REQUIRES(fault.state->mutex) {
  sqlite3_int64 end = 0;
  if (why == DiskFault::kFull) {
    fault.real()->pMethods->xFileSize(fault.real(), &end);
  }
  const int placed =
      static_cast<int>(std::clamp<sqlite3_int64>(end - offset, 0, size));
  if (placed == size) {
    return size;
  }
  const auto open = static_cast<uint64_t>(size - placed);
  return placed + static_cast<int>(fault.state->parts->Uniform(open));
}

int Write(sqlite3_file* file, const void* buffer, int size,
          sqlite3_int64 offset) {
  FaultFile& fault = Of(file);
  base::MutexLock lock(fault.state->mutex);
  const std::optional<DiskTrouble> trouble = fault.state->Befalls();
  if (!trouble.has_value() || trouble->event == DiskEvent::kSyncsFail) {
    return WritePart(fault, buffer, size, offset);
  }
  if (trouble->event == DiskEvent::kWritesCut) {
    const int part = PartOf(fault, trouble->fault, size, offset);
    const int code = WritePart(fault, buffer, part, offset);
    if (part == size || code != SQLITE_OK) {
      return code;
    }
  }
  fault.state->struck = true;
  return CodeOfWrite(trouble->fault);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  FaultFile& fault = Of(file);
  State& state = *fault.state;
  base::MutexLock lock(state.mutex);
  if (const auto trouble = state.Befalls();
      trouble.has_value() && trouble->event == DiskEvent::kPowerGoes) {
    state.struck = true;
    return SQLITE_IOERR_TRUNCATE;
  }
  sqlite3_int64 end = 0;
  int code = Methods(file).xFileSize(fault.real(), &end);
  if (code == SQLITE_OK && end > size) {
    code = Remember(fault, {.offset = size, .size = end - size});
  }
  return code != SQLITE_OK ? code : Methods(file).xTruncate(fault.real(), size);
}

int Sync(sqlite3_file* file, int flags) {
  FaultFile& fault = Of(file);
  State& state = *fault.state;
  base::MutexLock lock(state.mutex);
  if (const auto trouble = state.Befalls();
      trouble.has_value() && (trouble->event == DiskEvent::kSyncsFail ||
                              trouble->event == DiskEvent::kPowerGoes)) {
    state.struck = true;
    return CodeOfSync(trouble->fault);
  }
  if (fault.is_log) {
    ++state.log_syncs;
  }
  const int code = Methods(file).xSync(fault.real(), flags);
  if (code == SQLITE_OK && fault.unsynced != nullptr) {
    fault.unsynced->Forget();
  }
  return code;
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
  base::MutexLock lock(state.mutex);
  auto* fault = new (file)
      FaultFile{.base = {.pMethods = nullptr},
                .state = &state,
                .unsynced = path == nullptr ? nullptr : &state.files[path],
                .is_log = (flags & SQLITE_OPEN_WAL) != 0};
  const int code =
      state.real->xOpen(state.real, path, fault->real(), flags, flags_out);
  // SQLite closes a file that failed to open only if it has methods.
  if (fault->real()->pMethods != nullptr) {
    fault->base.pMethods = &kMethods;
  }
  return code;
}

int Delete(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  State& state = Of(vfs);
  base::MutexLock lock(state.mutex);
  if (const auto trouble = state.Befalls();
      trouble.has_value() && trouble->event == DiskEvent::kPowerGoes) {
    state.struck = true;
    return SQLITE_IOERR_DELETE;
  }
  const int code = state.real->xDelete(state.real, path, sync_directory);
  if (code == SQLITE_OK) {
    state.files[path].Forget();
  }
  return code;
}

}  // namespace

FaultVfs::FaultVfs(const std::string& name)
    : state_(std::make_unique<State>()) {
  state_->name = name;
  state_->real = sqlite3_vfs_find(nullptr);
  CAREROUTE_CHECK(state_->real != nullptr);
  // Paths, time and randomness go straight to the real one, whose functions
  // ignore the object they are given.
  state_->vfs = *state_->real;
  state_->vfs.pNext = nullptr;
  state_->vfs.zName = state_->name.c_str();
  state_->vfs.pAppData = state_.get();
  state_->vfs.szOsFile =
      static_cast<int>(sizeof(FaultFile)) + state_->real->szOsFile;
  state_->vfs.xOpen = Open;
  state_->vfs.xDelete = Delete;
  CAREROUTE_CHECK(sqlite3_vfs_register(&state_->vfs, 0) == SQLITE_OK);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&state_->vfs); }

const std::string& FaultVfs::name() const { return state_->name; }

void FaultVfs::Expect(const DiskTrouble& trouble) {
  base::MutexLock lock(state_->mutex);
  state_->trouble = trouble;
  state_->parts.emplace(trouble.seed);
  state_->struck = false;
}

void FaultVfs::FailWrites(DiskFault fault) {
  Expect({.event = DiskEvent::kWritesFail, .fault = fault});
}

void FaultVfs::FailSyncs(DiskFault fault) {
  Expect({.event = DiskEvent::kSyncsFail, .fault = fault});
}

void FaultVfs::CutLogReads() { state_->cut_log_reads = true; }

void FaultVfs::Heal() {
  base::MutexLock lock(state_->mutex);
  state_->trouble.reset();
  state_->cut_log_reads = false;
}

bool FaultVfs::struck() const {
  base::MutexLock lock(state_->mutex);
  return state_->struck;
}

int64_t FaultVfs::RestorePower(uint64_t seed) {
  Heal();
  base::SeededRandom random(seed);
  base::MutexLock lock(state_->mutex);
  int64_t lost = 0;
  for (auto& [path, file] : state_->files) {
    lost += file.LosePower(path, random);
  }
  return lost;
}

int64_t FaultVfs::log_syncs() const { return state_->log_syncs; }

}  // namespace careroute::store
