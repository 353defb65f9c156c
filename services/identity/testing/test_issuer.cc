#include "services/identity/testing/test_issuer.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/base/check.h"
#include "services/identity/key_set.h"

namespace careroute::services {
namespace {

constexpr size_t kRsaBits = 2048;
// 65537, as everybody's.
constexpr uint8_t kExponent[] = {1, 0, 1};

struct HeaderDeleter {
  void operator()(cjose_header_t* header) const {
    cjose_header_release(header);
  }
};

struct FreeDeleter {
  void operator()(char* text) const { std::free(text); }
};

}  // namespace

void TestIssuer::AddKey(const std::string& id, const std::string& algorithm) {
  cjose_err error;
  Key made{.key = JwkPtr(
               algorithm == kRs256
                   ? cjose_jwk_create_RSA_random(kRsaBits, kExponent,
                                                 sizeof(kExponent), &error)
                   : cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)),
           .algorithm = algorithm};
  CAREROUTE_CHECK(made.key != nullptr);
  CAREROUTE_CHECK(
      cjose_jwk_set_kid(made.key.get(), id.c_str(), id.size(), &error));
  keys_[id] = std::move(made);
}

std::string TestIssuer::KeySetText() const {
  std::vector<std::string> texts;
  for (const auto& [id, key] : keys_) {
    cjose_err error;
    const std::unique_ptr<char, FreeDeleter> text(
        cjose_jwk_to_json(key.key.get(), /*priv=*/false, &error));
    CAREROUTE_CHECK(text != nullptr);
    texts.emplace_back(text.get());
  }
  return absl::StrCat("{\"keys\":[", absl::StrJoin(texts, ","), "]}");
}

std::string TestIssuer::Sign(const std::string& id,
                             const std::string& claims) const {
  return SignAs({.id = id, .algorithm = keys_.at(id).algorithm, .named = id},
                claims);
}

std::string TestIssuer::SignAs(const SignOptions& options,
                               const std::string& claims) const {
  cjose_err error;
  const std::unique_ptr<cjose_header_t, HeaderDeleter> header(
      cjose_header_new(&error));
  CAREROUTE_CHECK(header != nullptr);
  CAREROUTE_CHECK(cjose_header_set(header.get(), CJOSE_HDR_ALG,
                                   options.algorithm.c_str(), &error));
  if (!options.named.empty()) {
    CAREROUTE_CHECK(cjose_header_set(header.get(), CJOSE_HDR_KID,
                                     options.named.c_str(), &error));
  }
  if (options.critical) {
    CAREROUTE_CHECK(
        cjose_header_set_raw(header.get(), "crit", "[\"b64\"]", &error));
  }
  const JwsPtr token(cjose_jws_sign(
      keys_.at(options.id).key.get(), header.get(),
      reinterpret_cast<const uint8_t*>(claims.data()), claims.size(), &error));
  CAREROUTE_CHECK(token != nullptr);
  const char* text = nullptr;  // the token's
  CAREROUTE_CHECK(cjose_jws_export(token.get(), &text, &error));
  return text;
}

std::string Forge(const ForgeOptions& options) {
  return absl::StrCat(absl::WebSafeBase64Escape(options.header), ".",
                      absl::WebSafeBase64Escape(options.claims), ".",
                      absl::WebSafeBase64Escape(options.signature));
}

}  // namespace careroute::services
