#include "lib/base/real_random.h"

#include <sys/random.h>

#include <cerrno>

#include "lib/base/check.h"

namespace careroute::base {

uint64_t RealRandom::Next() {
  uint64_t drawn = 0;
  ssize_t size = -1;
  do {  // the kernel gives up to 256 bytes whole, unless a signal interrupts
    size = getrandom(&drawn, sizeof(drawn), 0);
  } while (size < 0 && errno == EINTR);
  CAREROUTE_CHECK(size == static_cast<ssize_t>(sizeof(drawn)));
  return drawn;
}

}  // namespace careroute::base
