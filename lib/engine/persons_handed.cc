// A person's record as it goes to another hub with a case, and as it comes from
// one. The rest of Persons is in persons.cc.

#include <memory>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "lib/base/status_macros.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/persons.h"
#include "lib/store/chain.h"

namespace careroute::engine {
namespace {

using registry::PersonRecord;

store::StreamId StreamOf(const base::Uid& uid) {
  return {.kind = store::StreamKind::kPerson, .id = uid};
}

absl::Status Unreadable() {
  return absl::InvalidArgumentError(
      "person: the record is not whole, or the key does not open it");
}

// The events with their places, if their chain is whole.
absl::StatusOr<std::vector<store::StoredEvent>> Chained(
    const std::vector<HandedEvent>& events) {
  std::vector<store::StoredEvent> chained;
  std::string head = store::ChainStart();
  for (const HandedEvent& event : events) {
    head = store::ChainHash({.previous = head, .stored = event.stored});
    if (head != event.chain_hash) return Unreadable();
    chained.push_back({.version = static_cast<int64_t>(chained.size()) + 1,
                       .bytes = event.stored,
                       .chain_hash = head});
  }
  if (chained.empty()) return Unreadable();
  return chained;
}

}  // namespace

// --- Going ------------------------------------------------------------------

void Persons::ReadHanded(base::Uid uid, base::Done<HandedPerson> done) {
  internal::FetchKey(
      store_, keys_, random_, StreamOf(uid),
      [this, uid,
       done = std::move(done)](absl::StatusOr<internal::KeyPtr> key) mutable {
        if (!key.ok()) return std::move(done)(key.status());
        if (*key == nullptr) {
          return std::move(done)(
              absl::FailedPreconditionError("the person was erased"));
        }
        store_.ReadEvents(
            {.stream = StreamOf(uid), .limit = store::kPageRowsMax},
            [uid, key = *std::move(key), done = std::move(done)](
                absl::StatusOr<store::EventPage> page) mutable {
              if (!page.ok()) return std::move(done)(page.status());
              if (page->more) {
                return std::move(done)(absl::FailedPreconditionError(
                    "the record of the person is too long to go at once"));
              }
              HandedPerson person{.uid = uid,
                                  .key = std::string(key->bytes().view())};
              for (store::StoredEvent& one : page->events) {
                person.events.push_back(
                    {.stored = std::move(one.bytes),
                     .chain_hash = std::move(one.chain_hash)});
              }
              std::move(done)(std::move(person));
            });
      });
}

// --- Coming -----------------------------------------------------------------

// A record on its way in.
struct Persons::Arriving {
  OpenPersonPtr person;  // opened
  std::shared_ptr<const PersonRecord> record;
  std::vector<HandedEvent> events;
  absl::CivilDay today;
  base::DoneStatus done;
};

absl::StatusOr<Persons::Arriving> Persons::OpenHanded(
    const HandedPerson& handed) {
  auto key = registry::PersonKey::FromBytes(handed.key);
  auto events = Chained(handed.events);
  if (!key.ok() || !events.ok()) return Unreadable();
  auto record = std::make_shared<PersonRecord>();
  for (const store::StoredEvent& event : *events) {
    if (!PersonTraits::Fold(event.bytes, *record).ok()) return Unreadable();
  }
  Opening opening{
      .key = std::make_shared<const registry::PersonKey>(*std::move(key)),
      .events = *std::move(events)};
  const auto open = Join(
      handed.uid,
      {.state = record, .version = static_cast<int64_t>(handed.events.size())},
      opening);
  if (!open.ok() || record->state == model::v1::PERSON_STATE_MERGED) {
    return Unreadable();
  }
  Arriving arriving;
  arriving.person = *open;
  arriving.record = std::move(record);
  arriving.today = absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone());
  return arriving;
}

absl::StatusOr<model::v1::Identity> Persons::IdentityOf(
    const HandedPerson& handed) {
  CAREROUTE_ASSIGN_OR_RETURN(const Arriving arriving, OpenHanded(handed));
  return arriving.person->person.identity();
}

void Persons::TakeHanded(HandedPerson handed, base::DoneStatus done) {
  store_.GetKeys(
      {StreamOf(handed.uid)},
      [this, handed = std::move(handed), done = std::move(done)](
          absl::StatusOr<std::vector<store::KeyRecord>> keys) mutable {
        if (!keys.ok()) return std::move(done)(keys.status());
        if (!keys->empty() && keys->front().destroyed.has_value()) {
          return std::move(done)(absl::FailedPreconditionError(
              "the person was erased at this hub"));
        }
        absl::StatusOr<Arriving> opened = OpenHanded(handed);
        if (!opened.ok()) return std::move(done)(opened.status());
        auto arriving = std::make_shared<Arriving>(*std::move(opened));
        arriving->events = std::move(handed.events);
        arriving->done = std::move(done);
        ClaimHanded(arriving);
      });
}

// What another person of this hub holds stays there: both are candidates for a
// merge, on which people decide.
void Persons::ClaimHanded(const std::shared_ptr<Arriving>& arriving) {
  auto claiming = std::make_shared<Claiming>();
  claiming->owner = arriving->person->uid;
  claiming->skips_held = true;
  claiming->keys =
      ClaimsOf(arriving->person->person.identity(), arriving->today);
  claiming->done = [this,
                    arriving](absl::StatusOr<std::vector<std::string>> held) {
    if (!held.ok()) return std::move(arriving->done)(held.status());
    AppendHanded(arriving, *std::move(held));
  };
  ClaimNext(claiming);
}

// A person who comes back brings what was written of them elsewhere meanwhile.
// Where both hubs wrote, this one keeps its own record.
Plan<PersonRecord> Persons::PlanOfHanded(
    const Arriving& arriving, const OpenPerson& before, const std::string& head,
    const std::vector<std::string>& claims) const {
  Plan<PersonRecord> plan;
  const std::vector<HandedEvent>& events = arriving.events;
  const auto known = static_cast<size_t>(before.version);
  if (known >= events.size() ||
      (known > 0 && events[known - 1].chain_hash != head)) {
    return plan;
  }
  for (size_t i = known; i < events.size(); ++i) {
    plan.events.push_back(events[i].stored);
  }
  plan.after = arriving.record;
  plan.write.confirm_claims = claims;
  if (known == 0) {
    plan.write.put_key =
        internal::WrapKey(keys_, random_, before.uid, *arriving.person->key);
  }
  base::Problems problems;
  registry::PersonDecision decision;
  decision.terms = registry::TermsOf(registry::NormaliseIdentity(
      {.identity = arriving.person->person.identity(), .today = arriving.today},
      problems));
  PutTokens(before, arriving.today, decision, plan.write);
  PutRepresented(before, *arriving.record, plan.write);
  return plan;
}

void Persons::AppendHanded(const std::shared_ptr<Arriving>& arriving,
                           std::vector<std::string> claims) {
  RequestInfo info;
  info.actor = HubActor();
  streams_.Execute(
      arriving->person->uid, std::move(info),
      [this, arriving, claims = std::move(claims)](
          const Loaded<PersonRecord>& loaded,
          base::Done<Plan<PersonRecord>> planned) {
        OpenLoaded(arriving->person->uid, loaded,
                   [this, arriving, claims, head = loaded.head_hash,
                    planned = std::move(planned)](
                       absl::StatusOr<OpenPersonPtr> before) mutable {
                     if (!before.ok()) {
                       return std::move(planned)(before.status());
                     }
                     std::move(planned)(
                         PlanOfHanded(*arriving, **before, head, claims));
                   });
      },
      [arriving](absl::StatusOr<Reply> reply) {
        if (reply.ok() && reply->refusal.has_value()) {
          // No other refusal than that others were faster.
          return std::move(arriving->done)(
              absl::AbortedError(reply->refusal->message()));
        }
        std::move(arriving->done)(reply.status());
      });
}

}  // namespace careroute::engine
