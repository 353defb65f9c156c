#include "lib/exchange/manifest.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"

namespace careroute::exchange {
namespace {

// With the zero byte at its end: no text of a message can be its continuation.
constexpr absl::string_view kManifestDomain("careroute manifest\0", 19);
constexpr absl::string_view kReceiptDomain("careroute receipt\0", 18);

SignedBytes SignIn(absl::string_view domain,
                   const google::protobuf::MessageLite& message,
                   const registry::Signer& signer) {
  SignedBytes made{.bytes = ToBytes(message)};
  registry::Signature signature = signer.Sign(absl::StrCat(domain, made.bytes));
  made.signature.set_algorithm(std::move(signature.algorithm));
  made.signature.set_key_id(signature.key_id);
  made.signature.set_signature(std::move(signature.bytes));
  return made;
}

absl::Status Verify(absl::string_view domain, const SignedBytes& received,
                    const std::vector<PeerKey>& keys) {
  const registry::Signature signature{
      .algorithm = received.signature.algorithm(),
      .key_id = received.signature.key_id(),
      .bytes = received.signature.signature()};
  const std::string bytes = absl::StrCat(domain, received.bytes);
  for (const PeerKey& key : keys) {
    if (key.algorithm == signature.algorithm && key.id == signature.key_id &&
        registry::VerifyWithPublicKey({.signature = signature,
                                       .public_key = key.public_key,
                                       .bytes = bytes})
            .ok()) {
      return absl::OkStatus();
    }
  }
  return absl::UnauthenticatedError(
      "signature: no key configured for this hub made it; compare its "
      "signing_keys with what `careroute keys show` prints there");
}

template <typename Message>
absl::StatusOr<Message> Open(absl::string_view domain,
                             const SignedBytes& received,
                             const std::vector<PeerKey>& keys) {
  CAREROUTE_RETURN_IF_ERROR(Verify(domain, received, keys));
  Message message;
  if (!message.ParseFromString(received.bytes)) {
    return absl::InvalidArgumentError(
        absl::StrCat(Message::descriptor()->name(),
                     ": the bytes are no such message; send it as signed"));
  }
  return message;
}

}  // namespace

std::string ToBytes(const google::protobuf::MessageLite& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  return bytes;
}

SignedBytes Sign(const v1::Manifest& manifest, const registry::Signer& signer) {
  return SignIn(kManifestDomain, manifest, signer);
}

SignedBytes Sign(const v1::Receipt& receipt, const registry::Signer& signer) {
  return SignIn(kReceiptDomain, receipt, signer);
}

absl::StatusOr<v1::Manifest> OpenManifest(const SignedBytes& received,
                                          const std::vector<PeerKey>& keys) {
  return Open<v1::Manifest>(kManifestDomain, received, keys);
}

absl::StatusOr<v1::Receipt> OpenReceipt(const SignedBytes& received,
                                        const std::vector<PeerKey>& keys) {
  return Open<v1::Receipt>(kReceiptDomain, received, keys);
}

absl::Status CheckEnvelopes(
    const v1::Manifest& manifest,
    const google::protobuf::RepeatedPtrField<std::string>& envelopes) {
  if (envelopes.empty() || envelopes.size() > kEnvelopesPerBatchMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("envelopes: there are ", envelopes.size(), "; send 1 to ",
                     kEnvelopesPerBatchMax, " in a batch"));
  }
  if (envelopes.size() != manifest.hashes_size()) {
    return absl::InvalidArgumentError(
        "envelopes: the manifest names another number of them; send those "
        "that were signed");
  }
  size_t bytes = 0;
  for (const std::string& envelope : envelopes) bytes += envelope.size();
  if (bytes > kBatchBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("envelopes: they are ", bytes, " bytes; send at most ",
                     kBatchBytesMax, " in a batch"));
  }
  for (int i = 0; i < envelopes.size(); ++i) {
    if (base::Sha256(envelopes.Get(i)) != manifest.hashes(i)) {
      return absl::InvalidArgumentError(
          absl::StrCat("envelopes[", i,
                       "]: its hash is not the one that was signed; send the "
                       "batch again"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckReceipt(const v1::Receipt& receipt,
                          const v1::Manifest& manifest,
                          const SignedBytes& sent) {
  if (receipt.from_hub() != manifest.to_hub() ||
      receipt.to_hub() != manifest.from_hub()) {
    return absl::InvalidArgumentError(
        "receipt: it is not between the two hubs of the batch");
  }
  if (receipt.manifest_hash() != base::Sha256(sent.bytes)) {
    return absl::InvalidArgumentError("receipt: it answers another batch");
  }
  if (receipt.verdicts_size() != manifest.hashes_size()) {
    return absl::InvalidArgumentError(
        "receipt: it does not answer each envelope of the batch");
  }
  return absl::OkStatus();
}

}  // namespace careroute::exchange
