// bindings/c/internal/world_config.h: what a world is opened with.

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_WORLD_CONFIG_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_WORLD_CONFIG_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/calendar/calendar_set.h"
#include "lib/exchange/testing/faulty_network.h"
#include "lib/measures/measure_sets.h"
#include "lib/scoring/instrument_set.h"
#include "lib/testing/simulated_world.h"

namespace careroute::bindings {

// A serialised careroute.testing.v1.WorldConfig, and the files it names.
struct WorldPlan {
  uint64_t seed = 0;
  absl::Time start = testing::kWorldStart;
  calendar::CalendarSet calendars;
  measures::MeasureSets measures;
  scoring::InstrumentSet instruments;
  std::vector<model::v1::Pathway> pathways;  // bound
  std::vector<testing::HubPlan> hubs;
};
// INVALID_ARGUMENT lists every problem.
[[nodiscard]] absl::StatusOr<WorldPlan> ReadWorldConfig(
    const std::string& bytes);

// A serialised careroute.testing.v1.NetworkFaults.
struct FaultPlan {
  exchange::testing::Faults faults;
  std::set<std::pair<std::string, std::string>> cut;  // from, to
};
// INVALID_ARGUMENT lists every problem, a hub that is none of `hubs` too.
[[nodiscard]] absl::StatusOr<FaultPlan> ReadNetworkFaults(
    const std::string& bytes, const std::vector<std::string>& hubs);

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_WORLD_CONFIG_H_
