// What was disclosed of a person to a performer of this hub: it goes when it
// must, and what is not understood yet waits sealed.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/unknown_field_set.h"
#include "gtest/gtest.h"
#include "lib/engine/fsck.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/performed_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kCancelAsked;
using testing::kOffice;
using testing::kPerformedUid;
using testing::PerformedBench;
using ::testing::SizeIs;

class PerformedDataTest : public ::testing::Test, protected PerformedBench {
 protected:
  std::vector<Finding> Fsck() {
    const registry::Signer signer(bench().keys());
    engine::Fsck fsck({.store = bench().store(),
                       .executor = bench().executor(),
                       .clock = bench().clock(),
                       .signer = signer});
    const absl::StatusOr<FsckReport> report = bench().Wait<FsckReport>(
        [&](base::Done<FsckReport> done) { fsck.Run(std::move(done)); });
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? report->findings : std::vector<Finding>();
  }

  // How many had their effect.
  int Replay(PerformedReferrals::ReadKept read) {
    const absl::StatusOr<int> effects =
        bench().Wait<int>([&](base::Done<int> done) {
          performed().ReplayKept(std::move(read), std::move(done));
        });
    EXPECT_TRUE(effects.ok()) << effects.status();
    return effects.ok() ? *effects : -1;
  }
};

TEST_F(PerformedDataTest, StoresNoWordInTheClear) {
  Take(1, Sent());
  Do("accept { note: 'come at noon' }");
  const absl::StatusOr<store::EventPage> page =
      bench().Wait<store::EventPage>([&](base::Done<store::EventPage> done) {
        bench().store().ReadEvents(
            {.stream = {.kind = store::StreamKind::kReferral,
                        .id = kPerformedUid}},
            std::move(done));
      });
  ASSERT_TRUE(page.ok());
  for (const store::StoredEvent& stored : page->events) {
    for (const char* word :
         {"Вера", "lives alone", "come at noon", "persons/"}) {
      EXPECT_EQ(stored.bytes.find(word), std::string::npos) << word;
    }
  }
}

// A newer release may have added what this one does not know how to seal.
TEST_F(PerformedDataTest, KeepsNoFieldThatItDoesNotKnow) {
  constexpr int kFieldOfTomorrow = 1000;
  Arrival arrival = Sent();
  model::v1::ReferralEntry& entry = *arrival.referral.mutable_request(0);
  entry.GetReflection()->MutableUnknownFields(&entry)->AddLengthDelimited(
      kFieldOfTomorrow, "lives by the sea");
  EXPECT_EQ(Take(1, arrival).fate, Fate::kTaken);
  const absl::StatusOr<PerformedEvent> event = Event(1);
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(event->event.SerializeAsString().find("lives by the sea"),
            std::string::npos);
}

// An envelope of the own half is built from every such event.
TEST_F(PerformedDataTest, ReadsTheOwnHalfWithoutWhatWasDisclosed) {
  Take(1, Sent());
  Do("accept { note: 'come at noon' }");
  Do("begin {}");
  const auto read = [this](int64_t version) {
    return bench().Wait<PerformedEvent>([&](base::Done<PerformedEvent> done) {
      performed().ReadEvent(
          {.uid = kPerformedUid, .version = version, .own_half = true},
          std::move(done));
    });
  };
  int64_t calls = bench().store().calls();
  const absl::StatusOr<PerformedEvent> arrived = read(1);
  ASSERT_TRUE(arrived.ok()) << arrived.status();
  EXPECT_EQ(bench().store().calls() - calls, 1) << "no key is asked for";
  EXPECT_FALSE(arrived->event.arrived().referral().disclosed().has_identity());
  EXPECT_THAT(arrived->event.arrived().performance(), SizeIs(1));

  const absl::StatusOr<PerformedEvent> accepted = read(2);
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(accepted->event.grown().entries(0).note(), "come at noon");

  calls = bench().store().calls();
  EXPECT_TRUE(read(3).ok());
  EXPECT_EQ(bench().store().calls() - calls, 1) << "it has no words";
}

TEST_F(PerformedDataTest, OpensNothingThatWasRecalled) {
  Take(1, Sent());
  EXPECT_EQ(Take(2, RecallWord{.classes = {model::v1::DATA_CLASS_IDENTITY},
                               .why = "consent_withdrawn"})
                .fate,
            Fate::kTaken);
  EXPECT_FALSE(Disclosed().has_identity());
  EXPECT_EQ(Disclosed().texts(0).text(), "lives alone");
  EXPECT_TRUE(KeyIsThere());
}

TEST_F(PerformedDataTest, DestroysTheKeyOnceAllIsRecalled) {
  Take(1, Sent());
  Do("accept {}");
  Take(2, RecallWord{.classes = {model::v1::DATA_CLASS_IDENTITY,
                                 model::v1::DATA_CLASS_SOCIAL},
                     .why = "consent_withdrawn"});
  EXPECT_FALSE(KeyIsThere());
  EXPECT_THAT(Disclosed().texts(), IsEmpty());
  EXPECT_EQ(
      Refuse("complete { outcome: 'helped' note: 'words' }").message_key(),
      "referral_recalled");
  Do("complete { outcome: 'helped' }");
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_COMPLETED);
}

// Before the referral arrives nobody here knows what else it discloses.
TEST_F(PerformedDataTest, KeepsTheKeyWhileTheReferralWaitsToBeUnderstood) {
  Take(1, KeptBytes{.envelope = "of tomorrow"});
  Take(2, RecallWord{.classes = {model::v1::DATA_CLASS_IDENTITY},
                     .why = "consent_withdrawn"});
  EXPECT_TRUE(KeyIsThere());
  EXPECT_EQ(Replay([this](const std::string&) {
              return std::optional<Incoming>(Told(1, Sent()));
            }),
            1);
  EXPECT_FALSE(Disclosed().has_identity());
  EXPECT_EQ(Disclosed().texts(0).text(), "lives alone");
}

TEST_F(PerformedDataTest, DestroysTheKeyOfWhatArrivesAfterItWasRecalled) {
  Take(1, KeptBytes{.envelope = "of tomorrow"});
  Take(2, RecallWord{.classes = {model::v1::DATA_CLASS_IDENTITY,
                                 model::v1::DATA_CLASS_SOCIAL},
                     .why = "consent_withdrawn"});
  Replay([this](const std::string&) {
    return std::optional<Incoming>(Told(1, Sent()));
  });
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_FALSE(KeyIsThere());
}

TEST_F(PerformedDataTest, KeepsNothingOfAPersonWhoWasErased) {
  Take(1, Sent());
  Do("accept { note: 'come at noon' }");
  EXPECT_EQ(Take(2, ErasureWord{}).fate, Fate::kTaken);
  EXPECT_FALSE(KeyIsThere());
  const PerformedReading reading = Read();
  EXPECT_TRUE(reading.state->erased);
  EXPECT_FALSE(Disclosed().has_identity());
  EXPECT_TRUE(reading.history[1].event.grown().entries(0).note().empty());
  EXPECT_TRUE(reading.history[1].erased);
  EXPECT_THAT(Rows(Table::kQueue, kOffice), IsEmpty());
  EXPECT_EQ(Refuse("begin {}").reason(), model::v1::ERROR_REASON_ERASED);
  // What is told on is taken, and nothing of it kept.
  EXPECT_EQ(Take(3, Grew(kCancelAsked)).fate, Fate::kTaken);
}

TEST_F(PerformedDataTest, KeepsWhatItDoesNotUnderstandUntilItDoes) {
  EXPECT_EQ(Take(1, KeptBytes{.envelope = "of tomorrow"}).fate,
            Fate::kNotUnderstood);
  EXPECT_EQ(Take(1, KeptBytes{.envelope = "of tomorrow"}).fate,
            Fate::kNotUnderstood);
  EXPECT_THAT(Rows(Table::kKeptEnvelopes, ""), SizeIs(1));
  bench().Restart();
  EXPECT_EQ(Replay([](const std::string&) { return std::nullopt; }), 0);
  EXPECT_THAT(Rows(Table::kKeptEnvelopes, ""), SizeIs(1));
  std::vector<std::string> read;
  EXPECT_EQ(Replay([&](const std::string& envelope) {
              read.push_back(envelope);
              return std::optional<Incoming>(Told(1, Sent()));
            }),
            1);
  EXPECT_THAT(read, ElementsAre("of tomorrow"));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(Disclosed().identity().given_name(), "Вера");
  EXPECT_THAT(Rows(Table::kKeptEnvelopes, ""), IsEmpty());
  EXPECT_EQ(Take(1, Sent()).fate, Fate::kTaken);
  EXPECT_EQ(Read().state->taken, 1);
}

// What came meanwhile must not hide that the family is not waited for any more.
TEST_F(PerformedDataTest, IsCancelledByACancelThatWasKept) {
  Take(1, Sent());
  Take(2, KeptBytes{.envelope = "a cancel of tomorrow"});
  Take(3, Grew("sequence: 4 loop: 1 move: REFERRAL_MOVE_INFORMATION_GIVEN"));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(Replay([this](const std::string&) {
              return std::optional<Incoming>(Told(2, Grew(kCancelAsked)));
            }),
            1);
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_CANCELLED);
}

// A hub starts although one record is damaged, or a newer release wrote to it.
TEST_F(PerformedDataTest, TellsWhatIsKeptAlsoWhenAnotherReferralCannotBeTold) {
  static constexpr base::Uid kOther{.high = 8, .low = 8};
  Take(1, KeptBytes{.envelope = "of the first"});
  Incoming other = Told(1, KeptBytes{.envelope = "of the other"});
  other.referral = kOther;
  Take(std::move(other));
  const auto read = [this](const std::string& envelope) {
    Arrival arrival = Sent();
    if (envelope == "of the other") arrival.referral.set_uid(kOther.Hex());
    return std::optional<Incoming>(Told(1, std::move(arrival)));
  };
  bench().store().FailNextAppend({.status = absl::UnavailableError("cut")});
  EXPECT_EQ(Replay(read), 1);
  EXPECT_THAT(Rows(Table::kKeptEnvelopes, ""), SizeIs(1));
  EXPECT_EQ(TryRead().status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Replay(read), 1);
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
}

// It would be as large the next time: the other hub must not send it for ever.
TEST_F(PerformedDataTest, RefusesWhatNoEventCanHold) {
  const std::string words(store::kEventBytesMax, 'x');
  EXPECT_EQ(Take(1, KeptBytes{.envelope = words}).why, "too_large");
  Arrival arrival = Sent();
  arrival.referral.mutable_request(0)->set_note(words);
  EXPECT_EQ(Take(1, arrival).why, "too_large");
  EXPECT_EQ(Take(1, Sent()).fate, Fate::kTaken);
}

TEST_F(PerformedDataTest, KeepsOnlySoManyEnvelopesOfAReferral) {
  const KeptBytes kept{.envelope = "of tomorrow"};
  int32_t sequence = 0;
  while (sequence < static_cast<int32_t>(kKeptMax)) {
    ASSERT_EQ(Take(++sequence, kept).fate, Fate::kNotUnderstood);
  }
  const TakeResult refused = Take(sequence + 1, kept);
  EXPECT_EQ(refused.fate, Fate::kRefused);
  EXPECT_EQ(refused.why, "too_many_kept");
}

TEST_F(PerformedDataTest, IsSoundForFsckWhateverBecomesOfIt) {
  Take(1, Sent());
  EXPECT_THAT(Fsck(), IsEmpty());
  Take(2, KeptBytes{.envelope = "of tomorrow"});
  EXPECT_THAT(Fsck(), IsEmpty());
  Take(3, ErasureWord{});
  EXPECT_THAT(Fsck(), IsEmpty());
}

TEST_F(PerformedDataTest, IsWalkedByVerify) {
  Take(1, Sent());
  const absl::StatusOr<Verification> verified =
      bench().Wait<Verification>([&](base::Done<Verification> done) {
        bench().engine().verifier().VerifyStream(
            {.kind = store::StreamKind::kReferral, .id = kPerformedUid},
            std::move(done));
      });
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->verified, 1);
  EXPECT_THAT(verified->damages, IsEmpty());
}

}  // namespace
}  // namespace careroute::engine
