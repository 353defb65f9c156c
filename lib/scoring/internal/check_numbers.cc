#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/exact.h"
#include "lib/scoring/internal/check_rules.h"

namespace careroute::scoring::internal {
namespace {

using google::protobuf::Message;

// The fields that hold numbers, of every message of an instrument.
bool IsNumber(absl::string_view field) {
  static constexpr absl::string_view kFields[] = {
      "points", "per_day", "per_week", "per_month",
      "above",  "at_most", "at_least", "below",
  };
  for (const absl::string_view number : kFields) {
    if (number == field) return true;
  }
  return false;
}

bool IsWeight(absl::string_view field) {
  return field == "per_day" || field == "per_week" || field == "per_month";
}

class NumberChecker {
 public:
  explicit NumberChecker(base::Problems& problems) : problems_(problems) {}

  void Check(const std::string& field, const std::string& text,
             const std::string& path) {
    const std::optional<Exact> number = ParseExact(text);
    if (!number.has_value()) {
      problems_.Error(path, "NOT_A_NUMBER", "is not an exact number",
                      "write a number such as \"3\", \"12.5\" or \"1/7\", at "
                      "most 1000000, with at most six decimals");
      return;
    }
    if (IsWeight(field) && !(*number > Exact())) {
      problems_.Error(path, "OUT_OF_RANGE", "weighs nothing",
                      "give a number above 0, or leave the unit out");
    }
    const std::int64_t grain = CommonGrain(grain_, number->denominator());
    if (grain == 0) {
      problems_.Error(path, "TOO_FINE",
                      "has no small common denominator with the others",
                      absl::StrCat("use numbers whose common denominator is at "
                                   "most ",
                                   kGrainMax));
      return;
    }
    grain_ = grain;
  }

 private:
  base::Problems& problems_;
  std::int64_t grain_ = 1;
};

}  // namespace

void CheckNumbers(const model::v1::Instrument& instrument,
                  base::Problems& problems) {
  NumberChecker checker(problems);
  catalogue::WalkMessages(instrument, [&](const Message& part,
                                          const std::string& path) {
    if (part.GetDescriptor() == model::v1::TextTable::descriptor()) {
      return false;
    }
    catalogue::ForEachString(part, [&](const catalogue::StringAt& at) {
      if (IsNumber(at.field->name())) {
        checker.Check(at.field->name(), at.value,
                      catalogue::FieldPath(path, at.field->name(), at.index));
      }
    });
    return true;
  });
}

}  // namespace careroute::scoring::internal
