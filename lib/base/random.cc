#include "lib/base/random.h"

#include <bit>

#include "lib/base/check.h"

namespace careroute::base {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014). Spreads a seed of few set bits over
// the whole state of the generator below.
uint64_t SplitMix64(uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

uint64_t Random::Uniform(uint64_t bound) {
  CAREROUTE_CHECK(bound > 0);
  // 2^64 mod bound: below it lie the numbers that would make small results
  // more likely. They are drawn again, less than once on average.
  const uint64_t uneven = (0 - bound) % bound;
  uint64_t drawn = Next();
  while (drawn < uneven) {
    drawn = Next();
  }
  return drawn % bound;
}

std::string Random::Bytes(size_t size) {
  std::string bytes;
  bytes.reserve(size);
  while (bytes.size() < size) {
    uint64_t drawn = Next();
    for (int i = 0; i < 8 && bytes.size() < size; ++i) {
      bytes.push_back(static_cast<char>(drawn & 0xff));
      drawn >>= 8;
    }
  }
  return bytes;
}

SeededRandom::SeededRandom(uint64_t seed) {
  for (uint64_t& word : state_) {
    word = SplitMix64(seed);
  }
}

// xoshiro256** 1.0 (Blackman, Vigna 2018).
uint64_t SeededRandom::Next() {
  MutexLock lock(mutex_);
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

}  // namespace careroute::base
