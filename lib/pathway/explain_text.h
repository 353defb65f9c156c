// lib/pathway/explain_text.h: a Reason in words, Russian or English.
//
//   const Reason why = ExplainGuard(step.id(), guard, question);
//   std::cout << ReasonTree(why, *edition, "ru");
//     Сначала консультация, потом направление: нет
//       шаг «Телеконсультация» закончился: «Показано»: нет
//       может выполнить: направляющий врач
//
// Names of steps, facts and roles are the edition's own texts in the reader's
// language; the sentences around them are in Russian for "ru" and in English
// for every other language. Every key a Reason can have is in the table.

#ifndef CAREROUTE_LIB_PATHWAY_EXPLAIN_TEXT_H_
#define CAREROUTE_LIB_PATHWAY_EXPLAIN_TEXT_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/explanation.pb.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/reason.h"

namespace careroute::pathway {

// One sentence for the node itself, without its answer: "urgency: emergency".
[[nodiscard]] std::string ReasonText(const Reason& reason,
                                     const Edition& edition,
                                     absl::string_view language);

// The whole tree, a line a node, children indented by two spaces, each with its
// answer, and a line naming who can supply what is missing.
[[nodiscard]] std::string ReasonTree(const Reason& reason,
                                     const Edition& edition,
                                     absl::string_view language);

// The tree as refusals and routes carry it. Nodes whose data class `may_see`
// refuses keep their answer and lose their words and parts.
[[nodiscard]] model::v1::Explanation ToExplanation(
    const Reason& reason, const Edition& edition, absl::string_view language,
    absl::FunctionRef<bool(model::v1::DataClass)> may_see);

// The title of a role, also of a built-in one such as "coordinator".
[[nodiscard]] std::string RoleText(absl::string_view role,
                                   const Edition& edition,
                                   absl::string_view language);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_EXPLAIN_TEXT_H_
