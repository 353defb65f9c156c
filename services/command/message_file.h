// services/command/message_file.h: a file that holds one message.
//
// Text format, or JSON when the name ends in ".json". Every problem names file,
// line and column where the parser knows them.

#ifndef CAREROUTE_SERVICES_COMMAND_MESSAGE_FILE_H_
#define CAREROUTE_SERVICES_COMMAND_MESSAGE_FILE_H_

#include <cstddef>
#include <optional>
#include <string>

#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::services {

// The directory of a large region is a tenth of it; more is a wrong file.
inline constexpr size_t kMessageFileBytesMax = size_t{64} << 20;

// The whole file; nothing, with problems, when it cannot be read, is larger
// than that, or is no UTF-8.
[[nodiscard]] std::optional<std::string> ReadTextFile(const std::string& path,
                                                      base::Problems& problems);

// False, with problems, when the file cannot be read as the message.
[[nodiscard]] bool ReadMessageFile(const std::string& path,
                                   google::protobuf::Message& message,
                                   base::Problems& problems);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MESSAGE_FILE_H_
