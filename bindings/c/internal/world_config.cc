#include "bindings/c/internal/world_config.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

#include "bindings/c/internal/embedded_config.h"
#include "careroute/testing/v1/world.pb.h"
#include "google/protobuf/duration.pb.h"
#include "lib/api/request_check.h"
#include "lib/api/status.h"
#include "lib/base/problems.h"
#include "lib/base/status_macros.h"
#include "services/core/catalogue.h"

namespace careroute::bindings {
namespace {

using testing::v1::NetworkFaults;
using testing::v1::WorldConfig;

// Clocks of machines are not wrong by more and still believed.
constexpr absl::Duration kAheadMax = absl::Hours(24);
// Nobody waits longer for a batch than minutes.
constexpr absl::Duration kDelayMax = absl::Hours(1);

// Parsed and held to the rules beside its fields, less those that `take_out`
// clears.
template <typename Message, typename TakeOut>
Message Read(const std::string& bytes, TakeOut take_out,
             base::Problems& problems) {
  Message message;
  if (!message.ParseFromString(bytes)) {
    api::RequestCheck::ExplainUnparsable(*Message::descriptor(), bytes,
                                         problems);
    return message;
  }
  api::RequestCheck rules;
  rules.Prepare(*Message::descriptor());
  Message by_rules = message;
  take_out(by_rules);
  rules.Check(by_rules, problems);
  return message;
}

// Zero with a problem unless it is between the two.
struct SpanLimit {
  const char* field;
  absl::Duration min;
  absl::Duration max;
  const char* mend;
};
absl::Duration SpanIn(const google::protobuf::Duration& from,
                      const SpanLimit& limit, base::Problems& problems) {
  const absl::Duration span =
      absl::Seconds(from.seconds()) + absl::Nanoseconds(from.nanos());
  if (span >= limit.min && span <= limit.max) return span;
  problems.Error(limit.field, "OUT_OF_RANGE", "is too short or too long",
                 limit.mend);
  return absl::ZeroDuration();
}

std::vector<testing::HubPlan> HubsOf(const WorldConfig& config,
                                     base::Problems& problems) {
  std::vector<testing::HubPlan> plans;
  std::set<std::string> ids;
  std::set<std::string> organisations;
  for (int i = 0; i < config.hubs_size(); ++i) {
    const testing::v1::WorldHub& hub = config.hubs(i);
    const auto scope = problems.Enter("hubs", i);
    if (!ids.insert(hub.id()).second) {
      problems.Error("id", "TWICE", "is the id of a hub named before",
                     "give each hub an id of its own");
    }
    for (int k = 0; k < hub.organisations_size(); ++k) {
      const auto one = problems.Enter("organisations", k);
      if (!organisations.insert(hub.organisations(k).name()).second) {
        problems.Error("name", "TWICE", "is hosted by a hub already",
                       "let one hub host it");
      }
      if (!hub.organisations(k).hub().empty()) {
        problems.Error("hub", "FILLED_IN", "is filled in by the world",
                       "leave it out");
      }
    }
    plans.push_back({.id = hub.id(),
                     .organisations = {hub.organisations().begin(),
                                       hub.organisations().end()},
                     .ahead = SpanIn(hub.ahead(),
                                     {.field = "ahead",
                                      .min = -kAheadMax,
                                      .max = kAheadMax,
                                      .mend = "at most a day either way"},
                                     problems)});
  }
  return plans;
}

// A duration in a request is never below zero, and a clock may be behind.
void TakeOutAhead(WorldConfig& config) {
  for (testing::v1::WorldHub& hub : *config.mutable_hubs()) hub.clear_ahead();
}

}  // namespace

absl::StatusOr<WorldPlan> ReadWorldConfig(const std::string& bytes) {
  base::Problems problems;
  const auto config = Read<WorldConfig>(bytes, &TakeOutAhead, problems);
  WorldPlan plan{.seed = static_cast<uint64_t>(config.seed()),
                 .hubs = HubsOf(config, problems)};
  if (config.has_start_time()) {
    plan.start = TimeOf(config.start_time(), "start_time", problems)
                     .value_or(testing::kWorldStart);
  }
  if (problems.HasErrors()) return api::ProblemsStatus(problems);
  const std::string folder = config.catalogue().empty()
                                 ? CatalogueBesideLibrary()
                                 : config.catalogue();
  plan.calendars = services::LoadCalendarFolder(folder, problems);
  plan.instruments = services::LoadInstrumentFolder(folder, problems);
  plan.measures = services::LoadMeasureFolder(folder, problems);
  if (problems.HasErrors()) return api::ProblemsStatus(problems);
  for (const std::string& overlay : config.overlays()) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const std::shared_ptr<const pathway::Edition> edition,
        services::EditionOfOverlay({.folder = folder, .overlay = overlay}));
    plan.pathways.push_back(edition->pathway());
  }
  return plan;
}

absl::StatusOr<FaultPlan> ReadNetworkFaults(
    const std::string& bytes, const std::vector<std::string>& hubs) {
  base::Problems problems;
  const auto faults = Read<NetworkFaults>(
      bytes, [](NetworkFaults&) {}, problems);
  FaultPlan plan;
  const auto check_hub = [&](const char* field, const std::string& id) {
    if (std::find(hubs.begin(), hubs.end(), id) != hubs.end()) return;
    problems.Error(field, "NO_SUCH_HUB", "is no hub of this world",
                   "name one by its id");
  };
  for (int i = 0; i < faults.cut_size(); ++i) {
    const auto scope = problems.Enter("cut", i);
    check_hub("from_hub", faults.cut(i).from_hub());
    check_hub("to_hub", faults.cut(i).to_hub());
    plan.cut.emplace(faults.cut(i).from_hub(), faults.cut(i).to_hub());
  }
  plan.faults = {.lost = static_cast<uint64_t>(faults.lost_percent()),
                 .doubled = static_cast<uint64_t>(faults.doubled_percent()),
                 .late = static_cast<uint64_t>(faults.late_percent()),
                 .delay_max = SpanIn(faults.delay_max(),
                                     {.field = "delay_max",
                                      .min = absl::ZeroDuration(),
                                      .max = kDelayMax,
                                      .mend = "at most an hour"},
                                     problems)};
  if (problems.HasErrors()) return api::ProblemsStatus(problems);
  return plan;
}

}  // namespace careroute::bindings
