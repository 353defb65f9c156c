#include "lib/registry/key_ring_format.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/registry/internal/ed25519.h"

namespace careroute::registry {
namespace {

constexpr absl::string_view kTitle = "careroute key-ring ";
constexpr int kVersion = 1;
constexpr absl::string_view kTimeFormat = "%Y-%m-%dT%H:%M:%SZ";
// The longest line there is, with room to spare.
constexpr size_t kLineMax = 160;
constexpr absl::string_view kHexDigits = "0123456789abcdef";

// In the order of kKeyUses.
constexpr absl::string_view kUseNames[] = {"wrapping", "blind-index",
                                           "signing"};

void AppendHex(absl::string_view bytes, std::string& text) {
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text.push_back(kHexDigits[value >> 4]);
    text.push_back(kHexDigits[value & 15]);
  }
}

absl::string_view UseName(KeyUse use) {
  return kUseNames[static_cast<size_t>(use)];
}

std::optional<KeyUse> UseNamed(absl::string_view name) {
  const auto* const found =
      std::find(std::begin(kUseNames), std::end(kUseNames), name);
  if (found == std::end(kUseNames)) {
    return std::nullopt;
  }
  return kKeyUses[found - std::begin(kUseNames)];
}

std::optional<uint64_t> HexNumber(absl::string_view hex) {
  if (hex.size() != 16) {
    return std::nullopt;
  }
  uint64_t number = 0;
  for (const char digit : hex) {
    const size_t value = kHexDigits.find(digit);
    if (value == absl::string_view::npos) {
      return std::nullopt;
    }
    number = number << 4 | value;
  }
  return number;
}

std::optional<Secret> HexKey(absl::string_view hex) {
  if (hex.size() != 2 * kKeySize) {
    return std::nullopt;
  }
  Secret key = Secret::CopyOf(hex.substr(0, kKeySize));
  for (size_t i = 0; i < kKeySize; ++i) {
    const size_t high = kHexDigits.find(hex[2 * i]);
    const size_t low = kHexDigits.find(hex[2 * i + 1]);
    if (high == absl::string_view::npos || low == absl::string_view::npos) {
      return std::nullopt;
    }
    key.data()[i] = static_cast<unsigned char>(high << 4 | low);
  }
  return key;
}

std::string WriteTime(absl::Time time) {
  return absl::FormatTime(kTimeFormat, time, absl::UTCTimeZone());
}

std::optional<absl::Time> ReadTime(absl::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(kTimeFormat, text, absl::UTCTimeZone(), &time, &error) ||
      WriteTime(time) != text) {
    return std::nullopt;
  }
  return time;
}

void AppendKey(const Key& key, std::string& text) {
  absl::StrAppend(&text, UseName(key.use), key.active ? " active " : " old ",
                  KeyIdHex(key.id), " ", WriteTime(key.created), " ");
  AppendHex(key.secret.empty() ? absl::string_view(key.public_key)
                               : key.secret.view(),
            text);
  text.push_back('\n');
}

// Puts the 32 bytes of the line where they belong.
void FillKey(Secret bytes, Key& key) {
  if (key.use == KeyUse::kSigning && !key.active) {
    key.public_key = std::string(bytes.view());
    return;
  }
  if (key.use == KeyUse::kSigning) {
    key.public_key = internal::Ed25519PublicKey(bytes);
  }
  key.secret = std::move(bytes);
}

std::optional<Key> ReadKey(absl::string_view line) {
  const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  if (words.size() != 5 || (words[1] != "active" && words[1] != "old")) {
    return std::nullopt;
  }
  const std::optional<KeyUse> use = UseNamed(words[0]);
  const std::optional<uint64_t> id = HexNumber(words[2]);
  const std::optional<absl::Time> created = ReadTime(words[3]);
  std::optional<Secret> bytes = HexKey(words[4]);
  if (!use || !id || !created || !bytes) {
    return std::nullopt;
  }
  Key key;
  key.use = *use;
  key.active = words[1] == "active";
  key.id = *id;
  key.created = *created;
  FillKey(*std::move(bytes), key);
  return key;
}

std::string EndLine(size_t keys, absl::string_view before) {
  std::string line = absl::StrCat("end ", keys, " ");
  AppendHex(base::Sha256(before), line);
  line.push_back('\n');
  return line;
}

absl::Status CheckTitle(absl::string_view line) {
  int version = 0;
  if (!absl::ConsumePrefix(&line, kTitle) ||
      !absl::SimpleAtoi(line, &version) || version < 1) {
    return absl::InvalidArgumentError(
        "this is not a key-ring: line 1 is not \"careroute key-ring N\"; name "
        "the file that `careroute init` made");
  }
  if (version > kVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the key-ring has format ", version, ", this release reads up to ",
        kVersion, "; use the release that wrote it or a newer one"));
  }
  return absl::OkStatus();
}

absl::Status Altered() {
  return absl::DataLossError(
      "the key-ring is cut off or was altered: its last line does not fit what "
      "stands before it; restore it from its backup");
}

}  // namespace

Secret SerialiseKeyRing(const KeyRing& ring) {
  std::string text;
  // Reserved whole: growing would leave a copy of the keys behind.
  text.reserve(kLineMax * (ring.keys().size() + 2));
  absl::StrAppend(&text, kTitle, kVersion, "\n");
  for (const Key& key : ring.keys()) {
    AppendKey(key, text);
  }
  text.append(EndLine(ring.keys().size(), text));
  Secret secret = Secret::CopyOf(text);
  Wipe(text);
  return secret;
}

absl::StatusOr<KeyRing> ParseKeyRing(absl::string_view text) {
  if (text.size() > kLineMax * (kKeysMax + 2)) {
    return absl::InvalidArgumentError(
        "this is not a key-ring: it is too large; name the file that "
        "`careroute init` made");
  }
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  CAREROUTE_RETURN_IF_ERROR(CheckTitle(lines.front()));
  // Title, keys, end, and nothing after the last line feed.
  if (lines.size() < 3 || !lines.back().empty()) {
    return Altered();
  }
  const size_t count = lines.size() - 3;
  const size_t end_size = lines[lines.size() - 2].size() + 1;
  const absl::string_view before = text.substr(0, text.size() - end_size);
  if (text.substr(before.size()) != EndLine(count, before)) {
    return Altered();
  }
  std::vector<Key> keys;
  for (size_t i = 1; i <= count; ++i) {
    std::optional<Key> key = ReadKey(lines[i]);
    if (!key.has_value()) {
      return absl::DataLossError(
          absl::StrCat("the key-ring's line ", i + 1,
                       " is not a key; restore it from its backup"));
    }
    keys.push_back(*std::move(key));
  }
  return KeyRing::FromKeys(std::move(keys));
}

}  // namespace careroute::registry
