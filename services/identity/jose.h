// services/identity/jose.h: what the libraries for tokens hand out,
// each given back to the library it came from.

#ifndef CAREROUTE_SERVICES_IDENTITY_JOSE_H_
#define CAREROUTE_SERVICES_IDENTITY_JOSE_H_

#include <cjose/cjose.h>
#include <jansson.h>

#include <memory>

#include "absl/strings/string_view.h"

namespace careroute::services {

struct JsonDeleter {
  void operator()(json_t* json) const { json_decref(json); }
};
using JsonPtr = std::unique_ptr<json_t, JsonDeleter>;

struct JwkDeleter {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
using JwkPtr = std::unique_ptr<cjose_jwk_t, JwkDeleter>;

struct JwsDeleter {
  void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};
using JwsPtr = std::unique_ptr<cjose_jws_t, JwsDeleter>;

// A string member of an object; empty when there is none, or it is none.
inline absl::string_view StringOf(const json_t* object, const char* key) {
  const json_t* value = json_object_get(object, key);
  if (!json_is_string(value)) return {};
  return {json_string_value(value), json_string_length(value)};
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_IDENTITY_JOSE_H_
