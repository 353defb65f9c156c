// lib/store/blob_store.h: immutable things named by their own hash.
//
// Pathway editions, overlays and bound results are pinned by id and hash and
// stored whole, so that a case of many years can still be judged by the rules
// it began under. A blob is never changed and never deleted.
//
//   store.PutBlob({.kind = kEdition, .bytes = text, .now = now}, ...);
//   store.GetBlob(hash, ...);

#ifndef CAREROUTE_LIB_STORE_BLOB_STORE_H_
#define CAREROUTE_LIB_STORE_BLOB_STORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/callback.h"

namespace careroute::store {

// The largest shipped edition is far below; SQLite and gRPC stay comfortable.
inline constexpr size_t kBlobBytesMax = 16 << 20;

struct PutBlobRequest {
  int32_t kind = 0;   // the engine owns the meaning
  std::string bytes;  // 1 to kBlobBytesMax
  absl::Time now;
};

struct Blob {
  int32_t kind = 0;
  std::string bytes;

  friend bool operator==(const Blob&, const Blob&) = default;
};

struct BlobInfo {
  std::string hash;  // SHA-256 of the bytes, 32 raw bytes
  int32_t kind = 0;
  int64_t size = 0;  // bytes
  absl::Time stored;

  friend bool operator==(const BlobInfo&, const BlobInfo&) = default;
};

struct ListBlobsRequest {
  int32_t kind = 0;
  std::string after;    // hash, exclusive; empty = from the first
  int32_t limit = 100;  // 1 to kPageRowsMax
};

struct BlobPage {
  std::vector<BlobInfo> blobs;  // ordered by hash
  bool more = false;

  friend bool operator==(const BlobPage&, const BlobPage&) = default;
};

// Thread-safe; writes are durable before they are answered. Failures as
// EventStore's.
class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Answers the hash. Putting the same bytes again changes nothing: kind and
  // time of the first stand.
  virtual void PutBlob(PutBlobRequest request,
                       base::Done<std::string> done) = 0;

  // None when no such blob is stored. DATA_LOSS when what is stored no longer
  // hashes to its name.
  virtual void GetBlob(std::string hash,
                       base::Done<std::optional<Blob>> done) = 0;

  virtual void ListBlobs(ListBlobsRequest request,
                         base::Done<BlobPage> done) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_BLOB_STORE_H_
