#include "tests/scenarios/stage.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "careroute/api/v1/referral_read_messages.pb.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/shipped.h"

namespace careroute::scenarios {
namespace {

constexpr int kPageSize = 200;

// Whether the occurrence is what the scenario means: a plain step name means
// whichever line is live.
bool Means(absl::string_view spec, absl::string_view of) {
  return of == spec || (!absl::StrContains(spec, '#') &&
                        absl::StartsWith(of, absl::StrCat(spec, "#")));
}

}  // namespace

std::string SpecOf(const model::v1::Occurrence& occurrence) {
  const int line = occurrence.subject().number();
  return line == 0 ? occurrence.step()
                   : absl::StrCat(occurrence.step(), "#", line);
}

absl::StatusOr<std::string> Stage::Call(const model::v1::Actor& actor,
                                        absl::string_view method,
                                        google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field != nullptr) {
    request.GetReflection()->SetString(
        &request, field,
        absl::StrFormat("5ce70000-0000-4000-8000-%012x", ++requests_));
  }
  return transport_.Call(
      {.method = absl::StrCat("careroute.api.v1.", method), .actor = actor},
      request);
}

absl::Status Stage::MoveClock(absl::Time to) {
  CAREROUTE_RETURN_IF_ERROR(transport_.MoveClock(to));
  now_ = to;
  return absl::OkStatus();
}

absl::Status Stage::Look() {
  if (!has_case()) return absl::OkStatus();
  api::v1::GetCaseRequest request;
  request.set_name(case_.name());
  CAREROUTE_ASSIGN_OR_RETURN(
      api::v1::GetCaseResponse response,
      Ask<api::v1::GetCaseResponse>(coordinator_, "CaseService.GetCase",
                                    std::move(request)));
  case_ = std::move(*response.mutable_case_());
  for (const model::v1::Occurrence& one : case_.occurrences()) {
    specs_[one.number()] = SpecOf(one);
  }
  if (case_.coordinator() != coordinator_.member()) {
    coordinator_.set_member(case_.coordinator());
    coordinator_.set_organisation(
        case_.coordinator().substr(0, case_.coordinator().find("/members/")));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Stage::CaseNames(
    const model::v1::Actor& actor) {
  api::v1::ListCasesRequest request;
  request.set_include_closed(true);
  request.set_page_size(kPageSize);
  CAREROUTE_ASSIGN_OR_RETURN(
      const api::v1::ListCasesResponse response,
      Ask<api::v1::ListCasesResponse>(actor, "CaseService.ListCases",
                                      std::move(request)));
  std::vector<std::string> names;
  for (const model::v1::CaseRow& row : response.cases()) {
    names.push_back(row.name());
  }
  return names;
}

absl::Status Stage::FindNewCase(const model::v1::Actor& coordinator) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                             CaseNames(coordinator));
  for (const std::string& name : names) {
    if (!known_cases_.insert(name).second) continue;
    coordinator_ = coordinator;
    case_.Clear();
    case_.set_name(name);
    specs_.clear();
    return Look();
  }
  return absl::NotFoundError("the report opened no case");
}

absl::StatusOr<int> Stage::CountCases() {
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                             CaseNames(coordinator_));
  return static_cast<int>(names.size());
}

absl::StatusOr<std::vector<event::v1::CaseEvent>> Stage::Events() {
  std::vector<event::v1::CaseEvent> events;
  if (!has_case()) return events;
  std::string token;
  do {
    api::v1::ListEventsRequest request;
    request.set_name(case_.name());
    request.set_page_size(kPageSize);
    request.set_page_token(token);
    CAREROUTE_ASSIGN_OR_RETURN(
        const api::v1::ListEventsResponse response,
        Ask<api::v1::ListEventsResponse>(coordinator_, "CaseService.ListEvents",
                                         std::move(request)));
    for (const api::v1::CaseHistoryEvent& one : response.events()) {
      events.push_back(one.event());
    }
    token = response.next_page_token();
  } while (!token.empty());
  return events;
}

const model::v1::Pathway& Stage::Pathway() const {
  const std::string& id =
      has_case() ? case_.edition().pathway() : reported_pathway_;
  return ShippedPathwayOf(id).pathway;
}

absl::StatusOr<model::v1::Fact> Stage::Fact(absl::string_view text) const {
  return FactOf(text, {.pathway = Pathway(), .today = today()});
}

const model::v1::Occurrence* Stage::Live(absl::string_view spec) const {
  const model::v1::Occurrence* found = nullptr;
  for (const model::v1::Occurrence& one : case_.occurrences()) {
    if (!Means(spec, SpecOf(one))) continue;
    // The newest: a provider that is being replaced works on beside it.
    if (found == nullptr || found->number() < one.number()) found = &one;
  }
  return found;
}

absl::StatusOr<model::v1::Referral> Stage::NewestReferral(
    absl::string_view spec) {
  for (int i = case_.referrals_size() - 1; i >= 0; --i) {
    api::v1::GetReferralRequest request;
    request.set_name(case_.referrals(i));
    CAREROUTE_ASSIGN_OR_RETURN(
        const api::v1::GetReferralResponse response,
        Ask<api::v1::GetReferralResponse>(
            coordinator_, "ReferralService.GetReferral", std::move(request)));
    const model::v1::Referral& referral = response.referral();
    const auto it = specs_.find(referral.occurrence());
    if (absl::EndsWith(referral.name(), absl::StrCat("/", spec)) ||
        (it != specs_.end() && Means(spec, it->second))) {
      return referral;
    }
  }
  return absl::NotFoundError(absl::StrCat("no referral of ", spec));
}

}  // namespace careroute::scenarios
