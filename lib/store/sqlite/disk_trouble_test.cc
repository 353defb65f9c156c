// A disk that fails, is full or loses power at any point of a load: what was
// answered is there once and whole, what was refused is not there, and what
// was left open is there whole or not at all.

#include <cstdint>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/fault_vfs.h"
#include "lib/store/sqlite/test_store.h"
#include "lib/store/sqlite/whole_stream.h"

namespace careroute::store {
namespace {

constexpr uint64_t kSeed = 20261130;
constexpr int kRounds = 40;
constexpr uint64_t kStreams = 4;
// Enough for the log to be carried over into the database on the way.
constexpr uint64_t kStepsMax = 40;
// By then the log has been filled and begun again.
constexpr uint64_t kStepsToFillMax = 200;
// A step is some seventy calls: trouble comes within the first few as often as
// at the end, and when the store is closed.
constexpr uint64_t kCallsBitsMax = 12;

// What a stream holds exactly while it is at that version.
std::string ClaimOf(uint64_t stream, int64_t version) {
  return absl::StrCat("claim ", stream, "/", version);
}

// Appends to all streams at once, and what is known of the outcomes.
class Load {
 public:
  explicit Load(TestStore& test) : test_(test) {}

  // Each stream's next event, with everything an append may bring. False when
  // anything failed.
  bool Step() {
    std::map<uint64_t, StreamHead> heads;
    for (uint64_t stream = 1; stream <= kStreams; ++stream) {
      const auto head = test_.ask(&Store::ReadHead, TestCase(stream));
      if (!head.ok() || !TakeClaim(stream, head->version + 1)) return false;
      heads[stream] = *head;
    }
    bool well = true;
    for (const auto& [stream, head] : heads) {
      test_.store().Append(RequestAt(stream, head),
                           [this, &well, stream = stream](
                               const absl::StatusOr<AppendResult>& result) {
                             well = Hear(stream, result) && well;
                           });
    }
    test_.executor().RunReady();
    return well;
  }

  // Beside the fault: what was answered can be read.
  void ExpectReadable() {
    for (uint64_t stream = 1; stream <= kStreams; ++stream) {
      const auto load =
          test_.ask(&Store::ReadForLoad, {.stream = TestCase(stream)});
      ASSERT_TRUE(load.ok()) << load.status();
      EXPECT_EQ(load->head.version, fates_[stream].answered);
    }
  }

  // After the store was opened again: nothing stays open.
  void ExpectWholeAgain() {
    for (uint64_t stream = 1; stream <= kStreams; ++stream) {
      Fate& fate = fates_[stream];
      const int64_t version =
          ExpectWhole(test_, {.stream = stream, .answered = fate.answered});
      EXPECT_LE(version, fate.answered + (fate.open ? 1 : 0))
          << "a refused write is there, stream " << stream;
      ExpectClaims(stream, version);
      fate = {.answered = version};
    }
  }

  [[nodiscard]] int64_t answered() const {
    int64_t all = 0;
    for (const auto& [stream, fate] : fates_) all += fate.answered;
    return all;
  }

 private:
  struct Fate {
    int64_t answered = 0;  // the newest version that was answered
    bool open = false;     // whether the next one is there is not known
  };

  bool TakeClaim(uint64_t stream, int64_t version) {
    const auto claim =
        test_.ask(&Store::ClaimUnique, {.key = ClaimOf(stream, version),
                                        .owner = TestCase(stream),
                                        .now = test_.now()});
    if (!claim.ok()) {
      ExpectFault(claim.status());
      return false;
    }
    EXPECT_EQ(claim->owner, TestCase(stream));
    return true;
  }

  AppendRequest RequestAt(uint64_t stream, const StreamHead& head) const {
    AppendRequest request =
        OneEvent(head, WholeBytes(stream, head.version + 1), test_.now());
    request.confirm_claims = {ClaimOf(stream, head.version + 1)};
    if (head.version > 0) {
      request.release_claims = {ClaimOf(stream, head.version)};
    }
    return request;
  }

  bool Hear(uint64_t stream, const absl::StatusOr<AppendResult>& result) {
    Fate& fate = fates_[stream];
    if (result.ok()) {
      EXPECT_FALSE(result->duplicate.has_value());
      EXPECT_EQ(result->version, fate.answered + 1);
      fate = {.answered = result->version};
      return true;
    }
    ExpectFault(result.status());
    // By the contract, a full disk leaves nothing behind.
    if (absl::IsUnavailable(result.status())) fate.open = true;
    return false;
  }

  static void ExpectFault(const absl::Status& status) {
    EXPECT_TRUE(absl::IsUnavailable(status) ||
                absl::IsResourceExhausted(status))
        << status;
  }

  // The claim of the newest event was confirmed with it, the one before it was
  // given up with it, and the next is nobody's for good.
  void ExpectClaims(uint64_t stream, int64_t newest) {
    SCOPED_TRACE(absl::StrCat("claims of ", stream, " at ", newest));
    for (const int64_t version : {newest - 1, newest, newest + 1}) {
      if (version < 1) continue;
      const auto claim = test_.ask(&Store::FindClaim, ClaimOf(stream, version));
      ASSERT_TRUE(claim.ok()) << claim.status();
      EXPECT_EQ(claim->has_value() && (*claim)->confirmed, version == newest);
      EXPECT_FALSE(version < newest && claim->has_value());
    }
  }

  TestStore& test_;
  std::map<uint64_t, Fate> fates_;
};

DiskTrouble Draw(base::Random& random) {
  constexpr DiskEvent kEvents[] = {
      DiskEvent::kPowerGoes, DiskEvent::kPowerGoes, DiskEvent::kSyncsFail,
      DiskEvent::kWritesFail, DiskEvent::kWritesCut};
  DiskTrouble trouble{.event = kEvents[random.Uniform(std::size(kEvents))]};
  const uint64_t bits = random.Uniform(kCallsBitsMax);
  trouble.after = static_cast<int64_t>(random.Uniform(uint64_t{1} << bits));
  trouble.seed = random.Next();
  // Forcing a file to disk needs no room.
  const bool needs_room = trouble.event == DiskEvent::kWritesFail ||
                          trouble.event == DiskEvent::kWritesCut;
  if (needs_room && random.Uniform(2) == 0) trouble.fault = DiskFault::kFull;
  return trouble;
}

std::string Describe(int round, const DiskTrouble& trouble) {
  return absl::StrCat("seed ", kSeed, " round ", round, " event ",
                      static_cast<int>(trouble.event), " fault ",
                      static_cast<int>(trouble.fault), " after ",
                      trouble.after);
}

class SqliteDiskTrouble : public testing::Test {
 protected:
  void SetUp() override {
    std::cout << "seed " << kSeed << "\n";
    RecordProperty("seed", absl::StrCat(kSeed));
    const absl::Status opened = test_.Open();
    ASSERT_TRUE(opened.ok()) << opened;
  }

  // A load until the trouble comes or it is over; then the disk is mended, or
  // the power fails as well; then the store is opened again.
  void Play(const DiskTrouble& trouble) {
    disk_.Expect(trouble);
    const uint64_t steps = 1 + random_.Uniform(kStepsMax);
    bool well = true;
    for (uint64_t step = 0; step < steps && well; ++step) well = load_.Step();
    bool power = trouble.event == DiskEvent::kPowerGoes;
    struck_ += disk_.struck() ? 1 : 0;
    if (!well && !power) {
      if (trouble.fault == DiskFault::kFull) load_.ExpectReadable();
      if (random_.Uniform(2) == 0) {
        disk_.Heal();
        EXPECT_TRUE(load_.Step()) << "writes do not go on";
      }
      power = random_.Uniform(2) == 0;
      if (power) disk_.Expect({.event = DiskEvent::kPowerGoes});
    }
    test_.Close();
    if (power) {
      lost_ += disk_.RestorePower(random_.Next());
    } else {
      disk_.Heal();
    }
    const absl::Status opened = test_.Open();
    ASSERT_TRUE(opened.ok()) << opened;
    load_.ExpectWholeAgain();
  }

  base::SeededRandom random_{kSeed};
  ScratchDirectory scratch_;
  FaultVfs disk_{"disk in trouble"};
  TestStore test_{scratch_.File("hub.db"), disk_.name()};
  Load load_{test_};
  int struck_ = 0;
  int64_t lost_ = 0;  // sectors
};

TEST_F(SqliteDiskTrouble, LeavesWhatWasAnsweredOnceAndNoHalf) {
  for (int round = 0; round < kRounds; ++round) {
    const DiskTrouble trouble = Draw(random_);
    SCOPED_TRACE(Describe(round, trouble));
    Play(trouble);
    if (HasFailure()) return;
  }
  // Or the rounds have shown nothing.
  EXPECT_GT(load_.answered(), 0);
  EXPECT_GT(struck_, kRounds / 4);
  EXPECT_GT(lost_, 0);
}

TEST_F(SqliteDiskTrouble, AFullDiskIsReadAndWrittenAgainOnceThereIsRoom) {
  ASSERT_TRUE(load_.Step());
  for (const DiskEvent event :
       {DiskEvent::kWritesFail, DiskEvent::kWritesCut}) {
    for (int64_t after = 0; after < 12; ++after) {
      SCOPED_TRACE(Describe(static_cast<int>(after), {.event = event}));
      disk_.Expect({.event = event,
                    .fault = DiskFault::kFull,
                    .after = after,
                    .seed = random_.Next()});
      for (uint64_t step = 0; step < kStepsToFillMax && load_.Step(); ++step) {
      }
      ASSERT_TRUE(disk_.struck()) << "the disk never filled";
      load_.ExpectReadable();
      disk_.Heal();
      EXPECT_TRUE(load_.Step());
    }
  }
  load_.ExpectWholeAgain();
  ASSERT_TRUE(test_.Open().ok());
  load_.ExpectWholeAgain();
}

}  // namespace
}  // namespace careroute::store
