#include "services/tls/internal/pem_file.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace careroute::services::internal {
namespace {

constexpr int64_t kNanosecondsOfASecond = 1'000'000'000;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

}  // namespace

absl::StatusOr<std::string> ReadPemFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream) {
    return absl::NotFoundError(absl::StrCat(path, " cannot be read"));
  }
  if (text.size() > kPemBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is too large; name the right file"));
  }
  return text;
}

FileMark MarkOf(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return {};
  return {.device = found.st_dev,
          .inode = found.st_ino,
          .size = found.st_size,
          .changed_ns = found.st_mtim.tv_sec * kNanosecondsOfASecond +
                        found.st_mtim.tv_nsec};
}

bool IsPrivateFile(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 && (found.st_mode & kOthers) == 0;
}

}  // namespace careroute::services::internal
