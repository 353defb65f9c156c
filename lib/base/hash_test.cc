#include "lib/base/hash.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace careroute::base {
namespace {

// The examples of FIPS 180-4.
TEST(Sha256, GivesThePublishedValues) {
  struct Row {
    std::string input;
    std::string hex;
  };
  const Row rows[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {std::string(1000000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const Row& row : rows) {
    const std::string hash = Sha256(row.input);
    EXPECT_EQ(hash.size(), kSha256Size);
    EXPECT_EQ(absl::BytesToHexString(hash), row.hex);
  }
}

TEST(Sha256Hasher, DoesNotDependOnHowTheBytesAreCut) {
  const std::string bytes = "one text of some length, cut anywhere";
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    Sha256Hasher hasher;
    hasher.Update(bytes.substr(0, cut));
    hasher.Update(bytes.substr(cut));
    EXPECT_EQ(hasher.Finish(), Sha256(bytes));
  }
}

TEST(Sha256Hasher, CarriesItsStateWhenMoved) {
  Sha256Hasher first;
  first.Update("a");
  Sha256Hasher second = std::move(first);
  second.Update("bc");
  EXPECT_EQ(second.Finish(), Sha256("abc"));
}

TEST(Sha256HasherDeathTest, RefusesASecondFinish) {
  Sha256Hasher hasher;
  (void)hasher.Finish();
  EXPECT_DEATH((void)hasher.Finish(), "check failed");
}

}  // namespace
}  // namespace careroute::base
