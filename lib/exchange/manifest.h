// lib/exchange/manifest.h: what two hubs sign for each other.
//
// One signature covers the list of the hashes of a batch's envelopes, and one
// its answer. What is signed begins with what it is, so that neither can be
// shown as the other. Bytes are signed, checked and kept as they are on the
// wire; a message that was read is never written again to be checked.
//
//   const SignedBytes manifest = Sign(draft, signer);
//   ... at the other hub ...
//   CAREROUTE_ASSIGN_OR_RETURN(const v1::Manifest read,
//                              OpenManifest(received, peer.keys));

#ifndef CAREROUTE_LIB_EXCHANGE_MANIFEST_H_
#define CAREROUTE_LIB_EXCHANGE_MANIFEST_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "careroute/model/v1/signature.pb.h"
#include "google/protobuf/message_lite.h"
#include "google/protobuf/repeated_field.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/signer.h"

namespace careroute::exchange {

// As the fields of DeliverRequest and DeliverResponse say.
inline constexpr int kEnvelopesPerBatchMax = 256;
inline constexpr size_t kEnvelopeBytesMax = 1 << 20;
inline constexpr size_t kManifestBytesMax = 64 << 10;
inline constexpr size_t kReceiptBytesMax = 256 << 10;
// All envelopes of a batch: what both hubs hold in memory for each other.
inline constexpr size_t kBatchBytesMax = 4 << 20;

// A public key of another hub.
struct PeerKey {
  std::string algorithm = std::string(registry::kEd25519);
  registry::KeyId id = 0;
  std::string public_key;  // 32 bytes for ed25519

  friend bool operator==(const PeerKey&, const PeerKey&) = default;
};

struct SignedBytes {
  std::string bytes;
  model::v1::HubSignature signature;
};

// The same bytes for the same message, whenever it is written.
[[nodiscard]] std::string ToBytes(const google::protobuf::MessageLite& message);

[[nodiscard]] SignedBytes Sign(const v1::Manifest& manifest,
                               const registry::Signer& signer);
[[nodiscard]] SignedBytes Sign(const v1::Receipt& receipt,
                               const registry::Signer& signer);

// UNAUTHENTICATED when none of the keys made the signature, INVALID_ARGUMENT
// for bytes that are no such message.
[[nodiscard]] absl::StatusOr<v1::Manifest> OpenManifest(
    const SignedBytes& received, const std::vector<PeerKey>& keys);
[[nodiscard]] absl::StatusOr<v1::Receipt> OpenReceipt(
    const SignedBytes& received, const std::vector<PeerKey>& keys);

// INVALID_ARGUMENT when the envelopes are not those of the manifest, or too
// many, or too much together.
[[nodiscard]] absl::Status CheckEnvelopes(
    const v1::Manifest& manifest,
    const google::protobuf::RepeatedPtrField<std::string>& envelopes);

// INVALID_ARGUMENT when the receipt does not answer the manifest of `sent`: it
// is from another hub or to another, of another batch, or of another number of
// envelopes.
[[nodiscard]] absl::Status CheckReceipt(const v1::Receipt& receipt,
                                        const v1::Manifest& manifest,
                                        const SignedBytes& sent);

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_MANIFEST_H_
