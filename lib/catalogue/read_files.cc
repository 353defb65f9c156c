#include "lib/catalogue/read_files.h"

#include <set>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/catalogue/parse_file.h"

namespace careroute::catalogue {
namespace {

using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;
using model::v1::TextTable;

bool Exists(const FileReader& files, const std::string& name) {
  return !absl::IsNotFound(files.Read(name).status());
}

void CheckLanguage(const Reading& reading, const TextTable& table, int file,
                   const std::string& language) {
  if (table.language() == language) {
    return;
  }
  base::Problems wrong;
  wrong.Error("language", "WRONG_LANGUAGE",
              "the table is not of the language of its file name",
              absl::StrCat("write language: \"", language, "\""));
  reading.source_map.LocateIn(file, wrong);
  Append(wrong, reading.problems);
}

}  // namespace

int ReadMessage(const Reading& reading, const std::string& name,
                const ShapeOptions& shape, Message& message) {
  const absl::StatusOr<std::string> content = reading.files.Read(name);
  if (!content.ok()) {
    ReportUnreadable(name, content.status(), reading.problems);
    return -1;
  }
  ParsedFile parsed = ParseFile(name, *content, message, reading.problems);
  const int file = reading.source_map.AddFile(std::move(parsed.source));
  if (!parsed.ok) {
    return -1;
  }
  base::Problems shape_problems;
  const bool usable = CheckShape(message, shape, shape_problems);
  reading.source_map.LocateIn(file, shape_problems);
  Append(shape_problems, reading.problems);
  return usable ? file : -1;
}

bool ReadTexts(const Reading& reading, const std::string& name,
               const RepeatedPtrField<std::string>& languages,
               TextFiles& texts) {
  bool good = true;
  for (const std::string& language : languages) {
    const std::string texts_name = TextsName(name, language);
    if (!IsFileName(texts_name) || !Exists(reading.files, texts_name)) {
      continue;
    }
    TextTable table;
    const int file = ReadMessage(reading, texts_name, {}, table);
    if (file < 0) {
      good = false;
      continue;
    }
    CheckLanguage(reading, table, file, language);
    *texts.tables.Add() = std::move(table);
    texts.files.push_back(file);
  }
  return good;
}

std::string TextsName(absl::string_view name, absl::string_view language) {
  absl::string_view extension = ".textproto";
  if (absl::ConsumeSuffix(&name, ".json")) {
    extension = ".json";
  } else {
    absl::ConsumeSuffix(&name, ".textproto");
  }
  return absl::StrCat(name, ".texts.", language, extension);
}

const char* ReasonOf(const absl::Status& status) {
  return absl::IsNotFound(status) ? "MISSING_FILE" : "UNREADABLE_FILE";
}

void ReportUnreadable(const std::string& name, const absl::Status& status,
                      base::Problems& problems) {
  base::Problem problem;
  problem.file = name;
  problem.reason = ReasonOf(status);
  problem.message = std::string(status.message());
  problem.mend = "name a readable file of the catalogue";
  problems.Add(std::move(problem));
}

void Append(base::Problems& part, base::Problems& problems) {
  for (base::Problem& problem : part.list()) {
    problems.Add(std::move(problem));
  }
}

void AppendNew(base::Problems& part, base::Problems& problems) {
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (const base::Problem& problem : problems.list()) {
    seen.emplace(problem.file, problem.path, problem.reason);
  }
  for (base::Problem& problem : part.list()) {
    if (seen.find({problem.file, problem.path, problem.reason}) == seen.end()) {
      problems.Add(std::move(problem));
    }
  }
}

}  // namespace careroute::catalogue
