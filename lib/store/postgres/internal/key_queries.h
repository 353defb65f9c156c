// lib/store/postgres/internal/key_queries.h: wrapped keys, and blobs.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_KEY_QUERIES_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_KEY_QUERIES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/blob_store.h"
#include "lib/store/key_store.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/connection.h"
#include "lib/store/postgres/internal/writer.h"

namespace careroute::store::postgres {

[[nodiscard]] absl::StatusOr<std::vector<KeyRecord>> GetKeys(
    Connection& db, const std::vector<StreamId>& owners);
[[nodiscard]] absl::StatusOr<KeyPage> ListKeys(Connection& db,
                                               const ListKeysRequest& request);
[[nodiscard]] absl::Status ReplaceKey(Connection& db,
                                      const ReplaceKeyRequest& request);
[[nodiscard]] absl::Status DestroyKey(WriteContext& context,
                                      const DestroyKeyRequest& request);

[[nodiscard]] absl::StatusOr<std::string> PutBlob(
    Connection& db, const PutBlobRequest& request);
[[nodiscard]] absl::StatusOr<std::optional<Blob>> GetBlob(
    Connection& db, const std::string& hash);
[[nodiscard]] absl::StatusOr<BlobPage> ListBlobs(
    Connection& db, const ListBlobsRequest& request);

// Adds the key an append brings or destroys, which must be named in the
// erasure list first. `request` must outlive the batch.
void AddKey(const AppendRequest& request, Batch& batch);

// Names an owner in the erasure list, if there is one.
[[nodiscard]] absl::Status NameErasure(const WriteContext& context,
                                       const StreamId& owner, absl::Time now);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_KEY_QUERIES_H_
