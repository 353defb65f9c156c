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
#include <span>

#include "lib/base/random.h"

namespace careroute::base {

// Thread-safe, without state. Stops the process when the kernel gives no
// randomness: going on would make guessable keys.
class RealRandom final : public Random {
 public:
  [[nodiscard]] uint64_t Next() override;
  // Asks the kernel once for many words. What is drawn is never kept for later:
  // a copy of the process, be it a fork or a machine's saved state, would hand
  // out the same again.
  void Fill(std::span<uint64_t> words) override;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_REAL_RANDOM_H_
