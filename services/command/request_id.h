// services/command/request_id.h: the id of a request somebody makes by hand.

#ifndef CAREROUTE_SERVICES_COMMAND_REQUEST_ID_H_
#define CAREROUTE_SERVICES_COMMAND_REQUEST_ID_H_

#include <string>

namespace careroute::services {

// A fresh UUID: whoever types a command twice means it twice.
[[nodiscard]] std::string NewRequestId();

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_REQUEST_ID_H_
