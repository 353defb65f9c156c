// lib/store/memory/internal/registry.h: claims, keys and blobs, and the
// place of the outbox.
//
// Not thread-safe: MemoryStore holds its mutex around every call.

#ifndef CAREROUTE_LIB_STORE_MEMORY_INTERNAL_REGISTRY_H_
#define CAREROUTE_LIB_STORE_MEMORY_INTERNAL_REGISTRY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/store/append.h"
#include "lib/store/blob_store.h"
#include "lib/store/claim_store.h"
#include "lib/store/key_store.h"
#include "lib/store/memory/internal/outbox.h"

namespace careroute::store::internal {

class Registry {
 public:
  // Claims, outbox rows and the key of an append; changes nothing.
  [[nodiscard]] absl::Status CheckAppend(const AppendRequest& request) const;
  // After CheckAppend; cannot fail.
  void Append(const AppendRequest& request);

  Claim ClaimUnique(const ClaimRequest& request);
  [[nodiscard]] std::optional<Claim> FindClaim(const std::string& key) const;
  void ReleaseClaim(const ReleaseRequest& request);

  Outbox& outbox() { return outbox_; }

  [[nodiscard]] std::vector<KeyRecord> GetKeys(
      const std::vector<StreamId>& owners) const;
  absl::Status ReplaceKey(const ReplaceKeyRequest& request);
  void DestroyKey(const DestroyKeyRequest& request);
  [[nodiscard]] KeyPage ListKeys(const ListKeysRequest& request) const;

  std::string PutBlob(const PutBlobRequest& request);
  [[nodiscard]] std::optional<Blob> GetBlob(const std::string& hash) const;
  [[nodiscard]] BlobPage ListBlobs(const ListBlobsRequest& request) const;

 private:
  struct HeldClaim {
    Claim claim;
    absl::Time claimed;
  };
  struct StoredBlob {
    Blob blob;
    absl::Time stored;
  };

  [[nodiscard]] bool Holds(const StreamId& stream,
                           const std::string& key) const;

  std::map<std::string, HeldClaim> claims_;
  Outbox outbox_;
  std::map<StreamId, KeyRecord> keys_;
  std::map<std::string, StoredBlob> blobs_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_MEMORY_INTERNAL_REGISTRY_H_
