#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "tests/proto_style/reach.h"
#include "tests/proto_style/report.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;
namespace options = careroute::options::v1;

using Field = pb::FieldDescriptor;

// Nothing of ours is larger than a signed checkpoint; what is above is a slip
// of the keyboard.
constexpr int32_t kLengthMax = 8 << 20;
constexpr int32_t kItemsMax = 100000;

bool IsInteger(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32:
    case Field::CPPTYPE_INT64:
    case Field::CPPTYPE_UINT32:
    case Field::CPPTYPE_UINT64:
      return true;
    default:
      return false;
  }
}

bool IsText(const Field& field) {
  return field.type() == Field::TYPE_STRING ||
         field.type() == Field::TYPE_BYTES ||
         (field.is_map() && IsText(*field.message_type()->map_value()));
}

bool IsOutputOnly(const Field& field) {
  const auto& behaviors = OptionsOf(field).behavior();
  return std::find(behaviors.begin(), behaviors.end(),
                   options::FIELD_BEHAVIOR_OUTPUT_ONLY) != behaviors.end();
}

// What is wrong with the sizes of a field; empty when nothing is.
std::string FaultOfSizes(const Field& field) {
  const options::FieldRules& rules = OptionsOf(field);
  if (rules.max_length() != 0 && !IsText(field)) {
    return "max_length is for strings and bytes";
  }
  if (rules.max_length() < 0 || rules.max_length() > kLengthMax) {
    return absl::StrCat("max_length is not between 0 and ", kLengthMax);
  }
  if (rules.max_items() != 0 && !field.is_repeated()) {
    return "max_items is for repeated fields and maps";
  }
  if (rules.max_items() < 0 || rules.max_items() > kItemsMax) {
    return absl::StrCat("max_items is not between 0 and ", kItemsMax);
  }
  return "";
}

// What is wrong with the values a field may have; empty when nothing is.
std::string FaultOfValues(const Field& field) {
  const options::FieldRules& rules = OptionsOf(field);
  if ((rules.min() != 0 || rules.max() != 0) && !IsInteger(field)) {
    return "min and max are for integers";
  }
  if (rules.min() > rules.max()) {
    return "min is above max";
  }
  if (rules.format() != options::STRING_FORMAT_UNSPECIFIED &&
      field.type() != Field::TYPE_STRING) {
    return "format is for strings";
  }
  if ((rules.format() == options::STRING_FORMAT_RESOURCE_NAME) !=
      !rules.resource().empty()) {
    return "a resource name, and nothing else, has a resource pattern";
  }
  return "";
}

// What a request could make longer than somebody meant; empty when nothing.
std::string MissingBound(const Field& field) {
  const options::FieldRules& rules = OptionsOf(field);
  if (IsOutputOnly(field)) {
    return "";  // refused in a request, whatever its length
  }
  if (IsText(field) && rules.max_length() == 0 &&
      rules.format() == options::STRING_FORMAT_UNSPECIFIED) {
    return "max_length";
  }
  if (field.is_repeated() && rules.max_items() == 0) {
    return "max_items";
  }
  return "";
}

}  // namespace

void LimitsFitTheirFields(const Schema& schema, base::Problems& problems) {
  schema.ForEachField([&](const Field& field) {
    for (std::string fault : {FaultOfSizes(field), FaultOfValues(field)}) {
      if (!fault.empty()) {
        Report(problems, field,
               {.reason = "LIMITS",
                .message = std::move(fault),
                .mend = "see FieldRules in options.proto"});
      }
    }
  });
}

void RequestFieldsAreBounded(const Schema& schema, base::Problems& problems) {
  for (const pb::Descriptor* message : Requests(schema)) {
    for (int i = 0; i < message->field_count(); ++i) {
      const std::string missing = MissingBound(*message->field(i));
      if (!missing.empty()) {
        Report(problems, *message->field(i),
               {.reason = "BOUND",
                .message = absl::StrCat("has no ", missing),
                .mend = "say how much a request may hold"});
      }
    }
  }
}

}  // namespace careroute::proto_style
