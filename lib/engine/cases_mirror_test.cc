// A referral to another hub, as the engine keeps it: what is owed to that hub,
// whether it has left, and what is heard from there.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/unknown_field_set.h"
#include "gtest/gtest.h"
#include "lib/engine/cases.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CasesMirrorTest : public ::testing::Test {
 protected:
  CasesMirrorTest() {
    model::v1::Organisation care =
        EngineBench::Describe("care", model::v1::AGENCY_KIND_SOCIAL);
    care.add_services()->set_service("care");
    care.set_hub("east");
    bench_.Put(care);
    bench_.Publish(Lawful());
    case_ = bench_.Open({.pathway = "lawful"});
    bench_.Do(case_, "start_step { step: 'help' }");
    bench_.Do(case_, "referral { make { occurrence: " +
                         std::to_string(bench_.Number(case_, "help")) +
                         " performer: 'organisations/care' way: 'by_law' "
                         "send: true } }");
  }

  // A way to help that a law opens.
  static model::v1::Pathway Lawful() {
    model::v1::Pathway pathway = EngineBench::Route("lawful");
    for (model::v1::Step& step : *pathway.mutable_steps()) {
      if (step.id() != "help") continue;
      model::v1::Way& way = *step.add_disclosure();
      way.set_id("by_law");
      way.add_classes(model::v1::DATA_CLASS_IDENTITY);
      way.mutable_law()->set_act("an act");
    }
    return pathway;
  }

  casework::Referral Referral() {
    return bench_.Read(case_).state->referrals.at(0);
  }

  // What is owed to the hub.
  std::vector<store::OutboxRow> Owed() {
    std::vector<store::OutboxRow> owed;
    for (store::OutboxRow& row : bench_.Waiting()) {
      if (row.lane == "hub/east") owed.push_back(std::move(row));
    }
    return owed;
  }

  // As the sender does before it sends.
  std::vector<store::OutboxRow> TakeToSend() {
    return *bench_.Wait<std::vector<store::OutboxRow>>(
        [this](base::Done<std::vector<store::OutboxRow>> done) {
          bench_.store().TakeDue(
              {.lane = "hub/east", .now = bench_.clock().Now()},
              std::move(done));
        });
  }

  TakeResult Hear(const std::string& hub, int32_t envelope,
                  model::v1::ReferralMove move) {
    return Hear(Referral().uid, hub, envelope, move);
  }

  TakeResult Hear(const base::Uid& referral, const std::string& hub,
                  int32_t envelope, model::v1::ReferralMove move) {
    Cases::MirrorRequest request{
        .referral = referral, .from_hub = hub, .sequence = envelope};
    model::v1::ReferralEntry& entry = *request.entries.Add();
    entry.set_sequence(envelope);
    entry.set_move(move);
    const absl::StatusOr<TakeResult> result =
        bench_.Wait<TakeResult>([&](base::Done<TakeResult> done) {
          bench_.engine().cases().Mirror(std::move(request), std::move(done));
        });
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : TakeResult{};
  }

  // Whether the requester may take it back as if it had never been sent.
  bool Cancels() {
    const absl::StatusOr<Reply> reply = bench_.Execute(
        bench_.Asking(case_, "referral { referral: 1 cancel {} }"));
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() && !reply->refusal.has_value();
  }

  EngineBench bench_;
  base::Uid case_;
};

TEST_F(CasesMirrorTest, WhatIsToldLiesInTheLaneOfItsHub) {
  const std::vector<store::OutboxRow> owed = Owed();
  ASSERT_THAT(owed, SizeIs(1));
  EXPECT_EQ(owed[0].destination, "hub/east");
  EXPECT_EQ(owed[0].key.sequence, Referral().first_message);
  EXPECT_EQ(owed[0].event_version, bench_.Read(case_).version);
  EXPECT_EQ(Referral().hub, "east");
}

TEST_F(CasesMirrorTest, IsCancelledWhileNobodyTriedToSendIt) {
  EXPECT_TRUE(Cancels());
  EXPECT_EQ(casework::StateOf(Referral()), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_THAT(Owed(), SizeIs(2));
}

TEST_F(CasesMirrorTest, HasLeftOnceItWasTriedWhateverCameOfIt) {
  EXPECT_THAT(TakeToSend(), SizeIs(1));
  EXPECT_FALSE(Cancels());
}

TEST_F(CasesMirrorTest, HasLeftOnceItIsSettled) {
  for (const store::OutboxRow& row : TakeToSend()) {
    absl::Status settled = absl::UnknownError("nobody answered");
    bench_.store().Settle({row.key},
                          [&settled](absl::Status s) { settled = s; });
    bench_.executor().RunReady();
    EXPECT_TRUE(settled.ok()) << settled;
  }
  EXPECT_THAT(Owed(), IsEmpty());
  EXPECT_FALSE(Cancels());
}

TEST_F(CasesMirrorTest, HearsEachEnvelopeOnceAlsoAfterARestart) {
  EXPECT_EQ(Hear("east", 1, model::v1::REFERRAL_MOVE_RECEIVED), TakeResult{});
  const int64_t version = bench_.Read(case_).version;
  bench_.Restart();
  EXPECT_EQ(Hear("east", 1, model::v1::REFERRAL_MOVE_RECEIVED), TakeResult{});
  EXPECT_EQ(bench_.Read(case_).version, version);
  EXPECT_EQ(Referral().taken, 1);
  EXPECT_EQ(Hear("east", 3, model::v1::REFERRAL_MOVE_BEGUN),
            (TakeResult{.fate = Fate::kGap, .expected = 2}));
  EXPECT_EQ(Hear("east", 2, model::v1::REFERRAL_MOVE_ACCEPTED), TakeResult{});
  EXPECT_EQ(casework::StateOf(Referral()), model::v1::REFERRAL_STATE_ACCEPTED);
}

// A newer release may have added what this one does not know how to seal.
TEST_F(CasesMirrorTest, KeepsNoFieldThatItDoesNotKnow) {
  constexpr int kFieldOfTomorrow = 1000;
  Cases::MirrorRequest request{
      .referral = Referral().uid, .from_hub = "east", .sequence = 1};
  model::v1::ReferralEntry& entry = *request.entries.Add();
  entry.set_sequence(1);
  entry.set_move(model::v1::REFERRAL_MOVE_RECEIVED);
  entry.GetReflection()->MutableUnknownFields(&entry)->AddLengthDelimited(
      kFieldOfTomorrow, "lives by the sea");
  const absl::StatusOr<TakeResult> result =
      bench_.Wait<TakeResult>([&](base::Done<TakeResult> done) {
        bench_.engine().cases().Mirror(std::move(request), std::move(done));
      });
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(*result, TakeResult{});
  const event::v1::CaseEvent heard = bench_.Events(case_).back();
  EXPECT_EQ(heard.referral_moved().performance_size(), 1);
  EXPECT_EQ(heard.SerializeAsString().find("lives by the sea"),
            std::string::npos);
}

TEST_F(CasesMirrorTest, HearsOnlyTheHubThePerformerIsAt) {
  const TakeResult not_yours{.fate = Fate::kRefused, .why = "not_yours"};
  EXPECT_EQ(Hear("west", 1, model::v1::REFERRAL_MOVE_RECEIVED), not_yours);
  EXPECT_EQ(Hear("", 1, model::v1::REFERRAL_MOVE_RECEIVED), not_yours);
  EXPECT_EQ(
      Hear({.high = 9, .low = 9}, "east", 1, model::v1::REFERRAL_MOVE_RECEIVED),
      not_yours);
  EXPECT_EQ(Referral().taken, 0);
}

}  // namespace
}  // namespace careroute::engine
