#include "lib/engine/linked_cases.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/base/hash.h"
#include "lib/casework/decide.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/linked_case.h"
#include "lib/engine/internal/local_day.h"
#include "lib/engine/internal/times.h"

namespace careroute::engine {
namespace {

bool IsErased(const std::optional<model::v1::Refusal>& refusal) {
  return refusal.has_value() &&
         refusal->reason() == model::v1::ERROR_REASON_ERASED;
}

}  // namespace

struct LinkedCases::Job {
  AskedCase asked;
  base::Done<std::optional<model::v1::Refusal>> done;
  base::Uid uid;  // of the case to open
  CaseReading opener;
  EditionPtr edition;

  void Finish(absl::StatusOr<std::optional<model::v1::Refusal>> answer) {
    std::move(done)(std::move(answer));
  }
};

void LinkedCases::Open(AskedCase asked,
                       base::Done<std::optional<model::v1::Refusal>> done) {
  auto job = std::make_shared<Job>();
  job->asked = std::move(asked);
  job->done = std::move(done);
  job->uid = base::DeriveUid({"linked_case", job->asked.opener.Hex(),
                              absl::StrCat(job->asked.message.sequence())});
  // Opened before, by a process that did not live to say so.
  options_.cases.Read(job->uid, [this, job](absl::StatusOr<CaseReading> known) {
    if (known.ok()) return job->Finish(std::nullopt);
    if (!absl::IsNotFound(known.status())) return job->Finish(known.status());
    ReadOpener(job);
  });
}

void LinkedCases::ReadOpener(const JobPtr& job) {
  options_.cases.Read(job->asked.opener,
                      [this, job](absl::StatusOr<CaseReading> opener) {
                        if (!opener.ok()) return job->Finish(opener.status());
                        job->opener = *std::move(opener);
                        ChooseEdition(job);
                      });
}

void LinkedCases::ChooseEdition(const JobPtr& job) {
  absl::string_view pathway = job->asked.message.to();
  absl::ConsumePrefix(&pathway, kToPathway);
  options_.editions.Choose(
      {.pathway = std::string(pathway),
       .jurisdiction = job->opener.edition->pathway().jurisdiction(),
       .day = LocalDayOf(job->opener, job->asked.now)},
      [this, job](absl::StatusOr<EditionPtr> edition) {
        if (!edition.ok()) return job->Finish(edition.status());
        job->edition = *std::move(edition);
        if (job->asked.message.new_person() !=
            model::v1::NEW_CASE_PERSON_CHILD_BORN) {
          if (job->opener.person->erased) return job->Finish(std::nullopt);
          return FindCase(job, KeptOf(*job->opener.person));
        }
        RegisterChild(job, 1, {});
      });
}

absl::CivilDay LinkedCases::LocalDayOf(const CaseReading& opener,
                                       absl::Time time) const {
  return internal::LocalDay(
      options_.calendars, *opener.directory,
      std::string(casework::OrganisationOf(opener.state->coordinator)), time);
}

// Children are registered in the order of their birth, so that each knows those
// before it. Each request has a name of its own: registered once.
void LinkedCases::RegisterChild(const JobPtr& job, int32_t order,
                                std::vector<std::string> older) {
  const CaseReading& mother = job->opener;
  const event::v1::EventHeader& header = job->asked.event.header();
  Persons::ResolveRequest request{.today = LocalDayOf(mother, job->asked.now)};
  request.info.actor = HubActor();
  request.info.request_id =
      base::DeriveUid({"child_born", mother.uid.Hex(),
                       absl::StrCat(header.version()), absl::StrCat(order)})
          .Hex();
  // The id says all there is to ask: a repeat is one, also when a sibling was
  // erased meanwhile.
  request.info.body_hash = base::Sha256(request.info.request_id);
  request.command = internal::Describe(
      {.mother = mother.person->person,
       .birth_date =
           LocalDayOf(mother, internal::FromProto(header.happened_time())),
       .birth_order = order,
       .older = older},
      job->asked.message);
  options_.persons.Resolve(
      std::move(request),
      [this, job, order, older = std::move(older)](
          absl::StatusOr<Persons::Resolved> resolved) mutable {
        if (!resolved.ok()) return job->Finish(resolved.status());
        const bool erased = IsErased(resolved->refusal);
        if (resolved->refusal.has_value() && !erased) {
          return job->Finish(std::move(resolved->refusal));
        }
        if (order >=
            internal::BirthOrderOf(job->asked.event, job->asked.message)) {
          if (erased) return job->Finish(std::nullopt);
          return FindCase(job, resolved->person->uid);
        }
        if (!erased) older.push_back(PersonNameOf(resolved->person->uid));
        RegisterChild(job, order + 1, std::move(older));
      });
}

void LinkedCases::FindCase(const JobPtr& job, base::Uid person) {
  options_.persons.CasesOf(
      person,
      [this, job, person](absl::StatusOr<std::vector<PersonCase>> cases) {
        if (!cases.ok()) return job->Finish(cases.status());
        for (const PersonCase& one : *cases) {
          if (one.row.state() == model::v1::CASE_STATE_OPEN &&
              one.row.pathway() == job->edition->pathway().id()) {
            return job->Finish(std::nullopt);
          }
        }
        Claim(job, person);
      });
}

// A person has one open case on a pathway: when there is one, nothing is left
// to open.
void LinkedCases::Claim(const JobPtr& job, base::Uid person) {
  const std::string key =
      Cases::OpenCaseClaim(person.Bytes(), job->edition->pathway().id());
  options_.store.ClaimUnique(
      {.key = key,
       .owner = {.kind = store::StreamKind::kCase, .id = job->uid},
       .now = job->asked.now},
      [this, job, person, key](absl::StatusOr<store::Claim> claim) {
        if (!claim.ok()) return job->Finish(claim.status());
        if (claim->owner.id != job->uid) {
          if (claim->confirmed) return job->Finish(std::nullopt);
          // Whoever holds it has opened nothing yet, and may die before.
          return job->Finish(absl::AbortedError(
              "another case of the person on this pathway is being opened"));
        }
        Execute(job, PersonNameOf(person), key);
      });
}

void LinkedCases::Execute(const JobPtr& job, const std::string& person,
                          const std::string& claim) {
  Cases::ExecuteRequest request{.case_uid = job->uid};
  request.info.actor = HubActor();
  *request.command.mutable_open_case() = internal::LinkedOpening(
      job->opener, job->asked.message, *job->edition,
      {.person = person, .today = LocalDayOf(job->opener, job->asked.now)});
  request.confirm_claims = {claim};
  options_.cases.Execute(
      std::move(request), [this, job, claim](absl::StatusOr<Reply> reply) {
        if (!reply.ok()) return job->Finish(reply.status());
        if (!reply->refusal.has_value()) return job->Finish(std::nullopt);
        // Nothing was opened: the right goes back, or else it would keep
        // others from opening until it lapses, at each attempt again.
        options_.store.ReleaseClaim(
            {.key = claim,
             .owner = {.kind = store::StreamKind::kCase, .id = job->uid}},
            [job, refusal = std::move(reply->refusal)](absl::Status) mutable {
              job->Finish(std::move(refusal));
            });
      });
}

}  // namespace careroute::engine
