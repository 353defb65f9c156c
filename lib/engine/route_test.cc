#include "lib/engine/route.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "lib/engine/route_words.h"
#include "lib/engine/testing/route_sample.h"

namespace careroute::engine {
namespace {

using model::v1::Route;
using model::v1::RouteRow;
using testing::At;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class BuildRouteTest : public ::testing::Test {
 protected:
  Route Build() { return sample_.Build(); }

  // The row of the occurrence; a default one when there is none.
  static RouteRow RowOf(const Route& route, int32_t occurrence) {
    const auto at = std::find_if(
        route.rows().begin(), route.rows().end(),
        [&](const RouteRow& one) { return one.occurrence() == occurrence; });
    return at == route.rows().end() ? RouteRow() : *at;
  }

  static std::vector<std::string> NextOf(const Route& route) {
    std::vector<std::string> steps;
    for (const RouteRow& row : route.rows()) {
      if (row.state() == model::v1::ROW_STATE_NEXT) steps.push_back(row.step());
    }
    return steps;
  }

  testing::RouteSample sample_;
  casework::Case& state_ = sample_.state;
  RouteOptions& options_ = sample_.options;
};

TEST_F(BuildRouteTest, PutsThePastFirstThenTheLiveThenTheNext) {
  std::vector<model::v1::RowState> states;
  const Route route = Build();
  for (const RouteRow& row : route.rows()) states.push_back(row.state());
  EXPECT_THAT(
      states,
      ElementsAre(model::v1::ROW_STATE_DONE, model::v1::ROW_STATE_NOW,
                  model::v1::ROW_STATE_NEXT, model::v1::ROW_STATE_NEXT,
                  model::v1::ROW_STATE_NEXT, model::v1::ROW_STATE_NEXT));
}

TEST_F(BuildRouteTest, HeadsThePageWithPersonPlaceAndPosts) {
  const model::v1::RouteHeader header = Build().header();
  EXPECT_EQ(header.stage_title(), "Start");
  EXPECT_EQ(header.place_now(), "at home");
  EXPECT_EQ(header.place_until(), "2025-04-15");
  ASSERT_THAT(header.representatives(), SizeIs(1));
  EXPECT_THAT(header.document_titles(), ElementsAre("Birth certificate"));
  ASSERT_THAT(header.carers(), SizeIs(1));
  EXPECT_EQ(header.carers(0).relation(), "grandmother");
  EXPECT_EQ(header.representatives(0).display_name(), "Иванова Мария");
  EXPECT_EQ(header.coordinator().title(), "Anna Orlova, Clinic 1");
  EXPECT_EQ(header.coordinator().phone(), "+7 900 000-00-02");
}

TEST_F(BuildRouteTest, NamesTheSettlementWhereNobodySaidWhereThePersonIs) {
  auto person = std::make_shared<OpenPerson>(*sample_.reading.person);
  model::v1::Identity& identity = *person->person.mutable_identity();
  identity.mutable_registered_at()->set_settlement("khabarovsk");
  sample_.reading.person = person;
  EXPECT_EQ(Build().header().place_now(), "at home");
  state_.facts.clear();
  EXPECT_EQ(Build().header().place_now(), "khabarovsk");
  identity.mutable_stays_at()->set_settlement("bikin");
  EXPECT_EQ(Build().header().place_now(), "bikin");
  options_.visible.Remove(model::v1::DATA_CLASS_CONTACT);
  EXPECT_EQ(Build().header().place_now(), "");
}

TEST_F(BuildRouteTest, ListsWhatChangesInNinetyDaysByDay) {
  std::vector<std::string> upcoming;
  const Route route = Build();
  for (const model::v1::Upcoming& one : route.upcoming()) {
    upcoming.push_back(one.date() + " " + one.title());
  }
  EXPECT_THAT(
      upcoming,
      ElementsAre("2025-04-20 Contact the family",
                  "2025-05-20 A document expires, \"Birth certificate\": "
                  "Иванова Мария, parent",
                  "2025-06-01 Turns 3 years",
                  "2025-06-01 Starts: Kindergarten application",
                  "2025-06-30 A consent ends (passing data on)"));
}

TEST_F(BuildRouteTest, SaysWhoRefusedAndWhyAndTheRuleOfTheLimit) {
  const RouteRow row = RowOf(Build(), 2);
  ASSERT_THAT(row.obstacles(), SizeIs(2));
  EXPECT_EQ(row.obstacles(0).by().title(), "Centre \"Steps\"");
  EXPECT_EQ(row.obstacles(0).reason(), "no places");
  EXPECT_EQ(row.obstacles(1).reason(), "No answer");
  ASSERT_THAT(row.deadlines(), SizeIs(1));
  EXPECT_EQ(row.deadlines(0).rule(),
            "5 working days after: Informing — Informed");
  EXPECT_EQ(row.deadlines(0).source().act(), "an act");
}

TEST_F(BuildRouteTest, KeepsWithWhatIsDoneWhatWentWrongOnTheWay) {
  casework::DeadlineRecord missed = state_.deadlines[0];
  missed.due = At(4, 3, 14);
  const PastWork past[] = {
      {.occurrence = {.number = 9, .step = "refer", .start = At(4, 2)},
       .version = 8,
       .missed = {missed},
       .late_reason = "the doctor was ill"}};
  options_.past_work = past;
  state_.history[1].outcomes.push_back(
      {.outcome = "accepted", .happened = At(4, 5), .version = 8});
  state_.referrals[0].occurrence = 9;
  const RouteRow row = Build().rows(1);
  EXPECT_EQ(row.outcome_title(), "Accepted");
  ASSERT_THAT(row.deadlines(), SizeIs(1));
  EXPECT_EQ(row.deadlines(0).rule(),
            "5 working days after: Informing — Informed");
  // That nobody answered was noted after it had ended.
  ASSERT_THAT(row.obstacles(), SizeIs(2));
  EXPECT_EQ(row.obstacles(0).by().title(), "Centre \"Steps\"");
  EXPECT_EQ(row.obstacles(0).reason(), "no places");
  EXPECT_EQ(row.obstacles(1).reason(), "done late: the doctor was ill");
  options_.visible.Remove(model::v1::DATA_CLASS_SOCIAL);
  EXPECT_THAT(Build().rows(1).obstacles(), SizeIs(1));
}

TEST_F(BuildRouteTest, ReadsOnTheCoordinatorsClock) {
  EXPECT_EQ(Build().utc_offset_minutes(), 600);
}

TEST_F(BuildRouteTest, TakesTheLastWordsOfHelpMeanwhile) {
  const InterimHelpText words[] = {{.occurrence = 2, .text = "calls"},
                                   {.occurrence = 2, .text = "visits"}};
  state_.occurrences[0].interim_help = true;
  options_.interim_help = words;
  EXPECT_EQ(RowOf(Build(), 2).interim_help(), "visits");
}

TEST_F(BuildRouteTest, ExpectsTheMainWayThenWhatIsScheduled) {
  EXPECT_THAT(NextOf(Build()),
              ElementsAre("intake", "delivery", "review", "apply"));
}

TEST_F(BuildRouteTest, ExpectsNothingOfAnEndedCase) {
  state_.ending = {.ending = "goals_met", .time = At(4, 7)};
  const Route route = Build();
  EXPECT_THAT(NextOf(route), IsEmpty());
  EXPECT_EQ(route.header().ending_title(), "Goals met");
}

TEST_F(BuildRouteTest, LeavesOutWhatALiveStepGoesOnWith) {
  state_.occurrences.push_back({.number = 5, .step = "intake"});
  EXPECT_THAT(NextOf(Build()), ElementsAre("delivery", "review", "apply"));
}

TEST_F(BuildRouteTest, NamesAnUnmetGuardAndWhoCanMeetIt) {
  state_.history.erase(state_.history.begin());
  const RouteRow row = RowOf(Build(), 2);
  ASSERT_THAT(row.not_yet(), SizeIs(1));
  EXPECT_THAT(row.not_yet(0).text(),
              ::testing::HasSubstr("The family is informed"));
  const auto& because = row.not_yet(0).because();
  ASSERT_THAT(because, SizeIs(2));
  EXPECT_EQ(because[1].text(),
            "can be met by: the organisation that identified the person, "
            "step \"Informing\"");
}

TEST_F(BuildRouteTest, IsOverdueFromTheInstantTheLimitIsOver) {
  options_.now = At(4, 8, 13);
  EXPECT_EQ(RowOf(Build(), 2).state(), model::v1::ROW_STATE_NOW);
  options_.now = At(4, 8, 14);
  EXPECT_EQ(RowOf(Build(), 2).state(), model::v1::ROW_STATE_OVERDUE);
}

TEST_F(BuildRouteTest, AsksThePerformerToMoveOnceTheReferralIsTaken) {
  EXPECT_EQ(RowOf(Build(), 2).agency(), model::v1::AGENCY_KIND_HEALTH);
  state_.referrals[1].performance.entries = 1;
  state_.referrals[1].performance.state = model::v1::REFERRAL_STATE_ACCEPTED;
  state_.referrals[1].performance.planned_time = At(4, 11);
  const RouteRow row = RowOf(Build(), 2);
  EXPECT_EQ(row.agency(), model::v1::AGENCY_KIND_SOCIAL);
  EXPECT_EQ(row.planned_on(), "2025-04-11");
}

TEST_F(BuildRouteTest, LeavesAnInHandReferralToTheFamilyWithItsPaper) {
  state_.referrals[1].delivery = model::v1::DELIVERY_IN_HAND;
  state_.referrals[1].disclosed.way = "in_hand";
  const RouteRow row = RowOf(Build(), 2);
  EXPECT_EQ(row.whose_move(), model::v1::WHOSE_MOVE_FAMILY);
  EXPECT_THAT(row.papers(), ElementsAre("Referral slip"));
}

TEST_F(BuildRouteTest, BlamesTheRoadWhileNoWayLeadsThrough) {
  state_.stops.push_back(
      {.number = 1, .reason = "no_way_through", .start = At(4, 5)});
  const RouteRow row = RowOf(Build(), 2);
  EXPECT_EQ(row.whose_move(), model::v1::WHOSE_MOVE_ROAD);
  ASSERT_THAT(row.stops(), SizeIs(1));
  EXPECT_EQ(row.stops(0).reason_title(), "No way through");
}

TEST_F(BuildRouteTest, ShowsThePlaceInAQueueWhoRefusedAndTheHelpMeanwhile) {
  state_.occurrences = {
      {.number = 3,
       .step = "queue",
       .callers = {{.occurrence = 2, .step = "refer"}},
       .queue = casework::QueuePlaceRecord{
           .place = 4, .as_of = "2025-04-07", .expected = "2025-09-01"}}};
  state_.facts.insert(state_.facts.begin(), {.fact = "interim_help",
                                             .kind = pathway::FactKind::kChoice,
                                             .text = "remote_advice"});
  const RouteRow row = RowOf(Build(), 3);
  EXPECT_EQ(row.whose_move(), model::v1::WHOSE_MOVE_QUEUE);
  EXPECT_EQ(row.queue().place(), 4);
  EXPECT_EQ(row.interim_help(), "advice by telephone");
  ASSERT_THAT(row.obstacles(), SizeIs(1));
  EXPECT_EQ(row.obstacles(0).by().title(), "Centre \"Steps\"");
  EXPECT_EQ(row.obstacles(0).reason(), "no places");
}

TEST_F(BuildRouteTest, ForgetsWhoRefusedOnceSomebodyTookIt) {
  state_.occurrences = {{.number = 3,
                         .step = "intake",
                         .callers = {{.occurrence = 2, .step = "refer"}}}};
  EXPECT_THAT(RowOf(Build(), 3).obstacles(), SizeIs(1));
  state_.referrals[1].performance.entries = 1;
  state_.referrals[1].performance.state = model::v1::REFERRAL_STATE_ACCEPTED;
  EXPECT_THAT(RowOf(Build(), 3).obstacles(), IsEmpty());
}

TEST_F(BuildRouteTest, NamesNobodyToWhomIdentityIsWithheld) {
  options_.visible.Remove(model::v1::DATA_CLASS_IDENTITY);
  EXPECT_EQ(Build().header().representatives(0).display_name(), "");
}

TEST_F(BuildRouteTest, CountsOnlyWhereOneOutcomeIsMeant) {
  state_.history[0].count = 3;
  EXPECT_EQ(Build().rows(0).count(), 3);
  state_.history[0].outcomes.push_back(
      {.outcome = "informed", .happened = At(4, 2), .version = 3});
  EXPECT_EQ(Build().rows(0).count(), 0);
}

TEST_F(BuildRouteTest, StatesTheShorterTermOfATrack) {
  state_.tracks = {"palliative"};
  state_.deadlines[0].rule.set_n(2);
  EXPECT_EQ(RowOf(Build(), 2).deadlines(0).rule(),
            "2 working days after: Informing — Informed"
            " (shortened: Palliative status)");
}

TEST_F(BuildRouteTest, SaysThatTheRegionSetsNoLimit) {
  state_.occurrences.push_back({.number = 5, .step = "intake"});
  const RouteRow row = RowOf(Build(), 5);
  ASSERT_THAT(row.deadlines(), SizeIs(1));
  EXPECT_TRUE(row.deadlines(0).no_limit());
  EXPECT_EQ(row.deadlines(0).rule(), "none is set");
}

TEST_F(BuildRouteTest, LeavesOutWhatTheCallerMayNotSee) {
  options_.visible.Remove(model::v1::DATA_CLASS_MEDICAL);
  state_.interrupts.push_back({.interrupt = "hospital_stay"});
  const Route route = Build();
  EXPECT_EQ(route.header().place_now(), "");
  EXPECT_THAT(route.header().interrupt_titles(), IsEmpty());
  EXPECT_THAT(route.withheld(), ElementsAre(model::v1::DATA_CLASS_MEDICAL));
}

TEST_F(BuildRouteTest, TellsWhichHolderLostItsConsent) {
  state_.consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
  const Route route = Build();
  ASSERT_THAT(route.holdings(), SizeIs(2));
  EXPECT_TRUE(route.holdings(0).withdrawn());
}

TEST_F(BuildRouteTest, CountsTheVisitsOfThisWeekOnly) {
  state_.occurrences.push_back(
      {.number = 6,
       .step = "delivery",
       .visits = {{.number = 1, .planned_on = "2025-04-06"},
                  {.number = 2,
                   .planned_on = "2025-04-07",
                   .state = model::v1::VISIT_STATE_DONE},
                  {.number = 3,
                   .planned_on = "2025-04-08",
                   .state = model::v1::VISIT_STATE_MISSED},
                  {.number = 4, .planned_on = "2025-04-13"},
                  {.number = 5, .planned_on = "2025-04-14"}}});
  const Route route = Build();
  ASSERT_THAT(route.this_week(), SizeIs(1));
  EXPECT_EQ(route.this_week(0).planned(), 3);
  EXPECT_EQ(route.this_week(0).done(), 1);
  EXPECT_EQ(route.this_week(0).missed(), 1);
}

TEST_F(BuildRouteTest, ShowsAnErasedPersonsCaseWithoutThePerson) {
  auto erased = std::make_shared<OpenPerson>();
  erased->erased = true;
  sample_.reading.person = erased;
  const Route route = Build();
  EXPECT_FALSE(route.header().has_identity());
  EXPECT_THAT(route.header().representatives(), IsEmpty());
}

TEST_F(BuildRouteTest, SpeaksToTheFamilyInItsOwnWords) {
  options_.for_family = true;
  EXPECT_EQ(RowOf(Build(), 2).title(), "Finding who can help");
}

TEST_F(BuildRouteTest, KeepsPlacesOffASheetThatOneMustNotRead) {
  auto record =
      std::make_shared<registry::PersonRecord>(*sample_.reading.person->record);
  record->representatives[0].address_hidden_from = true;
  auto person = std::make_shared<OpenPerson>(*sample_.reading.person);
  person->record = record;
  sample_.reading.person = person;
  options_.for_family = true;
  const Route route = Build();
  EXPECT_EQ(route.header().place_now(), "");
  EXPECT_EQ(RowOf(route, 2).performer().address(), "");
  EXPECT_NE(RowOf(route, 2).performer().phone(), "");
}

TEST(RouteWords, NamesEveryEnumValueInBothLanguages) {
  for (const char* language : {"ru", "en"}) {
    for (int i = 1; i <= model::v1::AgencyKind_MAX; ++i) {
      EXPECT_NE(AgencyWords(static_cast<model::v1::AgencyKind>(i), language),
                "");
    }
    for (int i = 1; i <= model::v1::ReferralReason_MAX; ++i) {
      EXPECT_NE(ReferralReasonWords(static_cast<model::v1::ReferralReason>(i),
                                    language),
                "");
    }
    for (int i = 1; i <= model::v1::ReferralState_MAX; ++i) {
      EXPECT_NE(ReferralStateWords(static_cast<model::v1::ReferralState>(i),
                                   language),
                "");
    }
    for (int i = 0; i <= static_cast<int>(Phrase::kCanMeetThrough); ++i) {
      EXPECT_NE(PhraseText(static_cast<Phrase>(i), language, "a", "b"), "");
    }
  }
}

TEST(RouteWords, SaysWhoWasToldOfAMissedLimit) {
  EXPECT_EQ(EscalationWords(-1, "en"), "");
  EXPECT_EQ(EscalationWords(1, "en"), "told upwards: level 1");
}

}  // namespace
}  // namespace careroute::engine
