#include "lib/measures/entitlement.h"

#include <string>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/pathway/testing/fake_case_view.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::measures {
namespace {

using model::v1::SupportMeasure;
using pathway::testing::FakeCaseView;
using pathway::testing::SmallEdition;

SupportMeasure Measure(const std::string& text) {
  SupportMeasure measure;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &measure));
  return measure;
}

const absl::Time kNow =
    absl::FromCivil(absl::CivilDay(2026, 3, 2), absl::UTCTimeZone());

TEST(EntitlementOf, AnswersYesNoAndNotKnown) {
  const SupportMeasure measure = Measure(
      "id: 'a' entitled { fact { fact: 'place' is { values: 'home' } } }");
  FakeCaseView view(kNow);
  EXPECT_EQ(EntitlementOf(measure, view), model::v1::ENTITLEMENT_NOT_KNOWN);
  view.SetChoice("place", {}, "hospital");
  EXPECT_EQ(EntitlementOf(measure, view), model::v1::ENTITLEMENT_NO);
  view.SetChoice("place", {}, "home");
  EXPECT_EQ(EntitlementOf(measure, view), model::v1::ENTITLEMENT_YES);
}

TEST(EntitlementOf, IsEverybodysWithoutACondition) {
  EXPECT_EQ(EntitlementOf(Measure("id: 'a'"), FakeCaseView(kNow)),
            model::v1::ENTITLEMENT_YES);
}

TEST(EntitlementOf, WaitsForTheBirthDate) {
  const SupportMeasure measure =
      Measure("id: 'a' entitled { age { at_least { years: 80 } } }");
  FakeCaseView view(kNow);
  EXPECT_EQ(EntitlementOf(measure, view), model::v1::ENTITLEMENT_NOT_KNOWN);
  view.SetBirthDate(absl::CivilDay(1946, 3, 2));
  EXPECT_EQ(EntitlementOf(measure, view), model::v1::ENTITLEMENT_YES);
}

TEST(Concerns, AsksThatThePathwayDeclareEveryFact) {
  const auto edition = SmallEdition();
  EXPECT_TRUE(Concerns(
      Measure("id: 'a' entitled { fact { fact: 'place' recorded: true } }"),
      *edition));
  EXPECT_FALSE(Concerns(
      Measure("id: 'a' entitled { any { of { fact { fact: 'place' recorded: "
              "true } } of { fact { fact: 'income' recorded: true } } } }"),
      *edition));
}

// "Is not" a value the pathway does not have would be true of everybody.
TEST(Concerns, AsksThatThePathwayKnowTheValues) {
  const auto edition = SmallEdition();
  EXPECT_TRUE(Concerns(Measure("id: 'a' entitled { fact { fact: 'place' "
                               "is_not { values: 'hospital' } } }"),
                       *edition));
  EXPECT_FALSE(Concerns(Measure("id: 'a' entitled { fact { fact: 'place' "
                                "is_not { values: 'moon' } } }"),
                        *edition));
}

TEST(Concerns, KeepsToThePathwaysNamed) {
  const auto edition = SmallEdition();
  EXPECT_TRUE(
      Concerns(Measure("id: 'a' pathways: ['other', 'small']"), *edition));
  EXPECT_FALSE(Concerns(Measure("id: 'a' pathways: 'other'"), *edition));
}

TEST(IsOpenOn, CountsBothEnds) {
  const SupportMeasure measure =
      Measure("id: 'a' valid_from: '2026-01-01' valid_to: '2026-12-31'");
  EXPECT_FALSE(IsOpenOn(measure, absl::CivilDay(2025, 12, 31)));
  EXPECT_TRUE(IsOpenOn(measure, absl::CivilDay(2026, 1, 1)));
  EXPECT_TRUE(IsOpenOn(measure, absl::CivilDay(2026, 12, 31)));
  EXPECT_FALSE(IsOpenOn(measure, absl::CivilDay(2027, 1, 1)));
  EXPECT_TRUE(IsOpenOn(Measure("id: 'a'"), absl::CivilDay(1999, 1, 1)));
}

}  // namespace
}  // namespace careroute::measures
