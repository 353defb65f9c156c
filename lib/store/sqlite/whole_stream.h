// lib/store/sqlite/whole_stream.h: is a stream whole after a fault?
//
// For the tests that kill a process, fail a disk or cut its power: each event
// of a stream tells by its bytes which it must be, and each brought a request,
// a row and a message, which must be there exactly when it is.
//
//   store.Append(OneEvent(head, WholeBytes(7, head.version + 1), now), ...);
//   ... the fault ...
//   ExpectWhole(test, {.stream = 7, .answered = 12});

#ifndef CAREROUTE_LIB_STORE_SQLITE_WHOLE_STREAM_H_
#define CAREROUTE_LIB_STORE_SQLITE_WHOLE_STREAM_H_

#include <cstdint>
#include <string>

#include "lib/store/sqlite/test_store.h"

namespace careroute::store {

// The event a stream has at that version.
[[nodiscard]] std::string WholeBytes(uint64_t stream, int64_t version);

struct WholeStream {
  uint64_t stream = 0;   // of TestCase
  int64_t answered = 0;  // the newest version that somebody was told of
};

// The stream from its first event: nothing that was answered is missing,
// nothing is there twice, the chain is linked, and each event has what was
// written with it (OneEvent) and what was not written has nothing. A repeat of
// its newest request and of its first is answered as before. Answers how many
// events there are; failures fail the test.
int64_t ExpectWhole(TestStore& test, const WholeStream& whole);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_WHOLE_STREAM_H_
