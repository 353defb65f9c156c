// lib/api/token_actor.h: who calls, from a bearer token.
//
// People sign in at an issuer of their agency, not at the hub. Each call brings
// the token they got there:
//
//   authorization: Bearer eyJhbGciOiJFUzI1NiIs...
//   careroute-role: coordinator
//   careroute-purpose: care
//
// Whether the token holds, a TokenCheck says; which member it names, the
// directory (Member.token_subjects). A member in the metadata must be the same
// one. No refusal repeats anything of the token.

#ifndef CAREROUTE_LIB_API_TOKEN_ACTOR_H_
#define CAREROUTE_LIB_API_TOKEN_ACTOR_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/api/pipeline.h"
#include "lib/engine/engine.h"

namespace careroute::api {

// Why a token does not count.
struct TokenProblem {
  std::string message;
  std::string what;  // the claim or the field of the header
  std::string mend;
  // Set when the same token may count a moment later.
  absl::Duration retry_after;
};

// Judges tokens. Thread-safe; must not block.
class TokenCheck {
 public:
  virtual ~TokenCheck() = default;
  // Whom it names, "ISSUER#SUBJECT"; otherwise `problem` is filled in and the
  // answer empty.
  [[nodiscard]] virtual std::string SubjectOf(const std::string& token,
                                              TokenProblem& problem) const = 0;
};

// Thread-safe. Everything handed in must outlive it.
class TokenActor final : public ActorSource {
 public:
  struct Options {
    engine::Engine& engine;
    const TokenCheck& check;
  };
  explicit TokenActor(const Options& options) : options_(options) {}

  // Calls that came with an authorization.
  [[nodiscard]] bool Judges(const Call& call) const override;

  [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
      const Call& call) const override;

 private:
  [[nodiscard]] absl::StatusOr<std::string> MemberOf(const Call& call) const;

  Options options_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_TOKEN_ACTOR_H_
