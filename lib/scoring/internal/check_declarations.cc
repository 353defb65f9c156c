#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/check_shape.h"
#include "lib/scoring/internal/check_rules.h"

namespace careroute::scoring::internal {
namespace {

using google::protobuf::RepeatedPtrField;
using model::v1::Instrument;
using model::v1::InstrumentItem;
using model::v1::InstrumentOption;

class DeclarationChecker {
 public:
  DeclarationChecker(const Instrument& instrument, base::Problems& problems)
      : instrument_(instrument), problems_(problems) {}

  void Check() {
    CheckHead();
    CheckDates();
    CheckLanguages();
    CheckIds("scales", instrument_.scales());
    CheckIds("items", instrument_.items());
    CheckIds("modules", instrument_.modules());
    CheckIds("levels", instrument_.levels());
    CheckIds("age_variants", instrument_.age_variants());
    CheckIds("overrides", instrument_.overrides());
    CheckScales();
    CheckItems();
    CheckOwnSources();
  }

 private:
  void CheckHead() {
    if (instrument_.id().empty()) {
      problems_.Error("id", "EMPTY", "has no id", "give it an id");
    }
    if (instrument_.edition().empty()) {
      problems_.Error("edition", "EMPTY", "has no edition",
                      "number it, as in 2025.1");
    } else if (!catalogue::IsEdition(instrument_.edition())) {
      problems_.Error("edition", "NOT_AN_ID", "is not an edition",
                      "use a-z, 0-9, \"_\", \"-\" and \".\", as in 2025.1");
    }
    if (instrument_.sources().empty()) {
      problems_.Error("sources", "NO_SOURCE", "nobody says where it comes from",
                      "cite the act or the publication, with its provenance");
    }
    if (instrument_.missing() == model::v1::MISSING_ANSWERS_UNSPECIFIED) {
      problems_.Error("missing", "NO_POLICY",
                      "does not say what a missing answer means",
                      "state REFUSE, ZERO or NOT_COUNTABLE");
    }
    if (instrument_.items().empty()) {
      problems_.Error("items", "EMPTY", "asks nothing", "give it items");
    }
  }

  // Dates of the form YYYY-MM-DD sort as text; an empty one is open.
  void CheckDates() {
    if (!instrument_.valid_to().empty() &&
        instrument_.valid_to() < instrument_.valid_from()) {
      problems_.Error("valid_to", "ENDS_BEFORE_IT_BEGINS",
                      "ends before it begins", "correct the dates");
    }
  }

  void CheckLanguages() {
    std::set<std::string> seen;
    if (instrument_.languages().empty()) {
      problems_.Error("languages", "EMPTY", "is written in no language",
                      "name the languages of its texts");
    }
    for (int i = 0; i < instrument_.languages_size(); ++i) {
      if (!seen.insert(instrument_.languages(i)).second) {
        const auto at = problems_.Enter("languages", i);
        problems_.Error("", "DUPLICATE_ID", "stands twice", "remove one");
      }
    }
  }

  template <typename List>
  void CheckIds(absl::string_view field, const List& list) {
    std::set<std::string> seen;
    for (int i = 0; i < list.size(); ++i) {
      const auto at = problems_.Enter(field, i);
      const std::string& id = list.Get(i).id();
      if (id.empty()) {
        problems_.Error("id", "EMPTY", "has no id", "give it an id");
      } else if (!catalogue::IsEdition(id)) {
        problems_.Error("id", "NOT_AN_ID", "is not an id",
                        "use a-z, 0-9, \"_\", \"-\" and \".\"");
      } else if (!seen.insert(id).second) {
        problems_.Error("id", "DUPLICATE_ID", absl::StrCat(id, " stands twice"),
                        "give each its own id");
      }
    }
  }

  void CheckOptions(const RepeatedPtrField<InstrumentOption>& options) {
    CheckIds("options", options);
    if (options.size() < 2) {
      problems_.Error("options", "TOO_FEW", "leaves nothing to choose",
                      "give at least two options");
    }
  }

  void CheckScales() {
    std::set<std::string> used;
    for (const InstrumentItem& item : instrument_.items()) {
      used.insert(item.scale());
    }
    for (int i = 0; i < instrument_.scales_size(); ++i) {
      const auto at = problems_.Enter("scales", i);
      CheckOptions(instrument_.scales(i).options());
      if (used.find(instrument_.scales(i).id()) == used.end()) {
        problems_.Warning("", "UNUSED", "no item is answered by it",
                          "use it, or remove it");
      }
    }
  }

  [[nodiscard]] bool HasScale(const std::string& id) const {
    for (const model::v1::AnswerScale& scale : instrument_.scales()) {
      if (scale.id() == id) return true;
    }
    return false;
  }

  void CheckItems() {
    for (int i = 0; i < instrument_.items_size(); ++i) {
      const auto at = problems_.Enter("items", i);
      const InstrumentItem& item = instrument_.items(i);
      switch (item.answer_case()) {
        case InstrumentItem::ANSWER_NOT_SET:
          problems_.Error("", "NO_ANSWER", "does not say how it is answered",
                          "give it scale, choice or frequency");
          break;
        case InstrumentItem::kScale:
          if (!HasScale(item.scale())) {
            problems_.Error("scale", "UNKNOWN_SCALE",
                            absl::StrCat("there is no scale ", item.scale()),
                            "declare it, or correct the id");
          }
          break;
        case InstrumentItem::kChoice: {
          const auto in = problems_.Enter("choice");
          CheckOptions(item.choice().options());
          break;
        }
        case InstrumentItem::kFrequency:
          CheckFrequency(item.frequency());
          break;
      }
    }
  }

  void CheckFrequency(const model::v1::FrequencyAnswer& frequency) {
    if (frequency.per_day().empty() && frequency.per_week().empty() &&
        frequency.per_month().empty()) {
      problems_.Error("frequency", "NO_WEIGHT", "counts in no unit of time",
                      "state what once a day, week or month is worth");
    }
  }

  // What departs from the bands by age or constellation is its own rule.
  void CheckOwnSources() {
    RequireSources("age_variants", instrument_.age_variants());
    RequireSources("overrides", instrument_.overrides());
  }

  template <typename List>
  void RequireSources(absl::string_view field, const List& list) {
    for (int i = 0; i < list.size(); ++i) {
      const auto at = problems_.Enter(field, i);
      if (!list.Get(i).has_source()) {
        problems_.Error("source", "NO_SOURCE",
                        "nobody says where it comes from",
                        "cite the act, with its provenance");
      }
    }
  }

  const Instrument& instrument_;
  base::Problems& problems_;
};

}  // namespace

void CheckDeclarations(const Instrument& instrument, base::Problems& problems) {
  DeclarationChecker(instrument, problems).Check();
}

}  // namespace careroute::scoring::internal
