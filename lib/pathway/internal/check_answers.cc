#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/satisfy.h"
#include "lib/pathway/internal/walk_condition.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::Condition;
using model::v1::ConditionList;

class AnswerChecker {
 public:
  explicit AnswerChecker(CheckContext& context)
      : context_(context), satisfier_(context) {}

  // Of a condition that cannot be yes as a whole nothing more is said; of one
  // that can, each alternative is asked for itself.
  void Check(const Condition& condition, const std::string& path, int depth) {
    if (depth > kConditionDepthMax) {
      return;
    }
    if (!satisfier_.CanHold(condition)) {
      context_.problems.Error(
          path, "NEVER_TRUE",
          absl::StrCat("can never be yes: it asks ", satisfier_.conflict(),
                       " for what excludes itself"),
          "drop one of the tests, or ask for any of them");
      return;
    }
    const ConditionList& parts =
        condition.has_any() ? condition.any() : condition.all();
    const std::string list = path + (condition.has_any() ? ".any" : ".all");
    for (int i = 0; i < parts.of_size(); ++i) {
      Check(parts.of(i), FieldPath(list, "of", i), depth + 1);
    }
  }

 private:
  CheckContext& context_;
  Satisfier satisfier_;
};

// Whether a yes of this question stays a yes: what once happened has happened,
// and nobody grows younger.
bool StaysYes(const Condition& part) {
  switch (part.kind_case()) {
    case Condition::kFact:
      return part.fact().recorded() && !part.fact().has_not_older_than();
    case Condition::kOutcome:
      return !part.outcome().latest() && !part.outcome().has_not_older_than();
    case Condition::kAge:
      return !part.age().has_below();
    case Condition::kEntry:
    case Condition::kCriterion:
      return true;
    default:
      return false;
  }
}

bool NeverTurnsNo(const Condition& condition) {
  bool stays = true;
  WalkCondition(condition, [&stays](const Condition& part, int /*depth*/) {
    if (!part.has_all() && !part.has_any()) {
      stays = stays && StaysYes(part);
    }
  });
  return stays;
}

}  // namespace

void CheckAnswers(CheckContext& context) {
  AnswerChecker checker(context);
  WalkMessages(
      context.pathway, [&](const Message& part, const std::string& path) {
        if (part.GetDescriptor() == Condition::descriptor()) {
          checker.Check(static_cast<const Condition&>(part), path, 1);
          return false;
        }
        return part.GetDescriptor() != model::v1::TextTable::descriptor();
      });
  for (int i = 0; i < context.pathway.interrupts_size(); ++i) {
    const model::v1::Interrupt& interrupt = context.pathway.interrupts(i);
    if (interrupt.has_when() && NeverTurnsNo(interrupt.when())) {
      context.problems.Error(
          FieldPath("", "interrupts", i) + ".when", "NEVER_RESUMES",
          "once yes this stays yes, and so the interrupt never ends",
          "ask for something that ends, such as where the person is");
    }
  }
}

}  // namespace careroute::pathway::internal
