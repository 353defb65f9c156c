// services/command/import/uuid.h: an id as people and protos write it.

#ifndef CAREROUTE_SERVICES_COMMAND_IMPORT_UUID_H_
#define CAREROUTE_SERVICES_COMMAND_IMPORT_UUID_H_

#include <string>

#include "lib/base/uid.h"

namespace careroute::services {

// In groups of 8, 4, 4, 4 and 12 digits.
[[nodiscard]] std::string UuidOf(const base::Uid& id);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_IMPORT_UUID_H_
