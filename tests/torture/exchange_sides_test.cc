// A judge that lets everything pass would show nothing.

#include "tests/torture/exchange_sides.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

using model::v1::Referral;
using ::testing::HasSubstr;

Referral Of(const std::string& text) {
  Referral referral;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "name: 'cases/1/referrals/1' " + text, &referral));
  return referral;
}

TEST(ExchangeSides, BothHubsSayWhereAReferralStands) {
  const Referral accepted = Of("state: REFERRAL_STATE_ACCEPTED");
  const Referral received = Of("state: REFERRAL_STATE_RECEIVED");
  EXPECT_TRUE(CompareSides({.east = accepted, .west = accepted}).ok());
  EXPECT_THAT(
      std::string(CompareSides({.east = received, .west = accepted}).message()),
      HasSubstr("RECEIVED at east and REFERRAL_STATE_ACCEPTED"));
}

TEST(ExchangeSides, AnotherOutcomeIsAnotherState) {
  EXPECT_FALSE(CompareSides({.east = Of("state: REFERRAL_STATE_COMPLETED"),
                             .west = Of("state: REFERRAL_STATE_COMPLETED "
                                        "outcome: 'done'")})
                   .ok());
}

TEST(ExchangeSides, AnEntryThatIsMissingIsNamed) {
  const Referral one = Of("performance { sequence: 1 }");
  const Referral two =
      Of("performance { sequence: 1 } "
         "performance { sequence: 2 }");
  EXPECT_THAT(std::string(CompareSides({.east = one, .west = two}).message()),
              HasSubstr("1 entries at east and 2 at west"));
}

TEST(ExchangeSides, APerformanceHasNoGapAndEndsOnce) {
  EXPECT_TRUE(
      CheckPerformance(
          Of("performance { sequence: 1 move: REFERRAL_MOVE_ACCEPTED } "
             "performance { sequence: 2 move: REFERRAL_MOVE_COMPLETED }"))
          .ok());
  EXPECT_FALSE(CheckPerformance(Of("performance { sequence: 1 } "
                                   "performance { sequence: 3 }"))
                   .ok());
  EXPECT_FALSE(CheckPerformance(Of("performance { sequence: 1 } "
                                   "performance { sequence: 1 }"))
                   .ok());
  EXPECT_FALSE(
      CheckPerformance(
          Of("performance { sequence: 1 move: REFERRAL_MOVE_COMPLETED } "
             "performance { sequence: 2 move: REFERRAL_MOVE_CANCELLED }"))
          .ok());
}

TEST(ExchangeSides, WhoPerformsIsAtItUntilItEnds) {
  EXPECT_TRUE(IsOpen(Of("state: REFERRAL_STATE_ON_HOLD")));
  EXPECT_FALSE(IsOpen(Of("state: REFERRAL_STATE_REQUESTED")));
  EXPECT_FALSE(IsOpen(Of("state: REFERRAL_STATE_COMPLETED")));
}

TEST(ExchangeSides, OnlyWhatMayNotBeToldOrWasTakenBackMayBeAbsent) {
  EXPECT_TRUE(MayBeAbsent(Of("undelivered: 'withheld'")));
  EXPECT_TRUE(MayBeAbsent(Of("state: REFERRAL_STATE_CANCELLED")));
  EXPECT_FALSE(MayBeAbsent(Of("state: REFERRAL_STATE_REQUESTED")));
}

}  // namespace
}  // namespace careroute::tests
