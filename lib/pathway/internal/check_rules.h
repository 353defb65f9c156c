// lib/pathway/internal/check_rules.h: the groups of rules of the checker.
//
// Each looks at the whole pathway for one kind of mistake and adds what it
// finds. They do not depend on each other: a rule meets an id that names
// nothing by passing it over, since CheckReferences reports it.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_RULES_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_RULES_H_

#include "google/protobuf/message.h"
#include "lib/pathway/check.h"
#include "lib/pathway/internal/check_context.h"
#include "lib/pathway/internal/flow.h"

namespace careroute::pathway::internal {

// Empty and duplicate ids; what the pathway must say of itself.
void CheckIds(CheckContext& context);

// Ids that name nothing, and what is declared but never used.
void CheckReferences(CheckContext& context);

// Facts, roles, criteria, entries, endings, stop reasons, parameters.
void CheckDeclarations(CheckContext& context);

// Days on which nobody holds a role; grounds that ended before the pathway.
void CheckDays(CheckContext& context);

// What holds for every message alike: lists that name something twice, choices
// that are chosen and denied, ages that are none.
void CheckFields(CheckContext& context);
void CheckFieldsOf(const google::protobuf::Message& root,
                   base::Problems& problems);

// Parameters: types of values and of uses.
void CheckParameters(CheckContext& context);

// Conditions and tests: types, nesting, subjects, "not known".
void CheckConditions(CheckContext& context);

// Conditions that can never be yes, and interrupts that can never end.
void CheckAnswers(CheckContext& context);

// Terms and sources, wherever they stand.
void CheckTermsAndSources(CheckContext& context);

// Deadlines: stated, sourced, not contradicting each other.
void CheckLimits(CheckContext& context, const Flow& flow);

// Steps: starts, guards, referrals, attempts, silence, visits, invariants.
void CheckSteps(CheckContext& context);

// Assessments: instruments, the fact of the level, who looks again.
void CheckAssessments(CheckContext& context);

// The planned months of lists.
void CheckMonths(CheckContext& context);

// Who performs each step, and whether that is known by then.
void CheckPerformers(CheckContext& context, const Flow& flow);

// Outcomes: what they need, start and end.
void CheckOutcomes(CheckContext& context, const Flow& flow);

// Grounds of disclosure, and help that hangs on consent to exchange.
void CheckDisclosure(CheckContext& context);

// Interrupts and what precedes resumption.
void CheckInterrupts(CheckContext& context);

// Reachability, cycles without exit, guards that lock each other.
void CheckFlow(CheckContext& context, const Flow& flow);

// Random lives of a case.
void CheckWalks(CheckContext& context, const Flow& flow,
                const CheckOptions& options);

// Texts in every declared language.
void CheckTexts(CheckContext& context);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_RULES_H_
