// tests/scenarios/played_once.h: each scenario file played in process, once a
// program.
//
// Whether a file holds and which edges it walks are two questions to the same
// thousand plays.
//
//   for (const std::string& problem : PlayOnce(name).problems) ...

#ifndef CAREROUTE_TESTS_SCENARIOS_PLAYED_ONCE_H_
#define CAREROUTE_TESTS_SCENARIOS_PLAYED_ONCE_H_

#include <map>
#include <string>
#include <vector>

#include "tests/scenarios/edges.h"

namespace careroute::scenarios {

struct PlayedFile {
  // Of every branch of the file; also that it cannot be read.
  std::vector<std::string> problems;
  // What the branches walk, by pathway.
  std::map<std::string, Edges> walked;
};

// For one thread.
[[nodiscard]] const PlayedFile& PlayOnce(const std::string& name);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_PLAYED_ONCE_H_
