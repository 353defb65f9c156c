// lib/store/sqlite/unsynced_file.h: what a loss of power may take from a file.
//
// For tests only. A disk keeps what it was forced to keep. Of what was written
// since, it keeps any part: each sector of 512 bytes as it is now or as it was
// then, in no order, and the file as long as it was, as it is, or in between.
//
//   UnsyncedFile file;
//   file.Remember(real, {.offset = offset, .size = size});  // before a write
//   file.Forget();                                          // after a sync
//   lost += file.LosePower(path, random);                   // once it is
//   closed

#ifndef CAREROUTE_LIB_STORE_SQLITE_UNSYNCED_FILE_H_
#define CAREROUTE_LIB_STORE_SQLITE_UNSYNCED_FILE_H_

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <string>

#include "lib/base/random.h"

namespace careroute::store {

// Not thread-safe: its disk has a lock.
class UnsyncedFile {
 public:
  struct Range {
    int64_t offset = 0;
    int64_t size = 0;  // bytes
  };

  // Keeps what stands in the sectors of the range, unless they have changed
  // already since the file was forced to disk. Call it before the change, with
  // the machine's own open file. An SQLite code.
  [[nodiscard]] int Remember(sqlite3_file* real, const Range& range);

  // Everything is on the disk now, or the file is gone.
  void Forget();

  // Takes back what `random` draws, and says how many sectors that were. The
  // file must be closed. Stops the test when it cannot be written.
  int64_t LosePower(const std::string& path, base::Random& random);

 private:
  // How long the file is after the loss, when it is `size` long now.
  [[nodiscard]] int64_t SizeLeft(int64_t size, base::Random& random) const;

  bool changed_ = false;
  int64_t synced_size_ = 0;
  // By number, as each was when the file was last forced to disk; zeros beyond
  // its end.
  std::map<int64_t, std::string> before_;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_UNSYNCED_FILE_H_
