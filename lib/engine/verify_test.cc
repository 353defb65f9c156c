// Damage done on purpose, and what the checker says of it. A store refuses
// entries that do not link, so each damaged history is a forgery whose hashes
// are right in themselves, in a store that holds the same checkpoints: nothing
// but what was witnessed can tell it from the true one.

#include "lib/engine/verify.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "lib/engine/testing/verify_bench.h"

namespace careroute::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What is said of `stored`, in a hub whose checkpoints witnessed History().
std::vector<std::string> DamagesOf(std::vector<store::NewEvent> stored) {
  VerifyBench sound;
  sound.Append(kStream, Chained(History()));
  sound.SignHead();
  VerifyBench damaged;
  if (!stored.empty()) damaged.Append(kStream, std::move(stored));
  std::vector<store::NewEvent> checkpoints;
  for (const store::StoredEvent& one : sound.Read(kCheckpointStream)) {
    checkpoints.push_back({.bytes = one.bytes, .chain_hash = one.chain_hash});
  }
  damaged.Append(kCheckpointStream, std::move(checkpoints));
  std::vector<std::string> said;
  for (const Damage& damage : damaged.Verify().damages) {
    EXPECT_EQ(damage.stream, kStream);
    said.push_back(
        absl::StrCat(damage.version, " ", WordsOf(damage.kind, "en")));
  }
  return said;
}

TEST(Verify, FindsNothingInASoundHistory) {
  EXPECT_THAT(DamagesOf(Chained(History())), IsEmpty());
}

TEST(Verify, FindsAnEntryChanged) {
  EXPECT_THAT(DamagesOf(Chained({"opened", "Assessed", "granted"})),
              ElementsAre("3 a checkpoint witnessed another history"));
}

TEST(Verify, FindsTwoEntriesSwapped) {
  EXPECT_THAT(DamagesOf(Chained({"assessed", "opened", "granted"})),
              ElementsAre("3 a checkpoint witnessed another history"));
}

TEST(Verify, FindsAnEntryRemovedOrCutOff) {
  EXPECT_THAT(DamagesOf(Chained({"opened", "granted"})),
              ElementsAre("3 entries a checkpoint witnessed were cut off"));
  EXPECT_THAT(DamagesOf(Chained({"opened", "assessed"})),
              ElementsAre("3 entries a checkpoint witnessed were cut off"));
}

TEST(Verify, FindsARemovedEntryThatAnotherReplaces) {
  EXPECT_THAT(DamagesOf(Chained({"opened", "granted", "ended"})),
              ElementsAre("3 a checkpoint witnessed another history"));
}

TEST(Verify, FindsAStreamThatIsGone) {
  EXPECT_THAT(DamagesOf({}),
              ElementsAre("0 a checkpoint names it, and it is gone"));
}

// Runs `task` after so many others of the executor.
void RunAfter(base::Executor& executor, int others, base::Task task) {
  executor.Post([&executor, others, task = std::move(task)]() mutable {
    if (others == 0) return task();
    RunAfter(executor, others - 1, std::move(task));
  });
}

// Others write while a hub verifies: whatever the moment between two reads of
// the store, what they add is no damage.
TEST(Verify, TakesEntriesThatComeMeanwhileForNoDamage) {
  // More than a verification of so little has reads.
  constexpr int kMoments = 30;
  for (int moment = 0; moment < kMoments; ++moment) {
    SCOPED_TRACE(moment);
    VerifyBench bench;
    bench.Append(kStream, Chained(History()));
    bench.SignHead();
    RunAfter(bench.executor, moment, [&bench] {
      store::AppendRequest more{.stream = kStream, .expected_version = 3};
      more.recorded_time = bench.clock.Now();
      more.events.push_back(
          Chained({"opened", "assessed", "granted", "reviewed"}).back());
      bench.store.Append(std::move(more),
                         [](absl::StatusOr<store::AppendResult> result) {
                           ASSERT_TRUE(result.ok()) << result.status();
                         });
    });
    const Verification found = bench.Verify();
    EXPECT_THAT(found.damages, IsEmpty());
    EXPECT_LE(found.not_yet_witnessed, 1);
  }
}

TEST(Verify, FindsACheckpointSignedByAnother) {
  VerifyBench bench;
  bench.Append(kStream, Chained(History()));
  bench.SignHead();
  model::v1::SignedCheckpoint forged;
  ASSERT_TRUE(forged.ParseFromString(bench.Read(kCheckpointStream)[0].bytes));
  forged.mutable_signature()->back() ^= 1;
  VerifyBench other;
  other.Append(kStream, Chained(History()));
  other.Append(kCheckpointStream, Chained({forged.SerializeAsString()}));
  const Verification found = other.Verify();
  ASSERT_EQ(found.damages.size(), 1u);
  EXPECT_EQ(found.damages[0].kind, DamageKind::kForged);
}

TEST(Verify, NamesWhatIsNewerNotYetWitnessed) {
  VerifyBench bench;
  bench.Append(kStream, Chained(History()));
  EXPECT_EQ(bench.Verify().not_yet_witnessed, 3);
  bench.SignHead();
  EXPECT_EQ(bench.Verify().not_yet_witnessed, 0);
  std::vector<std::string> longer = History();
  longer.push_back("ended");
  bench.Append(kStream, {Chained(longer).back()}, 3);
  const Verification found = bench.Verify();
  EXPECT_EQ(found.not_yet_witnessed, 1);
  EXPECT_THAT(found.damages, IsEmpty());
}

// Kinds that were added after that of the checkpoints are looked at too.
TEST(Verify, LooksAtStreamsOfEveryKind) {
  VerifyBench bench;
  int64_t streams = 0;
  for (int kind = 1; kind <= static_cast<int>(store::kStreamKindLast); ++kind) {
    const auto one = static_cast<store::StreamKind>(kind);
    if (one == store::StreamKind::kCheckpoint) continue;
    bench.Append({.kind = one, .id = kCase}, Chained({"entry"}));
    ++streams;
  }
  EXPECT_EQ(bench.Verify().not_yet_witnessed, streams);
  EXPECT_EQ(NameOf({.kind = store::StreamKind::kPeer, .id = kCase}),
            absl::StrCat("peers/", kCase.Hex()));
}

// --- Checkpoints held elsewhere ----------------------------------------------

// Cut together with the checkpoints that witnessed it, the rest is whole.
TEST(VerifyElsewhere, ShowsATailThatWasCutWithItsCheckpoints) {
  VerifyBench sound;
  sound.Append(kStream, Chained({"opened", "assessed"}));
  sound.SignHead();
  sound.Append(kStream, {Chained(History()).back()}, 2);
  sound.SignHead();

  VerifyBench cut;
  cut.CopyFrom(sound, kStream, 2);
  cut.CopyFrom(sound, kCheckpointStream, 1);
  EXPECT_THAT(cut.Verify().damages, IsEmpty());
  EXPECT_THAT(cut.VerifyAgainst({sound.Newest()}).damages,
              ElementsAre(Damage{kCheckpointStream, 2, DamageKind::kCutOff},
                          Damage{kStream, 3, DamageKind::kCutOff}));
  EXPECT_THAT(sound.VerifyAgainst({sound.Newest()}).damages, IsEmpty());
}

// The newest of a process names the one before it, so that what was cut before
// the newest shows although no other is held.
TEST(VerifyElsewhere, VouchesForCheckpointsBeforeTheOneHeld) {
  constexpr store::StreamId kOther{.kind = store::StreamKind::kPerson,
                                   .id = kCase};
  VerifyBench sound;
  sound.Append(kStream, Chained(History()));
  sound.SignHead();
  sound.Append(kOther, Chained({"known"}));
  sound.SignHead(kOther);

  VerifyBench emptied;
  emptied.CopyFrom(sound, kOther, 1);
  EXPECT_THAT(emptied.VerifyAgainst({sound.Newest()}).damages,
              ElementsAre(Damage{kCheckpointStream, 0, DamageKind::kGone}));
}

TEST(VerifyElsewhere, ShowsCheckpointsThatWereSignedAnew) {
  VerifyBench sound;
  sound.Append(kStream, Chained(History()));
  sound.SignHead();
  VerifyBench rewritten;
  rewritten.Append(kStream, Chained({"opened", "refused"}));
  rewritten.SignHead();
  EXPECT_THAT(rewritten.Verify().damages, IsEmpty());
  EXPECT_THAT(
      rewritten.VerifyAgainst({sound.Newest()}).damages,
      ElementsAre(Damage{kCheckpointStream, 1, DamageKind::kOtherHistory},
                  Damage{kStream, 3, DamageKind::kCutOff}));
}

// What a backup did not hold is lost with its epoch: known, and told apart.
TEST(VerifyElsewhere, TellsWhatARestoreLostFromWhatWasCut) {
  VerifyBench before;
  before.Append(kStream, Chained({"opened", "assessed"}));
  before.SignHead();
  before.Append(kStream, {Chained(History()).back()}, 2);
  before.SignHead();

  VerifyBench restored(/*store_epoch=*/2);
  restored.CopyFrom(before, kStream, 2);
  restored.CopyFrom(before, kCheckpointStream, 1);
  const Verification found = restored.VerifyAgainst({before.Newest()});
  EXPECT_THAT(found.damages, IsEmpty());
  EXPECT_THAT(found.forgotten,
              ElementsAre(Damage{kCheckpointStream, 2, DamageKind::kForgotten},
                          Damage{kStream, 3, DamageKind::kForgotten}));
}

TEST(Verify, LooksAtNoSignatureWithoutAKey) {
  VerifyBench bench;
  bench.Append(kStream, Chained(History()));
  bench.SignHead();
  Verifier without({.store = bench.store});
  EXPECT_THAT(bench.VerifyWith(without).damages, IsEmpty());
  Verifier with_none({.store = bench.store, .check = SignedWith({})});
  EXPECT_THAT(
      bench.VerifyWith(with_none).damages,
      ElementsAre(Damage{kCheckpointStream, 1, DamageKind::kUnknownKey}));
}

TEST(Verify, TellsHowFarItIs) {
  VerifyBench bench;
  bench.Append(kStream, Chained(History()));
  bench.SignHead();
  std::pair<int64_t, int64_t> told;
  Verifier verifier({.store = bench.store,
                     .check = SignedBy(bench.signer),
                     .progress = [&told](int64_t verified, int64_t total) {
                       EXPECT_GE(verified, told.first);
                       told = {verified, total};
                     }});
  static_cast<void>(bench.VerifyWith(verifier));
  EXPECT_EQ(told, std::pair(int64_t{4}, int64_t{4}));
}

// --- However few heads are held at once --------------------------------------

struct Forged {
  VerifyBench bench;
  // Streams of the true store that are cut short here, or gone.
  void CopyDamaged(VerifyBench& sound, base::Random& random) {
    for (uint64_t i = 0; i < 12; ++i) {
      const store::StreamId stream = StreamOf(i);
      const size_t entries = sound.Read(stream).size();
      bench.CopyFrom(
          sound, stream,
          random.Uniform(3) == 0 ? random.Uniform(entries + 1) : entries);
    }
    bench.CopyFrom(sound, kCheckpointStream, 1000);
  }
  static store::StreamId StreamOf(uint64_t i) {
    return {.kind = i % 3 == 0 ? store::StreamKind::kPeer
                               : store::StreamKind::kCase,
            .id = {.high = 1, .low = i}};
  }
};

TEST(Verify, FindsTheSameHoweverFewHeadsItHoldsAtOnce) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    base::SeededRandom random(seed);
    VerifyBench sound;
    for (int round = 0; round < 60; ++round) {
      const store::StreamId stream = Forged::StreamOf(random.Uniform(12));
      const std::vector<store::StoredEvent> events = sound.Read(stream);
      const std::string bytes = absl::StrCat("entry ", round);
      const std::string& before =
          events.empty() ? store::ChainStart() : events.back().chain_hash;
      sound.Append(stream,
                   {{.bytes = bytes,
                     .chain_hash = store::ChainHash(
                         {.previous = before, .stored = bytes})}},
                   static_cast<int64_t>(events.size()));
      if (random.Uniform(2) == 0) sound.SignHead(stream);
    }
    Forged forged;
    forged.CopyDamaged(sound, random);
    const Verification whole = forged.bench.Verify();
    for (const size_t window : {1U, 2U, 5U}) {
      Verifier few({.store = forged.bench.store,
                    .check = SignedBy(forged.bench.signer),
                    .heads_at_once = window});
      const Verification found = forged.bench.VerifyWith(few);
      EXPECT_EQ(found.damages, whole.damages) << "window " << window;
      EXPECT_EQ(found.not_yet_witnessed, whole.not_yet_witnessed);
      EXPECT_EQ(found.verified, whole.verified);
    }
  }
}

}  // namespace
}  // namespace careroute::engine
