// services/command/request_id.h: the id of a request somebody makes by hand.
//
// A request that is repeated under its id has no second effect.

#ifndef CAREROUTE_SERVICES_COMMAND_REQUEST_ID_H_
#define CAREROUTE_SERVICES_COMMAND_REQUEST_ID_H_

#include <string>

#include "CLI/CLI.hpp"

namespace careroute::services {

// A fresh UUID: whoever types a command twice means it twice.
[[nodiscard]] std::string NewRequestId();

// --request-id of a sub-command.
void AddRequestIdFlag(CLI::App& sub, std::string& request_id);
// What was given with it, else a fresh one.
[[nodiscard]] std::string RequestIdOr(const std::string& given);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_REQUEST_ID_H_
