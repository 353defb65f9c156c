// lib/engine/route_words.h: the program's own words on routes, Russian and
// English.
//
// What a pathway does not name: states, agencies, reasons, what a limit counts
// from. One table, so that a translator reads one file.
//
//   AgencyWords(model::v1::AGENCY_KIND_FAMILY, "ru");  // "семья"
//
// Every function answers in Russian for "ru" and in English for any other
// language; empty for UNSPECIFIED. Pure and thread-safe.

#ifndef CAREROUTE_LIB_ENGINE_ROUTE_WORDS_H_
#define CAREROUTE_LIB_ENGINE_ROUTE_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/needs.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/route.pb.h"
#include "careroute/model/v1/step.pb.h"

namespace careroute::engine {

// Who and what.
[[nodiscard]] std::string AgencyWords(model::v1::AgencyKind kind,
                                      absl::string_view language);
[[nodiscard]] std::string CaseStateWords(model::v1::CaseState state,
                                         absl::string_view language);
[[nodiscard]] std::string RowStateWords(model::v1::RowState state,
                                        absl::string_view language);
[[nodiscard]] std::string WhoseMoveWords(model::v1::WhoseMove move,
                                         absl::string_view language);
[[nodiscard]] std::string ReferralStateWords(model::v1::ReferralState state,
                                             absl::string_view language);
[[nodiscard]] std::string ReferralReasonWords(model::v1::ReferralReason reason,
                                              absl::string_view language);
[[nodiscard]] std::string ReferralKindWords(model::v1::ReferralKind kind,
                                            absl::string_view language);
[[nodiscard]] std::string DataClassWords(model::v1::DataClass data_class,
                                         absl::string_view language);
[[nodiscard]] std::string AccessNeedWords(model::v1::AccessNeed need,
                                          absl::string_view language);
[[nodiscard]] std::string ContactModeWords(model::v1::ContactMode mode,
                                           absl::string_view language);
[[nodiscard]] std::string BasisWords(model::v1::RepresentativeBasis basis,
                                     absl::string_view language);
[[nodiscard]] std::string MatterWords(model::v1::ConsentMatter matter,
                                      absl::string_view language);
[[nodiscard]] std::string UpcomingWords(model::v1::UpcomingKind kind,
                                        absl::string_view language);

// Where a support measure stands, and whether the family has a right to it.
[[nodiscard]] std::string MeasureStateWords(model::v1::MeasureState state,
                                            absl::string_view language);
[[nodiscard]] std::string EntitlementWords(model::v1::Entitlement entitlement,
                                           absl::string_view language);

// A kind of document that names a representative, where the pathway has no
// title for it; empty for any other kind.
[[nodiscard]] std::string DocumentWords(absl::string_view kind,
                                        absl::string_view language);

// Who was told of a missed limit: level 0 is the limit itself, higher ones go
// up; empty below 0.
[[nodiscard]] std::string EscalationWords(int level,
                                          absl::string_view language);

// Single phrases of the route. `$0` and `$1` stand for what they speak of.
enum class Phrase {
  kFamilyItself,        // "вы" on a family sheet
  kWithin,              // $0 = amount, $1 = from what
  kFromStart,           // since the step began
  kFromOutcome,         // $0 = step and outcome
  kFromFactDate,        // $0 = fact
  kFromFactRecorded,    // $0 = fact
  kFromReceived,        // the performer registered the referral
  kFromReport,          // the report of need
  kBeforeAge,           // $0 = age
  kBeforeFact,          // $0 = fact
  kEarlierBy,           // $0 = rule, $1 = amount
  kAtOnce,              //
  kNoLimit,             // nobody set a number
  kByTrack,             // $0 = rule, $1 = track
  kCancelAnswer,        // $0 = amount
  kInformationAnswer,   // $0 = amount
  kEvidence,            // $0 = amount, $1 = guard
  kNotReached,          // $0 = how
  kNotOfferedAgain,     // excluded, nothing more is known
  kWentSilent,          // $0 = outcome
  kBetterProvider,      // $0 = reason, $1 = organisation
  kOnHold,              // $0 = reason
  kLate,                // $0 = reason
  kWaitingForAnswer,    // sent, not taken yet
  kConsentOf,           // $0 = day given, $1 = purpose
  kGroundInLaw,         // $0 = act
  kLawUnnamed,          // a ground in law, the act is in the pathway
  kRepresentativeEnds,  // $0 = who
  kDocumentExpires,     // $0 = document, $1 = who
  kParentTurns16,       //
  kAgeReached,          // $0 = age
  kDecidesChanges,      // $0 = age
  kConsentEnds,         // $0 = purpose
  kRightCloses,         // $0 = step
  kStepStarts,          // $0 = step
  kLookAgain,           // a dated recheck of the case
  kContactFamily,       //
  kCanMeet,             // $0 = role
  kCanMeetThrough,      // $0 = role, $1 = step
  kMayAppeal,           // $0 = step
};
[[nodiscard]] std::string PhraseText(Phrase phrase, absl::string_view language,
                                     absl::string_view first = {},
                                     absl::string_view second = {});

// "08.04.2025" in Russian, "2025-04-08" in any other language.
[[nodiscard]] std::string DayWords(absl::CivilDay day,
                                   absl::string_view language);

[[nodiscard]] inline std::string FamilyItselfWords(absl::string_view language) {
  return PhraseText(Phrase::kFamilyItself, language);
}

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ROUTE_WORDS_H_
