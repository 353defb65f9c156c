#include "lib/casework/internal/at_once.h"

#include <cstdint>

namespace careroute::casework::internal {
namespace {

using model::v1::Term;

Term* NewTerm(int32_t n, model::v1::TimeUnit unit) {
  auto* const term = new Term();
  term->set_n(n);
  term->set_unit(unit);
  return term;
}

}  // namespace

const Term& AtOnce(absl::Time start, const Place& place) {
  // Never destroyed, so that nothing depends on the order of destruction.
  static const Term* const kMinute = NewTerm(1, model::v1::TIME_UNIT_MINUTE);
  static const Term* const kDay = NewTerm(0, model::v1::TIME_UNIT_CALENDAR_DAY);
  return place.zone->StartOfDay(place.zone->LocalDate(start)) == start
             ? *kDay
             : *kMinute;
}

}  // namespace careroute::casework::internal
