// That one caller cannot use up the hub, and that nobody else feels it.

#include "lib/api/call_limits.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"

namespace careroute::api {
namespace {

class HandClock final : public base::MonotonicClock {
 public:
  [[nodiscard]] absl::Duration Elapsed() const override { return elapsed; }

  // Not at nought: a machine has run for a while.
  absl::Duration elapsed = absl::Hours(5);
};

class CallLimitsTest : public testing::Test {
 protected:
  absl::Status Call(const std::string& member) {
    api::Call call;
    call.actor.set_member(member);
    return limits_.Take(call);
  }
  absl::Status CallOfHub(const std::string& hub) {
    api::Call call;
    call.peer_hub = hub;
    return limits_.Take(call);
  }
  int LetThrough(const std::string& member, int calls) {
    int through = 0;
    for (int i = 0; i < calls; ++i) through += Call(member).ok() ? 1 : 0;
    return through;
  }
  absl::Duration RetryAfter(const std::string& member) {
    const auto refusal = RefusalOf(Call(member));
    if (!refusal.has_value()) return absl::ZeroDuration();
    return absl::Seconds(refusal->retry_after().seconds()) +
           absl::Nanoseconds(refusal->retry_after().nanos());
  }

  HandClock clock_;
  CallLimits limits_{{.clock = clock_, .calls_per_second = 10}};
};

TEST_F(CallLimitsTest, LetsASecondsWorthThroughAtOnceAndNoMore) {
  EXPECT_EQ(LetThrough("a", 100), 10);
}

TEST_F(CallLimitsTest, LetsTheFullRateThroughForEver) {
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(Call("a").ok()) << i;
    clock_.elapsed += absl::Milliseconds(100);
  }
}

TEST_F(CallLimitsTest, SaysWhenToTryAgainAndKeepsItsWord) {
  LetThrough("a", 10);
  const absl::Status status = Call("a");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  const absl::Duration wait = RetryAfter("a");
  EXPECT_EQ(wait, absl::Milliseconds(100));
  clock_.elapsed += wait - absl::Milliseconds(1);
  EXPECT_FALSE(Call("a").ok());
  clock_.elapsed += absl::Milliseconds(1);
  EXPECT_TRUE(Call("a").ok());
  EXPECT_FALSE(Call("a").ok());
}

// However long it rests, and across the spans of time that are remembered.
TEST_F(CallLimitsTest, SavesUpNoMoreThanASecond) {
  for (const absl::Duration rest :
       {absl::Milliseconds(300), absl::Milliseconds(999), absl::Seconds(1),
        absl::Milliseconds(1500), absl::Hours(3)}) {
    SCOPED_TRACE(absl::FormatDuration(rest));
    LetThrough("a", 100);
    clock_.elapsed += rest;
    const auto saved = rest / absl::Milliseconds(100);
    EXPECT_EQ(LetThrough("a", 100), saved < 10 ? static_cast<int>(saved) : 10);
    clock_.elapsed += absl::Seconds(10);
  }
}

TEST_F(CallLimitsTest, CountsEveryCallerByItself) {
  LetThrough("a", 100);
  EXPECT_EQ(LetThrough("b", 100), 10);
  EXPECT_FALSE(Call("a").ok());
}

TEST_F(CallLimitsTest, CountsAHubAsOneCaller) {
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(CallOfHub("east").ok());
  EXPECT_FALSE(CallOfHub("east").ok());
  EXPECT_TRUE(CallOfHub("west").ok());
  EXPECT_TRUE(Call("hubs/north").ok());
}

// More callers than are remembered: whoever calls without a pause is not
// forgotten before the next span of time.
TEST_F(CallLimitsTest, RemembersWhoCallsAmongMany) {
  LetThrough("a", 100);
  for (size_t i = 0; i + 1 < kRememberedCallersMax; ++i) {
    ASSERT_TRUE(Call(absl::StrCat("many/", i)).ok());
  }
  EXPECT_FALSE(Call("a").ok());
}

}  // namespace
}  // namespace careroute::api
