#include "lib/registry/sealer.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace careroute::registry {
namespace {

void AppendBigEndian(uint64_t number, std::string& bytes) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((number >> shift) & 0xff));
  }
}

// Fixed sizes throughout, so that no two parts share their associated data.
// Stored parts depend on it: it changes only with the version byte.
std::string Associated(const PartId& part) {
  std::string associated =
      absl::StrCat("careroute part 1", part.stream.Bytes());
  AppendBigEndian(static_cast<uint64_t>(part.version), associated);
  AppendBigEndian(static_cast<uint64_t>(part.data_class), associated);
  return associated;
}

}  // namespace

std::string Sealer::Seal(const Input& input) {
  return aead_.Seal({.key = input.key.bytes(),
                     .associated = Associated(input.part),
                     .bytes = input.bytes});
}

absl::StatusOr<std::string> Sealer::Open(const Input& input) {
  std::optional<std::string> plain =
      aead_.Open({.key = input.key.bytes(),
                  .associated = Associated(input.part),
                  .bytes = input.bytes});
  if (!plain.has_value()) {
    return absl::DataLossError(absl::StrCat(
        "a sealed part of event ", input.part.version, " of stream ",
        input.part.stream.Hex(),
        " does not open: it was altered or moved, or the person's key is "
        "another; run `careroute fsck` and restore from a backup"));
  }
  return *std::move(plain);
}

}  // namespace careroute::registry
