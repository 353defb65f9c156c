// services/hub/generate/caseload.h: case number n of a caseload, invented.
//
// A pure function of the shape, the seed, the instant it is written at and the
// number: so cases can be made in any order and by several threads, and a
// larger caseload of the same seed begins with the smaller one.
//
//   const Caseload caseload({.shape = shape, .seed = 7, .now = clock.Now()});
//   for (const model::v1::Organisation& one : caseload.Organisations()) ...
//   const PlannedCase first = caseload.Plan(0);

#ifndef CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_H_
#define CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "lib/base/random.h"
#include "lib/engine/request.h"
#include "services/hub/generate/caseload_shape.h"

namespace careroute::services {

// What the numbers of people have room for.
inline constexpr int64_t kCasesMax = 1'000'000;

struct PlannedMove {
  std::string step;  // whose live occurrence it concerns; empty = of none
  command::v1::CaseCommand command;
  model::v1::Actor actor;
};

// Everything a case is told, but what only the hub knows: the names of persons
// and the numbers of occurrences and referrals.
struct PlannedCase {
  size_t programme = 0;                               // in the shape
  std::optional<command::v1::RegisterPerson> parent;  // registered first
  api::v1::ReportNeedRequest report;
  std::vector<PlannedMove> moves;
  model::v1::Actor reporter;
};

// The consent that is given with the command; null when there is none.
[[nodiscard]] model::v1::Consent* ConsentIn(command::v1::CaseCommand& command);

// Immutable and thread-safe; the shape must outlive it.
class Caseload {
 public:
  struct Options {
    const CaseloadShape& shape;
    uint64_t seed = 0;
    // Nothing happens after it.
    absl::Time now;
  };
  explicit Caseload(const Options& options);

  // The number is below kCasesMax.
  [[nodiscard]] PlannedCase Plan(uint32_t number) const;

  // Those that report and coordinate, and those that referrals ask. The same
  // for every size and seed.
  [[nodiscard]] std::vector<model::v1::Organisation> Organisations() const;

  // Of one request about a case: "parent", "report", "move/0". The same for
  // the same seed, so that nothing is done twice; of another shape under it
  // the body is another, and is refused.
  [[nodiscard]] engine::RequestInfo InfoOf(const model::v1::Actor& actor,
                                           uint32_t number,
                                           absl::string_view part) const;

  [[nodiscard]] const CaseloadShape& shape() const { return options_.shape; }

 private:
  void InventPeople(uint32_t number, absl::CivilDay began, base::Random& random,
                    PlannedCase& planned) const;
  struct Course;
  [[nodiscard]] std::vector<PlannedMove> MovesOf(const CaseloadHistory& history,
                                                 const Course& course) const;

  const Options options_;
  const std::string seed_;          // in digits
  const uint32_t caseload_;         // for numbers of people
  const int64_t programme_shares_;  // all of them together
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_H_
