// services/command/mock_deed_words.h: what a mock agency did, a line each.
//
//   out << WordsOf(deed, wall);   // for people
//   out << *JsonLine(deed);       // for programs: one object a line

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_DEED_WORDS_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_DEED_WORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "careroute/testing/v1/mock_script.pb.h"
#include "services/command/wall.h"

namespace careroute::services {

// Columns are of a fixed width, since lines come one by one. Acts are called as
// in the script.
[[nodiscard]] std::string WordsOf(const testing::v1::MockDeed& deed,
                                  const Wall& wall);

// DATA_LOSS for a time that is none: it is the hub's, and may be anything.
[[nodiscard]] absl::StatusOr<std::string> JsonLine(
    const testing::v1::MockDeed& deed);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_DEED_WORDS_H_
