#include "lib/catalogue/check_shape.h"
#include "lib/catalogue/check_sources.h"
#include "lib/measures/internal/check_rules.h"
#include "lib/measures/measure_set.h"

namespace careroute::measures {

void CheckMeasures(const model::v1::SupportMeasures& measures,
                   const Texts& texts, base::Problems& problems) {
  if (!catalogue::CheckShape(measures, {}, problems)) {
    return;
  }
  internal::CheckDeclarations(measures, problems);
  internal::CheckConditions(measures, problems);
  catalogue::CheckSourcesOf(measures, problems);
  internal::CheckTexts(measures, texts, problems);
}

}  // namespace careroute::measures
