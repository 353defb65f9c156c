#include "lib/catalogue/walk_message.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace careroute::catalogue {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool IsString(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

void Walk(const Message& message, const std::string& path, int depth,
          absl::FunctionRef<bool(const Message&, const std::string&)> visit) {
  if (depth > kMessageDepthMax || !visit(message, path)) {
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : SetFields(message)) {
    if (!IsMessage(*field)) {
      continue;
    }
    if (!field->is_repeated()) {
      Walk(reflection.GetMessage(message, field),
           FieldPath(path, field->name(), -1), depth + 1, visit);
      continue;
    }
    const int size = reflection.FieldSize(message, field);
    for (int i = 0; i < size; ++i) {
      Walk(reflection.GetRepeatedMessage(message, field, i),
           FieldPath(path, field->name(), i), depth + 1, visit);
    }
  }
}

void WalkMutable(Message& message, int depth,
                 absl::FunctionRef<bool(Message&)> visit) {
  if (depth > kMessageDepthMax || !visit(message)) {
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : SetFields(message)) {
    if (!IsMessage(*field)) {
      continue;
    }
    if (!field->is_repeated()) {
      WalkMutable(*reflection.MutableMessage(&message, field), depth + 1,
                  visit);
      continue;
    }
    const int size = reflection.FieldSize(message, field);
    for (int i = 0; i < size; ++i) {
      WalkMutable(*reflection.MutableRepeatedMessage(&message, field, i),
                  depth + 1, visit);
    }
  }
}

}  // namespace

std::string FieldPath(absl::string_view path, absl::string_view field,
                      int index) {
  std::string joined =
      path.empty() ? std::string(field) : absl::StrCat(path, ".", field);
  if (index >= 0) {
    absl::StrAppend(&joined, "[", index, "]");
  }
  return joined;
}

void WalkMessages(
    const Message& root,
    absl::FunctionRef<bool(const Message&, const std::string&)> visit) {
  Walk(root, "", 1, visit);
}

void WalkMutableMessages(Message& root,
                         absl::FunctionRef<bool(Message&)> visit) {
  WalkMutable(root, 1, visit);
}

void ForEachString(const Message& message,
                   absl::FunctionRef<void(const StringAt&)> visit) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  for (const FieldDescriptor* field : SetFields(message)) {
    if (!IsString(*field)) {
      continue;
    }
    if (!field->is_repeated()) {
      visit(
          {field, -1, reflection.GetStringReference(message, field, &scratch)});
      continue;
    }
    const int size = reflection.FieldSize(message, field);
    for (int i = 0; i < size; ++i) {
      visit(
          {field, i,
           reflection.GetRepeatedStringReference(message, field, i, &scratch)});
    }
  }
}

void ReplaceStrings(Message& message,
                    absl::FunctionRef<std::string(const StringAt&)> replace) {
  struct Change {
    const FieldDescriptor* field;
    int index;
    std::string value;
  };
  std::vector<Change> changes;
  ForEachString(message, [&](const StringAt& at) {
    std::string value = replace(at);
    if (value != at.value) {
      changes.push_back({at.field, at.index, std::move(value)});
    }
  });
  const Reflection& reflection = *message.GetReflection();
  for (Change& change : changes) {
    if (change.index < 0) {
      reflection.SetString(&message, change.field, std::move(change.value));
    } else {
      reflection.SetRepeatedString(&message, change.field, change.index,
                                   std::move(change.value));
    }
  }
}

}  // namespace careroute::catalogue
