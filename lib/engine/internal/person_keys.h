// lib/engine/internal/person_keys.h: a person's (or organisation's) key, from
// the store and the ring.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_PERSON_KEYS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_PERSON_KEYS_H_

#include <map>
#include <memory>
#include <vector>

#include "lib/base/callback.h"
#include "lib/base/random.h"
#include "lib/base/uid.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/person_key.h"
#include "lib/store/key_store.h"

namespace careroute::engine::internal {

using KeyPtr = std::shared_ptr<const registry::PersonKey>;

// The owner's key; null when there is none yet or it was destroyed.
void FetchKey(store::KeyStore& store, const registry::KeyRing& ring,
              base::Random& random, store::StreamId owner,
              base::Done<KeyPtr> done);

// The keys of several owners, by owner and at the cost of one; none for those
// of whom there is none.
using KeyMap = std::map<store::StreamId, KeyPtr>;
void FetchKeys(store::KeyStore& store, const registry::KeyRing& ring,
               base::Random& random, std::vector<store::StreamId> owners,
               base::Done<KeyMap> done);

// The key as the store keeps it.
[[nodiscard]] store::WrappedKey WrapKey(const registry::KeyRing& ring,
                                        base::Random& random,
                                        const base::Uid& owner,
                                        const registry::PersonKey& key);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_PERSON_KEYS_H_
