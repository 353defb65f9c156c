#include "lib/calendar/internal/text_file.h"

#include <cstddef>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/tokenizer.h"
#include "lib/base/utf8.h"

namespace careroute::calendar::internal {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

// A calendar of three centuries with every move stated is a tenth of it.
constexpr size_t kFileBytesMax = size_t{1} << 20;
// Edition, zone, offset, source: a calendar is four levels deep.
constexpr int kDepthMax = 8;

class SyntaxErrors : public google::protobuf::io::ErrorCollector {
 public:
  SyntaxErrors(const std::string& file, base::Problems& problems)
      : file_(file), problems_(problems) {}

  void AddError(int line, int column, const std::string& message) override {
    problems_.Add({.file = file_,
                   .line = line + 1,
                   .column = column + 1,
                   .reason = "SYNTAX",
                   .message = message,
                   .mend = "write it as a CalendarEdition in textproto"});
  }

 private:
  const std::string& file_;
  base::Problems& problems_;
};

// One step of a path: "years[2]" is the field "years" and the index 2.
struct PathPart {
  std::string field;
  int index = -1;
};

PathPart ReadPart(absl::string_view text) {
  PathPart part;
  const size_t bracket = text.find('[');
  part.field = std::string(text.substr(0, bracket));
  if (bracket != absl::string_view::npos) {
    const absl::string_view rest = text.substr(bracket + 1);
    if (!absl::SimpleAtoi(rest.substr(0, rest.find(']')), &part.index)) {
      part.index = -1;
    }
  }
  return part;
}

struct Location {
  int line = 1;
  int column = 1;
};

// Follows `path` as far as the text goes.
Location Find(const Descriptor* descriptor,
              const TextFormat::ParseInfoTree* tree, absl::string_view path) {
  Location location;
  for (const absl::string_view text : absl::StrSplit(path, '.')) {
    const PathPart part = ReadPart(text);
    const FieldDescriptor* field = descriptor->FindFieldByName(part.field);
    if (field == nullptr || field->is_repeated() != (part.index >= 0)) {
      break;
    }
    const auto at = tree->GetLocation(field, part.index);
    if (at.line < 0) {
      break;
    }
    location = {.line = at.line + 1, .column = at.column + 1};
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      break;
    }
    tree = tree->GetTreeForNested(field, part.index);
    descriptor = field->message_type();
    if (tree == nullptr) {
      break;
    }
  }
  return location;
}

}  // namespace

bool TextFile::Parse(google::protobuf::Message& message,
                     base::Problems& problems) {
  if (text_.size() > kFileBytesMax) {
    problems.Add({.file = name_,
                  .reason = "TOO_LARGE",
                  .message = "is larger than 1 MiB",
                  .mend = "leave out what is no calendar"});
    return false;
  }
  if (!base::IsValidUtf8(text_)) {
    problems.Add({.file = name_,
                  .reason = "NOT_UTF8",
                  .message = "is not UTF-8",
                  .mend = "save the file as UTF-8"});
    return false;
  }
  SyntaxErrors errors(name_, problems);
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(&tree_);
  parser.SetRecursionLimit(kDepthMax);
  return parser.ParseFromString(text_, &message);
}

void TextFile::Locate(const google::protobuf::Message& message,
                      base::Problems& problems) const {
  for (base::Problem& problem : problems.list()) {
    const Location at = Find(message.GetDescriptor(), &tree_, problem.path);
    problem.file = name_;
    problem.line = at.line;
    problem.column = at.column;
  }
}

}  // namespace careroute::calendar::internal
