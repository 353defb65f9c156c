#include "tests/bench/round_child.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::bench {
namespace {

using ::testing::HasSubstr;

constexpr char kAnswer[] = R"(echo '{"calls": 4, "seconds": 0.002}')";

// What a shell does that is asked for rounds.
RoundChild::Options Shell(const std::string& script) {
  return {.command = {"sh", "-c", script}};
}

absl::Status RoundOf(RoundChild::Options options) {
  RoundChild child(std::move(options));
  return child.Round({.calls = 4}).status();
}

TEST(Order, SaysHowLongOrHowManyAndHowManyAtOnce) {
  EXPECT_EQ(LineOf({.in_flight = 64, .duration = absl::Milliseconds(50)}),
            "{\"in_flight\":64,\"seconds\":0.050000}\n");
  EXPECT_EQ(LineOf({.calls = 10'000'000}),
            "{\"in_flight\":1,\"calls\":10000000}\n");
}

TEST(ReadRound, GivesTheTimeOfACall) {
  const auto round = ReadRound(R"({"calls": 4, "seconds": 0.002})");
  ASSERT_TRUE(round.ok()) << round.status();
  EXPECT_EQ(round->calls, 4);
  EXPECT_DOUBLE_EQ(round->us_a_call(), 500);
}

TEST(ReadRound, RefusesWhatIsNoRoundAndShowsIt) {
  struct Wrong {
    std::string line;
    std::string why;
  };
  const std::vector<Wrong> all = {
      {"", "a round is"},
      {"Traceback (most recent call last):", "no JSON object"},
      {"[4, 0.002]", "a round is"},
      {R"({"calls": 4, "seconds": 0.0)", "no JSON object"},
      {"{}", "\"calls\""},
      {R"({"seconds": 0.002})", "\"calls\""},
      {R"({"calls": 0, "seconds": 0.002})", "\"calls\""},
      {R"({"calls": 1.5, "seconds": 0.002})", "\"calls\""},
      {R"({"calls": "4", "seconds": 0.002})", "\"calls\""},
      {R"({"calls": 4})", "\"seconds\""},
      {R"({"calls": 4, "seconds": 0})", "\"seconds\""},
      {R"({"calls": 4, "seconds": -1})", "\"seconds\""},
      {R"({"calls": 4, "seconds": null})", "\"seconds\""},
  };
  for (const Wrong& wrong : all) {
    const absl::Status status = ReadRound(wrong.line).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInternal) << wrong.line;
    EXPECT_THAT(std::string(status.message()), HasSubstr(wrong.line));
    EXPECT_THAT(std::string(status.message()), HasSubstr(wrong.why));
  }
}

TEST(RoundChild, AnswersEachOrderWithARound) {
  RoundChild child(
      Shell(std::string("while read -r order; do ") + kAnswer + "; done"));
  for (int i = 0; i < 3; ++i) {
    const auto round = child.Round({.calls = 4});
    ASSERT_TRUE(round.ok()) << round.status();
    EXPECT_EQ(round->calls, 4);
  }
  EXPECT_NE(child.id(), 0);
}

TEST(RoundChild, IsGivenTheLineOfItsOrder) {
  const absl::Status status = RoundOf(Shell("read -r order; echo $order-"));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("{\"in_flight\":1,\"calls\":4}-"));
}

TEST(RoundChild, ThatFailsIsNamedWithItsExitStatus) {
  const absl::Status status = RoundOf(Shell("read -r order; exit 3"));
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("sh -c read -r order"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("exit status 3"));
}

TEST(RoundChild, ThatEndsBeforeItIsAskedIsToldToo) {
  EXPECT_THAT(std::string(RoundOf(Shell("exit 4")).message()),
              HasSubstr("exit status 4"));
}

TEST(RoundChild, ThatIsKilledIsNamedWithItsSignal) {
  EXPECT_THAT(std::string(RoundOf(Shell("kill -9 $$")).message()),
              HasSubstr("signal 9"));
}

TEST(RoundChild, ThatSaysNothingHangs) {
  RoundChild::Options options = Shell("exec tail -f /dev/null");
  options.patience = absl::Milliseconds(20);
  const absl::Status status = RoundOf(std::move(options));
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(status.message()), HasSubstr("hangs"));
}

TEST(RoundChild, ThatSaysMoreThanItWasAskedForIsRefused) {
  const std::string twice =
      "read -r order; printf '{\"calls\": 4, \"seconds\": 1}\\n!\\n'; "
      "read -r more";
  EXPECT_THAT(std::string(RoundOf(Shell(twice)).message()),
              HasSubstr("it was not asked for this"));
}

TEST(RoundChild, ThatSaysALineWithoutEndIsRefused) {
  const std::string endless =
      "head -c 5000 /dev/zero | tr '\\0' x; read -r order; read -r more";
  EXPECT_THAT(std::string(RoundOf(Shell(endless)).message()),
              HasSubstr("no end"));
}

TEST(RoundChild, ThatCannotBeRunIsNamed) {
  EXPECT_THAT(std::string(RoundOf({.command = {"no-such-program"}}).message()),
              HasSubstr("cannot run no-such-program"));
}

TEST(RoundChild, SaysTheSameAgainOnceItFailed) {
  RoundChild child(Shell("read -r order; echo rubbish"));
  const absl::Status first = child.Round({.calls = 4}).status();
  EXPECT_THAT(std::string(first.message()), HasSubstr("rubbish"));
  EXPECT_EQ(child.Round({.calls = 4}).status(), first);
  EXPECT_EQ(child.id(), 0);
}

}  // namespace
}  // namespace careroute::bench
