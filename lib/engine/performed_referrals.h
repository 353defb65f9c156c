// lib/engine/performed_referrals.h: referrals whose case lives at another hub.
//
// Takes what the requester's hub tells, runs the commands of the performer's
// members, and says what its own half has to tell. Each is a stream with a key
// of its own: what was disclosed is sealed under it, and goes with it.
//
//   performed.Take({.referral = uid, .from_hub = "east", .sequence = 1,
//                   .recorded = time, .what = Arrival{...}}, done);
//   performed.Execute({.uid = uid, .command = accept, .info = info,
//                      .authorise = MayDo, .make_answer = Render}, done);
//   performed.Read(uid, [](absl::StatusOr<PerformedReading> reading) { ... });

#ifndef CAREROUTE_LIB_ENGINE_PERFORMED_REFERRALS_H_
#define CAREROUTE_LIB_ENGINE_PERFORMED_REFERRALS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/command/v1/referral_command.pb.h"
#include "careroute/event/v1/referral_event.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/access/data_class_set.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/random.h"
#include "lib/base/uid.h"
#include "lib/engine/held_lanes.h"
#include "lib/engine/incoming.h"
#include "lib/engine/internal/person_keys.h"
#include "lib/engine/performed_referral.h"
#include "lib/engine/plan.h"
#include "lib/engine/request.h"
#include "lib/engine/stream_engine.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/sealer.h"
#include "lib/store/store.h"

namespace careroute::engine {

// --- What the requester's hub tells -----------------------------------------

// The referral as it was made and sent, with what was disclosed in the plain.
struct Arrival {
  model::v1::Referral referral;
  std::vector<std::string> outcomes;  // it may be completed with
  std::string profile;                // empty = "default"
};

// The request half grew.
struct Growth {
  google::protobuf::RepeatedPtrField<model::v1::ReferralEntry> entries;
  // All that run now.
  google::protobuf::RepeatedPtrField<model::v1::Deadline> deadlines;
};

// What it was to tell may no longer leave its hub.
struct WithheldWord {
  std::string why;  // message key
};

// What was disclosed of these classes may be used no more.
struct RecallWord {
  access::DataClassSet classes;
  std::string why;  // message key
};

// The person's data was erased.
struct ErasureWord {};

// The case has another home: its own half is told there from now on.
struct HomeMovedWord {
  std::string hub;
  std::string requester;  // asks from now on
  int32_t counted = 0;    // the last envelope of the own half that was taken
};

// Something this release does not understand, as it came.
struct KeptBytes {
  std::string envelope;
};

struct Incoming {
  base::Uid referral;
  std::string from_hub;
  // Its number among what the request half tells, from 1 without a gap.
  int32_t sequence = 0;
  // When what it tells was recorded over there.
  absl::Time recorded = absl::InfinitePast();
  std::variant<Arrival, Growth, WithheldWord, RecallWord, ErasureWord,
               HomeMovedWord, KeptBytes>
      what;
  // Who speaks to whom, "organisations/{organisation}": of what is withheld or
  // kept before the referral arrived they are all that is known. A referral
  // that arrives is between them.
  std::string from_organisation = {};
  std::string to_organisation = {};
};

// A referral that was performed here for a case of this hub, which went to
// another one.
struct Adoption {
  Arrival arrival;       // with both halves
  std::string hub;       // that keeps the case now
  int32_t envelope = 1;  // of the request half that this stands for
};

namespace internal {
// What was told; again, when it was kept and is understood now.
struct Telling {
  Incoming incoming;
  bool again = false;
};
}  // namespace internal

// --- What is read -----------------------------------------------------------

// An event in the plain: what was sealed stands in its place again.
struct PerformedEvent {
  event::v1::ReferralEvent event;
  // The referral as it is now.
  std::shared_ptr<const PerformedReferral> state;
  // The key is gone: what was sealed is missing.
  bool erased = false;
  // Of one that keeps an envelope: its bytes.
  std::string kept;
};

// Immutable, shared.
struct PerformedReading {
  base::Uid uid;
  int64_t version = 0;
  std::shared_ptr<const PerformedReferral> state;
  // Of Read alone: what happened, but for what was recalled.
  std::vector<PerformedEvent> history;
};

// Thread-safe. Everything handed in must outlive it.
class PerformedReferrals {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::KeyRing& keys;
    registry::Sealer& sealer;
    const HeldLanes& held_lanes;
    size_t cached_max = 10000;
  };
  explicit PerformedReferrals(const Options& options);

  // The effect and the mark that it was had are one append, so that what is
  // told twice has its effect once. A failed status means: not now. What is
  // kept, or came withheld, is passed over: what follows has its effect.
  void Take(Incoming incoming, base::Done<TakeResult> done);

  // From now on it is a referral of another hub. What is adopted already, or
  // has arrived, stays as it is.
  void Adopt(Adoption adoption, base::Done<TakeResult> done);

  // What is kept is understood now: as its hub would tell it; none for what is
  // still not understood.
  using ReadKept =
      std::function<std::optional<Incoming>(const std::string& envelope)>;
  // Tells again what is kept, oldest first of each referral. For a start after
  // an upgrade. Completes with how many had their effect; what a referral
  // cannot be told now stays kept. Fails only when the store cannot say who
  // keeps what.
  void ReplayKept(ReadKept read, base::Done<int> done);

  // Says why the actor may not; none when it may. Asked on the state the
  // command is decided on.
  using Authorise =
      std::function<std::optional<model::v1::Refusal>(const PerformedReading&)>;
  using MakeAnswer = std::function<std::string(const PerformedReading& after)>;

  struct ExecuteRequest {
    base::Uid uid;
    command::v1::ReferralCommand command;
    RequestInfo info;
    absl::Time happened = absl::InfinitePast();  // InfinitePast = now
    model::v1::WordGiven word_given = model::v1::WORD_GIVEN_UNSPECIFIED;
    Authorise authorise;     // null = the hub itself
    MakeAnswer make_answer;  // null = an empty answer
  };
  void Execute(ExecuteRequest request, base::Done<Reply> done);

  // NOT_FOUND for a referral that has not arrived.
  void Read(base::Uid uid, base::Done<PerformedReading> done);

  // An envelope of the own half, which the requester's hub gave back after a
  // restore of this one. The referral need not have arrived again.
  struct AdoptRequest {
    base::Uid uid;
    std::string from_hub;
    int32_t envelope = 0;   // the next one of the half
    std::string requester;  // "organisations/{organisation}"
    std::string performer;
    // In the plain; none when they are kept no more.
    google::protobuf::RepeatedPtrField<model::v1::ReferralEntry> entries;
  };
  // Refused as "not_yours" from another hub than the requester's, and as
  // "malformed" what cannot be of this half. Safe to repeat.
  void Adopt(AdoptRequest request, base::Done<TakeResult> done);

  struct EventRequest {
    base::Uid uid;
    int64_t version = 0;
    // Only what the own half says is opened: what the other one disclosed stays
    // sealed, and is missing.
    bool own_half = false;
  };
  // The event that an outbox row names: what an envelope of the own half is
  // built from. NOT_FOUND when there is none.
  void ReadEvent(const EventRequest& request, base::Done<PerformedEvent> done);

  // Of a commit that watchers are about to hear of.
  void ShowNothingOlder(const store::StreamHead& head) {
    streams_.ShowNothingOlder(head);
  }

 private:
  using State = PerformedReferral;
  struct Telling;
  using TellingPtr = std::shared_ptr<Telling>;
  struct Replay;
  using ReplayPtr = std::shared_ptr<Replay>;
  struct Opening;
  using OpeningPtr = std::shared_ptr<Opening>;

  // The key of a stream: its own, a new one for a new stream, or null when it
  // was destroyed.
  struct Keyed {
    internal::KeyPtr key;
    bool is_new = false;
  };
  void FindKey(base::Uid uid, int64_t version, base::Done<Keyed> done);

  void Tell(internal::Telling told, base::Done<TakeResult> done);
  void AppendTold(const TellingPtr& telling);
  // What waits for the old home waits for the new one from now on.
  void ClearOldLane(const TellingPtr& telling);
  // Forgets the rows of the envelopes of the own half up to this one.
  void SettleUpTo(base::Uid uid, int32_t envelope, base::DoneStatus done);
  void DecideOnTelling(const TellingPtr& telling, const Loaded<State>& loaded,
                       base::Done<Plan<State>> done);
  [[nodiscard]] absl::StatusOr<Plan<State>> PlanOfTelling(
      const Telling& telling, const State& before, const Keyed& keyed);
  [[nodiscard]] absl::StatusOr<Plan<State>> PlanOfCommand(
      const ExecuteRequest& request, const State& before, const Keyed& keyed);
  [[nodiscard]] absl::StatusOr<Plan<State>> PlanOfAdoption(
      const AdoptRequest& request, const State& before, const Keyed& keyed);
  // Seals and folds the event, and writes what follows from it.
  [[nodiscard]] absl::StatusOr<Plan<State>> PlanOfEvent(
      base::Uid uid, event::v1::ReferralEvent event, const State& before,
      const Keyed& keyed);

  void ListKept(const ReplayPtr& replay);
  void ReplayNextReferral(const ReplayPtr& replay);
  void ReplayNextEnvelope(const ReplayPtr& replay);
  void ReadEnvelope(const ReplayPtr& replay, const KeptEnvelope& kept);
  void TellAgain(const ReplayPtr& replay, Incoming incoming);

  void ReadPage(const OpeningPtr& opening);
  [[nodiscard]] absl::StatusOr<PerformedEvent> Open(base::Uid uid,
                                                    const internal::KeyPtr& key,
                                                    PerformedEvent closed);
  void OpenEvent(const EventRequest& request,
                 absl::StatusOr<PerformedEvent> closed,
                 base::Done<PerformedEvent> done);

  store::Store& store_;
  const base::Clock& clock_;
  base::Random& random_;
  const registry::KeyRing& keys_;
  registry::Sealer& sealer_;
  const HeldLanes& held_lanes_;
  StreamEngine<PerformedTraits> streams_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PERFORMED_REFERRALS_H_
