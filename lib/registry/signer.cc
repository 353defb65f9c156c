#include "lib/registry/signer.h"

#include "absl/strings/str_cat.h"
#include "lib/registry/internal/ed25519.h"

namespace careroute::registry {

Signature Signer::Sign(absl::string_view bytes) const {
  const Key& key = ring_.Active(KeyUse::kSigning);
  return {.algorithm = std::string(kEd25519),
          .key_id = key.id,
          .bytes = internal::Ed25519Sign(key.secret, bytes)};
}

absl::Status Signer::Verify(const Signature& signature,
                            absl::string_view bytes) const {
  const Key* key = ring_.Find(KeyUse::kSigning, signature.key_id);
  if (key == nullptr) {
    return absl::NotFoundError(absl::StrCat(
        "the key-ring has no signing key ", KeyIdHex(signature.key_id),
        "; verify with the key-ring of the hub that signed"));
  }
  return VerifyWithPublicKey(
      {.signature = signature, .public_key = key->public_key, .bytes = bytes});
}

absl::Status VerifyWithPublicKey(const PublicKeyCheck& check) {
  if (check.signature.algorithm != kEd25519) {
    return absl::UnimplementedError(
        "the signature uses an algorithm this release does not know; use a "
        "newer release to verify it");
  }
  if (!internal::Ed25519Verify(check.public_key, check.signature.bytes,
                               check.bytes)) {
    return absl::DataLossError(
        "the signature does not fit: what was signed, the signature or the "
        "key was altered");
  }
  return absl::OkStatus();
}

}  // namespace careroute::registry
