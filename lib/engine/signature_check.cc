#include "lib/engine/signature_check.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace careroute::engine {

SignatureCheck SignedBy(const registry::Signer& signer) {
  return
      [&signer](const registry::Signature& signature, absl::string_view bytes) {
        return signer.Verify(signature, bytes);
      };
}

SignatureCheck SignedWith(std::map<registry::KeyId, std::string> public_keys) {
  return [public_keys = std::move(public_keys)](
             const registry::Signature& signature,
             absl::string_view bytes) -> absl::Status {
    const auto key = public_keys.find(signature.key_id);
    if (key == public_keys.end()) {
      return absl::NotFoundError(
          absl::StrCat("no key ", registry::KeyIdHex(signature.key_id),
                       " was given; add the line `careroute keys show` printed "
                       "when it signed"));
    }
    return registry::VerifyWithPublicKey(
        {.signature = signature, .public_key = key->second, .bytes = bytes});
  };
}

}  // namespace careroute::engine
