// tests/scenarios/player.h: plays a scenario through a transport.
//
//   const Played played = Play(playable, StartInProcess);
//   EXPECT_THAT(played.problems, IsEmpty());

#ifndef CAREROUTE_TESTS_SCENARIOS_PLAYER_H_
#define CAREROUTE_TESTS_SCENARIOS_PLAYER_H_

#include <string>
#include <vector>

#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

// A refusal on the way: none of them is an event.
struct Refused {
  std::string asked;  // "consent/given" where an outcome was asked for
  model::v1::Refusal refusal;
};

struct Played {
  // Each names the place, the number of the step, what was expected and what
  // is so. After the first the scenario breaks off.
  std::vector<std::string> problems;
  // Of the case the scenario ended with.
  std::string pathway;
  // All that happened to the case, as its coordinator may read it.
  std::vector<event::v1::CaseEvent> events;
  std::vector<Refused> refusals;
};

// In a new hub.
[[nodiscard]] Played Play(const Playable& playable,
                          const TransportFactory& start);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_PLAYER_H_
