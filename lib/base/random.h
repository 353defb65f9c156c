// lib/base/random.h: randomness, as something that is handed in.
//
// The standard and Abseil distributions may differ between releases, so the
// few that are needed are written here and give the same numbers everywhere.
// RealRandom (the operating system's generator) is in lib/base/real_random.h.
//
//   base::SeededRandom random(42);
//   const uint64_t die = random.Uniform(6);

#ifndef CAREROUTE_LIB_BASE_RANDOM_H_
#define CAREROUTE_LIB_BASE_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "lib/base/mutex.h"

namespace careroute::base {

// Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  [[nodiscard]] virtual uint64_t Next() = 0;
  // Draws each word, first to last, as that many calls of Next would.
  virtual void Fill(std::span<uint64_t> words);
  // Uniform over [0, bound), without modulo bias. `bound` must be > 0.
  [[nodiscard]] uint64_t Uniform(uint64_t bound);
  // `size` random bytes.
  [[nodiscard]] std::string Bytes(size_t size);
};

// The same seed gives the same sequence on every machine and release. Never
// for keys: only RealRandom makes those.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed);
  [[nodiscard]] uint64_t Next() override;

 private:
  Mutex mutex_;
  uint64_t state_[4] CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_RANDOM_H_
