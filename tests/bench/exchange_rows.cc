// Referrals between two hubs over mutual TLS, each on a SQLite file of its own:
// how long one takes there and back, how many do at once, and how fast a hub
// catches up with what an outage has left.
//
// What goes there and back cannot do without calls and commits: the floor joins
// eight calls of a server that does nothing, over mutual TLS with the same
// certificates, and as many bare commits as both stores are asked for. What
// catches up is held against the bare rows it leaves in both stores.

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/exchange_world.h"
#include "tests/bench/load.h"
#include "tests/bench/round_trips.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/bench/sqlite_floor.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

// Calls that a trip is held against: there and back for the referral, its
// acceptance and its outcome, and for their receipts.
constexpr double kEchoes = 8;

// Envelopes in a batch, and rows in a transaction of the floor.
constexpr int kBatch = 256;

// Trips for which a round has cases: more than any machine makes in its time.
constexpr double kTripsPerSecondMax = 3000;

class EchoScript final : public Script {
 public:
  OneCall Next(size_t) override {
    return {.method = "careroute.exchange.v1.ExchangeService.Deliver",
            .request = std::string(kFloorRowBytes, 'e')};
  }
  [[nodiscard]] size_t slots() const override { return 1; }
};

// A server with the certificate of the east that answers the west.
class SecureEcho {
 public:
  explicit SecureEcho(ExchangeWorld& world)
      : server_(std::string(kFloorRowBytes, 'e'),
                world.certificates("east").ForDoor(
                    services::HubCertificates::Clients::kMustPresent)),
        target_(server_.port(), world.certificates("west").ForPeer("east")) {}

  // What a call takes, in the middle.
  double Ms(absl::Duration duration) {
    return Quantile(AskInTurn(target_, script_, duration).latencies_ms, 0.5);
  }

 private:
  EchoServer server_;
  EchoScript script_;
  GrpcTarget target_;
};

size_t CasesFor(const Setting& setting) {
  const double seconds = absl::ToDoubleSeconds(setting.round) * setting.rounds;
  return kInFlight + static_cast<size_t>(seconds * kTripsPerSecondMax);
}

absl::StatusOr<Measured> OneTrip(const Bench& bench) {
  ExchangeWorld world;
  std::vector<Referable> cases = world.Prepare(CasesFor(bench.setting));
  world.Connect();
  SecureEcho echo(world);
  SqliteFloor rows(world.File("floor.db"));
  double call = 0;
  double commit = 0;
  double commits = 0;
  const auto trip = [&](absl::Duration duration) {
    const int64_t before = world.commits();
    const Trips trips = MakeTrips(world, cases, {.duration = duration});
    CAREROUTE_CHECK(!trips.latencies_ms.empty());
    commits = static_cast<double>(world.commits() - before) /
              static_cast<double>(trips.latencies_ms.size());
    return Quantile(trips.latencies_ms, 0.5);
  };
  // The first one connects, the next says what the floor is made of.
  trip(absl::ZeroDuration());
  trip(absl::ZeroDuration());
  const Medians both = Alternate(
      bench.setting, {.floor =
                          [&] {
                            call = echo.Ms(bench.setting.round);
                            commit = rows.CommitMs(bench.setting.round);
                            return kEchoes * call + commits * commit;
                          },
                      .subject = [&] { return trip(bench.setting.round); }});
  return Measured{
      .value = both.subject,
      .floor = both.floor,
      .note = absl::StrFormat("last round: a call %.2f ms, %.1f commits of "
                              "%.2f ms in a trip",
                              call, commits, commit)};
}

absl::StatusOr<Measured> ManyTrips(const Bench& bench) {
  ExchangeWorld world;
  std::vector<Referable> cases = world.Prepare(CasesFor(bench.setting));
  world.Connect();
  double p50 = 0;
  const double value = Repeat(bench.setting, [&] {
    const Trips trips =
        MakeTrips(world, cases,
                  {.in_flight = kInFlight, .duration = bench.setting.round});
    CAREROUTE_CHECK(!trips.latencies_ms.empty());
    p50 = Quantile(trips.latencies_ms, 0.5);
    return trips.per_second;
  });
  return Measured{
      .value = value,
      .note = absl::StrFormat("last round: half within %.0f ms", p50)};
}

// Refers all of them, so many at once.
void ReferAll(ExchangeWorld& world, const std::vector<Referable>& cases) {
  std::atomic<size_t> done{0};
  for (size_t i = 0; i < cases.size(); ++i) {
    world.Refer(cases[i], [&world, &done](absl::StatusOr<base::Uid> uid) {
      Sure(uid.status());
      ++done;
      world.Notify();
    });
    for (int64_t seen = world.happened(); i + 1 - done >= kInFlight;
         seen = world.happened()) {
      world.WaitBeyond(seen);
    }
  }
  for (int64_t seen = world.happened(); done < cases.size();
       seen = world.happened()) {
    world.WaitBeyond(seen);
  }
}

absl::StatusOr<Measured> CatchUp(const Bench& bench) {
  ExchangeWorld world;
  ReferAll(world, world.Prepare(static_cast<size_t>(bench.setting.outage)));
  const int64_t before = world.rows();
  const absl::Duration begun = base::MonotonicTime();
  world.Connect();
  for (int64_t seen = world.settled(); world.HasUnsent();
       seen = world.settled()) {
    world.WaitSettledBeyond(seen);
  }
  const absl::Duration taken = base::MonotonicTime() - begun;
  const auto envelopes = static_cast<double>(bench.setting.outage);
  const double rows = static_cast<double>(world.rows() - before) / envelopes;
  SqliteFloor floor(world.File("floor.db"));
  const double bare = Repeat(
      bench.setting, [&] { return floor.Rate(kBatch, bench.setting.round); });
  return Measured{
      .value = envelopes / absl::ToDoubleSeconds(taken),
      .floor = bare / rows,
      .note = absl::StrFormat("%.0f envelopes, %.1f rows each in both stores",
                              envelopes, rows)};
}

}  // namespace

std::vector<Row> ExchangeRows() {
  return {{.name = "referral round trip, mutual TLS, p50",
           .unit = "ms",
           .goal = {Of::kRatio, Bound::kAtMost, 2.0},
           .measure = OneTrip},
          {.name = "referral round trips, mutual TLS, 64 in flight",
           .unit = "/s",
           .goal = {Of::kValue, Bound::kAtLeast, 0},
           .measure = ManyTrips},
          {.name = "catch-up after an outage",
           .unit = "/s",
           .goal = {Of::kRatio, Bound::kAtLeast, 0.5},
           .measure = CatchUp}};
}

}  // namespace careroute::bench
