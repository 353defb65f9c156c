#include "lib/registry/person_key.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace careroute::registry {
namespace {

constexpr size_t kIdSize = 8;
constexpr size_t kWrappedSize = kIdSize + internal::kAeadOverhead + kKeySize;

std::string Associated(const base::Uid& person) {
  return absl::StrCat("careroute person key 1", person.Bytes());
}

std::string IdBytes(KeyId id) {
  std::string bytes(kIdSize, '\0');
  for (size_t i = kIdSize; i > 0; --i) {
    bytes[i - 1] = static_cast<char>(id & 0xff);
    id >>= 8;
  }
  return bytes;
}

KeyId IdOf(absl::string_view wrapped) {
  KeyId id = 0;
  for (const char byte : wrapped.substr(0, kIdSize)) {
    id = id << 8 | static_cast<unsigned char>(byte);
  }
  return id;
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

std::string PersonKeyWrapper::Wrap(const base::Uid& person,
                                   const PersonKey& key) {
  const Key& wrapping = ring_.Active(KeyUse::kWrapping);
  return absl::StrCat(IdBytes(wrapping.id),
                      aead_.Seal({.key = wrapping.secret,
                                  .associated = Associated(person),
                                  .bytes = key.bytes().view()}));
}

absl::StatusOr<PersonKey> PersonKeyWrapper::Unwrap(const base::Uid& person,
                                                   absl::string_view wrapped) {
  if (wrapped.empty()) {
    return absl::NotFoundError(
        "the person's key was destroyed: the person is erased");
  }
  if (wrapped.size() != kWrappedSize) {
    return Altered();
  }
  const Key* wrapping = ring_.Find(KeyUse::kWrapping, IdOf(wrapped));
  if (wrapping == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the key-ring has no wrapping key ", KeyIdHex(IdOf(wrapped)),
        "; open the hub with the key-ring file that belongs to its database"));
  }
  std::optional<std::string> bytes =
      aead_.Open({.key = wrapping->secret,
                  .associated = Associated(person),
                  .bytes = wrapped.substr(kIdSize)});
  if (!bytes.has_value()) {
    return Altered();
  }
  absl::StatusOr<PersonKey> key = PersonKey::FromBytes(*bytes);
  Wipe(*bytes);
  return key;
}

bool PersonKeyWrapper::NeedsRewrap(absl::string_view wrapped) const {
  return wrapped.size() == kWrappedSize &&
         IdOf(wrapped) != ring_.Active(KeyUse::kWrapping).id;
}

}  // namespace careroute::registry
