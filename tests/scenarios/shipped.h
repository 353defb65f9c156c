// tests/scenarios/shipped.h: the catalogue the scenarios are played on.
//
//   const Shipped& shipped = ShippedCatalogue();
//   shipped.pathway ... shipped.bound ...

#ifndef CAREROUTE_TESTS_SCENARIOS_SHIPPED_H_
#define CAREROUTE_TESTS_SCENARIOS_SHIPPED_H_

#include <string>

#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/calendar/calendar_set.h"

namespace careroute::scenarios {

struct Shipped {
  model::v1::Pathway pathway;  // early-help, bound to the demo region
  std::string bound;           // the same as it is published
  calendar::CalendarSet calendars;
  model::v1::Directory organisations;  // of data/organisations.textproto
};

// Read once a process from the source tree, in whose root tests run. A
// catalogue with errors stops the program: catalogue_test says what is wrong.
[[nodiscard]] const Shipped& ShippedCatalogue();

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_SHIPPED_H_
