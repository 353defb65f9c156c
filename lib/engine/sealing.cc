#include "lib/engine/sealing.h"

#include <utility>

#include "lib/base/status_macros.h"

namespace careroute::engine {
namespace {

registry::PartId IdOf(const SealUnder& under, int64_t version,
                      model::v1::DataClass data_class) {
  return {.stream = under.stream,
          .version = version,
          .data_class = static_cast<int>(data_class)};
}

absl::StatusOr<PlainClassPart> OpenPart(const SealUnder& under, int64_t version,
                                        const event::v1::SealedPart& sealed) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string plain,
      under.sealer.Open({.key = under.key,
                         .part = IdOf(under, version, sealed.data_class()),
                         .bytes = sealed.ciphertext()}));
  PlainClassPart part{.data_class = sealed.data_class()};
  if (!part.part.ParseFromString(plain)) {
    return absl::DataLossError("a sealed part opens to no part");
  }
  return part;
}

// Those of the classes `wanted` says so of.
template <typename Wanted>
absl::StatusOr<std::vector<PlainClassPart>> OpenThose(
    const SealUnder& under, const event::v1::EventHeader& header,
    Wanted wanted) {
  std::vector<PlainClassPart> opened;
  for (const event::v1::SealedPart& sealed : header.sealed()) {
    if (!wanted(sealed.data_class())) continue;
    CAREROUTE_ASSIGN_OR_RETURN(PlainClassPart part,
                               OpenPart(under, header.version(), sealed));
    opened.push_back(std::move(part));
  }
  return opened;
}

}  // namespace

void SealPart(const SealUnder& under, model::v1::DataClass data_class,
              const event::v1::PlainPart& part,
              event::v1::EventHeader& header) {
  const std::string plain = part.SerializeAsString();
  event::v1::SealedPart& sealed = *header.add_sealed();
  sealed.set_data_class(data_class);
  sealed.set_person(under.person.Bytes());
  sealed.set_ciphertext(
      under.sealer.Seal({.key = under.key,
                         .part = IdOf(under, header.version(), data_class),
                         .bytes = plain}));
}

absl::StatusOr<std::vector<PlainClassPart>> OpenPartsOf(
    access::DataClassSet classes, const SealUnder& under,
    const event::v1::EventHeader& header) {
  return OpenThose(under, header, [classes](model::v1::DataClass one) {
    return classes.Contains(one);
  });
}

absl::StatusOr<std::vector<PlainClassPart>> OpenParts(
    const SealUnder& under, const event::v1::EventHeader& header) {
  return OpenThose(under, header, [](model::v1::DataClass) { return true; });
}

}  // namespace careroute::engine
