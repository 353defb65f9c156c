// lib/catalogue/source_map.h: from a path in a message back to the file and
// line a person wrote.
//
// A pathway is checked after its blocks are expanded, an instrument after its
// texts are joined to it, but both are mended in their files. The map turns
// "steps[57].guards[0]" into "blocks/contact.textproto:12" and the path inside
// that file.
//
//   CheckPathway(loaded.pathway, {}, problems);
//   loaded.source_map.Locate(problems);

#ifndef CAREROUTE_LIB_CATALOGUE_SOURCE_MAP_H_
#define CAREROUTE_LIB_CATALOGUE_SOURCE_MAP_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/text_format.h"
#include "lib/base/problems.h"

namespace careroute::catalogue {

// A file with the positions of its fields. Movable, not copyable.
struct SourceFile {
  std::string name;
  const google::protobuf::Descriptor* message = nullptr;
  // Absent for formats without positions (JSON, a message in a request).
  std::unique_ptr<google::protobuf::TextFormat::ParseInfoTree> tree;
};

// Immutable once loaded, then thread-safe. Movable.
class SourceMap {
 public:
  // Returns the number of the file. The first file is the message's own.
  int AddFile(SourceFile file);

  // What stands at `prefix` of the whole message (its first field, such as
  // "steps[57]") was written at `written` in the file; empty = the whole file.
  void Map(const std::string& prefix, int file, std::string written);

  // Fills file, line and column of each problem that has no file yet, and makes
  // its path that of the file. A problem of a block used several times is kept
  // once. A problem of something that is not written (a missing field) gets the
  // position of the innermost message around it.
  void Locate(base::Problems& problems) const;

  // The same for problems of one file, whose paths are already the file's own.
  void LocateIn(int file, base::Problems& problems) const;

 private:
  struct Written {
    int file = 0;
    std::string path;
  };

  [[nodiscard]] Written Find(absl::string_view path) const;
  void Position(int file, absl::string_view path, base::Problem& problem) const;

  std::vector<SourceFile> files_;
  absl::flat_hash_map<std::string, Written> written_;
};

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_SOURCE_MAP_H_
