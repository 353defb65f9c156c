#include "tests/fuzz/sound_request.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "careroute/options/v1/options.pb.h"
#include "google/protobuf/descriptor.h"

namespace careroute::fuzz {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using options::v1::FieldRules;

// Where options.proto leaves it to the checker: its documented defaults.
constexpr size_t kBytesDefault = 1024;
constexpr int kItemsDefault = 100;

bool IsOurs(const Descriptor& type) {
  return absl::string_view(type.file()->package()).substr(0, 10) ==
         "careroute.";
}

bool IsUtf8(absl::string_view text) {
  const auto* data = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  int32_t at = 0;
  while (at < length) {
    UChar32 character = 0;
    U8_NEXT(data, at, length, character);
    if (character < 0) {
      return false;
    }
  }
  return true;
}

bool TextIsSound(const std::string& text, const FieldDescriptor& field,
                 const FieldRules& rules) {
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    return rules.max_length() == 0 ||
           text.size() <= static_cast<size_t>(rules.max_length());
  }
  const size_t max = rules.max_length() > 0
                         ? static_cast<size_t>(rules.max_length())
                         : kBytesDefault;
  return text.size() <= max && IsUtf8(text);
}

bool IsRequired(const FieldRules& rules) {
  return std::find(rules.behavior().begin(), rules.behavior().end(),
                   options::v1::FIELD_BEHAVIOR_REQUIRED) !=
         rules.behavior().end();
}

bool ElementIsSound(const Message& message, const FieldDescriptor& field,
                    int index, const FieldRules& rules) {
  const Reflection& reflection = *message.GetReflection();
  const bool one = !field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return TextIsSound(
          one ? reflection.GetString(message, &field)
              : reflection.GetRepeatedString(message, &field, index),
          field, rules);
    case FieldDescriptor::CPPTYPE_ENUM:
      return field.enum_type()->FindValueByNumber(
                 one ? reflection.GetEnumValue(message, &field)
                     : reflection.GetRepeatedEnumValue(message, &field,
                                                       index)) != nullptr;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return !IsOurs(*field.message_type()) ||
             IsSound(
                 one ? reflection.GetMessage(message, &field)
                     : reflection.GetRepeatedMessage(message, &field, index));
    default:
      return true;
  }
}

bool FieldIsSound(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const FieldRules& rules = field.options().GetExtension(options::v1::field);
  if (!field.is_repeated()) {
    return reflection.HasField(message, &field)
               ? ElementIsSound(message, field, 0, rules)
               : !IsRequired(rules);
  }
  const int size = reflection.FieldSize(message, &field);
  if (size > (rules.max_items() > 0 ? rules.max_items() : kItemsDefault) ||
      (size == 0 && IsRequired(rules))) {
    return false;
  }
  for (int i = 0; i < size; ++i) {
    if (!ElementIsSound(message, field, i, rules)) {
      return false;
    }
  }
  return true;
}

bool IsPersonal(model::v1::DataClass data_class) {
  return data_class == model::v1::DATA_CLASS_IDENTITY ||
         data_class == model::v1::DATA_CLASS_CONTACT ||
         data_class == model::v1::DATA_CLASS_MEDICAL ||
         data_class == model::v1::DATA_CLASS_DIAGNOSIS;
}

// Long enough, and in letters that no text of a hub in English has.
bool IsUnmistakable(absl::string_view text) {
  constexpr size_t kSecretMin = 6;
  return text.size() >= kSecretMin &&
         std::all_of(text.begin(), text.end(), [](char one) {
           return static_cast<signed char>(one) < 0;
         });
}

void AddSecrets(const Message& message, std::vector<std::string>& found) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int size =
        field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    const bool personal = IsPersonal(
        field->options().GetExtension(options::v1::field).data_class());
    for (int i = 0; i < size; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AddSecrets(field->is_repeated()
                       ? reflection.GetRepeatedMessage(message, field, i)
                       : reflection.GetMessage(message, field),
                   found);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
                 personal) {
        std::string text = field->is_repeated()
                               ? reflection.GetRepeatedString(message, field, i)
                               : reflection.GetString(message, field);
        if (IsUnmistakable(text)) {
          found.push_back(std::move(text));
        }
      }
    }
  }
}

}  // namespace

bool IsSound(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (!FieldIsSound(message, *type.field(i))) {
      return false;
    }
  }
  return true;
}

std::vector<std::string> SecretsOf(const Message& message) {
  std::vector<std::string> found;
  AddSecrets(message, found);
  return found;
}

}  // namespace careroute::fuzz
