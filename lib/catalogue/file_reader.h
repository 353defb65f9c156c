// lib/catalogue/file_reader.h: the files of a catalogue, handed in.
//
// The loader asks for files by their name inside the catalogue and never
// touches a disk itself, so that a pathway or an instrument can come from a
// folder, from a request or from a test alike.
//
//   MapFileReader files;
//   files.Add("early-help/early-help.textproto", text);
//   auto loaded = LoadPathway(files, "early-help/early-help.textproto",
//                             problems);

#ifndef CAREROUTE_LIB_CATALOGUE_FILE_READER_H_
#define CAREROUTE_LIB_CATALOGUE_FILE_READER_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace careroute::catalogue {

// The largest file of a catalogue. A pathway with every text of one language
// stays under a tenth of it.
inline constexpr size_t kFileBytesMax = size_t{4} << 20;

// Whether a name may stand in `imports`: relative, of a-z A-Z 0-9 _ - . and /,
// no empty, "." or ".." part, at most 256 bytes. Nothing else reaches a reader.
[[nodiscard]] bool IsFileName(absl::string_view name);

// Implementations are thread-safe when reading.
class FileReader {
 public:
  virtual ~FileReader() = default;

  // The whole file. NOT_FOUND when there is none; RESOURCE_EXHAUSTED when it is
  // larger than kFileBytesMax; INVALID_ARGUMENT when the name is no file name;
  // UNAVAILABLE when it cannot be read, as a folder or a pipe.
  [[nodiscard]] virtual absl::StatusOr<std::string> Read(
      absl::string_view name) const = 0;
};

// Files held in memory. Add before sharing between threads.
class MapFileReader final : public FileReader {
 public:
  void Add(std::string name, std::string content);

  [[nodiscard]] absl::StatusOr<std::string> Read(
      absl::string_view name) const override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

// A folder on disk. Blocks while it reads: for main, the command line and an
// I/O executor only. Links are followed, so the folder must be trusted; the
// names asked for need not be.
class DirectoryFileReader final : public FileReader {
 public:
  explicit DirectoryFileReader(std::string folder)
      : folder_(std::move(folder)) {}

  [[nodiscard]] absl::StatusOr<std::string> Read(
      absl::string_view name) const override;

 private:
  std::string folder_;
};

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_FILE_READER_H_
