// lib/engine/internal/member_changes.h: what a command to one member of an
// organisation becomes. Pure.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_MEMBER_CHANGES_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_MEMBER_CHANGES_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "careroute/command/v1/organisation_command.pb.h"
#include "careroute/event/v1/organisation_event.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/refusal.pb.h"

namespace careroute::engine::internal {

// Sets the body of the event for an absence or a dismissal, or leaves it unset
// where nothing changes. Absences over by `today` are forgotten when one is
// added.
[[nodiscard]] std::optional<model::v1::Refusal> ChangeMember(
    const command::v1::OrganisationCommand& command,
    const model::v1::Organisation& known, absl::CivilDay today,
    event::v1::OrganisationEvent& event);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_MEMBER_CHANGES_H_
