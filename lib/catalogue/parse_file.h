// lib/catalogue/parse_file.h: one file of a catalogue into one message.
//
// Hostile text is refused by a scan that costs one pass over the bytes, before
// the parser builds anything: too deep, or too many elements to be written by
// anybody.

#ifndef CAREROUTE_LIB_CATALOGUE_PARSE_FILE_H_
#define CAREROUTE_LIB_CATALOGUE_PARSE_FILE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"
#include "lib/catalogue/source_map.h"

namespace careroute::catalogue {

// A condition of the deepest kind inside a block's step needs about 40 levels.
inline constexpr int kTextDepthMax = 64;

// Elements are fields and list items. The largest pathway known has about
// 15,000; the parser keeps some 200 bytes for each.
inline constexpr int kTextElementsMax = 200'000;

// Parses `content` of the file `name` into `message`: JSON when the name ends
// in ".json", else text format. Unknown fields are errors. Problems carry file,
// line and column. The returned file holds positions; `ok` is false when the
// message is not to be used.
struct ParsedFile {
  bool ok = false;
  SourceFile source;
};
[[nodiscard]] ParsedFile ParseFile(const std::string& name,
                                   const std::string& content,
                                   google::protobuf::Message& message,
                                   base::Problems& problems);

// Whether the text may be parsed at all; adds a problem when not.
[[nodiscard]] bool ScanText(const std::string& name, absl::string_view content,
                            base::Problems& problems);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_PARSE_FILE_H_
