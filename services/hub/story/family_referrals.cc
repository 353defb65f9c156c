#include <string>
#include <utility>
#include <vector>

#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/referral_messages.pb.h"
#include "careroute/api/v1/referral_read_messages.pb.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/family_requests.h"

namespace careroute::services {
namespace {

constexpr absl::string_view kOrganisations = "organisations/";

command::v1::CompleteReferral Finishing(const std::string& outcome,
                                        const With& with,
                                        const std::string& today) {
  command::v1::CompleteReferral complete;
  complete.set_outcome(outcome);
  FillResult(with, today, complete);
  return complete;
}

}  // namespace

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

std::string FamilyCase::ReferAndBegin(const Who& who, const To& to) const {
  std::string referral = Refer(who, to);
  Accept(Specialist(to.organisation), referral);
  Begin(Specialist(to.organisation), referral);
  return referral;
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
      RequestTo<api::v1::CompleteReferralRequest>(
          referral, Finishing(outcome, with, teller_->Day())));
}

model::v1::Refusal FamilyCase::FinishInVain(
    const Who& who, const std::string& referral, const std::string& outcome,
    const With& with, model::v1::ErrorReason reason) const {
  return teller_->Refused<api::v1::CompleteReferralResponse>(
      who, "ReferralService.CompleteReferral",
      RequestTo<api::v1::CompleteReferralRequest>(
          referral, Finishing(outcome, with, teller_->Day())),
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
  const model::v1::Case now = Get();
  return now.referrals().empty() ? "" : *now.referrals().rbegin();
}

}  // namespace careroute::services
