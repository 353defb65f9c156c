#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/explain_text.h"
#include "lib/pathway/reason.h"

namespace careroute::engine::internal {
namespace {

using model::v1::Explanation;
using pathway::Reason;
using pathway::Supplier;

std::string SupplierWords(const RoutePage& page, const Supplier& supplier) {
  const std::string role =
      pathway::RoleText(supplier.role, page.edition, page.language);
  if (supplier.step.empty()) {
    return PhraseText(Phrase::kCanMeet, page.language, role);
  }
  return PhraseText(Phrase::kCanMeetThrough, page.language, role,
                    page.Title(absl::StrCat("step/", supplier.step)));
}

// Who can turn what is unmet, each said once, after the reasons.
void AddSuppliers(const RoutePage& page, const Reason& reason,
                  Explanation& into) {
  std::set<std::string> said;
  const auto say = [&](const Supplier& supplier) {
    const std::string text = SupplierWords(page, supplier);
    if (!said.insert(text).second) return;
    Explanation& node = *into.add_because();
    node.set_message_key("supplier");
    node.add_arguments(absl::StrCat("role=", supplier.role));
    node.add_arguments(absl::StrCat("step=", supplier.step));
    node.set_text(text);
  };
  for (const Reason* leaf : pathway::Unmet(reason)) {
    if (!page.MaySee(leaf->data_class)) continue;
    for (const Supplier& supplier : leaf->suppliers) say(supplier);
  }
  // The guard's own role, where no step that brings the answer is known.
  if (!said.empty()) return;
  for (const Supplier& supplier : reason.suppliers) say(supplier);
}

Explanation ExplainUnmet(const RoutePage& page, const model::v1::Step& step,
                         const model::v1::Guard& guard,
                         const pathway::Question& question) {
  const Reason reason = pathway::ExplainGuard(step.id(), guard, question);
  Explanation explanation = pathway::ToExplanation(
      reason, page.edition, page.language,
      [&page](model::v1::DataClass one) { return page.MaySee(one); });
  AddSuppliers(page, reason, explanation);
  return explanation;
}

// Whether evidence for the guard is owed already: then work may go on.
bool IsExcepted(const RoutePage& page, int32_t occurrence,
                const std::string& guard) {
  const auto& owed = page.state.evidence_owed;
  return std::any_of(owed.begin(), owed.end(), [&](const auto& one) {
    return occurrence != 0 && one.occurrence == occurrence &&
           one.guard == guard;
  });
}

}  // namespace

void AddUnmetGuards(const RoutePage& page, const model::v1::Step& step,
                    pathway::SubjectRef subject, const pathway::CaseView& view,
                    model::v1::RouteRow& row) {
  for (const model::v1::Guard& guard : step.guards()) {
    if (pathway::Evaluate(guard.must_hold(), view, subject) ==
            pathway::Tri::kYes ||
        IsExcepted(page, row.occurrence(), guard.id())) {
      continue;
    }
    *row.add_not_yet() = ExplainUnmet(
        page, step, guard,
        {.edition = &page.edition, .view = &view, .asking = subject});
  }
}

}  // namespace careroute::engine::internal
