// base::IsValidUtf8 against ICU, which was written by others.

#include <unicode/utf8.h>

#include <cstdint>

#include "lib/base/check.h"
#include "lib/base/utf8.h"

namespace careroute::fuzz {
namespace {

bool IcuFindsItValid(const uint8_t* data, size_t size) {
  const auto length = static_cast<int32_t>(size);
  int32_t at = 0;
  while (at < length) {
    UChar32 character = 0;
    U8_NEXT(data, at, length, character);
    if (character < 0) {
      return false;
    }
  }
  return true;
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  CAREROUTE_CHECK(careroute::base::IsValidUtf8(bytes) ==
                  careroute::fuzz::IcuFindsItValid(data, size));
  return 0;
}
