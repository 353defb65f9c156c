// A person's record as it goes to another hub with a case, and as it comes from
// one. The rest of Persons is in persons.cc.

#include <memory>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
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

void Persons::TakeHanded(HandedPerson handed, base::DoneStatus done) {
  store_.GetKeys(
      {StreamOf(handed.uid)},
      [this, handed = std::move(handed), done = std::move(done)](
          absl::StatusOr<std::vector<store::KeyRecord>> keys) mutable {
        if (!keys.ok()) return std::move(done)(keys.status());
        if (keys->empty())
          return OpenHanded(std::move(handed), std::move(done));
        std::move(done)(keys->front().destroyed.has_value()
                            ? absl::FailedPreconditionError(
                                  "the person was erased at this hub")
                            : absl::OkStatus());
      });
}

void Persons::OpenHanded(HandedPerson handed, base::DoneStatus done) {
  auto key = registry::PersonKey::FromBytes(handed.key);
  auto events = Chained(handed.events);
  if (!key.ok() || !events.ok()) return std::move(done)(Unreadable());
  auto record = std::make_shared<PersonRecord>();
  for (const store::StoredEvent& event : *events) {
    if (!PersonTraits::Fold(event.bytes, *record).ok()) {
      return std::move(done)(Unreadable());
    }
  }
  Opening opening{
      .key = std::make_shared<const registry::PersonKey>(*std::move(key)),
      .events = *std::move(events)};
  const auto open = Join(
      handed.uid,
      {.state = record, .version = static_cast<int64_t>(handed.events.size())},
      opening);
  if (!open.ok() || record->state == model::v1::PERSON_STATE_MERGED) {
    return std::move(done)(Unreadable());
  }
  auto arriving = std::make_shared<Arriving>();
  arriving->person = *open;
  arriving->record = std::move(record);
  arriving->events = std::move(handed.events);
  arriving->today = absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone());
  arriving->done = std::move(done);
  ClaimHanded(arriving);
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

void Persons::AppendHanded(const std::shared_ptr<Arriving>& arriving,
                           std::vector<std::string> claims) {
  RequestInfo info;
  info.actor = HubActor();
  streams_.Execute(
      arriving->person->uid, std::move(info),
      [this, arriving, claims = std::move(claims)](
          const Loaded<PersonRecord>& loaded,
          base::Done<Plan<PersonRecord>> planned) {
        Plan<PersonRecord> plan;
        if (loaded.version > 0) return std::move(planned)(std::move(plan));
        for (const HandedEvent& event : arriving->events) {
          plan.events.push_back(event.stored);
        }
        plan.after = arriving->record;
        plan.write.confirm_claims = claims;
        plan.write.put_key = internal::WrapKey(
            keys_, random_, arriving->person->uid, *arriving->person->key);
        base::Problems problems;
        plan.write.put_rows =
            TokenRows(arriving->person->uid,
                      registry::TermsOf(registry::NormaliseIdentity(
                          {.identity = arriving->person->person.identity(),
                           .today = arriving->today},
                          problems)));
        OpenPerson nobody;
        nobody.uid = arriving->person->uid;
        nobody.record = std::make_shared<const PersonRecord>();
        PutRepresented(nobody, *arriving->record, plan.write);
        std::move(planned)(std::move(plan));
      },
      [arriving](absl::StatusOr<Reply> reply) {
        std::move(arriving->done)(reply.status());
      });
}

}  // namespace careroute::engine
