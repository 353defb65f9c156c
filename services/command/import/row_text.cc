#include "services/command/import/row_text.h"

#include "absl/strings/string_view.h"

namespace careroute::services {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

RowText::RowText(std::istream& stream) : stream_(stream) {
  size_t read = 0;
  while (read < kByteOrderMark.size() &&
         stream_.peek() == static_cast<unsigned char>(kByteOrderMark[read])) {
    stream_.get();
    ++read;
  }
  // A part of a mark is no text either, and is found to be no UTF-8.
  if (read > 0 && read < kByteOrderMark.size()) {
    stream_.clear();
    for (; read > 0; --read) stream_.unget();
  }
}

int RowText::Next() {
  const int byte = stream_.get();
  if (byte == std::istream::traits_type::eof()) return kEnd;
  if (byte == '\n') ++line_;
  return byte;
}

int RowText::Peek() {
  const int byte = stream_.peek();
  return byte == std::istream::traits_type::eof() ? kEnd : byte;
}

void RowText::SkipLine() {
  for (int byte = Next(); byte != kEnd && byte != '\n'; byte = Next()) {
  }
}

void RowTooLong(base::Problems& problems) {
  problems.Error("", "TOO_LONG", "the row is longer than 64 KiB",
                 "close the quotation mark that is open, or shorten the note");
}

void RowNotUtf8(base::Problems& problems) {
  problems.Error("", "INVALID_UTF8", "the row is no UTF-8",
                 "save the file in UTF-8");
}

}  // namespace careroute::services
