#include "lib/api/testing/registry_calls.h"

#include "absl/strings/str_format.h"

namespace careroute::api {

std::string RegistryCalls::RequestId() {
  return absl::StrFormat("00000000-0000-4000-8000-%012d", ++requests_);
}

model::v1::Person RegistryCalls::Get(const std::string& name) {
  v1::GetPersonRequest request;
  request.set_name(name);
  return bench_.Ask<v1::GetPersonResponse>("RegistryService.GetPerson", request)
      .person();
}

model::v1::ErrorReason RegistryCalls::GetRefused(const std::string& name) {
  v1::GetPersonRequest request;
  request.set_name(name);
  return bench_.AskRefused("RegistryService.GetPerson", request).reason();
}

std::vector<std::string> RegistryCalls::Find(
    const model::v1::Identity& identity) {
  v1::FindPersonsRequest request;
  *request.mutable_identity() = identity;
  const auto found = bench_.Ask<v1::FindPersonsResponse>(
      "RegistryService.FindPersons", request);
  std::vector<std::string> names;
  for (const model::v1::Person& person : found.persons()) {
    names.push_back(person.name());
  }
  return names;
}

std::vector<std::string> RegistryCalls::FindByPolicy(
    const std::string& policy_number) {
  model::v1::Identity identity;
  identity.set_policy_number(policy_number);
  return Find(identity);
}

std::vector<model::v1::DuplicateCandidate> RegistryCalls::Candidates(
    const std::string& name) {
  v1::ListDuplicateCandidatesRequest request;
  request.set_name(name);
  const auto found = bench_.Ask<v1::ListDuplicateCandidatesResponse>(
      "RegistryService.ListDuplicateCandidates", request);
  return {found.candidates().begin(), found.candidates().end()};
}

}  // namespace careroute::api
