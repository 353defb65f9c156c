#include "tests/torture/blows.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "lib/base/check.h"

namespace careroute::tests {

std::string WordOf(Blow blow) {
  switch (blow) {
    case Blow::kEveryHub:
      return "every hub";
    case Blow::kOneHub:
      return "one hub";
    case Blow::kConnection:
      return "a database connection";
    case Blow::kServer:
      return "the database server";
  }
  return "";
}

Blows::Blows(std::vector<Blow> kinds, base::Random& random)
    : kinds_(std::move(kinds)), random_(random) {
  CAREROUTE_CHECK(!kinds_.empty());
}

Blow Blows::Next() {
  if (left_.empty()) left_ = kinds_;
  const auto at =
      static_cast<std::ptrdiff_t>(random_.Uniform(uint64_t{left_.size()}));
  const Blow blow = *(left_.begin() + at);
  left_.erase(left_.begin() + at);
  return blow;
}

}  // namespace careroute::tests
