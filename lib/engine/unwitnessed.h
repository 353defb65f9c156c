// lib/engine/unwitnessed.h: the streams no checkpoint speaks of as they are.
//
// A process that is killed leaves entries that none of its checkpoints names;
// they would stay "not yet witnessed" until their stream changes again. The
// next process looks for them once, in the background, and signs them with its
// first checkpoints.
//
//   FindUnwitnessed(store, [&](const store::StreamHead& head) {
//     checkpoints.Observe(head);
//   }, done);

#ifndef CAREROUTE_LIB_ENGINE_UNWITNESSED_H_
#define CAREROUTE_LIB_ENGINE_UNWITNESSED_H_

#include <cstdint>
#include <functional>

#include "lib/base/callback.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Reads every checkpoint and the head of every stream, a page at a time; keeps
// one number a stream meanwhile. `each` hears of every head newer than what was
// witnessed, `done` how many those were. Whether the checkpoints are genuine is
// for a Verifier to say. `store` must outlive it.
void FindUnwitnessed(store::Store& store,
                     std::function<void(const store::StreamHead&)> each,
                     base::Done<int64_t> done);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_UNWITNESSED_H_
