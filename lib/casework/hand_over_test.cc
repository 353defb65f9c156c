#include "lib/casework/hand_over.h"

#include <string>

#include "gtest/gtest.h"
#include "lib/casework/fold.h"
#include "lib/casework/snapshot.h"
#include "lib/casework/timers.h"

namespace careroute::casework {
namespace {

constexpr char kClerk[] = "organisations/office/members/anna";
constexpr char kHead[] = "organisations/office/members/hanna";
const absl::Time kNow = absl::FromUnixSeconds(1772400000);

// A case of the west that is offered to the east, with a referral to a third
// hub, one performed at home, and one nobody has sent.
Case Offered() {
  Case state;
  state.version = 7;
  state.home.hub = "west";
  state.coordinator = "organisations/clinic/members/anna";
  state.next.message = 4;
  state.last_recorded = kNow;
  state.home.frozen = FreezeRecord{.hand_over = {.high = 1, .low = 2},
                                   .hub = "east",
                                   .coordinator = kClerk,
                                   .version = 7};
  state.timers.push_back({.kind = "contact", .due = kNow});
  for (int32_t number = 1; number <= 3; ++number) {
    Referral& referral = state.referrals.emplace_back();
    referral.number = number;
    referral.uid = {.high = 9, .low = static_cast<uint64_t>(number)};
    referral.requester = "organisations/clinic";
    referral.performer = "organisations/bureau";
    referral.delivery = model::v1::DELIVERY_SENT;
    referral.request.state = model::v1::REFERRAL_STATE_REQUESTED;
    referral.request.entries = 2;
  }
  state.referrals[0].hub = "north";
  state.referrals[0].envelopes = 3;
  state.referrals[0].first_message = 1;
  state.referrals[2].delivery = model::v1::DELIVERY_UNSPECIFIED;
  state.referrals[2].request.state = model::v1::REFERRAL_STATE_DRAFT;
  return state;
}

model::v1::Actor Hub() {
  model::v1::Actor actor;
  actor.set_role(model::v1::ACTOR_ROLE_HUB);
  return actor;
}

event::v1::CaseEvent Received(const Case& state) {
  const model::v1::Actor hub = Hub();
  return ReceivedEvent(state, kHead, {.now = kNow, .actor = hub});
}

TEST(HandOverEvents, WhoTakesTheCaseWritesOnAndAsksOn) {
  Case state = Offered();
  Fold(Received(state), state);
  EXPECT_EQ(state.version, 8);
  EXPECT_TRUE(state.home.IsAt("east"));
  EXPECT_FALSE(state.home.IsAt("west"));
  EXPECT_FALSE(state.home.frozen.has_value());
  EXPECT_EQ(state.coordinator, kClerk);
  EXPECT_EQ(state.deputy, kHead);
  EXPECT_EQ(state.home.past, std::vector<std::string>{"west"});
  for (const Referral& one : state.referrals) {
    EXPECT_EQ(one.requester, "organisations/office");
  }
}

TEST(HandOverEvents, EveryPerformerIsToldUnderTheNextNumber) {
  Case state = Offered();
  const event::v1::CaseEvent event = Received(state);
  ASSERT_EQ(event.consequences().messages_size(), 3);
  EXPECT_EQ(event.consequences().messages(0).kind(), kHandOverAnswer);
  EXPECT_EQ(event.consequences().messages(0).to(), "hub/west");
  EXPECT_EQ(event.consequences().messages(1).to(), "hub/north");
  EXPECT_EQ(event.consequences().messages(1).envelope(), 4);
  EXPECT_EQ(event.consequences().messages(2).to(), "hub/west");
  EXPECT_EQ(event.consequences().messages(2).envelope(), 1);
  Fold(event, state);
  EXPECT_EQ(state.referrals[0].envelopes, 4);
  EXPECT_EQ(state.referrals[1].hub, "west");
  EXPECT_EQ(state.referrals[2].hub, "");
  EXPECT_EQ(state.next.message, 7);
}

TEST(HandOverEvents, NobodyIsToldOfWhatWasTakenBackUnsent) {
  Case state = Offered();
  state.referrals[0].request.state = model::v1::REFERRAL_STATE_CANCELLED;
  const event::v1::CaseEvent received = Received(state);
  for (const event::v1::Message& one : received.consequences().messages()) {
    EXPECT_NE(one.to(), "hub/north");
  }
  // Who was told, and has begun, hears who asks from now on.
  state.referrals[0].performance.entries = 1;
  EXPECT_EQ(Received(state).consequences().messages(1).to(), "hub/north");
}

TEST(HandOverEvents, WhoDoesNotTakeItLeavesItAsItWas) {
  Case state = Offered();
  const model::v1::Actor hub = Hub();
  Fold(ThawedEvent(state, "open_case", {.now = kNow, .actor = hub}), state);
  EXPECT_TRUE(state.home.IsAt("west"));
  EXPECT_FALSE(state.home.frozen.has_value());
  EXPECT_EQ(state.coordinator, "organisations/clinic/members/anna");
}

TEST(HandOverEvents, AnAnswerChangesNothingElseOfTheCase) {
  const Case state = Offered();
  const model::v1::Actor hub = Hub();
  const event::v1::CaseEvent received = Received(state);
  const event::v1::CaseEvent thawed =
      ThawedEvent(state, "open_case", {.now = kNow, .actor = hub});
  EXPECT_TRUE(IsAnswer(received));
  EXPECT_TRUE(IsAnswer(thawed));
  EXPECT_FALSE(IsAnswer(event::v1::CaseEvent()));

  event::v1::CaseEvent joins = thawed;
  joins.mutable_consequences()->add_participants_joined("organisations/other");
  EXPECT_FALSE(IsAnswer(joins));
  // What the case tells its performer next would go to that hub.
  event::v1::CaseEvent redirects = thawed;
  event::v1::Message& message =
      *redirects.mutable_consequences()->mutable_messages(0);
  message.set_to("hub/other");
  message.set_referral(1);
  EXPECT_FALSE(IsAnswer(redirects));
  message.set_kind(std::string(kHomeMoved));
  EXPECT_FALSE(IsAnswer(redirects));
  event::v1::CaseEvent records = received;
  records.mutable_consequences()->add_facts()->set_fact("is_well");
  EXPECT_FALSE(IsAnswer(records));
}

TEST(HandOverEvents, NothingFallsDueWhileNobodyWrites) {
  Case state = Offered();
  EXPECT_TRUE(TimersOf(state).empty());
  Fold(Received(state), state);
  EXPECT_FALSE(TimersOf(state).empty());
}

TEST(HandOverEvents, ASnapshotKeepsTheOfferAndTheHomes) {
  Case state = Offered();
  EXPECT_EQ(FromSnapshot(ToSnapshot(state)), state);
  Fold(Received(state), state);
  EXPECT_EQ(FromSnapshot(ToSnapshot(state)), state);
}

}  // namespace
}  // namespace careroute::casework
