// The transitions of sqlite_rows.cc through the gRPC door, by one client on
// one connection.
//
// Who calls over gRPC and wants it on disk pays for both: the floor joins a
// server that answers at once with as many bytes, asked by the same client
// with the same requests, and the bare rows of SQLite. Rates are joined as
// times are: 1 / (1/echo + 1/rows). The middle latency of one call at a time
// is held against the echo's and a commit of one row, added.

#include <string>

#include "absl/strings/str_format.h"
#include "services/grpc/door.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/hub_world.h"
#include "tests/bench/load.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/bench/sqlite_floor.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

// A door in front of a world. The world must outlive it.
class Served {
 public:
  explicit Served(HubWorld& world)
      : door_(world.hub().table(), {.address = "127.0.0.1:0"}) {
    Sure(door_.Start());
  }
  ~Served() { door_.Stop(base::RealClock().Now() + absl::Seconds(1)); }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  [[nodiscard]] int port() const { return door_.port(); }

 private:
  services::GrpcDoor door_;
};

// A hub behind its door, a server that does nothing, and the bare rows.
class Scene {
 public:
  Scene() : target_(served_.port()), echo_target_(echo_.port()) {}

  LoadResult Hub(const KeepOptions& options) {
    return KeepInFlight(target_, script_, options);
  }
  LoadResult Echo(const KeepOptions& options) {
    return KeepInFlight(echo_target_, echo_script_, options);
  }
  SqliteFloor& rows() { return rows_; }

 private:
  // The bytes a transition is answered with.
  std::string AReply() {
    const GrpcTarget target(served_.port());
    return KeepInFlight(target, script_, {.duration = absl::ZeroDuration()})
        .a_reply;
  }

  HubWorld world_{kInFlight};
  Served served_{world_};
  StepScript script_{world_.cases()};
  // Its requests are not carried out: they follow no other.
  StepScript echo_script_{world_.cases()};
  EchoServer echo_{AReply()};
  SqliteFloor rows_{world_.File("floor.db")};
  GrpcTarget target_;
  GrpcTarget echo_target_;
};

absl::StatusOr<Measured> Throughput(const Bench& bench) {
  Scene scene;
  const KeepOptions options = {.in_flight = kInFlight,
                               .duration = bench.setting.round};
  double echo = 0;
  const Medians both =
      Alternate(bench.setting,
                {.floor =
                     [&] {
                       echo = scene.Echo(options).per_second;
                       const double rows = scene.rows().Rate(
                           int{kInFlight}, bench.setting.round);
                       return 1 / (1 / echo + 1 / rows);
                     },
                 .subject = [&] { return scene.Hub(options).per_second; }});
  return Measured{
      .value = both.subject,
      .floor = both.floor,
      .note = absl::StrFormat("last round: echo alone %.0f/s", echo)};
}

absl::StatusOr<Measured> Latency(const Bench& bench) {
  Scene scene;
  const KeepOptions options = {.duration = bench.setting.round};
  double echo = 0;
  double commit = 0;
  const Medians both = Alternate(
      bench.setting,
      {.floor =
           [&] {
             echo = Quantile(scene.Echo(options).latencies_ms, 0.5);
             commit = scene.rows().CommitMs(bench.setting.round);
             return echo + commit;
           },
       .subject =
           [&] { return Quantile(scene.Hub(options).latencies_ms, 0.5); }});
  return Measured{
      .value = both.subject,
      .floor = both.floor,
      .note = absl::StrFormat(
          "last round: echo %.2f ms, commit of one row %.2f ms", echo, commit)};
}

}  // namespace

std::vector<Row> GrpcRows() {
  return {{.name = "gRPC transitions, SQLite, 64 in flight",
           .unit = "/s",
           .goal = {Of::kRatio, Bound::kAtLeast, 0.45},
           .measure = Throughput},
          {.name = "gRPC one client, p50",
           .unit = "ms",
           .goal = {Of::kRatio, Bound::kAtMost, 1.5},
           .measure = Latency}};
}

}  // namespace careroute::bench
