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
  // Conditions.
  kAnd,
  kOr,
  kNot,      // $0 = condition
  kNotLive,  // $0 = step
  // Boxes of their own.
  kEntries,
  kEndings,
  kByCoordinator,
  kInterrupts,
  kSuspends,  // $0 = how many steps
  kAnyDay,    // $0 = stage
  kConditions,
  kLegend,
  // Title of the page.
  kEdition,  // $0 = edition, $1 = where it holds
  kNotBound,
  kRouteOf,  // $0 = case, $1 = day
  // The route.
  kNotReached,
  kMove,          // $0 = whose
  kUntil,         // $0 = day
  kOverdueSince,  // $0 = day
  kClockStopped,
  kPlanned,  // $0 = day
  kTimes,    // $0 = how many
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
  kSignArrow,
  kSignConditional,
  kSignBack,
  kSignGuarded,
  kSignEnding,
  kSignBlock,
  kSignDone,
  kSignNow,
  kSignOverdue,
  kSignSuspended,
  kSignNext,
  kSignNotReached,
  kCount,  // how many words there are
};

[[nodiscard]] std::string WordText(Word word, absl::string_view language,
                                   absl::string_view first = {},
                                   absl::string_view second = {});

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_WORDS_H_
