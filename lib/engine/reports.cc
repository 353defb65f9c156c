#include "lib/engine/reports.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/decide.h"
#include "lib/casework/view.h"
#include "lib/directory/duty.h"
#include "lib/engine/internal/local_day.h"
#include "lib/engine/internal/refusals.h"

namespace careroute::engine {

namespace {

// Whose numbers hold for the case: those of the region where the person stays,
// else is registered, else is reported. Taken from the report alone, so that a
// known person is answered as any other.
const std::string& RegionOf(const command::v1::RegisterPerson& person,
                            const model::v1::Organisation& reporter) {
  const model::v1::Identity& identity = person.identity();
  if (!identity.stays_at().region().empty()) {
    return identity.stays_at().region();
  }
  if (!identity.registered_at().region().empty()) {
    return identity.registered_at().region();
  }
  return reporter.region();
}

// Held by the case that has the effect of the report.
std::string ClaimOf(const base::Uid& report) {
  return absl::StrCat("report/", report.Hex());
}

}  // namespace

struct Reports::Job {
  Report report;
  base::Done<ReportTaken> done;
  base::Uid uid;  // of the report, and of the case if it opens one
  absl::CivilDay today;
  EditionPtr edition;
  OpenPersonPtr person;
  bool claimed_anew = false;  // for a case that is not there yet
};

void Reports::Take(Report report, base::Done<ReportTaken> done) {
  auto job = std::make_shared<Job>();
  job->report = std::move(report);
  job->done = std::move(done);
  const RequestInfo& info = job->report.info;
  job->uid = base::DeriveUid({"reports", info.actor.member(), info.request_id});
  job->today =
      internal::LocalDay(options_.calendars, *options_.organisations.Current(),
                         info.actor.organisation(), options_.clock.Now());
  if (info.validate_only) return ChooseEdition(job);
  FindEffect(job);
}

// Where the request had its effect its body is compared with this one: before
// anybody is registered by a request whose id was used for another.
void Reports::FindEffect(const JobPtr& job) {
  options_.store.FindClaim(
      ClaimOf(job->uid),
      [this, job](absl::StatusOr<std::optional<store::Claim>> claim) {
        if (!claim.ok()) return Finish(job, claim.status());
        if (claim->has_value() && (*claim)->confirmed) {
          return Join(job, (*claim)->owner.id, {});
        }
        ChooseEdition(job);
      });
}

void Reports::Finish(const JobPtr& job, absl::StatusOr<Reply> reply) {
  if (!reply.ok()) {
    std::move(job->done)(reply.status());
    return;
  }
  std::move(job->done)(
      ReportTaken{.refusal = std::move(reply->refusal),
                  .report = absl::StrCat("reports/", job->uid.Hex())});
}

void Reports::ChooseEdition(const JobPtr& job) {
  const DirectoryPtr directory = options_.organisations.Current();
  const model::v1::Organisation* organisation =
      directory->directory.Find(job->report.info.actor.organisation());
  if (organisation == nullptr) {
    return Finish(
        job, Reply{.refusal = internal::MakeRefusal(
                       {.reason = model::v1::ERROR_REASON_UNKNOWN_ACTOR,
                        .message_key = "unknown_organisation",
                        .message = "the directory does not know the calling "
                                   "organisation; import it first"})});
  }
  options_.editions.Choose(
      {.pathway = job->report.pathway,
       .jurisdiction = RegionOf(job->report.person, *organisation),
       .day = job->today},
      [this, job](absl::StatusOr<EditionPtr> edition) {
        if (absl::IsNotFound(edition.status())) {
          return Finish(
              job, Reply{.refusal = internal::MakeRefusal(
                             {.reason = model::v1::ERROR_REASON_NOT_DECLARED,
                              .message_key = "no_edition",
                              .message = edition.status().message()})});
        }
        if (!edition.ok()) return Finish(job, edition.status());
        job->edition = *std::move(edition);
        if (job->report.info.validate_only) return Validate(job);
        ResolvePerson(job);
      });
}

// Nobody is looked up: a known person is answered as any other.
void Reports::Validate(const JobPtr& job) {
  const RequestInfo& info = job->report.info;
  absl::StatusOr<Persons::Resolved> draft = options_.persons.Draft(
      {.info = info, .today = job->today, .command = job->report.person});
  if (!draft.ok()) return Finish(job, draft.status());
  if (draft->refusal.has_value()) {
    return Finish(job, Reply{.refusal = draft->refusal});
  }
  job->person = draft->person;
  Cases::ExecuteRequest request = Opening(job);
  // In a stream that never is: what the request did before, if it was asked
  // before, would tell whether it opened a case.
  request.case_uid =
      base::DeriveUid({"drafts", info.actor.member(), info.request_id});
  request.info.request_id.clear();
  request.draft_person = job->person;
  options_.cases.Execute(std::move(request),
                         [this, job](absl::StatusOr<Reply> reply) {
                           Finish(job, std::move(reply));
                         });
}

void Reports::ResolvePerson(const JobPtr& job) {
  options_.persons.Resolve(
      {.info = job->report.info,
       .today = job->today,
       .command = job->report.person},
      [this, job](absl::StatusOr<Persons::Resolved> resolved) {
        if (!resolved.ok()) return Finish(job, resolved.status());
        if (resolved->refusal.has_value()) {
          return Finish(job, Reply{.refusal = resolved->refusal});
        }
        job->person = resolved->person;
        FindCase(job);
      });
}

void Reports::FindCase(const JobPtr& job) {
  options_.persons.CasesOf(
      job->person->uid,
      [this, job](absl::StatusOr<std::vector<PersonCase>> cases) {
        if (!cases.ok()) return Finish(job, cases.status());
        for (const PersonCase& known : *cases) {
          if (known.row.pathway() != job->report.pathway) continue;
          const model::v1::Ending* ending =
              job->edition->FindEnding(known.row.ending());
          const bool reopens =
              ending != nullptr && ending->reopened_by_report();
          if (known.row.state() == model::v1::CASE_STATE_OPEN) {
            return Bind(job, known.uid, {});
          }
          if (reopens) return Claim(job, known);
        }
        Claim(job, {.uid = job->uid, .person = job->person->uid});
      });
}

void Reports::Claim(const JobPtr& job, const PersonCase& target) {
  const base::Uid owner = target.uid;
  const std::string key =
      Cases::OpenCaseClaim(target.person.Bytes(), job->report.pathway);
  options_.store.ClaimUnique(
      {.key = key,
       .owner = {.kind = store::StreamKind::kCase, .id = owner},
       .now = options_.clock.Now()},
      [this, job, owner, key](absl::StatusOr<store::Claim> claim) {
        if (!claim.ok()) return Finish(job, claim.status());
        if (claim->owner.id != owner) return Bind(job, claim->owner.id, {});
        job->claimed_anew = !claim->confirmed;
        Bind(job, owner, {key});  // opens it, or reopens it
      });
}

void Reports::Bind(const JobPtr& job, const base::Uid& target,
                   std::vector<std::string> confirm_claims) {
  const std::string key = ClaimOf(job->uid);
  options_.store.ClaimUnique(
      {.key = key,
       .owner = {.kind = store::StreamKind::kCase, .id = target},
       .now = options_.clock.Now()},
      [this, job, target, key, confirm_claims = std::move(confirm_claims)](
          absl::StatusOr<store::Claim> claim) mutable {
        if (!claim.ok()) return Finish(job, claim.status());
        if (claim->owner.id != target && claim->confirmed) {
          return Join(job, claim->owner.id, {});  // finds the request there
        }
        // Another case holds it unconfirmed only where a report was refused.
        if (claim->owner.id == target) confirm_claims.push_back(key);
        if (target == job->uid) return Open(job, std::move(confirm_claims));
        Join(job, target, std::move(confirm_claims));
      });
}

Cases::ExecuteRequest Reports::Opening(const JobPtr& job) const {
  const Report& report = job->report;
  const DirectoryPtr directory = options_.organisations.Current();
  const model::v1::Organisation* organisation =
      directory->directory.Find(report.info.actor.organisation());
  Cases::ExecuteRequest request{.info = report.info, .case_uid = job->uid};
  request.info.etag.clear();
  request.command.set_word_given(report.word_given);
  if (report.happened_time.has_value()) {
    *request.command.mutable_happened_time() = *report.happened_time;
  }
  command::v1::OpenCase& open = *request.command.mutable_open_case();
  open = report.details;
  open.set_person(job->person->person.name());
  const model::v1::Pathway& bound = job->edition->pathway();
  open.mutable_edition()->set_pathway(bound.id());
  open.mutable_edition()->set_edition(bound.edition());
  open.mutable_edition()->set_overlay(bound.overlay());
  open.mutable_edition()->set_hash(job->edition->hash());
  open.set_report(absl::StrCat("reports/", job->uid.Hex()));
  const directory::Posts posts =
      directory::PostsOn(directory->directory,
                         {.coordinator = organisation->duty_coordinator(),
                          .deputy = organisation->duty_deputy(),
                          .head = organisation->head()},
                         job->today);
  open.set_coordinator(posts.coordinator);
  open.set_deputy(posts.deputy);
  return request;
}

void Reports::Open(const JobPtr& job, std::vector<std::string> confirm_claims) {
  Cases::ExecuteRequest request = Opening(job);
  request.confirm_claims = std::move(confirm_claims);
  options_.cases.Execute(
      std::move(request), [this, job](absl::StatusOr<Reply> reply) {
        if (reply.ok() && reply->refusal.has_value() && job->claimed_anew) {
          return GiveBack(job, *std::move(reply));
        }
        Finish(job, std::move(reply));
      });
}

// Nothing was opened: a report that comes within the minute, such as this one
// put right, must not be sent to a case that does not exist.
void Reports::GiveBack(const JobPtr& job, Reply refused) {
  options_.store.ReleaseClaim(
      {.key =
           Cases::OpenCaseClaim(job->person->uid.Bytes(), job->report.pathway),
       .owner = {.kind = store::StreamKind::kCase, .id = job->uid}},
      [this, job, refused = std::move(refused)](absl::Status) {
        Finish(job, refused);
      });
}

void Reports::Join(const JobPtr& job, const base::Uid& uid,
                   std::vector<std::string> confirm_claims) {
  const Report& report = job->report;
  Cases::ExecuteRequest request{.info = report.info, .case_uid = uid};
  request.info.etag.clear();
  request.command.set_word_given(report.word_given);
  // Checked as for a case that opens: another answer would tell that the
  // person is known.
  if (report.happened_time.has_value()) {
    *request.command.mutable_happened_time() = *report.happened_time;
  }
  command::v1::JoinReport& join = *request.command.mutable_join_report();
  join.set_report(absl::StrCat("reports/", job->uid.Hex()));
  join.set_entry(report.details.entry());
  *join.mutable_criteria() = report.details.criteria();
  *join.mutable_facts() = report.details.facts();
  *join.mutable_flags() = report.details.flags();
  join.set_note(report.details.note());
  request.confirm_claims = std::move(confirm_claims);
  options_.cases.Execute(
      std::move(request), [this, job](absl::StatusOr<Reply> reply) {
        // A refusal would tell that the person is known.
        if (reply.ok() && reply->refusal.has_value() &&
            casework::IsFrozen(*reply->refusal)) {
          return Finish(job, absl::UnavailableError(
                                 "it cannot be taken now; send it again"));
        }
        Finish(job, std::move(reply));
      });
}

}  // namespace careroute::engine
