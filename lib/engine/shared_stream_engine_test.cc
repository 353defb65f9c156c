// Load, decide, append, where other processes write to the same store.

#include <utility>

#include "gtest/gtest.h"
#include "lib/engine/stream_engine.h"
#include "lib/engine/testing/sum_streams.h"

namespace careroute::engine {
namespace {

using testing::Adding;
using testing::Info;
using testing::StreamEngineTest;
using testing::Sum;

// Over a store that other processes write to.
class SharedStreamEngineTest : public StreamEngineTest {
 protected:
  SharedStreamEngineTest() : StreamEngineTest(/*exclusive=*/false) {}

  // Adds `number` up to a sum; refuses what is more.
  DecideOn<Sum> AddUpTo(int64_t number, int64_t sum_max) {
    return [number, sum_max](const Loaded<Sum>& before,
                             base::Done<Plan<Sum>> done) {
      if (before.state->sum + number <= sum_max) {
        return std::move(done)(Adding(before, number));
      }
      Plan<Sum> plan;
      plan.refusal.emplace();
      plan.refusal->set_reason(model::v1::ERROR_REASON_WRONG_STATE);
      std::move(done)(std::move(plan));
    };
  }
};

TEST_F(SharedStreamEngineTest, WritesOnWhatItKnowsWithoutALook) {
  Run(engine_, Info("a", "add 2"), 2);
  const int64_t before = store_.calls();
  EXPECT_EQ(Run(engine_, Info("b", "add 3"), 3).answer, "sum 5");
  EXPECT_EQ(store_.calls() - before, 1) << "the append";
}

TEST_F(SharedStreamEngineTest, LosesNoUpdateOfOthersToItsCache) {
  Run(engine_, Info("a", "add 2"), 2);
  Run(other_, Info("b", "add 40"), 40);
  RequestInfo validation = Info("c", "add 3");
  validation.validate_only = true;
  EXPECT_EQ(Run(engine_, std::move(validation), 3).answer, "sum 45");
  Run(other_, Info("d", "add 100"), 100);
  EXPECT_EQ(Run(engine_, Info("c", "add 3"), 3).answer, "sum 145");
}

TEST_F(SharedStreamEngineTest, RefusesNothingForWhatOthersHaveChanged) {
  Run(engine_, Info("a", "add 9"), 9);
  Run(other_, Info("b", "take 5"), -5);
  const auto taken = Try(engine_, Info("c", "add 3"), AddUpTo(3, 10));
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->answer, "sum 7");
  const auto refused = Try(other_, Info("d", "add 9"), AddUpTo(9, 10));
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_TRUE(refused->refusal.has_value());
  EXPECT_EQ(refused->version, 3) << "what is stored refuses it";
}

TEST_F(SharedStreamEngineTest, ComparesAnEtagWithWhatIsStored) {
  Run(engine_, Info("a", "add 2"), 2);
  Run(other_, Info("b", "add 40"), 40);
  RequestInfo info = Info("c", "add 3");
  info.etag = "1";
  const Reply old = Run(engine_, info, 3);
  ASSERT_TRUE(old.refusal.has_value());
  EXPECT_EQ(old.refusal->reason(), model::v1::ERROR_REASON_ETAG_MISMATCH);
  Run(other_, Info("d", "add 1"), 1);
  info.etag = "3";
  EXPECT_EQ(Run(engine_, info, 3).answer, "sum 46");
}

TEST_F(SharedStreamEngineTest, AnswersARepeatOfAnotherProcessAsBefore) {
  Run(engine_, Info("a", "add 2"), 2);
  Run(other_, Info("b", "add 3"), 3);
  const Reply repeat = Run(engine_, Info("b", "add 3"), 3);
  EXPECT_EQ(repeat.answer, "sum 5");
  EXPECT_TRUE(repeat.replayed);
  const auto refused = Try(engine_, Info("b", "add 3"), AddUpTo(3, 0));
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_EQ(refused->answer, "sum 5") << "it had its effect";
}

TEST_F(SharedStreamEngineTest, ErasesOnlyOnWhatIsStored) {
  Run(engine_, Info("a", "add 2"), 2);
  Run(other_, Info("b", "add 40"), 40);
  std::vector<int64_t> decided_on;
  const auto reply =
      Try(engine_, Info("c", "erase"),
          [&](const Loaded<Sum>& before, base::Done<Plan<Sum>> done) {
            decided_on.push_back(before.version);
            Plan<Sum> plan = Adding(before, 0);
            plan.write.destroy_key = true;
            std::move(done)(std::move(plan));
          });
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(decided_on, (std::vector<int64_t>{1, 2}));
}

}  // namespace
}  // namespace careroute::engine
