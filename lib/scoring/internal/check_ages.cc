#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using model::v1::AgeVariant;
using model::v1::Instrument;

class AgeChecker {
 public:
  AgeChecker(const Instrument& instrument, base::Problems& problems)
      : instrument_(instrument), problems_(problems) {}

  void Check() {
    for (int i = 0; i < instrument_.age_variants_size(); ++i) {
      const auto at = problems_.Enter("age_variants", i);
      const AgeVariant& variant = instrument_.age_variants(i);
      CheckRange(variant, i);
      CheckReplacements(variant);
      CheckMissing(variant);
      if (variant.replacements().empty() && variant.missing().empty() &&
          variant.levels_up() == 0) {
        problems_.Error("", "NO_EFFECT", "changes nothing",
                        "say what is otherwise, or remove it");
      }
    }
  }

 private:
  void CheckRange(const AgeVariant& variant, int index) {
    if (variant.has_up_to_months() &&
        variant.up_to_months() < variant.from_months()) {
      problems_.Error("up_to_months", "ENDS_BEFORE_IT_BEGINS",
                      "ends before it begins", "correct the months");
      return;
    }
    for (int i = 0; i < index; ++i) {
      const AgeVariant& other = instrument_.age_variants(i);
      if (Begins(variant, other) && Begins(other, variant)) {
        problems_.Error(
            "from_months", "OVERLAPPING",
            absl::StrCat("covers an age that ", other.id(), " covers too"),
            "let each age have one variant");
      }
    }
  }

  // Whether `one` begins before `other` is over. Both ends are days on which
  // both variants would hold.
  static bool Begins(const AgeVariant& one, const AgeVariant& other) {
    return !other.has_up_to_months() ||
           one.from_months() <= other.up_to_months();
  }

  void CheckReplacements(const AgeVariant& variant) {
    std::set<std::string> replaced;
    std::set<std::string> counted = ItemsLeft(variant);
    for (int i = 0; i < variant.replacements_size(); ++i) {
      const auto at = problems_.Enter("replacements", i);
      const auto& replacement = variant.replacements(i);
      CheckModule(replacement.module());
      if (!replaced.insert(replacement.module()).second) {
        problems_.Error("module", "DUPLICATE_ID",
                        absl::StrCat(replacement.module(), " stands twice"),
                        "keep one");
      }
      if (replacement.items().empty()) {
        problems_.Error("items", "EMPTY", "adds up nothing",
                        "name the items that count instead");
      }
      CheckItems(replacement.items());
      for (const std::string& item : replacement.items()) {
        if (!counted.insert(item).second) {
          problems_.Error("items", "COUNTED_TWICE",
                          absl::StrCat("item ", item, " counts twice"),
                          "let it count in one module");
        }
      }
    }
  }

  void CheckModule(const std::string& id) {
    const int module = IndexOf(instrument_.modules(), id);
    if (module < 0) {
      problems_.Error("module", "UNKNOWN_MODULE",
                      absl::StrCat("there is no module ", id),
                      "declare it, or correct the id");
    } else if (!instrument_.modules(module).higher_of().empty()) {
      problems_.Error("module", "WRONG_MODULE", "adds up no items",
                      "replace the items of a sum");
    }
  }

  // Items of the modules that this variant leaves as they are.
  [[nodiscard]] std::set<std::string> ItemsLeft(
      const AgeVariant& variant) const {
    std::set<std::string> replaced;
    for (const auto& replacement : variant.replacements()) {
      replaced.insert(replacement.module());
    }
    std::set<std::string> items;
    for (const model::v1::InstrumentModule& module : instrument_.modules()) {
      if (replaced.find(module.id()) == replaced.end()) {
        items.insert(module.items().begin(), module.items().end());
      }
    }
    return items;
  }

  template <typename Ids>
  void CheckItems(const Ids& ids) {
    for (int i = 0; i < ids.size(); ++i) {
      const auto at = problems_.Enter("items", i);
      if (IndexOf(instrument_.items(), ids.Get(i)) < 0) {
        problems_.Error("", "UNKNOWN_ITEM",
                        absl::StrCat("there is no item ", ids.Get(i)),
                        "declare it, or correct the id");
      }
    }
  }

  void CheckMissing(const AgeVariant& variant) {
    for (int i = 0; i < variant.missing_size(); ++i) {
      const auto at = problems_.Enter("missing", i);
      CheckItems(variant.missing(i).items());
      if (variant.missing(i).policy() ==
          model::v1::MISSING_ANSWERS_UNSPECIFIED) {
        problems_.Error("policy", "NO_POLICY",
                        "does not say what a missing answer means",
                        "state REFUSE, ZERO or NOT_COUNTABLE");
      }
    }
  }

  const Instrument& instrument_;
  base::Problems& problems_;
};

}  // namespace

void CheckAges(const Instrument& instrument, base::Problems& problems) {
  AgeChecker(instrument, problems).Check();
}

}  // namespace careroute::scoring::internal
