// lib/casework/internal/authority.h: whose move it is.
//
// Access (lib/access) has said whether the actor may see and touch the case at
// all; here the case itself says whose turn it is.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_AUTHORITY_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_AUTHORITY_H_

#include "absl/strings/string_view.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

// Coordinator, deputy, or the head of the coordinator's organisation, to whom a
// case goes when both are gone.
[[nodiscard]] bool IsCoordinator(const Draft& draft);
[[nodiscard]] bool IsHub(const Draft& draft);
// A member of an organisation that takes part in the case.
[[nodiscard]] bool IsParticipant(const Draft& draft);

[[nodiscard]] RefusalPtr RequireCoordinator(const Draft& draft);
[[nodiscard]] RefusalPtr RequireParticipant(const Draft& draft);
[[nodiscard]] RefusalPtr RequireHub(const Draft& draft);

// Whether the actor may work on the occurrence: its performer, a co-performer,
// for steps of the family anyone who takes part and says how the word was
// given, while nobody is chosen whoever may perform it; and the coordinator.
// Also asks for separation of duties.
[[nodiscard]] RefusalPtr RequirePerformer(const Draft& draft, const Live& live,
                                          const model::v1::Step& step);

// Separation of duties alone: the member and the organisation.
[[nodiscard]] RefusalPtr CheckDuties(const Draft& draft,
                                     const model::v1::Step& step);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_AUTHORITY_H_
