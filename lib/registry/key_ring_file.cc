#include "lib/registry/key_ring_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "lib/base/status_macros.h"
#include "lib/registry/key_ring_format.h"
#include "lib/registry/secret.h"

namespace careroute::registry {
namespace {

constexpr mode_t kMode = S_IRUSR | S_IWUSR;
constexpr mode_t kModeBits = 07777;
// Far above the largest ring that ParseKeyRing takes.
constexpr off_t kFileSizeMax = off_t{4} << 20;

// Closes the descriptor it holds.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) {
      close(number_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// Removes the file of that name unless it is gone already.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

 private:
  std::string path_;
};

std::string Named(const std::string& path) {
  return absl::StrCat("the key-ring file ", path);
}

absl::Status SystemError(absl::string_view doing, const std::string& path) {
  return absl::ErrnoToStatus(errno,
                             absl::StrCat("cannot ", doing, " ", Named(path)));
}

absl::Status CheckIsOurs(const struct stat& found, const std::string& path) {
  if (!S_ISREG(found.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat(Named(path),
                     " is not a plain file; name the file itself, "
                     "not a directory or a device"));
  }
  const mode_t mode = found.st_mode & kModeBits;
  if (mode != kMode) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s has mode %04o and must have 0600, so that nobody else reads the "
        "keys; check who had access, then run chmod 600 on it",
        Named(path), mode));
  }
  if (found.st_uid != geteuid()) {
    return absl::FailedPreconditionError(
        absl::StrCat(Named(path),
                     " belongs to another user; run as that user "
                     "or change its owner with chown"));
  }
  if (found.st_size > kFileSizeMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        Named(path), " is too large to be a key-ring; name the right file"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Secret> ReadAll(const Descriptor& file, size_t size,
                               const std::string& path) {
  std::string buffer(size, '\0');
  size_t done = 0;
  while (done < size) {
    const ssize_t got = read(file.number(), buffer.data() + done, size - done);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      Wipe(buffer);
      return SystemError("read", path);
    }
    if (got == 0) {
      break;  // shorter than it was; the format notices what is missing
    }
    done += static_cast<size_t>(got);
  }
  Secret text = Secret::CopyOf(absl::string_view(buffer).substr(0, done));
  Wipe(buffer);
  return text;
}

absl::Status WriteAll(const Descriptor& file, absl::string_view text,
                      const std::string& path) {
  while (!text.empty()) {
    const ssize_t put = write(file.number(), text.data(), text.size());
    if (put < 0 && errno == EINTR) {
      continue;
    }
    if (put < 0) {
      return SystemError("write", path);
    }
    text.remove_prefix(static_cast<size_t>(put));
  }
  return fsync(file.number()) == 0 ? absl::OkStatus()
                                   : SystemError("write", path);
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) {
    return ".";
  }
  return slash == 0 ? "/" : path.substr(0, slash);
}

// A new name in a directory is only safe once the directory is on the disk.
absl::Status SyncDirectoryOf(const std::string& path) {
  const Descriptor directory(
      open(DirectoryOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0 || fsync(directory.number()) != 0) {
    return SystemError("force to the disk the directory of", path);
  }
  return absl::OkStatus();
}

// Writes the ring under a temporary name, then lets `put` move it to `path`.
template <typename Put>
absl::Status WriteThen(const std::string& path, const KeyRing& ring, Put put) {
  const std::string temporary = absl::StrCat(path, ".", getpid(), ".new");
  const Descriptor file(
      open(temporary.c_str(),
           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kMode));
  if (file.number() < 0) {
    return SystemError("create", temporary);
  }
  const TemporaryFile remover(temporary);
  // The umask may have taken bits away.
  if (fchmod(file.number(), kMode) != 0) {
    return SystemError("set the mode of", temporary);
  }
  const Secret text = SerialiseKeyRing(ring);
  CAREROUTE_RETURN_IF_ERROR(WriteAll(file, text.view(), temporary));
  CAREROUTE_RETURN_IF_ERROR(put(temporary));
  return SyncDirectoryOf(path);
}

}  // namespace

absl::Status CreateKeyRingFile(const std::string& path, const KeyRing& ring) {
  return WriteThen(path, ring, [&path](const std::string& temporary) {
    // link, unlike rename, refuses a name that is taken.
    if (link(temporary.c_str(), path.c_str()) == 0) {
      return absl::OkStatus();
    }
    if (errno == EEXIST) {
      return absl::AlreadyExistsError(
          absl::StrCat(Named(path),
                       " exists and is never overwritten; use it, "
                       "or name another place"));
    }
    return SystemError("create", path);
  });
}

absl::StatusOr<KeyRing> LoadKeyRingFile(const std::string& path) {
  const Descriptor file(
      open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.number() < 0 && errno == ENOENT) {
    return absl::NotFoundError(
        absl::StrCat(Named(path),
                     " does not exist; make one with `careroute init`, or "
                     "restore the backup if the database is older"));
  }
  if (file.number() < 0 && errno == ELOOP) {
    return absl::FailedPreconditionError(
        absl::StrCat(Named(path), " is a symbolic link; name the file itself"));
  }
  struct stat found = {};
  if (file.number() < 0 || fstat(file.number(), &found) != 0) {
    return SystemError("open", path);
  }
  CAREROUTE_RETURN_IF_ERROR(CheckIsOurs(found, path));
  CAREROUTE_ASSIGN_OR_RETURN(
      const Secret text,
      ReadAll(file, static_cast<size_t>(found.st_size), path));
  absl::StatusOr<KeyRing> ring = ParseKeyRing(text.view());
  if (!ring.ok()) {
    return absl::Status(
        ring.status().code(),
        absl::StrCat(Named(path), ": ", ring.status().message()));
  }
  return ring;
}

absl::Status ReplaceKeyRingFile(const std::string& path, const KeyRing& ring) {
  CAREROUTE_ASSIGN_OR_RETURN(const KeyRing present, LoadKeyRingFile(path));
  if (!ring.Covers(present)) {
    return absl::FailedPreconditionError(
        absl::StrCat(Named(path),
                     " holds a key that the new ring lacks; load it again and "
                     "repeat the change"));
  }
  return WriteThen(path, ring, [&path](const std::string& temporary) {
    return std::rename(temporary.c_str(), path.c_str()) == 0
               ? absl::OkStatus()
               : SystemError("replace", path);
  });
}

}  // namespace careroute::registry
