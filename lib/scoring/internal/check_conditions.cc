#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using catalogue::FieldPath;
using google::protobuf::Message;
using model::v1::AnswerCondition;
using model::v1::AnswerConditions;
using model::v1::AnswerIs;
using model::v1::Instrument;

class ConditionChecker {
 public:
  ConditionChecker(const Instrument& instrument, base::Problems& problems)
      : instrument_(instrument), problems_(problems) {}

  void Check() {
    catalogue::WalkMessages(
        instrument_, [this](const Message& part, const std::string& path) {
          CheckPart(part, path);
          return part.GetDescriptor() != model::v1::TextTable::descriptor();
        });
    CheckCircles();
  }

 private:
  void CheckPart(const Message& part, const std::string& path) {
    if (part.GetDescriptor() == AnswerIs::descriptor()) {
      CheckAnswer(static_cast<const AnswerIs&>(part), path);
    } else if (part.GetDescriptor() == AnswerConditions::descriptor() &&
               static_cast<const AnswerConditions&>(part)
                   .conditions()
                   .empty()) {
      problems_.Error(path, "EMPTY", "has no conditions",
                      "give it at least one");
    } else if (part.GetDescriptor() == AnswerCondition::descriptor() &&
               static_cast<const AnswerCondition&>(part).kind_case() ==
                   AnswerCondition::KIND_NOT_SET) {
      problems_.Error(path, "EMPTY", "says nothing",
                      "give it answer, all, any or not");
    } else if (part.GetDescriptor() == model::v1::LevelOverride::descriptor() &&
               !static_cast<const model::v1::LevelOverride&>(part).has_when()) {
      problems_.Error(path + ".when", "EMPTY", "does not say when",
                      "give its condition");
    }
  }

  void CheckAnswer(const AnswerIs& answer, const std::string& path) {
    const int item = IndexOf(instrument_.items(), answer.item());
    if (item < 0) {
      problems_.Error(path + ".item", "UNKNOWN_ITEM",
                      absl::StrCat("there is no item ", answer.item()),
                      "declare it, or correct the id");
      return;
    }
    if (instrument_.items(item).has_frequency()) {
      problems_.Error(path + ".item", "WRONG_ANSWER",
                      "is answered by how often, not by options",
                      "ask for an item with options");
      return;
    }
    if (answer.options().empty()) {
      problems_.Error(path + ".options", "EMPTY", "asks for no answer",
                      "name the options");
    }
    const auto* options = OptionsOf(instrument_, instrument_.items(item));
    for (int i = 0; options != nullptr && i < answer.options_size(); ++i) {
      if (IndexOf(*options, answer.options(i)) < 0) {
        problems_.Error(FieldPath(path, "options", i), "UNKNOWN_OPTION",
                        absl::StrCat("item ", answer.item(), " has no option ",
                                     answer.options(i)),
                        "use an option of the item");
      }
    }
  }

  // Items a condition asks for.
  void Collect(const AnswerCondition& condition, std::vector<int>& items) {
    catalogue::WalkMessages(
        condition, [&](const Message& part, const std::string&) {
          if (part.GetDescriptor() == AnswerIs::descriptor()) {
            const int item = IndexOf(instrument_.items(),
                                     static_cast<const AnswerIs&>(part).item());
            if (item >= 0) items.push_back(item);
          }
          return true;
        });
  }

  // An item is in a circle when what it waits for waits for it.
  void CheckCircles() {
    std::vector<std::vector<int>> waits_for(
        static_cast<size_t>(instrument_.items_size()));
    for (int i = 0; i < instrument_.items_size(); ++i) {
      Collect(instrument_.items(i).counts_if(),
              waits_for[static_cast<size_t>(i)]);
    }
    for (int i = 0; i < instrument_.items_size(); ++i) {
      if (Leads(waits_for, i)) {
        problems_.Error(FieldPath("", "items", i) + ".counts_if", "CYCLE",
                        "hangs on its own answer, through others",
                        "let conditions ask in one direction");
      }
    }
  }

  static bool Leads(const std::vector<std::vector<int>>& waits_for, int item) {
    std::vector<bool> seen(waits_for.size(), false);
    std::vector<int> open = waits_for[static_cast<size_t>(item)];
    while (!open.empty()) {
      const int next = open.back();
      open.pop_back();
      if (next == item) return true;
      if (seen[static_cast<size_t>(next)]) continue;
      seen[static_cast<size_t>(next)] = true;
      for (const int further : waits_for[static_cast<size_t>(next)]) {
        open.push_back(further);
      }
    }
    return false;
  }

  const Instrument& instrument_;
  base::Problems& problems_;
};

}  // namespace

void CheckConditions(const Instrument& instrument, base::Problems& problems) {
  ConditionChecker(instrument, problems).Check();
}

}  // namespace careroute::scoring::internal
