#include "lib/registry/key_ring_format.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::registry {
namespace {

KeyRing RotatedRing() {
  base::SeededRandom random(7);
  KeyRing ring = KeyRing::Generate(random, absl::FromUnixMillis(1736380800250));
  for (const KeyUse use : kKeyUses) {
    EXPECT_TRUE(
        ring.Rotate(use, random, absl::FromUnixSeconds(1767916800)).ok());
  }
  return ring;
}

std::string Text(const KeyRing& ring) {
  return std::string(SerialiseKeyRing(ring).view());
}

absl::StatusCode CodeOf(absl::string_view text) {
  return ParseKeyRing(text).status().code();
}

TEST(KeyRingFormat, ReadsBackWhatItWrote) {
  const KeyRing ring = RotatedRing();
  const absl::StatusOr<KeyRing> read = ParseKeyRing(Text(ring));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, ring);
}

TEST(KeyRingFormat, IsTheFormOfVersionOne) {
  // A file of this form exists in the field: it must be read for ever.
  const KeyRing ring = RotatedRing();
  const std::string text = Text(ring);
  EXPECT_TRUE(absl::StartsWith(text, "careroute key-ring 1\nwrapping old "));
  EXPECT_TRUE(absl::StrContains(text, " 2025-01-09T00:00:00Z "));
  EXPECT_TRUE(absl::StrContains(text, "\nsigning active "));
  EXPECT_TRUE(absl::StrContains(text, "\nend 6 "));
  EXPECT_EQ(text.back(), '\n');
}

TEST(KeyRingFormat, NoticesAnyCut) {
  const std::string text = Text(RotatedRing());
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(ParseKeyRing(text.substr(0, size)).ok()) << "cut at " << size;
  }
}

TEST(KeyRingFormat, NoticesAnyByteChanged) {
  const std::string text = Text(RotatedRing());
  for (size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(ParseKeyRing(changed).ok()) << "changed at " << i;
  }
}

TEST(KeyRingFormat, NoticesTextAfterTheEnd) {
  EXPECT_EQ(CodeOf(Text(RotatedRing()) + "\n"), absl::StatusCode::kDataLoss);
}

TEST(KeyRingFormat, RefusesANewerVersionAndSaysWhatToDo) {
  const std::string newer = absl::StrReplaceAll(
      Text(RotatedRing()), {{"key-ring 1\n", "key-ring 2\n"}});
  const absl::Status status = ParseKeyRing(newer).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(absl::StrContains(status.message(), "newer"));
}

TEST(KeyRingFormat, RefusesWhatIsNoKeyRing) {
  EXPECT_EQ(CodeOf(""), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf("SQLite format 3"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf("careroute key-ring 0\n"),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(std::string(size_t{8} << 20, 'x')),
            absl::StatusCode::kInvalidArgument);
}

TEST(KeyRingFormat, NamesNoKeyInItsErrors) {
  std::string text = Text(RotatedRing());
  const std::string key = text.substr(text.find("Z ") + 2, 64);
  text[text.find("Z ") + 3] = 'x';
  const absl::Status status = ParseKeyRing(text).status();
  EXPECT_FALSE(absl::StrContains(status.message(), key.substr(8, 16)));
}

}  // namespace
}  // namespace careroute::registry
