// lib/registry/signer.h: signatures of the hub.
//
// Checkpoints and batches of envelopes are signed, so that a peer can prove
// later what it was given. The signature names its algorithm and key: others
// can be added, and a rotated key still verifies what it signed.
//
//   Signer signer(ring);
//   const Signature signature = signer.Sign(checkpoint_bytes);
//   CAREROUTE_RETURN_IF_ERROR(signer.Verify(signature, checkpoint_bytes));

#ifndef CAREROUTE_LIB_REGISTRY_SIGNER_H_
#define CAREROUTE_LIB_REGISTRY_SIGNER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/registry/key_ring.h"

namespace careroute::registry {

// The only algorithm of this release (RFC 8032).
inline constexpr absl::string_view kEd25519 = "ed25519";

struct Signature {
  std::string algorithm;
  KeyId key_id = 0;
  std::string bytes;

  friend bool operator==(const Signature&, const Signature&) = default;
};

// Signs with the ring's active signing key. Thread-safe; `ring` must outlive
// it and not change meanwhile. A signature costs some 70 microseconds and a
// verification 160: sign batches, not single records.
class Signer {
 public:
  explicit Signer(const KeyRing& ring) : ring_(ring) {}

  // Over the bytes as they are stored or sent.
  [[nodiscard]] Signature Sign(absl::string_view bytes) const;

  // The key it signs with.
  [[nodiscard]] const Key& key() const {
    return ring_.Active(KeyUse::kSigning);
  }

  // Against the ring's keys, old ones too. NOT_FOUND when the ring has no such
  // key, UNIMPLEMENTED for an algorithm of a later release, DATA_LOSS when the
  // signature does not fit.
  [[nodiscard]] absl::Status Verify(const Signature& signature,
                                    absl::string_view bytes) const;

 private:
  const KeyRing& ring_;
};

// For the signature of another hub, whose public key one was given. Errors as
// Signer::Verify; the key id is not looked at.
struct PublicKeyCheck {
  const Signature& signature;
  absl::string_view public_key;  // 32 bytes for ed25519
  absl::string_view bytes;       // what was signed
};
[[nodiscard]] absl::Status VerifyWithPublicKey(const PublicKeyCheck& check);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_SIGNER_H_
