#include "lib/api/care_plan_methods.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/care_plan_service.pb.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/referral_rows.h"
#include "lib/api/status.h"
#include "lib/calendar/civil_date.h"
#include "lib/casework/brought_facts.h"
#include "lib/casework/plan_check.h"
#include "lib/casework/view.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/visit_log.h"

namespace careroute::api {
namespace {

using casework::FoldedCase;
using casework::SubjectRef;
using engine::CaseReading;
using engine::Engine;

absl::Status Undeclared(absl::string_view path, absl::string_view message,
                        absl::string_view mend) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_DECLARED);
  refusal.set_message_key("not_declared");
  refusal.set_message(std::string(message));
  base::Problems problems;
  problems.Error(path, "NOT_DECLARED", message, mend);
  *refusal.add_problems() = ToProto(problems.list().front());
  return RefusalStatus(refusal);
}

// What the edition does not declare cannot be checked against it.
absl::Status CheckIds(const pathway::Edition& edition,
                      const v1::CheckPlanRequest& request) {
  const model::v1::Step* step = edition.FindStep(request.step());
  if (step == nullptr) {
    return Undeclared("step", "the edition has no such step",
                      "name the step that keeps the plan");
  }
  if (step->invariants().empty()) {
    return Undeclared("step", "the step keeps no plan with rules",
                      "name the step that keeps the plan");
  }
  for (int i = 0; i < request.facts_size(); ++i) {
    if (edition.FindFact(request.facts(i).fact()) == nullptr) {
      return Undeclared(absl::StrCat("facts[", i, "].fact"),
                        "the edition does not declare this fact",
                        "use a fact of the edition");
    }
  }
  return absl::OkStatus();
}

v1::CheckPlanResponse Violations(const pathway::Edition& edition,
                                 const v1::CheckPlanRequest& request,
                                 const FoldedCase* folded,
                                 absl::CivilDay today) {
  const casework::BroughtFacts facts(
      request.facts(), casework::SubjectIn(request.subject()), folded);
  const std::string date =
      request.date().empty() ? calendar::FormatDate(today) : request.date();
  const std::vector<model::v1::PlanViolation> found = casework::CheckPlan(
      {.edition = edition,
       .step = *edition.FindStep(request.step()),
       .fact = [&facts](absl::string_view fact) { return facts.Find(fact); },
       .date = date,
       .language = request.language().empty() ? absl::string_view("ru")
                                              : request.language()},
      request.plan());
  v1::CheckPlanResponse response;
  for (const model::v1::PlanViolation& one : found) {
    *response.add_violations() = one;
  }
  return response;
}

absl::StatusOr<Served> CheckForCase(const Engine& engine, const Call& call,
                                    const v1::CheckPlanRequest& request,
                                    const CaseReading& reading) {
  if (absl::Status ids = CheckIds(*reading.edition, request); !ids.ok()) {
    return ids;
  }
  const absl::Time now = engine.clock().Now();
  const engine::CaseDirectory directory(
      {.picture = reading.directory,
       .person = reading.person,
       .today = absl::ToCivilDay(now, absl::UTCTimeZone())});
  const FoldedCase folded({.state = *reading.state,
                           .edition = *reading.edition,
                           .now = now,
                           .directory = directory,
                           .calendars = engine.calendars()});
  v1::CheckPlanResponse response =
      Violations(*reading.edition, request, &folded, folded.today());
  return internal::Serve(Viewer(call.actor, reading), response,
                         {casework::CaseName(reading.uid)});
}

// The hash of the newest one that fits; empty when there is none.
std::string HashOf(const std::vector<model::v1::PublishedEdition>& newest_first,
                   const v1::CheckPlanRequest& request) {
  for (const model::v1::PublishedEdition& one : newest_first) {
    if (one.edition().pathway() == request.pathway() &&
        (request.edition().empty() ||
         one.edition().edition() == request.edition())) {
      return one.edition().hash();
    }
  }
  return "";
}

absl::StatusOr<Served> CheckForNobody(const Engine& engine,
                                      const v1::CheckPlanRequest& request,
                                      const pathway::Edition& edition) {
  if (absl::Status ids = CheckIds(edition, request); !ids.ok()) return ids;
  const absl::CivilDay today =
      absl::ToCivilDay(engine.clock().Now(), absl::UTCTimeZone());
  return Served{
      .bytes =
          Violations(edition, request, nullptr, today).SerializeAsString()};
}

void CheckByPathway(Engine& engine, const v1::CheckPlanRequest& request,
                    base::Done<Served> done) {
  engine.editions().List(
      [&engine, request, done = std::move(done)](
          absl::StatusOr<std::vector<model::v1::PublishedEdition>>
              all) mutable {
        if (!all.ok()) {
          std::move(done)(all.status());
          return;
        }
        const std::string hash = HashOf(*all, request);
        if (hash.empty()) {
          std::move(done)(Undeclared("pathway",
                                     "this hub has no such pathway and edition",
                                     "name one it has published"));
          return;
        }
        engine.editions().Find(
            hash, [&engine, request, done = std::move(done)](
                      absl::StatusOr<engine::EditionPtr> edition) mutable {
              if (!edition.ok()) {
                std::move(done)(edition.status());
                return;
              }
              std::move(done)(CheckForNobody(engine, request, **edition));
            });
      });
}

void CheckPlan(Engine& engine, const CallPtr& call,
               const v1::CheckPlanRequest& request, base::Done<Served> done) {
  if (request.name().empty() == request.pathway().empty()) {
    base::Problems problems;
    problems.Error("name", "EXACTLY_ONE",
                   "a plan is for a case or, before there is one, for a "
                   "pathway",
                   "name one of the two");
    std::move(done)(ProblemsStatus(problems));
    return;
  }
  if (request.name().empty()) {
    CheckByPathway(engine, request, std::move(done));
    return;
  }
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, request,
       done = std::move(done)](absl::StatusOr<CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        std::move(done)(CheckForCase(engine, *call, request, *reading));
      });
}

const casework::PlanRecord* FindPlan(const casework::Case& state,
                                     const v1::GetCarePlanRequest& request) {
  const SubjectRef subject = casework::SubjectIn(request.subject());
  for (const casework::PlanRecord& one : state.plans) {
    if (one.step == request.step() && one.subject == subject) return &one;
  }
  return nullptr;
}

Served PlanOf(const CaseReading& reading, const Call& call,
              const v1::GetCarePlanRequest& request,
              const std::vector<engine::CaseHistory>& history) {
  const Viewer viewer(call.actor, reading);
  v1::GetCarePlanResponse response;
  *response.mutable_plan() =
      casework::ToModel(*FindPlan(*reading.state, request));
  for (model::v1::ServiceVisits& row : engine::VisitLogOf(
           history, {.edition = *reading.edition,
                    .step = request.step(),
                    .subject = casework::SubjectIn(request.subject()),
                    .first_date = request.first_date(),
                    .last_date = request.last_date()})) {
    *response.add_visits() = std::move(row);
  }
  return internal::Serve(viewer, response, {casework::CaseName(reading.uid)});
}

void GetCarePlan(Engine& engine, const CallPtr& call,
                 const v1::GetCarePlanRequest& request,
                 base::Done<Served> done) {
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, request,
       done = std::move(done)](absl::StatusOr<CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        if (FindPlan(*reading->state, request) == nullptr) {
          std::move(done)(internal::NotFound());
          return;
        }
        const base::Uid uid = reading->uid;
        internal::ReadAllHistory(
            engine, uid,
            [call, request, reading = *std::move(reading),
             done = std::move(done)](
                absl::StatusOr<std::vector<engine::CaseHistory>>
                    history) mutable {
              if (!history.ok()) {
                std::move(done)(history.status());
                return;
              }
              std::move(done)(PlanOf(reading, *call, request, *history));
            });
      });
}

}  // namespace

void AddCarePlanMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::CheckPlanRequest>(
      "careroute.api.v1.CarePlanService.CheckPlan",
      [&engine](const CallPtr& call, const v1::CheckPlanRequest& request,
                base::Done<Served> done) {
        CheckPlan(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::GetCarePlanRequest>(
      "careroute.api.v1.CarePlanService.GetCarePlan",
      [&engine](const CallPtr& call, const v1::GetCarePlanRequest& request,
                base::Done<Served> done) {
        GetCarePlan(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
