// The entry a command becomes: its words, facts and dates. The checks are in
// referral_entry.cc.

#include <string>

#include "lib/casework/internal/referral_entry.h"

namespace careroute::casework::internal {
namespace {

using model::v1::ReferralEntry;

void FillAccept(const command::v1::AcceptReferral& accept,
                ReferralEntry& entry) {
  if (accept.has_planned_time()) {
    *entry.mutable_planned_time() = accept.planned_time();
  }
  entry.set_can_meet_needs(accept.can_meet_needs());
  entry.set_note(accept.note());
}

void FillReject(const command::v1::RejectReferral& reject,
                ReferralEntry& entry) {
  entry.set_reason(reject.reason());
  entry.set_note(reject.note());
  entry.set_better_provider(reject.better_provider());
}

void FillComplete(const command::v1::CompleteReferral& complete,
                  ReferralEntry& entry) {
  entry.set_outcome(complete.outcome());
  *entry.mutable_facts() = complete.facts();
  *entry.mutable_documents() = complete.documents();
  entry.set_note(complete.note());
  entry.set_late_reason(complete.late_reason());
  entry.set_recheck_date(complete.recheck_date());
  *entry.mutable_plan() = complete.plan();
}

void FillAskInformation(const command::v1::AskInformation& ask,
                        ReferralEntry& entry) {
  entry.set_loop(entry.sequence());
  entry.set_note(ask.question());
  for (const std::string& kind : ask.documents()) {
    entry.add_documents()->set_kind(kind);
  }
}

void FillGiveInformation(const command::v1::GiveInformation& give,
                         ReferralEntry& entry) {
  entry.set_loop(give.question());
  *entry.mutable_texts() = give.texts();
  *entry.mutable_documents() = give.documents();
}

void FillReportInHand(const command::v1::ReportInHand& report,
                      ReferralEntry& entry) {
  entry.set_reported_state(report.state());
  entry.set_reported_by(report.reported_by());
  entry.set_outcome(report.outcome());
  entry.set_reason(report.reason());
  entry.set_performed_by(report.performer());
  *entry.mutable_facts() = report.facts();
  entry.set_note(report.note());
  entry.set_recheck_date(report.recheck_date());
  *entry.mutable_plan() = report.plan();
}

// For commands that bring a coded reason and words.
template <typename Command>
void FillCoded(const Command& command, ReferralEntry& entry) {
  entry.set_reason(command.reason());
  entry.set_note(command.note());
}

void FillAnswerCancel(const MoveAsked& asked, ReferralEntry& entry) {
  entry.set_loop(asked.referral->request.cancel_loop);
  entry.set_note(asked.command->answer_cancel().note());
  if (asked.action == ReferralAction::kStopForCancel) {
    entry.set_reason(model::v1::REFERRAL_REASON_REQUESTER_CANCELLED);
  }
}

}  // namespace

void FillContent(const MoveAsked& asked, ReferralEntry& entry) {
  const command::v1::ReferralCommand& command = *asked.command;
  switch (asked.action) {
    case ReferralAction::kAccept:
      return FillAccept(command.accept(), entry);
    case ReferralAction::kReject:
      return FillReject(command.reject(), entry);
    case ReferralAction::kHold:
      return FillCoded(command.hold(), entry);
    case ReferralAction::kComplete:
      return FillComplete(command.complete(), entry);
    case ReferralAction::kFail:
      return FillCoded(command.fail(), entry);
    case ReferralAction::kCancel:
      return entry.set_note(command.cancel().note());
    case ReferralAction::kAskCancel:
      FillCoded(command.ask_cancel(), entry);
      return entry.set_loop(entry.sequence());
    case ReferralAction::kRedirect:
      if (entry.move() == model::v1::REFERRAL_MOVE_CANCEL_ASKED) {
        entry.set_reason(model::v1::REFERRAL_REASON_REQUESTER_CANCELLED);
        entry.set_loop(entry.sequence());
      }
      return;
    case ReferralAction::kStopForCancel:
    case ReferralAction::kGoOnDespiteCancel:
      return FillAnswerCancel(asked, entry);
    case ReferralAction::kAskInformation:
      return FillAskInformation(command.ask_information(), entry);
    case ReferralAction::kGiveInformation:
      return FillGiveInformation(command.give_information(), entry);
    case ReferralAction::kReportInHand:
      return FillReportInHand(command.report_in_hand(), entry);
    case ReferralAction::kMarkInError:
      return entry.set_note(command.mark_in_error().note());
    case ReferralAction::kSend:
    case ReferralAction::kReceive:
    case ReferralAction::kBegin:
    case ReferralAction::kResume:
    case ReferralAction::kCancelByItself:
      return;
  }
}

}  // namespace careroute::casework::internal
