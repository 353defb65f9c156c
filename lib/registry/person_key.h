// lib/registry/person_key.h: one key a person, and how the hub locks it.
//
// Everything sealed about a person is sealed under that person's own key, so
// that destroying one short string erases the person from every record, backup
// and copy at once. The key itself is stored only wrapped: locked by a wrapping
// key of the ring, and tied to the person's id, so that it opens for no other.
//
//   PersonKeyWrapper wrapper(ring, random);
//   const PersonKey key = PersonKey::New(random);
//   const WrappedPersonKey wrapped = wrapper.Wrap(person, key);  // store this
//   CAREROUTE_ASSIGN_OR_RETURN(PersonKey again,
//                              wrapper.Unwrap(person, wrapped));

#ifndef CAREROUTE_LIB_REGISTRY_PERSON_KEY_H_
#define CAREROUTE_LIB_REGISTRY_PERSON_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/random.h"
#include "lib/base/uid.h"
#include "lib/registry/internal/aead.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/secret.h"

namespace careroute::registry {

// 256 bits for AES-256-GCM. Movable; wiped when it dies. Const use is
// thread-safe.
class PersonKey {
 public:
  [[nodiscard]] static PersonKey New(base::Random& random);

  // From 32 bytes; INVALID_ARGUMENT for any other number.
  [[nodiscard]] static absl::StatusOr<PersonKey> FromBytes(
      absl::string_view bytes);

  [[nodiscard]] const Secret& bytes() const { return bytes_; }

  friend bool operator==(const PersonKey&, const PersonKey&) = default;

 private:
  explicit PersonKey(Secret bytes) : bytes_(std::move(bytes)) {}

  Secret bytes_;
};

// A locked key, as it is stored.
struct WrappedPersonKey {
  // Which key of the ring locks it.
  KeyId wrapping_key = 0;
  // 61 bytes; empty once the key was destroyed.
  std::string bytes;

  friend bool operator==(const WrappedPersonKey&,
                         const WrappedPersonKey&) = default;
};

// Locks and unlocks persons' keys with the ring. Thread-safe; `ring` and
// `random` must outlive it, and the ring must not change meanwhile.
class PersonKeyWrapper {
 public:
  PersonKeyWrapper(const KeyRing& ring, base::Random& random)
      : ring_(ring), aead_(random) {}

  // Under the active wrapping key. Nonces are random, so a wrapping key should
  // lock at most 2^32 keys (NIST SP 800-38D): more people than a country has.
  [[nodiscard]] WrappedPersonKey Wrap(const base::Uid& person,
                                      const PersonKey& key);

  // NOT_FOUND when `wrapped` holds no bytes: the key was destroyed, the person
  // erased. FAILED_PRECONDITION when the ring lacks the wrapping key.
  // DATA_LOSS when the bytes were altered or belong to another person.
  [[nodiscard]] absl::StatusOr<PersonKey> Unwrap(
      const base::Uid& person, const WrappedPersonKey& wrapped);

  // Whether it is locked by an old wrapping key, so that a rotation has to
  // wrap it again (Unwrap, then Wrap). False for a destroyed key.
  [[nodiscard]] bool NeedsRewrap(const WrappedPersonKey& wrapped) const;

 private:
  const KeyRing& ring_;
  internal::Aead aead_;
};

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_PERSON_KEY_H_
