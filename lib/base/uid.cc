#include "lib/base/uid.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "lib/base/hash.h"

namespace careroute::base {
namespace {

constexpr size_t kByteSize = 16;
constexpr size_t kHexDigits = 2 * kByteSize;

void AppendBigEndian(uint64_t word, std::string& bytes) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((word >> shift) & 0xff));
  }
}

uint64_t ReadBigEndian(absl::string_view bytes) {
  uint64_t word = 0;
  for (const char byte : bytes.substr(0, 8)) {
    word = (word << 8) | static_cast<uint8_t>(byte);
  }
  return word;
}

void AppendHex(uint64_t word, std::string& digits) {
  for (int shift = 60; shift >= 0; shift -= 4) {
    digits.push_back("0123456789abcdef"[(word >> shift) & 0xf]);
  }
}

bool IsLowerHex(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
         (c >= 'a' && c <= 'f');
}

uint64_t ReadHex(absl::string_view digits) {
  uint64_t word = 0;
  for (const char c : digits) {
    const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
    word = (word << 4) | static_cast<uint64_t>(digit);
  }
  return word;
}

}  // namespace

std::string Uid::Hex() const {
  std::string digits;
  digits.reserve(kHexDigits);
  AppendHex(high, digits);
  AppendHex(low, digits);
  return digits;
}

std::string Uid::Bytes() const {
  std::string bytes;
  bytes.reserve(kByteSize);
  AppendBigEndian(high, bytes);
  AppendBigEndian(low, bytes);
  return bytes;
}

Uid NewUid(Random& random) {
  const uint64_t high = random.Next();
  return Uid{.high = high, .low = random.Next()};
}

std::vector<Uid> NewUids(Random& random, size_t count) {
  std::vector<uint64_t> words(2 * count);
  random.Fill(words);
  std::vector<Uid> uids(count);
  for (size_t i = 0; i < count; ++i) {
    uids[i] = {.high = words[2 * i], .low = words[2 * i + 1]};
  }
  return uids;
}

Uid DeriveUid(std::initializer_list<absl::string_view> parts) {
  Sha256Hasher hasher;
  for (const absl::string_view part : parts) {
    // The length goes first, so that ("ab", "c") is not ("a", "bc").
    std::string length;
    AppendBigEndian(part.size(), length);
    hasher.Update(length);
    hasher.Update(part);
  }
  const std::string hash = hasher.Finish();
  const absl::string_view bytes = hash;
  return Uid{.high = ReadBigEndian(bytes),
             .low = ReadBigEndian(bytes.substr(8))};
}

absl::StatusOr<Uid> ParseUid(absl::string_view hex) {
  if (hex.size() != kHexDigits ||
      !std::all_of(hex.begin(), hex.end(), IsLowerHex)) {
    return absl::InvalidArgumentError(
        "an id is 32 lower-case hexadecimal digits");
  }
  return Uid{.high = ReadHex(hex.substr(0, 16)),
             .low = ReadHex(hex.substr(16))};
}

absl::StatusOr<Uid> UidFromBytes(absl::string_view bytes) {
  if (bytes.size() != kByteSize) {
    return absl::InvalidArgumentError("a stored id is 16 bytes");
  }
  return Uid{.high = ReadBigEndian(bytes),
             .low = ReadBigEndian(bytes.substr(8))};
}

}  // namespace careroute::base
