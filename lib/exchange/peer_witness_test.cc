// What a hub was shown by another comes out as a file that holds it to it.

#include "lib/exchange/peer_witness.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/engine/witness_file.h"
#include "lib/exchange/peer_streams.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::exchange {
namespace {

model::v1::SignedCheckpoint Checkpoint(const std::string& process,
                                       int64_t sequence) {
  model::v1::Checkpoint checkpoint;
  checkpoint.set_process(process);
  checkpoint.set_sequence(sequence);
  if (sequence > 1) checkpoint.set_previous(base::Sha256("the one before"));
  model::v1::SignedCheckpoint made;
  made.set_checkpoint(checkpoint.SerializeAsString());
  made.set_algorithm("ed25519");
  return made;
}

class PeerWitnessTest : public ::testing::Test {
 protected:
  // A batch of the peer, or one to it, in which it showed the checkpoint.
  void Show(const model::v1::SignedCheckpoint& checkpoint, bool in_receipt) {
    v1::Manifest manifest;
    manifest.set_batch(++batch_);
    v1::Receipt receipt;
    receipt.set_manifest_hash(absl::StrCat(batch_));
    (in_receipt ? *receipt.mutable_checkpoint()
                : *manifest.mutable_checkpoint()) = checkpoint;
    const ExchangedBatch batch{.manifest = manifest.SerializeAsString(),
                               .receipt = receipt.SerializeAsString()};
    const auto done = [](const absl::Status& recorded) {
      ASSERT_TRUE(recorded.ok()) << recorded;
    };
    if (in_receipt) {
      streams_.RecordSent("east", batch, done);
    } else {
      streams_.RecordReceived("east", batch, done);
    }
    executor_.RunReady();
  }

  absl::StatusOr<std::string> Write(const std::string& hub) {
    absl::StatusOr<std::string> text = absl::UnknownError("not answered");
    WritePeerWitnesses(store_, hub, [&text](absl::StatusOr<std::string> one) {
      text = std::move(one);
    });
    executor_.RunReady();
    return text;
  }

  int64_t batch_ = 0;
  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  PeerStreams streams_{
      {.store = store_, .clock = clock_, .executor = executor_}};
};

TEST_F(PeerWitnessTest, HoldsTheNewestOfEachProcessHoweverItWasShown) {
  const std::string one(16, '1');
  const std::string other(16, '2');
  Show(Checkpoint(one, 1), /*in_receipt=*/true);
  Show(Checkpoint(one, 7), /*in_receipt=*/false);
  Show(Checkpoint(other, 2), /*in_receipt=*/true);
  Show(Checkpoint(one, 4), /*in_receipt=*/true);  // late
  const absl::StatusOr<std::string> text = Write("east");
  ASSERT_TRUE(text.ok()) << text.status();
  const auto read = engine::ReadWitnesses({.text = *text});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].SerializeAsString(),
            Checkpoint(one, 7).SerializeAsString());
  EXPECT_EQ((*read)[1].SerializeAsString(),
            Checkpoint(other, 2).SerializeAsString());
}

TEST_F(PeerWitnessTest, SaysWhenNothingWasShown) {
  EXPECT_EQ(Write("west").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace careroute::exchange
