// lib/casework/decide.h: a command to a case becomes one event, or a refusal.
//
//   google::protobuf::Arena arena;
//   const Decision decision = Decide(state, edition, command, context);
//   if (decision.refusal != nullptr) return Refused(*decision.refusal);
//   Seal(decision.parts, *decision.event);  // by the engine
//   Append(*decision.event);
//   Fold(*decision.event, state);
//
// The event states everything that follows from the command: steps ended and
// started, deadlines as instants, stops, schedules, notices, messages. fold
// concludes nothing from it.
//
// What decides is the pinned edition alone; no step, fact or outcome is known
// here by name.

#ifndef CAREROUTE_LIB_CASEWORK_DECIDE_H_
#define CAREROUTE_LIB_CASEWORK_DECIDE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"
#include "lib/pathway/edition.h"

namespace careroute::casework {

// The lowest format number that can fold the events this release writes. A
// release reads a format before the next one writes it.
inline constexpr int32_t kEventFormat = 1;

// Rules may start steps that end at once and start others. A command that
// causes more changes than this is refused: its pathway has a loop, and an
// event must stay small enough to read.
inline constexpr size_t kConsequencesMax = 1000;

// Recorded later than this after it happened is flagged.
inline constexpr absl::Duration kRecordedLateAfter = absl::Hours(24);

// What one data class of the event holds in the plain. The engine seals each
// under the person's key and puts it into the header; the clear event holds
// none of it.
struct ClassPart {
  model::v1::DataClass data_class = model::v1::DATA_CLASS_UNSPECIFIED;
  const event::v1::PlainPart* part = nullptr;  // on the arena
};

// Exactly one of `event` and `refusal` is set.
struct Decision {
  // On the arena of the context, complete but for sealed parts.
  event::v1::CaseEvent* event = nullptr;
  // At most one for each class, in the order of classes.
  std::vector<ClassPart> parts;
  // Why not, in English with message keys, and what is missing.
  std::unique_ptr<model::v1::Refusal> refusal;

  [[nodiscard]] bool ok() const { return event != nullptr; }
};

// Pure and total: any command is answered. `edition` is the one the case is
// pinned to; for OpenCase the one the command names. Requests have been
// checked for form (required fields, lengths); what is missing all the same is
// refused, never assumed.
[[nodiscard]] Decision Decide(const Case& state,
                              const pathway::Edition& edition,
                              const command::v1::CaseCommand& command,
                              const Context& context);

// True for the refusal of a message or timer that had its effect already: the
// sender may forget it.
[[nodiscard]] bool IsAlreadyApplied(const model::v1::Refusal& refusal);

// Of the refusal of an envelope that came before another one: the number that
// is expected. Nullopt for every other refusal.
[[nodiscard]] std::optional<int32_t> ExpectedEnvelope(
    const model::v1::Refusal& refusal);

// Of the refusal of a case that is offered to another hub, which has not
// answered yet, and of one that another hub writes to.
[[nodiscard]] bool IsFrozen(const model::v1::Refusal& refusal);
[[nodiscard]] bool IsMoved(const model::v1::Refusal& refusal);

// NoteUndelivered.why of an envelope that arrived after all.
inline constexpr absl::string_view kArrivedAfterAll = "arrived";

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_DECIDE_H_
