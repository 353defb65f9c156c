// Whoever is erased stays erased, also after an older backup was put back.

#include "lib/engine/erasures.h"

#include <utility>

#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;

class ErasuresTest : public ::testing::Test {
 protected:
  absl::Status EraseAgain(const base::Uid& uid) {
    return bench_
        .Wait<bool>([&](base::Done<bool> done) {
          bench_.engine().erasures().EraseAgain(
              {.person = uid, .today = absl::CivilDay(2026, 3, 2)},
              [done = std::move(done)](absl::Status status) mutable {
                if (!status.ok()) return std::move(done)(status);
                std::move(done)(true);
              });
        })
        .status();
  }

  EngineBench bench_;
};

TEST_F(ErasuresTest, ErasesAgainWhoCameBackWithABackup) {
  const base::Uid uid = bench_.Open({});
  const base::Uid person = bench_.Read(uid).person->uid;
  for (int times = 0; times < 2; ++times) {
    EXPECT_TRUE(EraseAgain(person).ok()) << "once more has no effect";
    EXPECT_TRUE(bench_.Person(person)->erased);
    EXPECT_EQ(bench_.Person(person)->key, nullptr);
    EXPECT_TRUE(bench_.Read(uid).state->erased);
  }
}

TEST_F(ErasuresTest, ErasesNobodyWhoWasNeverKnown) {
  EXPECT_TRUE(EraseAgain({.high = 7, .low = 7}).ok());
}

}  // namespace
}  // namespace careroute::engine
