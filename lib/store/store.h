// lib/store/store.h: one database, through all its narrow interfaces.
//
// A backend (lib/store/memory, lib/store/sqlite) is one object that implements
// them all; take the narrow interface where that is all a class needs.
//
//   std::unique_ptr<store::Store> store = ...OpenSqliteStore(...);
//   Engine engine({.store = *store, ...});

#ifndef CAREROUTE_LIB_STORE_STORE_H_
#define CAREROUTE_LIB_STORE_STORE_H_

#include <cstdint>

#include "absl/time/time.h"
#include "lib/base/uid.h"
#include "lib/store/blob_store.h"
#include "lib/store/claim_store.h"
#include "lib/store/event_store.h"
#include "lib/store/index_store.h"
#include "lib/store/key_store.h"
#include "lib/store/outbox_store.h"

namespace careroute::store {

// Fixed when the store is created: a sandbox's invented time must never mix
// with real deadlines. The numbers are stored.
enum class ClockKind : uint8_t { kReal = 1, kVirtual = 2 };

// Facts about the open store that cannot change while it is open.
struct StoreInfo {
  base::Uid uid;  // drawn when the store was created
  ClockKind clock = ClockKind::kReal;
  int32_t schema_version = 0;
  // 1 at first; one more each time the store is opened as restored from a
  // backup, so that peers notice that it has forgotten.
  int64_t epoch = 1;
  absl::Time created;
  // True when no other process can append: what was read here stays true
  // until an append of this process.
  bool exclusive = false;

  friend bool operator==(const StoreInfo&, const StoreInfo&) = default;
};

// Thread-safe. Destroy it only after the executor it was given has run or
// dropped every task: calls in flight keep the database open until then.
class Store : public EventStore,
              public IndexStore,
              public ClaimStore,
              public OutboxStore,
              public KeyStore,
              public BlobStore {
 public:
  [[nodiscard]] virtual const StoreInfo& info() const = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_STORE_H_
