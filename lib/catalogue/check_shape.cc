#include "lib/catalogue/check_shape.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "careroute/options/v1/options.pb.h"
#include "lib/base/plain_text.h"
#include "lib/catalogue/walk_message.h"

namespace careroute::catalogue {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using options::v1::FieldRules;

// As documented at FieldRules.
constexpr size_t kLengthDefault = 1024;
constexpr int kItemsDefault = 100;
constexpr size_t kIdLengthMax = 64;

const FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(options::v1::field);
}

class ShapeChecker {
 public:
  ShapeChecker(const ShapeOptions& options, base::Problems& problems)
      : options_(options), problems_(problems) {}

  // Answers whether the message may be descended into.
  bool Check(const Message& message, const std::string& path) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    bool counts_fit = true;
    for (const FieldDescriptor* field : fields) {
      if (field->is_repeated() && !CheckCount(message, *field, path)) {
        counts_fit = false;
        continue;
      }
      CheckValues(message, *field, path);
    }
    within_limits_ = within_limits_ && counts_fit;
    return counts_fit;
  }

  [[nodiscard]] bool within_limits() const { return within_limits_; }

 private:
  void Report(const std::string& path, absl::string_view reason,
              const std::string& message, const std::string& mend) {
    problems_.Error(path, reason, message, mend);
  }

  bool CheckCount(const Message& message, const FieldDescriptor& field,
                  const std::string& path) {
    const int items = RulesOf(field).max_items();
    const int most = items > 0 ? items : kItemsDefault;
    const int size = message.GetReflection()->FieldSize(message, &field);
    if (size <= most) {
      return true;
    }
    Report(FieldPath(path, field.name(), -1), "TOO_MANY",
           absl::StrCat("has ", size, " elements; ", most, " are allowed"),
           "remove some, or divide it");
    return false;
  }

  void CheckValues(const Message& message, const FieldDescriptor& field,
                   const std::string& path) {
    const int size = field.is_repeated()
                         ? message.GetReflection()->FieldSize(message, &field)
                         : 1;
    for (int i = 0; i < size; ++i) {
      CheckValue(message, field, field.is_repeated() ? i : -1, path);
    }
  }

  void CheckValue(const Message& message, const FieldDescriptor& field,
                  int index, const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const bool repeated = index >= 0;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        CheckString(
            repeated ? reflection.GetRepeatedStringReference(message, &field,
                                                             index, &scratch)
                     : reflection.GetStringReference(message, &field, &scratch),
            field, FieldPath(path, field.name(), index));
        break;
      }
      case FieldDescriptor::CPPTYPE_INT32:
        CheckNumber(repeated
                        ? reflection.GetRepeatedInt32(message, &field, index)
                        : reflection.GetInt32(message, &field),
                    field, FieldPath(path, field.name(), index));
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        CheckNumber(repeated
                        ? reflection.GetRepeatedInt64(message, &field, index)
                        : reflection.GetInt64(message, &field),
                    field, FieldPath(path, field.name(), index));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        CheckEnum(repeated
                      ? reflection.GetRepeatedEnumValue(message, &field, index)
                      : reflection.GetEnumValue(message, &field),
                  field, FieldPath(path, field.name(), index));
        break;
      default:
        break;
    }
  }

  void CheckNumber(std::int64_t value, const FieldDescriptor& field,
                   const std::string& path) {
    const FieldRules& rules = RulesOf(field);
    if (rules.min() == 0 && rules.max() == 0) {
      return;
    }
    if (value < rules.min() || value > rules.max()) {
      Report(path, "OUT_OF_RANGE", absl::StrCat(value, " is out of range"),
             absl::StrCat("give a number from ", rules.min(), " to ",
                          rules.max()));
    }
  }

  void CheckEnum(int value, const FieldDescriptor& field,
                 const std::string& path) {
    if (field.enum_type()->FindValueByNumber(value) == nullptr) {
      Report(path, "UNKNOWN_ENUM",
             absl::StrCat(value, " is no value of ", field.enum_type()->name()),
             "use a value by its name");
    }
  }

  void CheckString(const std::string& value, const FieldDescriptor& field,
                   const std::string& path) {
    const FieldRules& rules = RulesOf(field);
    const size_t longest = rules.max_length() > 0
                               ? static_cast<size_t>(rules.max_length())
                               : kLengthDefault;
    if (value.size() > longest) {
      Report(path, "TOO_LONG",
             absl::StrCat("has ", value.size(), " bytes; ", longest,
                          " are allowed"),
             "shorten it");
      return;
    }
    if (!base::IsPlainText(value)) {
      Report(path, "NOT_TEXT",
             "holds what is no text, or what nobody sees: a control "
             "character, a mark of direction",
             "type it anew as plain UTF-8 text");
      return;
    }
    if (!value.empty() && base::IsBlank(value)) {
      Report(path, "EMPTY", "is nothing but spaces", "fill it in");
      return;
    }
    if (options_.is_placeholder != nullptr && options_.is_placeholder(value)) {
      return;
    }
    CheckForm(value, rules.format(), path);
  }

  void CheckForm(const std::string& value, options::v1::StringFormat format,
                 const std::string& path) {
    switch (format) {
      case options::v1::STRING_FORMAT_ID:
        if (!IsId(value, kIdLengthMax)) {
          Report(path, "NOT_AN_ID", "is not an id",
                 "use a-z, 0-9, \"_\", \"-\" and \".\", a letter first, at "
                 "most 64");
        }
        break;
      case options::v1::STRING_FORMAT_DATE:
        if (!IsDate(value)) {
          Report(path, "NOT_A_DATE", "is not a date",
                 "write YYYY-MM-DD, 1900 to 2199");
        }
        break;
      case options::v1::STRING_FORMAT_LANGUAGE:
        if (!IsLanguage(value)) {
          Report(path, "NOT_A_LANGUAGE", "is not a language tag",
                 "write a tag such as \"ru\"");
        }
        break;
      default:
        break;
    }
  }

  const ShapeOptions& options_;
  base::Problems& problems_;
  bool within_limits_ = true;
};

}  // namespace

bool IsId(absl::string_view text, size_t length_max) {
  return !text.empty() && text.size() <= length_max &&
         absl::ascii_islower(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_islower(static_cast<unsigned char>(c)) ||
                  absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
                  c == '_' || c == '-' || c == '.';
         });
}

bool IsEdition(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_' ||
           c == '-' || c == '.';
  });
}

bool IsLanguage(absl::string_view text) {
  bool first = true;
  for (const absl::string_view part : absl::StrSplit(text, '-')) {
    const bool fits = std::all_of(part.begin(), part.end(), [&](char c) {
      const auto letter = static_cast<unsigned char>(c);
      return first ? absl::ascii_islower(letter) : absl::ascii_isalnum(letter);
    });
    // "ru", "sr-Cyrl"; the first part is the language itself.
    if (!fits || part.size() < (first ? 2 : 1) ||
        part.size() > (first ? 3 : 8)) {
      return false;
    }
    first = false;
  }
  return true;
}

bool IsDate(absl::string_view text) {
  absl::CivilDay day;
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         absl::ParseCivilTime(text, &day) && day.year() >= 1900 &&
         day.year() <= 2199 && absl::FormatCivilTime(day) == text;
}

bool CheckShape(const Message& message, const ShapeOptions& options,
                base::Problems& problems) {
  ShapeChecker checker(options, problems);
  WalkMessages(message, [&](const Message& part, const std::string& path) {
    return checker.Check(part, path);
  });
  return checker.within_limits();
}

}  // namespace careroute::catalogue
