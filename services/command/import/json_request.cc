#include "services/command/import/json_request.h"

#include <map>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"

namespace careroute::services {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::Struct;
using google::protobuf::Value;
using google::protobuf::util::JsonStringToMessage;
using google::protobuf::util::MessageToJsonString;

// In the order of their names, so that problems have one too.
std::map<std::string, const Value*> FieldsOf(const Struct& object) {
  std::map<std::string, const Value*> fields;
  for (const auto& [name, value] : object.fields()) fields[name] = &value;
  return fields;
}

// By the name in the proto and by that of JSON.
const FieldDescriptor* FindField(const Descriptor& type,
                                 const std::string& name) {
  const FieldDescriptor* const field = type.FindFieldByName(name);
  if (field != nullptr) return field;
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->json_name() == name) return type.field(i);
  }
  return nullptr;
}

// Whether the object with this field alone is a message of the type.
bool Fits(const Descriptor& type, const std::string& name, const Value& value) {
  Struct alone;
  (*alone.mutable_fields())[name] = value;
  std::string json;
  if (!MessageToJsonString(alone, &json).ok()) return false;
  const std::unique_ptr<Message> message(
      MessageFactory::generated_factory()->GetPrototype(&type)->New());
  return JsonStringToMessage(json, message.get()).ok();
}

std::string ExpectedOf(const FieldDescriptor& field) {
  std::string one = "a text in quotation marks";
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    one = absl::StrCat("a name of ", field.enum_type()->full_name());
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    one =
        field.message_type()->full_name() == "google.protobuf.Timestamp"
            ? "a time such as \"2026-03-02T10:00:00+10:00\""
            : absl::StrCat("an object of ", field.message_type()->full_name());
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    one = "true or false";
  } else if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    one = "a number";
  }
  return field.is_repeated() ? absl::StrCat("a list, each of it ", one) : one;
}

void FindWrong(const Struct& object, const Descriptor& type,
               base::Problems& problems);

// The objects below a field that are wrong; false when none is.
bool FindWrongBelow(const Value& value, const FieldDescriptor& field,
                    base::Problems& problems) {
  const size_t before = problems.list().size();
  const Descriptor* const type = field.message_type();
  if (type == nullptr) return false;
  if (!field.is_repeated() && value.has_struct_value()) {
    const auto at = problems.Enter(field.name());
    FindWrong(value.struct_value(), *type, problems);
  }
  int index = 0;
  for (const Value& one : value.list_value().values()) {
    const auto at = problems.Enter(field.name(), index++);
    if (one.has_struct_value()) FindWrong(one.struct_value(), *type, problems);
  }
  return problems.list().size() > before;
}

void FindWrong(const Struct& object, const Descriptor& type,
               base::Problems& problems) {
  bool unknown = false;
  for (const auto& [name, value] : FieldsOf(object)) {
    const FieldDescriptor* const field = FindField(type, name);
    if (field == nullptr) {
      unknown = true;  // its name may be anything, so it is not repeated
    } else if (!Fits(type, name, *value) &&
               !FindWrongBelow(*value, *field, problems)) {
      problems.Error(field->name(), "WRONG_KIND", "is not what the field holds",
                     absl::StrCat("write ", ExpectedOf(*field)));
    }
  }
  if (unknown) {
    problems.Error(
        "", "UNKNOWN_FIELD",
        absl::StrCat("has a field that ", type.full_name(), " does not have"),
        "use the names of the protos");
  }
}

}  // namespace

std::string CanonicalJson(const Value& value) {
  std::string text;
  switch (value.kind_case()) {
    case Value::kStructValue:
      for (const auto& [name, field] : FieldsOf(value.struct_value())) {
        absl::StrAppend(&text, text.empty() ? "" : ",", "\"",
                        absl::CEscape(name), "\":", CanonicalJson(*field));
      }
      return absl::StrCat("{", text, "}");
    case Value::kListValue:
      for (const Value& one : value.list_value().values()) {
        absl::StrAppend(&text, text.empty() ? "" : ",", CanonicalJson(one));
      }
      return absl::StrCat("[", text, "]");
    case Value::kStringValue:
      return absl::StrCat("\"", absl::CEscape(value.string_value()), "\"");
    case Value::kNumberValue:
      return absl::StrFormat("%.17g", value.number_value());
    case Value::kBoolValue:
      return value.bool_value() ? "true" : "false";
    default:
      return "null";
  }
}

bool ReadJsonRequest(const std::string& line, Message& request,
                     std::string& key, base::Problems& problems) {
  Value object;
  if (!JsonStringToMessage(line, object.mutable_struct_value()).ok()) {
    problems.Error("", "NOT_JSON", "the line is no JSON object",
                   "write one object a line, with nothing after it");
    return false;
  }
  key = CanonicalJson(object);
  request.Clear();
  if (JsonStringToMessage(line, &request).ok()) return true;
  FindWrong(object.struct_value(), *request.GetDescriptor(), problems);
  if (!problems.HasErrors()) {
    problems.Error("", "NOT_PARSED",
                   absl::StrCat("the line is no ", request.GetTypeName()),
                   "name each field once");
  }
  return false;
}

}  // namespace careroute::services
