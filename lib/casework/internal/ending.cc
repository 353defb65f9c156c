#include "lib/casework/internal/ending.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "careroute/command/v1/referral_command.pb.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/referrals.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Ending;
using Names = google::protobuf::RepeatedPtrField<std::string>;

bool IsNamed(const Names& names, absl::string_view step) {
  return std::find(names.begin(), names.end(), step) != names.end();
}

bool StaysOpen(const Live& live, const Ending& ending, const Names& keeps_open,
               const Draft& draft) {
  const model::v1::Step* step = draft.edition.FindStep(live.step);
  return (step != nullptr && step->outlives_case()) ||
         IsNamed(ending.keeps_open(), live.step) ||
         IsNamed(keeps_open, live.step);
}

void SetAside(const Ending& ending, const Names& keeps_open, Draft& draft,
              event::v1::CaseEnding& into) {
  std::vector<Live> live_now;
  draft.VisitLive([&live_now](const Live& live) {
    live_now.push_back(live);
    return true;
  });
  for (const Live& live : live_now) {
    if (StaysOpen(live, ending, keeps_open, draft)) {
      into.add_kept_open(live.number);
    } else {
      into.add_set_aside(live.number);
      draft.SetAside(live.number);
    }
  }
}

void LetClocksRun(Draft& draft) {
  for (const model::v1::Interrupt& one : draft.edition.pathway().interrupts()) {
    if (draft.InterruptHolds(one.id())) {
      draft.EndInterrupt(one.id());
    }
  }
  std::vector<int32_t> holding;
  draft.VisitStops([&holding](const StopRecord& one) {
    if (!one.end.has_value()) {
      holding.push_back(one.number);
    }
    return true;
  });
  for (const int32_t number : holding) {
    draft.EndStop(number);
  }
}

// What stays open goes on although the interrupt is gone with the case.
void ResumeKept(const event::v1::CaseEnding& ending, Draft& draft) {
  for (const int32_t number : ending.kept_open()) {
    const std::optional<Live> live = draft.FindLive(number);
    if (live.has_value() && live->suspended) {
      draft.SetSuspended(number, false);
    }
  }
}

void EndConsents(Draft& draft) {
  std::vector<int32_t> given;
  draft.VisitConsents([&given](const ConsentRecord& one) {
    if (one.state == model::v1::CONSENT_STATE_GIVEN) {
      given.push_back(one.number);
    }
    return true;
  });
  for (const int32_t number : given) {
    draft.LapseConsent(number);
  }
}

void TakeBackReferrals(const Ending& ending,
                       const event::v1::CaseEnding& stated, Draft& draft) {
  const bool died = ending.kind() == model::v1::ENDING_KIND_DIED;
  for (const Referral& referral : draft.state.referrals) {
    const auto& kept = stated.kept_open();
    if (IsOpen(StateOf(referral)) &&
        std::find(kept.begin(), kept.end(), referral.occurrence) ==
            kept.end()) {
      TakeBack(referral,
               died ? model::v1::REFERRAL_REASON_DIED
                    : model::v1::REFERRAL_REASON_REQUESTER_CANCELLED,
               draft);
    }
  }
}

}  // namespace

void EndCase(absl::string_view id, const Names& keeps_open, Draft& draft) {
  const Ending* found = draft.edition.FindEnding(id);
  const Ending& ending = found != nullptr ? *found : Ending::default_instance();
  event::v1::CaseEnding& stated = *draft.consequences().mutable_ending();
  stated.set_ending(id.data(), id.size());
  stated.set_reopened_by_report(ending.reopened_by_report());
  LetClocksRun(draft);
  SetAside(ending, keeps_open, draft, stated);
  ResumeKept(stated, draft);
  TakeBackReferrals(ending, stated, draft);
  if (ending.kind() == model::v1::ENDING_KIND_DIED) {
    EndConsents(draft);
  }
  draft.SetOpen(false);
  if (!draft.state.opened_by_case.empty()) {
    event::v1::Message& message = draft.AddMessage("case_ended", "opener");
    message.set_ending(id.data(), id.size());
  }
}

void ReopenCase(Draft& draft) {
  draft.SetOpen(true);
  const int64_t ended =
      draft.state.ending.has_value() ? draft.state.ending->version : int64_t{0};
  for (const Occurrence& one : draft.state.set_aside) {
    draft.Restore(one);
    // Interrupts ended with the case; the rules begin them again if need be.
    if (one.suspended) {
      draft.SetSuspended(one.number, false);
    }
  }
  for (const ConsentRecord& one : draft.state.consents) {
    if (one.state == model::v1::CONSENT_STATE_LAPSED && ended != 0 &&
        one.ended_version == ended) {
      draft.RestoreConsent(one.number);
    }
  }
  draft.TouchDeadlines();
  draft.MoveDates();
  draft.Push({.kind = Change::Kind::kDate});
}

}  // namespace careroute::casework::internal
