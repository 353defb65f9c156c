#include "bindings/c/internal/pending_call.h"

#include <memory>

#include "gtest/gtest.h"

namespace careroute::bindings {
namespace {

// The last code, and how often one was told.
struct Told {
  int times = 0;
  int32_t code = -1;
};

void Tell(void* context, careroute_result* result) {
  Told& told = *static_cast<Told*>(context);
  ++told.times;
  told.code = result->code;
  careroute_result_free(result);
}

class PendingCallsTest : public ::testing::Test {
 protected:
  PendingCallPtr Pending() {
    return std::make_shared<PendingCall>(std::make_shared<api::Call>(),
                                         Answer(&Tell, &told_));
  }

  Told told_;
  PendingCalls calls_;
};

TEST_F(PendingCallsTest, CutAbandonsThoseThatAreThereAndTheirMethodsHear) {
  const PendingCallPtr pending = Pending();
  EXPECT_NE(calls_.Add(pending), 0U);
  calls_.Cut(absl::UnavailableError("the hub stops"));
  EXPECT_EQ(told_.times, 1);
  EXPECT_EQ(told_.code, CAREROUTE_UNAVAILABLE);
  EXPECT_TRUE(pending->call()->cancelled);
  EXPECT_FALSE(pending->Complete("too late"));
  EXPECT_EQ(told_.times, 1);
}

TEST_F(PendingCallsTest, ACallThatComesAfterTheCutIsNotToldWhereItIsAdded) {
  calls_.Cut(absl::UnavailableError("the hub stops"));
  const PendingCallPtr pending = Pending();
  EXPECT_EQ(calls_.Add(pending), 0U);
  EXPECT_EQ(told_.times, 0);
  pending->Complete("answer");
  EXPECT_EQ(told_.times, 1);
}

}  // namespace
}  // namespace careroute::bindings
