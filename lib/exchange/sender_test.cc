#include "lib/exchange/sender.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/exchange/testing/scripted_hub.h"

namespace careroute::exchange {
namespace {

using ::testing::ElementsAre;
using testing::Fate;
using testing::GapAt;
using testing::HubNetwork;
using ::testing::IsEmpty;
using testing::Referred;
using testing::RefusedAs;
using testing::ScriptedHub;
using ::testing::SizeIs;

constexpr uint64_t kSeed = 7;
constexpr absl::Duration kSoon = absl::Seconds(5);
constexpr char kAskCancel[] =
    "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }";

class SenderTest : public ::testing::Test {
 protected:
  Referred Refer(int person) {
    return hubs_.Refer({.snils = absl::StrCat("000000001", 10 + person)});
  }

  // The numbers of a referral's envelopes, in the order in which they came.
  std::vector<int32_t> Numbers(const Referred& referred) {
    std::vector<int32_t> numbers;
    for (const v1::Envelope& one : east_.seen()) {
      if (one.referral() == referred.uid.Bytes()) {
        numbers.push_back(one.sequence());
      }
    }
    return numbers;
  }

  std::vector<store::OutboxRow> Waiting() {
    return hubs_.bench("west").Waiting();
  }

  void Redrive() {
    const auto redriven =
        hubs_.bench("west").Wait<int32_t>([this](base::Done<int32_t> done) {
          hubs_.exchange("west").desk().Redrive("east", std::move(done));
        });
    ASSERT_TRUE(redriven.ok()) << redriven.status();
  }

  // Answers so, and the first time the case cannot be written to when its
  // coordinator is to be told. The receipt is recorded before that: its append
  // has its effect.
  void AnswerUntold(const v1::EnvelopeVerdict& verdict) {
    east_.set_script(
        [this, verdict, first = true](const v1::Envelope&) mutable {
          if (std::exchange(first, false)) {
            store::MemoryStore& store = hubs_.bench("west").store();
            store.FailNextAppend({.status = absl::UnavailableError("cut"),
                                  .point = store::FaultPoint::kAfterEffect});
            store.FailNextAppend({.status = absl::UnavailableError("cut")});
          }
          return verdict;
        });
  }

  HubNetwork hubs_{kSeed};
  ScriptedHub east_{hubs_, "east", [](const v1::Envelope&) {
                      return Fate(v1::ENVELOPE_FATE_TAKEN);
                    }};
};

TEST_F(SenderTest, SendsAReferralsEnvelopesInOrderAndSettlesThem) {
  hubs_.network().Cut("west", "east");
  const Referred referred = Refer(1);
  hubs_.Run(kSoon);
  hubs_.Ask(referred, kAskCancel);
  hubs_.network().Mend("west", "east");
  hubs_.Run(absl::Minutes(11));
  EXPECT_THAT(Numbers(referred), ElementsAre(1, 2));
  EXPECT_THAT(Waiting(), IsEmpty());
}

TEST_F(SenderTest, ManyRowsGoInOneBatch) {
  for (int i = 0; i < 5; ++i) Refer(i);
  hubs_.Run(kSoon);
  EXPECT_EQ(east_.batches(), 1);
  EXPECT_THAT(east_.seen(), SizeIs(5));
}

// More than are built at once, some of which come to nothing.
TEST_F(SenderTest, ABatchIsFilledWithAllThatMayLeaveInOrder) {
  std::vector<Referred> all;
  for (int i = 0; i < static_cast<int>(kBuiltAtOnceMax) + 4; ++i) {
    all.push_back(Refer(i));
    hubs_.Ask(all.back(),
              i % 5 == 0 ? "cancel { note: 'by mistake' }" : kAskCancel);
  }
  hubs_.Run(kSoon);
  EXPECT_EQ(east_.batches(), 1);
  for (size_t i = 0; i < all.size(); ++i) {
    if (i % 5 == 0) {
      EXPECT_THAT(Numbers(all[i]), IsEmpty()) << i;
    } else {
      EXPECT_THAT(Numbers(all[i]), ElementsAre(1, 2)) << i;
    }
  }
  EXPECT_THAT(Waiting(), IsEmpty());
}

TEST_F(SenderTest, OneThatIsRefusedWaitsToBeAskedForAndHoldsUpNoOther) {
  const Referred bad = Refer(1);
  const Referred good = Refer(2);
  east_.set_script([&bad](const v1::Envelope& one) {
    return one.referral() == bad.uid.Bytes() ? RefusedAs("not_yours")
                                             : Fate(v1::ENVELOPE_FATE_TAKEN);
  });
  hubs_.Run(absl::Hours(1));
  EXPECT_THAT(Numbers(bad), ElementsAre(1)) << "never tried by itself again";
  EXPECT_THAT(Numbers(good), ElementsAre(1));
  ASSERT_THAT(Waiting(), SizeIs(1));
  EXPECT_EQ(Waiting()[0].due, store::OnlyWhenAsked());
  EXPECT_TRUE(absl::StrContains(Waiting()[0].problem, "not_yours"));
  EXPECT_EQ(hubs_.Read(bad).undelivered_why, "refused");
  EXPECT_EQ(hubs_.Read(good).undelivered, 0);

  east_.set_script(
      [](const v1::Envelope&) { return Fate(v1::ENVELOPE_FATE_TAKEN); });
  Redrive();
  hubs_.Run(kSoon);
  EXPECT_THAT(Waiting(), IsEmpty());
  EXPECT_EQ(hubs_.Read(bad).undelivered, 0) << "it arrived after all";
}

TEST_F(SenderTest, WhatFollowsARefusedOneWaitsWithIt) {
  const Referred referred = Refer(1);
  east_.set_script([](const v1::Envelope& one) {
    return one.sequence() == 1 ? RefusedAs("not_yours") : GapAt(1);
  });
  hubs_.Run(kSoon);
  hubs_.Ask(referred, kAskCancel);
  hubs_.Run(absl::Hours(1));
  EXPECT_THAT(Waiting(), SizeIs(2));
  for (const store::OutboxRow& row : Waiting()) {
    EXPECT_EQ(row.due, store::OnlyWhenAsked());
  }
  EXPECT_LT(east_.seen().size(), 10U);
}

TEST_F(SenderTest, AReasonThatIsNoKeyIsNotRepeated) {
  east_.set_script(
      [](const v1::Envelope&) { return RefusedAs("Anna Ivanova, 1991"); });
  Refer(1);
  hubs_.Run(kSoon);
  ASSERT_THAT(Waiting(), SizeIs(1));
  EXPECT_FALSE(absl::StrContains(Waiting()[0].problem, "Anna"));
}

TEST_F(SenderTest, WaitsLongerEachTimeForWhatCouldNotBeTakenNow) {
  east_.set_script(
      [](const v1::Envelope&) { return Fate(v1::ENVELOPE_FATE_LATER); });
  const Referred referred = Refer(1);
  hubs_.Run(absl::Minutes(1));
  const size_t first = Numbers(referred).size();
  EXPECT_GE(first, 3U);
  EXPECT_LE(first, 8U);
  hubs_.Run(absl::Hours(1));
  EXPECT_LE(Numbers(referred).size() - first, 20U);
  EXPECT_GE(Numbers(referred).size() - first, 6U);
}

TEST_F(SenderTest, AHubThatSpeaksAndTakesNothingIsAskedNoOftenerThanAtFirst) {
  const auto asked = std::make_shared<int>(0);
  hubs_.network().Join("east",
                       [asked](const std::string&, const v1::DeliverRequest&,
                               base::Done<v1::DeliverResponse> done) {
                         ++*asked;
                         std::move(done)(absl::UnavailableError("busy"));
                       });
  Refer(1);
  constexpr int kSeconds = 60;
  for (int i = 0; i < kSeconds; ++i) {
    hubs_.Run(absl::Seconds(1));
    const auto heard = hubs_.bench("west").Wait<v1::DeliverResponse>(
        [&](base::Done<v1::DeliverResponse> done) {
          hubs_.exchange("west").Deliver(
              "east",
              testing::SignedBatch(hubs_, {.from = "east",
                                           .to = "west",
                                           .batch = i + 1,
                                           .envelopes = {"of tomorrow"}}),
              std::move(done));
        });
    ASSERT_TRUE(heard.ok()) << heard.status();
  }
  // The first pause is a second, or two.
  EXPECT_LE(*asked, kSeconds + 1);
  EXPECT_GE(*asked, kSeconds / 2 - 2) << "its silence is over";
}

TEST_F(SenderTest, WhatIsMissingIsBuiltAgainAndSentFirst) {
  const Referred referred = Refer(1);
  hubs_.Run(kSoon);
  ASSERT_THAT(Numbers(referred), ElementsAre(1));
  // The hub was restored from a backup: it has forgotten the first.
  bool has_first = false;
  east_.set_script([&has_first](const v1::Envelope& one) {
    if (one.sequence() == 1) has_first = true;
    return has_first ? Fate(v1::ENVELOPE_FATE_TAKEN) : GapAt(1);
  });
  hubs_.Ask(referred, kAskCancel);
  hubs_.Run(kSoon);
  EXPECT_THAT(Numbers(referred), ElementsAre(1, 2, 1, 2));
  EXPECT_EQ(east_.bytes()[0], east_.bytes()[2]) << "the same bytes";
  EXPECT_THAT(Waiting(), IsEmpty());
}

TEST_F(SenderTest, APeerThatAlwaysMissesSomethingIsNotAskedForEver) {
  east_.set_script([](const v1::Envelope&) { return GapAt(1); });
  const Referred referred = Refer(1);
  hubs_.Run(kSoon);
  hubs_.Ask(referred, kAskCancel);
  hubs_.Run(absl::Minutes(1));
  EXPECT_LT(east_.seen().size(), 60U);
  EXPECT_THAT(Waiting(), SizeIs(2));
}

TEST_F(SenderTest, WhatAnOlderReleaseKeepsIsSettledAndTheCoordinatorKnows) {
  east_.set_script([](const v1::Envelope&) {
    return Fate(v1::ENVELOPE_FATE_NOT_UNDERSTOOD);
  });
  const Referred referred = Refer(1);
  hubs_.Run(kSoon);
  EXPECT_THAT(Waiting(), IsEmpty());
  EXPECT_EQ(hubs_.Read(referred).undelivered_why, "not_understood");
}

TEST_F(SenderTest, WhatAnOlderReleaseKeepsIsSettledOnlyOnceThatIsTold) {
  AnswerUntold(Fate(v1::ENVELOPE_FATE_NOT_UNDERSTOOD));
  const Referred referred = Refer(1);
  hubs_.Run(absl::Minutes(1));
  EXPECT_EQ(hubs_.Read(referred).undelivered_why, "not_understood");
  EXPECT_THAT(Numbers(referred), ElementsAre(1, 1));
  EXPECT_THAT(Waiting(), IsEmpty());
}

TEST_F(SenderTest, OneThatIsRefusedIsPutOffForEverOnlyOnceThatIsTold) {
  AnswerUntold(RefusedAs("not_yours"));
  const Referred referred = Refer(1);
  hubs_.Run(absl::Minutes(1));
  EXPECT_EQ(hubs_.Read(referred).undelivered_why, "refused");
  EXPECT_THAT(Numbers(referred), ElementsAre(1, 1));
  ASSERT_THAT(Waiting(), SizeIs(1));
  EXPECT_EQ(Waiting()[0].due, store::OnlyWhenAsked());
}

TEST_F(SenderTest, AnAnswerOfSomebodyElseSettlesNothing) {
  hubs_.network().Join(
      "east", [this](const std::string&, v1::DeliverRequest request,
                     base::Done<v1::DeliverResponse> done) {
        v1::Receipt receipt;
        receipt.set_from_hub("east");
        receipt.set_to_hub("west");
        for (int i = 0; i < request.envelopes_size(); ++i) {
          receipt.add_verdicts()->set_fate(v1::ENVELOPE_FATE_TAKEN);
        }
        const SignedBytes made = Sign(receipt, hubs_.signer("west"));
        v1::DeliverResponse response;
        response.set_receipt(made.bytes);
        *response.mutable_signature() = made.signature;
        std::move(done)(std::move(response));
      });
  Refer(1);
  hubs_.Run(kSoon);
  ASSERT_THAT(Waiting(), SizeIs(1));
  EXPECT_TRUE(absl::StrContains(Waiting()[0].problem, "receipt"));
}

TEST_F(SenderTest, WhatWasTakenBackBeforeItLeftIsSettledUnsent) {
  const Referred referred = Refer(1);
  hubs_.Ask(referred, "cancel { note: 'by mistake' }");
  hubs_.Run(kSoon);
  EXPECT_THAT(east_.seen(), IsEmpty());
  EXPECT_THAT(Waiting(), IsEmpty());
}

}  // namespace
}  // namespace careroute::exchange
