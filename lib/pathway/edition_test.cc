#include "lib/pathway/edition.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using model::v1::Pathway;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

std::vector<std::string> StepsOf(const Edition& edition,
                                 absl::Span<const Launch> launches) {
  std::vector<std::string> ids;
  for (const Launch& launch : launches) {
    ids.push_back(edition.step(launch.step).id());
  }
  return ids;
}

// "kind step" of each rule.
std::vector<std::string> Kinds(const Edition& edition,
                               absl::Span<const Rule> rules) {
  static const char* const kNames[] = {
      "start",       "end",       "limit",     "recur",        "interrupt",
      "stop begins", "stop ends", "track set", "track cleared"};
  std::vector<std::string> kinds;
  for (const Rule& rule : rules) {
    std::string text = kNames[static_cast<int>(rule.kind)];
    if (rule.step >= 0) {
      text += " " + edition.step(rule.step).id();
    }
    kinds.push_back(text);
  }
  return kinds;
}

TEST(Edition, IsReadFromItsBytesAndKeepsThem) {
  const auto small = testing::SmallEdition();
  const auto again = Edition::FromBound(small->bytes(), small->hash());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ((*again)->bytes(), small->bytes());
  EXPECT_EQ((*again)->hash(), base::Sha256(small->bytes()));
}

TEST(Edition, RefusesBytesThatDoNotFitTheirHash) {
  const auto small = testing::SmallEdition();
  std::string bytes = small->bytes();
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_EQ(Edition::FromBound(bytes, small->hash()).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(Edition, RefusesWhatIsNotBound) {
  EXPECT_FALSE(
      Edition::FromBound(SerializeBound(testing::SmallPathway()), "").ok());
  Pathway with_uses;
  with_uses.add_uses()->set_id("use");
  EXPECT_FALSE(Edition::FromBound(SerializeBound(with_uses), "").ok());
  EXPECT_FALSE(Edition::FromBound("not a pathway", "").ok());
  EXPECT_FALSE(
      Edition::FromBound(std::string(Edition::kBoundBytesMax + 1, 'x'), "")
          .ok());
}

TEST(Edition, NumbersStepsInTheOrderWritten) {
  const auto small = testing::SmallEdition();
  EXPECT_EQ(small->step_count(), 10);
  EXPECT_EQ(small->StepIndex("begin"), 0);
  EXPECT_EQ(small->StepIndex("memory"), 9);
  EXPECT_EQ(small->StepIndex("nope"), -1);
  EXPECT_EQ(small->FindStep("nope"), nullptr);
  ASSERT_NE(small->FindOutcome("refer", "accepted"), nullptr);
  EXPECT_EQ(small->FindOutcome("refer", "nope"), nullptr);
  EXPECT_EQ(small->FindOutcome("nope", "accepted"), nullptr);
}

TEST(Edition, UnitesWhatAnOutcomeStartsWhoeverSaysIt) {
  const auto seven = testing::SevenPieces();
  EXPECT_THAT(StepsOf(*seven, seven->StartedByOutcome("contract", "signed")),
              ElementsAre("home_care"));
  EXPECT_NE(seven->StartedByOutcome("contract", "signed")[0].rule, nullptr);
  EXPECT_THAT(StepsOf(*seven, seven->StartedByOutcome("need_decision",
                                                      "in_need_residential")),
              ElementsAre("programme", "residential_placement"));
  EXPECT_NE(seven->StartedByOutcome("need_decision", "in_need_home")[0].next,
            nullptr);
  EXPECT_TRUE(seven->StartedByOutcome("need_decision", "nope").empty());
  EXPECT_TRUE(seven->StartedByOutcome("nope", "nope").empty());
}

TEST(Edition, FindsStartsFromOutside) {
  const auto seven = testing::SevenPieces();
  EXPECT_THAT(StepsOf(*seven, seven->StartedByEntry("applied")),
              ElementsAre("first_look"));
  EXPECT_THAT(StepsOf(*seven, seven->StartedAtEntry()),
              ElementsAre("transition"));
  EXPECT_THAT(StepsOf(*seven, seven->StartedByReportFlag("urgent")),
              ElementsAre("urgent_service"));
  // A day already past at entry.
  const auto small = testing::SmallEdition();
  EXPECT_THAT(StepsOf(*small, small->StartedAtEntry()),
              ElementsAre("check_up"));
  EXPECT_TRUE(small->StartedWithStep("begin").empty());
}

TEST(Edition, FindsWhatAFactMoves) {
  const auto seven = testing::SevenPieces();
  EXPECT_THAT(Kinds(*seven, seven->RulesOnFact("place_now")),
              UnorderedElementsAre("interrupt", "stop ends"));
  EXPECT_THAT(Kinds(*seven, seven->RulesOnFact("palliative")),
              UnorderedElementsAre("track set", "track cleared"));
  EXPECT_THAT(Kinds(*seven, seven->RulesOnFact("application_registered")),
              UnorderedElementsAre("limit typing", "start need_decision",
                                   "limit need_decision", "limit programme"));
  EXPECT_THAT(Kinds(*seven, seven->RulesOnFact("urgency")),
              UnorderedElementsAre("limit surgery_referral"));
  EXPECT_TRUE(seven->RulesOnFact("nope").empty());
}

TEST(Edition, FindsWhatAStepATrackAndADayMove) {
  const auto seven = testing::SevenPieces();
  EXPECT_THAT(Kinds(*seven, seven->RulesOnStep("transition")),
              UnorderedElementsAre("end delivery_beyond_three"));
  EXPECT_THAT(Kinds(*seven, seven->RulesOnStep("delivery")),
              UnorderedElementsAre("start transition"));
  EXPECT_THAT(Kinds(*seven, seven->RulesOnTrack("palliative")),
              UnorderedElementsAre("limit need_decision",
                                   "limit disability_examination"));
  EXPECT_THAT(
      Kinds(*seven, seven->RulesOnDate()),
      UnorderedElementsAre("start transition", "end delivery_beyond_three"));
  EXPECT_TRUE(seven->RulesOnConsent().empty());
  EXPECT_TRUE(seven->RulesOnCriterion().empty());
}

TEST(Edition, FindsTheRoleOfTheDay) {
  const auto seven = testing::SevenPieces();
  ASSERT_NE(seven->FindRole("assessor", absl::CivilDay(2022, 12, 31)), nullptr);
  EXPECT_EQ(seven->FindRole("assessor", absl::CivilDay(2022, 12, 31))->kind(),
            model::v1::AGENCY_KIND_SOCIAL);
  EXPECT_EQ(seven->FindRole("assessor", absl::CivilDay(2023, 1, 1))->kind(),
            model::v1::AGENCY_KIND_COORDINATION);
  EXPECT_EQ(seven->FindRole("nope", absl::CivilDay(2023, 1, 1)), nullptr);
}

TEST(Edition, ListsTheCriteriaInForce) {
  Pathway pathway = testing::SmallPathway();
  pathway.mutable_criteria(0)->set_valid_from("2025-03-01");
  pathway.mutable_criteria(0)->set_valid_to("2025-03-31");
  LoadedPathway loaded;
  loaded.pathway = pathway;
  LoadedOverlay overlay;
  overlay.overlay = testing::SmallOverlay();
  base::Problems problems;
  const auto bound = Bind(loaded, &overlay, problems);
  ASSERT_TRUE(bound.has_value()) << testing::Describe(problems);
  const auto edition = Edition::FromBound(SerializeBound(*bound), "");
  ASSERT_TRUE(edition.ok());
  EXPECT_EQ((*edition)->CriteriaOn(absl::CivilDay(2025, 2, 28)).size(), 0U);
  EXPECT_EQ((*edition)->CriteriaOn(absl::CivilDay(2025, 3, 1)).size(), 1U);
  EXPECT_EQ((*edition)->CriteriaOn(absl::CivilDay(2025, 3, 31)).size(), 1U);
  EXPECT_EQ((*edition)->CriteriaOn(absl::CivilDay(2025, 4, 1)).size(), 0U);
}

TEST(Edition, FindsInterruptsAndBringersOfFacts) {
  const auto seven = testing::SevenPieces();
  ASSERT_EQ(seven->InterruptsOf("home_care").size(), 1U);
  EXPECT_EQ(seven->InterruptsOf("home_care")[0]->id(), "hospital_stay");
  EXPECT_TRUE(seven->InterruptsOf("typing").empty());
  ASSERT_EQ(seven->StepsThatBring("application_registered").size(), 1U);
  EXPECT_EQ(
      seven->step(seven->StepsThatBring("application_registered")[0]).id(),
      "application");
}

TEST(Edition, FindsEverythingElseById) {
  const auto seven = testing::SevenPieces();
  EXPECT_NE(seven->FindFact("urgency"), nullptr);
  EXPECT_NE(seven->FindStopReason("person_away"), nullptr);
  EXPECT_NE(seven->FindTrack("palliative"), nullptr);
  EXPECT_NE(seven->FindEntry("found"), nullptr);
  EXPECT_NE(seven->FindEnding("died"), nullptr);
  EXPECT_NE(seven->FindInterrupt("hospital_stay"), nullptr);
  EXPECT_NE(seven->FindList("ltc-services"), nullptr);
  EXPECT_NE(seven->FindBinding("upper_age"), nullptr);
  EXPECT_NE(testing::SmallEdition()->FindCriterion("preterm"), nullptr);
  EXPECT_EQ(seven->FindFact("nope"), nullptr);
}

TEST(Edition, FallsBackToTheFirstLanguageAndThenToTheKey) {
  Pathway pathway = testing::SmallPathway();
  model::v1::TextTable* russian = pathway.add_texts();
  russian->set_language("ru");
  model::v1::TextEntry* entry = russian->add_entries();
  entry->set_key("step/review");
  entry->set_text("Пересмотр");
  entry->set_family("Вместе решим, что дальше");
  LoadedPathway loaded;
  loaded.pathway = pathway;
  LoadedOverlay overlay;
  overlay.overlay = testing::SmallOverlay();
  base::Problems problems;
  const auto bound = Bind(loaded, &overlay, problems);
  ASSERT_TRUE(bound.has_value());
  const auto made = Edition::FromBound(SerializeBound(*bound), "");
  ASSERT_TRUE(made.ok());
  const Edition& edition = **made;
  EXPECT_EQ(edition.Text("step/review", "ru"), "Пересмотр");
  EXPECT_EQ(edition.Text("step/review", "ru-RU"), "Пересмотр");
  EXPECT_EQ(edition.FamilyText("step/review", "ru"),
            "Вместе решим, что дальше");
  EXPECT_EQ(edition.Text("step/review", "de"), "Review");
  EXPECT_EQ(edition.FamilyText("step/review", "en"), "Review");
  EXPECT_EQ(edition.Text("step/refer", "ru"), "Refer");
  EXPECT_EQ(edition.Text("step/nope", "ru"), "step/nope");
}

}  // namespace
}  // namespace careroute::pathway
