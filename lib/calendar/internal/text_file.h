// lib/calendar/internal/text_file.h: textproto with a line for every mistake.
//
// Protobuf's own parser says where the text breaks; what a later check finds
// it knows only by path. Here both end as Problems with file, line and column.
//
//   CalendarEdition edition;
//   TextFile file({.name = "ru.textproto", .text = text});
//   if (file.Parse(edition, problems)) { ... check, then ... }
//   file.Locate(edition, own_problems);

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_TEXT_FILE_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_TEXT_FILE_H_

#include <string>

#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "lib/base/problems.h"

namespace careroute::calendar::internal {

// Borrows the name and text it is given. Not thread-safe.
class TextFile {
 public:
  struct Source {
    const std::string& name;
    const std::string& text;
  };
  explicit TextFile(Source source) : name_(source.name), text_(source.text) {}

  // Reads the text into `message`. False, with the problems and their lines
  // added, when it is too large, not UTF-8 or no such message.
  [[nodiscard]] bool Parse(google::protobuf::Message& message,
                           base::Problems& problems);

  // Names file, line and column of each problem by its path inside `message`,
  // which Parse has filled. What stands nowhere is placed at what contains it.
  void Locate(const google::protobuf::Message& message,
              base::Problems& problems) const;

 private:
  const std::string& name_;
  const std::string& text_;
  google::protobuf::TextFormat::ParseInfoTree tree_;
};

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_TEXT_FILE_H_
