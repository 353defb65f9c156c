#include "lib/engine/internal/person_keys.h"

#include <utility>

#include "lib/base/status_macros.h"

namespace careroute::engine::internal {
namespace {

absl::StatusOr<KeyMap> UnwrapAll(const registry::KeyRing& ring,
                                 base::Random& random,
                                 const std::vector<store::KeyRecord>& records) {
  registry::PersonKeyWrapper wrapper(ring, random);
  KeyMap keys;
  for (const store::KeyRecord& record : records) {
    if (record.destroyed.has_value()) continue;
    CAREROUTE_ASSIGN_OR_RETURN(
        registry::PersonKey key,
        wrapper.Unwrap(record.owner.id,
                       {.wrapping_key = record.key.wrapping_key,
                        .bytes = record.key.wrapped}));
    keys[record.owner] =
        std::make_shared<const registry::PersonKey>(std::move(key));
  }
  return keys;
}

}  // namespace

void FetchKey(store::KeyStore& store, const registry::KeyRing& ring,
              base::Random& random, store::StreamId owner,
              base::Done<KeyPtr> done) {
  FetchKeys(
      store, ring, random, {owner},
      [owner, done = std::move(done)](absl::StatusOr<KeyMap> keys) mutable {
        if (!keys.ok()) {
          std::move(done)(keys.status());
          return;
        }
        const auto key = keys->find(owner);
        std::move(done)(key == keys->end() ? KeyPtr() : key->second);
      });
}

void FetchKeys(store::KeyStore& store, const registry::KeyRing& ring,
               base::Random& random, std::vector<store::StreamId> owners,
               base::Done<KeyMap> done) {
  store.GetKeys(
      std::move(owners),
      [&ring, &random, done = std::move(done)](
          absl::StatusOr<std::vector<store::KeyRecord>> records) mutable {
        if (!records.ok()) {
          std::move(done)(records.status());
          return;
        }
        std::move(done)(UnwrapAll(ring, random, *records));
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
