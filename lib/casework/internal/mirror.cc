// The performer's half of a referral, as its own hub wrote it.
//
// What happened there happened: it is never refused for what it says. Each
// entry has the effect it would have had by a performer of this hub; where it
// does not fit the case, the coordinator sees to it. An erased case keeps the
// moves, so that the referral ends, and nothing else.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/draft_surroundings.h"
#include "lib/casework/internal/envelopes.h"
#include "lib/casework/internal/facts.h"
#include "lib/casework/internal/referral_apply.h"
#include "lib/casework/internal/referral_conclude.h"
#include "lib/casework/internal/referral_parts.h"
#include "lib/casework/internal/times.h"
#include "lib/casework/internal/told_entries.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework::internal {
namespace {

using google::protobuf::Arena;
using model::v1::ReferralEntry;

constexpr absl::string_view kNotApplied = "outcome_not_applied";

// A fact this edition does not declare is of no known class, so that the clear
// event must not hold it. True when all of them are.
bool KeepKnownFacts(ReferralEntry& entry, const Draft& draft) {
  Facts known;
  for (const model::v1::Fact& one : entry.facts()) {
    Facts alone;
    *alone.Add() = one;
    if (CheckFacts(draft, alone, "facts", NewSubjects::kPlanLines) == nullptr) {
      *known.Add() = one;
    }
  }
  const bool all = known.size() == entry.facts_size();
  *entry.mutable_facts() = known;
  return all;
}

// `referral` with the entry. It holds kQuestionsMax questions, and nothing
// waits for the answer to another.
std::vector<LoopChange> LoopsOf(const ReferralEntry& entry,
                                const Referral& referral,
                                const model::v1::ReferralRule* rule) {
  switch (entry.move()) {
    case model::v1::REFERRAL_MOVE_INFORMATION_ASKED:
      if (!QuestionIsOpen(referral, entry.sequence())) {
        return {};
      }
      return {{.loop = model::v1::REFERRAL_LOOP_INFORMATION,
               .number = entry.sequence(),
               .opens = true,
               .acts = referral.requester,
               .within = rule != nullptr && rule->has_give_information_within()
                             ? &rule->give_information_within()
                             : nullptr}};
    case model::v1::REFERRAL_MOVE_CANCEL_DECLINED:
      return {
          {.loop = model::v1::REFERRAL_LOOP_CANCEL, .number = entry.loop()}};
    default:
      return {};
  }
}

// One command's entries are laid over the case one after another.
class Mirror {
 public:
  Mirror(const Referral& before, Draft& draft)
      : before_(before), now_(before), draft_(draft), surroundings_(draft) {}

  void Take(const ReferralEntry& told) {
    auto* alone =
        Arena::CreateMessage<event::v1::ReferralMoved>(draft_.context.arena);
    alone->set_number(before_.number);
    ReferralEntry& entry = *alone->add_performance();
    entry = told;
    // Only a requester says this, of a referral in hand: a performer speaks for
    // itself alone.
    entry.clear_performed_by();
    const Referral earlier = now_;
    if (HalfOf(entry.move()) != Half::kPerformance || IsOverlong(entry) ||
        !FoldMirrored(entry, now_)) {
      return TellNotApplied();
    }
    ToProto(Plausible(FromProto(told.happened_time()), before_, draft_),
            entry.mutable_happened_time());
    if (draft_.state.erased) {
      Empty(entry);
    } else if (!KeepKnownFacts(entry, draft_)) {
      TellNotApplied();
    }
    *draft_.event->mutable_referral_moved()->add_performance() = entry;
    if (!draft_.state.erased) {
      Apply(*alone, earlier);
    }
    if (!IsOpen(StateOf(now_))) {
      EndLoop(before_.number, "", draft_);
    }
  }

 private:
  void TellNotApplied() {
    draft_.Tell(draft_.Coordinator(), kNotApplied, before_.occurrence);
  }

  // Whether the referral is what its performer says. It is not where the
  // requester took it back, or marked it as a mistake, while this was on its
  // way: then the step has gone on without it.
  [[nodiscard]] bool PerformerSays() const {
    return now_.performance.in_error || StateOf(now_) == now_.performance.state;
  }

  void Apply(event::v1::ReferralMoved& alone, Referral earlier) {
    const ReferralEntry& entry = alone.performance(0);
    if (!PerformerSays()) {
      if (now_.request.in_error) {
        TellNotApplied();
      }
      return;
    }
    // An entry before this one may have ended the step.
    if (!draft_.FindLive(before_.occurrence).has_value()) {
      earlier.occurrence = 0;
    }
    const ReferralScene scene = surroundings_.Scene();
    ReferralChange change;
    change.moved = &alone;
    Conclude({alone.request(), alone.performance()}, earlier, before_.delivery,
             scene, change);
    change.loops = LoopsOf(entry, now_, RuleOf(before_, scene));
    change.effect.note = entry.note();
    // Whoever is late here has to say why; what has happened has happened.
    change.effect.late_reason = "late";
    Lend(change.effect);
    if (Follow(change, draft_) != nullptr) {
      TellNotApplied();
    }
  }

  // `earlier` goes, the case stays.
  void Lend(StepEffect& effect) const {
    if (effect.kind == StepEffectKind::kNone) {
      return;
    }
    effect.occurrence = before_.occurrence;
    effect.performer = before_.performer;
  }

  const Referral& before_;
  Referral now_;
  Draft& draft_;
  const DraftSurroundings surroundings_;
};

}  // namespace

RefusalPtr MirrorPerformance(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  const command::v1::MirrorPerformance& command =
      draft.command.mirror_performance();
  const Referral* referral = FindReferral(draft.state, command.referral());
  if (referral == nullptr || referral->hub.empty()) {
    return RefuseNotFound("referral");
  }
  CAREROUTE_RETURN_IF_REFUSED(
      CheckEnvelope(command.envelope(), referral->taken));
  event::v1::ReferralMoved& body = *draft.event->mutable_referral_moved();
  body.set_number(referral->number);
  body.set_taken(command.envelope());
  if (command.entries().empty()) {
    draft.Tell(draft.Coordinator(), "answer_withheld", referral->occurrence);
    return nullptr;
  }
  draft.happened = LastOf(command.entries(), *referral, draft);
  Mirror mirror(*referral, draft);
  for (const ReferralEntry& entry : command.entries()) {
    mirror.Take(entry);
  }
  TakeMirroredParts(*body.mutable_performance(), draft.parts);
  return nullptr;
}

}  // namespace careroute::casework::internal
