#include "lib/store/sqlite/internal/owner_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace careroute::store::internal {
namespace {

constexpr mode_t kOwnerOnly = 0600;
// "process 4194304 since 2025-01-01T00:00:00+00:00" and room to spare.
constexpr size_t kHolderTextMax = 200;

// What the holder wrote; it may be cut short when it is just being written.
std::string ReadHolder(int file) {
  char text[kHolderTextMax];
  const ssize_t size = pread(file, text, sizeof(text), 0);
  if (size <= 0) {
    return "an unknown process";
  }
  const absl::string_view line(text, static_cast<size_t>(size));
  return std::string(absl::StripAsciiWhitespace(line));
}

bool WriteHolder(int file, absl::Time now) {
  const std::string text = absl::StrCat(
      "process ", getpid(), " since ",
      absl::FormatTime(absl::RFC3339_sec, now, absl::UTCTimeZone()), "\n");
  return ftruncate(file, 0) == 0 && pwrite(file, text.data(), text.size(), 0) ==
                                        static_cast<ssize_t>(text.size());
}

}  // namespace

absl::StatusOr<std::unique_ptr<OwnerLock>> OwnerLock::Take(
    const OwnerLockOptions& options) {
  const int file =
      open(options.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (file < 0) {
    return absl::ErrnoToStatus(errno,
                               "the event store's owner file cannot be opened");
  }
  std::unique_ptr<OwnerLock> lock(new OwnerLock(file));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return absl::ErrnoToStatus(
          errno, "the event store's owner file cannot be locked");
    }
    return absl::FailedPreconditionError(
        absl::StrCat("the event store already has an owner: ", ReadHolder(file),
                     "; end it first, or open the store read-only"));
  }
  if (!WriteHolder(file, options.now)) {
    return absl::ErrnoToStatus(
        errno, "the event store's owner file cannot be written");
  }
  return lock;
}

OwnerLock::~OwnerLock() { close(file_); }

}  // namespace careroute::store::internal
