// lib/casework/internal/dispatch.h: from a command to its function.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_DISPATCH_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_DISPATCH_H_

#include <cstdint>

#include "careroute/command/v1/case_command.pb.h"
#include "lib/casework/internal/commands.h"

namespace careroute::casework::internal {

// What a command may be asked of.
enum class AskedOf : uint8_t {
  kOpenCase,    // an open case only
  kLiveSteps,   // also steps that stay open after the ending
  kReopenable,  // also a case that a report brings back
  kClosedCase,  // also a closed case
  kErasedCase,  // also one whose person was erased
};

// One row of the table.
struct Route {
  command::v1::CaseCommand::CommandCase command =
      command::v1::CaseCommand::COMMAND_NOT_SET;
  RefusalPtr (*run)(Draft& draft) = nullptr;
  AskedOf asked_of = AskedOf::kOpenCase;
  // It may have happened in life before the case was opened.
  bool may_precede = false;
};

// Null for a command this release does not know.
[[nodiscard]] const Route* FindRoute(
    command::v1::CaseCommand::CommandCase command);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_DISPATCH_H_
