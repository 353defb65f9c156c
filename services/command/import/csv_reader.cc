#include "services/command/import/csv_reader.h"

#include <algorithm>
#include <utility>

#include "lib/base/utf8.h"

namespace careroute::services {

bool CsvReader::Next(CsvRecord& record) {
  // Lines without anything, such as the last one of most files.
  bool lone_return = false;
  while (!lone_return && (text_.Peek() == '\n' || text_.Peek() == '\r')) {
    lone_return = text_.Next() == '\r' && text_.Peek() != '\n';
  }
  if (!lone_return && text_.Peek() == RowText::kEnd) return false;
  record = CsvRecord{.line = text_.line()};
  if (lone_return) {
    LoneReturn(record);
    return true;
  }
  bytes_ = 0;
  After after = After::kCell;
  while (after == After::kCell) after = ReadCell(record);
  if (after == After::kDamage) return true;
  if (!std::all_of(
          record.cells.begin(), record.cells.end(),
          [](const std::string& cell) { return base::IsValidUtf8(cell); })) {
    RowNotUtf8(record.problems);
  }
  return true;
}

CsvReader::After CsvReader::ReadCell(CsvRecord& record) {
  if (record.cells.size() == kCellsMax) {
    return Damage(record, "the row has more than 200 cells",
                  "keep the columns that are known; see --help");
  }
  std::string cell;
  After after = After::kCell;
  if (text_.Peek() == '"') {
    text_.Next();
    after = ReadQuoted(record, cell);
  } else {
    after = ReadPlain(record, cell);
  }
  if (after != After::kDamage) record.cells.push_back(std::move(cell));
  return after;
}

bool CsvReader::Take(CsvRecord& record, int byte, std::string& cell) {
  if (++bytes_ > kRowBytesMax) {
    RowTooLong(record.problems);
    return false;
  }
  cell.push_back(static_cast<char>(byte));
  return true;
}

CsvReader::After CsvReader::ReadQuoted(CsvRecord& record, std::string& cell) {
  while (true) {
    const int byte = text_.Next();
    if (byte == RowText::kEnd) {
      return Damage(record, "the file ends inside a quotation",
                    "close the quotation mark");
    }
    if (byte == '"') {
      if (text_.Peek() != '"') return ReadEnd(record);
      text_.Next();
    }
    if (!Take(record, byte, cell)) {
      text_.SkipLine();
      return After::kDamage;
    }
  }
}

CsvReader::After CsvReader::ReadPlain(CsvRecord& record, std::string& cell) {
  while (true) {
    const int byte = text_.Peek();
    if (byte == ',' || byte == '\n' || byte == '\r' || byte == RowText::kEnd) {
      return ReadEnd(record);
    }
    if (byte == '"') {
      return Damage(record, "a quotation mark stands inside a cell",
                    "put the whole cell in quotation marks and double those "
                    "inside it");
    }
    text_.Next();
    if (!Take(record, byte, cell)) {
      text_.SkipLine();
      return After::kDamage;
    }
  }
}

CsvReader::After CsvReader::ReadEnd(CsvRecord& record) {
  const int byte = text_.Next();
  if (byte == ',') return After::kCell;
  if (byte == '\n' || byte == RowText::kEnd) return After::kRecord;
  if (byte == '\r' && text_.Peek() == '\n') {
    text_.Next();
    return After::kRecord;
  }
  return byte == '\r'
             ? LoneReturn(record)
             : Damage(record, "something follows a closed quotation",
                      "put a comma after the quotation mark, or double it");
}

CsvReader::After CsvReader::LoneReturn(CsvRecord& record) {
  return Damage(record, "a carriage return stands without a line feed",
                "end lines with LF or CR LF");
}

CsvReader::After CsvReader::Damage(CsvRecord& record, const char* message,
                                   const char* mend) {
  record.problems.Error("", "NOT_CSV", message, mend);
  text_.SkipLine();
  return After::kDamage;
}

}  // namespace careroute::services
