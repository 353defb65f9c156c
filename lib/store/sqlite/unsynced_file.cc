#include "lib/store/sqlite/unsynced_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "lib/base/check.h"

namespace careroute::store {
namespace {

constexpr int kSectorBytes = 512;

}  // namespace

int UnsyncedFile::Remember(sqlite3_file* real, const Range& range) {
  if (!changed_) {
    sqlite3_int64 size = 0;
    if (const int code = real->pMethods->xFileSize(real, &size);
        code != SQLITE_OK) {
      return code;
    }
    synced_size_ = size;
    changed_ = true;
  }
  const int64_t end = range.offset + range.size;
  for (int64_t sector = range.offset / kSectorBytes;
       sector * kSectorBytes < end; ++sector) {
    if (before_.count(sector) != 0) {
      continue;
    }
    // What lies beyond the end is read as zeros.
    std::string bytes(kSectorBytes, '\0');
    const int code = real->pMethods->xRead(real, bytes.data(), kSectorBytes,
                                           sector * kSectorBytes);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) {
      return code;
    }
    before_.emplace(sector, std::move(bytes));
  }
  return SQLITE_OK;
}

void UnsyncedFile::Forget() {
  changed_ = false;
  before_.clear();
}

int64_t UnsyncedFile::SizeLeft(int64_t size, base::Random& random) const {
  if (size > synced_size_) {
    const auto grown = static_cast<uint64_t>(size - synced_size_);
    return synced_size_ + static_cast<int64_t>(random.Uniform(grown + 1));
  }
  return random.Uniform(2) == 0 ? size : synced_size_;
}

int64_t UnsyncedFile::LosePower(const std::string& path, base::Random& random) {
  if (!changed_) {
    return 0;
  }
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  CAREROUTE_CHECK(file >= 0);
  struct stat facts = {};
  CAREROUTE_CHECK(fstat(file, &facts) == 0);
  const int64_t left = SizeLeft(facts.st_size, random);
  CAREROUTE_CHECK(ftruncate(file, left) == 0);
  int64_t lost = 0;
  for (const auto& [sector, bytes] : before_) {
    const int64_t start = sector * kSectorBytes;
    // What a file had been cut by comes back as it was, or not at all.
    const bool was_cut =
        start + kSectorBytes > facts.st_size && left > facts.st_size;
    if (start < left && !was_cut && random.Uniform(2) == 0) {
      continue;
    }
    ++lost;
    const int64_t size = std::min<int64_t>(kSectorBytes, left - start);
    if (size > 0) {
      CAREROUTE_CHECK(
          pwrite(file, bytes.data(), static_cast<size_t>(size), start) == size);
    }
  }
  CAREROUTE_CHECK(close(file) == 0);
  Forget();
  return lost;
}

}  // namespace careroute::store
