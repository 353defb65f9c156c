#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using catalogue::FieldPath;
using model::v1::Instrument;
using model::v1::InstrumentModule;

// A reason has at most so many parts (Explanation.because).
constexpr int kPartsMax = 100;
// A form for people has three; a reply cannot be read when it nests too deep.
constexpr int kModuleDepthMax = 16;

class ModuleChecker {
 public:
  ModuleChecker(const Instrument& instrument, base::Problems& problems)
      : instrument_(instrument), problems_(problems) {}

  void Check() {
    for (int i = 0; i < instrument_.modules_size(); ++i) {
      CheckModule(instrument_.modules(i), FieldPath("", "modules", i));
    }
    CheckCircles();
    CheckTotal();
    CheckUnused();
  }

 private:
  void CheckModule(const InstrumentModule& module, const std::string& path) {
    const bool sums = !module.items().empty() || !module.modules().empty();
    if (!sums && module.higher_of().empty()) {
      problems_.Error(path, "EMPTY", "adds up nothing",
                      "give it items, modules or higher_of");
    }
    if (sums && !module.higher_of().empty()) {
      problems_.Error(path + ".higher_of", "CONTRADICTORY",
                      "is a sum and the highest at once",
                      "make the sum a module of its own");
    }
    if (module.higher_of_size() == 1) {
      problems_.Error(path + ".higher_of", "TOO_FEW",
                      "there is nothing to choose from",
                      "name at least two modules");
    }
    if (module.items_size() + module.modules_size() > kPartsMax) {
      problems_.Error(path, "TOO_MANY",
                      absl::StrCat("adds up more than ", kPartsMax, " parts"),
                      "divide it into modules");
    }
    CheckItems(module.items(), path);
    CheckModules("modules", module.modules(), path);
    CheckModules("higher_of", module.higher_of(), path);
  }

  template <typename Ids>
  void CheckItems(const Ids& ids, const std::string& path) {
    for (int i = 0; i < ids.size(); ++i) {
      const std::string at = FieldPath(path, "items", i);
      if (IndexOf(instrument_.items(), ids.Get(i)) < 0) {
        problems_.Error(at, "UNKNOWN_ITEM",
                        absl::StrCat("there is no item ", ids.Get(i)),
                        "declare it, or correct the id");
      } else if (!used_items_.insert(ids.Get(i)).second) {
        problems_.Error(at, "COUNTED_TWICE",
                        absl::StrCat("item ", ids.Get(i), " counts twice"),
                        "let it count in one module");
      }
    }
  }

  template <typename Ids>
  void CheckModules(absl::string_view field, const Ids& ids,
                    const std::string& path) {
    for (int i = 0; i < ids.size(); ++i) {
      const std::string at = FieldPath(path, field, i);
      if (IndexOf(instrument_.modules(), ids.Get(i)) < 0) {
        problems_.Error(at, "UNKNOWN_MODULE",
                        absl::StrCat("there is no module ", ids.Get(i)),
                        "declare it, or correct the id");
      } else if (!used_modules_.insert(ids.Get(i)).second) {
        problems_.Error(at, "COUNTED_TWICE",
                        absl::StrCat("module ", ids.Get(i), " counts twice"),
                        "let it count in one module");
      }
    }
  }

  // Every module counts at most once, so a module is in a circle exactly when
  // going up from it leads back to it. What counts twice is reported above and
  // followed to its first use only.
  void CheckCircles() {
    std::vector<int> parent(static_cast<size_t>(instrument_.modules_size()),
                            -1);
    for (int i = 0; i < instrument_.modules_size(); ++i) {
      SetParent(instrument_.modules(i).modules(), i, parent);
      SetParent(instrument_.modules(i).higher_of(), i, parent);
    }
    for (int i = 0; i < instrument_.modules_size(); ++i) {
      int above = parent[static_cast<size_t>(i)];
      int steps = 0;
      // More steps than modules: a circle further up that this one is not in.
      while (above >= 0 && above != i && steps++ < instrument_.modules_size()) {
        above = parent[static_cast<size_t>(above)];
      }
      if (above < 0 && steps >= kModuleDepthMax) {
        problems_.Error(FieldPath("", "modules", i), "TOO_DEEP",
                        absl::StrCat("counts through more than ",
                                     kModuleDepthMax, " others"),
                        "add up in fewer steps");
      }
      if (above == i) {
        problems_.Error(FieldPath("", "modules", i), "CYCLE",
                        "counts in itself, through others",
                        "let modules count in one direction");
      }
    }
  }

  template <typename Ids>
  void SetParent(const Ids& ids, int above, std::vector<int>& parent) {
    for (const std::string& id : ids) {
      const int below = IndexOf(instrument_.modules(), id);
      if (below >= 0 && parent[static_cast<size_t>(below)] < 0) {
        parent[static_cast<size_t>(below)] = above;
      }
    }
  }

  void CheckTotal() {
    const std::string& total = instrument_.total();
    if (total.empty()) {
      if (!instrument_.has_crosswalk()) {
        problems_.Error("total", "EMPTY", "has no total",
                        "name the module whose points are the total");
      }
    } else if (IndexOf(instrument_.modules(), total) < 0) {
      problems_.Error("total", "UNKNOWN_MODULE",
                      absl::StrCat("there is no module ", total),
                      "declare it, or correct the id");
    } else if (!used_modules_.insert(total).second) {
      problems_.Error("total", "COUNTED_TWICE",
                      absl::StrCat("module ", total, " counts in another"),
                      "name the one that nothing adds up further");
    }
  }

  void CheckUnused() {
    for (int i = 0; i < instrument_.modules_size(); ++i) {
      if (used_modules_.find(instrument_.modules(i).id()) ==
          used_modules_.end()) {
        problems_.Error(FieldPath("", "modules", i), "UNUSED",
                        "counts in nothing, and is not the total",
                        "let it count, or remove it");
      }
    }
    std::set<std::string> asked = used_items_;
    catalogue::WalkMessages(
        instrument_, [&](const auto& part, const std::string&) {
          AddMentioned(part, asked);
          return part.GetDescriptor() != model::v1::TextTable::descriptor();
        });
    for (int i = 0; i < instrument_.items_size(); ++i) {
      if (asked.find(instrument_.items(i).id()) == asked.end()) {
        problems_.Error(FieldPath("", "items", i), "UNUSED",
                        "is asked and changes nothing",
                        "let it count, or remove it");
      }
    }
  }

  static void AddMentioned(const google::protobuf::Message& part,
                           std::set<std::string>& asked) {
    if (part.GetDescriptor() == model::v1::AnswerIs::descriptor()) {
      asked.insert(static_cast<const model::v1::AnswerIs&>(part).item());
    } else if (part.GetDescriptor() ==
               model::v1::LevelCrosswalk::descriptor()) {
      asked.insert(static_cast<const model::v1::LevelCrosswalk&>(part).item());
    } else if (part.GetDescriptor() ==
               model::v1::ModuleReplacement::descriptor()) {
      const auto& items =
          static_cast<const model::v1::ModuleReplacement&>(part).items();
      asked.insert(items.begin(), items.end());
    }
  }

  const Instrument& instrument_;
  base::Problems& problems_;
  std::set<std::string> used_items_;
  std::set<std::string> used_modules_;
};

}  // namespace

void CheckModules(const Instrument& instrument, base::Problems& problems) {
  ModuleChecker(instrument, problems).Check();
}

}  // namespace careroute::scoring::internal
