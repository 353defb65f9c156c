#include "lib/casework/internal/dispatch.h"

namespace careroute::casework::internal {
namespace {

using Command = command::v1::CaseCommand;

constexpr Route kRoutes[] = {
    {Command::kOpenCase, OpenCase, AskedOf::kOpenCase, true},
    {Command::kJoinReport, JoinReport, AskedOf::kReopenable, true},
    {Command::kStartStep, StartStepByHand},
    {Command::kCompleteStep, CompleteStep, AskedOf::kLiveSteps},
    {Command::kRecordAttempt, RecordAttempt, AskedOf::kLiveSteps},
    {Command::kRecordFacts, RecordFacts, AskedOf::kOpenCase, true},
    {Command::kCorrectFact, CorrectFact, AskedOf::kOpenCase, true},
    {Command::kOfferPost, OfferPost, AskedOf::kLiveSteps},
    {Command::kAcceptPost, AcceptPost, AskedOf::kLiveSteps},
    {Command::kDeclinePost, DeclinePost, AskedOf::kLiveSteps},
    {Command::kStopClock, StopClock},
    {Command::kResumeClock, ResumeClock},
    {Command::kBeginInterrupt, BeginInterruptByHand},
    {Command::kEndInterrupt, EndInterruptByHand},
    {Command::kSetTrack, SetTrack},
    {Command::kClearTrack, ClearTrack},
    {Command::kRecordContact, RecordContact},
    {Command::kSetNextContact, SetNextContact},
    {Command::kRecordQueuePlace, RecordQueuePlace, AskedOf::kLiveSteps},
    {Command::kPlanVisits, PlanVisits, AskedOf::kLiveSteps},
    {Command::kRecordVisit, RecordVisit, AskedOf::kLiveSteps},
    {Command::kGiveConsent, GiveConsent, AskedOf::kOpenCase, true},
    {Command::kWithdrawConsent, WithdrawConsent, AskedOf::kClosedCase},
    {Command::kObjectToConsent, ObjectToConsent},
    {Command::kCloseCase, CloseCase},
    {Command::kReopenCase, ReopenClosedCase, AskedOf::kClosedCase},
    {Command::kFireTimer, FireTimer, AskedOf::kClosedCase},
    {Command::kRecomputeDeadlines, RecomputeDeadlines, AskedOf::kLiveSteps},
    {Command::kEraseCase, EraseCase, AskedOf::kClosedCase},
    {Command::kReceiveMessage, ReceiveMessage, AskedOf::kOpenCase, true},
    {Command::kAssignPerformer, AssignPerformer, AskedOf::kLiveSteps},
    {Command::kAddSubject, AddSubject},
    {Command::kBringEvidence, BringEvidence, AskedOf::kClosedCase},
    {Command::kMigrateCase, MigrateCase},
    {Command::kVacatePost, VacatePost, AskedOf::kLiveSteps},
    {Command::kOpenInEmergency, OpenInEmergency, AskedOf::kClosedCase},
    {Command::kFreezeCase, FreezeCase},
    {Command::kRecordMeasure, RecordMeasure, AskedOf::kOpenCase, true},
    {Command::kRecordAssessment, RecordAssessment, AskedOf::kLiveSteps},
    {Command::kDisputeAssessment, DisputeAssessment},
    // What the performer of a referral says is never lost.
    {Command::kReferral, RunReferral, AskedOf::kClosedCase},
    {Command::kMirrorPerformance, MirrorPerformance, AskedOf::kErasedCase},
    {Command::kAdoptRequest, AdoptRequest, AskedOf::kErasedCase},
    {Command::kNoteUndelivered, NoteUndelivered, AskedOf::kErasedCase},
};

}  // namespace

const Route* FindRoute(Command::CommandCase command) {
  for (const Route& one : kRoutes) {
    if (one.command == command) {
      return &one;
    }
  }
  return nullptr;
}

}  // namespace careroute::casework::internal
