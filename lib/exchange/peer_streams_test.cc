// What passes is recorded once, survives a restart, and decides what is sent.

#include "lib/exchange/peer_streams.h"

#include <string>
#include <utility>

#include "careroute/exchange/v1/exchange_service.pb.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::exchange {
namespace {

class PeerStreamsTest : public ::testing::Test {
 protected:
  static ExchangedBatch Batch(int64_t number) {
    v1::Manifest manifest;
    manifest.set_batch(number);
    manifest.set_epoch(1);
    v1::Receipt receipt;
    receipt.set_epoch(1);
    receipt.set_manifest_hash(base::Sha256(manifest.SerializeAsString()));
    ExchangedBatch batch{.manifest = manifest.SerializeAsString(),
                         .receipt = receipt.SerializeAsString()};
    batch.signature.set_algorithm("ed25519");
    batch.receipt_signature.set_key_id(7);
    return batch;
  }

  using RecordMethod = void (PeerStreams::*)(absl::string_view,
                                             const ExchangedBatch&,
                                             base::DoneStatus);
  absl::Status Record(RecordMethod method, const ExchangedBatch& batch) {
    absl::Status recorded = absl::UnknownError("not answered");
    (streams_.*method)("east", batch, [&recorded](absl::Status status) {
      recorded = std::move(status);
    });
    executor_.RunReady();
    return recorded;
  }

  using CommandMethod = void (PeerStreams::*)(PeerStreams::CommandRequest,
                                              base::Done<engine::Reply>);
  engine::Reply Command(CommandMethod method, const std::string& request_id,
                        const std::string& reason = "") {
    PeerStreams::CommandRequest request{
        .info = {.request_id = request_id,
                 .body_hash = base::Sha256(request_id + reason)},
        .hub = "east",
        .reason = reason};
    request.info.actor.set_member("organisations/hub/members/administrator");
    absl::StatusOr<engine::Reply> answer = absl::UnknownError("not answered");
    (streams_.*method)(std::move(request),
                       [&answer](absl::StatusOr<engine::Reply> reply) {
                         answer = std::move(reply);
                       });
    executor_.RunReady();
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : engine::Reply{};
  }

  PeerReading Read(PeerStreams& streams, const std::string& hub = "east") {
    PeerReading found;
    streams.Read(hub, [&found](absl::StatusOr<PeerReading> reading) {
      ASSERT_TRUE(reading.ok()) << reading.status();
      found = *std::move(reading);
    });
    executor_.RunReady();
    return found;
  }
  PeerReading Read() { return Read(streams_); }

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  PeerStreams streams_{
      {.store = store_, .clock = clock_, .executor = executor_}};
};

TEST_F(PeerStreamsTest, KnowNothingOfAPeerAtFirst) {
  const PeerReading reading = Read();
  EXPECT_EQ(reading.version, 0);
  EXPECT_EQ(*reading.state, PeerState{});
}

TEST_F(PeerStreamsTest, RecordBatchesEachWayAsTheyWereSigned) {
  ASSERT_TRUE(Record(&PeerStreams::RecordSent, Batch(1)).ok());
  ASSERT_TRUE(Record(&PeerStreams::RecordReceived, Batch(5)).ok());
  const PeerReading reading = Read();
  EXPECT_EQ(reading.version, 2);
  EXPECT_EQ(reading.state->sent_batch, 1);
  EXPECT_EQ(reading.state->received_batch, 5);
  EXPECT_EQ(reading.state->answered, clock_.Now());
  store_.ReadEvents(
      {.stream = {.kind = store::StreamKind::kPeer,
                  .id = PeerStreams::UidOf("east")}},
      [](absl::StatusOr<store::EventPage> page) {
        ASSERT_TRUE(page.ok() && page->events.size() == 2) << page.status();
        event::v1::PeerEvent event;
        ASSERT_TRUE(event.ParseFromString(page->events[0].bytes));
        EXPECT_EQ(event.sent().manifest(), Batch(1).manifest);
        EXPECT_EQ(event.sent().signature().algorithm(), "ed25519");
        EXPECT_EQ(event.sent().receipt(), Batch(1).receipt);
        EXPECT_EQ(event.sent().receipt_signature().key_id(), 7);
        EXPECT_EQ(event.header().version(), 1);
      });
  executor_.RunReady();
}

TEST_F(PeerStreamsTest, RecordABatchOnceThoughTheStoreDidNotAnswer) {
  store_.FailNextAppend({.status = absl::UnavailableError("cut"),
                         .point = store::FaultPoint::kAfterEffect});
  EXPECT_TRUE(Record(&PeerStreams::RecordReceived, Batch(1)).ok());
  EXPECT_TRUE(Record(&PeerStreams::RecordReceived, Batch(1)).ok());
  EXPECT_EQ(Read().version, 1);
  // The same batch with another answer is another fact.
  ExchangedBatch again = Batch(1);
  v1::Receipt receipt;
  receipt.set_epoch(2);
  again.receipt = receipt.SerializeAsString();
  EXPECT_TRUE(Record(&PeerStreams::RecordReceived, again).ok());
  EXPECT_EQ(Read().version, 2);
}

TEST_F(PeerStreamsTest, SayWhenABatchCouldNotBeRecorded) {
  store_.FailNextAppend({.status = absl::UnavailableError("disk full")});
  EXPECT_FALSE(Record(&PeerStreams::RecordSent, Batch(1)).ok());
  EXPECT_EQ(Read().version, 0);
}

TEST_F(PeerStreamsTest, PauseAndResumeOnceARequest) {
  EXPECT_FALSE(Command(&PeerStreams::Pause, "pause", "moves house").replayed);
  EXPECT_TRUE(Read().state->paused);
  EXPECT_TRUE(Command(&PeerStreams::Pause, "pause", "moves house").replayed);
  // It is so already.
  Command(&PeerStreams::Pause, "again", "moves house");
  EXPECT_EQ(Read().version, 1);
  Command(&PeerStreams::Pause, "other", "has moved");
  EXPECT_EQ(Read().state->pause_reason, "has moved");
  Command(&PeerStreams::Resume, "resume");
  Command(&PeerStreams::Resume, "resume twice");
  EXPECT_FALSE(Read().state->paused);
  EXPECT_EQ(Read().version, 3);
}

TEST_F(PeerStreamsTest, NameWhatARestoreLostUntilThePeerIsResumed) {
  for (int i = 0; i < 2; ++i) {
    event::v1::PeerCompared compared;
    compared.set_epoch(2);
    compared.add_lost("0123456789abcdef");
    compared.add_lost_cases("fedcba9876543210");
    absl::Status recorded = absl::UnknownError("not answered");
    streams_.RecordCompared(
        "east", std::move(compared),
        [&recorded](absl::Status status) { recorded = std::move(status); });
    executor_.RunReady();
    EXPECT_TRUE(recorded.ok()) << recorded;
  }
  EXPECT_EQ(Read().version, 1) << "once an epoch";
  EXPECT_EQ(Read().state->lost.size(), 1u);
  Command(&PeerStreams::Resume, "seen to");
  EXPECT_TRUE(Read().state->lost.empty());
  EXPECT_TRUE(Read().state->lost_cases.empty());
  EXPECT_EQ(Read().state->compared_epoch, 2);
}

TEST_F(PeerStreamsTest, RefuseTheSameRequestIdForAnotherReason) {
  Command(&PeerStreams::Pause, "pause", "moves house");
  const engine::Reply reused =
      Command(&PeerStreams::Pause, "pause", "has moved");
  ASSERT_TRUE(reused.refusal.has_value());
  EXPECT_EQ(Read().state->pause_reason, "moves house");
}

TEST_F(PeerStreamsTest, AreKnownAgainAfterARestart) {
  const int64_t batches = 2 * PeerTraits::kSnapshotEvery + 1;
  for (int64_t number = 1; number <= batches; ++number) {
    ASSERT_TRUE(Record(&PeerStreams::RecordSent, Batch(number)).ok());
  }
  PeerStreams restarted(
      {.store = store_, .clock = clock_, .executor = executor_});
  const PeerReading reading = Read(restarted);
  EXPECT_EQ(reading.version, batches);
  EXPECT_EQ(*reading.state, *Read().state);
  EXPECT_EQ(reading.state->sent_batch, batches);
}

TEST_F(PeerStreamsTest, KeepPeersApart) {
  Command(&PeerStreams::Pause, "pause", "moves house");
  EXPECT_FALSE(Read(streams_, "west").state->paused);
  const std::string hash = base::Sha256("peer/east");
  EXPECT_EQ(PeerStreams::UidOf("east").Bytes(), hash.substr(0, 16));
}

}  // namespace
}  // namespace careroute::exchange
