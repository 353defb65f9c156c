#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using catalogue::FieldPath;
using model::v1::Instrument;

class LevelChecker {
 public:
  LevelChecker(const Instrument& instrument, base::Problems& problems)
      : instrument_(instrument), problems_(problems) {}

  void Check() {
    CheckWhatExcludes();
    CheckGrantsNothing();
    for (int i = 0; i < instrument_.level_bands_size(); ++i) {
      CheckLevel(instrument_.level_bands(i).level(),
                 FieldPath("", "level_bands", i));
    }
    for (int i = 0; i < instrument_.overrides_size(); ++i) {
      CheckLevel(instrument_.overrides(i).level(),
                 FieldPath("", "overrides", i));
    }
    if (instrument_.has_crosswalk()) {
      CheckCrosswalk(instrument_.crosswalk());
    }
  }

 private:
  void CheckWhatExcludes() {
    if (instrument_.has_crosswalk() &&
        (!instrument_.total().empty() || !instrument_.level_bands().empty())) {
      problems_.Error("crosswalk", "CONTRADICTORY",
                      "stands beside a total, which would also say the level",
                      "keep one of the two");
    }
    if (!instrument_.levels().empty() && instrument_.level_bands().empty() &&
        !instrument_.has_crosswalk()) {
      problems_.Error("level_bands", "EMPTY", "nothing leads to the levels",
                      "give each level its totals");
    }
  }

  // Levels stand least need first, so that one which grants nothing is the
  // first and the only one.
  void CheckGrantsNothing() {
    for (int i = 1; i < instrument_.levels_size(); ++i) {
      if (instrument_.levels(i).grants_nothing()) {
        problems_.Error(FieldPath("", "levels", i) + ".grants_nothing",
                        "MISPLACED", "stands above a level that grants",
                        "put it first, or remove the mark");
      }
    }
  }

  void CheckLevel(const std::string& level, const std::string& path) {
    if (IndexOf(instrument_.levels(), level) < 0) {
      problems_.Error(path + ".level", "UNKNOWN_LEVEL",
                      absl::StrCat("there is no level ", level),
                      "declare it, or correct the id");
    }
  }

  void CheckCrosswalk(const model::v1::LevelCrosswalk& crosswalk) {
    const int item = IndexOf(instrument_.items(), crosswalk.item());
    if (item < 0) {
      problems_.Error("crosswalk.item", "UNKNOWN_ITEM",
                      absl::StrCat("there is no item ", crosswalk.item()),
                      "declare it, or correct the id");
      return;
    }
    const auto* options = OptionsOf(instrument_, instrument_.items(item));
    if (options == nullptr) {
      problems_.Error("crosswalk.item", "WRONG_ANSWER",
                      "is not answered by options",
                      "name an item with options");
      return;
    }
    std::set<std::string> crossed;
    for (int i = 0; i < crosswalk.entries_size(); ++i) {
      const std::string path = FieldPath("crosswalk", "entries", i);
      const std::string& option = crosswalk.entries(i).option();
      CheckLevel(crosswalk.entries(i).level(), path);
      if (IndexOf(*options, option) < 0) {
        problems_.Error(path + ".option", "UNKNOWN_OPTION",
                        absl::StrCat("the item has no option ", option),
                        "use an option of the item");
      } else if (!crossed.insert(option).second) {
        problems_.Error(path + ".option", "DUPLICATE_ID",
                        absl::StrCat("option ", option, " stands twice"),
                        "keep one");
      }
    }
    for (const model::v1::InstrumentOption& option : *options) {
      if (crossed.find(option.id()) == crossed.end()) {
        problems_.Error(
            "crosswalk", "NO_BAND",
            absl::StrCat("does not say the level of option ", option.id()),
            "add an entry for it");
      }
    }
  }

  const Instrument& instrument_;
  base::Problems& problems_;
};

}  // namespace

void CheckLevels(const Instrument& instrument, base::Problems& problems) {
  LevelChecker(instrument, problems).Check();
}

}  // namespace careroute::scoring::internal
