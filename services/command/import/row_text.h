// services/command/import/row_text.h: the text of a file, a row at a time.
//
// What every form of file has in common: rows are read as they come, so that a
// file may be larger than memory; a row is bounded and valid UTF-8. What is
// wrong with a row is said without repeating a byte of it.

#ifndef CAREROUTE_SERVICES_COMMAND_IMPORT_ROW_TEXT_H_
#define CAREROUTE_SERVICES_COMMAND_IMPORT_ROW_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

#include "lib/base/problems.h"

namespace careroute::services {

// A request at the door has about the same bound. Notes are at most 2,000
// bytes; a longer row is a quote that was not closed, or another file.
inline constexpr size_t kRowBytesMax = size_t{64} << 10;

// Reads bytes and knows the line. Borrows the stream; for one thread.
class RowText {
 public:
  explicit RowText(std::istream& stream);

  static constexpr int kEnd = -1;
  // The next byte, or kEnd. A byte-order mark at the start is passed over.
  int Next();
  // The same, without taking it.
  [[nodiscard]] int Peek();
  // Goes on behind the next line feed.
  void SkipLine();

  // Of the next byte; 1 for the first.
  [[nodiscard]] int64_t line() const { return line_; }
  // Whether the file could not be read to its end.
  [[nodiscard]] bool failed() const { return stream_.bad(); }

 private:
  std::istream& stream_;
  int64_t line_ = 1;
};

// What is wrong with a row as such, each with its mend.
void RowTooLong(base::Problems& problems);
void RowNotUtf8(base::Problems& problems);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_IMPORT_ROW_TEXT_H_
