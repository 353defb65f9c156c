// Support measures and the card of the stage on a route.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/route.h"
#include "lib/engine/testing/route_sample.h"

namespace careroute::engine {
namespace {

using model::v1::Route;
using model::v1::RouteMeasure;
using testing::At;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RouteMeasuresTest : public ::testing::Test {
 protected:
  Route Build() { return sample_.Build(); }

  std::vector<std::string> Names() {
    std::vector<std::string> names;
    const Route route = Build();
    for (const RouteMeasure& one : route.measures()) {
      names.push_back(one.measure());
    }
    return names;
  }

  void Put(casework::FactRecord fact) {
    fact.happened = At(4, 2);
    Forget(fact.fact);
    const auto at =
        std::find_if(state_.facts.begin(), state_.facts.end(),
                     [&](const auto& one) { return one.fact > fact.fact; });
    state_.facts.insert(at, std::move(fact));
  }
  void Forget(const std::string& fact) {
    std::erase_if(state_.facts,
                  [&](const auto& one) { return one.fact == fact; });
  }
  void Say(const std::string& fact, bool truth) {
    Put({.fact = fact, .kind = pathway::FactKind::kTruth, .truth = truth});
  }
  void Happen(const std::string& event) {
    Put({.fact = "life_event",
         .kind = pathway::FactKind::kChoice,
         .text = event});
  }
  void Stand(const std::string& measure, model::v1::MeasureState state) {
    state_.measures.push_back(
        {.measure = measure, .state = state, .happened = At(4, 3)});
  }

  testing::RouteSample sample_;
  casework::Case& state_ = sample_.state;
};

// The place is at home, the income is no fact of the pathway, one is over.
TEST_F(RouteMeasuresTest, OffersWhatTheFamilyHasOrMayHaveARightTo) {
  const Route route = Build();
  EXPECT_THAT(Names(), ElementsAre("benefit", "travel", "capital"));
  EXPECT_EQ(route.measures(0).entitlement(), model::v1::ENTITLEMENT_YES);
  EXPECT_EQ(route.measures(2).entitlement(), model::v1::ENTITLEMENT_NOT_KNOWN);
  EXPECT_FALSE(route.measures(0).has_record());
  EXPECT_THAT(route.measures(0).papers(),
              ElementsAre("Passport", "Certificate"));
  EXPECT_EQ(route.measures(1).term(), "10 working days");
  EXPECT_EQ(route.measures(0).source().act(), "Act 1, article 2");
}

TEST_F(RouteMeasuresTest, PutsThoseOfTheLastLifeEventFirst) {
  Happen("new_level");
  EXPECT_THAT(Names(), ElementsAre("travel", "benefit"));
}

TEST_F(RouteMeasuresTest, MarksWhatWasCheckedLongAgo) {
  const Route route = Build();
  EXPECT_FALSE(route.measures(0).stale());
  EXPECT_TRUE(route.measures(1).stale());
  EXPECT_EQ(route.measures(1).checked_on(), "2024-01-15");
}

TEST_F(RouteMeasuresTest, ShowsToldOnesFirstAsTheyStand) {
  Stand("travel", model::v1::MEASURE_STATE_APPLIED);
  const Route route = Build();
  EXPECT_THAT(Names(), ElementsAre("travel", "benefit", "capital"));
  EXPECT_EQ(route.measures(0).record().state(),
            model::v1::MEASURE_STATE_APPLIED);
}

// What was granted is not taken away by a list that no longer has it.
TEST_F(RouteMeasuresTest, KeepsWhatWasToldThoughNoSetHasIt) {
  Stand("withdrawn-measure", model::v1::MEASURE_STATE_GRANTED);
  sample_.options.measures = nullptr;
  const Route route = Build();
  ASSERT_THAT(route.measures(), SizeIs(1));
  EXPECT_EQ(route.measures(0).title(), "withdrawn-measure");
}

TEST_F(RouteMeasuresTest, KeepsWhatWasToldThoughTheRightHasEnded) {
  Stand("hospital-help", model::v1::MEASURE_STATE_INFORMED);
  EXPECT_EQ(Build().measures(0).entitlement(), model::v1::ENTITLEMENT_NO);
}

TEST_F(RouteMeasuresTest, SaysHowToAppealAgainstARefusal) {
  Stand("travel", model::v1::MEASURE_STATE_REFUSED);
  EXPECT_EQ(Build().measures(0).term(), "may appeal: Dispute");
  sample_.options.for_family = true;
  EXPECT_EQ(Build().measures(0).term(),
            "You disagree: write to us, and the decision is looked at again.");
}

TEST_F(RouteMeasuresTest, OffersNothingAfterALossOrWhenQuietIsAsked) {
  Stand("travel", model::v1::MEASURE_STATE_APPLIED);
  Say("loss_in_family", true);
  EXPECT_THAT(Names(), ElementsAre("travel"));
  Forget("loss_in_family");
  Say("quiet_asked", true);
  EXPECT_THAT(Names(), ElementsAre("travel"));
  Say("quiet_asked", false);
  EXPECT_THAT(Names(), SizeIs(3));
}

TEST_F(RouteMeasuresTest, ShowsNothingToWhomSocialDataIsHidden) {
  Stand("travel", model::v1::MEASURE_STATE_APPLIED);
  sample_.options.visible = access::DataClassSet::All().Without(
      access::DataClassSet{model::v1::DATA_CLASS_SOCIAL});
  EXPECT_THAT(Build().measures(), IsEmpty());
}

// That a right exists would tell the fact it hangs on.
TEST_F(RouteMeasuresTest, DoesNotGiveAwayAFactTheCallerMayNotSee) {
  Put({.fact = "place_now",
       .kind = pathway::FactKind::kChoice,
       .text = "hospital"});
  EXPECT_THAT(Names(),
              ElementsAre("benefit", "travel", "hospital-help", "capital"));
  sample_.options.visible = access::DataClassSet::All().Without(
      access::DataClassSet{model::v1::DATA_CLASS_MEDICAL});
  EXPECT_THAT(Names(), ElementsAre("benefit", "travel", "capital"));
}

TEST_F(RouteMeasuresTest, NamesAMeasureToTheFamilyAsTheOfficeDoesAndPlainly) {
  sample_.options.for_family = true;
  EXPECT_EQ(Build().measures(0).title(), "Benefit. Money once. Apply for it.");
}

TEST_F(RouteMeasuresTest, BringsTheCardOfTheStageReached) {
  EXPECT_EQ(Build().header().stage_card(),
            "Now. We look for somebody who helps.\n"
            "Whom to call. The coordinator.");
}

TEST_F(RouteMeasuresTest, HasNoCardWhereThePathwayHasNone) {
  state_.occurrences[0].step = "delivery";
  EXPECT_EQ(Build().header().stage_title(), "Help");
  EXPECT_EQ(Build().header().stage_card(), "");
}

}  // namespace
}  // namespace careroute::engine
