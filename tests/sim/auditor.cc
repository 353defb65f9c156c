#include "tests/sim/auditor.h"

#include "absl/strings/str_cat.h"

namespace careroute::tests {
namespace {

constexpr absl::string_view kAnswerErased = "answer_erased";

// What a caller of a hub with a bad disk may hear.
bool MayFailWith(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kNotFound:       // a referral not arrived yet
    case absl::StatusCode::kAlreadyExists:  // asked after its thirty days
      return true;
    default:
      return false;
  }
}

}  // namespace

void Auditor::Find(const Request& request, const std::string& what) {
  ledger_.findings.push_back(absl::StrCat("promise 2: ", request.id, " at ",
                                          request.hub, " (", request.command,
                                          "): ", what));
}

void Auditor::HearFailure(const Request& request, const absl::Status& status) {
  log_.Add(absl::StrCat("failed ", request.id, " ",
                        absl::StatusCodeToString(status.code())));
  if (!MayFailWith(status.code())) Find(request, status.ToString());
}

bool Auditor::Hear(Request& request, const absl::StatusOr<Heard>& heard) {
  ++ledger_.answers;
  if (!heard.ok()) {
    HearFailure(request, heard.status());
    return false;
  }
  log_.Add(absl::StrCat("answered ", request.id, " ", heard->version, " ",
                        heard->answer, heard->refused ? " refused " : "",
                        heard->reason, heard->replayed ? " again" : ""));
  if (heard->refused) {
    ++ledger_.refusals;
    // What was answered is sealed under the key that a recall destroys.
    if (request.effect.has_value() && heard->reason != kAnswerErased) {
      Find(request, "it was done, and is refused now");
    }
    return false;
  }
  if (!heard->changed) return false;
  if (!request.effect.has_value()) {
    request.effect = Effect{.answer = heard->answer, .version = heard->version};
    ++ledger_.effects;
    return true;
  }
  if (request.effect->answer != heard->answer ||
      request.effect->version != heard->version) {
    Find(request,
         absl::StrCat("it was answered \"", request.effect->answer, "\" at ",
                      request.effect->version, " and then \"", heard->answer,
                      "\" at ", heard->version));
  }
  return false;
}

}  // namespace careroute::tests
