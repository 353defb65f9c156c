#include "lib/engine/route.h"

#include "lib/casework/view.h"
#include "lib/engine/internal/route_page.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"

namespace careroute::engine {

model::v1::Route BuildRoute(const CaseReading& reading,
                            const RouteOptions& options) {
  const internal::RoutePage page(reading, options);
  model::v1::Route route;
  route.set_case_name(casework::CaseName(reading.uid));
  *route.mutable_as_of_time() = internal::ToProto(options.now);
  route.set_language(page.language);
  if (page.zone() != nullptr) {
    route.set_utc_offset_minutes(page.zone()->OffsetMinutesAt(options.now));
  }
  internal::FillHeader(page, *route.mutable_header());
  internal::AddDone(page, route);
  internal::AddLive(page, route);
  internal::AddNext(page, route);
  internal::AddUpcoming(page, route);
  internal::AddHoldings(page, route);
  internal::AddWeek(page, route);
  internal::AddMeasures(page, route);
  access::DataClassSet::All()
      .Without(options.visible)
      .ForEach([&route](model::v1::DataClass one) { route.add_withheld(one); });
  return route;
}

}  // namespace careroute::engine
