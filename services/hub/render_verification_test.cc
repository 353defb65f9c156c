#include "services/hub/render_verification.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using engine::DamageKind;
using testing::HasSubstr;
using testing::Not;

constexpr store::StreamId kCase{.kind = store::StreamKind::kCase,
                                .id = {.high = 0, .low = 10}};

TEST(RenderVerification, NamesTheEntryAndWhatIsWrongWithIt) {
  VerificationPage page{.signatures = true, .witnesses = 2, .language = "en"};
  page.found.damages = {{kCase, 7, DamageKind::kChanged}};
  const std::string text = RenderVerification(page, Screen());
  EXPECT_THAT(text, HasSubstr("cases/0000000000000000000000000000000a"));
  EXPECT_THAT(text, HasSubstr("7"));
  EXPECT_THAT(text, HasSubstr("the entry, or its order, was changed"));
  EXPECT_THAT(text, HasSubstr("the records are damaged"));
  EXPECT_THAT(text, Not(HasSubstr("--witness")));
}

TEST(RenderVerification, SaysWhatItCouldNotLookAt) {
  VerificationPage page{.language = "ru"};
  page.found.verified = 12;
  page.found.not_yet_witnessed = 3;
  const std::string text = RenderVerification(page, Screen());
  EXPECT_THAT(text, HasSubstr("из них ещё не засвидетельствовано: 3"));
  EXPECT_THAT(text, HasSubstr("--witness"));
  EXPECT_THAT(text, HasSubstr("--signing-keys"));
  EXPECT_THAT(text, HasSubstr("всё цело"));
}

TEST(RenderVerification, TellsALossByRestoreFromDamage) {
  VerificationPage page{.signatures = true, .witnesses = 1, .language = "en"};
  page.found.forgotten = {{kCase, 7, DamageKind::kForgotten}};
  EXPECT_THAT(RenderVerification(page, Screen()),
              HasSubstr("lost when a backup was put back"));
  const absl::StatusOr<std::string> json = VerificationJson(page);
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_THAT(*json, HasSubstr("\"intact\": true"));
  EXPECT_THAT(*json, HasSubstr("\"FORGOTTEN\""));
}

}  // namespace
}  // namespace careroute::services
