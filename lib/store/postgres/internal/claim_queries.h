// lib/store/postgres/internal/claim_queries.h: what may exist only once.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_CLAIM_QUERIES_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_CLAIM_QUERIES_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/claim_store.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

[[nodiscard]] absl::StatusOr<Claim> ClaimUnique(Connection& db,
                                                const ClaimRequest& request);
[[nodiscard]] absl::StatusOr<std::optional<Claim>> FindClaim(
    Connection& db, const std::string& key);
[[nodiscard]] absl::Status ReleaseClaim(Connection& db,
                                        const ReleaseRequest& request);

// Adds the claims an append confirms, which the batch insists on, and gives
// up. `request` must outlive the batch.
void AddClaims(const AppendRequest& request, Batch& batch);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_CLAIM_QUERIES_H_
