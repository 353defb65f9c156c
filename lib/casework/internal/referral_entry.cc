#include "lib/casework/internal/referral_entry.h"

#include "absl/time/time.h"
#include "lib/casework/internal/times.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {
namespace {

using command::v1::ReferralCommand;
using model::v1::ReferralReason;

// --- Checks -----------------------------------------------------------------

void CheckReason(ReferralReason reason, const std::string& note,
                 RefusalPtr& refusal) {
  if (reason == model::v1::REFERRAL_REASON_UNSPECIFIED ||
      !model::v1::ReferralReason_IsValid(reason)) {
    AddProblem({"reason", "EMPTY", "a coded reason is required",
                "give one of the reasons this release knows"},
               refusal);
  }
  if (reason == model::v1::REFERRAL_REASON_OTHER && note.empty()) {
    AddProblem({"note", "EMPTY", "another reason must be said in words",
                "write the reason, or choose a coded one"},
               refusal);
  }
}

RefusalPtr CheckAccept(const MoveAsked& asked) {
  const command::v1::AcceptReferral& accept = asked.command->accept();
  const bool needs_told =
      asked.referral->disclosed.classes.Contains(model::v1::DATA_CLASS_NEEDS);
  if (needs_told && !accept.can_meet_needs()) {
    RefusalPtr refusal =
        NewRefusal(model::v1::ERROR_REASON_GUARD_UNMET, "needs_not_confirmed",
                   "the performer has not confirmed that it can meet the "
                   "person's needs");
    AddMissing({"can_meet_needs", "performer",
                "confirm it, or reject with CANNOT_SERVE_NEEDS"},
               *refusal);
    return refusal;
  }
  RefusalPtr refusal;
  if (accept.has_planned_time() &&
      FromProto(accept.planned_time()) <
          asked.context->happened - kPlannedBeforeMax) {
    AddProblem({"planned_time", "IN_THE_PAST",
                "work cannot be planned for a time long past",
                "give the time that is planned, or leave it out"},
               refusal);
  }
  return refusal;
}

RefusalPtr CheckReject(const MoveAsked& asked) {
  const command::v1::RejectReferral& reject = asked.command->reject();
  RefusalPtr refusal;
  CheckReason(reject.reason(), reject.note(), refusal);
  if (!reject.better_provider().empty() &&
      reject.better_provider() == asked.referral->performer) {
    AddProblem(
        {"better_provider", "SAME", "who rejects cannot be the better provider",
         "name another organisation, or none"},
        refusal);
  }
  return refusal;
}

RefusalPtr CheckComplete(const MoveAsked& asked) {
  const command::v1::CompleteReferral& complete = asked.command->complete();
  if (asked.context->overdue && complete.late_reason().empty()) {
    RefusalPtr refusal =
        NewRefusal(model::v1::ERROR_REASON_LATE_REASON_NEEDED, "late_reason",
                   "a deadline is over, so the completion needs a reason why "
                   "it is late");
    AddMissing({"late_reason", "performer", "say why it is late"}, *refusal);
    return refusal;
  }
  RefusalPtr refusal;
  if (complete.outcome().empty()) {
    AddProblem({"outcome", "EMPTY", "a completion has a coded outcome",
                "give one of the outcomes of the step"},
               refusal);
  }
  return refusal;
}

RefusalPtr CheckStopForCancel(const MoveAsked& asked) {
  const command::v1::AnswerCancel& answer = asked.command->answer_cancel();
  RefusalPtr refusal;
  if (answer.answer() != command::v1::CANCEL_ANSWER_CANCELLED) {
    AddProblem({"answer", "EMPTY", "the answer must be one of two",
                "give CANCELLED or GOES_ON"},
               refusal);
  }
  if (answer.note().empty()) {
    AddProblem({"note", "EMPTY", "what was done so far must be said",
                "write what was done"},
               refusal);
  }
  return refusal;
}

RefusalPtr CheckAskInformation(const MoveAsked& asked) {
  if (asked.referral->performance.questions.size() >= kQuestionsMax) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, "too_many_questions",
                      "this referral has had all the questions it may have");
  }
  RefusalPtr refusal;
  if (asked.command->ask_information().question().empty()) {
    AddProblem(
        {"question", "EMPTY", "a question is required", "write what is asked"},
        refusal);
  }
  return refusal;
}

RefusalPtr CheckGiveInformation(const MoveAsked& asked) {
  const command::v1::GiveInformation& give = asked.command->give_information();
  RefusalPtr refusal;
  if (!QuestionIsOpen(*asked.referral, give.question())) {
    AddProblem(
        {"question", "NOT_OPEN", "there is no open question of this number",
         "name a question that is not answered yet"},
        refusal);
  }
  if (give.texts().empty() && give.documents().empty()) {
    AddProblem({"texts", "EMPTY", "an answer has words or documents",
                "write the answer or add a document"},
               refusal);
  }
  return refusal;
}

// How far a state is on the way of an in-hand referral; 0 = cannot be reported.
int RankInHand(model::v1::ReferralState state) {
  switch (state) {
    case model::v1::REFERRAL_STATE_ACCEPTED:
      return 1;
    case model::v1::REFERRAL_STATE_IN_PROGRESS:
      return 2;
    case model::v1::REFERRAL_STATE_REJECTED:
    case model::v1::REFERRAL_STATE_COMPLETED:
    case model::v1::REFERRAL_STATE_FAILED:
      return 3;
    default:
      return 0;
  }
}

void CheckReportedWords(const command::v1::ReportInHand& report,
                        RefusalPtr& refusal) {
  const bool completed = report.state() == model::v1::REFERRAL_STATE_COMPLETED;
  if (completed == report.outcome().empty()) {
    AddProblem({"outcome", "MISPLACED",
                "an outcome belongs to a completion, and only to one",
                "give the step's outcome for COMPLETED, none otherwise"},
               refusal);
  }
  if (report.state() == model::v1::REFERRAL_STATE_REJECTED ||
      report.state() == model::v1::REFERRAL_STATE_FAILED) {
    CheckReason(report.reason(), report.note(), refusal);
  }
}

RefusalPtr CheckReportInHand(const MoveAsked& asked) {
  const command::v1::ReportInHand& report = asked.command->report_in_hand();
  RefusalPtr refusal;
  if (RankInHand(report.state()) <= RankInHand(StateOf(*asked.referral))) {
    AddProblem({"state", "NOT_FURTHER",
                "accepted, rejected, in progress, completed or failed can be "
                "reported, each after what was reported before",
                "report what has happened since"},
               refusal);
  }
  if (report.reported_by() == model::v1::REPORTED_BY_UNSPECIFIED ||
      !model::v1::ReportedBy_IsValid(report.reported_by())) {
    AddProblem({"reported_by", "EMPTY", "who brought the word must be said",
                "give FAMILY or PROVIDER"},
               refusal);
  }
  CheckReportedWords(report, refusal);
  return refusal;
}

RefusalPtr CheckMarkInError(const MoveAsked& asked) {
  RefusalPtr refusal;
  if (asked.command->mark_in_error().note().empty()) {
    AddProblem({"note", "EMPTY", "why it was a mistake must be said",
                "write what went wrong"},
               refusal);
  }
  return refusal;
}

RefusalPtr CheckCoded(ReferralReason reason, const std::string& note) {
  RefusalPtr refusal;
  CheckReason(reason, note, refusal);
  return refusal;
}

}  // namespace

ReferralAction ActionOf(const ReferralCommand& command) {
  switch (command.command_case()) {
    case ReferralCommand::kSend:
      return ReferralAction::kSend;
    case ReferralCommand::kReceive:
      return ReferralAction::kReceive;
    case ReferralCommand::kAccept:
      return ReferralAction::kAccept;
    case ReferralCommand::kReject:
      return ReferralAction::kReject;
    case ReferralCommand::kBegin:
      return ReferralAction::kBegin;
    case ReferralCommand::kHold:
      return ReferralAction::kHold;
    case ReferralCommand::kResume:
      return ReferralAction::kResume;
    case ReferralCommand::kComplete:
      return ReferralAction::kComplete;
    case ReferralCommand::kFail:
      return ReferralAction::kFail;
    case ReferralCommand::kCancel:
      return ReferralAction::kCancel;
    case ReferralCommand::kAskCancel:
      return ReferralAction::kAskCancel;
    case ReferralCommand::kAnswerCancel:
      return command.answer_cancel().answer() ==
                     command::v1::CANCEL_ANSWER_GOES_ON
                 ? ReferralAction::kGoOnDespiteCancel
                 : ReferralAction::kStopForCancel;
    case ReferralCommand::kAskInformation:
      return ReferralAction::kAskInformation;
    case ReferralCommand::kGiveInformation:
      return ReferralAction::kGiveInformation;
    case ReferralCommand::kReportInHand:
      return ReferralAction::kReportInHand;
    case ReferralCommand::kMarkInError:
      return ReferralAction::kMarkInError;
    case ReferralCommand::kRedirect:
      return ReferralAction::kRedirect;
    case ReferralCommand::kMake:
    case ReferralCommand::COMMAND_NOT_SET:
      break;
  }
  return ReferralAction::kCancelByItself;
}

RefusalPtr CheckContent(const MoveAsked& asked) {
  const ReferralCommand& command = *asked.command;
  switch (asked.action) {
    case ReferralAction::kAccept:
      return CheckAccept(asked);
    case ReferralAction::kReject:
      return CheckReject(asked);
    case ReferralAction::kHold:
      return CheckCoded(command.hold().reason(), command.hold().note());
    case ReferralAction::kComplete:
      return CheckComplete(asked);
    case ReferralAction::kFail:
      return CheckCoded(command.fail().reason(), command.fail().note());
    case ReferralAction::kAskCancel:
      return CheckCoded(command.ask_cancel().reason(),
                        command.ask_cancel().note());
    case ReferralAction::kStopForCancel:
      return CheckStopForCancel(asked);
    case ReferralAction::kAskInformation:
      return CheckAskInformation(asked);
    case ReferralAction::kGiveInformation:
      return CheckGiveInformation(asked);
    case ReferralAction::kReportInHand:
      return CheckReportInHand(asked);
    case ReferralAction::kMarkInError:
      return CheckMarkInError(asked);
    default:
      return nullptr;
  }
}

}  // namespace careroute::casework::internal
