// The transitions of sqlite_rows.cc on a PostgreSQL server of their own: by one
// hub, and by two that share the database, 64 in flight in all.
//
// The floor writes one row of 500 bytes a transaction over as many connections
// as a hub writes with, to the same server.

#include <memory>
#include <thread>
#include <vector>

#include "lib/store/postgres/postgres_store.h"
#include "lib/store/postgres/test_cluster.h"
#include "tests/bench/hub_world.h"
#include "tests/bench/load.h"
#include "tests/bench/postgres_floor.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

// A hub on the shared database, and whom it asks about.
class Share {
 public:
  Share(BenchHub& hub, std::vector<WorldCase> cases)
      : in_flight_(cases.size()), target_(hub.table()), script_(cases) {}

  LoadResult Run(absl::Duration duration) {
    return KeepInFlight(target_, script_,
                        {.in_flight = in_flight_, .duration = duration});
  }

 private:
  const size_t in_flight_;
  const TableTarget target_;
  StepScript script_;
};

// A database, its hubs, and the cases parted between them.
class Scene {
 public:
  explicit Scene(size_t hubs) : address_(cluster_.NewAddress()) {
    Sure(store::MigratePostgres({.address = address_}));
    world_ = std::make_unique<HubWorld>(kInFlight, address_);
    const std::vector<WorldCase>& all = world_->cases();
    const size_t each = all.size() / hubs;
    for (size_t i = 0; i < hubs; ++i) {
      BenchHub* hub = &world_->hub();
      if (i > 0) {
        others_.push_back(world_->AnotherHub());
        hub = others_.back().get();
      }
      const auto begin = all.begin() + static_cast<ptrdiff_t>(i * each);
      shares_.push_back(std::make_unique<Share>(
          *hub,
          std::vector<WorldCase>(begin, begin + static_cast<ptrdiff_t>(each))));
    }
  }

  // Transitions a second, all hubs together.
  double Rate(absl::Duration duration) {
    std::vector<double> rates(shares_.size());
    std::vector<std::thread> hubs;
    for (size_t i = 0; i < shares_.size(); ++i) {
      hubs.emplace_back([&, i] {
        const LoadResult load = shares_[i]->Run(duration);
        rates[i] = load.per_second;
      });
    }
    for (std::thread& hub : hubs) hub.join();
    double sum = 0;
    for (const double rate : rates) sum += rate;
    return sum;
  }

  store::TestCluster& cluster() { return cluster_; }

 private:
  store::TestCluster cluster_{store::Fsync::kOn};
  const std::string address_;
  std::unique_ptr<HubWorld> world_;
  std::vector<std::unique_ptr<BenchHub>> others_;
  std::vector<std::unique_ptr<Share>> shares_;
};

absl::StatusOr<Measured> Shared(const Bench& bench, size_t hubs) {
  Scene scene(hubs);
  PostgresFloor floor(scene.cluster().NewAddress());
  const Medians both =
      Alternate(bench.setting,
                {.floor = [&] { return floor.Rate(bench.setting.round); },
                 .subject = [&] { return scene.Rate(bench.setting.round); }});
  return Measured{.value = both.subject, .floor = both.floor};
}

}  // namespace

std::vector<Row> PostgresRows() {
  const Goal goal = {Of::kRatio, Bound::kAtLeast, 0.5};
  return {{.name = "transitions, PostgreSQL, 64 in flight, 1 hub",
           .unit = "/s",
           .goal = goal,
           .measure = [](const Bench& bench) { return Shared(bench, 1); }},
          {.name = "transitions, PostgreSQL, 64 in flight, 2 hubs",
           .unit = "/s",
           .goal = goal,
           .measure = [](const Bench& bench) { return Shared(bench, 2); }}};
}

}  // namespace careroute::bench
