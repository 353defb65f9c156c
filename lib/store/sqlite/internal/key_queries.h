// lib/store/sqlite/internal/key_queries.h: wrapped keys and blobs.
//
// Reads run in the caller's read transaction, writes under its savepoint.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_KEY_QUERIES_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_KEY_QUERIES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/blob_store.h"
#include "lib/store/key_store.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/sqlite/internal/write_batch.h"

namespace careroute::store::internal {

[[nodiscard]] absl::StatusOr<std::vector<KeyRecord>> GetKeys(
    Connection& db, const std::vector<StreamId>& owners);
[[nodiscard]] absl::StatusOr<KeyPage> ListKeys(Connection& db,
                                               const ListKeysRequest& request);
[[nodiscard]] absl::Status ReplaceKey(Connection& db,
                                      const ReplaceKeyRequest& request);
// Names the owner in the erasure list first.
[[nodiscard]] absl::Status DestroyKey(WriteContext& context,
                                      const DestroyKeyRequest& request);

// Adds or destroys the key of an append.
[[nodiscard]] absl::Status WriteKey(Connection& db,
                                    const AppendRequest& request);

[[nodiscard]] absl::StatusOr<std::string> PutBlob(
    Connection& db, const PutBlobRequest& request);
[[nodiscard]] absl::StatusOr<std::optional<Blob>> GetBlob(
    Connection& db, const std::string& hash);
[[nodiscard]] absl::StatusOr<BlobPage> ListBlobs(
    Connection& db, const ListBlobsRequest& request);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_KEY_QUERIES_H_
