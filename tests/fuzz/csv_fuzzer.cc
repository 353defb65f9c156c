// The CSV reader on any bytes: what it reads and writes again by the rules of
// RFC 4180 is read the same, it always comes to the end, and no record is
// larger than it may be. Where a record is whole and plain, a reader of five
// lines that knows no quotation agrees.

#include <cstdint>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "lib/base/check.h"
#include "services/command/import/csv_reader.h"

namespace careroute::fuzz {
namespace {

using services::CsvReader;
using services::CsvRecord;
using services::RowText;

std::vector<CsvRecord> Read(const std::string& bytes) {
  std::istringstream stream(bytes);
  RowText text(stream);
  CsvReader reader(text);
  std::vector<CsvRecord> records;
  int64_t line = 0;
  for (CsvRecord record; reader.Next(record);) {
    // Each begins on a line of its own.
    CAREROUTE_CHECK(record.line > line);
    line = record.line;
    records.push_back(std::move(record));
  }
  return records;
}

// Every cell in quotation marks, as any writer may do.
std::string Write(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) {
    if (!text.empty()) text += ',';
    text += '"' + absl::StrReplaceAll(cell, {{"\"", "\"\""}}) + '"';
  }
  return text + "\r\n";
}

void CheckRecord(const CsvRecord& record) {
  size_t size = 0;
  for (const std::string& cell : record.cells) size += cell.size();
  CAREROUTE_CHECK(size <= services::kRowBytesMax);
  CAREROUTE_CHECK(record.cells.size() <= services::kCellsMax);
  const std::vector<CsvRecord> again = Read(Write(record.cells));
  CAREROUTE_CHECK(again.size() == 1);
  CAREROUTE_CHECK(!again[0].problems.HasErrors());
  CAREROUTE_CHECK(again[0].cells == record.cells);
}

// Without quotation marks, returns and marks of order a file is divided at line
// feeds and commas, and at nothing else.
void CheckPlain(const std::string& bytes,
                const std::vector<CsvRecord>& records) {
  size_t at = 0;
  for (const std::string& line :
       std::vector<std::string>(absl::StrSplit(bytes, '\n'))) {
    if (line.empty()) continue;
    CAREROUTE_CHECK(at < records.size());
    const CsvRecord& record = records[at++];
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    CAREROUTE_CHECK(record.problems.HasErrors() || record.cells == cells);
  }
  CAREROUTE_CHECK(at == records.size());
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto records = careroute::fuzz::Read(bytes);
  for (const auto& record : records) {
    if (!record.problems.HasErrors()) careroute::fuzz::CheckRecord(record);
  }
  if (bytes.find_first_of("\"\r\xEF") == std::string::npos) {
    careroute::fuzz::CheckPlain(bytes, records);
  }
  return 0;
}
