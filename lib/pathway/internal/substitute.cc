#include "lib/pathway/internal/substitute.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

bool IsString(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

}  // namespace

void Substitution::Apply(Message& message) { ApplyIn(message, nullptr, 1); }

std::vector<const std::string*> Substitution::Values(absl::string_view name,
                                                     const Scope* scope,
                                                     bool& is_argument) const {
  is_argument = true;
  for (; scope != nullptr; scope = scope->outer) {
    if (scope->name == name) {
      return {scope->value};
    }
  }
  std::vector<const std::string*> values;
  const auto found = arguments_.find(std::string(name));
  if (found == arguments_.end()) {
    is_argument = false;
    return values;
  }
  for (const std::string& value : found->second) {
    values.push_back(&value);
  }
  return values;
}

void Substitution::ApplyIn(Message& message, const Scope* scope, int depth) {
  if (depth > kMessageDepthMax) {
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : SetFields(message)) {
    if (IsString(*field)) {
      if (field->is_repeated()) {
        ApplyToStrings(message, *field, scope);
      } else {
        ApplyToString(message, *field, scope);
      }
    } else if (IsMessage(*field)) {
      if (field->is_repeated()) {
        ApplyToMessages(message, *field, scope, depth);
      } else {
        ApplyIn(*reflection.MutableMessage(&message, field), scope, depth + 1);
      }
    }
  }
}

void Substitution::ApplyToString(Message& message, const FieldDescriptor& field,
                                 const Scope* scope) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  const absl::string_view name = ReferencedParameter(
      reflection.GetStringReference(message, &field, &scratch));
  if (name.empty()) {
    return;
  }
  bool is_argument = false;
  const std::vector<const std::string*> values =
      Values(name, scope, is_argument);
  if (!is_argument) {
    return;
  }
  if (values.size() != 1) {
    problems_.Error(
        "", "NOT_ONE_VALUE",
        absl::StrCat("parameter ", name, " is needed once by field ",
                     field.name(), " of the block, but has ", values.size(),
                     " values"),
        "give one value");
    return;
  }
  reflection.SetString(&message, &field, *values.front());
}

void Substitution::ApplyToStrings(Message& message,
                                  const FieldDescriptor& field,
                                  const Scope* scope) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<std::string> result;
  const int size = reflection.FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    std::string item = reflection.GetRepeatedString(message, &field, i);
    bool is_argument = false;
    const std::vector<const std::string*> values =
        Values(ReferencedParameter(item), scope, is_argument);
    if (!is_argument) {
      result.push_back(std::move(item));
      continue;
    }
    for (const std::string* value : values) {
      result.push_back(*value);
    }
  }
  reflection.ClearField(&message, &field);
  for (std::string& item : result) {
    reflection.AddString(&message, &field, std::move(item));
  }
}

std::string Substitution::ParameterToRepeat(const Message& message,
                                            const Scope* scope,
                                            int depth) const {
  if (depth > kMessageDepthMax) {
    return "";
  }
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  for (const FieldDescriptor* field : SetFields(message)) {
    if (field->is_repeated()) {
      continue;
    }
    if (IsString(*field)) {
      const absl::string_view name = ReferencedParameter(
          reflection.GetStringReference(message, field, &scratch));
      bool is_argument = false;
      const size_t count = Values(name, scope, is_argument).size();
      if (is_argument && count != 1) {
        return std::string(name);
      }
    } else if (IsMessage(*field)) {
      std::string inner = ParameterToRepeat(
          reflection.GetMessage(message, field), scope, depth + 1);
      if (!inner.empty()) {
        return inner;
      }
    }
  }
  return "";
}

void Substitution::ApplyToMessages(Message& message,
                                   const FieldDescriptor& field,
                                   const Scope* scope, int depth) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<std::unique_ptr<Message>> written;
  const int size = reflection.FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    const Message& element = reflection.GetRepeatedMessage(message, &field, i);
    written.emplace_back(element.New());
    written.back()->CopyFrom(element);
  }
  reflection.ClearField(&message, &field);
  for (const std::unique_ptr<Message>& element : written) {
    // A step or a declaration of a block stands once; what is in it repeats.
    const std::string name =
        depth == 1 ? "" : ParameterToRepeat(*element, scope, depth + 1);
    if (name.empty()) {
      Message* added = reflection.AddMessage(&message, &field);
      added->CopyFrom(*element);
      ApplyIn(*added, scope, depth + 1);
      continue;
    }
    bool is_argument = false;
    for (const std::string* value : Values(name, scope, is_argument)) {
      if (++repeated_ > kRepeatedMessagesMax) {
        problems_.Error("", "TOO_MANY", "the values multiply beyond all use",
                        "give fewer values");
        return;
      }
      Message* added = reflection.AddMessage(&message, &field);
      added->CopyFrom(*element);
      const Scope inner = {.outer = scope, .name = name, .value = value};
      ApplyIn(*added, &inner, depth + 1);
    }
  }
}

}  // namespace careroute::pathway::internal
