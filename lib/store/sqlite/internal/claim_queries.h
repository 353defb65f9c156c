// lib/store/sqlite/internal/claim_queries.h: claims.
//
// Reads run in the caller's read transaction, writes under its savepoint.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_CLAIM_QUERIES_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_CLAIM_QUERIES_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/claim_store.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

[[nodiscard]] absl::StatusOr<Claim> ClaimUnique(Connection& db,
                                                const ClaimRequest& request);
[[nodiscard]] absl::StatusOr<std::optional<Claim>> FindClaim(
    Connection& db, const std::string& key);
[[nodiscard]] absl::Status ReleaseClaim(Connection& db,
                                        const ReleaseRequest& request);

// Confirms and releases the claims of an append.
[[nodiscard]] absl::Status WriteClaims(Connection& db,
                                       const AppendRequest& request);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_CLAIM_QUERIES_H_
