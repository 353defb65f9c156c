// services/hub/story/family_requests.h: how a family's requests are written;
// for family_case.cc and family_referrals.cc.
//
//   auto request = RequestTo<api::v1::CompleteStepRequest>(case, command);
//   FillResult(with, teller.Day(), command);

#ifndef CAREROUTE_SERVICES_HUB_STORY_FAMILY_REQUESTS_H_
#define CAREROUTE_SERVICES_HUB_STORY_FAMILY_REQUESTS_H_

#include <string>
#include <utility>

#include "services/hub/story/family_case.h"

namespace careroute::services {

// A request with its name and command.
template <typename Request, typename Command>
Request RequestTo(const std::string& name, Command command) {
  Request request;
  request.set_name(name);
  *request.mutable_command() = std::move(command);
  return request;
}

// What comes with the outcome of a step or of a referral. Documents are
// today's.
template <typename Command>
void FillResult(const With& with, const std::string& today, Command& command) {
  for (const model::v1::Fact& fact : with.facts) *command.add_facts() = fact;
  for (const std::string& kind : with.documents) {
    model::v1::Document& document = *command.add_documents();
    document.set_kind(kind);
    document.set_issued_on(today);
  }
  command.set_note(with.note);
  command.set_late_reason(with.late_reason);
  command.set_recheck_date(with.recheck_date);
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_FAMILY_REQUESTS_H_
