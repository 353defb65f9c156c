#include "lib/api/request_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/unknown_field_set.h"
#include "lib/api/internal/string_form.h"
#include "lib/base/utf8.h"

namespace careroute::api {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;
using options::v1::FieldRules;

// 1900-01-01 and 2200-01-01: no case is older, no deadline later.
constexpr int64_t kSecondsMin = -2208988800;
constexpr int64_t kSecondsMax = 7258118400;
constexpr int32_t kNanosMax = 999999999;
// A hundred years: the longest a sandbox may be moved.
constexpr int64_t kDurationSecondsMax = 3155760000;

// Wrong UTF-8 reported of one request at most, and how deep it is looked for.
constexpr int kUtf8DepthMax = 100;

bool Has(const FieldRules& rules, options::v1::FieldBehavior behavior) {
  return std::find(rules.behavior().begin(), rules.behavior().end(),
                   behavior) != rules.behavior().end();
}

void CheckString(const std::string& value, const FieldRules& rules,
                 absl::string_view name, base::Problems& problems) {
  const int32_t max =
      rules.max_length() > 0 ? rules.max_length() : kStringBytesDefault;
  if (value.size() > static_cast<size_t>(max)) {
    problems.Error(name, "TOO_LONG",
                   absl::StrCat("is ", value.size(), " bytes long"),
                   absl::StrCat("send at most ", max, " bytes"));
    return;
  }
  if (!base::IsValidUtf8(value)) {
    problems.Error(name, "NOT_UTF8", "is not valid UTF-8",
                   "encode the text as UTF-8");
    return;
  }
  internal::CheckForm(value, rules, name, problems);
}

void CheckNumber(int64_t value, const FieldRules& rules, absl::string_view name,
                 base::Problems& problems) {
  if (rules.min() == 0 && rules.max() == 0) return;
  if (value >= rules.min() && value <= rules.max()) return;
  problems.Error(
      name, "OUT_OF_RANGE", absl::StrCat("is ", value),
      absl::StrCat("send a number from ", rules.min(), " to ", rules.max()));
}

void CheckEnum(const FieldDescriptor& field, int value, absl::string_view name,
               base::Problems& problems) {
  if (field.enum_type()->FindValueByNumber(value) != nullptr) return;
  problems.Error(
      name, "UNKNOWN_ENUM_VALUE", absl::StrCat("has no value numbered ", value),
      absl::StrCat("send a value of ", field.enum_type()->full_name()));
}

void CheckTimestamp(const Message& message, absl::string_view name,
                    base::Problems& problems) {
  google::protobuf::Timestamp time;
  time.CopyFrom(message);
  if (time.seconds() >= kSecondsMin && time.seconds() < kSecondsMax &&
      time.nanos() >= 0 && time.nanos() <= kNanosMax) {
    return;
  }
  problems.Error(name, "OUT_OF_RANGE", "is not a time between 1900 and 2200",
                 "send seconds since 1970 in UTC and nanos from 0 to "
                 "999,999,999");
}

void CheckDuration(const Message& message, absl::string_view name,
                   base::Problems& problems) {
  google::protobuf::Duration duration;
  duration.CopyFrom(message);
  if (duration.seconds() >= 0 && duration.seconds() <= kDurationSecondsMax &&
      duration.nanos() >= 0 && duration.nanos() <= kNanosMax) {
    return;
  }
  problems.Error(name, "OUT_OF_RANGE", "is not a duration from 0 to 100 years",
                 "send whole seconds and nanos that are not negative");
}

bool IsWellKnown(const Descriptor& message) {
  return message.file()->package() == "google.protobuf";
}

void CheckWellKnown(const Message& message, absl::string_view name,
                    base::Problems& problems) {
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    CheckTimestamp(message, name, problems);
  } else if (message.GetDescriptor() ==
             google::protobuf::Duration::descriptor()) {
    CheckDuration(message, name, problems);
  }
}

// Whether a singular field is there: set, and for plain scalars not zero.
bool IsThere(const Message& message, const FieldDescriptor& field) {
  return message.GetReflection()->HasField(message, &field);
}

void ReportMissing(absl::string_view name, base::Problems& problems) {
  problems.Error(name, "REQUIRED", "is missing", "give it a value");
}

int64_t NumberOf(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.GetInt32(message, &field);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.GetInt64(message, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.GetUInt32(message, &field);
    default:
      return 0;
  }
}

// Looks below `bytes`, read without a schema, for strings that are not UTF-8.
void FindWrongUtf8(const Descriptor& type, const UnknownFieldSet& fields,
                   int depth, base::Problems& problems) {
  if (depth > kUtf8DepthMax) return;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& raw = fields.field(i);
    const FieldDescriptor* field = type.FindFieldByNumber(raw.number());
    if (field == nullptr || raw.type() != UnknownField::TYPE_LENGTH_DELIMITED) {
      continue;
    }
    if (field->type() == FieldDescriptor::TYPE_STRING &&
        !base::IsValidUtf8(raw.length_delimited())) {
      problems.Error(field->name(), "NOT_UTF8", "is not valid UTF-8",
                     "encode the text as UTF-8");
    }
    UnknownFieldSet below;
    if (field->type() == FieldDescriptor::TYPE_MESSAGE &&
        below.ParseFromString(raw.length_delimited())) {
      const auto scope = problems.Enter(field->name());
      FindWrongUtf8(*field->message_type(), below, depth + 1, problems);
    }
  }
}

}  // namespace

void RequestCheck::Prepare(const Descriptor& message) {
  if (IsWellKnown(message)) return;
  const auto [it, added] = plans_.try_emplace(&message);
  if (!added) return;
  MessagePlan plan;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    FieldPlan entry{.field = field,
                    .rules = field->options().GetExtension(options::v1::field)};
    entry.required = Has(entry.rules, options::v1::FIELD_BEHAVIOR_REQUIRED);
    entry.output_only =
        Has(entry.rules, options::v1::FIELD_BEHAVIOR_OUTPUT_ONLY);
    plan.push_back(std::move(entry));
  }
  it->second = std::move(plan);
  for (int i = 0; i < message.field_count(); ++i) {
    if (const Descriptor* below = message.field(i)->message_type()) {
      Prepare(*below);
    }
  }
}

void RequestCheck::Check(const Message& message,
                         base::Problems& problems) const {
  CheckMessage(message, problems);
}

void RequestCheck::CheckMessage(const Message& message,
                                base::Problems& problems) const {
  const auto it = plans_.find(message.GetDescriptor());
  if (it == plans_.end()) return;
  for (const FieldPlan& plan : it->second) {
    if (plan.field->is_repeated()) {
      CheckRepeated(message, plan, problems);
    } else {
      CheckField(message, plan, problems);
    }
  }
}

void RequestCheck::CheckField(const Message& message, const FieldPlan& plan,
                              base::Problems& problems) const {
  const FieldDescriptor& field = *plan.field;
  const std::string& name = field.name();
  const Reflection& reflection = *message.GetReflection();
  if (!IsThere(message, field)) {
    if (plan.required) ReportMissing(name, problems);
    return;
  }
  if (plan.output_only) {
    problems.Error(name, "OUTPUT_ONLY", "is set by the hub",
                   "leave it out of requests");
    return;
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      const std::string& value =
          reflection.GetStringReference(message, &field, &scratch);
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        const int32_t max = plan.rules.max_length();
        if (max > 0 && value.size() > static_cast<size_t>(max)) {
          problems.Error(name, "TOO_LONG", "is too long",
                         absl::StrCat("send at most ", max, " bytes"));
        }
        return;
      }
      return CheckString(value, plan.rules, name, problems);
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return CheckEnum(field, reflection.GetEnumValue(message, &field), name,
                       problems);
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Message& below = reflection.GetMessage(message, &field);
      if (IsWellKnown(*below.GetDescriptor())) {
        return CheckWellKnown(below, name, problems);
      }
      const auto scope = problems.Enter(name);
      return CheckMessage(below, problems);
    }
    default:
      return CheckNumber(NumberOf(message, field), plan.rules, name, problems);
  }
}

void RequestCheck::CheckRepeated(const Message& message, const FieldPlan& plan,
                                 base::Problems& problems) const {
  const FieldDescriptor& field = *plan.field;
  const std::string& name = field.name();
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  if (size == 0) {
    if (plan.required) ReportMissing(name, problems);
    return;
  }
  if (plan.output_only) {
    problems.Error(name, "OUTPUT_ONLY", "is set by the hub",
                   "leave it out of requests");
    return;
  }
  const int max =
      plan.rules.max_items() > 0 ? plan.rules.max_items() : kItemsDefault;
  if (size > max) {
    problems.Error(name, "TOO_MANY", absl::StrCat("has ", size, " elements"),
                   absl::StrCat("send at most ", max));
    return;  // what is refused for its size is not read element by element
  }
  for (int i = 0; i < size; ++i) {
    const auto scope = problems.Enter(name, i);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        CheckString(
            reflection.GetRepeatedStringReference(message, &field, i, &scratch),
            plan.rules, "", problems);
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM:
        CheckEnum(field, reflection.GetRepeatedEnumValue(message, &field, i),
                  "", problems);
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CheckMessage(reflection.GetRepeatedMessage(message, &field, i),
                     problems);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        CheckNumber(reflection.GetRepeatedInt32(message, &field, i), plan.rules,
                    "", problems);
        break;
      default:
        break;
    }
  }
}

void RequestCheck::ExplainUnparsable(const Descriptor& message,
                                     absl::string_view bytes,
                                     base::Problems& problems) {
  UnknownFieldSet fields;
  if (fields.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    FindWrongUtf8(message, fields, 0, problems);
  }
  if (problems.empty()) {
    problems.Error("", "NOT_A_MESSAGE",
                   absl::StrCat("the bytes are no ", message.full_name()),
                   "send a serialised message of that type, nested at most "
                   "100 deep");
  }
}

}  // namespace careroute::api
