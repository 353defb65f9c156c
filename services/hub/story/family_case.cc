#include "services/hub/story/family_case.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/time/time.h"
#include "careroute/api/v1/case_course_messages.pb.h"
#include "careroute/api/v1/case_step_messages.pb.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "services/command/render_route.h"
#include "services/hub/story/family_requests.h"

namespace careroute::services {
namespace {

using model::v1::Case;
using model::v1::Fact;
using model::v1::Occurrence;

struct Ending {
  int occurrence = 0;
  std::string outcome;
  std::string today;
};

api::v1::CompleteStepRequest CompletionOf(const std::string& name,
                                          const Ending& ending,
                                          const With& with) {
  command::v1::CompleteStep complete;
  complete.set_occurrence(ending.occurrence);
  complete.set_outcome(ending.outcome);
  FillResult(with, ending.today, complete);
  if (with.consent.has_value()) *complete.mutable_consent() = *with.consent;
  for (const model::v1::PlanLine& line : with.plan) {
    *complete.add_plan() = line;
  }
  auto request = RequestTo<api::v1::CompleteStepRequest>(name, complete);
  if (with.by_the_family) {
    request.set_word_given(model::v1::WORD_GIVEN_BY_TELEPHONE);
  }
  return request;
}

}  // namespace

std::set<std::string> FamilyCase::CasesOf(const Teller& teller,
                                          const Who& coordinator) {
  api::v1::ListCasesRequest request;
  request.set_page_size(200);
  const auto reply = teller.Do<api::v1::ListCasesResponse>(
      coordinator, "CaseService.ListCases", std::move(request));
  std::set<std::string> names;
  for (const model::v1::CaseRow& row : reply.cases()) names.insert(row.name());
  return names;
}

FamilyCase FamilyCase::OpenedSince(const std::set<std::string>& before,
                                   const Teller& teller,
                                   const Who& coordinator) {
  for (const std::string& name : CasesOf(teller, coordinator)) {
    if (before.count(name) == 0) return {teller, name, coordinator};
  }
  teller.Fail("no case was opened that its coordinator can see");
}

FamilyCase FamilyCase::Report(const Teller& teller, const Who& reporter,
                              const Who& coordinator,
                              api::v1::ReportNeedRequest report) {
  const std::set<std::string> before = CasesOf(teller, coordinator);
  teller.Do<api::v1::ReportNeedResponse>(reporter, "CaseService.ReportNeed",
                                         std::move(report));
  return OpenedSince(before, teller, coordinator);
}

Case FamilyCase::Get() const {
  api::v1::GetCaseRequest request;
  request.set_name(name_);
  return teller_
      ->Do<api::v1::GetCaseResponse>(coordinator_, "CaseService.GetCase",
                                     std::move(request))
      .case_();
}

bool FamilyCase::IsLive(absl::string_view step) const {
  const Case now = Get();
  for (const Occurrence& one : now.occurrences()) {
    if (one.step() == std::string(step)) return true;
  }
  return false;
}

bool FamilyCase::Holds(const std::string& id) const {
  const Case now = Get();
  return std::count(now.tracks().begin(), now.tracks().end(), id) +
             std::count(now.interrupts().begin(), now.interrupts().end(), id) >
         0;
}

void FamilyCase::ExpectNothingOverdue() const {
  std::string overdue;
  const Case now = Get();
  for (const Occurrence& one : now.occurrences()) {
    for (const model::v1::Deadline& deadline : one.deadlines()) {
      if (deadline.level() >= 0) absl::StrAppend(&overdue, " ", one.step());
    }
  }
  teller_->Expect(overdue.empty(),
                  absl::StrCat("nothing is overdue:", overdue));
}

std::string FamilyCase::TooLateOn(absl::string_view step) const {
  const Occurrence live = Live(step);
  if (live.deadlines().empty()) return "";
  return absl::FormatTime(
      "%Y-%m-%d", absl::FromUnixSeconds(live.deadlines(0).due_time().seconds()),
      teller_->zone());
}

Occurrence FamilyCase::Live(absl::string_view step, int line) const {
  const Case now = Get();
  for (const Occurrence& one : now.occurrences()) {
    if (one.step() == std::string(step) &&
        (line == 0 || one.subject().number() == line)) {
      return one;
    }
  }
  teller_->Fail(
      absl::StrCat("no live step ", step, " in ", now.ShortDebugString()));
}

bool FamilyCase::Ended(absl::string_view step,
                       absl::string_view outcome) const {
  const Case now = Get();
  for (const model::v1::StepHistory& one : now.history()) {
    if (one.step() != std::string(step)) continue;
    for (const model::v1::PastOutcome& past : one.outcomes()) {
      if (past.outcome() == std::string(outcome)) return true;
    }
  }
  return false;
}

void FamilyCase::Complete(const Who& who, const std::string& step,
                          const std::string& outcome, const With& with) const {
  teller_->Do<api::v1::CompleteStepResponse>(
      who, "CaseService.CompleteStep",
      CompletionOf(name_,
                   {.occurrence = Live(step, with.line).number(),
                    .outcome = outcome,
                    .today = teller_->Day()},
                   with));
}

model::v1::Refusal FamilyCase::CompleteInVain(
    const Who& who, const std::string& step, const std::string& outcome,
    const With& with, model::v1::ErrorReason reason) const {
  return teller_->Refused<api::v1::CompleteStepResponse>(
      who, "CaseService.CompleteStep",
      CompletionOf(name_,
                   {.occurrence = Live(step, with.line).number(),
                    .outcome = outcome,
                    .today = teller_->Day()},
                   with),
      reason);
}

std::string FamilyCase::Consent(const Who& who,
                                const model::v1::Consent& consent) const {
  command::v1::GiveConsent give;
  *give.mutable_consent() = consent;
  return teller_
      ->Do<api::v1::GiveConsentResponse>(
          who, "ConsentService.GiveConsent",
          RequestTo<api::v1::GiveConsentRequest>(name_, give))
      .consent()
      .name();
}

model::v1::Refusal FamilyCase::ConsentInVain(
    const Who& who, const model::v1::Consent& consent,
    model::v1::ErrorReason reason) const {
  command::v1::GiveConsent give;
  *give.mutable_consent() = consent;
  return teller_->Refused<api::v1::GiveConsentResponse>(
      who, "ConsentService.GiveConsent",
      RequestTo<api::v1::GiveConsentRequest>(name_, give), reason);
}

void FamilyCase::Start(const Who& who, const std::string& step,
                       const model::v1::Subject& subject) const {
  command::v1::StartStep start;
  start.set_step(step);
  if (subject.number() != 0) *start.mutable_subject() = subject;
  auto request = RequestTo<api::v1::StartStepRequest>(name_, start);
  request.set_word_given(model::v1::WORD_GIVEN_BY_TELEPHONE);
  teller_->Do<api::v1::StartStepResponse>(who, "CaseService.StartStep",
                                          std::move(request));
}

void FamilyCase::Add(const Who& who, model::v1::SubjectKind kind,
                     int count) const {
  command::v1::AddSubject add;
  add.set_kind(kind);
  for (int i = 0; i < count; ++i) {
    Ask<api::v1::AddSubjectResponse, api::v1::AddSubjectRequest>(
        who, "CaseService.AddSubject", add);
  }
}

void FamilyCase::Record(const Who& who, const std::vector<Fact>& facts) const {
  command::v1::RecordFacts record;
  for (const Fact& fact : facts) *record.add_facts() = fact;
  teller_->Do<api::v1::RecordFactsResponse>(
      who, "CaseService.RecordFacts",
      RequestTo<api::v1::RecordFactsRequest>(name_, record));
}

void FamilyCase::Try(const Who& who, model::v1::ContactMode mode,
                     bool reached) const {
  command::v1::RecordAttempt attempt;
  attempt.set_occurrence(Live("contact").number());
  attempt.mutable_attempt()->set_mode(mode);
  attempt.mutable_attempt()->set_reached(reached);
  teller_->Do<api::v1::RecordAttemptResponse>(
      who, "CaseService.RecordAttempt",
      RequestTo<api::v1::RecordAttemptRequest>(name_, attempt));
}

void FamilyCase::PlanVisits(const Who& who, const std::string& step,
                            const std::string& service,
                            const std::vector<int>& days) const {
  command::v1::PlanVisits plan;
  plan.set_occurrence(Live(step).number());
  for (const int one : days) {
    model::v1::Visit& visit = *plan.add_visits();
    visit.set_planned_on(teller_->Day(one));
    visit.set_service(service);
  }
  Ask<api::v1::PlanVisitsResponse, api::v1::PlanVisitsRequest>(
      who, "CaseService.PlanVisits", plan);
}

void FamilyCase::RecordVisit(const Who& who, const std::string& step, int visit,
                             const std::string& missed_because) const {
  command::v1::RecordVisit record;
  record.set_occurrence(Live(step).number());
  record.set_visit(visit);
  record.set_state(missed_because.empty() ? model::v1::VISIT_STATE_DONE
                                          : model::v1::VISIT_STATE_MISSED);
  record.set_reason(missed_because);
  Ask<api::v1::RecordVisitResponse, api::v1::RecordVisitRequest>(
      who, "CaseService.RecordVisit", record);
}

model::v1::Route FamilyCase::Route(bool for_family) const {
  api::v1::GetRouteRequest request;
  request.set_name(name_);
  request.set_language(teller_->language());
  request.set_for_family(for_family);
  return teller_
      ->Do<api::v1::GetRouteResponse>(coordinator_, "CaseService.GetRoute",
                                      std::move(request))
      .route();
}

void FamilyCase::ShowRoute(const std::string& name) const {
  const model::v1::Route route = Route();
  teller_->Show(RenderRoute(route, teller_->screen()));
  teller_->Keep(name, absl::StrCat(RenderRoute(route, Screen{}), "\n",
                                   RenderFamilySheet(Route(true), Screen{})));
}

void FamilyCase::ShowFamilySheet() const {
  teller_->Show(RenderFamilySheet(Route(true), teller_->screen()));
}

}  // namespace careroute::services
