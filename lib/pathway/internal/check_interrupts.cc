#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Interrupt;

bool Suspends(const Interrupt& interrupt, const std::string& step) {
  return !step.empty() &&
         std::find(interrupt.suspends().begin(), interrupt.suspends().end(),
                   step) != interrupt.suspends().end();
}

}  // namespace

void CheckInterrupts(CheckContext& context) {
  base::Problems& problems = context.problems;
  for (int i = 0; i < context.pathway.interrupts_size(); ++i) {
    const auto at = problems.Enter("interrupts", i);
    const Interrupt& interrupt = context.pathway.interrupts(i);
    if (!interrupt.has_when()) {
      problems.Error("when", "EMPTY", "does not say when it begins",
                     "state the condition");
    }
    if (interrupt.suspends_size() == 0 && interrupt.stop_reason().empty() &&
        interrupt.starts().empty()) {
      problems.Error("", "NO_EFFECT",
                     "suspends nothing, stops no clock and starts nothing",
                     "state what it does");
    }
    if (Suspends(interrupt, interrupt.before_resume())) {
      problems.Error("before_resume", "NEVER_RESUMES",
                     absl::StrCat(interrupt.before_resume(),
                                  " must end first, but is suspended itself"),
                     "take it out of the suspended steps");
    }
    if (Suspends(interrupt, interrupt.starts())) {
      problems.Error(
          "starts", "NEVER_RESUMES",
          absl::StrCat(interrupt.starts(), " is started and suspended at once"),
          "take it out of the suspended steps");
    }
    if (!interrupt.before_resume().empty() && interrupt.suspends_size() == 0) {
      problems.Error("before_resume", "MISPLACED",
                     "precedes resumption, and nothing is suspended",
                     "name the suspended steps, or remove it");
    }
  }
}

}  // namespace careroute::pathway::internal
