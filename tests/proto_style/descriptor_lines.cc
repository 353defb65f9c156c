#include "tests/proto_style/descriptor_lines.h"

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;

std::string PlainType(const pb::FieldDescriptor& field) {
  if (field.message_type() != nullptr) {
    return field.message_type()->full_name();
  }
  if (field.enum_type() != nullptr) {
    return field.enum_type()->full_name();
  }
  return field.type_name();
}

std::string TypeOf(const pb::FieldDescriptor& field) {
  if (field.is_map()) {
    return absl::StrCat("map<", PlainType(*field.message_type()->map_key()),
                        ",", PlainType(*field.message_type()->map_value()),
                        ">");
  }
  std::string type = PlainType(field);
  if (field.is_repeated()) {
    return "repeated:" + type;
  }
  if (field.real_containing_oneof() != nullptr) {
    return absl::StrCat("oneof:", field.real_containing_oneof()->name(), ":",
                        type);
  }
  return field.has_optional_keyword() ? "optional:" + type : type;
}

// Ranges of enums include their end, those of messages do not; both are written
// number by number, so that a later split of a range changes nothing.
void AddReserved(const std::string& owner, int first, int last,
                 std::vector<std::string>& lines) {
  for (int number = first; number <= last; ++number) {
    lines.push_back(absl::StrCat("reserved ", owner, " ", number));
  }
}

void AddMessage(const pb::Descriptor& message,
                std::vector<std::string>& lines) {
  lines.push_back(absl::StrCat("message ", message.full_name()));
  std::map<int, const pb::FieldDescriptor*> by_number;
  for (int i = 0; i < message.field_count(); ++i) {
    by_number[message.field(i)->number()] = message.field(i);
  }
  for (const auto& [number, field] : by_number) {
    lines.push_back(absl::StrCat("field ", message.full_name(), " ", number,
                                 " ", TypeOf(*field), " ", field->name()));
  }
  for (int i = 0; i < message.reserved_range_count(); ++i) {
    AddReserved(message.full_name(), message.reserved_range(i)->start,
                message.reserved_range(i)->end - 1, lines);
  }
}

void AddEnum(const pb::EnumDescriptor& type, std::vector<std::string>& lines) {
  lines.push_back(absl::StrCat("enum ", type.full_name()));
  for (int i = 0; i < type.value_count(); ++i) {
    lines.push_back(absl::StrCat("value ", type.full_name(), " ",
                                 type.value(i)->number(), " ",
                                 type.value(i)->name()));
  }
  for (int i = 0; i < type.reserved_range_count(); ++i) {
    AddReserved(type.full_name(), type.reserved_range(i)->start,
                type.reserved_range(i)->end, lines);
  }
}

void AddMethod(const pb::MethodDescriptor& method,
               std::vector<std::string>& lines) {
  lines.push_back(absl::StrCat("method ", method.service()->full_name(), " ",
                               method.name(), " ",
                               method.client_streaming() ? "stream:" : "",
                               method.input_type()->full_name(), " ",
                               method.server_streaming() ? "stream:" : "",
                               method.output_type()->full_name()));
}

// "field careroute.model.v1.Case 1" of a line: what must stay what it is.
std::string KeyOf(absl::string_view line) {
  std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  words.resize(std::min<size_t>(words.size(), 3));
  return absl::StrJoin(words, " ");
}

// "reserved careroute.model.v1.Case 1" for the key of a field or value.
std::string ReservedKeyOf(absl::string_view key) {
  return absl::StrCat("reserved", key.substr(key.find(' ')));
}

}  // namespace

std::vector<std::string> DescriptorLines(const Schema& schema) {
  std::vector<std::string> lines;
  schema.ForEachMessage(
      [&](const pb::Descriptor& message) { AddMessage(message, lines); });
  schema.ForEachEnum(
      [&](const pb::EnumDescriptor& type) { AddEnum(type, lines); });
  schema.ForEachMethod(
      [&](const pb::MethodDescriptor& method) { AddMethod(method, lines); });
  return lines;
}

std::vector<std::string> Breaks(const std::vector<std::string>& before,
                                const std::vector<std::string>& after) {
  std::map<std::string, std::string> now;
  for (const std::string& line : after) {
    now[KeyOf(line)] = line;
  }
  std::vector<std::string> breaks;
  for (const std::string& line : before) {
    const std::string key = KeyOf(line);
    const auto found = now.find(key);
    if (found == now.end()) {
      const bool numbered =
          absl::StartsWith(key, "field ") || absl::StartsWith(key, "value ");
      if (!numbered || !now.contains(ReservedKeyOf(key))) {
        breaks.push_back(
            absl::StrCat("removed: ", line,
                         numbered ? "; reserve its number and name" : ""));
      }
    } else if (found->second != line) {
      breaks.push_back(
          absl::StrCat("changed: ", line, "; it is now: ", found->second));
    }
  }
  return breaks;
}

}  // namespace careroute::proto_style
