// lib/casework/internal/performers.h: who performs a step, and who may not.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_PERFORMERS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_PERFORMERS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Candidates asked of the directory at once: nobody chooses among more.
inline constexpr size_t kCandidatesMax = 200;

// Whether the family itself makes the move.
[[nodiscard]] bool IsFamily(const Draft& draft,
                            const model::v1::Performer& performer);

// Whose step it is when it starts.
struct PerformerQuestion {
  const model::v1::Performer& performer;
  // Who performed the step whose outcome starts it; empty = no step did.
  absl::string_view starter;
  // Organisations that are not offered.
  const std::vector<absl::string_view>& excluded;
};

// The organisation, when the edition leaves no choice; empty for the family and
// wherever somebody has yet to choose. Lives as long as the draft.
[[nodiscard]] absl::string_view ResolvePerformer(
    const PerformerQuestion& question, Draft& draft);

// Whether the organisation is one the performer describes, area apart: role,
// kind, service, and not one that performed a step it must keep away from.
[[nodiscard]] bool MayPerform(const Draft& draft,
                              absl::string_view organisation,
                              const model::v1::Performer& performer);

// Who performed the step that called the occurrence's; empty = none did.
[[nodiscard]] absl::string_view StarterOf(const Draft& draft,
                                          const Occurrence& occurrence);

// MayPerform for an occurrence: knows who "the same as the starter" is.
[[nodiscard]] bool MayPerformFor(const Draft& draft,
                                 const Occurrence& occurrence,
                                 absl::string_view organisation,
                                 const model::v1::Performer& performer);

// The step the organisation may not perform because it performed the other;
// empty = none.
[[nodiscard]] absl::string_view OrganisationConflict(
    const Draft& draft, absl::string_view organisation,
    const model::v1::Performer& performer);

// The same for the member; who recorded an assessment in a step performed it.
[[nodiscard]] absl::string_view MemberConflict(
    const Draft& draft, absl::string_view member,
    const model::v1::Performer& performer);

// The organisation that performed the step last, live occurrences first; empty
// = nobody did.
[[nodiscard]] absl::string_view LastPerformer(const Draft& draft,
                                              absl::string_view step);

// Matching organisations besides those excluded.
[[nodiscard]] int PerformersLeft(const Draft& draft, const Live& live,
                                 const model::v1::Performer& performer,
                                 absl::string_view without);

// Organisations no longer offered to the occurrence.
[[nodiscard]] std::vector<absl::string_view> ExcludedOf(const Live& live);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_PERFORMERS_H_
