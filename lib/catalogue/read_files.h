// lib/catalogue/read_files.h: a file of a catalogue into a message, with its
// shape checked, and the tables of texts beside it.
//
// Texts of "NAME.textproto" stand in "NAME.texts.LANGUAGE.textproto", one a
// language, so that a translator touches nothing else.
//
//   Reading reading = {.files = files, .source_map = map, .problems =
//   problems}; const int file = ReadMessage(reading, "katz.textproto", {},
//   instrument); if (file < 0) return;  // the problems say why
//
// Every file must be UTF-8, at most kFileBytesMax, and within the rules of its
// fields; what is far beyond them is refused before anything is built from it.

#ifndef CAREROUTE_LIB_CATALOGUE_READ_FILES_H_
#define CAREROUTE_LIB_CATALOGUE_READ_FILES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/text.pb.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"
#include "lib/catalogue/check_shape.h"
#include "lib/catalogue/file_reader.h"
#include "lib/catalogue/source_map.h"

namespace careroute::catalogue {

// What a reader works with. Borrows all of it.
struct Reading {
  const FileReader& files;
  // Gets each file that was read.
  SourceMap& source_map;
  // Get everything that is wrong, located.
  base::Problems& problems;
};

// Reads, parses and checks the shape of one file into `message`. Returns the
// number of the file in the map, or -1 when the message is not to be used.
[[nodiscard]] int ReadMessage(const Reading& reading, const std::string& name,
                              const ShapeOptions& shape,
                              google::protobuf::Message& message);

// The tables beside a file, in the order of `languages`.
struct TextFiles {
  google::protobuf::RepeatedPtrField<model::v1::TextTable> tables;
  // The number of the file of each table.
  std::vector<int> files;
};

// Reads the tables of texts of `name`. One that is missing is left out, since
// its texts are then reported one by one. False when one that exists cannot be
// used.
[[nodiscard]] bool ReadTexts(
    const Reading& reading, const std::string& name,
    const google::protobuf::RepeatedPtrField<std::string>& languages,
    TextFiles& texts);

// "a/b.textproto" → "a/b.texts.ru.textproto".
[[nodiscard]] std::string TextsName(absl::string_view name,
                                    absl::string_view language);

// What a file that cannot be read is called: "MISSING_FILE" or
// "UNREADABLE_FILE".
[[nodiscard]] const char* ReasonOf(const absl::Status& status);

// Adds the problem of a file that cannot be read.
void ReportUnreadable(const std::string& name, const absl::Status& status,
                      base::Problems& problems);

// Moves located problems of one part into the whole.
void Append(base::Problems& part, base::Problems& problems);

// The same, without what was said already of the same place for the same
// reason.
void AppendNew(base::Problems& part, base::Problems& problems);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_READ_FILES_H_
