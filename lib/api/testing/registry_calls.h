// lib/api/testing/registry_calls.h: what tests ask of the registry, as whoever
// speaks on a CaseBench. For tests only, and for one thread.
//
//   RegistryCalls registry(bench);
//   EXPECT_EQ(registry.Get(name).state(), model::v1::PERSON_STATE_MERGED);

#ifndef CAREROUTE_LIB_API_TESTING_REGISTRY_CALLS_H_
#define CAREROUTE_LIB_API_TESTING_REGISTRY_CALLS_H_

#include <string>
#include <vector>

#include "careroute/api/v1/registry_service.pb.h"
#include "lib/api/testing/case_bench.h"

namespace careroute::api {

class RegistryCalls {
 public:
  // The bench must outlive it.
  explicit RegistryCalls(CaseBench& bench) : bench_(bench) {}

  // A new one at each call.
  [[nodiscard]] std::string RequestId();

  [[nodiscard]] model::v1::Person Get(const std::string& name);
  // Why GetPerson is refused; the test fails when it answers.
  [[nodiscard]] model::v1::ErrorReason GetRefused(const std::string& name);
  // Names of the persons found.
  [[nodiscard]] std::vector<std::string> Find(
      const model::v1::Identity& identity);
  [[nodiscard]] std::vector<std::string> FindByPolicy(
      const std::string& policy_number);
  [[nodiscard]] std::vector<model::v1::DuplicateCandidate> Candidates(
      const std::string& name);

 private:
  CaseBench& bench_;
  int requests_ = 0;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_TESTING_REGISTRY_CALLS_H_
