#include "services/command/names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace careroute::services {
namespace {

constexpr char kOrganisations[] = "organisations/";

}  // namespace

std::string OrganisationName(const std::string& typed) {
  return typed.empty() || absl::StartsWith(typed, kOrganisations)
             ? typed
             : absl::StrCat(kOrganisations, typed);
}

std::string MemberName(const model::v1::Actor& caller,
                       const std::string& typed) {
  return typed.empty() || absl::StartsWith(typed, kOrganisations)
             ? typed
             : absl::StrCat(caller.organisation(), "/members/", typed);
}

}  // namespace careroute::services
