// Tries at reaching the family: bounded, in several ways, the last one in
// earnest.

#include <algorithm>
#include <optional>
#include <vector>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/contact_dates.h"
#include "lib/casework/internal/effects.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Attempts;
using model::v1::ContactMode;

bool Holds(const google::protobuf::RepeatedField<int>& modes, int mode) {
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

int TriesOf(const Draft& draft, const Attempts& rules) {
  const model::v1::Binding* binding =
      draft.edition.FindBinding(rules.tries_parameter());
  if (binding != nullptr && binding->value().has_integer()) {
    return static_cast<int>(
        std::clamp<int64_t>(binding->value().integer(), 1, 20));
  }
  return std::max(rules.tries(), 1);
}

// The ways tried so far, this try included.
std::vector<ContactMode> ModesOf(const Live& live, const Attempts& rules,
                                 ContactMode now) {
  std::vector<ContactMode> modes;
  const auto add = [&](ContactMode mode) {
    if (rules.modes().empty() || Holds(rules.modes(), mode) ||
        Holds(rules.last(), mode)) {
      modes.push_back(mode);
    }
  };
  if (live.folded != nullptr) {
    for (const AttemptRecord& one : live.folded->attempts) {
      add(one.mode);
    }
  }
  add(now);
  return modes;
}

bool IsExhausted(const Draft& draft, const Live& live, const Attempts& rules,
                 ContactMode now) {
  std::vector<ContactMode> modes = ModesOf(live, rules, now);
  const auto tries = static_cast<int>(modes.size());
  std::sort(modes.begin(), modes.end());
  modes.erase(std::unique(modes.begin(), modes.end()), modes.end());
  const bool last_fits = rules.last().empty() || Holds(rules.last(), now);
  return tries >= TriesOf(draft, rules) &&
         static_cast<int>(modes.size()) >= rules.ways() && last_fits;
}

// The next try comes a term later, told to the performer by the next contact
// date.
void PlanNextTry(const Attempts& rules, Draft& draft) {
  if (!rules.has_every() || !draft.IsOpen()) {
    return;
  }
  const auto due = draft.places.AddTerm(draft.recorded, rules.every());
  if (!due.has_value()) {
    return;
  }
  const absl::CivilDay day = draft.places.DayOf(*due - absl::Seconds(1));
  const auto known = Places::Day(draft.NextContact());
  if (!known.has_value() || day < *known) {
    draft.SetNextContact(calendar::FormatDate(day));
  }
}

}  // namespace

RefusalPtr RecordAttempt(Draft& draft) {
  const command::v1::RecordAttempt& command = draft.command.record_attempt();
  const std::optional<Live> live = draft.FindLive(command.occurrence());
  if (!live.has_value()) {
    return RefuseNotFound("occurrence");
  }
  const model::v1::Step* step = draft.edition.FindStep(live->step);
  if (step == nullptr || !step->has_attempts()) {
    return RefuseState("no_attempts", "the step is not made of tries");
  }
  CAREROUTE_RETURN_IF_REFUSED(RequirePerformer(draft, *live, *step));
  const ContactMode mode = command.attempt().mode();
  if (mode == model::v1::CONTACT_MODE_UNSPECIFIED) {
    return RefuseInvalid("attempt.mode", "how it was tried is missing",
                         "give the mode");
  }
  event::v1::AttemptRecorded& body = *draft.event->mutable_attempt_recorded();
  body.set_occurrence(live->number);
  *body.mutable_attempt() = command.attempt();
  ToProto(draft.happened, body.mutable_attempt()->mutable_happened_time());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  const Attempts& rules = step->attempts();
  if (command.attempt().reached()) {
    if (!rules.on_reached().empty()) {
      CompleteByRule(*live, rules.on_reached(), "reached", draft);
    }
    if (draft.IsOpen()) {
      SetContactByRule(draft);
    }
  } else if (IsExhausted(draft, *live, rules, mode)) {
    CompleteByRule(*live, rules.on_exhausted(), "attempts_exhausted", draft);
  } else {
    PlanNextTry(rules, draft);
  }
  return nullptr;
}

}  // namespace careroute::casework::internal
