// services/identity/token_judge.h: whether a bearer token holds.
//
// A token is a signed JWT of one of the issuers in the configuration (OpenID
// Connect). In order: it is of a known issuer, signed with one of that issuer's
// keys by an algorithm that counts and the key is for, made for this hub, in
// force now. cjose reads and verifies; nothing of a token is parsed here.
//
//   TokenJudge judge({.clock = clock,
//                     .issuers = {{.issuer = "https://login.example.org",
//                                  .audience = "careroute",
//                                  .keys = keys}}});
//   api::TokenActor actor({.engine = engine, .check = judge});

#ifndef CAREROUTE_SERVICES_IDENTITY_TOKEN_JUDGE_H_
#define CAREROUTE_SERVICES_IDENTITY_TOKEN_JUDGE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "lib/api/token_actor.h"
#include "lib/base/clock.h"
#include "services/identity/issuer_keys.h"

namespace careroute::services {

// The issuer's clock and the hub's may differ by so much.
inline constexpr absl::Duration kTokenLeeway = absl::Seconds(60);

// A token with every claim there is takes a few kilobytes.
inline constexpr size_t kTokenBytesMax = 16384;

// Thread-safe. What is handed in must outlive it.
class TokenJudge final : public api::TokenCheck {
 public:
  struct Issuer {
    std::string issuer;
    std::string audience;
    const IssuerKeys& keys;
  };
  struct Options {
    const base::Clock& clock;
    std::vector<Issuer> issuers;
  };
  explicit TokenJudge(Options options) : options_(std::move(options)) {}

  [[nodiscard]] std::string SubjectOf(
      const std::string& token, api::TokenProblem& problem) const override;

 private:
  const Options options_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_IDENTITY_TOKEN_JUDGE_H_
