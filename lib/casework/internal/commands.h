// lib/casework/internal/commands.h: what each command does.
//
// Each function reads its command from the draft, refuses, or writes the body
// of the event and its first effects into the draft. Rules, deadlines and the
// header follow for all of them in decide.cc.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_COMMANDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_COMMANDS_H_

#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

// open.cc
RefusalPtr OpenCase(Draft& draft);
RefusalPtr JoinReport(Draft& draft);
// steps.cc
RefusalPtr StartStepByHand(Draft& draft);
RefusalPtr CompleteStep(Draft& draft);
RefusalPtr AssignPerformer(Draft& draft);
RefusalPtr BringEvidence(Draft& draft);
// attempts.cc
RefusalPtr RecordAttempt(Draft& draft);
// fact_commands.cc
RefusalPtr RecordFacts(Draft& draft);
RefusalPtr CorrectFact(Draft& draft);
RefusalPtr AddSubject(Draft& draft);
// posts.cc
RefusalPtr OfferPost(Draft& draft);
RefusalPtr AcceptPost(Draft& draft);
RefusalPtr DeclinePost(Draft& draft);
RefusalPtr VacatePost(Draft& draft);
// emergency.cc
RefusalPtr OpenInEmergency(Draft& draft);
// clocks.cc
RefusalPtr StopClock(Draft& draft);
RefusalPtr ResumeClock(Draft& draft);
RefusalPtr BeginInterruptByHand(Draft& draft);
RefusalPtr EndInterruptByHand(Draft& draft);
RefusalPtr SetTrack(Draft& draft);
RefusalPtr ClearTrack(Draft& draft);
RefusalPtr RecomputeDeadlines(Draft& draft);
// contact.cc
RefusalPtr RecordContact(Draft& draft);
RefusalPtr SetNextContact(Draft& draft);
RefusalPtr RecordQueuePlace(Draft& draft);
// visits.cc
RefusalPtr PlanVisits(Draft& draft);
RefusalPtr RecordVisit(Draft& draft);
// assessment_commands.cc
RefusalPtr RecordAssessment(Draft& draft);
RefusalPtr DisputeAssessment(Draft& draft);
// consent_commands.cc
RefusalPtr GiveConsent(Draft& draft);
RefusalPtr WithdrawConsent(Draft& draft);
RefusalPtr ObjectToConsent(Draft& draft);
// close.cc
RefusalPtr CloseCase(Draft& draft);
RefusalPtr ReopenClosedCase(Draft& draft);
RefusalPtr EraseCase(Draft& draft);
// timers.cc
RefusalPtr FireTimer(Draft& draft);
// migrate.cc
RefusalPtr MigrateCase(Draft& draft);
// measures.cc
RefusalPtr RecordMeasure(Draft& draft);
// hand_over.cc
RefusalPtr FreezeCase(Draft& draft);
// messages.cc
RefusalPtr ReceiveMessage(Draft& draft);
// referrals.cc
RefusalPtr RunReferral(Draft& draft);
// mirror.cc
RefusalPtr MirrorPerformance(Draft& draft);
// adopt.cc
RefusalPtr AdoptRequest(Draft& draft);
// undelivered.cc
RefusalPtr NoteUndelivered(Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_COMMANDS_H_
