#include "tests/fuzz/damage.h"

#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace careroute::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// A larger message is not made long: a long list of long lists would only
// measure the machine's memory.
constexpr size_t kCopiedMax = 4096;

constexpr int64_t kNumbers[] = {0,
                                1,
                                -1,
                                2,
                                7,
                                1000,
                                1'000'000'000,
                                std::numeric_limits<int32_t>::max(),
                                std::numeric_limits<int32_t>::min(),
                                std::numeric_limits<int64_t>::max(),
                                std::numeric_limits<int64_t>::min(),
                                7'258'118'400};

const std::vector<std::string>& Texts() {
  static const auto* const kTexts = new std::vector<std::string>{
      "",
      "x",
      "9999-12-31",
      "0000-00-00",
      "2026-02-30",
      "-1-01-01",
      "deadline",
      "cases/00000000000000000000000000000001/referrals/4294967297",
      "организации/и\xCC\x86",
      std::string(1, '\0'),
      std::string(5000, 'a'),
      "\xEF\xBF\xBD",
  };
  return *kTexts;
}

// A value of the field's type, from a small table of extremes.
void SetExtreme(ByteSource& bytes, const FieldDescriptor& field,
                Message& message) {
  const Reflection& reflection = *message.GetReflection();
  const int64_t number = kNumbers[bytes.Below(std::size(kNumbers))];
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field,
                                 static_cast<int32_t>(number));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, number);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, &field,
                                     static_cast<int>(number));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, number % 2 == 0);
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, &field,
                                  Texts()[bytes.Below(Texts().size())]);
    default:
      return reflection.ClearField(&message, &field);
  }
}

void AddCopy(const FieldDescriptor& field, int from, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message& added = *reflection.AddMessage(&message, &field);
      added.CopyFrom(reflection.GetRepeatedMessage(message, &field, from));
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.AddString(
          &message, &field,
          reflection.GetRepeatedString(message, &field, from));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.AddEnumValue(
          &message, &field,
          reflection.GetRepeatedEnumValue(message, &field, from));
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.AddInt32(
          &message, &field, reflection.GetRepeatedInt32(message, &field, from));
    default:
      return;
  }
}

void DamageList(ByteSource& bytes, const FieldDescriptor& field,
                Message& message) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  const auto one = static_cast<int>(bytes.Below(static_cast<size_t>(size)));
  switch (bytes.Below(5)) {
    case 0:
      return reflection.RemoveLast(&message, &field);
    case 1:
      return reflection.SwapElements(&message, &field, one, size - 1);
    case 2:
      return AddCopy(field, one, message);
    case 3:
      if (message.ByteSizeLong() > kCopiedMax) {
        return;
      }
      for (int i = size; i < kLongList; ++i) {
        AddCopy(field, one, message);
      }
      return;
    default:
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Damage(bytes,
               *reflection.MutableRepeatedMessage(&message, &field, one));
      }
  }
}

}  // namespace

void Damage(ByteSource& bytes, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  if (set.empty()) {
    return;
  }
  const FieldDescriptor& field = *set[bytes.Below(set.size())];
  const size_t how = bytes.Below(8);
  if (how == 0) {
    reflection.ClearField(&message, &field);
  } else if (field.is_repeated()) {
    DamageList(bytes, field, message);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    Damage(bytes, *reflection.MutableMessage(&message, &field));
  } else {
    SetExtreme(bytes, field, message);
  }
}

}  // namespace careroute::fuzz
