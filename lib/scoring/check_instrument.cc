#include "lib/catalogue/check_shape.h"
#include "lib/catalogue/check_sources.h"
#include "lib/scoring/instrument.h"
#include "lib/scoring/internal/check_rules.h"

namespace careroute::scoring {

void CheckInstrument(const model::v1::Instrument& instrument,
                     base::Problems& problems) {
  if (!catalogue::CheckShape(instrument, {}, problems)) {
    return;
  }
  internal::CheckDeclarations(instrument, problems);
  internal::CheckNumbers(instrument, problems);
  internal::CheckModules(instrument, problems);
  internal::CheckConditions(instrument, problems);
  internal::CheckLevels(instrument, problems);
  internal::CheckAges(instrument, problems);
  internal::CheckBands(instrument, problems);
  catalogue::CheckSourcesOf(instrument, problems);
  internal::CheckTexts(instrument, problems);
}

}  // namespace careroute::scoring
