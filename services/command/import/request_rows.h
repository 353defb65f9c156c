// services/command/import/request_rows.h: the rows of a file as requests.
//
// CSV with a line of column names, or NDJSON: the JSON form of one request a
// line. Each request has a request id of its own: the one the row states, or
// one derived from what the row says, so that the same row is the same request
// whenever and wherever it stands. All that can be known to be wrong with a row
// before a hub is asked is known here.
//
//   RequestRows rows({.stream = file, .form = RowForm::kCsv,
//                     .kind = PersonRows()});
//   if (!rows.Open(problems)) ...       // of the header
//   for (RequestRow row; rows.Next(row);) {
//     if (row.problems.HasErrors()) ...
//   }

#ifndef CAREROUTE_SERVICES_COMMAND_IMPORT_REQUEST_ROWS_H_
#define CAREROUTE_SERVICES_COMMAND_IMPORT_REQUEST_ROWS_H_

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "lib/api/request_check.h"
#include "lib/base/problems.h"
#include "services/command/import/columns.h"
#include "services/command/import/csv_reader.h"
#include "services/command/import/row_text.h"

namespace careroute::services {

enum class RowForm { kCsv, kNdjson };

// That of the name's ending: .csv, .ndjson or .jsonl.
[[nodiscard]] std::optional<RowForm> FormOfName(absl::string_view file);

// Rows of one kind: what each asks.
struct RowKind {
  std::string word;                          // "persons"
  const google::protobuf::Message& request;  // an empty one
  const std::vector<Column>& columns;
  std::vector<std::string> required;  // columns
};
[[nodiscard]] const RowKind& PersonRows();
[[nodiscard]] const RowKind& CaseRows();

struct RequestRow {
  int64_t number = 0;  // 1 for the first after the header
  int64_t line = 0;    // it begins on
  std::unique_ptr<google::protobuf::Message> request;
  base::Problems problems;
};

// Not thread-safe.
class RequestRows {
 public:
  struct Options {
    std::istream& stream;
    RowForm form = RowForm::kCsv;
    const RowKind& kind;
    // Every request asks for a trial only.
    bool validate_only = false;
  };
  explicit RequestRows(const Options& options);

  // Reads the header of a CSV file. False, with problems, when no row could
  // be understood.
  [[nodiscard]] bool Open(base::Problems& problems);

  // False at the end.
  bool Next(RequestRow& row);

  // Whether the end was one of reading, not of the file.
  [[nodiscard]] bool failed() const { return text_.failed(); }

 private:
  // Each gives the key of what the row says, when it has no problem.
  bool NextRecord(RequestRow& row, std::string& key);
  bool NextLine(RequestRow& row, std::string& key);
  void FillFrom(const CsvRecord& record, RequestRow& row, std::string& key);
  void CheckHeader(const CsvRecord& record, base::Problems& problems);
  // What no row has to say.
  void Complete(const std::string& key, RequestRow& row) const;

  const Options options_;
  RowText text_;
  CsvReader csv_;
  api::RequestCheck rules_;
  std::vector<const Column*> header_;
  int64_t rows_ = 0;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_IMPORT_REQUEST_ROWS_H_
