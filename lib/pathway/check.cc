#include "lib/pathway/check.h"

#include "lib/pathway/internal/check_context.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/flow.h"

namespace careroute::pathway {

void CheckPathway(const model::v1::Pathway& pathway,
                  const CheckOptions& options, base::Problems& problems) {
  if (!internal::CheckShape(pathway, {}, problems)) {
    return;
  }
  internal::CheckContext context(pathway, problems);
  const internal::Flow flow(context);
  internal::CheckIds(context);
  internal::CheckReferences(context);
  internal::CheckDeclarations(context);
  internal::CheckDays(context);
  internal::CheckFields(context);
  internal::CheckParameters(context);
  internal::CheckConditions(context);
  internal::CheckAnswers(context);
  internal::CheckTermsAndSources(context);
  internal::CheckLimits(context, flow);
  internal::CheckSteps(context);
  internal::CheckAssessments(context);
  internal::CheckMonths(context);
  internal::CheckPerformers(context, flow);
  internal::CheckOutcomes(context, flow);
  internal::CheckDisclosure(context);
  internal::CheckInterrupts(context);
  internal::CheckFlow(context, flow);
  internal::CheckTexts(context);
  // A walk over ids that name nothing would only say the same again.
  if (!problems.HasErrors()) {
    internal::CheckWalks(context, flow, options);
  }
}

}  // namespace careroute::pathway
