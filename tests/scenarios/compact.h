// tests/scenarios/compact.h: the short forms of a scenario, written out.
//
//   FactOf("programme_until=+340d", {.pathway = pathway, .today = today});
//   MomentOf("+3d", now, zone);

#ifndef CAREROUTE_TESTS_SCENARIOS_COMPACT_H_
#define CAREROUTE_TESTS_SCENARIOS_COMPACT_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/document.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "careroute/model/v1/plan.pb.h"
#include "careroute/testing/v1/scenario.pb.h"
#include "google/protobuf/repeated_field.h"

namespace careroute::scenarios {

// The clock of the families: UTC+10 unless the scenario says otherwise.
[[nodiscard]] absl::TimeZone HomeZone(const testing::v1::Given& given);

// "2025-06-02", "2025-06-02 10:00", "+2h", "+3d", "+1m" or "+14y" from `now`,
// on the clock of the zone.
[[nodiscard]] absl::StatusOr<absl::Time> MomentOf(absl::string_view text,
                                                  absl::Time now,
                                                  absl::TimeZone zone);

// A date, or "+30d" from today; other text as it is.
[[nodiscard]] std::string DateOf(absl::string_view text, absl::CivilDay today);

// "fact=value", "fact#2=value" of the second finding or plan line, "fact=?" of
// what is not known. The pathway says what type the value has.
struct FactContext {
  const model::v1::Pathway& pathway;
  absl::CivilDay today;
};
[[nodiscard]] absl::StatusOr<model::v1::Fact> FactOf(
    absl::string_view text, const FactContext& context);

// Adds a line of a plan, "feeding=given minutes:60 days:7", or with "*=part"
// one for each element of the pathway's first list that no line names yet.
[[nodiscard]] absl::Status AddPlanLines(
    absl::string_view text, const model::v1::Pathway& pathway,
    google::protobuf::RepeatedPtrField<model::v1::PlanLine>& plan);

[[nodiscard]] model::v1::Document DocumentOf(absl::string_view kind,
                                             absl::CivilDay today);

// "clinic/coordinator"; "hub/administrator" is World's FirstAdministrator().
[[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(absl::string_view text);

// Ids of a scenario and the names the registry gave: "persons/{person}".
using Persons = std::map<std::string, std::string>;

// INVALID_ARGUMENT for somebody the scenario does not know, or an agency kind
// that does not exist.
[[nodiscard]] absl::StatusOr<model::v1::Consent> ConsentOf(
    const testing::v1::ConsentTerms& terms, const Persons& persons,
    absl::CivilDay today);

// What is registered of somebody; parents and carers must be known already.
// What is given says in which region people live, and what they speak.
[[nodiscard]] absl::StatusOr<command::v1::RegisterPerson> PersonOf(
    const testing::v1::GivenPerson& person, const testing::v1::Given& given,
    const Persons& persons);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_COMPACT_H_
