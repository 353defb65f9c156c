#include "services/identity/token_judge.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/identity/jose.h"

namespace careroute::services {
namespace {

using api::TokenProblem;

constexpr char kNewToken[] = "sign in again and send the new token";

// What a token says, not yet believed.
struct Token {
  JwsPtr jws;
  const json_t* header = nullptr;  // the jws's
  JsonPtr claims;
};

// False with the problem named: the shape of every check below.
bool Fail(TokenProblem made, TokenProblem& problem) {
  problem = std::move(made);
  return false;
}

bool Read(const std::string& bytes, Token& token, TokenProblem& problem) {
  const TokenProblem unreadable = {
      .message = "the bearer token is no signed JWT",
      .what = "authorization",
      .mend = "send the token as the issuer gave it"};
  if (bytes.size() > kTokenBytesMax) return Fail(unreadable, problem);
  cjose_err error;
  token.jws.reset(cjose_jws_import(bytes.data(), bytes.size(), &error));
  if (token.jws == nullptr) return Fail(unreadable, problem);
  token.header = cjose_jws_get_protected(token.jws.get());
  uint8_t* text = nullptr;  // the jws's
  size_t length = 0;
  if (!cjose_jws_get_plaintext(token.jws.get(), &text, &length, &error)) {
    return Fail(unreadable, problem);
  }
  json_error_t wrong;
  token.claims.reset(json_loadb(reinterpret_cast<const char*>(text), length,
                                JSON_REJECT_DUPLICATES, &wrong));
  return json_is_object(token.claims.get()) || Fail(unreadable, problem);
}

bool CheckHeader(const Token& token, TokenProblem& problem) {
  const absl::string_view algorithm = StringOf(token.header, "alg");
  if (algorithm != kRs256 && algorithm != kEs256) {
    return Fail({.message = "the token is not signed by RS256 or ES256",
                 .what = "alg",
                 .mend = "let the issuer sign with one of them"},
                problem);
  }
  // What must be understood, and is not, is refused (RFC 7515, 4.1.11).
  if (json_object_get(token.header, "crit") != nullptr) {
    return Fail({.message = "the token asks for an extension",
                 .what = "crit",
                 .mend = "let the issuer leave it out"},
                problem);
  }
  if (StringOf(token.header, "kid").empty()) {
    return Fail({.message = "the token does not say which key signed it",
                 .what = "kid",
                 .mend = "let the issuer name it"},
                problem);
  }
  return true;
}

bool CheckSignature(const Token& token, const IssuerKeys& keys,
                    TokenProblem& problem) {
  const KeySetPtr known = keys.Known();
  const SigningKey* key =
      known == nullptr ? nullptr : known->Find(StringOf(token.header, "kid"));
  if (key == nullptr) {
    return Fail({.message = "the hub does not know the key that signed the "
                            "token; it asks the issuer",
                 .what = "kid",
                 .mend = "wait as long as retry_after says; then sign in again",
                 .retry_after = keys.AskAgain()},
                problem);
  }
  if (StringOf(token.header, "alg") != key->algorithm) {
    return Fail({.message = "the key is for another algorithm than the token's",
                 .what = "alg",
                 .mend = "let the issuer sign with the key's own"},
                problem);
  }
  cjose_err error;
  return cjose_jws_verify(token.jws.get(), key->key.get(), &error) ||
         Fail({.message = "the token's signature is wrong",
               .what = "authorization",
               .mend = kNewToken},
              problem);
}

// One, or one of a list.
bool IsFor(const json_t* audiences, const std::string& audience) {
  if (json_is_string(audiences)) {
    return audience == json_string_value(audiences);
  }
  for (size_t i = 0; i < json_array_size(audiences); ++i) {
    const json_t* one = json_array_get(audiences, i);
    if (json_is_string(one) && audience == json_string_value(one)) return true;
  }
  return false;
}

bool CheckAudience(const Token& token, const std::string& audience,
                   TokenProblem& problem) {
  return IsFor(json_object_get(token.claims.get(), "aud"), audience) ||
         Fail({.message = "the token was made for somebody else",
               .what = "aud",
               .mend = absl::StrCat("ask the issuer for one for ", audience)},
              problem);
}

// Seconds since 1970, which may have a fraction. Beyond what a clock can show
// counts as never.
absl::Time TimeOf(const json_t* value) {
  constexpr double kFarthest = 253402300799;  // the end of the year 9999
  const double seconds = json_number_value(value);
  if (!(seconds > -kFarthest)) return absl::InfinitePast();
  if (seconds > kFarthest) return absl::InfiniteFuture();
  return absl::UnixEpoch() + absl::Seconds(seconds);
}

bool CheckTimes(const Token& token, absl::Time now, TokenProblem& problem) {
  const json_t* ends = json_object_get(token.claims.get(), "exp");
  if (!json_is_number(ends)) {
    return Fail({.message = "the token does not say how long it holds",
                 .what = "exp",
                 .mend = "let the issuer limit it"},
                problem);
  }
  if (now >= TimeOf(ends) + kTokenLeeway) {
    return Fail(
        {.message = "the token has run out", .what = "exp", .mend = kNewToken},
        problem);
  }
  const json_t* begins = json_object_get(token.claims.get(), "nbf");
  if (begins == nullptr) return true;
  const bool begun =
      json_is_number(begins) && now + kTokenLeeway >= TimeOf(begins);
  return begun || Fail({.message = "the token does not hold yet",
                        .what = "nbf",
                        .mend = "wait, or set the clocks right"},
                       problem);
}

bool CheckSubject(const Token& token, TokenProblem& problem) {
  return !StringOf(token.claims.get(), "sub").empty() ||
         Fail({.message = "the token names nobody",
               .what = "sub",
               .mend = "let the issuer name its subject"},
              problem);
}

}  // namespace

std::string TokenJudge::SubjectOf(const std::string& token,
                                  TokenProblem& problem) const {
  Token read;
  if (!Read(token, read, problem) || !CheckHeader(read, problem)) return "";
  const absl::string_view named = StringOf(read.claims.get(), "iss");
  const auto issuer =
      std::find_if(options_.issuers.begin(), options_.issuers.end(),
                   [named](const Issuer& one) { return one.issuer == named; });
  if (issuer == options_.issuers.end()) {
    problem = {.message = "the hub takes no tokens of this issuer",
               .what = "iss",
               .mend = "sign in where the hub's operator says"};
    return "";
  }
  const bool holds = CheckSignature(read, issuer->keys, problem) &&
                     CheckAudience(read, issuer->audience, problem) &&
                     CheckTimes(read, options_.clock.Now(), problem) &&
                     CheckSubject(read, problem);
  const absl::string_view subject = StringOf(read.claims.get(), "sub");
  return holds ? absl::StrCat(issuer->issuer, "#", subject) : "";
}

}  // namespace careroute::services
