// lib/casework/referral_effect.h: the border between the referral machine and
// the rest of a case.
//
// The machine knows moves, halves and profiles; the case knows steps, clocks
// and outcomes. What the machine wants of the case it asks through
// ReferralSurroundings; what a move means for the step it returns as data, and
// the case applies that with the same machinery it uses for every other
// command. Neither side calls into the other's state.
//
//   const ReferralResult result = DecideReferralInCase(command, scene);
//   if (const auto* change = std::get_if<ReferralChange>(&result)) {
//     *event.mutable_referral_moved() = *change->moved;
//     Apply(change->effect);  // may refuse: then nothing is written at all
//   }
//
// An effect that comes of a mirrored half cannot be refused, for it happened at
// another hub: where its outcome cannot be applied, the case tells the
// coordinator instead.

#ifndef CAREROUTE_LIB_CASEWORK_REFERRAL_EFFECT_H_
#define CAREROUTE_LIB_CASEWORK_REFERRAL_EFFECT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/consequences.pb.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/document.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "careroute/model/v1/term.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/case.h"
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
  std::string outcome;
  // Who did it, for the history; who is excluded. Empty for an in-hand referral
  // that named nobody.
  std::string performer;
  // One word for StepEnded.why and Notice.message_key: "referral_accepted",
  // "referral_rejected", "referral_completed", "referral_failed",
  // "referral_in_error", "nobody_left".
  std::string why;
  google::protobuf::RepeatedPtrField<model::v1::Fact> facts;
  google::protobuf::RepeatedPtrField<model::v1::Document> documents;
  std::string note;          // the reason or result in words; goes sealed
  std::string late_reason;   // likewise
  std::string recheck_date;  // YYYY-MM-DD; empty = not said
};

// A loop inside the state that opened or closed. An open one has a deadline of
// its own: `within` from the moment of the entry, on the calendar of `acts`.
struct LoopChange {
  model::v1::ReferralLoop loop = model::v1::REFERRAL_LOOP_UNSPECIFIED;
  std::int32_t number = 0;  // of the entry that opened it
  bool opens = false;       // false: closed, its deadline ends
  std::string acts;         // the organisation that must answer
  // Borrowed from the edition; null = the step states no term, no deadline.
  const model::v1::Term* within = nullptr;
};

// What to write. Exactly one of `made` and `moved` is set and becomes the body
// of the event.
struct ReferralChange {
  std::optional<event::v1::ReferralMade> made;
  std::optional<event::v1::ReferralMoved> moved;
  // Other referrals moved by the way: the one a redirect replaces. For
  // Consequences.referrals_touched.
  std::vector<event::v1::ReferralTouched> touched;
  std::vector<LoopChange> loops;
  // Numbers of referrals that are open no more: all their deadlines end.
  std::vector<std::int32_t> closed;
  StepEffect effect;
  // The organisation that takes part from now on, because the referral was
  // sent to it; empty = nobody new. For Consequences.participants_joined.
  std::string joins;
  // Set when the performer took it: limits that run from
  // LimitStart.referral_received start here.
  std::optional<absl::Time> received;
};

using ReferralResult = std::variant<ReferralChange, model::v1::Refusal>;

// --- What the machine asks --------------------------------------------------

// What the directory knows of an organisation that is to receive data.
struct Receiver {
  std::string name;  // "organisations/{organisation}"
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  bool local = false;  // hosted by this hub

  friend bool operator==(const Receiver&, const Receiver&) = default;
};

// What the guards of a step say.
struct GuardAnswer {
  std::optional<model::v1::Refusal> refusal;  // unset: all hold
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

  // nullopt: the directory does not know it today.
  [[nodiscard]] virtual std::optional<Receiver> FindReceiver(
      absl::string_view organisation) const = 0;

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

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_REFERRAL_EFFECT_H_
