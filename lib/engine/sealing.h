// lib/engine/sealing.h: the sealed parts of events, closed and opened.
//
// decide says what belongs to which data class; here each class is encrypted
// under the person's key and tied to its event. fold never sees the inside.
//
//   SealParts({.sealer = sealer, .key = key, .person = person,
//              .stream = case_uid}, decision.parts, *event.mutable_header());
//   const OpenedParts opened = OpenParts(..., event.header());

#ifndef CAREROUTE_LIB_ENGINE_SEALING_H_
#define CAREROUTE_LIB_ENGINE_SEALING_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/base/uid.h"
#include "lib/registry/person_key.h"
#include "lib/registry/sealer.h"

namespace careroute::engine {

// A part in the plain.
struct PlainClassPart {
  model::v1::DataClass data_class = model::v1::DATA_CLASS_UNSPECIFIED;
  event::v1::PlainPart part;
};

// Under whose key, in which stream.
struct SealUnder {
  registry::Sealer& sealer;
  const registry::PersonKey& key;
  base::Uid person;
  base::Uid stream;
};

// Adds one sealed part a class to the header, which must have its version.
void SealPart(const SealUnder& under, model::v1::DataClass data_class,
              const event::v1::PlainPart& part, event::v1::EventHeader& header);

// Every part of these classes. DATA_LOSS when one does not open, or holds no
// PlainPart.
[[nodiscard]] absl::StatusOr<std::vector<PlainClassPart>> OpenPartsOf(
    access::DataClassSet classes, const SealUnder& under,
    const event::v1::EventHeader& header);

// Every part there is, in the same way.
[[nodiscard]] absl::StatusOr<std::vector<PlainClassPart>> OpenParts(
    const SealUnder& under, const event::v1::EventHeader& header);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_SEALING_H_
