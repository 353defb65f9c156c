#include "services/command/mock_deed_words.h"

#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::v1::MockDeed;

MockDeed Acceptance() {
  MockDeed deed;
  deed.mutable_time()->set_seconds(1'740'960'000);  // 2025-03-03 00:00 UTC
  deed.set_referral("cases/1/referrals/2");
  deed.set_step("issue_referral");
  deed.set_rule("first");
  deed.set_act("accept");
  deed.set_sending(testing::v1::MOCK_SENDING_FIRST);
  return deed;
}

TEST(MockDeedWords, OneLineOfColumns) {
  EXPECT_EQ(WordsOf(Acceptance(), Wall("en", 600)),
            "2025-03-03 10:00  accept           issue_referral      "
            "first           cases/1/referrals/2  done\n");
}

TEST(MockDeedWords, TellsARefusalOfARepeatInBothLanguages) {
  MockDeed deed = Acceptance();
  deed.set_sending(testing::v1::MOCK_SENDING_ANEW);
  deed.set_refused("ERROR_REASON_WRONG_STATE");
  deed.set_why("already\naccepted");
  EXPECT_THAT(WordsOf(deed, Wall("en", 0)),
              EndsWith("another request: refused ERROR_REASON_WRONG_STATE: "
                       "already accepted\n"));
  EXPECT_THAT(WordsOf(deed, Wall("ru", 0)), HasSubstr("ещё один запрос: "));
}

TEST(MockDeedWords, SaysThatNoRuleFits) {
  MockDeed deed = Acceptance();
  deed.set_act("came");
  deed.clear_rule();
  deed.clear_sending();
  EXPECT_THAT(WordsOf(deed, Wall("en", 0)), EndsWith("no rule fits\n"));
}

TEST(MockDeedWords, AJsonObjectStandsOnOneLine) {
  const absl::StatusOr<std::string> line = JsonLine(Acceptance());
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(*line,
            "{\"time\":\"2025-03-03T00:00:00Z\","
            "\"referral\":\"cases/1/referrals/2\",\"step\":\"issue_referral\","
            "\"rule\":\"first\",\"act\":\"accept\","
            "\"sending\":\"MOCK_SENDING_FIRST\"}\n");
}

// A hub that is none may answer any number.
TEST(MockDeedWords, HaveNoJsonForATimeThatIsNone) {
  MockDeed deed = Acceptance();
  deed.mutable_time()->set_seconds(int64_t{1} << 60);
  EXPECT_TRUE(absl::IsDataLoss(JsonLine(deed).status()));
}

}  // namespace
}  // namespace careroute::services
