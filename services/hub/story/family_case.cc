#include "services/hub/story/family_case.h"

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "careroute/api/v1/case_step_messages.pb.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/referral_messages.pb.h"
#include "careroute/api/v1/referral_read_messages.pb.h"
#include "services/command/render_route.h"

namespace careroute::services {
namespace {

using model::v1::Case;
using model::v1::Fact;
using model::v1::Occurrence;

constexpr absl::string_view kOrganisations = "organisations/";

// A request with its name and command.
template <typename Request, typename Command>
Request RequestTo(const std::string& name, Command command) {
  Request request;
  request.set_name(name);
  *request.mutable_command() = std::move(command);
  return request;
}

std::set<std::string> CasesOf(const Teller& teller, const Who& coordinator) {
  api::v1::ListCasesRequest request;
  request.set_page_size(200);
  const auto reply = teller.Do<api::v1::ListCasesResponse>(
      coordinator, "CaseService.ListCases", std::move(request));
  std::set<std::string> names;
  for (const model::v1::CaseRow& row : reply.cases()) names.insert(row.name());
  return names;
}

model::v1::Document DocumentOf(const std::string& kind,
                               const std::string& day) {
  model::v1::Document document;
  document.set_kind(kind);
  document.set_issued_on(day);
  return document;
}

command::v1::CompleteStep Completion(int occurrence, const std::string& outcome,
                                     const With& with) {
  command::v1::CompleteStep complete;
  complete.set_occurrence(occurrence);
  complete.set_outcome(outcome);
  for (const Fact& fact : with.facts) *complete.add_facts() = fact;
  for (const std::string& kind : with.documents) {
    *complete.add_documents() = DocumentOf(kind, with.on);
  }
  complete.set_note(with.note);
  complete.set_late_reason(with.late_reason);
  complete.set_recheck_date(with.recheck_date);
  if (with.consent.has_value()) *complete.mutable_consent() = *with.consent;
  return complete;
}

api::v1::CompleteStepRequest CompletionOf(const FamilyCase& family,
                                          const std::string& step,
                                          const std::string& outcome,
                                          const With& with) {
  const int occurrence = family.Live(step, with.line).number();
  auto request = RequestTo<api::v1::CompleteStepRequest>(
      family.name(), Completion(occurrence, outcome, with));
  if (with.by_the_family) {
    request.set_word_given(model::v1::WORD_GIVEN_BY_TELEPHONE);
  }
  return request;
}

command::v1::CompleteReferral Finishing(const std::string& outcome,
                                        const With& with) {
  command::v1::CompleteReferral complete;
  complete.set_outcome(outcome);
  for (const Fact& fact : with.facts) *complete.add_facts() = fact;
  for (const std::string& kind : with.documents) {
    *complete.add_documents() = DocumentOf(kind, with.on);
  }
  complete.set_note(with.note);
  complete.set_late_reason(with.late_reason);
  complete.set_recheck_date(with.recheck_date);
  return complete;
}

}  // namespace

Fact Chosen(const std::string& fact, const std::string& choice) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_choice(choice);
  return made;
}

Fact Dated(const std::string& fact, const std::string& date) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_date(date);
  return made;
}

Fact Counted(const std::string& fact, int64_t number) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_number(number);
  return made;
}

Fact LineGives(int line, const std::string& service) {
  Fact made = Chosen("line_service", service);
  made.mutable_subject()->set_kind(model::v1::SUBJECT_KIND_PLAN_LINE);
  made.mutable_subject()->set_number(line);
  return made;
}

Fact True(const std::string& fact, bool truth) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_truth(truth);
  return made;
}

FamilyCase FamilyCase::Report(const Teller& teller, const Who& reporter,
                              const Who& coordinator,
                              api::v1::ReportNeedRequest report) {
  const std::set<std::string> before = CasesOf(teller, coordinator);
  teller.Do<api::v1::ReportNeedResponse>(reporter, "CaseService.ReportNeed",
                                         std::move(report));
  for (const std::string& name : CasesOf(teller, coordinator)) {
    if (before.count(name) == 0) return {teller, name, coordinator};
  }
  teller.Fail("the report opened no case its coordinator can see");
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
      CompletionOf(*this, step, outcome, with));
}

model::v1::Refusal FamilyCase::CompleteInVain(
    const Who& who, const std::string& step, const std::string& outcome,
    const With& with, model::v1::ErrorReason reason) const {
  return teller_->Refused<api::v1::CompleteStepResponse>(
      who, "CaseService.CompleteStep", CompletionOf(*this, step, outcome, with),
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

void FamilyCase::AddLines(const Who& who, int count) const {
  command::v1::AddSubject add;
  add.set_kind(model::v1::SUBJECT_KIND_PLAN_LINE);
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

command::v1::MakeReferral FamilyCase::Making(const To& to) const {
  command::v1::MakeReferral make;
  make.set_occurrence(Live(to.step, to.line).number());
  if (!to.organisation.empty()) {
    make.set_performer(absl::StrCat(kOrganisations, to.organisation));
  }
  make.set_way(to.way);
  make.set_send(true);
  return make;
}

std::string FamilyCase::Refer(const Who& who, const To& to) const {
  return teller_
      ->Do<api::v1::MakeReferralResponse>(
          who, "ReferralService.MakeReferral",
          RequestTo<api::v1::MakeReferralRequest>(name_, Making(to)))
      .referral()
      .name();
}

model::v1::Refusal FamilyCase::ReferInVain(
    const Who& who, const To& to, model::v1::ErrorReason reason) const {
  return teller_->Refused<api::v1::MakeReferralResponse>(
      who, "ReferralService.MakeReferral",
      RequestTo<api::v1::MakeReferralRequest>(name_, Making(to)), reason);
}

void FamilyCase::Accept(const Who& who, const std::string& referral) const {
  command::v1::AcceptReferral accept;
  accept.set_can_meet_needs(true);
  teller_->Do<api::v1::AcceptReferralResponse>(
      who, "ReferralService.AcceptReferral",
      RequestTo<api::v1::AcceptReferralRequest>(referral, accept));
}

void FamilyCase::Reject(const Who& who, const std::string& referral,
                        model::v1::ReferralReason reason,
                        const std::string& better) const {
  command::v1::RejectReferral reject;
  reject.set_reason(reason);
  if (!better.empty()) {
    reject.set_better_provider(absl::StrCat(kOrganisations, better));
  }
  teller_->Do<api::v1::RejectReferralResponse>(
      who, "ReferralService.RejectReferral",
      RequestTo<api::v1::RejectReferralRequest>(referral, reject));
}

std::string FamilyCase::Redirect(const Who& who, const std::string& referral,
                                 const std::string& to) const {
  command::v1::RedirectReferral redirect;
  redirect.set_performer(absl::StrCat(kOrganisations, to));
  redirect.set_send(true);
  teller_->Do<api::v1::RedirectReferralResponse>(
      who, "ReferralService.RedirectReferral",
      RequestTo<api::v1::RedirectReferralRequest>(referral, redirect));
  return NewestReferral();
}

std::vector<std::string> FamilyCase::Fitting(const Who& who,
                                             absl::string_view step) const {
  api::v1::MatchProvidersRequest request;
  request.set_name(name_);
  request.set_occurrence(Live(step).number());
  request.set_date(teller_->Day());
  const auto reply = teller_->Do<api::v1::MatchProvidersResponse>(
      who, "DirectoryService.MatchProviders", std::move(request));
  std::vector<std::string> fitting;
  for (const model::v1::ProviderMatch& match : reply.providers()) {
    if (!match.fits()) continue;
    fitting.push_back(
        match.organisation().name().substr(kOrganisations.size()));
  }
  return fitting;
}

std::string FamilyCase::TitleOf(const Who& who,
                                const std::string& organisation) const {
  api::v1::GetOrganisationRequest request;
  request.set_name(absl::StrCat(kOrganisations, organisation));
  return teller_
      ->Do<api::v1::GetOrganisationResponse>(
          who, "DirectoryService.GetOrganisation", std::move(request))
      .organisation()
      .title();
}

void FamilyCase::Begin(const Who& who, const std::string& referral) const {
  teller_->Do<api::v1::BeginReferralResponse>(
      who, "ReferralService.BeginReferral",
      RequestTo<api::v1::BeginReferralRequest>(referral,
                                               command::v1::BeginReferral()));
}

void FamilyCase::Finish(const Who& who, const std::string& referral,
                        const std::string& outcome, const With& with) const {
  teller_->Do<api::v1::CompleteReferralResponse>(
      who, "ReferralService.CompleteReferral",
      RequestTo<api::v1::CompleteReferralRequest>(referral,
                                                  Finishing(outcome, with)));
}

model::v1::Refusal FamilyCase::FinishInVain(
    const Who& who, const std::string& referral, const std::string& outcome,
    const With& with, model::v1::ErrorReason reason) const {
  return teller_->Refused<api::v1::CompleteReferralResponse>(
      who, "ReferralService.CompleteReferral",
      RequestTo<api::v1::CompleteReferralRequest>(referral,
                                                  Finishing(outcome, with)),
      reason);
}

void FamilyCase::Heard(const Who& who, const std::string& referral,
                       command::v1::ReportInHand report) const {
  teller_->Do<api::v1::ReportInHandResponse>(
      who, "ReferralService.ReportInHand",
      RequestTo<api::v1::ReportInHandRequest>(referral, std::move(report)));
}

model::v1::Referral FamilyCase::Referral(const Who& who,
                                         const std::string& name) const {
  api::v1::GetReferralRequest request;
  request.set_name(name);
  return teller_
      ->Do<api::v1::GetReferralResponse>(who, "ReferralService.GetReferral",
                                         std::move(request))
      .referral();
}

std::string FamilyCase::NewestReferral() const {
  const Case now = Get();
  return now.referrals().empty() ? "" : *now.referrals().rbegin();
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

void FamilyCase::ShowRoute() const {
  teller_->Show(RenderRoute(Route(), teller_->screen()));
}

void FamilyCase::ShowFamilySheet() const {
  teller_->Show(RenderFamilySheet(Route(true), teller_->screen()));
}

}  // namespace careroute::services
