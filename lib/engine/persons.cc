#include "lib/engine/persons.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/engine/answers.h"
#include "lib/engine/internal/dates.h"
#include "lib/engine/names.h"
#include "lib/engine/sealing.h"
#include "lib/engine/tables.h"
#include "lib/registry/person_view.h"
#include "lib/registry/plain_parts.h"

namespace careroute::engine {
namespace {

using registry::PersonRecord;

}  // namespace

std::string PersonNameOf(const base::Uid& uid) {
  return absl::StrCat("persons/", uid.Hex());
}

registry::DeciderInput DeciderInputOf(const OpenPerson& person) {
  return {.record = *person.record,
          .person = person.person.name(),
          .birth_date = person.birth_date,
          .ages = person.ages};
}

casework::PersonFacts FactsOf(const OpenPerson& person, absl::CivilDay today) {
  const registry::DeciderInput input = DeciderInputOf(person);
  casework::PersonFacts facts{
      .birth_date = person.birth_date,
      .state = person.record->state,
      .deciders = registry::WhoDecidesAll(input, today)};
  for (const registry::ActingRepresentative& acting :
       registry::ActingRepresentatives(input, today)) {
    facts.representatives.push_back(acting.who);
  }
  return facts;
}

Persons::Persons(const Options& options)
    : store_(options.store),
      clock_(options.clock),
      random_(options.random),
      keys_(options.keys),
      sealer_(options.sealer),
      index_(options.keys),
      streams_({.store = options.store,
                .clock = options.clock,
                .executor = options.executor,
                .cached_max = options.cached_max}),
      opened_(options.cached_max) {}

void Persons::OpenAsRecorded(base::Uid uid, base::Done<OpenPersonPtr> done) {
  streams_.Load(uid, [this, uid, done = std::move(done)](
                         absl::StatusOr<Loaded<PersonRecord>> loaded) mutable {
    if (!loaded.ok()) {
      std::move(done)(loaded.status());
      return;
    }
    if (loaded->version == 0) {
      std::move(done)(absl::NotFoundError("no such person is registered"));
      return;
    }
    OpenLoaded(uid, *std::move(loaded), std::move(done));
  });
}

void Persons::OpenLoaded(base::Uid uid, Loaded<PersonRecord> loaded,
                         base::Done<OpenPersonPtr> done) {
  const std::optional<CachedPerson> cached = opened_.Get(uid);
  if (cached.has_value() && cached->version == loaded.version) {
    std::move(done)(cached->person);
    return;
  }
  FetchAndJoin(uid, std::move(loaded),
               [this, done = std::move(done)](
                   absl::StatusOr<std::shared_ptr<OpenPerson>> open) mutable {
                 if (!open.ok()) {
                   std::move(done)(open.status());
                   return;
                 }
                 AddAges(*std::move(open), 0, std::move(done));
               });
}

void Persons::FetchAndJoin(base::Uid uid, Loaded<PersonRecord> loaded,
                           base::Done<std::shared_ptr<OpenPerson>> done) {
  if (loaded.version == 0) {
    std::move(done)(Join(uid, loaded, {}));
    return;
  }
  internal::FetchKey(
      store_, keys_, random_, {.kind = store::StreamKind::kPerson, .id = uid},
      [this, uid, loaded = std::move(loaded),
       done = std::move(done)](absl::StatusOr<internal::KeyPtr> key) mutable {
        if (!key.ok()) {
          std::move(done)(key.status());
          return;
        }
        ReadParts(uid, std::move(loaded), {.key = *std::move(key)},
                  std::move(done));
      });
}

void Persons::ReadKeys(const std::set<base::Uid>& uids,
                       base::Done<std::map<base::Uid, internal::KeyPtr>> done) {
  std::vector<store::StreamId> owners;
  owners.reserve(uids.size());
  for (const base::Uid& uid : uids) {
    owners.push_back({.kind = store::StreamKind::kPerson, .id = uid});
  }
  internal::FetchKeys(store_, keys_, random_, std::move(owners),
                      [done = std::move(done)](
                          absl::StatusOr<internal::KeyMap> fetched) mutable {
                        if (!fetched.ok()) {
                          std::move(done)(fetched.status());
                          return;
                        }
                        std::map<base::Uid, internal::KeyPtr> keys;
                        for (auto& [owner, key] : *fetched)
                          keys[owner.id] = std::move(key);
                        std::move(done)(std::move(keys));
                      });
}

void Persons::ReadParts(base::Uid uid, Loaded<PersonRecord> loaded,
                        Opening opening,
                        base::Done<std::shared_ptr<OpenPerson>> done) {
  const int64_t after =
      opening.events.empty() ? 0 : opening.events.back().version;
  store_.ReadEvents(
      {.stream = {.kind = store::StreamKind::kPerson, .id = uid},
       .after_version = after,
       .limit = store::kPageRowsMax},
      [this, uid, opening = std::move(opening), loaded = std::move(loaded),
       done = std::move(done)](absl::StatusOr<store::EventPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        for (store::StoredEvent& event : page->events) {
          opening.events.push_back(std::move(event));
        }
        if (page->more) {
          return ReadParts(uid, std::move(loaded), std::move(opening),
                           std::move(done));
        }
        std::move(done)(Join(uid, loaded, opening));
      });
}

void Persons::AddAges(std::shared_ptr<OpenPerson> person, size_t index,
                      base::Done<OpenPersonPtr> done) {
  const auto& representatives = person->record->representatives;
  while (index < representatives.size() &&
         representatives[index].person.empty()) {
    ++index;
  }
  if (index >= representatives.size()) {
    if (person->version > 0) {
      opened_.Put(person->uid, {.person = person, .version = person->version});
    }
    std::move(done)(std::move(person));
    return;
  }
  const std::string name = representatives[index].person;
  const absl::StatusOr<base::Uid> uid = ParseName("persons/", name);
  if (!uid.ok()) return AddAges(std::move(person), index + 1, std::move(done));
  FindKept(*uid, 0,
           [this, name, person, index,
            done = std::move(done)](absl::StatusOr<Kept> kept) mutable {
             if (!kept.ok()) {
               std::move(done)(kept.status());
               return;
             }
             const std::optional<CachedPerson> known = opened_.Get(kept->uid);
             if (known.has_value() && known->version == kept->loaded.version) {
               person->ages.push_back(
                   {.person = name, .birth_date = known->person->birth_date});
               return AddAges(std::move(person), index + 1, std::move(done));
             }
             FetchAndJoin(
                 kept->uid, std::move(kept->loaded),
                 [this, name, person, index, done = std::move(done)](
                     absl::StatusOr<std::shared_ptr<OpenPerson>> open) mutable {
                   if (!open.ok()) {
                     std::move(done)(open.status());
                     return;
                   }
                   person->ages.push_back(
                       {.person = name, .birth_date = (*open)->birth_date});
                   AddAges(std::move(person), index + 1, std::move(done));
                 });
           });
}

absl::StatusOr<std::shared_ptr<OpenPerson>> Persons::Join(
    base::Uid uid, const Loaded<PersonRecord>& loaded, const Opening& opening) {
  auto open = std::make_shared<OpenPerson>();
  open->uid = uid;
  open->version = loaded.version;
  open->record = loaded.state;
  open->key = opening.key;
  open->erased = loaded.version > 0 && open->key == nullptr;
  const std::vector<int64_t> wanted = registry::SealedVersions(*loaded.state);
  for (const store::StoredEvent& stored : opening.events) {
    if (open->key == nullptr ||
        !std::binary_search(wanted.begin(), wanted.end(), stored.version)) {
      continue;
    }
    event::v1::PersonEvent event;
    if (!event.ParseFromString(stored.bytes)) {
      return absl::DataLossError("an event of a person is damaged");
    }
    CAREROUTE_ASSIGN_OR_RETURN(const std::vector<PlainClassPart> parts,
                               OpenParts({.sealer = sealer_,
                                          .key = *open->key,
                                          .person = uid,
                                          .stream = uid},
                                         event.header()));
    for (const PlainClassPart& part : parts) {
      registry::JoinPart(part.part, open->parts[stored.version]);
    }
  }
  Compose(*open);
  return open;
}

void Persons::Compose(OpenPerson& person) const {
  person.person = registry::ViewOf(
      {.record = *person.record,
       .name = PersonNameOf(person.uid),
       .today = absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone())});
  person.person.set_uid(person.uid.Hex());
  person.person.set_etag(absl::StrCat(person.version));
  if (person.key == nullptr) return;
  for (const auto& [version, part] : person.parts) {
    registry::AddOpened(
        {.record = *person.record, .version = version, .part = part},
        person.person);
  }
  person.birth_date = internal::ParseDay(person.person.identity().birth_date());
}

// --- Commands ---------------------------------------------------------------

void Persons::Run(const std::shared_ptr<ExecuteRequest>& request,
                  const std::vector<std::string>& claims,
                  base::Done<Reply> done) {
  const base::Uid uid = request->uid;
  RequestInfo info = request->info;
  streams_.Execute(
      uid, std::move(info),
      [this, request, claims](const Loaded<PersonRecord>& loaded,
                              base::Done<Plan<PersonRecord>> planned) {
        Decide(request, claims, loaded, std::move(planned));
      },
      [this, uid, done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok() || !reply->replayed) {
          std::move(done)(std::move(reply));
          return;
        }
        Open(uid, [this, reply = *std::move(reply), done = std::move(done)](
                      absl::StatusOr<OpenPersonPtr> person) mutable {
          if (!person.ok()) {
            std::move(done)(person.status());
            return;
          }
          std::move(done)(OpenReply({.sealer = sealer_,
                                     .key = (*person)->key.get(),
                                     .stream = (*person)->uid,
                                     .version = reply.version},
                                    reply));
        });
      });
}

void Persons::Decide(const std::shared_ptr<ExecuteRequest>& request,
                     const std::vector<std::string>& claims,
                     const Loaded<PersonRecord>& loaded,
                     base::Done<Plan<PersonRecord>> done) {
  OpenLoaded(request->uid, loaded,
             [this, request, claims, done = std::move(done)](
                 absl::StatusOr<OpenPersonPtr> person) mutable {
               if (!person.ok()) {
                 std::move(done)(person.status());
                 return;
               }
               std::move(done)(PlanOf(*request, claims, **person));
             });
}

std::vector<store::IndexRow> Persons::TokenRows(
    const base::Uid& uid, const std::vector<registry::Term>& terms) const {
  std::vector<store::IndexRow> rows;
  rows.reserve(terms.size());
  for (const registry::Term& term : terms) {
    rows.push_back({.list = ListOf(Table::kPersonTokens, index_.Token(term)),
                    .id = uid.Hex()});
  }
  return rows;
}

absl::StatusOr<Plan<PersonRecord>> Persons::PlanOf(
    const ExecuteRequest& request, const std::vector<std::string>& claims,
    const OpenPerson& before) {
  Plan<PersonRecord> plan;
  if (request.authorise != nullptr) {
    plan.refusal = request.authorise(before);
    if (plan.refusal.has_value()) return plan;
  }
  registry::PersonDecision decision = registry::DecidePerson(
      *before.record, request.command,
      {.now = clock_.Now(),
       .today = request.today,
       .actor = request.info.actor,
       .request_id = request.info.request_id,
       .person = PersonNameOf(request.uid),
       .identity =
           before.key == nullptr ? nullptr : &before.person.identity()});
  if (decision.refusal.has_value()) {
    plan.refusal = std::move(decision.refusal);
    return plan;
  }
  OpenPerson after = before;
  SealDecision(before, decision, plan, after);
  plan.events.push_back(decision.event.SerializeAsString());
  auto record = std::make_shared<PersonRecord>(*before.record);
  CAREROUTE_RETURN_IF_ERROR(PersonTraits::Fold(plan.events.back(), *record));
  plan.after = record;
  plan.write.confirm_claims = claims;
  plan.write.destroy_key = decision.destroys_key;
  PutTokens(before, request.today, decision, plan.write);
  PutRepresented(before, *record, plan.write);
  ReleaseClaims(before, request, decision, plan.write);
  if (decision.changes_deciders) {
    plan.write.outbox.push_back({.key = {.sequence = record->version},
                                 .destination = kToPerson,
                                 .event_version = record->version,
                                 .due = clock_.Now()});
  }
  if (request.make_answer != nullptr) {
    after.record = std::move(record);
    after.version = before.version + 1;
    Compose(after);
    plan.answer = request.make_answer(after);
    plan.stored_answer = SealAnswer({.sealer = sealer_,
                                     .key = after.key.get(),
                                     .stream = before.uid,
                                     .version = after.version},
                                    plan.answer);
  }
  return plan;
}

void Persons::SealDecision(const OpenPerson& before,
                           registry::PersonDecision& decision,
                           Plan<PersonRecord>& plan, OpenPerson& after) {
  if (decision.destroys_key) {
    after.key = nullptr;
    after.erased = true;
    return;
  }
  if (after.key == nullptr) {
    after.key = std::make_shared<const registry::PersonKey>(
        registry::PersonKey::New(random_));
    plan.write.put_key =
        internal::WrapKey(keys_, random_, before.uid, *after.key);
  }
  event::v1::EventHeader& header = *decision.event.mutable_header();
  for (const registry::PlainClassPart& part : decision.parts) {
    SealPart({.sealer = sealer_,
              .key = *after.key,
              .person = before.uid,
              .stream = before.uid},
             part.data_class, part.part, header);
    registry::JoinPart(part.part, after.parts[header.version()]);
  }
}

void Persons::PutTokens(const OpenPerson& before, absl::CivilDay today,
                        const registry::PersonDecision& decision,
                        store::AppendRequest& write) const {
  if (!decision.terms.has_value() && !decision.destroys_key) return;
  std::set<std::string> kept;
  if (decision.terms.has_value()) {
    write.put_rows = TokenRows(before.uid, *decision.terms);
    for (const store::IndexRow& row : write.put_rows) {
      kept.insert(row.list.key);
    }
  }
  if (before.version == 0) return;
  base::Problems problems;
  const registry::NormalIdentity identity = registry::NormaliseIdentity(
      {.identity = before.person.identity(), .today = today}, problems);
  for (const store::IndexRow& row :
       TokenRows(before.uid, registry::TermsOf(identity))) {
    if (kept.count(row.list.key) == 0) {
      write.delete_rows.push_back({.list = row.list, .id = row.id});
    }
  }
}

}  // namespace careroute::engine
