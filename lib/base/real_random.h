// lib/base/real_random.h: the operating system's randomness.
//
// The only source of keys, nonces and new ids in production. Made once, in
// main, and handed on as a base::Random.
//
//   base::RealRandom random;
//   const std::string key = random.Bytes(32);

#ifndef CAREROUTE_LIB_BASE_REAL_RANDOM_H_
#define CAREROUTE_LIB_BASE_REAL_RANDOM_H_

#include <cstdint>

#include "lib/base/random.h"

namespace careroute::base {

// Thread-safe, without state. Stops the process when the kernel gives no
// randomness: going on would make guessable keys.
class RealRandom final : public Random {
 public:
  [[nodiscard]] uint64_t Next() override;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_REAL_RANDOM_H_
