// services/command/day_check.h: days on the command line.
//
//   sub.add_option("--on", flags->on, "The day")->check(NotADay);

#ifndef CAREROUTE_SERVICES_COMMAND_DAY_CHECK_H_
#define CAREROUTE_SERVICES_COMMAND_DAY_CHECK_H_

#include <string>

namespace careroute::services {

// What is wrong with a text that is no day written YYYY-MM-DD; empty = nothing.
[[nodiscard]] std::string NotADay(const std::string& text);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_DAY_CHECK_H_
