#include "services/hub/generate/json_fields.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"

namespace careroute::services {

using google::protobuf::Struct;
using google::protobuf::Value;

const Value* JsonFields::Find(const std::string& name) {
  asked_.insert(name);
  const auto found = object_.fields().find(name);
  return found == object_.fields().end() ? nullptr : &found->second;
}

void JsonFields::WrongKind(const std::string& name, const char* expected) {
  problems_.Error(name, "WRONG_KIND", absl::StrCat("is not ", expected),
                  absl::StrCat("write ", expected));
}

int JsonFields::Number(const std::string& name, const Bounds& bounds) {
  const Value* const value = Find(name);
  if (value == nullptr && bounds.otherwise.has_value()) {
    return static_cast<int>(*bounds.otherwise);
  }
  const std::string expected =
      absl::StrCat("a whole number from ", bounds.min, " to ", bounds.max);
  const bool number =
      value != nullptr && value->kind_case() == Value::kNumberValue;
  const double given = number ? value->number_value() : NAN;
  if (!number || given != std::floor(given) ||
      given < static_cast<double>(bounds.min) ||
      given > static_cast<double>(bounds.max)) {
    WrongKind(name, expected.c_str());
    return static_cast<int>(bounds.min);
  }
  return static_cast<int>(given);
}

std::string JsonFields::TextOrNone(const std::string& name) {
  const Value* const value = Find(name);
  if (value == nullptr) return "";
  if (value->kind_case() != Value::kStringValue) WrongKind(name, "a text");
  return value->string_value();
}

std::string JsonFields::Text(const std::string& name) {
  std::string text = TextOrNone(name);
  if (text.empty()) {
    problems_.Error(name, "EMPTY", "is missing", "write a text");
  }
  return text;
}

std::vector<std::string> JsonFields::Texts(const std::string& name) {
  std::vector<std::string> texts;
  const Value* const list = Find(name);
  if (list == nullptr) return texts;
  for (const Value& one : list->list_value().values()) {
    if (one.kind_case() == Value::kStringValue) {
      texts.push_back(one.string_value());
    }
  }
  if (list->kind_case() != Value::kListValue ||
      texts.size() != static_cast<size_t>(list->list_value().values_size())) {
    WrongKind(name, "a list of texts");
  }
  return texts;
}

std::vector<const Struct*> JsonFields::Objects(const std::string& name) {
  std::vector<const Struct*> objects;
  const Value* const list = Find(name);
  if (list == nullptr) return objects;
  for (const Value& one : list->list_value().values()) {
    if (one.kind_case() == Value::kStructValue) {
      objects.push_back(&one.struct_value());
    }
  }
  if (list->kind_case() != Value::kListValue ||
      objects.size() != static_cast<size_t>(list->list_value().values_size())) {
    WrongKind(name, "a list of objects");
  }
  return objects;
}

const Struct* JsonFields::Object(const std::string& name) {
  const Value* const value = Find(name);
  if (value != nullptr && value->kind_case() == Value::kStructValue) {
    return &value->struct_value();
  }
  WrongKind(name, "an object");
  return nullptr;
}

void JsonFields::Message(const std::string& name,
                         google::protobuf::Message& message) {
  const Value* const value = Find(name);
  if (value == nullptr) return;
  if (!value->has_struct_value()) return WrongKind(name, "an object");
  std::string json;
  google::protobuf::util::Status status =
      google::protobuf::util::MessageToJsonString(value->struct_value(), &json);
  if (status.ok()) {
    status = google::protobuf::util::JsonStringToMessage(json, &message);
  }
  if (!status.ok()) {
    problems_.Error(name, "NOT_PARSED",
                    absl::StrCat("is no ", message.GetTypeName(), ": ",
                                 std::string(status.message())),
                    "write it as JSON of its message in the protos");
  }
}

void JsonFields::RefuseOthers() {
  // Sorted, so that the problems have an order.
  std::set<std::string> others;
  for (const auto& [name, value] : object_.fields()) {
    if (asked_.find(name) == asked_.end()) others.insert(name);
  }
  for (const std::string& name : others) {
    problems_.Error(name, "UNKNOWN_FIELD", "is not known here",
                    "remove it, or correct its name");
  }
}

}  // namespace careroute::services
