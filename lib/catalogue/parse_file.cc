#include "lib/catalogue/parse_file.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "lib/base/clip.h"
#include "lib/base/utf8.h"

namespace careroute::catalogue {
namespace {

using google::protobuf::Message;
using google::protobuf::TextFormat;

// What some editors put before a text of UTF-8; no part of it.
constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";

base::Problem ProblemAt(const std::string& file, int line, int column) {
  base::Problem problem;
  problem.file = file;
  problem.line = line;
  problem.column = column;
  return problem;
}

void Refuse(const std::string& file, int line, const char* reason,
            std::string message, std::string mend, base::Problems& problems) {
  base::Problem problem = ProblemAt(file, line, 0);
  problem.reason = reason;
  problem.message = std::move(message);
  problem.mend = std::move(mend);
  problems.Add(std::move(problem));
}

// The parser repeats what it cannot read, however long that is.
constexpr size_t kRepeatedBytesMax = 300;

// Turns what the parser reports into problems. A field nobody knows is only a
// warning to the parser, so that it reads on and all of them are found.
class Collector final : public google::protobuf::io::ErrorCollector {
 public:
  Collector(const std::string& file, base::Problems& problems)
      : file_(file), problems_(problems) {}

  void AddError(int line, int column, const std::string& message) override {
    Report(line, column, "NOT_PARSEABLE", message,
           "write it as protobuf text format");
  }
  void AddWarning(int line, int column, const std::string& message) override {
    Report(line, column, "UNKNOWN_FIELD", message,
           "use a field of the message, or remove it");
  }

  [[nodiscard]] bool found_any() const { return found_any_; }

 private:
  void Report(int line, int column, const char* reason, const std::string& text,
              const char* mend) {
    const std::string message = base::Clip(text, kRepeatedBytesMax);
    found_any_ = true;
    base::Problem problem = ProblemAt(file_, line + 1, column + 1);
    problem.reason = reason;
    problem.message = message;
    problem.mend = mend;
    problems_.Add(std::move(problem));
  }

  const std::string& file_;
  base::Problems& problems_;
  bool found_any_ = false;
};

// A scanner that knows just enough of text format and JSON to count: comments,
// quoted strings, brackets.
struct Scan {
  absl::string_view text;
  size_t at = 0;
  int line = 1;
  int depth = 0;
  int deepest = 0;
  int elements = 0;

  void SkipComment() {
    while (at < text.size() && text[at] != '\n') {
      ++at;
    }
  }

  void SkipString(char quote) {
    for (++at; at < text.size() && text[at] != quote && text[at] != '\n';
         ++at) {
      if (text[at] == '\\') {
        ++at;
      }
    }
    ++at;
  }

  // Reads one character or one comment or string.
  void Step() {
    const char c = text[at];
    switch (c) {
      case '#':
        SkipComment();
        return;
      case '"':
      case '\'':
        ++elements;
        SkipString(c);
        return;
      case '{':
      case '<':
      case '[':
        ++elements;
        deepest = std::max(deepest, ++depth);
        break;
      case '}':
      case '>':
      case ']':
        --depth;
        break;
      case ':':
      case ',':
        ++elements;
        break;
      case '\n':
        ++line;
        break;
      default:
        break;
    }
    ++at;
  }
};

// The first line that is not UTF-8 by itself. No character reaches over a line
// feed, so the lines before it are whole.
int LineOfWrongUtf8(absl::string_view content) {
  int line = 1;
  for (const absl::string_view text : absl::StrSplit(content, '\n')) {
    if (!base::IsValidUtf8(text)) {
      return line;
    }
    ++line;
  }
  return 0;
}

bool ParseJson(const std::string& name, const std::string& content,
               Message& message, base::Problems& problems) {
  const google::protobuf::util::Status status =
      google::protobuf::util::JsonStringToMessage(content, &message);
  if (status.ok()) {
    return true;
  }
  Refuse(name, 0, "NOT_PARSEABLE", std::string(status.message()),
         "write it as the JSON form of the message", problems);
  return false;
}

bool ParseTextFormat(const std::string& name, const std::string& content,
                     Message& message, TextFormat::ParseInfoTree& tree,
                     base::Problems& problems) {
  Collector collector(name, problems);
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.WriteLocationsTo(&tree);
  parser.SetRecursionLimit(kTextDepthMax);
  parser.AllowUnknownField(true);
  const bool parsed = parser.ParseFromString(content, &message);
  return parsed && !collector.found_any();
}

}  // namespace

bool ScanText(const std::string& name, absl::string_view content,
              base::Problems& problems) {
  Scan scan = {.text = content};
  while (scan.at < content.size()) {
    scan.Step();
    if (scan.deepest > kTextDepthMax) {
      Refuse(name, scan.line, "TOO_DEEP",
             absl::StrCat("is nested deeper than ", kTextDepthMax, " levels"),
             "flatten it", problems);
      return false;
    }
    if (scan.elements > kTextElementsMax) {
      Refuse(name, scan.line, "TOO_MANY",
             absl::StrCat("has more than ", kTextElementsMax, " elements"),
             "divide it into several files", problems);
      return false;
    }
  }
  return true;
}

ParsedFile ParseFile(const std::string& name, const std::string& written,
                     Message& message, base::Problems& problems) {
  ParsedFile parsed;
  const std::string content(absl::StripPrefix(written, kByteOrderMark));
  parsed.source.name = name;
  parsed.source.message = message.GetDescriptor();
  if (!base::IsValidUtf8(content)) {
    Refuse(name, LineOfWrongUtf8(content), "NOT_UTF8", "is not UTF-8",
           "save it as UTF-8", problems);
    return parsed;
  }
  if (!ScanText(name, content, problems)) {
    return parsed;
  }
  if (absl::EndsWith(name, ".json")) {
    parsed.ok = ParseJson(name, content, message, problems);
    return parsed;
  }
  auto tree = std::make_unique<TextFormat::ParseInfoTree>();
  parsed.ok = ParseTextFormat(name, content, message, *tree, problems);
  parsed.source.tree = std::move(tree);
  return parsed;
}

}  // namespace careroute::catalogue
