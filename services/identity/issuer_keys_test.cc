// When an issuer's keys are read, and that nothing a token says makes the hub
// ask more often.

#include "services/identity/issuer_keys.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "services/identity/testing/test_issuer.h"

namespace careroute::services {
namespace {

class IssuerKeysTest : public testing::Test {
 protected:
  IssuerKeysTest() {
    issuer_.AddKey("a", kEs256);
    answer_ = issuer_.KeySetText();
  }

  IssuerKeys::Options OptionsOf(const std::string& source) {
    return {.source = source,
            .io_executor = executor_,
            .clock = clock_,
            .fetch =
                [this](const std::string&) {
                  ++asked_;
                  return answer_;
                },
            .on_problem =
                [this](absl::string_view problem) {
                  problems_.emplace_back(problem.data(), problem.size());
                }};
  }
  void Pass(absl::Duration time) { executor_.RunUntil(clock_.Now() + time); }
  static bool Knows(const IssuerKeys& keys, const std::string& id) {
    const KeySetPtr known = keys.Known();
    return known != nullptr && known->Find(id) != nullptr;
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  TestIssuer issuer_;
  absl::StatusOr<std::string> answer_;
  int asked_ = 0;
  std::vector<std::string> problems_;
};

TEST_F(IssuerKeysTest, AsksAnAddressAtOnceAndEveryHour) {
  const IssuerKeys keys(OptionsOf("https://login/keys"));
  EXPECT_EQ(keys.Known(), nullptr) << "asked on the caller's thread";
  Pass(absl::ZeroDuration());
  EXPECT_TRUE(Knows(keys, "a"));
  Pass(absl::Minutes(59));
  EXPECT_EQ(asked_, 1);
  Pass(absl::Minutes(2));
  EXPECT_EQ(asked_, 2);
}

TEST_F(IssuerKeysTest, AsksAnAddressAtMostOnceAMinute) {
  const IssuerKeys keys(OptionsOf("https://login/keys"));
  Pass(absl::ZeroDuration());
  for (int second = 0; second < 59; ++second) {
    EXPECT_EQ(keys.AskAgain(), absl::Seconds(60 - second));
    Pass(absl::Seconds(1));
  }
  EXPECT_EQ(asked_, 1);
  Pass(absl::Seconds(1));
  for (int i = 0; i < 10; ++i) EXPECT_LT(keys.AskAgain(), absl::Minutes(1));
  Pass(absl::ZeroDuration());
  EXPECT_EQ(asked_, 2);
}

TEST_F(IssuerKeysTest, GoesOnWithWhatItKnewWhileTheIssuerIsSilent) {
  const IssuerKeys keys(OptionsOf("https://login/keys"));
  Pass(absl::ZeroDuration());
  answer_ = absl::UnavailableError("no answer");
  Pass(absl::Hours(3));
  EXPECT_TRUE(Knows(keys, "a"));
  answer_ = std::string("not a set");
  Pass(absl::Hours(1));
  EXPECT_TRUE(Knows(keys, "a"));
  EXPECT_EQ(problems_.size(), 2U) << "one a kind of failure, not one a try";
}

TEST_F(IssuerKeysTest, ForgetsAKeyThatTheIssuerTookBack) {
  issuer_.AddKey("b", kEs256);
  answer_ = issuer_.KeySetText();
  const IssuerKeys keys(OptionsOf("https://login/keys"));
  Pass(absl::ZeroDuration());
  issuer_.DropKey("a");
  answer_ = issuer_.KeySetText();
  Pass(absl::Hours(1));
  EXPECT_FALSE(Knows(keys, "a"));
  EXPECT_TRUE(Knows(keys, "b"));
}

TEST_F(IssuerKeysTest, ReadsAFileAgainOnceItIsAnother) {
  const std::string path =
      (std::filesystem::path(testing::TempDir()) / "careroute-keys.json")
          .string();
  std::ofstream(path) << *answer_;
  const IssuerKeys keys(OptionsOf(path));
  Pass(absl::ZeroDuration());
  EXPECT_TRUE(Knows(keys, "a"));
  issuer_.AddKey("b", kEs256);
  std::ofstream(path) << issuer_.KeySetText();
  Pass(absl::Seconds(5));
  EXPECT_TRUE(Knows(keys, "b"));
  std::filesystem::remove(path);
  Pass(absl::Minutes(1));
  EXPECT_TRUE(Knows(keys, "b"));
  EXPECT_EQ(problems_.size(), 1U);
  EXPECT_EQ(asked_, 0);
}

TEST_F(IssuerKeysTest, StopsOnceNobodyNeedsThem) {
  { const IssuerKeys keys(OptionsOf("https://login/keys")); }
  Pass(absl::Hours(5));
  EXPECT_EQ(asked_, 0);
}

}  // namespace
}  // namespace careroute::services
