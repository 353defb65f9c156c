// tests/fuzz/damage.h: a message with one thing wrong with it.
//
// Goes down into what is set and changes one field: takes it away, gives it an
// extreme value, doubles an element, or makes a list very long. What comes out
// is still a message of its type, so it gets past the parser to the code that
// must bear it.
//
//   Damage(bytes, event);
//   Fold(event, state);

#ifndef CAREROUTE_TESTS_FUZZ_DAMAGE_H_
#define CAREROUTE_TESTS_FUZZ_DAMAGE_H_

#include "google/protobuf/message.h"
#include "tests/fuzz/byte_source.h"

namespace careroute::fuzz {

// How long a list becomes that is made long: above every bound of a request.
inline constexpr int kLongList = 2000;

// Leaves a message without set fields as it is.
void Damage(ByteSource& bytes, google::protobuf::Message& message);

}  // namespace careroute::fuzz

#endif  // CAREROUTE_TESTS_FUZZ_DAMAGE_H_
