#include "lib/engine/performed_referrals.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/engine/answers.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/performed_commands.h"
#include "lib/engine/internal/performed_events.h"
#include "lib/engine/internal/performed_parts.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/lanes.h"
#include "lib/engine/performed_rows.h"
#include "lib/engine/sealing.h"

namespace careroute::engine {
namespace {

using event::v1::ReferralEvent;

// The bytes of an envelope that is kept.
std::vector<PlainClassPart> KeptPart(const Incoming& incoming) {
  const auto* bytes = std::get_if<KeptBytes>(&incoming.what);
  if (bytes == nullptr) return {};
  PlainClassPart part{.data_class = model::v1::DATA_CLASS_DIAGNOSIS};
  part.part.set_envelope(bytes->envelope);
  return {std::move(part)};
}

// Nothing that was disclosed is left to use.
bool EndsKey(const ReferralEvent& event, const PerformedReferral& after) {
  return event.has_erased() || ((event.has_recalled() || event.has_arrived()) &&
                                AllIsRecalled(after));
}

// What came back after a restore its hub knows already.
void PutEnvelope(const ReferralEvent& event, const PerformedReferral& after,
                 store::AppendRequest& write) {
  if (!event.grown().given_back_by().empty()) return;
  // What the old home did not count, the new one is told: the last envelope
  // brings those before it, which it finds missing.
  const bool moved =
      event.has_home_moved() && after.envelopes > event.home_moved().counted();
  const int32_t envelope = moved ? after.envelopes : EnvelopeOf(event);
  if (envelope == 0) return;
  const std::string lane = LaneOf(after.home_hub);
  write.outbox.push_back(
      {.key = {.sequence = envelope},
       .destination = lane,
       .lane = lane,
       .event_version = moved ? after.told_version : event.header().version(),
       .due = internal::FromProto(event.header().recorded_time())});
}

}  // namespace

// Something told, on its way.
struct PerformedReferrals::Telling {
  internal::Telling told;
  TakeResult result;
  base::Done<TakeResult> done;
};

PerformedReferrals::PerformedReferrals(const Options& options)
    : store_(options.store),
      clock_(options.clock),
      random_(options.random),
      keys_(options.keys),
      sealer_(options.sealer),
      held_lanes_(options.held_lanes),
      streams_({.store = options.store,
                .clock = options.clock,
                .executor = options.executor,
                .cached_max = options.cached_max}) {}

void PerformedReferrals::FindKey(base::Uid uid, int64_t version,
                                 base::Done<Keyed> done) {
  if (version > 0) {
    internal::FetchKey(
        store_, keys_, random_, PerformedStream(uid),
        [done = std::move(done)](absl::StatusOr<internal::KeyPtr> key) mutable {
          if (!key.ok()) return std::move(done)(key.status());
          std::move(done)(Keyed{.key = *std::move(key)});
        });
    return;
  }
  // After a restore the key of a stream that is not there any more may have
  // been destroyed: then there is none for ever.
  store_.GetKeys(
      {PerformedStream(uid)},
      [this, done = std::move(done)](
          absl::StatusOr<std::vector<store::KeyRecord>> keys) mutable {
        if (!keys.ok()) return std::move(done)(keys.status());
        if (!keys->empty()) return std::move(done)(Keyed{});
        std::move(done)(Keyed{.key = std::make_shared<registry::PersonKey>(
                                  registry::PersonKey::New(random_)),
                              .is_new = true});
      });
}

// --- Taking -----------------------------------------------------------------

void PerformedReferrals::Take(Incoming incoming, base::Done<TakeResult> done) {
  Tell({.incoming = std::move(incoming)}, std::move(done));
}

void PerformedReferrals::Tell(internal::Telling told,
                              base::Done<TakeResult> done) {
  auto telling = std::make_shared<Telling>();
  telling->told = std::move(told);
  telling->done = std::move(done);
  if (std::holds_alternative<HomeMovedWord>(telling->told.incoming.what)) {
    return ClearOldLane(telling);
  }
  AppendTold(telling);
}

void PerformedReferrals::SettleUpTo(base::Uid uid, int32_t envelope,
                                    base::DoneStatus done) {
  if (envelope == 0) return std::move(done)(absl::OkStatus());
  std::vector<store::OutboxKey> keys;
  while (envelope > 0 && keys.size() < size_t{store::kOutboxTakeMax}) {
    keys.push_back({.stream = PerformedStream(uid), .sequence = envelope--});
  }
  store_.Settle(std::move(keys), [this, uid, envelope, done = std::move(done)](
                                     absl::Status settled) mutable {
    if (!settled.ok()) return std::move(done)(settled);
    SettleUpTo(uid, envelope, std::move(done));
  });
}

// Nothing waits for the old home any more: it takes nothing. The new one gets
// the last envelope that is not counted, and asks for those before it. If
// nothing comes of it here, the old home says it again.
void PerformedReferrals::ClearOldLane(const TellingPtr& telling) {
  const base::Uid uid = telling->told.incoming.referral;
  streams_.Load(uid,
                [this, telling, uid](absl::StatusOr<Loaded<State>> loaded) {
                  if (!loaded.ok())
                    return std::move(telling->done)(loaded.status());
                  const absl::StatusOr<internal::Judgement> judged =
                      internal::Judge(telling->told, *loaded->state);
                  if (!judged.ok() || !judged->writes)
                    return AppendTold(telling);
                  SettleUpTo(uid, loaded->state->envelopes,
                             [this, telling](absl::Status settled) {
                               if (!settled.ok())
                                 return std::move(telling->done)(settled);
                               AppendTold(telling);
                             });
                });
}

void PerformedReferrals::Adopt(Adoption adoption, base::Done<TakeResult> done) {
  const absl::StatusOr<base::Uid> uid =
      base::ParseUid(adoption.arrival.referral.uid());
  if (!uid.ok()) return std::move(done)(uid.status());
  auto shared = std::make_shared<Adoption>(std::move(adoption));
  RequestInfo info;
  info.actor = HubActor();
  streams_.Execute(
      *uid, std::move(info),
      [this, shared, uid = *uid](const Loaded<State>& loaded,
                                 base::Done<Plan<State>> planned) {
        if (loaded.version > 0) return std::move(planned)(Plan<State>());
        FindKey(
            uid, 0,
            [this, shared, uid, state = loaded.state,
             planned =
                 std::move(planned)](absl::StatusOr<Keyed> keyed) mutable {
              if (!keyed.ok()) return std::move(planned)(keyed.status());
              std::move(planned)(PlanOfEvent(
                  uid, internal::AdoptedEvent(*shared, *state, clock_.Now()),
                  *state, *keyed));
            });
      },
      [done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok()) return std::move(done)(reply.status());
        if (reply->refusal.has_value()) {
          return std::move(done)(absl::AbortedError(reply->refusal->message()));
        }
        std::move(done)(TakeResult{});
      });
}

void PerformedReferrals::AppendTold(const TellingPtr& telling) {
  RequestInfo info;
  info.actor = HubActor();
  streams_.Execute(
      telling->told.incoming.referral, std::move(info),
      [this, telling](const Loaded<State>& loaded,
                      base::Done<Plan<State>> planned) {
        DecideOnTelling(telling, loaded, std::move(planned));
      },
      [telling](absl::StatusOr<Reply> reply) {
        if (!reply.ok()) return std::move(telling->done)(reply.status());
        // No other refusal than that others were faster.
        if (reply->refusal.has_value()) {
          return std::move(telling->done)(
              absl::AbortedError(reply->refusal->message()));
        }
        std::move(telling->done)(telling->result);
      });
}

void PerformedReferrals::DecideOnTelling(const TellingPtr& telling,
                                         const Loaded<State>& loaded,
                                         base::Done<Plan<State>> done) {
  const absl::StatusOr<internal::Judgement> judged =
      internal::Judge(telling->told, *loaded.state);
  if (!judged.ok()) return std::move(done)(judged.status());
  telling->result = judged->result;
  if (!judged->writes) return std::move(done)(Plan<State>());
  FindKey(
      telling->told.incoming.referral, loaded.version,
      [this, telling, state = loaded.state,
       done = std::move(done)](absl::StatusOr<Keyed> keyed) mutable {
        if (!keyed.ok()) return std::move(done)(keyed.status());
        absl::StatusOr<Plan<State>> plan =
            PlanOfTelling(*telling, *state, *keyed);
        // Told again it would be as large.
        if (plan.ok() && plan->events.front().size() > store::kEventBytesMax) {
          telling->result = {.fate = Fate::kRefused, .why = "too_large"};
          plan = Plan<State>();
        }
        std::move(done)(std::move(plan));
      });
}

absl::StatusOr<Plan<PerformedReferral>> PerformedReferrals::PlanOfTelling(
    const Telling& telling, const State& before, const Keyed& keyed) {
  const Incoming& incoming = telling.told.incoming;
  ReferralEvent event =
      internal::EventOf(telling.told, before,
                        {.now = clock_.Now(), .has_key = keyed.key != nullptr});
  if (event.has_kept()) {
    for (const PlainClassPart& part : KeptPart(incoming)) {
      SealPart({.sealer = sealer_,
                .key = *keyed.key,
                .person = incoming.referral,
                .stream = incoming.referral},
               part.data_class, part.part, *event.mutable_header());
    }
  }
  return PlanOfEvent(incoming.referral, std::move(event), before, keyed);
}

// --- Commands ---------------------------------------------------------------

void PerformedReferrals::Execute(ExecuteRequest request,
                                 base::Done<Reply> done) {
  auto shared = std::make_shared<ExecuteRequest>(std::move(request));
  const base::Uid uid = shared->uid;
  RequestInfo info = shared->info;
  streams_.Execute(
      uid, std::move(info),
      [this, shared](const Loaded<State>& loaded,
                     base::Done<Plan<State>> planned) {
        FindKey(
            shared->uid, loaded.version,
            [this, shared, state = loaded.state, planned = std::move(planned)](
                absl::StatusOr<Keyed> keyed) mutable {
              if (!keyed.ok()) return std::move(planned)(keyed.status());
              std::move(planned)(PlanOfCommand(*shared, *state, *keyed));
            });
      },
      [this, uid, done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok() || !reply->replayed || reply->answer.empty()) {
          return std::move(done)(std::move(reply));
        }
        FindKey(uid, reply->version,
                [this, uid, reply = *std::move(reply),
                 done = std::move(done)](absl::StatusOr<Keyed> keyed) mutable {
                  if (!keyed.ok()) return std::move(done)(keyed.status());
                  std::move(done)(OpenReply({.sealer = sealer_,
                                             .key = keyed->key.get(),
                                             .stream = uid,
                                             .version = reply.version},
                                            reply));
                });
      });
}

absl::StatusOr<Plan<PerformedReferral>> PerformedReferrals::PlanOfCommand(
    const ExecuteRequest& request, const State& before, const Keyed& keyed) {
  const auto shared = std::make_shared<const State>(before);
  Plan<State> plan;
  plan.refusal = internal::CheckArrived(before);
  if (!plan.refusal.has_value() && request.authorise != nullptr) {
    plan.refusal = request.authorise(
        {.uid = request.uid, .version = before.version, .state = shared});
  }
  if (plan.refusal.has_value()) return plan;
  internal::PerformedDecision decision = internal::DecidePerformed(
      request, before, {.now = clock_.Now(), .has_key = keyed.key != nullptr});
  if (decision.refusal.has_value()) {
    plan.refusal = std::move(decision.refusal);
    return plan;
  }
  CAREROUTE_ASSIGN_OR_RETURN(
      plan, PlanOfEvent(request.uid, std::move(decision.event), before, keyed));
  if (request.make_answer != nullptr) {
    plan.answer = request.make_answer({.uid = request.uid,
                                       .version = plan.after->version,
                                       .state = plan.after});
    plan.stored_answer = SealAnswer({.sealer = sealer_,
                                     .key = keyed.key.get(),
                                     .stream = request.uid,
                                     .version = plan.after->version},
                                    plan.answer);
  }
  return plan;
}

absl::StatusOr<Plan<PerformedReferral>> PerformedReferrals::PlanOfEvent(
    base::Uid uid, ReferralEvent event, const State& before,
    const Keyed& keyed) {
  for (const PlainClassPart& part : internal::TakeParts(event)) {
    if (keyed.key == nullptr) break;  // nothing is kept without a key
    SealPart(
        {.sealer = sealer_, .key = *keyed.key, .person = uid, .stream = uid},
        part.data_class, part.part, *event.mutable_header());
  }
  Plan<State> plan;
  auto after = std::make_shared<State>(before);
  plan.events.push_back(event.SerializeAsString());
  CAREROUTE_RETURN_IF_ERROR(PerformedTraits::Fold(plan.events.back(), *after));
  PutDifference(RowsOf(uid, before), RowsOf(uid, *after), plan.write);
  PutEnvelope(event, *after, plan.write);
  CAREROUTE_RETURN_IF_ERROR(held_lanes_.Check(plan.write.outbox));
  if (EndsKey(event, *after)) {
    plan.write.destroy_key = keyed.key != nullptr;
  } else if (keyed.is_new) {
    plan.write.put_key = internal::WrapKey(keys_, random_, uid, *keyed.key);
  }
  plan.after = std::move(after);
  return plan;
}

}  // namespace careroute::engine
