#include "lib/engine/cases.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/arena.h"
#include "lib/base/status_macros.h"
#include "lib/casework/decide.h"
#include "lib/casework/fold.h"
#include "lib/casework/hand_over.h"
#include "lib/engine/answers.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/internal/left_referrals.h"
#include "lib/engine/internal/local_day.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/lanes.h"

namespace careroute::engine {
namespace {

using casework::Case;

// The organisation whose day it is: the coordinator's, or before the case is
// open the actor's.
std::string HomeOf(const Case& state, const model::v1::Actor& actor) {
  if (state.version == 0) return actor.organisation();
  const absl::string_view home = casework::OrganisationOf(state.coordinator);
  return std::string(home.data(), home.size());
}

base::Uid UidFromBytes(const std::string& bytes) {
  base::Uid uid;
  for (size_t i = 0; i < bytes.size() && i < 16; ++i) {
    uint64_t& half = i < 8 ? uid.high : uid.low;
    half = (half << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return uid;
}

// The edition the command is decided by: the pinned one, or the one that the
// command pins.
const std::string& RulesOf(const command::v1::CaseCommand& command,
                           const Case& state) {
  if (state.version == 0) return command.open_case().edition().hash();
  return command.has_migrate_case() ? command.migrate_case().edition().hash()
                                    : state.edition.hash;
}

// Only one record goes with the case, and it would name another.
std::optional<model::v1::Refusal> RefuseMerged(
    const command::v1::CaseCommand& command, const OpenPerson& person) {
  if (!command.has_freeze_case() || KeptOf(person) == person.uid) return {};
  return internal::MakeRefusal(
      {.reason = model::v1::ERROR_REASON_WRONG_STATE,
       .message_key = "case_of_merged_record",
       .message = "the case is of a record that was merged into another"});
}

}  // namespace

// One command under way: what was asked, and what the case was opened for.
struct Cases::Job {
  ExecuteRequest request;
  // Referrals of the state it is decided on that have left for another hub.
  std::vector<int32_t> left;
  // Of an offer to another hub: messages of the case have not left.
  bool messages_wait = false;
  // Of an opening: the person and edition the command names.
  [[nodiscard]] bool opens() const { return request.command.has_open_case(); }
};

Cases::Cases(const Options& options)
    : clock_(options.clock),
      random_(options.random),
      sealer_(options.sealer),
      calendars_(options.calendars),
      measures_(options.measures),
      instruments_(options.instruments),
      store_(options.store),
      editions_(options.editions),
      persons_(options.persons),
      organisations_(options.organisations),
      held_lanes_(options.held_lanes),
      fence_(options.fence),
      hub_id_(options.hub_id),
      person_facts_(options.cached_max),
      streams_({.store = options.store,
                .clock = options.clock,
                .executor = options.executor,
                .cached_max = options.cached_max}) {}

std::string Cases::OpenCaseClaim(const std::string& person_bytes,
                                 absl::string_view pathway) {
  return absl::StrCat("open_case/", UidFromBytes(person_bytes).Hex(), "/",
                      pathway);
}

void Cases::Execute(ExecuteRequest request, base::Done<Reply> done) {
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  const base::Uid uid = job->request.case_uid;
  RequestInfo info = job->request.info;
  streams_.Execute(
      uid, std::move(info),
      [this, job](const Loaded<Case>& loaded, base::Done<Plan<Case>> planned) {
        Gather(job, loaded, std::move(planned));
      },
      [this, uid, done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok() || !reply->replayed || reply->answer.empty()) {
          std::move(done)(std::move(reply));
          return;
        }
        Read(uid, [this, reply = *std::move(reply), done = std::move(done)](
                      absl::StatusOr<CaseReading> reading) mutable {
          if (!reading.ok()) {
            std::move(done)(reading.status());
            return;
          }
          std::move(done)(OpenReply({.sealer = sealer_,
                                     .key = reading->person->key.get(),
                                     .stream = reading->uid,
                                     .version = reply.version},
                                    reply));
        });
      });
}

void Cases::Gather(const JobPtr& job, const Loaded<Case>& loaded,
                   base::Done<Plan<Case>> done) {
  absl::Status open = fence_.Check();
  if (!open.ok()) return std::move(done)(std::move(open));
  if (loaded.version == 0 && !job->opens()) {
    std::move(done)(Plan<Case>{.refusal = internal::NotFound().refusal});
    return;
  }
  CaseReading reading{{.uid = job->request.case_uid,
                       .version = loaded.version,
                       .state = loaded.state,
                       .directory = organisations_.Current(),
                       .now = clock_.Now()},
                      /*person=*/nullptr};
  const std::string hash = RulesOf(job->request.command, *loaded.state);
  editions_.Find(hash, [this, job, loaded, reading = std::move(reading),
                        done = std::move(done)](
                           absl::StatusOr<EditionPtr> edition) mutable {
    if (!edition.ok()) {
      std::move(done)(edition.status());
      return;
    }
    reading.edition = *std::move(edition);
    GatherPerson(job, loaded, std::move(reading), std::move(done));
  });
}

void Cases::GatherPerson(const JobPtr& job, const Loaded<Case>& loaded,
                         CaseReading reading, base::Done<Plan<Case>> done) {
  if (job->request.draft_person != nullptr) {
    reading.person = job->request.draft_person;
    std::move(done)(DecideOn(*job, reading));
    return;
  }
  base::Uid person = UidFromBytes(loaded.state->person);
  if (loaded.version == 0) {
    const absl::StatusOr<base::Uid> named =
        ParseName("persons/", job->request.command.open_case().person());
    if (named.ok()) person = *named;
  }
  persons_.Open(
      person, [this, job, reading = std::move(reading), done = std::move(done)](
                  absl::StatusOr<OpenPersonPtr> open) mutable {
        if (!open.ok()) {
          std::move(done)(open.status());
          return;
        }
        reading.person = *std::move(open);
        GatherWaiting(job, std::move(reading), std::move(done));
      });
}

// A case is offered to another hub only once all that it tells has left.
void Cases::GatherWaiting(const JobPtr& job, CaseReading reading,
                          base::Done<Plan<Case>> done) {
  if (!job->request.command.has_freeze_case()) {
    return GatherLeft(job, std::move(reading), std::move(done));
  }
  const store::StreamId stream{.kind = store::StreamKind::kCase,
                               .id = reading.uid};
  store_.ListOutbox(
      {.after = store::OutboxKey{.stream = stream}, .limit = 1},
      [this, job, stream, reading = std::move(reading),
       done = std::move(done)](absl::StatusOr<store::OutboxPage> page) mutable {
        if (!page.ok()) return std::move(done)(page.status());
        job->messages_wait =
            !page->rows.empty() && page->rows.front().key.stream == stream;
        GatherLeft(job, std::move(reading), std::move(done));
      });
}

void Cases::GatherLeft(const JobPtr& job, CaseReading reading,
                       base::Done<Plan<Case>> done) {
  job->left.clear();
  if (!internal::AsksOutbox(*reading.state)) {
    std::move(done)(DecideOn(*job, reading));
    return;
  }
  const base::Uid uid = reading.uid;
  auto state = reading.state;
  internal::FindLeftReferrals(
      store_, uid, std::move(state),
      [this, job, reading = std::move(reading), done = std::move(done)](
          absl::StatusOr<std::vector<int32_t>> left) mutable {
        if (!left.ok()) {
          std::move(done)(left.status());
          return;
        }
        job->left = *std::move(left);
        std::move(done)(DecideOn(*job, reading));
      });
}

void Cases::FillIdentity(const CaseReading& reading,
                         command::v1::CaseCommand& command) const {
  if (!command.has_referral()) return;
  command::v1::ReferralCommand& referral = *command.mutable_referral();
  const model::v1::Person& person = reading.person->person;
  if (referral.has_make()) {
    *referral.mutable_make()->mutable_identity() = person.identity();
    *referral.mutable_make()->mutable_needs() = person.needs();
  } else if (referral.has_redirect()) {
    *referral.mutable_redirect()->mutable_identity() = person.identity();
    *referral.mutable_redirect()->mutable_needs() = person.needs();
  }
}

absl::StatusOr<Plan<Case>> Cases::DecideOn(Job& job,
                                           const CaseReading& reading) {
  Plan<Case> plan;
  if (job.request.authorise != nullptr) {
    plan.refusal = job.request.authorise(reading);
    if (plan.refusal.has_value()) return plan;
  }
  plan.refusal = RefuseMerged(job.request.command, *reading.person);
  if (plan.refusal.has_value()) return plan;
  google::protobuf::Arena arena;
  command::v1::CaseCommand& command = job.request.command;
  FillIdentity(reading, command);
  const absl::CivilDay today = internal::LocalDay(
      calendars_, *reading.directory,
      HomeOf(*reading.state, job.request.info.actor), clock_.Now());
  const CaseDirectory directory(
      {.picture = reading.directory, .person = reading.person, .today = today});
  const internal::PersonFactsPtr person =
      person_facts_.On(reading.person, today);
  const std::vector<base::Uid> fresh =
      base::NewUids(random_, casework::kFreshIdsMin);
  const casework::Decision decision = casework::Decide(
      *reading.state, *reading.edition, command,
      {.now = clock_.Now(),
       .actor = &job.request.info.actor,
       .request_id = job.request.info.request_id,
       .arena = &arena,
       .case_id = reading.uid,
       .fresh_ids = fresh,
       .directory = &directory,
       .calendars = &calendars_,
       .person = reading.person->erased ? nullptr : person.get(),
       .measures = measures_,
       .instruments = instruments_,
       .hub = hub_id_,
       .messages_wait = job.messages_wait,
       .left_referrals = job.left});
  if (!decision.ok()) {
    plan.refusal = std::move(*decision.refusal);
    return plan;
  }
  auto after = std::make_shared<Case>(*reading.state);
  casework::Fold(*decision.event, *after);
  Seal(reading, decision.parts, *decision.event->mutable_header());
  plan.events.push_back(decision.event->SerializeAsString());
  PutDifference(RowsOf(reading.uid, *reading.state, hub_id_),
                RowsOf(reading.uid, *after, hub_id_), plan.write);
  CAREROUTE_RETURN_IF_ERROR(PutMessages(command, *decision.event, plan.write));
  PutClaims(job.request.confirm_claims, *reading.state, *after, plan.write);
  Answer(job, reading, after, *decision.event, plan);
  plan.after = std::move(after);
  return plan;
}

void Cases::Answer(const Job& job, const CaseReading& before,
                   std::shared_ptr<const Case> after,
                   const event::v1::CaseEvent& event, Plan<Case>& plan) const {
  if (job.request.make_answer == nullptr) return;
  CaseReading shown = before;
  shown.version = after->version;
  shown.state = std::move(after);
  plan.answer = job.request.make_answer(shown, &event);
  plan.stored_answer = SealAnswer({.sealer = sealer_,
                                   .key = before.person->key.get(),
                                   .stream = before.uid,
                                   .version = shown.version},
                                  plan.answer);
}

void Cases::Seal(const CaseReading& reading,
                 const std::vector<casework::ClassPart>& parts,
                 event::v1::EventHeader& header) const {
  if (reading.person->key == nullptr) return;  // erased: nothing is kept
  for (const casework::ClassPart& part : parts) {
    SealPart({.sealer = sealer_,
              .key = *reading.person->key,
              .person = reading.person->uid,
              .stream = reading.uid},
             part.data_class, *part.part, header);
  }
}

absl::Status Cases::PutMessages(const command::v1::CaseCommand& command,
                                const event::v1::CaseEvent& event,
                                store::AppendRequest& write) const {
  // What comes back after a restore its hub knows already.
  if (command.has_adopt_request()) return absl::OkStatus();
  for (const event::v1::Message& message : event.consequences().messages()) {
    write.outbox.push_back(
        {.key = {.sequence = message.sequence()},
         .destination = message.kind() == casework::kHandOver ? message.kind()
                                                              : message.to(),
         .lane = HubOf(message.to()).has_value() ? message.to() : "",
         .event_version = event.header().version(),
         .due = internal::FromProto(event.header().recorded_time())});
  }
  return held_lanes_.Check(write.outbox);
}

void Cases::PutClaims(const std::vector<std::string>& confirm,
                      const Case& before, const Case& after,
                      store::AppendRequest& write) const {
  write.confirm_claims = confirm;
  const bool was_open = before.version > 0 && !before.ending.has_value() &&
                        before.home.IsAt(hub_id_);
  const bool is_over =
      after.ending.has_value() || after.erased || !after.home.IsAt(hub_id_);
  if (was_open && is_over) {
    write.release_claims.push_back(
        OpenCaseClaim(after.person, after.edition.pathway));
  }
}

// --- Reading ----------------------------------------------------------------

void Cases::Read(base::Uid case_uid, base::Done<CaseReading> done) {
  streams_.Load(case_uid, [this, case_uid, done = std::move(done)](
                              absl::StatusOr<Loaded<Case>> loaded) mutable {
    if (!loaded.ok()) {
      std::move(done)(loaded.status());
      return;
    }
    if (loaded->version == 0) {
      std::move(done)(absl::NotFoundError("there is no such case"));
      return;
    }
    Complete({{.uid = case_uid,
               .version = loaded->version,
               .state = loaded->state,
               .directory = organisations_.Current(),
               .now = clock_.Now()},
              /*person=*/nullptr},
             std::move(done));
  });
}

void Cases::Complete(CaseReading reading, base::Done<CaseReading> done) {
  const std::string hash = reading.state->edition.hash;
  editions_.Find(
      hash, [this, reading = std::move(reading), done = std::move(done)](
                absl::StatusOr<EditionPtr> edition) mutable {
        if (!edition.ok()) {
          std::move(done)(edition.status());
          return;
        }
        reading.edition = *std::move(edition);
        const base::Uid person_uid = UidFromBytes(reading.state->person);
        persons_.Open(person_uid,
                      [reading = std::move(reading), done = std::move(done)](
                          absl::StatusOr<OpenPersonPtr> person) mutable {
                        if (!person.ok()) {
                          std::move(done)(person.status());
                          return;
                        }
                        reading.person = *std::move(person);
                        std::move(done)(std::move(reading));
                      });
      });
}

void Cases::ReadHistory(HistoryRequest request,
                        base::Done<CaseHistoryPage> done) {
  Read(request.case_uid, [this, request, done = std::move(done)](
                             absl::StatusOr<CaseReading> reading) mutable {
    if (!reading.ok()) {
      std::move(done)(reading.status());
      return;
    }
    store_.ReadEvents(
        {.stream = {.kind = store::StreamKind::kCase, .id = request.case_uid},
         .after_version = request.after_version,
         .limit = request.limit},
        [this, reading = *std::move(reading), done = std::move(done)](
            absl::StatusOr<store::EventPage> page) mutable {
          if (!page.ok()) {
            std::move(done)(page.status());
            return;
          }
          std::move(done)(OpenPage(reading, *page));
        });
  });
}

absl::StatusOr<CaseHistoryPage> Cases::OpenPage(
    const CaseReading& reading, const store::EventPage& page) const {
  CaseHistoryPage opened{.more = page.more};
  for (const store::StoredEvent& stored : page.events) {
    CaseHistory history{.hash = stored.chain_hash};
    if (!history.event.ParseFromString(stored.bytes)) {
      return absl::DataLossError("an event of a case is damaged");
    }
    const event::v1::EventHeader& header = history.event.header();
    if (reading.person->key == nullptr) {
      history.erased = header.sealed_size() > 0;
    } else {
      CAREROUTE_ASSIGN_OR_RETURN(history.opened,
                                 OpenParts({.sealer = sealer_,
                                            .key = *reading.person->key,
                                            .person = reading.person->uid,
                                            .stream = reading.uid},
                                           header));
    }
    history.event.mutable_header()->clear_sealed();
    opened.events.push_back(std::move(history));
  }
  return opened;
}

}  // namespace careroute::engine
