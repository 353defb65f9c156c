// What a peer's batches say of it, and what its checkpoints give away.

#include "lib/exchange/peer_state.h"

#include <string>
#include <utility>

#include "careroute/exchange/v1/exchange_service.pb.h"
#include "careroute/model/v1/access.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"

namespace careroute::exchange {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr store::StreamId kCase{.kind = store::StreamKind::kCase,
                                .id = {.high = 1, .low = 2}};

std::string Process(char one) { return std::string(16, one); }

// The checkpoints of one process of a peer, each naming the one before.
class Signing {
 public:
  explicit Signing(std::string process, int64_t epoch = 1)
      : process_(std::move(process)), epoch_(epoch) {}

  model::v1::SignedCheckpoint Next(int64_t version = 0,
                                   const std::string& hash = "") {
    model::v1::Checkpoint checkpoint;
    checkpoint.set_process(process_);
    checkpoint.set_sequence(++sequence_);
    checkpoint.set_previous(previous_);
    checkpoint.set_epoch(epoch_);
    if (version > 0) {
      model::v1::WitnessedHead& head = *checkpoint.add_heads();
      head.set_stream(kCase.Bytes());
      head.set_version(version);
      head.set_hash(hash);
    }
    return Sign(checkpoint);
  }

  model::v1::SignedCheckpoint Sign(const model::v1::Checkpoint& checkpoint) {
    model::v1::SignedCheckpoint one;
    one.set_checkpoint(checkpoint.SerializeAsString());
    one.set_algorithm("ed25519");
    one.set_key_id(7);
    one.set_signature("signature");
    previous_ = base::Sha256(one.SerializeAsString());
    return one;
  }

 private:
  std::string process_;
  int64_t epoch_;
  int64_t sequence_ = 0;
  std::string previous_;
};

class PeerStateTest : public ::testing::Test {
 protected:
  void Fold(event::v1::PeerEvent event) {
    event.mutable_header()->set_version(++version_);
    event.mutable_header()->set_format(kPeerFormat);
    event.mutable_header()->mutable_recorded_time()->set_seconds(1000 +
                                                                 version_);
    const absl::Status folded = FoldPeer(event, state_);
    ASSERT_TRUE(folded.ok()) << folded;
  }

  void Receive(const model::v1::SignedCheckpoint& checkpoint) {
    v1::Manifest manifest;
    manifest.set_epoch(1);
    manifest.set_batch(version_ + 1);
    *manifest.mutable_checkpoint() = checkpoint;
    event::v1::PeerEvent event;
    event.mutable_received()->set_manifest(manifest.SerializeAsString());
    Fold(std::move(event));
  }

  void Answer(const model::v1::SignedCheckpoint& checkpoint) {
    v1::Receipt receipt;
    receipt.set_epoch(1);
    *receipt.mutable_checkpoint() = checkpoint;
    event::v1::PeerEvent event;
    event.mutable_sent()->set_manifest(v1::Manifest().SerializeAsString());
    event.mutable_sent()->set_receipt(receipt.SerializeAsString());
    Fold(std::move(event));
  }

  int64_t version_ = 0;
  PeerState state_;
};

TEST_F(PeerStateTest, CountsBatchesEachWayAndNotesTheAnswer) {
  v1::Manifest manifest;
  manifest.set_batch(4);
  v1::Receipt receipt;
  receipt.set_epoch(2);
  event::v1::PeerEvent sent;
  sent.mutable_sent()->set_manifest(manifest.SerializeAsString());
  sent.mutable_sent()->set_receipt(receipt.SerializeAsString());
  Fold(sent);
  EXPECT_EQ(state_.sent_batch, 4);
  EXPECT_EQ(state_.epoch, 2);
  EXPECT_EQ(state_.answered, absl::FromUnixSeconds(1001));
  manifest.set_batch(9);
  manifest.set_epoch(2);
  event::v1::PeerEvent received;
  received.mutable_received()->set_manifest(manifest.SerializeAsString());
  Fold(received);
  EXPECT_EQ(state_.received_batch, 9);
  EXPECT_EQ(state_.answered, absl::FromUnixSeconds(1001))
      << "what it sends is no answer";
  // It was restored, and has forgotten some of its batches.
  manifest.set_batch(3);
  manifest.set_epoch(3);
  received.mutable_received()->set_manifest(manifest.SerializeAsString());
  Fold(received);
  EXPECT_EQ(state_.received_batch, 3);
  EXPECT_EQ(state_.epoch, 3);
}

TEST_F(PeerStateTest, IsPausedAndResumed) {
  event::v1::PeerEvent event;
  event.mutable_paused()->set_reason("moves house");
  Fold(event);
  EXPECT_TRUE(state_.paused);
  EXPECT_EQ(state_.pause_reason, "moves house");
  event.mutable_resumed();
  Fold(event);
  EXPECT_EQ(state_, PeerState{});
}

TEST_F(PeerStateTest, TakesCheckpointsThatGoOnWhicheverWayTheyCome) {
  Signing process(Process('a'));
  Signing other(Process('b'));
  Receive(process.Next(1, "one"));
  Answer(process.Next(2, "two"));
  Receive(other.Next(2, "two"));
  // Not every checkpoint is shown.
  process.Next();
  const model::v1::SignedCheckpoint newest = process.Next(3, "three");
  Receive(newest);
  EXPECT_EQ(state_.fault, CheckpointFault::kNone);
  ASSERT_THAT(state_.checkpoints, SizeIs(2));
  EXPECT_EQ(
      state_.checkpoints.back(),
      (KnownCheckpoint{.process = Process('a'),
                       .sequence = 4,
                       .epoch = 1,
                       .hash = base::Sha256(newest.SerializeAsString())}));
  EXPECT_EQ(state_.heads->at(kCase).hash, "three");
}

TEST_F(PeerStateTest, TakesABatchThatIsLateOrSentAgainForNoFault) {
  Signing process(Process('a'));
  const model::v1::SignedCheckpoint first = process.Next(1, "one");
  const model::v1::SignedCheckpoint second = process.Next(2, "two");
  for (const auto* one : {&second, &first, &second}) Receive(*one);
  EXPECT_EQ(state_.fault, CheckpointFault::kNone);
  EXPECT_EQ(state_.checkpoints.back().sequence, 2);
  EXPECT_EQ(state_.heads->at(kCase).version, 2);
}

TEST_F(PeerStateTest, ShowsTwoCheckpointsOfOneNumber) {
  Signing process(Process('a'));
  Signing cut = process;
  Receive(process.Next(1, "one"));
  Receive(cut.Next(1, "another"));
  EXPECT_EQ(state_.fault, CheckpointFault::kTwoOfOneNumber);
}

TEST_F(PeerStateTest, ShowsACheckpointThatDoesNotNameTheOneBefore) {
  Signing process(Process('a'));
  Signing cut = process;
  Receive(process.Next(1, "one"));
  cut.Next(1, "another");
  Receive(cut.Next());
  EXPECT_EQ(state_.fault, CheckpointFault::kDoesNotFollow);
}

TEST_F(PeerStateTest, ShowsAnotherHistoryOfARecordByAnotherProcess) {
  Signing process(Process('a'));
  Signing next(Process('b'));
  Receive(process.Next(5, "five"));
  Receive(next.Next(5, "rewritten"));
  EXPECT_EQ(state_.fault, CheckpointFault::kOtherHistory);
}

TEST_F(PeerStateTest, ExpectsARestoredPeerToHaveForgotten) {
  Signing process(Process('a'));
  Signing restored(Process('b'), /*epoch=*/2);
  Receive(process.Next(5, "five"));
  Receive(restored.Next(5, "written after the restore"));
  EXPECT_EQ(state_.fault, CheckpointFault::kNone);
  EXPECT_EQ(state_.heads->at(kCase).epoch, 2);
}

TEST_F(PeerStateTest, ShowsAnEpochThatChangesWithinAProcess) {
  Signing process(Process('a'));
  Signing changed(Process('a'), /*epoch=*/2);
  Receive(process.Next());
  changed.Next();
  Receive(changed.Next());
  EXPECT_EQ(state_.fault, CheckpointFault::kOtherEpoch);
}

TEST_F(PeerStateTest, ShowsACheckpointThatCannotBeRead) {
  model::v1::SignedCheckpoint unreadable;
  unreadable.set_checkpoint("\xff\xff");
  Receive(unreadable);
  EXPECT_EQ(state_.fault, CheckpointFault::kUnreadable);
}

TEST_F(PeerStateTest, KeepsTheFirstFaultUntilSomebodyResumesThePeer) {
  Signing process(Process('a'));
  Signing cut = process;
  Receive(process.Next(1, "one"));
  Receive(cut.Next(1, "another"));
  model::v1::SignedCheckpoint unreadable;
  unreadable.set_checkpoint("\xff\xff");
  Receive(unreadable);
  EXPECT_EQ(state_.fault, CheckpointFault::kTwoOfOneNumber);
  event::v1::PeerEvent resumed;
  resumed.mutable_resumed();
  Fold(resumed);
  EXPECT_EQ(state_.fault, CheckpointFault::kNone);
  EXPECT_THAT(state_.checkpoints, SizeIs(1));
}

TEST_F(PeerStateTest, KeepsNoMoreThanItsBounds) {
  for (int i = 0; i < 20; ++i) {
    Signing process(Process(static_cast<char>('a' + i)));
    model::v1::Checkpoint checkpoint;
    checkpoint.set_process(Process(static_cast<char>('a' + i)));
    checkpoint.set_sequence(1);
    checkpoint.set_epoch(1);
    for (int j = 0; j < 100; ++j) {
      model::v1::WitnessedHead& head = *checkpoint.add_heads();
      head.set_stream(store::StreamId{.kind = store::StreamKind::kCase,
                                      .id = {.high = static_cast<uint64_t>(i),
                                             .low = static_cast<uint64_t>(j)}}
                          .Bytes());
      head.set_version(1);
      head.set_hash("one");
    }
    Receive(process.Sign(checkpoint));
  }
  EXPECT_THAT(state_.checkpoints, SizeIs(kProcessesKept));
  EXPECT_THAT(*state_.heads, SizeIs(kHeadsKept));
  // The oldest are forgotten first.
  EXPECT_FALSE(state_.heads->contains(
      {.kind = store::StreamKind::kCase, .id = {.high = 0, .low = 99}}));
  EXPECT_TRUE(state_.heads->contains(
      {.kind = store::StreamKind::kCase, .id = {.high = 19, .low = 0}}));
}

TEST_F(PeerStateTest, KeepsNothingThatIsLongerThanItIsSaidToBe) {
  Signing process(Process('a'));
  Receive(process.Next(1, std::string(60000, 'x')));
  EXPECT_EQ(state_.fault, CheckpointFault::kUnreadable);
  EXPECT_TRUE(state_.heads->empty());
  Signing longer(std::string(60000, 'a'));
  Receive(longer.Next());
  EXPECT_TRUE(state_.checkpoints.empty());
}

TEST_F(PeerStateTest, SurvivesItsSnapshot) {
  Signing process(Process('a'));
  Signing cut = process;
  Answer(process.Next(1, "one"));
  Receive(cut.Next(1, "another"));
  event::v1::PeerEvent paused;
  paused.mutable_paused()->set_reason("is looked into");
  Fold(paused);
  event::v1::PeerEvent compared;
  compared.mutable_compared()->set_epoch(2);
  compared.mutable_compared()->add_lost("0123456789abcdef");
  compared.mutable_compared()->add_lost_cases("fedcba9876543210");
  Fold(compared);
  EXPECT_EQ(state_.compared_epoch, 2);
  EXPECT_EQ(state_.lost.size(), 1u);
  EXPECT_EQ(state_.lost_cases.size(), 1u);
  EXPECT_EQ(FromSnapshot(ToSnapshot(state_)), state_);
  EXPECT_EQ(FromSnapshot(ToSnapshot(PeerState{})), PeerState{});
}

TEST_F(PeerStateTest, StopsBeforeWhatItDoesNotKnow) {
  event::v1::PeerEvent newer;
  newer.mutable_header()->set_format(kPeerFormat + 1);
  ASSERT_TRUE(FoldPeer(newer, state_).ok());
  EXPECT_TRUE(state_.ahead);
  event::v1::PeerEvent paused;
  paused.mutable_paused();
  Fold(paused);
  EXPECT_FALSE(state_.paused);
}

TEST_F(PeerStateTest, RefusesABatchThatCannotBeRead) {
  event::v1::PeerEvent event;
  event.mutable_received()->set_manifest("\xff\xff");
  EXPECT_TRUE(absl::IsDataLoss(FoldPeer(event, state_)));
}

TEST(WordsOf, SaysOfEachFaultWhatToDo) {
  EXPECT_EQ(WordsOf(CheckpointFault::kNone), "");
  for (int fault = 1; fault <= 5; ++fault) {
    EXPECT_THAT(WordsOf(static_cast<CheckpointFault>(fault)),
                HasSubstr("resume the peer"))
        << fault;
  }
}

}  // namespace
}  // namespace careroute::exchange
