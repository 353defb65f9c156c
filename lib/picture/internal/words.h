// lib/picture/internal/words.h: the program's own words on pictures.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_WORDS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace careroute::picture::internal {

// `$0` and `$1` stand for what the word speaks of.
enum class Word {
  // Lanes and performers.
  kIdentifyingAgency,
  kCoordinator,
  kWhoeverAsked,
  kTogetherWith,  // $0 = who, $1 = with whom
  // Limits.
  kSetByRegion,  // $0 = parameter
  kAtOnce,
  kNoLimitKnown,
  kBeforeAge,   // $0 = age
  kBeforeFact,  // $0 = fact
  kEarlierBy,   // $0 = limit, $1 = amount
  kByValue,     // $0 = value, $1 = limit
  kNotKnown,
  kFrom,  // $0 = limit, $1 = from what
  kFromReceived,
  kFromReport,
  kOnTrack,  // $0 = track
  // Steps.
  kStartsOnDate,  // $0 = when
  kBefore,        // $0 = amount, $1 = of what
  kStartsOnFact,  // $0 = fact
  kStartsAtEntry,
  kStartsOnReport,
  kStartsWith,  // $0 = step
  kByHand,
  kEvery,  // $0 = term
  kTries,  // $0 = how many
  kVisits,
  kMissedVisit,
  kAppeal,
  kRecheck,
  kEndsCase,   // $0 = ending
  kOpensCase,  // $0 = pathway
  kBackToAsker,
  kIf,      // $0 = number of the condition
  kInside,  // $0 = how many steps
  kLeadsTo,
  // Boxes of their own.
  kEntries,
  kEndings,
  kByCoordinator,
  kInterrupts,
  kSuspends,  // $0 = how many steps
  kAnyDay,    // $0 = stage
  kConditions,
  kSources,
  kLegend,
  // Title of the page.
  kEdition,  // $0 = edition, $1 = where it holds
  kNotBound,
  kRouteOf,        // $0 = case, $1 = day
  kCoordinatedBy,  // $0 = who, with telephone
  kEnded,          // $0 = ending
  kOnPauseFor,     // $0 = what interrupts
  kSheetOf,        // $0 = sheet, $1 = how many
  kOnSheet,        // $0 = sheet; behind a number
  // The route.
  kMove,          // $0 = whose
  kWho,           // $0 = who will act
  kUntil,         // $0 = day
  kOverdueSince,  // $0 = day
  kByRule,        // $0 = limit in words, with the number of its source
  kObstacle,      // $0 = who, why, when
  kClockStopped,
  kPlanned,   // $0 = day
  kExpected,  // $0 = day
  kTimes,     // $0 = how many
  kMoreRows,  // $0 = how many
  // Legend.
  kSignConfirmed,
  kSignSecondHand,
  kSignRecalled,
  kSignRegion,
  kSignDemo,
  kSignStatutory,
  kSignStops,
  kSignGuard,
  kSignStart,
  kSignRecurs,
  kSignSilence,
  kSignContinues,
  kSignSource,
  kSignCondition,
  kSignArrow,
  kSignConditional,
  kSignBack,
  kSignStub,
  kSignGuarded,
  kSignEnding,
  kSignBlock,
  kSignDone,
  kSignNow,
  kSignOverdue,
  kSignSuspended,
  kSignNext,
  kSignTaken,
  kSignMayFollow,
  kCount,  // how many words there are
};

[[nodiscard]] std::string WordText(Word word, absl::string_view language,
                                   absl::string_view first = {},
                                   absl::string_view second = {});

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_WORDS_H_
