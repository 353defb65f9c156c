#include "lib/testing/agency.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "lib/base/status_macros.h"
#include "lib/engine/names.h"

namespace careroute::testing {
namespace {

using engine::Reply;

template <typename Message>
absl::StatusOr<Message> Parse(const std::string& text) {
  Message message;
  if (google::protobuf::TextFormat::ParseFromString(text, &message)) {
    return message;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "command: \"", text, "\" is not the text form of a ",
      Message::descriptor()->full_name(), "; the log says at which column"));
}

}  // namespace

absl::StatusOr<command::v1::CaseCommand> CaseCommandOf(
    const std::string& text) {
  return Parse<command::v1::CaseCommand>(text);
}

absl::StatusOr<command::v1::ReferralCommand> ReferralCommandOf(
    const std::string& text) {
  return Parse<command::v1::ReferralCommand>(text);
}

engine::Report ReportOf(const ReportPlan& plan) {
  engine::Report report{
      .info = InfoOf(plan.by, {.request_id = plan.request_id,
                               .body = absl::StrCat(plan.pathway, " ",
                                                    plan.person.number)}),
      .pathway = plan.pathway};
  report.details.set_entry(plan.entry);
  *report.person.mutable_identity() = InventedIdentity(plan.person);
  return report;
}

absl::Status Agency::CheckServes() {
  if (world_.hub(options_.hub).serves()) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("hub ", options_.hub, " is down; start it first"));
}

absl::StatusOr<base::Uid> Agency::Report(const std::string& pathway,
                                         const PersonPlan& person) {
  CAREROUTE_RETURN_IF_ERROR(CheckServes());
  engine::Report report =
      ReportOf({.by = {.organisation = options_.organisation},
                .request_id = world_.NewRequestId(),
                .pathway = pathway,
                .person = person});
  CAREROUTE_ASSIGN_OR_RETURN(const engine::ReportTaken taken,
                             world_.Await<engine::ReportTaken>(
                                 [&](base::Done<engine::ReportTaken> done) {
                                   world_.hub(options_.hub)
                                       .engine()
                                       .reports()
                                       .Take(std::move(report),
                                             std::move(done));
                                 }));
  if (taken.refusal.has_value()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the report was refused: ", taken.refusal->ShortDebugString()));
  }
  return engine::ParseName("reports/", taken.report);
}

absl::StatusOr<Reply> Agency::Do(const base::Uid& uid,
                                 const std::string& command) {
  CAREROUTE_RETURN_IF_ERROR(CheckServes());
  engine::Cases::ExecuteRequest request{
      .info = InfoOf({.organisation = options_.organisation},
                     {.request_id = world_.NewRequestId(), .body = command}),
      .case_uid = uid};
  CAREROUTE_ASSIGN_OR_RETURN(request.command, CaseCommandOf(command));
  return world_.Await<Reply>([&](base::Done<Reply> done) {
    world_.hub(options_.hub)
        .engine()
        .cases()
        .Execute(std::move(request), std::move(done));
  });
}

absl::StatusOr<engine::CaseReading> Agency::Read(const base::Uid& uid) {
  CAREROUTE_RETURN_IF_ERROR(CheckServes());
  return world_.Await<engine::CaseReading>(
      [&](base::Done<engine::CaseReading> done) {
        world_.hub(options_.hub).engine().cases().Read(uid, std::move(done));
      });
}

absl::StatusOr<casework::Referral> Agency::LastReferral(const base::Uid& uid) {
  CAREROUTE_ASSIGN_OR_RETURN(const engine::CaseReading reading, Read(uid));
  if (reading.state->referrals.empty()) {
    return absl::NotFoundError("the case has no referral");
  }
  return reading.state->referrals.back();
}

absl::StatusOr<Reply> Agency::Perform(const base::Uid& referral,
                                      const std::string& command) {
  CAREROUTE_RETURN_IF_ERROR(CheckServes());
  engine::PerformedReferrals::ExecuteRequest request{
      .uid = referral,
      .info = InfoOf({.organisation = options_.organisation,
                      .role = model::v1::ACTOR_ROLE_PERFORMER},
                     {.request_id = world_.NewRequestId(), .body = command})};
  CAREROUTE_ASSIGN_OR_RETURN(request.command, ReferralCommandOf(command));
  return world_.Await<Reply>([&](base::Done<Reply> done) {
    world_.hub(options_.hub)
        .engine()
        .performed_referrals()
        .Execute(std::move(request), std::move(done));
  });
}

model::v1::ReferralState Agency::StateHere(const base::Uid& referral) {
  if (!CheckServes().ok()) return model::v1::REFERRAL_STATE_UNSPECIFIED;
  const auto reading = world_.Await<engine::PerformedReading>(
      [&](base::Done<engine::PerformedReading> done) {
        world_.hub(options_.hub)
            .engine()
            .performed_referrals()
            .Read(referral, std::move(done));
      });
  return reading.ok() ? casework::StateOf(reading->state->referral)
                      : model::v1::REFERRAL_STATE_UNSPECIFIED;
}

}  // namespace careroute::testing
