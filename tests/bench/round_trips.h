// tests/bench/round_trips.h: referrals to another hub and their outcomes back.
//
//   const Trips trips = MakeTrips(world, cases, {.in_flight = 64, .duration =
//                                                absl::Seconds(2)});
//   const double p50 = Quantile(trips.latencies_ms, 0.5);

#ifndef CAREROUTE_TESTS_BENCH_ROUND_TRIPS_H_
#define CAREROUTE_TESTS_BENCH_ROUND_TRIPS_H_

#include <vector>

#include "tests/bench/exchange_world.h"
#include "tests/bench/load.h"

namespace careroute::bench {

struct Trips {
  double per_second = 0;
  std::vector<double> latencies_ms;  // one a trip
};

// Each slot refers the next case as soon as its referral is back, until the
// time is over or the cases are; at least one trip a slot. Takes cases from the
// end of `cases`. Waits for the last. Performers accept at once what has
// arrived, and complete what they have accepted.
[[nodiscard]] Trips MakeTrips(ExchangeWorld& world,
                              std::vector<Referable>& cases,
                              const KeepOptions& options);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ROUND_TRIPS_H_
