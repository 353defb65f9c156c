// lib/registry/sealer.h: seals the parts of events that are a person's secret.
//
// An event has a clear part and sealed parts, one a data class. A part is
// encrypted with AES-256-GCM under the person's key and tied to its event and
// class: put into another event, or shown as another class, it does not open.
//
//   Sealer sealer(random);
//   const PartId part{.stream = case_uid, .version = 7,
//                     .data_class = model::v1::DATA_CLASS_MEDICAL};
//   const std::string sealed = sealer.Seal({.key = key, .part = part,
//                                           .bytes = plain});
//   CAREROUTE_ASSIGN_OR_RETURN(
//       std::string plain,
//       sealer.Open({.key = key, .part = part, .bytes = sealed}));

#ifndef CAREROUTE_LIB_REGISTRY_SEALER_H_
#define CAREROUTE_LIB_REGISTRY_SEALER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/random.h"
#include "lib/base/uid.h"
#include "lib/registry/internal/aead.h"
#include "lib/registry/person_key.h"

namespace careroute::registry {

// A version byte, a nonce and a tag: what sealing adds to a part.
inline constexpr size_t kSealedOverhead = internal::kAeadOverhead;

// Which part of which event. An event is named by its stream's id and its
// version there; ids are 128 random or derived bits, so the kind of the stream
// adds nothing.
struct PartId {
  base::Uid stream;
  int64_t version = 0;
  // The number of a model.v1.DataClass.
  int data_class = 0;

  friend bool operator==(const PartId&, const PartId&) = default;
};

// Thread-safe; `random` must outlive it and be the operating system's wherever
// data is real. A nonce is 96 random bits, so one key should seal at most 2^32
// parts (NIST SP 800-38D): a person with ten events of eight classes an hour
// reaches that after six thousand years.
class Sealer {
 public:
  explicit Sealer(base::Random& random) : aead_(random) {}

  struct Input {
    const PersonKey& key;
    PartId part;
    // Seal: the plain part. Open: the sealed one. Borrowed for the call.
    absl::string_view bytes;
  };

  // The sealed part: kSealedOverhead bytes longer, different each time.
  [[nodiscard]] std::string Seal(const Input& input);

  // DATA_LOSS when the key, the event, the class or the bytes are not those
  // that were sealed; the four cannot be told apart. The text names no data.
  // For an erased person there is no key to call this with: see
  // PersonKeyWrapper::Unwrap, which answers NOT_FOUND.
  [[nodiscard]] absl::StatusOr<std::string> Open(const Input& input);

 private:
  internal::Aead aead_;
};

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_SEALER_H_
