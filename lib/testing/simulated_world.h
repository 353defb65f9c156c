// lib/testing/simulated_world.h: several hubs, and all that is around them.
//
// Production code on one thread, with clock, network and disks that do as a
// seed says. Every hub knows every other: its organisations, its key. Nothing
// happens between two calls; the same seed and the same calls give the same
// course of things, and a simulated day takes a fraction of a second.
//
//   SimulatedWorld world({.seed = 7, .calendars = calendars});
//   world.AddHub({.id = "west", .organisations = {clinic}});
//   world.AddHub({.id = "east", .organisations = {office}});
//   world.Open({pathway});
//   world.network().Cut("west", "east");
//   world.Run(absl::Hours(2));
//
// Agency (lib/testing/agency.h) says what people of one organisation do.

#ifndef CAREROUTE_LIB_TESTING_SIMULATED_WORLD_H_
#define CAREROUTE_LIB_TESTING_SIMULATED_WORLD_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/exchange/testing/faulty_network.h"
#include "lib/measures/measure_sets.h"
#include "lib/scoring/instrument_set.h"
#include "lib/testing/simulated_hub.h"

namespace careroute::testing {

// An answer that takes longer than this will not come.
inline constexpr absl::Duration kAnswerWithin = absl::Minutes(1);

// Monday, 2 March 2026, 10:00 in Khabarovsk.
inline constexpr absl::Time kWorldStart = absl::FromUnixSeconds(1772409600);

struct HubPlan {
  std::string id;
  // Those it hosts; their `hub` is filled in for the others.
  std::vector<model::v1::Organisation> organisations;
  absl::Duration ahead = absl::ZeroDuration();  // of its clock
};

// Not thread-safe. What must succeed and does not ends the program: a mistake
// of the test.
class SimulatedWorld {
 public:
  struct Options {
    uint64_t seed = 1;
    const calendar::CalendarSet& calendars;  // must outlive it
    // Null = none; must outlive it.
    const measures::MeasureSets* measures = nullptr;
    const scoring::InstrumentSet* instruments = nullptr;
    absl::Time start = kWorldStart;
  };
  explicit SimulatedWorld(const Options& options);
  // Nothing that was under way answers any more.
  ~SimulatedWorld();
  SimulatedWorld(const SimulatedWorld&) = delete;
  SimulatedWorld& operator=(const SimulatedWorld&) = delete;

  void AddHub(HubPlan plan);
  // After all hubs: starts them, tells each of every organisation, and
  // publishes the pathways, which must be bound.
  void Open(const std::vector<model::v1::Pathway>& pathways);
  // The same for hubs that somebody else planned: INVALID_ARGUMENT for an
  // organisation or a pathway that a hub refuses, naming it. The world is then
  // of no use.
  [[nodiscard]] absl::Status TryOpen(
      const std::vector<model::v1::Pathway>& pathways);

  // --- Time -----------------------------------------------------------------
  void Run(absl::Duration within);
  // Starts a call and runs until it is answered; what else is due meanwhile
  // happens too. DEADLINE_EXCEEDED after kAnswerWithin.
  template <typename T, typename Call>
  absl::StatusOr<T> Await(Call call) {
    const auto answer = std::make_shared<std::optional<absl::StatusOr<T>>>();
    call(base::Done<T>(
        [answer](absl::StatusOr<T> given) { *answer = std::move(given); }));
    const absl::Time end = clock_.Now() + kAnswerWithin;
    executor_.RunReady();
    while (!answer->has_value() && clock_.Now() < end) {
      executor_.RunUntil(clock_.Now() + absl::Milliseconds(1));
    }
    if (!answer->has_value()) {
      return absl::DeadlineExceededError("nobody answered");
    }
    return std::move(**answer);
  }

  // --- Its parts ------------------------------------------------------------
  [[nodiscard]] SimulatedHub& hub(const std::string& id) {
    return *hubs_.at(id);
  }
  [[nodiscard]] std::vector<std::string> hub_ids() const;
  [[nodiscard]] exchange::testing::FaultyNetwork& network() { return network_; }
  [[nodiscard]] base::VirtualClock& clock() { return clock_; }
  [[nodiscard]] base::ManualExecutor& executor() { return executor_; }
  // For whoever makes the world's troubles.
  [[nodiscard]] base::Random& random() { return random_; }
  // "request 1", "request 2", ...
  [[nodiscard]] std::string NewRequestId();

 private:
  [[nodiscard]] absl::Status Tell(SimulatedHub& hub);
  [[nodiscard]] absl::Status Publish(SimulatedHub& hub,
                                     const model::v1::Pathway& pathway);

  const Options options_;
  base::VirtualClock clock_;
  base::ManualExecutor executor_{clock_};
  base::SeededRandom random_;
  exchange::testing::FaultyNetwork network_;
  std::vector<HubPlan> plans_;
  std::map<std::string, std::unique_ptr<SimulatedHub>> hubs_;
  int64_t requests_ = 0;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_SIMULATED_WORLD_H_
