// tests/fuzz/byte_source.h: an input of a fuzzer, read as choices.
//
// Every choice takes its bytes from the front, so that a small change of the
// input is a small change of what is done; when they have run out every choice
// is the first one.
//
//   ByteSource bytes(data, size);
//   while (!bytes.empty()) Do(kActions[bytes.Below(std::size(kActions))]);

#ifndef CAREROUTE_TESTS_FUZZ_BYTE_SOURCE_H_
#define CAREROUTE_TESTS_FUZZ_BYTE_SOURCE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace careroute::fuzz {

// Borrows the input. Not thread-safe.
class ByteSource {
 public:
  ByteSource(const uint8_t* data, size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }

  [[nodiscard]] uint8_t Byte() {
    const absl::string_view one = Take(1);
    return one.empty() ? uint8_t{0} : static_cast<uint8_t>(one.front());
  }

  // Below `bound`, which is at least 1; two bytes where one cannot reach it.
  [[nodiscard]] size_t Below(size_t bound) {
    size_t number = Byte();
    if (bound > 256) {
      number = number * 256 + Byte();
    }
    return number % bound;
  }

  // The next `count` bytes, or as many as there are.
  [[nodiscard]] absl::string_view Take(size_t count) {
    const absl::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  absl::string_view rest_;
};

}  // namespace careroute::fuzz

#endif  // CAREROUTE_TESTS_FUZZ_BYTE_SOURCE_H_
