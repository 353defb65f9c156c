// What another hub writes to a case.

#include <utility>

#include "lib/casework/fold.h"
#include "lib/casework/hand_over.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/cases.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/lanes.h"

namespace careroute::engine {

using casework::Case;

void Cases::PutHandOverMessages(const event::v1::CaseEvent& event,
                                const Case& before,
                                store::AppendRequest& write) const {
  const bool answers_here =
      event.case_received().hub() == hub_id_ ||
      (event.has_case_thawed() && event.case_thawed().hub() == hub_id_);
  // One that another hub gives back: what had left with it is moot by then.
  const bool is_offered_here =
      event.has_case_frozen() && before.home.hub == hub_id_;
  const bool leaves_here =
      event.has_case_received() && event.case_received().from_hub() == hub_id_;
  for (const event::v1::Message& message : event.consequences().messages()) {
    // One that was performed at home becomes a record of its own instead.
    const casework::Referral* referral =
        casework::FindReferral(before, message.referral());
    const bool is_adopted = referral != nullptr && referral->hub.empty();
    const bool is_told =
        (answers_here && message.kind() == casework::kHandOverAnswer) ||
        (is_offered_here && message.kind() == casework::kHandOver) ||
        (leaves_here && message.kind() == casework::kHomeMoved && !is_adopted);
    if (!is_told) continue;
    write.outbox.push_back(
        {.key = {.sequence = message.sequence()},
         .destination = message.kind() == casework::kHomeMoved ? message.to()
                                                               : message.kind(),
         .lane = message.to(),
         .event_version = event.header().version(),
         .due = internal::FromProto(event.header().recorded_time())});
  }
}

absl::StatusOr<Plan<Case>> Cases::PlanOfHanded(base::Uid case_uid,
                                               const Loaded<Case>& before,
                                               Handed handed) const {
  Plan<Case> plan;
  auto after = std::make_shared<Case>(*before.state);
  int64_t version = before.version;
  for (const std::string& stored : handed.events) {
    event::v1::CaseEvent event;
    if (!event.ParseFromString(stored) ||
        event.header().version() != ++version) {
      return absl::DataLossError("an event of a case is damaged");
    }
    PutHandOverMessages(event, *after, plan.write);
    casework::Fold(event, *after);
  }
  PutDifference(RowsOf(case_uid, *before.state, hub_id_),
                RowsOf(case_uid, *after, hub_id_), plan.write);
  PutClaims(handed.confirm_claims, *before.state, *after, plan.write);
  plan.events = std::move(handed.events);
  plan.after = std::move(after);
  return plan;
}

void Cases::AppendHanded(base::Uid case_uid, Hand hand,
                         base::Done<TakeResult> done) {
  RequestInfo info;
  info.actor = HubActor();
  auto result = std::make_shared<TakeResult>();
  streams_.Execute(
      case_uid, std::move(info),
      [this, case_uid, result, hand = std::move(hand)](
          const Loaded<Case>& before, base::Done<Plan<Case>> planned) {
        absl::StatusOr<Handed> handed = hand(before);
        if (!handed.ok()) return std::move(planned)(handed.status());
        *result = handed->result;
        if (handed->events.empty()) return std::move(planned)(Plan<Case>());
        std::move(planned)(PlanOfHanded(case_uid, before, *std::move(handed)));
      },
      [result, done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok()) return std::move(done)(reply.status());
        // No other refusal than that others were faster.
        if (reply->refusal.has_value()) {
          return std::move(done)(absl::AbortedError(reply->refusal->message()));
        }
        std::move(done)(*result);
      });
}

}  // namespace careroute::engine
