#include "lib/catalogue/file_reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace careroute::catalogue {
namespace {

constexpr size_t kFileNameMax = 256;

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         c == '-' || c == '.';
}

bool IsNamePart(absl::string_view part) {
  return !part.empty() && part != "." && part != ".." &&
         std::all_of(part.begin(), part.end(), IsNameCharacter);
}

absl::Status TooLarge(absl::string_view name) {
  return absl::ResourceExhaustedError(
      absl::StrCat(name, " is larger than ", kFileBytesMax, " bytes"));
}

absl::Status CheckName(absl::string_view name) {
  return IsFileName(name)
             ? absl::OkStatus()
             : absl::InvalidArgumentError(
                   "not a file name of a catalogue: those are of a-z, A-Z, "
                   "0-9, \"_\", \"-\", \".\" and \"/\", without \"..\"");
}

}  // namespace

bool IsFileName(absl::string_view name) {
  if (name.empty() || name.size() > kFileNameMax) {
    return false;
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  return std::all_of(parts.begin(), parts.end(), IsNamePart);
}

void MapFileReader::Add(std::string name, std::string content) {
  files_.insert_or_assign(std::move(name), std::move(content));
}

absl::StatusOr<std::string> MapFileReader::Read(absl::string_view name) const {
  if (absl::Status status = CheckName(name); !status.ok()) {
    return status;
  }
  const auto found = files_.find(std::string(name));
  if (found == files_.end()) {
    return absl::NotFoundError(absl::StrCat("no file ", name));
  }
  if (found->second.size() > kFileBytesMax) {
    return TooLarge(name);
  }
  return found->second;
}

absl::StatusOr<std::string> DirectoryFileReader::Read(
    absl::string_view name) const {
  if (absl::Status status = CheckName(name); !status.ok()) {
    return status;
  }
  const std::string path = absl::StrCat(folder_, "/", name);
  std::error_code failed;
  const std::filesystem::file_status status =
      std::filesystem::status(path, failed);
  if (std::filesystem::exists(status) &&
      !std::filesystem::is_regular_file(status)) {
    // A pipe or a device may never answer, and a hub reads these at its start.
    return absl::UnavailableError(
        absl::StrCat(name, " is a folder, a pipe or a device, no file"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::NotFoundError(absl::StrCat("no file ", name));
  }
  // One byte more than allowed tells a file that is too large.
  std::string content(kFileBytesMax + 1, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (file.bad()) {
    return absl::UnavailableError(absl::StrCat("cannot read ", name));
  }
  content.resize(static_cast<size_t>(file.gcount()));
  if (content.size() > kFileBytesMax) {
    return TooLarge(name);
  }
  return content;
}

}  // namespace careroute::catalogue
