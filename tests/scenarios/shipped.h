// tests/scenarios/shipped.h: the catalogue the scenarios are played on.
//
//   for (const auto& [id, shipped] : ShippedCatalogue().pathways) ...
//   const model::v1::Pathway& pathway = ShippedPathwayOf("early-help").pathway;

#ifndef CAREROUTE_TESTS_SCENARIOS_SHIPPED_H_
#define CAREROUTE_TESTS_SCENARIOS_SHIPPED_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/calendar/calendar_set.h"
#include "lib/measures/measure_sets.h"
#include "lib/pathway/edition.h"
#include "lib/scoring/instrument_set.h"

namespace careroute::scenarios {

// Where the catalogue stands in the source tree.
inline constexpr char kCatalogue[] = "lib/pathway/catalogue";
inline constexpr char kMeasures[] = "lib/measures/catalogue";
// A catalogue of other countries: every folder of a pathway in it is read, and
// nothing here names one.
inline constexpr char kAbroad[] = "tests/scenarios/data/abroad";

// A pathway bound to the demo region.
struct ShippedPathway {
  model::v1::Pathway pathway;
  std::string bound;  // the same as it is published
  std::shared_ptr<const pathway::Edition> edition;  // made of that
  // Uses of shared blocks: a step USE or USE.x is a block's.
  std::set<std::string, std::less<>> uses;
};

struct Shipped {
  std::map<std::string, ShippedPathway, std::less<>> pathways;  // by id
  std::map<std::string, ShippedPathway, std::less<>> abroad;    // likewise
  calendar::CalendarSet calendars;
  measures::MeasureSets measures;
  scoring::InstrumentSet instruments;
  model::v1::Directory organisations;         // of data/
  model::v1::Directory organisations_abroad;  // of data/abroad/
};

// Read once a process from the source tree, in whose root tests run. A
// catalogue with errors stops the program: catalogue_test says what is wrong.
[[nodiscard]] const Shipped& ShippedCatalogue();

[[nodiscard]] bool IsOfBlock(const ShippedPathway& shipped,
                             absl::string_view step);

// Stops the program when none of this id is there, abroad neither.
[[nodiscard]] const ShippedPathway& ShippedPathwayOf(absl::string_view id);

// Those that a hub with this pathway knows.
[[nodiscard]] const model::v1::Directory& OrganisationsFor(
    absl::string_view pathway);

// Itself, those it opens cases of, those they open cases of.
[[nodiscard]] std::set<std::string> PathwaysOpenedFrom(const std::string& id);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_SHIPPED_H_
