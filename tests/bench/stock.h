// tests/bench/stock.h: what a hub has before anything is measured: some
// organisations, the test route of lib/casework, and cases on it.
//
//   Put(hub, OrganisationOf("organisations/clinic",
//                           model::v1::AGENCY_KIND_HEALTH));
//   const std::string hash = PublishTestRoute(hub);
//   const base::Uid uid = OpenTestCase(hub, {.edition_hash = hash,
//                                            .person = person,
//                                            .coordinators = "..."});

#ifndef CAREROUTE_TESTS_BENCH_STOCK_H_
#define CAREROUTE_TESTS_BENCH_STOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "lib/base/uid.h"
#include "lib/engine/cases.h"
#include "lib/engine/request.h"
#include "lib/registry/key_ring.h"
#include "tests/bench/bench_hub.h"

namespace careroute::bench {

// All of these stop the program when anything is refused.

[[nodiscard]] registry::KeyRing NewKeys();

// A request nobody made before.
[[nodiscard]] engine::RequestInfo NewInfo(BenchHub& hub,
                                          const model::v1::Actor& actor);

// With members anna, boris, hanna and m1.
[[nodiscard]] model::v1::Organisation OrganisationOf(
    absl::string_view name, model::v1::AgencyKind kind);
void Put(BenchHub& hub, const model::v1::Organisation& organisation);

// The hash of the edition.
[[nodiscard]] std::string PublishTestRoute(BenchHub& hub);

// The answer of a command that was accepted.
std::string Accepted(absl::StatusOr<engine::Reply> reply);
std::string Ask(BenchHub& hub, engine::Cases::ExecuteRequest request);

struct OpeningOf {
  std::string edition_hash;
  command::v1::RegisterPerson person;
  model::v1::Actor by;
  // Whose anna coordinates, and boris is the deputy.
  std::string coordinators;
};
struct OpenedCase {
  base::Uid uid;
  std::string person;  // "persons/{person}"
};
OpenedCase OpenTestCase(BenchHub& hub, const OpeningOf& opening);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_STOCK_H_
