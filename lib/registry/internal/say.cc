#include "lib/registry/internal/say.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/registry/internal/standing.h"

namespace careroute::registry::internal {
namespace {

bool HasChildsRepresentative(const DeciderInput& input,
                             const Situation& situation) {
  return std::any_of(
      input.record.representatives.begin(), input.record.representatives.end(),
      [&situation](const RepresentativeRecord& representative) {
        return RepresentsChildren(representative.basis) &&
               !HindranceToAct(representative, situation).has_value();
      });
}

SayRule SayOfAdult(const Situation& situation,
                   model::v1::ConsentMatter matter) {
  if (situation.capacity == model::v1::CAPACITY_NONE) {
    return {
        .say = Say::kRepresentative, .key = "incapable", .act = kIncapableAct};
  }
  const bool about_property = matter == model::v1::CONSENT_MATTER_APPLICATION ||
                              matter == model::v1::CONSENT_MATTER_MONEY;
  if (situation.capacity == model::v1::CAPACITY_LIMITED && about_property) {
    return {
        .say = Say::kTogether, .key = "limited", .act = kLimitedCapacityAct};
  }
  return {.say = Say::kPerson,
          .key = "of_age",
          .argument = absl::StrCat(kMajority),
          .act = kMajorityAct};
}

SayRule SayOfChild(const Situation& situation,
                   model::v1::ConsentMatter matter) {
  const AgeRule& rule = RuleOf(matter);
  if (!situation.HasReached(rule.together_from) ||
      situation.capacity == model::v1::CAPACITY_NONE) {
    return {.say = Say::kRepresentative,
            .key = "below_age",
            .argument = absl::StrCat(rule.together_from),
            .act = rule.act};
  }
  if (!situation.HasReached(rule.alone_from)) {
    return {.say = Say::kTogether,
            .key = "from_age_together",
            .argument = absl::StrCat(rule.together_from),
            .act = rule.act};
  }
  return {.say = Say::kPerson,
          .key = "from_age_alone",
          .argument = absl::StrCat(rule.alone_from),
          .act = rule.act};
}

}  // namespace

SayRule SayOf(const DeciderInput& input, const DeciderQuery& query) {
  const Situation situation = SituationOn(input, query.day);
  if (situation.capacity == model::v1::CAPACITY_FULL) {
    return {
        .say = Say::kPerson, .key = "fully_capable", .act = kFullCapacityAct};
  }
  if (situation.HasReached(kMajority)) {
    return SayOfAdult(situation, query.matter);
  }
  if (situation.birth_date.has_value()) {
    return SayOfChild(situation, query.matter);
  }
  if (situation.capacity != model::v1::CAPACITY_UNSPECIFIED) {
    return SayOfAdult(situation, query.matter);
  }
  return {.say = HasChildsRepresentative(input, situation)
                     ? Say::kRepresentative
                     : Say::kPerson,
          .key = "age_not_known",
          .act = kCapableUntilDecidedAct};
}

}  // namespace careroute::registry::internal
