#include "lib/registry/renewals.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "lib/registry/internal/day.h"
#include "lib/registry/internal/decider_rules.h"
#include "lib/registry/internal/standing.h"

namespace careroute::registry {
namespace {

bool Contains(const DaySpan& span, const std::optional<absl::CivilDay>& day) {
  return day.has_value() && span.first <= *day && *day <= span.last;
}

void Add(const std::optional<absl::CivilDay>& on, Renewal renewal,
         const DaySpan& span, std::vector<Renewal>& renewals) {
  if (Contains(span, on)) {
    renewal.on = *on;
    renewals.push_back(std::move(renewal));
  }
}

void AddBirthdays(const DeciderInput& input, const DaySpan& span,
                  std::vector<Renewal>& renewals) {
  if (!input.birth_date.has_value()) {
    return;
  }
  for (const int years : internal::kBirthdaysOfRights) {
    Add(internal::Birthday(*input.birth_date, years),
        {.message_key = "renewal.birthday", .argument = years}, span, renewals);
  }
}

// When a parent under 16 begins to decide; nothing for everybody else.
std::optional<absl::CivilDay> ParentTurns16(
    const DeciderInput& input, const RepresentativeRecord& representative) {
  const RepresentativeAge* age = internal::FindAge(input, representative);
  if (representative.basis != model::v1::REPRESENTATIVE_BASIS_PARENT ||
      age == nullptr || !age->birth_date.has_value() || age->emancipated) {
    return std::nullopt;
  }
  return internal::Birthday(*age->birth_date, internal::kParentActsFrom);
}

}  // namespace

std::vector<Renewal> RenewalsIn(const DeciderInput& input,
                                const DaySpan& span) {
  std::vector<Renewal> renewals;
  if (IsOver(input.record)) return renewals;
  AddBirthdays(input, span, renewals);
  for (const RepresentativeRecord& each : input.record.representatives) {
    Add(internal::DayAfter(each.to),
        {.message_key = "renewal.representative_ends", .argument = each.number},
        span, renewals);
    Add(internal::DayAfter(each.document_valid_to),
        {.message_key = "renewal.document_expires", .argument = each.number},
        span, renewals);
    Add(ParentTurns16(input, each),
        {.message_key = "renewal.parent_turns_16", .argument = each.number},
        span, renewals);
  }
  std::sort(renewals.begin(), renewals.end(),
            [](const Renewal& a, const Renewal& b) {
              return std::tie(a.on, a.message_key, a.argument) <
                     std::tie(b.on, b.message_key, b.argument);
            });
  return renewals;
}

}  // namespace careroute::registry
