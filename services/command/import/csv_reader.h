// services/command/import/csv_reader.h: records of a CSV file, as RFC 4180 has
// them.
//
// Commas between cells; a cell that holds a comma, a quotation mark or a line
// end stands in quotation marks, and a mark in it is doubled. Lines end with
// LF or CR LF. Whatever else a spreadsheet might have meant is an error of the
// record, not a guess.
//
//   CsvReader reader(text);
//   for (CsvRecord record; reader.Next(record);) {
//     if (record.problems.HasErrors()) ...
//   }

#ifndef CAREROUTE_SERVICES_COMMAND_IMPORT_CSV_READER_H_
#define CAREROUTE_SERVICES_COMMAND_IMPORT_CSV_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/problems.h"
#include "services/command/import/row_text.h"

namespace careroute::services {

// Three times what any file of ours has.
inline constexpr size_t kCellsMax = 200;

struct CsvRecord {
  int64_t line = 0;  // it begins on
  std::vector<std::string> cells;
  // What is wrong with it; then the cells mean nothing.
  base::Problems problems;
};

// Not thread-safe. Borrows the text.
class CsvReader {
 public:
  explicit CsvReader(RowText& text) : text_(text) {}

  // False at the end. A line without anything is no record. After a record
  // that is damaged it goes on with the next line.
  bool Next(CsvRecord& record);

 private:
  enum class After { kCell, kRecord, kDamage };
  After ReadCell(CsvRecord& record);
  After ReadQuoted(CsvRecord& record, std::string& cell);
  After ReadPlain(CsvRecord& record, std::string& cell);
  // What follows a cell: a comma, or the end of the line or of the text.
  After ReadEnd(CsvRecord& record);
  After LoneReturn(CsvRecord& record);
  After Damage(CsvRecord& record, const char* message, const char* mend);
  // False, and a problem, when the record is as long as it may be.
  bool Take(CsvRecord& record, int byte, std::string& cell);

  RowText& text_;
  size_t bytes_ = 0;  // of the record
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_IMPORT_CSV_READER_H_
