#include "services/command/names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace careroute::services {
namespace {

constexpr char kCases[] = "cases/";
constexpr char kOrganisations[] = "organisations/";
constexpr char kPeers[] = "peers/";

// The id alone as well as the name.
std::string Named(const char* collection, const std::string& typed) {
  return typed.empty() || absl::StartsWith(typed, collection)
             ? typed
             : absl::StrCat(collection, typed);
}

}  // namespace

std::string CaseName(const std::string& typed) { return Named(kCases, typed); }

std::string OrganisationName(const std::string& typed) {
  return Named(kOrganisations, typed);
}

std::string PeerName(const std::string& typed) { return Named(kPeers, typed); }

std::string MemberName(const model::v1::Actor& caller,
                       const std::string& typed) {
  return typed.empty() || absl::StartsWith(typed, kOrganisations)
             ? typed
             : absl::StrCat(caller.organisation(), "/members/", typed);
}

}  // namespace careroute::services
