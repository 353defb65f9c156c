#include "services/command/message_file.h"

#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "lib/base/utf8.h"

namespace careroute::services {
namespace {

// Messages of the directory are five levels deep.
constexpr int kTextDepthMax = 32;

// Puts what the parser finds into problems.
class Collector final : public google::protobuf::io::ErrorCollector {
 public:
  Collector(std::string file, base::Problems& problems)
      : file_(std::move(file)), problems_(problems) {}

  // The parser counts lines and columns from 0.
  void AddError(int line, int column, const std::string& message) override {
    problems_.Add({.file = file_,
                   .line = line + 1,
                   .column = column + 1,
                   .reason = "NOT_PARSED",
                   .message = message,
                   .mend = "write it as its message in the protos"});
  }

 private:
  std::string file_;
  base::Problems& problems_;
};

bool ParseJson(const std::string& path, const std::string& text,
               google::protobuf::Message& message, base::Problems& problems) {
  const auto status =
      google::protobuf::util::JsonStringToMessage(text, &message);
  if (status.ok()) return true;
  problems.Add({.file = path,
                .reason = "NOT_PARSED",
                .message = std::string(status.message()),
                .mend = "write it as JSON of its message in the protos"});
  return false;
}

}  // namespace

std::optional<std::string> ReadTextFile(const std::string& path,
                                        base::Problems& problems) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file) {
    text.resize(kMessageFileBytesMax + 1);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad()) {
    problems.Add({.file = path,
                  .reason = "NOT_READ",
                  .message = "the file cannot be read",
                  .mend = "name a file that exists and may be read"});
    return std::nullopt;
  }
  if (text.size() > kMessageFileBytesMax || !base::IsValidUtf8(text)) {
    problems.Add({.file = path,
                  .reason = "WRONG_FILE",
                  .message = "the file is larger than 64 MiB or no UTF-8",
                  .mend = "name a file of text"});
    return std::nullopt;
  }
  return text;
}

bool ReadMessageFile(const std::string& path,
                     google::protobuf::Message& message,
                     base::Problems& problems) {
  const std::optional<std::string> text = ReadTextFile(path, problems);
  if (!text.has_value()) return false;
  if (absl::EndsWith(path, ".json")) {
    return ParseJson(path, *text, message, problems);
  }
  Collector collector(path, problems);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.SetRecursionLimit(kTextDepthMax);
  return parser.ParseFromString(*text, &message);
}

}  // namespace careroute::services
