// Load, decide, append, for a stream that only counts: whatever goes wrong,
// one request has one effect and one answer.

#include "lib/engine/stream_engine.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/engine/testing/sum_streams.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using testing::Adding;
using testing::Info;
using testing::kNever;
using testing::kStream;
using testing::StreamEngineTest;
using testing::Sum;
using testing::SumEngine;

TEST_F(StreamEngineTest, AnswersARepeatAsBeforeWithoutDecidingAgain) {
  const Reply first = Run(engine_, Info("a", "add 2"), 2);
  Run(engine_, Info("b", "add 3"), 3);
  other_.ForgetCached();
  const Reply repeat = Run(other_, Info("a", "add 2"), 2);
  EXPECT_EQ(first.answer, "sum 2");
  EXPECT_EQ(repeat.answer, "sum 2");
  EXPECT_TRUE(repeat.replayed);
  EXPECT_EQ(decided_, 2);
  EXPECT_EQ(LoadFrom(other_).version, 2);
}

TEST_F(StreamEngineTest, AnswersARepeatAsBeforeFromItsCacheToo) {
  Run(engine_, Info("a", "add 2"), 2);
  const Reply repeat = Run(engine_, Info("a", "add 2"), 2);
  EXPECT_EQ(repeat.answer, "sum 2");
  EXPECT_TRUE(repeat.replayed);
  EXPECT_EQ(LoadFrom(engine_).version, 1);
}

TEST_F(StreamEngineTest, RefusesTheSameIdWithAnotherBody) {
  Run(engine_, Info("a", "add 2"), 2);
  const Reply other = Run(engine_, Info("a", "add 9"), 9);
  ASSERT_TRUE(other.refusal.has_value());
  EXPECT_EQ(other.refusal->reason(), model::v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(LoadFrom(engine_).state->sum, 2);
}

TEST_F(StreamEngineTest, TakesTheSameIdOfAnotherMemberForAnotherRequest) {
  Run(engine_, Info("a", "add 2"), 2);
  RequestInfo info = Info("a", "add 9");
  info.actor.set_member("organisations/school/members/boris");
  EXPECT_FALSE(Run(engine_, std::move(info), 9).refusal.has_value());
  EXPECT_EQ(LoadFrom(engine_).state->sum, 11);
}

TEST_F(StreamEngineTest, LooksUpAnUnknownOutcomeBeforeItAnswers) {
  store_.FailNextAppend({.status = absl::UnavailableError("cut"),
                         .point = store::FaultPoint::kAfterEffect});
  const Reply reply = Run(engine_, Info("a", "add 2"), 2);
  EXPECT_EQ(reply.answer, "sum 2");
  EXPECT_EQ(LoadFrom(other_).version, 1);
}

TEST_F(StreamEngineTest, SaysUnavailableWhenTheOutcomeWasNone) {
  store_.FailNextAppend({.status = absl::UnavailableError("cut"),
                         .point = store::FaultPoint::kBeforeEffect});
  const auto reply = Try(engine_, Info("a", "add 2"), Add(2));
  EXPECT_EQ(reply.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(LoadFrom(other_).version, 0);
  EXPECT_EQ(Run(engine_, Info("a", "add 2"), 2).answer, "sum 2");
}

TEST_F(StreamEngineTest, FindsAConflictOfItsStaleCache) {
  Run(engine_, Info("a", "add 2"), 2);
  AppendPast(1, "40");
  const Reply reply = Run(engine_, Info("b", "add 3"), 3);
  EXPECT_EQ(reply.answer, "sum 45");
  EXPECT_EQ(LoadFrom(other_).version, 3);
}

// A watcher is told before the writer is answered, and may read at once.
TEST_F(StreamEngineTest, ShowsACommitToWhoeverHearsOfIt) {
  Run(engine_, Info("a", "add 2"), 2);
  int64_t seen = 0;
  store_.SetCommitListener([&](const store::Commit& commit) {
    engine_.ShowNothingOlder(commit.head);
    engine_.Load(kStream, [&](absl::StatusOr<Loaded<Sum>> loaded) {
      ASSERT_TRUE(loaded.ok()) << loaded.status();
      seen = loaded->version;
    });
  });
  Run(engine_, Info("b", "add 3"), 3);
  EXPECT_EQ(seen, 2);
}

TEST_F(StreamEngineTest, RefusesAnEtagThatIsNotTheVersion) {
  Run(engine_, Info("a", "add 2"), 2);
  RequestInfo info = Info("b", "add 3");
  info.etag = "7";
  const Reply refused = Run(engine_, info, 3);
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->reason(), model::v1::ERROR_REASON_ETAG_MISMATCH);
  info.etag = "1";
  EXPECT_EQ(Run(engine_, info, 3).answer, "sum 5");
  // The repeat is answered, although the etag is old by now.
  EXPECT_EQ(Run(engine_, info, 3).answer, "sum 5");
}

TEST_F(StreamEngineTest, WritesNothingWhenAskedOnlyToValidate) {
  RequestInfo info = Info("a", "add 2");
  info.validate_only = true;
  EXPECT_EQ(Run(engine_, std::move(info), 2).answer, "sum 2");
  EXPECT_EQ(LoadFrom(other_).version, 0);
}

TEST_F(StreamEngineTest, KeepsNoTraceOfARefusal) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_WRONG_STATE);
  const auto refused =
      Try(engine_, Info("a", "add 2"),
          [&refusal](const Loaded<Sum>&, base::Done<Plan<Sum>> done) {
            Plan<Sum> plan;
            plan.refusal = refusal;
            std::move(done)(std::move(plan));
          });
  ASSERT_TRUE(refused.ok());
  EXPECT_TRUE(refused->refusal.has_value());
  EXPECT_EQ(Run(engine_, Info("a", "add 2"), 2).answer, "sum 2");
}

TEST_F(StreamEngineTest, BoundsTheQueueOfAStreamAndKeepsItsOrder) {
  int answered = 0;
  int exhausted = 0;
  const int asked = static_cast<int>(internal::kStreamQueueMax) + 10;
  for (int i = 0; i < asked; ++i) {
    engine_.Execute(kStream, Info(absl::StrCat("r", i), "add 1"), Add(1),
                    [&](absl::StatusOr<Reply> reply) {
                      if (reply.ok()) {
                        ++answered;
                        EXPECT_EQ(reply->answer,
                                  absl::StrCat("sum ", answered));
                      } else {
                        EXPECT_TRUE(absl::IsResourceExhausted(reply.status()));
                        ++exhausted;
                      }
                    });
  }
  executor_.RunReady();
  EXPECT_EQ(answered + exhausted, asked);
  EXPECT_GE(exhausted, 9);
  EXPECT_EQ(LoadFrom(other_).state->sum, answered);
}

// Two wait behind a first one: by the time of their turn nobody awaits the one,
// and the other has lost nothing by it.
TEST_F(StreamEngineTest, DecidesNothingThatNobodyAwaitsWhenItsTurnComes) {
  const absl::Status late = absl::DeadlineExceededError("over");
  for (const absl::Status& gone : {absl::CancelledError("gone"), late}) {
    const int decided_before = decided_;
    const int64_t version = LoadFrom(other_).version;
    absl::Status awaited;
    std::vector<absl::StatusOr<Reply>> replies;
    const auto ask = [&](RequestInfo info, int64_t number) {
      engine_.Execute(kStream, std::move(info), Add(number),
                      [&](absl::StatusOr<Reply> reply) {
                        replies.push_back(std::move(reply));
                        awaited = gone;
                      });
    };
    ask(Info(absl::StrCat("first", version), "add 1"), 1);
    RequestInfo left = Info(absl::StrCat("left", version), "add 10");
    left.awaited = [&awaited] { return awaited; };
    ask(std::move(left), 10);
    ask(Info(absl::StrCat("last", version), "add 2"), 2);
    executor_.RunReady();
    ASSERT_EQ(replies.size(), 3u);
    EXPECT_TRUE(replies[0].ok()) << replies[0].status();
    EXPECT_EQ(replies[1].status(), gone);
    EXPECT_TRUE(replies[2].ok()) << replies[2].status();
    EXPECT_EQ(decided_ - decided_before, 2);
    other_.ForgetCached();
    EXPECT_EQ(LoadFrom(other_).version - version, 2);
  }
  EXPECT_EQ(LoadFrom(other_).state->sum, 6);
}

TEST_F(StreamEngineTest, CarriesOutWhatIsStillAwaited) {
  RequestInfo info = Info("a", "add 2");
  info.awaited = [] { return absl::OkStatus(); };
  EXPECT_EQ(Run(engine_, std::move(info), 2).answer, "sum 2");
}

// From the store's hands it cannot be taken back: it stands, and says so.
TEST_F(StreamEngineTest, AnswersWithTheEffectOfWhatWasSentBeforeItsCallerWent) {
  absl::Status awaited;
  RequestInfo info = Info("a", "add 2");
  info.awaited = [&awaited] { return awaited; };
  const auto reply =
      Try(engine_, std::move(info),
          [&awaited](const Loaded<Sum>& before, base::Done<Plan<Sum>> done) {
            awaited = absl::CancelledError("gone");
            std::move(done)(Adding(before, 2));
          });
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->answer, "sum 2");
  EXPECT_EQ(LoadFrom(other_).version, 1);
}

// The write that lost the race left nothing: there is nothing to go on with.
TEST_F(StreamEngineTest, DecidesNothingAgainThatNobodyAwaitsAfterAConflict) {
  Run(engine_, Info("a", "add 2"), 2);
  AppendPast(1, "40");
  absl::Status awaited;
  RequestInfo info = Info("b", "add 3");
  info.awaited = [&awaited] { return awaited; };
  int decided = 0;
  const auto reply =
      Try(engine_, std::move(info),
          [&](const Loaded<Sum>& before, base::Done<Plan<Sum>> done) {
            ++decided;
            awaited = absl::CancelledError("gone");
            std::move(done)(Adding(before, 3));
          });
  EXPECT_TRUE(absl::IsCancelled(reply.status())) << reply.status();
  EXPECT_EQ(decided, 1) << "its cache was stale: it had to lose the race";
  EXPECT_EQ(LoadFrom(other_).state->sum, 42);
}

TEST_F(StreamEngineTest, GoesOnFromASnapshot) {
  for (int i = 1; i <= 7; ++i) {
    Run(engine_, Info(absl::StrCat("r", i), "add"), i);
  }
  const Loaded<Sum> loaded = LoadFrom(other_);
  EXPECT_EQ(loaded.state->sum, 28);
  EXPECT_EQ(loaded.version, 7);
  EXPECT_EQ(loaded.snapshot_version, 6);
  EXPECT_EQ(loaded.head_hash, LoadFrom(engine_).head_hash);
}

TEST_F(StreamEngineTest, LoadsManyByOneCallInTheOrderAsked) {
  for (int i = 1; i <= 4; ++i) {
    Run(engine_, Info(absl::StrCat("r", i), "add"), i);
  }
  const int64_t before = store_.calls();
  const auto loaded = LoadManyFrom(other_, {kNever, kStream});
  EXPECT_EQ(store_.calls() - before, 1);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->size(), 2u);
  EXPECT_EQ((*loaded)[0].version, 0);
  EXPECT_EQ((*loaded)[1].version, 4);
  EXPECT_EQ((*loaded)[1].state->sum, 10);
  EXPECT_EQ((*loaded)[1].head_hash, LoadFrom(engine_).head_hash);
}

TEST_F(StreamEngineTest, ReadsNothingOfManyThatAreInMemory) {
  Run(engine_, Info("r", "add"), 5);
  const int64_t before = store_.calls();
  const auto loaded = LoadManyFrom(engine_, {kStream});
  EXPECT_EQ(store_.calls(), before);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->at(0).state->sum, 5);
}

TEST_F(StreamEngineTest, LoadsNoneOfManyWhenOneDoesNotFold) {
  AppendPast(0, "x");
  EXPECT_EQ(LoadManyFrom(engine_, {kNever, kStream}).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_F(StreamEngineTest, SaysDataLossForBytesThatDoNotFold) {
  AppendPast(0, "no number");
  const auto reply = Try(engine_, Info("a", "add 2"), Add(2));
  EXPECT_EQ(reply.status().code(), absl::StatusCode::kDataLoss);
}

// By the time of a repeat the same request may change nothing, or not even be
// decidable: it had its effect, and is answered with that.
TEST_F(StreamEngineTest, AnswersARepeatThatWouldChangeNothingAsBefore) {
  SumEngine engine({.store = store_, .clock = clock_, .executor = executor_});
  const Reply first = Run(engine, Info("1", "a"), 5);
  const absl::StatusOr<Reply> empty =
      Try(engine, Info("1", "a"),
          [](const Loaded<Sum>& before, base::Done<Plan<Sum>> done) {
            std::move(done)(
                Plan<Sum>{.after = before.state, .answer = "nothing to do"});
          });
  ASSERT_TRUE(empty.ok()) << empty.status();
  EXPECT_EQ(empty->answer, first.answer);
  EXPECT_TRUE(empty->replayed);
  const absl::StatusOr<Reply> failed =
      Try(engine, Info("1", "a"),
          [](const Loaded<Sum>&, base::Done<Plan<Sum>> done) {
            std::move(done)(absl::NotFoundError("the edition is gone"));
          });
  ASSERT_TRUE(failed.ok()) << failed.status();
  EXPECT_EQ(failed->answer, first.answer);
}

TEST_F(StreamEngineTest, KeepsOfAnAnswerOnlyWhatThePlanAllows) {
  SumEngine engine({.store = store_, .clock = clock_, .executor = executor_});
  const auto decide = [](const Loaded<Sum>& before,
                         base::Done<Plan<Sum>> done) {
    Plan<Sum> plan = Adding(before, 5);
    plan.stored_answer = "sealed";
    std::move(done)(std::move(plan));
  };
  const absl::StatusOr<Reply> first = Try(engine, Info("1", "a"), decide);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->answer, "sum 5");
  const absl::StatusOr<Reply> again = Try(engine, Info("1", "a"), decide);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->answer, "sealed");
  EXPECT_EQ(again->version, 1);
}

}  // namespace
}  // namespace careroute::engine
