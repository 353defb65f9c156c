#include "lib/store/erasure_list.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace careroute::store {
namespace {

constexpr mode_t kOwnerOnly = 0600;

absl::Status Failed(absl::string_view what) {
  return absl::ErrnoToStatus(errno, absl::StrCat("the erasure list cannot be ",
                                                 what, "; nothing was erased"));
}

absl::Status Write(int file, const std::string& line) {
  size_t written = 0;
  while (written < line.size()) {
    const ssize_t size =
        write(file, line.data() + written, line.size() - written);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return Failed("written");
    written += static_cast<size_t>(size);
  }
  return fsync(file) == 0 ? absl::OkStatus() : Failed("written");
}

absl::StatusOr<Erasure> Parse(absl::string_view line, size_t number) {
  const absl::Status damaged = absl::DataLossError(
      absl::StrCat("line ", number,
                   " of the erasure list is no erasure; put "
                   "the list back from a copy of it"));
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(line, absl::MaxSplits(' ', 1));
  if (parts.first.size() != 2 * kStreamIdSize) return damaged;
  const absl::StatusOr<StreamId> owner =
      StreamIdFromBytes(absl::HexStringToBytes(parts.first));
  Erasure erasure;
  std::string problem;
  if (!owner.ok() || !absl::ParseTime(absl::RFC3339_sec, parts.second,
                                      &erasure.time, &problem)) {
    return damaged;
  }
  erasure.owner = *owner;
  return erasure;
}

}  // namespace

std::string ErasureListOf(const std::string& database) {
  return absl::StrCat(database, ".erased");
}

absl::Status AppendErasure(const std::string& file, const Erasure& erasure) {
  const int handle =
      open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (handle < 0) return Failed("opened");
  absl::Status written = Write(
      handle, absl::StrCat(absl::BytesToHexString(erasure.owner.Bytes()), " ",
                           absl::FormatTime(absl::RFC3339_sec, erasure.time,
                                            absl::UTCTimeZone()),
                           "\n"));
  close(handle);
  return written;
}

absl::StatusOr<std::vector<Erasure>> ReadErasures(const std::string& file) {
  std::vector<Erasure> erasures;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return erasures;
  std::ostringstream text;
  text << stream.rdbuf();
  std::set<StreamId> known;
  std::vector<std::string> lines = absl::StrSplit(text.str(), '\n');
  lines.pop_back();  // empty, or cut short
  for (size_t i = 0; i < lines.size(); ++i) {
    absl::StatusOr<Erasure> erasure = Parse(lines[i], i + 1);
    if (!erasure.ok()) return erasure.status();
    if (known.insert(erasure->owner).second) erasures.push_back(*erasure);
  }
  return erasures;
}

}  // namespace careroute::store
