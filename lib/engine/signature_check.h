// lib/engine/signature_check.h: whose signatures are taken for genuine.
//
//   Verifier verifier({.store = store, .check = SignedBy(signer)});
//   Verifier auditor({.store = store, .check = SignedWith(public_keys)});

#ifndef CAREROUTE_LIB_ENGINE_SIGNATURE_CHECK_H_
#define CAREROUTE_LIB_ENGINE_SIGNATURE_CHECK_H_

#include <functional>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/signer.h"

namespace careroute::engine {

// Of a signature over some bytes. NOT_FOUND when the key it names is none that
// is known, otherwise as registry::Signer::Verify. Thread-safe.
using SignatureCheck = std::function<absl::Status(const registry::Signature&,
                                                  absl::string_view bytes)>;

// With the keys of a key-ring; `signer` must outlive it.
[[nodiscard]] SignatureCheck SignedBy(const registry::Signer& signer);

// With public keys alone, as an auditor has them: 32 bytes each, by their ids.
[[nodiscard]] SignatureCheck SignedWith(
    std::map<registry::KeyId, std::string> public_keys);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_SIGNATURE_CHECK_H_
