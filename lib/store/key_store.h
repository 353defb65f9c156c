// lib/store/key_store.h: the wrapped keys that open sealed parts.
//
// Each person's sealed parts are encrypted under a key of that person, which
// is stored here wrapped by a key of the hub's key-ring: the database alone
// opens nothing. Erasing a person is destroying the key. What stays is a
// tombstone saying so, which refuses any key for that owner for ever, so that
// a restored backup cannot bring the person back.
//
// A new key comes with its stream's first append (AppendRequest::put_key);
// here it is only replaced by the same key wrapped anew.
//
//   store.GetKeys({person}, ...);
//   store.ListKeys({.after = last, .limit = 500}, ...);   // rotation
//   store.ReplaceKey({.owner = person, .key = rewrapped}, ...);

#ifndef CAREROUTE_LIB_STORE_KEY_STORE_H_
#define CAREROUTE_LIB_STORE_KEY_STORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// A 256-bit key with nonce and tag needs 60; a public-key wrap of a hand-over
// a few hundred.
inline constexpr size_t kWrappedKeyBytesMax = 1024;

// As many as one page of a list can need.
inline constexpr size_t kKeysPerReadMax = 1000;

struct WrappedKey {
  uint64_t wrapping_key = 0;  // which key of the key-ring wraps it
  std::string wrapped;        // 1 to kWrappedKeyBytesMax bytes, or empty when
                              // destroyed

  friend bool operator==(const WrappedKey&, const WrappedKey&) = default;
};

struct KeyRecord {
  StreamId owner;
  WrappedKey key;
  std::optional<absl::Time> destroyed;  // set: erased, the key is gone

  friend bool operator==(const KeyRecord&, const KeyRecord&) = default;
};

struct ReplaceKeyRequest {
  StreamId owner;
  // The wrapping the caller unwrapped; another one now stored is ABORTED, so
  // that two rotations cannot undo each other.
  uint64_t expected_wrapping_key = 0;
  WrappedKey key;
};

struct DestroyKeyRequest {
  StreamId owner;
  absl::Time now;
};

struct ListKeysRequest {
  std::optional<StreamId> after;  // exclusive
  int32_t limit = 500;            // 1 to kPageRowsMax
};

struct KeyPage {
  std::vector<KeyRecord> keys;
  bool more = false;

  friend bool operator==(const KeyPage&, const KeyPage&) = default;
};

// Thread-safe; writes are durable before they are answered. Failures as
// EventStore's.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // The records of those owners that have one, ordered by owner. At most
  // kKeysPerReadMax owners.
  virtual void GetKeys(std::vector<StreamId> owners,
                       base::Done<std::vector<KeyRecord>> done) = 0;

  // NOT_FOUND when the owner has no key, FAILED_PRECONDITION when it was
  // destroyed, ABORTED when it is not wrapped as expected.
  virtual void ReplaceKey(ReplaceKeyRequest request, base::DoneStatus done) = 0;

  // Leaves a tombstone, also for an owner that has no key here. Safe to
  // repeat: the first time stands. The old bytes are overwritten in the
  // store's files as far as the backend's README promises.
  virtual void DestroyKey(DestroyKeyRequest request, base::DoneStatus done) = 0;

  // All records, tombstones included, ordered by owner: for rotation, for
  // backup, and for the erasure list a restore replays.
  virtual void ListKeys(ListKeysRequest request, base::Done<KeyPage> done) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_KEY_STORE_H_
