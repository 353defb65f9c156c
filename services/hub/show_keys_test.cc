#include "services/hub/show_keys.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/registry/public_key.h"

namespace careroute::services {
namespace {

using registry::Key;
using registry::KeyUse;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ShowKeys, ShowsEveryKeyAndNoSecret) {
  base::SeededRandom random(5);
  const absl::Time made = absl::FromUnixSeconds(1745000000);
  registry::KeyRing ring = registry::KeyRing::Generate(random, made);
  ASSERT_TRUE(
      ring.Rotate(KeyUse::kSigning, random, made + absl::Hours(48)).ok());
  const std::string shown = ShowKeys(ring, made + absl::Hours(72), Screen());
  for (const Key& key : ring.keys()) {
    EXPECT_THAT(shown, HasSubstr(registry::KeyIdHex(key.id)));
    if (key.secret.empty()) continue;
    EXPECT_THAT(shown, Not(HasSubstr(std::string(key.secret.view().data(),
                                                 key.secret.size()))));
  }
  EXPECT_THAT(shown, HasSubstr("3 days"));
  EXPECT_THAT(shown, HasSubstr("1 day "));
  EXPECT_THAT(shown, HasSubstr("2025-04-18"));
}

TEST(ShowKeys, PrintsTheLinesForPeersTheActiveOneFirst) {
  base::SeededRandom random(5);
  registry::KeyRing ring =
      registry::KeyRing::Generate(random, absl::UnixEpoch());
  const std::string before = SigningKeyLine(ring);
  ASSERT_TRUE(ring.Rotate(KeyUse::kSigning, random, absl::UnixEpoch()).ok());
  EXPECT_THAT(ShowKeys(ring, absl::UnixEpoch(), Screen()),
              HasSubstr(absl::StrCat(SigningKeyLine(ring), "\n", before)));
  EXPECT_TRUE(registry::ParsePublicKey(before).ok());
}

}  // namespace
}  // namespace careroute::services
