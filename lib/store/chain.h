// lib/store/chain.h: how the events of a stream are sealed to each other.
//
// Each event's hash covers the hash before it and the event's bytes as they
// are stored, so nothing in the middle of a stream can be changed, swapped or
// taken out without every later hash changing. The engine computes the hash,
// the store checks it against its own head before it writes: a pair of checks
// by two different authors.
//
//   event.chain_hash = store::ChainHash({.previous = head_hash,
//                                        .stored = event.bytes});

#ifndef CAREROUTE_LIB_STORE_CHAIN_H_
#define CAREROUTE_LIB_STORE_CHAIN_H_

#include <string>

#include "absl/strings/string_view.h"

namespace careroute::store {

// What stands before the first event of every stream: 32 zero bytes.
[[nodiscard]] const std::string& ChainStart();

struct ChainLink {
  absl::string_view previous;  // the 32-byte hash before; ChainStart() at first
  absl::string_view stored;    // the event's bytes as stored
};

// SHA-256(previous ‖ stored): 32 raw bytes. Thread-safe.
[[nodiscard]] std::string ChainHash(const ChainLink& link);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_CHAIN_H_
