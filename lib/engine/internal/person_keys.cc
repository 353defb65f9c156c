#include "lib/engine/internal/person_keys.h"

#include <utility>
#include <vector>

namespace careroute::engine::internal {

void FetchKey(store::KeyStore& store, const registry::KeyRing& ring,
              base::Random& random, store::StreamId owner,
              base::Done<KeyPtr> done) {
  store.GetKeys(
      {owner}, [&ring, &random, owner, done = std::move(done)](
                   absl::StatusOr<std::vector<store::KeyRecord>> keys) mutable {
        if (!keys.ok()) {
          std::move(done)(keys.status());
          return;
        }
        if (keys->empty() || keys->front().destroyed.has_value()) {
          std::move(done)(KeyPtr());
          return;
        }
        registry::PersonKeyWrapper wrapper(ring, random);
        absl::StatusOr<registry::PersonKey> key = wrapper.Unwrap(
            owner.id, {.wrapping_key = keys->front().key.wrapping_key,
                       .bytes = keys->front().key.wrapped});
        if (!key.ok()) {
          std::move(done)(key.status());
          return;
        }
        std::move(done)(
            std::make_shared<const registry::PersonKey>(*std::move(key)));
      });
}

store::WrappedKey WrapKey(const registry::KeyRing& ring, base::Random& random,
                          const base::Uid& owner,
                          const registry::PersonKey& key) {
  registry::PersonKeyWrapper wrapper(ring, random);
  registry::WrappedPersonKey wrapped = wrapper.Wrap(owner, key);
  return {.wrapping_key = wrapped.wrapping_key,
          .wrapped = std::move(wrapped.bytes)};
}

}  // namespace careroute::engine::internal
