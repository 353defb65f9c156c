#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using model::v1::Age;

constexpr std::int64_t kMonthsMax = std::int64_t{150} * 12;

// A "no" that means something: the value of a fact, and "was not recorded".
bool MaySayNo(const FieldDescriptor& field) {
  const std::string& name = field.full_name();
  return name == "careroute.model.v1.FactValue.truth" ||
         name == "careroute.model.v1.FactTest.recorded";
}

// Lists of which a rule of their own says what is twice, and how bad that is.
bool HasOwnRule(const FieldDescriptor& field) {
  static const auto* const kNames = new std::set<std::string>{
      "careroute.model.v1.FactDeclaration.values",
      "careroute.model.v1.NamedList.items",
      "careroute.model.v1.Partition.parts",
      "careroute.model.v1.Pathway.imports",
      "careroute.model.v1.Way.classes",
      "careroute.model.v1.Way.optional_classes",
  };
  return kNames->find(field.full_name()) != kNames->end();
}

// ISO 3166: "RU", "RU-KHA"; the part after the hyphen may be a region's own
// word of up to eight characters.
bool IsJurisdiction(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  return parts.size() <= 2 && parts[0].size() == 2 &&
         std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
           return !part.empty() && part.size() <= 8 &&
                  std::all_of(part.begin(), part.end(), [](char c) {
                    const auto letter = static_cast<unsigned char>(c);
                    return absl::ascii_isupper(letter) ||
                           absl::ascii_isdigit(letter);
                  });
         });
}

class FieldChecker {
 public:
  explicit FieldChecker(base::Problems& problems) : problems_(problems) {}

  void Check(const Message& message, const std::string& path) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->is_repeated() && !HasOwnRule(*field)) {
        CheckList(message, *field, path);
      } else if (field->name() == "jurisdiction") {
        CheckJurisdiction(message.GetReflection()->GetString(message, field),
                          FieldPath(path, field->name(), -1));
      } else if (field->real_containing_oneof() != nullptr) {
        CheckChoice(message, *field, path);
      }
    }
    if (message.GetDescriptor() == Age::descriptor()) {
      CheckAge(static_cast<const Age&>(message), path);
    }
  }

 private:
  // "family: false" chooses the family all the same: what is set, is chosen.
  void CheckChoice(const Message& message, const FieldDescriptor& field,
                   const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const std::string at = FieldPath(path, field.name(), -1);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !MaySayNo(field) &&
        !reflection.GetBool(message, &field)) {
      problems_.Error(at, "CONTRADICTORY", "is chosen and said to be false",
                      "write true, or choose something else");
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
        reflection.GetString(message, &field).empty()) {
      problems_.Error(at, "EMPTY", "names nothing",
                      "name something, or choose something else");
    }
  }

  void CheckJurisdiction(const std::string& value, const std::string& path) {
    if (!IsJurisdiction(value)) {
      problems_.Error(path, "NOT_A_JURISDICTION", "is no country or region",
                      "write a code of ISO 3166, such as RU or RU-KHA");
    }
  }

  void CheckList(const Message& message, const FieldDescriptor& field,
                 const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    std::set<std::string> seen;
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      std::string value;
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        value = reflection.GetRepeatedString(message, &field, i);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        const auto* named = reflection.GetRepeatedEnum(message, &field, i);
        value = named->name();
        if (named->number() == 0) {
          value.clear();
        }
      } else {
        return;
      }
      CheckElement(value, !seen.insert(value).second,
                   FieldPath(path, field.name(), i));
    }
  }

  void CheckElement(const std::string& value, bool again,
                    const std::string& path) {
    if (value.empty()) {
      problems_.Error(path, "EMPTY", "names nothing",
                      "name something, or remove it");
    } else if (again) {
      problems_.Warning(path, "SAID_TWICE",
                        absl::StrCat(value, " stands in the list already"),
                        "remove it, or name what was meant");
    }
  }

  void CheckAge(const Age& age, const std::string& path) {
    if (!age.parameter().empty()) {
      return;
    }
    const std::int64_t months = 12 * std::int64_t{age.years()} + age.months();
    if (months == 0) {
      problems_.Error(path, "EMPTY", "states no age",
                      "state years or months, or a region parameter");
    } else if (months > kMonthsMax) {
      problems_.Error(path, "OUT_OF_RANGE", "nobody grows so old",
                      "state at most 150 years");
    }
  }

  base::Problems& problems_;
};

}  // namespace

void CheckFieldsOf(const Message& root, base::Problems& problems) {
  FieldChecker checker(problems);
  WalkMessages(root, [&](const Message& part, const std::string& path) {
    if (part.GetDescriptor() == model::v1::TextTable::descriptor()) {
      return false;
    }
    checker.Check(part, path);
    return true;
  });
}

void CheckFields(CheckContext& context) {
  CheckFieldsOf(context.pathway, context.problems);
}

}  // namespace careroute::pathway::internal
