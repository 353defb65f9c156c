#include "services/hub/generate/caseload_writer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/base/uid.h"
#include "lib/engine/names.h"
#include "services/hub/generate/invented_people.h"

namespace careroute::services {
namespace {

using command::v1::CaseCommand;
using model::v1::Organisation;

// The generator describes the organisations as an importing hub would.
model::v1::Actor Importer() {
  model::v1::Actor actor;
  actor.set_organisation("organisations/hub");
  actor.set_member("organisations/hub/members/hub");
  actor.set_role(model::v1::ACTOR_ROLE_HUB);
  actor.set_purpose("coordination");
  return actor;
}

// A changed description is another request.
engine::Organisations::ExecuteRequest PutRequest(Organisation organisation) {
  const std::string hash = base::Sha256(organisation.SerializeAsString());
  engine::Organisations::ExecuteRequest request{
      .info =
          {.actor = Importer(),
           .request_id =
               base::DeriveUid({"caseload", organisation.name(), hash}).Bytes(),
           .body_hash = hash},
      .organisation = organisation.name()};
  *request.command.mutable_put()->mutable_organisation() =
      std::move(organisation);
  return request;
}

// The newest occurrence of the step; 0 = none is live.
int32_t LiveOccurrence(const casework::Case& state, const std::string& step) {
  for (auto one = state.occurrences.rbegin(); one != state.occurrences.rend();
       ++one) {
    if (one->step == step) return one->number;
  }
  return 0;
}

template <typename Message>
std::string FieldName(int number) {
  const auto* const field = Message::descriptor()->FindFieldByNumber(number);
  return field == nullptr ? "nothing" : field->json_name();
}

// "completeStep written_refusal", "referral.accept".
std::string WordsFor(const PlannedMove& move) {
  std::string words = FieldName<CaseCommand>(move.command.command_case());
  if (move.command.has_referral()) {
    absl::StrAppend(&words, ".",
                    FieldName<command::v1::ReferralCommand>(
                        move.command.referral().command_case()));
  }
  if (!move.step.empty()) absl::StrAppend(&words, " ", move.step);
  return words;
}

// Numbers the occurrence and the referral of a move as the case has them. Of a
// move that is repeated they may be over; its request id tells.
void NumberMove(const PlannedMove& move, const casework::Case& state,
                CaseCommand& command) {
  if (command.has_complete_step()) {
    command.mutable_complete_step()->set_occurrence(
        LiveOccurrence(state, move.step));
  }
  if (!command.has_referral()) return;
  command::v1::ReferralCommand& referral = *command.mutable_referral();
  if (referral.has_make()) {
    referral.mutable_make()->set_occurrence(LiveOccurrence(state, move.step));
  } else if (!state.referrals.empty()) {
    referral.set_referral(state.referrals.back().number);
  }
}

int64_t ReferralsIn(const std::vector<PlannedMove>& moves) {
  return std::count_if(moves.begin(), moves.end(), [](const PlannedMove& move) {
    return AsksPerformer(move.command);
  });
}

}  // namespace

struct CaseloadWriter::Job {
  uint32_t number = 0;
  PlannedCase planned;
  std::string parent;  // the name; empty where the person decides
  base::Uid uid;       // of the case
  size_t move = 0;
};

void CaseloadWriter::Run(base::Done<WrittenCaseload> done) {
  done_ = std::move(done);
  PutOrganisation(std::make_shared<std::vector<Organisation>>(
      options_.caseload.Organisations()));
}

void CaseloadWriter::PutOrganisation(
    const std::shared_ptr<std::vector<Organisation>>& rest) {
  if (rest->empty()) return StartLanes();
  Organisation organisation = std::move(rest->back());
  rest->pop_back();
  options_.engine.organisations().Execute(
      PutRequest(std::move(organisation)),
      [this, rest](absl::StatusOr<engine::Reply> reply) {
        if (!reply.ok()) {
          Fail(reply.status());
          return Finish();
        }
        if (reply->refusal.has_value()) {
          Fail(absl::FailedPreconditionError(
              absl::StrCat("an organisation of the shape was refused: ",
                           reply->refusal->message())));
          return Finish();
        }
        PutOrganisation(rest);
      });
}

void CaseloadWriter::StartLanes() {
  const int lanes = static_cast<int>(std::clamp<int64_t>(
      options_.in_flight, 1, std::max<int64_t>(1, options_.cases)));
  {
    base::MutexLock lock(mutex_);
    lanes_ = lanes;
  }
  for (int i = 0; i < lanes; ++i) NextCase();
}

void CaseloadWriter::NextCase() {
  options_.executor.Post([this] { TakeCase(); });
}

void CaseloadWriter::TakeCase() {
  auto job = std::make_shared<Job>();
  {
    base::MutexLock lock(mutex_);
    if (next_ >= options_.cases || !status_.ok()) {
      job = nullptr;
    } else {
      job->number = static_cast<uint32_t>(next_++);
    }
  }
  if (job == nullptr) return EndLane();
  job->planned = options_.caseload.Plan(job->number);
  if (job->planned.parent.has_value()) return RegisterParent(job);
  Report(job);
}

void CaseloadWriter::RegisterParent(const JobPtr& job) {
  engine::Persons::ResolveRequest request{
      .info = options_.caseload.InfoOf(job->planned.reporter, job->number,
                                       "parent"),
      .today =
          absl::ToCivilDay(options_.engine.clock().Now(), absl::UTCTimeZone()),
      .command = *job->planned.parent};
  options_.engine.persons().Resolve(
      std::move(request),
      [this, job](absl::StatusOr<engine::Persons::Resolved> parent) {
        if (!parent.ok()) {
          Fail(parent.status());
          return EndLane();
        }
        if (parent->refusal.has_value()) {
          return Refused(job, "registering a parent",
                         parent->refusal->message());
        }
        job->parent = parent->person->person.name();
        MakeChildOf(*job->planned.parent, job->parent,
                    *job->planned.report.mutable_person());
        Report(job);
      });
}

void CaseloadWriter::Report(const JobPtr& job) {
  const api::v1::ReportNeedRequest& need = job->planned.report;
  engine::Report report{.info = options_.caseload.InfoOf(job->planned.reporter,
                                                         job->number, "report"),
                        .pathway = need.pathway(),
                        .person = need.person(),
                        .happened_time = need.happened_time(),
                        .word_given = need.word_given()};
  report.details.set_entry(need.entry());
  *report.details.mutable_criteria() = need.criteria();
  *report.details.mutable_facts() = need.facts();
  *report.details.mutable_flags() = need.flags();
  report.details.set_note(need.note());
  options_.engine.reports().Take(
      std::move(report),
      [this, job](absl::StatusOr<engine::ReportTaken> taken) {
        if (!taken.ok()) {
          Fail(taken.status());
          return EndLane();
        }
        Opened(job, *taken);
      });
}

void CaseloadWriter::Opened(const JobPtr& job,
                            const engine::ReportTaken& taken) {
  if (taken.refusal.has_value()) {
    return Refused(job, "the report of need", taken.refusal->message());
  }
  const absl::StatusOr<base::Uid> uid =
      engine::ParseName("reports/", taken.report);
  if (!uid.ok()) {
    Fail(uid.status());
    return EndLane();
  }
  job->uid = *uid;  // a report that opens a case gives it its own id
  NextMove(job);
}

void CaseloadWriter::NextMove(const JobPtr& job) {
  if (job->move == job->planned.moves.size()) return EndCase(job);
  options_.engine.cases().Read(
      job->uid, [this, job](absl::StatusOr<engine::CaseReading> reading) {
        if (absl::IsNotFound(reading.status())) {
          return Refused(job, "the report of need",
                         "it joined the case of somebody else");
        }
        if (!reading.ok()) {
          Fail(reading.status());
          return EndLane();
        }
        Move(job, *reading);
      });
}

void CaseloadWriter::Move(const JobPtr& job,
                          const engine::CaseReading& reading) {
  const PlannedMove& move = job->planned.moves[job->move];
  engine::Cases::ExecuteRequest request{
      .info = options_.caseload.InfoOf(move.actor, job->number,
                                       absl::StrCat("move/", job->move)),
      .case_uid = job->uid,
      .command = move.command};
  NumberMove(move, *reading.state, request.command);
  if (model::v1::Consent* const consent = ConsentIn(request.command)) {
    consent->set_given_by(job->parent.empty() ? reading.person->person.name()
                                              : job->parent);
  }
  options_.engine.cases().Execute(
      std::move(request), [this, job](absl::StatusOr<engine::Reply> reply) {
        if (!reply.ok()) {
          Fail(reply.status());
          return EndLane();
        }
        if (reply->refusal.has_value()) {
          return Refused(job, WordsFor(job->planned.moves[job->move]),
                         reply->refusal->message());
        }
        ++job->move;
        NextMove(job);
      });
}

void CaseloadWriter::EndCase(const JobPtr& job) {
  bool witness = false;
  const int64_t referrals = ReferralsIn(job->planned.moves);
  {
    base::MutexLock lock(mutex_);
    ++written_.cases;
    written_.moves += static_cast<int64_t>(job->planned.moves.size());
    written_.referrals += referrals;
    witness = written_.cases % kCasesPerCheckpoint == 0;
    if (options_.progress != nullptr) options_.progress(written_.cases);
  }
  // What fails here is witnessed by the next one.
  if (witness) options_.engine.checkpoints().Sign([](const absl::Status&) {});
  NextCase();
}

void CaseloadWriter::Refused(const JobPtr& job, const std::string& where,
                             const std::string& why) {
  {
    base::MutexLock lock(mutex_);
    ++written_.refused;
    if (written_.refusals.size() < kRefusalsTold) {
      written_.refusals.push_back(
          absl::StrCat("case ", job->number, ", ", where, ": ", why));
    }
  }
  NextCase();
}

// The first failure is the one that is told.
void CaseloadWriter::Fail(absl::Status status) {
  base::MutexLock lock(mutex_);
  status_.Update(std::move(status));
}

void CaseloadWriter::EndLane() {
  {
    base::MutexLock lock(mutex_);
    if (--lanes_ > 0) return;
  }
  Finish();
}

void CaseloadWriter::Finish() {
  options_.engine.checkpoints().Sign([this](absl::Status signed_last) {
    Fail(std::move(signed_last));
    // Whoever hears of the end may destroy this at once.
    base::Done<WrittenCaseload> done = std::move(done_);
    absl::StatusOr<WrittenCaseload> written;
    {
      base::MutexLock lock(mutex_);
      if (status_.ok()) {
        written = std::move(written_);
      } else {
        written = status_;
      }
    }
    std::move(done)(std::move(written));
  });
}

}  // namespace careroute::services
