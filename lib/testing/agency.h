// lib/testing/agency.h: what the people of one organisation do at its hub.
//
// Commands are the messages of careroute.command.v1, written as text. Each call
// runs the world until it is answered, so that timers fire and batches travel
// meanwhile; what the workload of a simulation asks without waiting it asks the
// engine itself.
//
//   Agency clinic(world, {.hub = "west", .organisation = "clinic"});
//   const absl::StatusOr<base::Uid> child = clinic.Report({.number = 1});
//   clinic.Do(*child, "start_step { step: 'help' }");
//   office.Perform(referral, "accept { can_meet_needs: true }");

#ifndef CAREROUTE_LIB_TESTING_AGENCY_H_
#define CAREROUTE_LIB_TESTING_AGENCY_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/uid.h"
#include "lib/casework/referral.h"
#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/reports.h"
#include "lib/engine/request.h"
#include "lib/testing/invented.h"
#include "lib/testing/simulated_world.h"

namespace careroute::testing {

// The messages of the text forms; INVALID_ARGUMENT names the text.
[[nodiscard]] absl::StatusOr<command::v1::CaseCommand> CaseCommandOf(
    const std::string& text);
[[nodiscard]] absl::StatusOr<command::v1::ReferralCommand> ReferralCommandOf(
    const std::string& text);

// A report of need about that person.
struct ReportPlan {
  Caller by;
  std::string request_id;
  std::string pathway;
  std::string entry = "report";
  PersonPlan person;
};
[[nodiscard]] engine::Report ReportOf(const ReportPlan& plan);

// Not thread-safe. UNAVAILABLE while its hub is down. A refusal is an answer:
// it stands in the reply.
class Agency {
 public:
  struct Options {
    std::string hub;
    std::string organisation;
  };
  // The world must outlive it.
  Agency(SimulatedWorld& world, Options options)
      : world_(world), options_(std::move(options)) {}

  // --- As the one who asks ---------------------------------------------------
  // Reports a need on the pathway; the case that was opened or joined.
  // FAILED_PRECONDITION when it was refused.
  absl::StatusOr<base::Uid> Report(const std::string& pathway,
                                   const PersonPlan& person);
  // By the coordinator, of a case.
  absl::StatusOr<engine::Reply> Do(const base::Uid& uid,
                                   const std::string& command);
  [[nodiscard]] absl::StatusOr<engine::CaseReading> Read(const base::Uid& uid);
  // The newest referral of the case.
  [[nodiscard]] absl::StatusOr<casework::Referral> LastReferral(
      const base::Uid& uid);

  // --- As the one who performs ----------------------------------------------
  // By a performer, of a referral from another hub.
  absl::StatusOr<engine::Reply> Perform(const base::Uid& referral,
                                        const std::string& command);
  // Where it stands here; UNSPECIFIED = it has not arrived.
  [[nodiscard]] model::v1::ReferralState StateHere(const base::Uid& referral);

 private:
  [[nodiscard]] absl::Status CheckServes();

  SimulatedWorld& world_;
  const Options options_;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_AGENCY_H_
