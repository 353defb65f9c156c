// services/command/labels.h: the words of the command's pages.
//
// Titles of columns and blocks, in Russian and English; what a row says comes
// from the hub or from lib/engine/route_words.h.

#ifndef CAREROUTE_SERVICES_COMMAND_LABELS_H_
#define CAREROUTE_SERVICES_COMMAND_LABELS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace careroute::services {

// `$0`, `$1` and `$2` stand for what the label speaks of.
enum class Label {
  kNameless,
  kCase,
  kStage,
  kPlace,
  kUntil,  // $0
  kDecides,
  kCarer,
  kHowToSpeak,
  kNotWith,
  kLanguage,   // $0
  kReachBy,    // $0
  kSpeakWith,  // $0
  kContact,
  kContactLast,    // $0
  kContactNext,    // $0
  kContactMissed,  // $0
  kCall,           // $0
  kCoordinator,
  kDeputy,
  kAbsentUntil,  // $0
  kTurnToDeputy,
  kTracks,
  kInterrupts,
  kOtherCases,
  kWithheld,
  kEnding,
  kStep,
  kWhoseMove,
  kWho,
  kWhen,
  kPlanned,  // $0
  kDue,      // $0
  kProvisional,
  kStopped,
  kExpected,        // $0
  kRule,            // $0
  kBring,           // $0
  kAnswerNo,        // $0
  kAnswerNotKnown,  // $0
  kNotYet,          // $0
  kRefused,         // $0 = who, $1 = why
  kAskedAgain,      // $0
  kQueuePlace,      // $0 = place, $1 = as of
  kQueue,
  kQueueExpected,  // $0
  kMeanwhile,      // $0
  kClockStands,    // $0 = since, $1 = why
  kClockLatest,    // $0
  kReferral,       // $0
  kLate,           // $0
  kTimes,          // $0
  kUpcoming,
  kHoldings,
  kHoldingSince,  // $0
  kWithdrawn,
  kWeek,
  kVisits,  // $0 done, $1 planned
  kMissed,  // $0
  kMeasures,
  kMeasureTerm,    // $0
  kMeasureUntil,   // $0
  kMeasureSource,  // $0 = act, $1 = how sure, $2 = day
  kMeasureStale,   // $0
  kMeasureItself,  // comes without an application
  kFamilyTitle,
  kFamilyNow,
  kFamilyNext,
  kFamilyDone,
  kFamilyPhones,
  kFamilySoon,
  kFamilyYourMove,
  kFamilyHelps,      // $0
  kFamilyCall,       // $0
  kFamilyHours,      // $0
  kFamilyAddress,    // $0
  kFamilyUntil,      // $0
  kFamilyPlanned,    // $0
  kFamilyBring,      // $0
  kFamilyQueue,      // $0
  kFamilyRefused,    // $0, $1
  kFamilyMeanwhile,  // $0
  kFamilyOverdue,    // $0
  kFamilyPaused,     // $0
  kFamilyRoad,
  kFamilyCoordinator,  // $0
  kFamilyIfAway,       // $0
  kFamilyAbsent,       // $0
  kFamilyStandsIn,     // $0
  kFamilyNextContact,  // $0
  kAsOf,               // $0
  kFamilyDoneOn,       // $0 = day, $1 = what
  kFamilyWithdraw,
  kFamilyStage,  // $0
  kFamilyMeasures,
  kFamilyMeasureYes,
  kFamilyMeasureMaybe,
  kFamilyMeasureItself,
  kFamilyMeasureTold,
  kFamilyMeasureApplied,       // $0 = day
  kFamilyMeasureGranted,       // $0 = day
  kFamilyMeasureGrantedUntil,  // $0 = day
  kFamilyMeasureRefused,       // $0 = day
  kFamilyMeasureNotWanted,
  kFamilyMeasureTerm,  // $0
  kFamilyMeasureAct,   // $0
  kFamilyMeasureUnchecked,
  kFamilyMeasureDemo,
  kNothing,
  kPathway,
  kState,
  kSteps,
  kOverdue,
  kNextDue,
  kCasesTotal,  // $0
  kMoreCases,   // $0
  kQueueOf,     // $0
  kFrom,
  kTo,
  kService,
  kSent,
  kAsks,  // open loops
  kLoopCancel,
  kLoopInformation,
  kInHand,
  kMember,
  kCoordinates,
  kDeputises,
  kOffered,
  kPresence,
  kLastDay,  // $0
  kFirstDayTitle,
  kLastDayTitle,
  kNoAbsences,
  kWouldBeOffered,
  kWhyNotOffered,
  kOfferedCases,    // $0 offered, $1 not
  kOfferableCases,  // $0 that can be offered, $1 that cannot
  kAnswer,
  kAccepted,
  kAcceptable,
  kAcceptedPosts,    // $0 accepted, $1 not
  kAcceptablePosts,  // $0 that can be accepted, $1 that cannot
  kPassesOn,         // $0 = day
  kPassedCases,      // $0 passed on, $1 not
  kPassingCases,     // $0 that would pass on, $1 that would not
  kStays,
  kPeer,
  kSending,
  kPaused,
  kWaiting,
  kStuck,
  kLastAnswer,
  kPeerProblem,
  kNoPeers,
  kWaitingReferral,
  kAttempts,
  kNextTry,
  kWhenAsked,
  kMoreWaits,    // $0 = how many are shown
  kRedriven,     // $0
  kCaseOffered,  // $0
  kScoreItem,
  kScoreAnswer,
  kScorePoints,
  kScoreModule,
  kScoreSum,
  kScoreWeighted,
  kScoreTotal,
  kScoreLevel,
  kScoreNoLevel,
  kScoreNotCountable,
  kScoreEdition,  // $0 = edition, $1 = day
  kScoreSource,
  kScoreDemo,
  kScoreNotAsked,
  kScoreNoCondition,
  kScoreMissing,
  kScoreByDocument,
  kScoreByWord,
  kScoreObserved,
  kScoreConfirmed,
  kScoreSecondHand,
  kScoreRecalled,
  kScoreRegion,
  kScoreInvented,
  kHubRefused,
  kLacks,      // $0
  kOpenToYou,  // $0
  kStartHub,
  kCount,  // how many labels there are
};

[[nodiscard]] std::string LabelText(Label label, absl::string_view language,
                                    absl::string_view first = {},
                                    absl::string_view second = {},
                                    absl::string_view third = {});

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_LABELS_H_
