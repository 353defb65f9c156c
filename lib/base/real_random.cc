#include "lib/base/real_random.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/check.h"

namespace careroute::base {
namespace {

// The kernel gives up to 256 bytes whole, unless a signal interrupts.
constexpr size_t kWordsMax = 256 / sizeof(uint64_t);

}  // namespace

uint64_t RealRandom::Next() {
  uint64_t drawn = 0;
  Fill({&drawn, 1});
  return drawn;
}

void RealRandom::Fill(std::span<uint64_t> words) {
  while (!words.empty()) {
    const std::span<uint64_t> part =
        words.first(std::min(words.size(), kWordsMax));
    ssize_t size = -1;
    do {
      size = getrandom(part.data(), part.size_bytes(), 0);
    } while (size < 0 && errno == EINTR);
    CAREROUTE_CHECK(size == static_cast<ssize_t>(part.size_bytes()));
    words = words.subspan(part.size());
  }
}

}  // namespace careroute::base
