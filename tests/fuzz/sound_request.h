// tests/fuzz/sound_request.h: the rules of request fields, read a second time.
//
// Written apart from lib/api/request_check, from the comments of options.proto
// alone and only as far as handlers rely on them, so that a rule that the check
// overlooks is found.

#ifndef CAREROUTE_TESTS_FUZZ_SOUND_REQUEST_H_
#define CAREROUTE_TESTS_FUZZ_SOUND_REQUEST_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace careroute::fuzz {

// Whether everything in the message has a size, an encoding and a value that
// its field allows, and what is required is there.
[[nodiscard]] bool IsSound(const google::protobuf::Message& message);

// What the message says of a person in words that could be mistaken for
// nothing else: texts of a personal data class that are not plain ASCII.
[[nodiscard]] std::vector<std::string> SecretsOf(
    const google::protobuf::Message& message);

}  // namespace careroute::fuzz

#endif  // CAREROUTE_TESTS_FUZZ_SOUND_REQUEST_H_
