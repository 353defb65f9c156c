// tests/torture/exchange_moves.h: what the performer of a referral may do next.
//
//   const std::vector<const Move*> open = OpenMoves(referral);
//   absl::Status done = open[i]->Make(performer, referral.name(), UuidOf(n));

#ifndef CAREROUTE_TESTS_TORTURE_EXCHANGE_MOVES_H_
#define CAREROUTE_TESTS_TORTURE_EXCHANGE_MOVES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/referral.pb.h"
#include "services/client/client.h"

namespace careroute::tests {

inline constexpr char kComplete[] = "CompleteReferral";

struct Move {
  // As `Referral.open_to_caller` names it.
  const char* method;
  const char* command;  // as text
  absl::Status (*send)(const services::Client& performer, const Move& move,
                       const std::string& referral,
                       const std::string& request_id);

  [[nodiscard]] absl::Status Make(const services::Client& performer,
                                  const std::string& referral,
                                  const std::string& request_id) const {
    return send(performer, *this, referral, request_id);
  }
};

// Those that are open to the caller who read it.
[[nodiscard]] std::vector<const Move*> OpenMoves(
    const model::v1::Referral& referral);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_EXCHANGE_MOVES_H_
