#include "lib/engine/witness_file.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/checkpoints.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using testing::HasSubstr;

registry::KeyRing NewRing(uint64_t seed) {
  base::SeededRandom random(seed);
  return registry::KeyRing::Generate(random, absl::UnixEpoch());
}

struct Bench {
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  store::MemoryStore store{{.executor = executor,
                            .uid = {.high = 1, .low = 1},
                            .created = clock.Now()}};
  registry::KeyRing ring = NewRing(1);
  registry::Signer signer{ring};

  // Signs so many checkpoints as one process.
  void RunProcess(uint64_t number, int checkpoints) {
    Checkpoints process({.store = store,
                         .clock = clock,
                         .signer = signer,
                         .process = {.high = 9, .low = number}});
    for (int i = 1; i <= checkpoints; ++i) {
      process.Observe({.stream = {.id = {.high = 2, .low = number}},
                       .version = i,
                       .hash = "hash"});
      process.Sign([](const absl::Status& signed_one) {
        ASSERT_TRUE(signed_one.ok()) << signed_one;
      });
      executor.RunReady();
    }
  }

  std::string Write() {
    std::optional<std::string> text;
    WriteWitnesses(store, [&text](absl::StatusOr<std::string> written) {
      ASSERT_TRUE(written.ok()) << written.status();
      text = *std::move(written);
    });
    executor.RunReady();
    return text.value_or("");
  }
};

TEST(WitnessFile, HoldsTheNewestCheckpointOfEachProcess) {
  Bench bench;
  bench.RunProcess(1, 3);
  bench.RunProcess(2, 1);
  const auto read =
      ReadWitnesses({.text = absl::StrCat("# for the auditor\n", bench.Write()),
                     .check = SignedBy(bench.signer)});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 2u);
  model::v1::Checkpoint first;
  ASSERT_TRUE(first.ParseFromString((*read)[0].checkpoint()));
  EXPECT_EQ(first.sequence(), 3);
}

TEST(WitnessFile, IsRefusedWhenAnotherHubSigned) {
  Bench bench;
  bench.RunProcess(1, 1);
  const registry::KeyRing other = NewRing(2);
  const registry::Signer signer(other);
  const auto read =
      ReadWitnesses({.text = bench.Write(), .check = SignedBy(signer)});
  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("line 1: "));
}

TEST(WitnessFile, IsRefusedWithItsLineWhenItIsNone) {
  Bench bench;
  bench.RunProcess(1, 1);
  const std::string sound = bench.Write();
  const auto damaged =
      ReadWitnesses({.text = absl::StrCat(sound, "not one\n")});
  EXPECT_THAT(std::string(damaged.status().message()), HasSubstr("line 2: "));
  EXPECT_EQ(ReadWitnesses({.text = "# nothing\n"}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace careroute::engine
