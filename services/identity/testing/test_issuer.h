// services/identity/testing/test_issuer.h: an issuer of tokens for tests.
//
//   TestIssuer issuer;
//   issuer.AddKey("a", kEs256);
//   const std::string keys = issuer.KeySetText();
//   const std::string token = issuer.Sign("a", R"({"sub":"anna"})");

#ifndef CAREROUTE_SERVICES_IDENTITY_TESTING_TEST_ISSUER_H_
#define CAREROUTE_SERVICES_IDENTITY_TESTING_TEST_ISSUER_H_

#include <map>
#include <string>

#include "services/identity/jose.h"

namespace careroute::services {

// Not thread-safe. Any failure of the library stops the program.
class TestIssuer {
 public:
  // Makes a key for the algorithm.
  void AddKey(const std::string& id, const std::string& algorithm);
  void DropKey(const std::string& id) { keys_.erase(id); }

  // The public halves.
  [[nodiscard]] std::string KeySetText() const;

  // Signed with a key's own algorithm.
  [[nodiscard]] std::string Sign(const std::string& id,
                                 const std::string& claims) const;
  // With a header that may say anything.
  struct SignOptions {
    std::string id;         // of the key
    std::string algorithm;  // must fit the key
    std::string named;      // the kid in the header; empty = none
    bool critical = false;  // names an extension that must be understood
  };
  [[nodiscard]] std::string SignAs(const SignOptions& options,
                                   const std::string& claims) const;

 private:
  struct Key {
    JwkPtr key;
    std::string algorithm;
  };
  std::map<std::string, Key> keys_;
};

// A token that nobody signed, with a header and a signature of one's own.
struct ForgeOptions {
  std::string header;
  std::string claims;
  std::string signature;
};
[[nodiscard]] std::string Forge(const ForgeOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_IDENTITY_TESTING_TEST_ISSUER_H_
