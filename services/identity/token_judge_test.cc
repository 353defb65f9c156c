// Which tokens count, and that every other is refused for what is wrong with
// it, in words that repeat nothing of it.

#include "services/identity/token_judge.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "services/identity/testing/test_issuer.h"

namespace careroute::services {
namespace {

constexpr char kIssuer[] = "https://login";
constexpr char kAudience[] = "careroute";
constexpr int kNow = 1745000000;

class TokenJudgeTest : public testing::Test {
 protected:
  TokenJudgeTest() {
    issuer_.AddKey("rsa", kRs256);
    issuer_.AddKey("ec", kEs256);
    published_ = issuer_.KeySetText();
    executor_.RunReady();
  }

  struct Claims {
    std::string issuer = kIssuer;
    std::string audience = absl::StrCat("\"", kAudience, "\"");
    std::string subject = "anna";
    int ends = kNow + 300;
    std::string more;
  };
  static std::string Text(const Claims& claims) {
    return absl::StrCat("{\"iss\":\"", claims.issuer,
                        "\",\"aud\":", claims.audience, ",\"sub\":\"",
                        claims.subject, "\",\"exp\":", claims.ends, claims.more,
                        "}");
  }
  // Whom a token names; otherwise what is wrong with it.
  std::string Judge(const std::string& token) {
    api::TokenProblem problem;
    const std::string subject = judge_.SubjectOf(token, problem);
    if (!subject.empty()) return subject;
    EXPECT_FALSE(problem.message.empty());
    EXPECT_FALSE(problem.mend.empty());
    retry_after_ = problem.retry_after;
    said_ = absl::StrCat(problem.message, problem.what, problem.mend);
    return problem.what;
  }
  std::string JudgeClaims(const Claims& claims) {
    return Judge(issuer_.Sign("ec", Text(claims)));
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(kNow)};
  base::ManualExecutor executor_{clock_};
  TestIssuer issuer_;
  std::string published_;
  int fetched_ = 0;
  IssuerKeys keys_{{.source = "https://login/keys",
                    .io_executor = executor_,
                    .clock = clock_,
                    .fetch = [this](const std::string&) {
                      ++fetched_;
                      return absl::StatusOr<std::string>(published_);
                    }}};
  TokenJudge judge_{
      {.clock = clock_,
       .issuers = {{.issuer = kIssuer, .audience = kAudience, .keys = keys_}}}};
  absl::Duration retry_after_;
  std::string said_;
};

TEST_F(TokenJudgeTest, TakesATokenSignedByAKeyOfTheIssuer) {
  EXPECT_EQ(Judge(issuer_.Sign("ec", Text({}))), "https://login#anna");
  EXPECT_EQ(Judge(issuer_.Sign("rsa", Text({}))), "https://login#anna");
}

TEST_F(TokenJudgeTest, RefusesATokenMadeForOthers) {
  EXPECT_EQ(JudgeClaims({.issuer = "https://other"}), "iss");
  EXPECT_EQ(JudgeClaims({.audience = "\"other\""}), "aud");
  EXPECT_EQ(JudgeClaims({.audience = "[]"}), "aud");
  EXPECT_EQ(JudgeClaims({.audience = "{\"a\":\"careroute\"}"}), "aud");
  EXPECT_EQ(JudgeClaims({.audience = "[\"other\",\"careroute\"]"}),
            "https://login#anna");
  EXPECT_EQ(JudgeClaims({.subject = ""}), "sub");
}

TEST_F(TokenJudgeTest, RefusesATokenOutsideItsTimeButForAMinute) {
  EXPECT_EQ(JudgeClaims({.ends = kNow - 59}), "https://login#anna");
  EXPECT_EQ(JudgeClaims({.ends = kNow - 60}), "exp");
  const auto begins = [this](int time) {
    return JudgeClaims({.more = absl::StrCat(",\"nbf\":", time)});
  };
  EXPECT_EQ(begins(kNow + 60), "https://login#anna");
  EXPECT_EQ(begins(kNow + 61), "nbf");
  EXPECT_EQ(JudgeClaims({.more = ",\"nbf\":\"now\""}), "nbf");
}

TEST_F(TokenJudgeTest, RefusesATokenThatHoldsForEver) {
  EXPECT_EQ(Judge(issuer_.Sign("ec", R"({"iss":"https://login",
      "aud":"careroute","sub":"anna"})")),
            "exp");
  EXPECT_EQ(Judge(issuer_.Sign("ec", R"({"iss":"https://login",
      "aud":"careroute","sub":"anna","exp":"tomorrow"})")),
            "exp");
}

// What anybody can make: without a signature, or with a secret that everybody
// knows, the public key.
TEST_F(TokenJudgeTest, RefusesWhatNobodySigned) {
  for (const char* algorithm :
       {"none", "HS256", "RS384", "ES384", "PS256", "es256", ""}) {
    SCOPED_TRACE(algorithm);
    const std::string header =
        absl::StrCat("{\"alg\":\"", algorithm, "\",\"kid\":\"ec\"}");
    const std::string what = Judge(Forge(
        {.header = header, .claims = Text({}), .signature = "0123456789"}));
    EXPECT_THAT(what, testing::AnyOf("alg", "authorization"));
  }
}

TEST_F(TokenJudgeTest, RefusesAChangedToken) {
  std::string token = issuer_.Sign("ec", Text({}));
  const std::string other = issuer_.Sign("ec", Text({.subject = "boris"}));
  const std::string swapped = absl::StrCat(other.substr(0, other.rfind('.')),
                                           token.substr(token.rfind('.')));
  EXPECT_EQ(Judge(swapped), "authorization");
}

TEST_F(TokenJudgeTest, RefusesAKeyForAnotherAlgorithm) {
  EXPECT_EQ(Judge(issuer_.SignAs(
                {.id = "rsa", .algorithm = "RS256", .named = "ec"}, Text({}))),
            "alg");
}

TEST_F(TokenJudgeTest, RefusesWhatItWouldHaveToUnderstand) {
  EXPECT_EQ(
      Judge(issuer_.SignAs(
          {.id = "ec", .algorithm = "ES256", .named = "ec", .critical = true},
          Text({}))),
      "crit");
}

TEST_F(TokenJudgeTest, RefusesWhatIsNoToken) {
  for (const std::string& wrong :
       {std::string(), std::string("."), std::string(".."),
        std::string("a.b.c"), std::string("a.b.c.d.e"),
        std::string(100000, 'a'), std::string("\0\xff", 2),
        Forge({.header = "{}", .claims = "{}", .signature = "x"}),
        Forge({.header = "[]", .claims = "[]", .signature = "x"})}) {
    EXPECT_NE(Judge(wrong), "https://login#anna");
  }
  EXPECT_EQ(Judge(issuer_.Sign("ec", "[1]")), "authorization");
  EXPECT_EQ(Judge(issuer_.Sign("ec", R"({"iss":"https://login","iss":"x"})")),
            "authorization");
}

TEST_F(TokenJudgeTest, AsksTheIssuerForAKeyItDoesNotKnow) {
  clock_.SetForTest(clock_.Now() + absl::Minutes(2));
  issuer_.AddKey("new", kEs256);
  published_ = issuer_.KeySetText();
  const std::string token = issuer_.Sign("new", Text({}));
  EXPECT_EQ(Judge(token), "kid");
  EXPECT_GT(retry_after_, absl::ZeroDuration());
  executor_.RunReady();
  EXPECT_EQ(Judge(token), "https://login#anna");
}

TEST_F(TokenJudgeTest, NamesTheKeyThatIsMissing) {
  EXPECT_EQ(Judge(issuer_.SignAs({.id = "ec", .algorithm = "ES256"}, Text({}))),
            "kid");
}

TEST_F(TokenJudgeTest, RepeatsNothingOfTheToken) {
  const std::vector<std::string> tokens = {
      "canary", issuer_.Sign("ec", Text({.issuer = "canary"})),
      issuer_.Sign("ec", Text({.subject = "canary", .ends = 0})),
      issuer_.SignAs({.id = "ec", .algorithm = "ES256", .named = "canary"},
                     Text({}))};
  for (const std::string& token : tokens) {
    Judge(token);
    EXPECT_THAT(said_, testing::Not(testing::HasSubstr("canary")));
    EXPECT_THAT(said_, testing::Not(testing::HasSubstr(token)));
  }
}

}  // namespace
}  // namespace careroute::services
