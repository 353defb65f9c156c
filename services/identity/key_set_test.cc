// Which keys of an issuer count.

#include "services/identity/key_set.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "services/identity/testing/test_issuer.h"

namespace careroute::services {
namespace {

std::string OneKey() {
  TestIssuer issuer;
  issuer.AddKey("a", kEs256);
  return issuer.KeySetText();
}

std::string With(const std::string& text, const std::string& field) {
  return absl::StrReplaceAll(
      text, {{"{\"kty", absl::StrCat("{", field, ",", "\"kty")}});
}

TEST(KeySet, FindsAKeyByItsId) {
  const auto keys = KeySet::Parse(OneKey());
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_NE((*keys)->Find("a"), nullptr);
  EXPECT_EQ((*keys)->Find("a")->algorithm, kEs256);
  EXPECT_EQ((*keys)->Find("b"), nullptr);
}

TEST(KeySet, TakesAKeyOnlyForWhatItIsMeant) {
  const std::string text = OneKey();
  EXPECT_TRUE(KeySet::Parse(With(text, R"("use":"sig","alg":"ES256")")).ok());
  EXPECT_FALSE(KeySet::Parse(With(text, R"("use":"enc")")).ok());
  EXPECT_FALSE(KeySet::Parse(With(text, R"("alg":"RS256")")).ok());
}

// Who published a shared secret would have told everybody how to sign.
TEST(KeySet, PassesOverSecretsAndKindsItDoesNotKnow) {
  const std::string own = OneKey();
  const std::string others =
      R"({"kty":"oct","kid":"s","k":"c2VjcmV0"},)"
      R"({"kty":"OKP","crv":"Ed25519","kid":"e","x":"AA"},{"kid":7},7)";
  const auto keys = KeySet::Parse(
      absl::StrReplaceAll(own, {{"[{", absl::StrCat("[", others, ",{")}}));
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_NE((*keys)->Find("a"), nullptr);
  EXPECT_EQ((*keys)->Find("s"), nullptr);
  EXPECT_EQ((*keys)->Find("e"), nullptr);
}

TEST(KeySet, SaysWhatIsWrongWithWhatIsNoSet) {
  for (const std::string& wrong :
       {std::string(), std::string("{}"), std::string("[]"),
        std::string(R"({"keys":{}})"), std::string(R"({"keys":[]})"),
        std::string(R"({"keys":[{"kty":"oct","kid":"s","k":"c2VjcmV0"}]})"),
        std::string(kKeySetBytesMax + 1, ' ')}) {
    const auto keys = KeySet::Parse(wrong);
    EXPECT_TRUE(absl::IsInvalidArgument(keys.status()));
    EXPECT_FALSE(keys.status().message().empty());
  }
}

TEST(KeySet, RefusesTwoKeysOfOneId) {
  const std::string text = OneKey();
  const std::string key =
      text.substr(text.find('[') + 1, text.rfind(']') - text.find('[') - 1);
  EXPECT_FALSE(
      KeySet::Parse(absl::StrCat("{\"keys\":[", key, ",", key, "]}")).ok());
}

}  // namespace
}  // namespace careroute::services
