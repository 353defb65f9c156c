#include "services/command/import/request_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "lib/base/uid.h"
#include "lib/base/utf8.h"
#include "services/command/import/json_request.h"
#include "services/command/import/uuid.h"

namespace careroute::services {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string NamesOf(const std::vector<Column>& columns) {
  return absl::StrJoin(columns, ", ", [](std::string* out, const Column& one) {
    absl::StrAppend(out, one.name);
  });
}

}  // namespace

std::optional<RowForm> FormOfName(absl::string_view file) {
  if (absl::EndsWithIgnoreCase(file, ".csv")) return RowForm::kCsv;
  if (absl::EndsWithIgnoreCase(file, ".ndjson") ||
      absl::EndsWithIgnoreCase(file, ".jsonl")) {
    return RowForm::kNdjson;
  }
  return std::nullopt;
}

const RowKind& PersonRows() {
  static const auto& kind = *new RowKind{
      .word = "persons",
      .request = api::v1::RegisterPersonRequest::default_instance(),
      .columns = PersonColumns()};
  return kind;
}

const RowKind& CaseRows() {
  static const auto& kind =
      *new RowKind{.word = "cases",
                   .request = api::v1::ReportNeedRequest::default_instance(),
                   .columns = CaseColumns(),
                   .required = {"pathway", "entry"}};
  return kind;
}

RequestRows::RequestRows(const Options& options)
    : options_(options), text_(options.stream), csv_(text_) {
  rules_.Prepare(*options_.kind.request.GetDescriptor());
}

bool RequestRows::Open(base::Problems& problems) {
  if (options_.form == RowForm::kNdjson) {
    (void)text_.Peek();  // a folder fails here
    return true;
  }
  CsvRecord record;
  if (!csv_.Next(record)) {
    problems.Error(
        "", "EMPTY", "the file has no line of column names",
        absl::StrCat("begin with one: ", NamesOf(options_.kind.columns)));
    return false;
  }
  for (const base::Problem& one : record.problems.list()) problems.Add(one);
  if (!problems.HasErrors()) CheckHeader(record, problems);
  return !problems.HasErrors();
}

// A file without a header begins with a person: what stands there is told by
// its place.
void RequestRows::CheckHeader(const CsvRecord& record,
                              base::Problems& problems) {
  const std::vector<Column>& columns = options_.kind.columns;
  std::set<std::string> seen;
  for (size_t i = 0; i < record.cells.size(); ++i) {
    const std::string name(absl::StripAsciiWhitespace(record.cells[i]));
    header_.push_back(FindColumn(columns, name));
    if (header_.back() == nullptr) {
      problems.Error(
          "", "UNKNOWN_COLUMN",
          absl::StrCat("column ", i + 1, " of the first line is not known"),
          absl::StrCat("separate columns by commas, and use these "
                       "names: ",
                       NamesOf(columns)));
    } else if (!seen.insert(name).second) {
      problems.Error(name, "TWICE", "the column is there twice",
                     "keep one of the two");
    }
  }
  for (const std::string& name : options_.kind.required) {
    if (seen.count(name) == 0) {
      problems.Error(name, "NO_COLUMN", "the column is missing",
                     "add it, with a value in each row");
    }
  }
}

bool RequestRows::Next(RequestRow& row) {
  row = RequestRow{
      .number = rows_ + 1,
      .request = std::unique_ptr<Message>(options_.kind.request.New())};
  std::string key;
  if (!(options_.form == RowForm::kCsv ? NextRecord(row, key)
                                       : NextLine(row, key))) {
    return false;
  }
  ++rows_;
  if (row.problems.HasErrors()) return true;
  Complete(key, row);
  rules_.Check(*row.request, row.problems);
  return true;
}

bool RequestRows::NextRecord(RequestRow& row, std::string& key) {
  CsvRecord record;
  if (!csv_.Next(record)) return false;
  row.line = record.line;
  row.problems = std::move(record.problems);
  if (row.problems.HasErrors()) return true;
  if (record.cells.size() != header_.size()) {
    row.problems.Error(
        "", "WRONG_COUNT",
        absl::StrCat("has ", record.cells.size(),
                     " cells where the first line has ", header_.size()),
        "write a cell for each column, empty where there is "
        "nothing to say");
    return true;
  }
  FillFrom(record, row, key);
  return true;
}

// The key does not depend on the order of columns, nor on empty ones.
void RequestRows::FillFrom(const CsvRecord& record, RequestRow& row,
                           std::string& key) {
  std::vector<std::string> said;
  for (size_t i = 0; i < header_.size(); ++i) {
    const std::string text(absl::StripAsciiWhitespace(record.cells[i]));
    if (text.empty()) continue;
    SetColumn(*header_[i], text, *row.request, row.problems);
    said.push_back(
        absl::StrCat(header_[i]->name, "\n", text.size(), "\n", text));
  }
  std::sort(said.begin(), said.end());
  key = absl::StrJoin(said, "\n");
}

bool RequestRows::NextLine(RequestRow& row, std::string& key) {
  std::string line;
  while (line.empty()) {
    if (text_.Peek() == RowText::kEnd) return false;
    row.line = text_.line();
    for (int byte = text_.Next(); byte != RowText::kEnd && byte != '\n';
         byte = text_.Next()) {
      line.push_back(static_cast<char>(byte));
      if (line.size() > kRowBytesMax) {
        RowTooLong(row.problems);
        text_.SkipLine();
        return true;
      }
    }
    line = std::string(absl::StripAsciiWhitespace(line));
  }
  if (!base::IsValidUtf8(line)) {
    RowNotUtf8(row.problems);
  } else {
    (void)ReadJsonRequest(line, *row.request, key, row.problems);
  }
  return true;
}

void RequestRows::Complete(const std::string& key, RequestRow& row) const {
  Message& request = *row.request;
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  const auto& reflection = *request.GetReflection();
  const FieldDescriptor* const id = type.FindFieldByName("request_id");
  if (reflection.GetString(request, id).empty()) {
    reflection.SetString(
        &request, id,
        UuidOf(base::DeriveUid({"import", options_.kind.word, key})));
  }
  if (options_.validate_only) {
    reflection.SetBool(&request, type.FindFieldByName("validate_only"), true);
  }
}

}  // namespace careroute::services
