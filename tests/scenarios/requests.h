// tests/scenarios/requests.h: what happens in a scenario, as a call.
//
//   CAREROUTE_ASSIGN_OR_RETURN(Asked asked, RequestOf(when, stage));
//   stage.Call(asked.actor, asked.method, *asked.request);

#ifndef CAREROUTE_TESTS_SCENARIOS_REQUESTS_H_
#define CAREROUTE_TESTS_SCENARIOS_REQUESTS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/testing/v1/scenario.pb.h"
#include "google/protobuf/message.h"
#include "tests/scenarios/stage.h"

namespace careroute::scenarios {

struct Asked {
  // Who does it when the scenario names nobody.
  model::v1::Actor actor;
  std::string method;  // "CaseService.CompleteStep"
  std::unique_ptr<google::protobuf::Message> request;
};

// For everything but a report. The stage looks up numbers of occurrences and
// names of referrals. INVALID_ARGUMENT or NOT_FOUND when the scenario says what
// cannot be.
[[nodiscard]] absl::StatusOr<Asked> RequestOf(const testing::v1::When& when,
                                              Stage& stage);

// Textproto with $words filled in, see Call in scenario.proto.
[[nodiscard]] absl::StatusOr<std::string> FillWords(absl::string_view text,
                                                    const Stage& stage);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_REQUESTS_H_
