#include "lib/registry/key_ring.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/registry/internal/ed25519.h"

namespace careroute::registry {
namespace {

KeyId NewKeyId(base::Random& random) {
  KeyId id = 0;
  while (id == 0) {
    id = random.Next();
  }
  return id;
}

absl::Time WholeSeconds(absl::Time time) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(time));
}

Key CloneKey(const Key& key) {
  Key clone;
  clone.use = key.use;
  clone.id = key.id;
  clone.created = key.created;
  clone.active = key.active;
  clone.secret = key.secret.Clone();
  clone.public_key = key.public_key;
  return clone;
}

absl::Status Broken(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("the key-ring ", what, "; restore it from its backup"));
}

bool SizesFit(const Key& key) {
  const bool signing = key.use == KeyUse::kSigning;
  const bool keeps_secret = key.active || !signing;
  return key.secret.size() == (keeps_secret ? kKeySize : 0) &&
         key.public_key.size() == (signing ? internal::kEd25519KeySize : 0);
}

int64_t CountActive(const std::vector<Key>& keys, KeyUse use) {
  return std::count_if(keys.begin(), keys.end(), [use](const Key& key) {
    return key.use == use && key.active;
  });
}

}  // namespace

std::string KeyIdHex(KeyId id) {
  return absl::StrCat(absl::Hex(id, absl::kZeroPad16));
}

KeyRing KeyRing::Generate(base::Random& random, absl::Time now) {
  KeyRing ring;
  for (const KeyUse use : kKeyUses) {
    ring.AddActive(use, random, now);
  }
  return ring;
}

absl::StatusOr<KeyRing> KeyRing::FromKeys(std::vector<Key> keys) {
  if (keys.size() > kKeysMax) {
    return Broken("holds too many keys");
  }
  std::set<KeyId> ids;
  for (const Key& key : keys) {
    if (key.id == 0 || !ids.insert(key.id).second) {
      return Broken("holds a key id twice or an empty one");
    }
    if (!SizesFit(key)) {
      return Broken("holds a key of a wrong size");
    }
  }
  for (const KeyUse use : kKeyUses) {
    if (CountActive(keys, use) != 1) {
      return Broken("does not hold one active key of each use");
    }
  }
  KeyRing ring;
  ring.keys_ = std::move(keys);
  return ring;
}

void KeyRing::AddActive(KeyUse use, base::Random& random, absl::Time now) {
  Key key;
  key.use = use;
  key.id = NewKeyId(random);
  key.created = WholeSeconds(now);
  key.active = true;
  key.secret = Secret::Random(random, kKeySize);
  if (use == KeyUse::kSigning) {
    key.public_key = internal::Ed25519PublicKey(key.secret);
  }
  keys_.push_back(std::move(key));
}

absl::Status KeyRing::Rotate(KeyUse use, base::Random& random, absl::Time now) {
  if (keys_.size() >= kKeysMax) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the key-ring already holds ", kKeysMax, " keys; rotate less often"));
  }
  for (Key& key : keys_) {
    if (key.use == use && key.active) {
      key.active = false;
      if (use == KeyUse::kSigning) {
        key.secret = Secret();
      }
    }
  }
  AddActive(use, random, now);
  return absl::OkStatus();
}

const Key& KeyRing::Active(KeyUse use) const {
  const auto found = std::find_if(
      keys_.begin(), keys_.end(),
      [use](const Key& key) { return key.use == use && key.active; });
  CAREROUTE_CHECK(found != keys_.end());
  return *found;
}

const Key* KeyRing::Find(KeyUse use, KeyId id) const {
  const auto found = std::find_if(
      keys_.begin(), keys_.end(),
      [use, id](const Key& key) { return key.use == use && key.id == id; });
  return found == keys_.end() ? nullptr : &*found;
}

std::vector<const Key*> KeyRing::Readable(KeyUse use) const {
  std::vector<const Key*> readable = {&Active(use)};
  for (auto key = keys_.rbegin(); key != keys_.rend(); ++key) {
    if (key->use == use && !key->active) {
      readable.push_back(&*key);
    }
  }
  return readable;
}

bool KeyRing::Covers(const KeyRing& other) const {
  return std::all_of(
      other.keys_.begin(), other.keys_.end(), [this](const Key& theirs) {
        const Key* ours = Find(theirs.use, theirs.id);
        return ours != nullptr && ours->public_key == theirs.public_key &&
               (theirs.use == KeyUse::kSigning ||
                ours->secret == theirs.secret);
      });
}

KeyRing KeyRing::Clone() const {
  KeyRing clone;
  std::transform(keys_.begin(), keys_.end(), std::back_inserter(clone.keys_),
                 CloneKey);
  return clone;
}

}  // namespace careroute::registry
