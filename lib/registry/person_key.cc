#include "lib/registry/person_key.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace careroute::registry {
namespace {

std::string Associated(const base::Uid& person) {
  return absl::StrCat("careroute person key 1", person.Bytes());
}

absl::Status Altered() {
  return absl::DataLossError(
      "a person's key does not open: it was altered or belongs to another "
      "person; restore the persons' keys from their backup");
}

}  // namespace

PersonKey PersonKey::New(base::Random& random) {
  return PersonKey(Secret::Random(random, kKeySize));
}

absl::StatusOr<PersonKey> PersonKey::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kKeySize) {
    return absl::InvalidArgumentError(
        absl::StrCat("a person's key has ", kKeySize, " bytes"));
  }
  return PersonKey(Secret::CopyOf(bytes));
}

WrappedPersonKey PersonKeyWrapper::Wrap(const base::Uid& person,
                                        const PersonKey& key) {
  const Key& wrapping = ring_.Active(KeyUse::kWrapping);
  return {.wrapping_key = wrapping.id,
          .bytes = aead_.Seal({.key = wrapping.secret,
                               .associated = Associated(person),
                               .bytes = key.bytes().view()})};
}

absl::StatusOr<PersonKey> PersonKeyWrapper::Unwrap(
    const base::Uid& person, const WrappedPersonKey& wrapped) {
  if (wrapped.bytes.empty()) {
    return absl::NotFoundError(
        "the person's key was destroyed: the person is erased");
  }
  const Key* wrapping = ring_.Find(KeyUse::kWrapping, wrapped.wrapping_key);
  if (wrapping == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the key-ring has no wrapping key ", KeyIdHex(wrapped.wrapping_key),
        "; open the hub with the key-ring file that belongs to its database"));
  }
  std::optional<std::string> bytes =
      aead_.Open({.key = wrapping->secret,
                  .associated = Associated(person),
                  .bytes = wrapped.bytes});
  if (!bytes.has_value()) {
    return Altered();
  }
  absl::StatusOr<PersonKey> key = PersonKey::FromBytes(*bytes);
  Wipe(*bytes);
  return key;
}

bool PersonKeyWrapper::NeedsRewrap(const WrappedPersonKey& wrapped) const {
  return !wrapped.bytes.empty() &&
         wrapped.wrapping_key != ring_.Active(KeyUse::kWrapping).id;
}

}  // namespace careroute::registry
