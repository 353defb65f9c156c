#include "lib/store/postgres/internal/claim_queries.h"

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"

namespace careroute::store::postgres {
namespace {

constexpr char kSelectClaim[] =
    "SELECT owner, confirmed FROM claims WHERE claim_key = $1";
// Writes nothing, and gives no row, when another holds it rightly. The last
// parameter is how long a claim nobody confirmed lives.
constexpr char kTakeClaim[] =
    "INSERT INTO claims (claim_key, owner, confirmed, claimed) "
    "VALUES ($1, $2, 0, $3) ON CONFLICT (claim_key) DO UPDATE SET "
    "owner = excluded.owner, claimed = excluded.claimed "
    "WHERE claims.owner = excluded.owner OR (claims.confirmed = 0 AND "
    "abs(excluded.claimed - claims.claimed) >= $4) "
    "RETURNING owner, confirmed";
constexpr char kConfirmClaim[] =
    "UPDATE claims SET confirmed = 1 WHERE claim_key = $1 AND owner = $2";
constexpr char kDeleteClaim[] =
    "DELETE FROM claims WHERE claim_key = $1 AND owner = $2";

// A claim that is given up between two looks is looked for again; nobody gives
// one up as often.
constexpr int kTriesMax = 10;

absl::StatusOr<Claim> ClaimOf(const Rows& rows) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId owner, rows.Stream(0, 0));
  return Claim{.owner = owner, .confirmed = rows.Int(0, 1) != 0};
}

}  // namespace

absl::StatusOr<Claim> ClaimUnique(Connection& db, const ClaimRequest& request) {
  for (int tries = 0; tries < kTriesMax; ++tries) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const Rows taken,
        db.Run(kTakeClaim, Params(request.key, request.owner, request.now,
                                  absl::ToInt64Microseconds(request.lapse))));
    if (taken.size() > 0) return ClaimOf(taken);
    CAREROUTE_ASSIGN_OR_RETURN(const std::optional<Claim> held,
                               FindClaim(db, request.key));
    if (held.has_value()) return *held;
  }
  return absl::UnavailableError("a claim changes hands too fast; try again");
}

absl::StatusOr<std::optional<Claim>> FindClaim(Connection& db,
                                               const std::string& key) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(kSelectClaim, Params(key)));
  if (rows.size() == 0) return std::optional<Claim>();
  CAREROUTE_ASSIGN_OR_RETURN(const Claim claim, ClaimOf(rows));
  return std::optional<Claim>(claim);
}

absl::Status ReleaseClaim(Connection& db, const ReleaseRequest& request) {
  return db.Run(kDeleteClaim, Params(request.key, request.owner)).status();
}

void AddClaims(const AppendRequest& request, Batch& batch) {
  for (const std::string& key : request.confirm_claims) {
    batch.AddMust(kConfirmClaim, Params(key, request.stream), ClaimNotHeld());
  }
  for (const std::string& key : request.release_claims) {
    batch.Add(kDeleteClaim, Params(key, request.stream));
  }
}

}  // namespace careroute::store::postgres
