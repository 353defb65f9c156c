#include "lib/base/random.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
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

// A key or a nonce is drawn at once.
constexpr size_t kWordsAtOnce = 4;

void AppendLittleEndian(uint64_t word, size_t size, std::string& bytes) {
  for (int i = 0; i < 8 && bytes.size() < size; ++i) {
    bytes.push_back(static_cast<char>(word & 0xff));
    word >>= 8;
  }
}

}  // namespace

void Random::Fill(std::span<uint64_t> words) {
  for (uint64_t& word : words) word = Next();
}

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
  std::array<uint64_t, kWordsAtOnce> words;
  while (bytes.size() < size) {
    const size_t lacking = (size - bytes.size() + 7) / 8;
    const std::span<uint64_t> drawn =
        std::span(words).first(std::min(lacking, words.size()));
    Fill(drawn);
    for (const uint64_t word : drawn) AppendLittleEndian(word, size, bytes);
  }
  // They may have been a key.
  OPENSSL_cleanse(words.data(), sizeof(words));
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
