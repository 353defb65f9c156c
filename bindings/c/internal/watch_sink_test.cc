#include "bindings/c/internal/watch_sink.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"

namespace careroute::bindings {
namespace {

// What a callback was told.
struct Told {
  int times = 0;
  int32_t code = -1;
  bool ended = false;
  std::string response;
};

void Tell(void* context, careroute_result* result) {
  Told& told = *static_cast<Told*>(context);
  ++told.times;
  told.code = result->code;
  told.ended = result->ended != 0;
  told.response.assign(static_cast<const char*>(result->response.data),
                       result->response.size);
  careroute_result_free(result);
}

class WatchSinkTest : public ::testing::Test {
 protected:
  // Whether the method may go on after that message.
  bool Write(const std::string& message) {
    auto written = std::make_shared<bool>(false);
    sink_->Write(message,
                 [written](absl::Status status) { *written = status.ok(); });
    executor_.RunReady();
    return *written;
  }

  base::VirtualClock clock_{absl::UnixEpoch()};
  base::ManualExecutor executor_{clock_};
  const std::shared_ptr<Poster> poster_ = std::make_shared<Poster>(executor_);
  int finished_ = 0;
  const api::CallPtr call_ = std::make_shared<api::Call>();
  const std::shared_ptr<WatchSink> sink_ =
      std::make_shared<WatchSink>(WatchSink::Options{
          .call = call_, .poster = poster_, .on_finished = [this] {
            ++finished_;
          }});
};

TEST_F(WatchSinkTest, HoldsTheMethodUpOnceNobodyReads) {
  for (size_t i = 1; i < kMessagesAheadMax; ++i) EXPECT_TRUE(Write("one"));
  auto written = std::make_shared<bool>(false);
  sink_->Write("last", [written](absl::Status) { *written = true; });
  executor_.RunReady();
  EXPECT_FALSE(*written);
  EXPECT_EQ(*sink_->Wait(absl::ZeroDuration()).reply, "one");
  executor_.RunReady();
  EXPECT_TRUE(*written);
}

TEST_F(WatchSinkTest, SaysThatNothingCameAndThatItIsNotOver) {
  const Answered nothing = sink_->Wait(absl::ZeroDuration());
  EXPECT_TRUE(absl::IsDeadlineExceeded(nothing.reply.status()));
  EXPECT_FALSE(nothing.ended);
}

TEST_F(WatchSinkTest, TellsACallbackThatWaitsAndNoOther) {
  Told told;
  EXPECT_TRUE(sink_->Start(Answer(&Tell, &told)).reply.ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(
      sink_->Wait(absl::ZeroDuration()).reply.status()));
  Write("one");
  Write("two");
  EXPECT_EQ(told.times, 1);
  EXPECT_EQ(told.response, "one");
  EXPECT_EQ(*sink_->Wait(absl::ZeroDuration()).reply, "two");
}

TEST_F(WatchSinkTest, NeverTellsWithinTheFunctionThatStarts) {
  Told told;
  Write("one");
  EXPECT_TRUE(sink_->Start(Answer(&Tell, &told)).reply.ok());
  EXPECT_EQ(told.times, 0);
  executor_.RunReady();
  EXPECT_EQ(told.times, 1);
}

TEST_F(WatchSinkTest, CancelledIsNotReadToItsEndAndTheMethodHears) {
  bool gone = false;
  sink_->OnCancel([&gone] { gone = true; });
  Write("one");
  sink_->Cancel();
  EXPECT_TRUE(gone);
  EXPECT_TRUE(call_->cancelled);
  const Answered end = sink_->Wait(absl::InfiniteDuration());
  EXPECT_TRUE(absl::IsCancelled(end.reply.status()));
  EXPECT_TRUE(end.ended);
  EXPECT_FALSE(Write("two"));
}

TEST_F(WatchSinkTest, NeverTellsWithinTheFunctionThatCancels) {
  Told told;
  // As methods do once they hear of it.
  sink_->OnCancel([this] { sink_->Finish(absl::CancelledError("gone")); });
  EXPECT_TRUE(sink_->Start(Answer(&Tell, &told)).reply.ok());
  executor_.RunReady();
  sink_->Cancel();
  EXPECT_EQ(finished_, 1);
  EXPECT_EQ(told.times, 0);
  executor_.RunReady();
  EXPECT_EQ(told.times, 1);
  EXPECT_EQ(told.code, CAREROUTE_CANCELLED);
  EXPECT_TRUE(told.ended);
}

TEST_F(WatchSinkTest, ReadsWhatLiesThereBeforeTheEnd) {
  Write("one");
  sink_->Finish(absl::NotFoundError("no such case"));
  EXPECT_EQ(finished_, 1);
  EXPECT_EQ(*sink_->Wait(absl::ZeroDuration()).reply, "one");
  for (int i = 0; i < 2; ++i) {
    const Answered end = sink_->Wait(absl::ZeroDuration());
    EXPECT_TRUE(absl::IsNotFound(end.reply.status()));
    EXPECT_TRUE(end.ended);
  }
}

TEST_F(WatchSinkTest, ExpiredSaysSo) {
  sink_->Expire();
  EXPECT_TRUE(call_->expired);
  const Answered end = sink_->Wait(absl::InfiniteDuration());
  EXPECT_TRUE(absl::IsDeadlineExceeded(end.reply.status()));
  EXPECT_TRUE(end.ended);
}

TEST_F(WatchSinkTest, AHubThatStopsTellsWhoeverWaitsAndWhoeverComes) {
  Told told;
  Told later;
  EXPECT_TRUE(sink_->Start(Answer(&Tell, &told)).reply.ok());
  poster_->Close();
  sink_->Stop(absl::UnavailableError("the hub stops"));
  EXPECT_EQ(told.times, 1);
  EXPECT_EQ(told.code, CAREROUTE_UNAVAILABLE);
  EXPECT_TRUE(told.ended);
  const Answered refused = sink_->Start(Answer(&Tell, &later));
  EXPECT_TRUE(absl::IsUnavailable(refused.reply.status()));
  EXPECT_TRUE(refused.ended);
  EXPECT_EQ(later.times, 0);
}

TEST_F(WatchSinkTest, ACallbackLostWithItsThreadIsStillTold) {
  Told told;
  sink_->Cancel();
  EXPECT_TRUE(sink_->Start(Answer(&Tell, &told)).reply.ok());
  poster_->Close();  // what was posted never runs
  sink_->Stop(absl::UnavailableError("the hub stops"));
  EXPECT_EQ(told.times, 1);
  EXPECT_EQ(told.code, CAREROUTE_CANCELLED);
}

}  // namespace
}  // namespace careroute::bindings
