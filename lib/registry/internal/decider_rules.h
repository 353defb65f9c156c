// lib/registry/internal/decider_rules.h: the rules of who decides, as data,
// each with the act it is recalled from.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_DECIDER_RULES_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_DECIDER_RULES_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/explanation.pb.h"
#include "careroute/model/v1/source.pb.h"

namespace careroute::registry::internal {

// An act, as recalled.
struct Act {
  absl::string_view text;
  model::v1::Confidence confidence = model::v1::CONFIDENCE_HIGH;
};

// Who decides for a child in one matter: representatives until
// `together_from`, then child and representative together until `alone_from`.
struct AgeRule {
  model::v1::ConsentMatter matter;
  int together_from;
  int alone_from;
  Act act;
};

inline constexpr int kMajority = 18;
inline constexpr int kParentActsFrom = 16;
// Birthdays on which an answer, or a right the family should know of, changes.
inline constexpr int kBirthdaysOfRights[] = {14, 15, 16, 18};

// A matter without a row of its own is treated as an application.
inline constexpr AgeRule kAgeRules[] = {
    {.matter = model::v1::CONSENT_MATTER_APPLICATION,
     .together_from = 14,
     .alone_from = kMajority,
     .act = {.text = "ГК РФ, ст. 26, 28"}},
    {.matter = model::v1::CONSENT_MATTER_MONEY,
     .together_from = 14,
     .alone_from = kMajority,
     .act = {.text = "ГК РФ, ст. 26, 28"}},
    {.matter = model::v1::CONSENT_MATTER_TREATMENT,
     .together_from = 15,
     .alone_from = 15,
     .act = {.text = "Федеральный закон от 21.11.2011 № 323-ФЗ, ст. 54"}},
    {.matter = model::v1::CONSENT_MATTER_DATA,
     .together_from = 14,
     .alone_from = kMajority,
     .act = {.text = "Федеральный закон от 27.07.2006 № 152-ФЗ, ст. 9; "
                     "ГК РФ, ст. 26, 28",
             .confidence = model::v1::CONFIDENCE_MEDIUM}},
    {.matter = model::v1::CONSENT_MATTER_EDUCATION,
     .together_from = 14,
     .alone_from = kMajority,
     .act = {.text = "Федеральный закон от 29.12.2012 № 273-ФЗ, ст. 44; "
                     "ГК РФ, ст. 26, 28",
             .confidence = model::v1::CONFIDENCE_MEDIUM}},
};

inline constexpr Act kMajorityAct = {.text = "ГК РФ, ст. 21"};
inline constexpr Act kFullCapacityAct = {.text = "ГК РФ, ст. 21, 27, 29"};
inline constexpr Act kLimitedCapacityAct = {.text = "ГК РФ, ст. 30, 33"};
inline constexpr Act kIncapableAct = {.text = "ГК РФ, ст. 29, 32"};
inline constexpr Act kCapableUntilDecidedAct = {.text =
                                                    "ГК РФ, ст. 21, 22, 29"};
inline constexpr Act kMinorParentAct = {.text = "СК РФ, ст. 62"};
inline constexpr Act kDeprivedAct = {.text = "СК РФ, ст. 71"};
inline constexpr Act kRestrictedAct = {.text = "СК РФ, ст. 74"};
inline constexpr Act kDisputeAct = {.text = "СК РФ, ст. 65"};
inline constexpr Act kGuardianshipAct = {
    .text =
        "СК РФ, ст. 121, 122; Федеральный закон от 24.04.2008 № 48-ФЗ, "
        "ст. 12"};
inline constexpr Act kRepresentationEndsAct = {.text = "ГК РФ, ст. 40"};
inline constexpr Act kLegalRepresentativeAct = {.text = "ГК РФ, ст. 26, 33"};
inline constexpr Act kPowerAct = {.text = "ГК РФ, ст. 185, 186, 188"};
inline constexpr Act kCarerAct = {.text = "ГК РФ, ст. 182",
                                  .confidence = model::v1::CONFIDENCE_MEDIUM};

[[nodiscard]] const AgeRule& RuleOf(model::v1::ConsentMatter matter);

// States the act as the node's source: of Russia, recalled.
void SetSource(const Act& act, model::v1::Explanation& node);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_DECIDER_RULES_H_
