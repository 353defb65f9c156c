// lib/casework/referral_effect.h: the border between the referral machine and
// the rest of a case.
//
// The machine knows moves, halves and profiles; the case knows steps, clocks
// and outcomes. What the machine wants of the case it asks through
// ReferralSurroundings; what a move means for the step it returns as data, and
// the case applies that with the same machinery it uses for every other
// command. Neither side calls into the other's state.
//
//   ReferralChange change = DecideReferralInCase(command, scene);
//   if (!change.ok()) return Refused(std::move(change.refusal));
//   event->unsafe_arena_set_allocated_referral_moved(change.moved);
//   Apply(change.effect);  // may refuse: then nothing is written at all
//
// Messages a change points to live on the arena of the context; views and
// pointers in an effect borrow from the command, the edition or that arena.
//
// An effect that comes of a mirrored half cannot be refused, for it happened at
// another hub: where its outcome cannot be applied, the case tells the
// coordinator instead.

#ifndef CAREROUTE_LIB_CASEWORK_REFERRAL_EFFECT_H_
#define CAREROUTE_LIB_CASEWORK_REFERRAL_EFFECT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/consequences.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/document.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"
#include "lib/casework/decide.h"
#include "lib/casework/referral_decide.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/tri.h"

namespace careroute::casework {

// --- What the machine returns ---------------------------------------------

// What a move means for the occurrence the referral was made for.
enum class StepEffectKind : std::uint8_t {
  // The step goes on as it was. `facts`, when there are any, are recorded:
  // a result that came after an earlier move had already ended the step.
  kNone,
  // The occurrence ends with `outcome`, which `facts`, `documents`, `note` and
  // `recheck_date` come with.
  kComplete,
  // The occurrence goes on without `performer`: it is not offered again, the
  // next one is asked.
  kExclude,
  // Like kExclude, and no matching performer is left. The occurrence ends with
  // `outcome`; without one it stays and the coordinator is told.
  kNobodyLeft,
  // The step cannot go on by itself, and no outcome says how: the coordinator
  // is told `why`. Work failed after the step was over, or what was done was
  // entered in error.
  kTellCoordinator,
};

struct StepEffect {
  StepEffectKind kind = StepEffectKind::kNone;
  std::int32_t occurrence = 0;  // may be over by now: look it up
  absl::string_view outcome;
  // Who did it, for the history; who is excluded. Empty for an in-hand referral
  // that named nobody.
  absl::string_view performer;
  // One word for StepEnded.why and Notice.message_key: "referral_accepted",
  // "referral_rejected", "referral_completed", "referral_failed",
  // "referral_in_error", "nobody_left".
  absl::string_view why;
  // Null = none. The numbers of documents and the words below are among the
  // parts of the change already; here they only count.
  const google::protobuf::RepeatedPtrField<model::v1::Fact>* facts = nullptr;
  const google::protobuf::RepeatedPtrField<model::v1::Document>* documents =
      nullptr;
  // The lines of the plan a completion states; null = none.
  const google::protobuf::RepeatedPtrField<model::v1::PlanLine>* plan = nullptr;
  // For a rejection or failure: the coded reason, which counts as a reason.
  model::v1::ReferralReason reason = model::v1::REFERRAL_REASON_UNSPECIFIED;
  absl::string_view note;          // the reason or result in words
  absl::string_view late_reason;   // why it is late, in words
  absl::string_view recheck_date;  // YYYY-MM-DD; empty = not said
};

// What to write, or why nothing is. Without a refusal exactly one of `made` and
// `moved` is set and becomes the body of the event.
struct ReferralChange {
  std::unique_ptr<model::v1::Refusal> refusal;
  event::v1::ReferralMade* made = nullptr;
  event::v1::ReferralMoved* moved = nullptr;
  // Other referrals moved by the way: the one a redirect replaces. For
  // Consequences.referrals_touched.
  std::vector<event::v1::ReferralTouched*> touched;
  // The words, documents and data of the messages above, taken out of them; at
  // most one part for each class.
  std::vector<ClassPart> parts;
  std::vector<LoopChange> loops;
  // Numbers of referrals that are open no more: all their deadlines end.
  std::vector<std::int32_t> closed;
  StepEffect effect;
  // The organisation that takes part from now on, because the referral was
  // sent to it; empty = nobody new. For Consequences.participants_joined.
  absl::string_view joins;
  // Set when the performer took it: limits that run from
  // LimitStart.referral_received start here.
  std::optional<absl::Time> received;

  [[nodiscard]] bool ok() const { return refusal == nullptr; }
};

// --- What the machine asks --------------------------------------------------

// What the guards of a step say.
struct GuardAnswer {
  std::unique_ptr<model::v1::Refusal> refusal;  // null: all hold
  // Evidence owed for guards that were passed by an emergency exception.
  std::vector<model::v1::EvidenceOwed> owed;
};

// Implemented by the case core over its own context, and by a fake in tests.
// Pure look-ups at one version of the case; nothing may wait.
class ReferralSurroundings {
 public:
  virtual ~ReferralSurroundings() = default;

  // The organisation that makes and sends referrals of this occurrence:
  // ReferralRule.requested_by, by default the coordinator's.
  [[nodiscard]] virtual std::string RequesterOf(
      const Occurrence& occurrence) const = 0;

  // Whether the organisation may be the performer the edition describes, area
  // and exclusions apart: role, kind, service, not_same_organisation_as.
  [[nodiscard]] virtual bool MayPerform(absl::string_view organisation,
                                        const model::v1::Performer& performer,
                                        const Occurrence& occurrence) const = 0;

  // Whether the member may act for the performer of this occurrence:
  // not_same_member_as.
  [[nodiscard]] virtual bool MemberMayPerform(
      absl::string_view member, const Occurrence& occurrence) const = 0;

  // How many matching performers are left besides those already excluded and
  // this one; nullopt = nobody can say now, so the step just goes on.
  [[nodiscard]] virtual std::optional<int> PerformersLeft(
      const Occurrence& occurrence, absl::string_view without) const = 0;

  // The guards of the occurrence's step, with the emergency exceptions asked.
  [[nodiscard]] virtual GuardAnswer CheckGuards(
      const Occurrence& occurrence,
      const google::protobuf::RepeatedPtrField<std::string>& emergency_for)
      const = 0;

  // A condition of the edition, asked for the subject.
  [[nodiscard]] virtual pathway::Tri Ask(const model::v1::Condition& condition,
                                         SubjectRef asking) const = 0;

  // Whether a deadline of the occurrence or of the referral is over.
  [[nodiscard]] virtual bool IsOverdue(const Referral& referral) const = 0;

  // Whether the envelope of a referral sent to another hub has begun to leave.
  [[nodiscard]] virtual bool HasLeft(const Referral& referral) const = 0;
};

// Everything a decision about a referral of a case needs. All are borrowed and
// must not be null.
struct ReferralScene {
  const Case* state = nullptr;
  const pathway::Edition* edition = nullptr;
  const Context* context = nullptr;
  const ReferralSurroundings* surroundings = nullptr;
  absl::Time happened;      // in life, of the command
  absl::string_view today;  // YYYY-MM-DD at home, for consents with dates
};

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_REFERRAL_EFFECT_H_
