#include "tests/torture/mishap.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace careroute::tests {
namespace {

// It begins before 2^k bytes, k drawn below this: a handshake is some thousand
// bytes, and a batch of a few envelopes as many again.
constexpr uint64_t kAfterBitsMax = 15;

constexpr int kBitsOfByte = 8;

}  // namespace

Mishap Mishap::Draw(base::Random& random) {
  const auto pause_max =
      static_cast<uint64_t>(absl::ToInt64Milliseconds(kPauseMax));
  Plan plan;
  plan.kind = static_cast<MishapKind>(random.Uniform(kMishapKinds));
  plan.after = static_cast<size_t>(
      random.Uniform(uint64_t{1} << random.Uniform(kAfterBitsMax)));
  plan.pause =
      absl::Milliseconds(static_cast<int64_t>(1 + random.Uniform(pause_max)));
  plan.bit = static_cast<int>(random.Uniform(kBitsOfByte));
  return Mishap(plan);
}

std::vector<Mishap::Part> Mishap::Meet(const std::string& bytes) {
  const size_t before =
      happened_
          ? 0
          : std::min(bytes.size(), plan_.after - std::min(plan_.after, met_));
  met_ += bytes.size();
  std::vector<Part> parts;
  if (before > 0) parts.push_back({.bytes = bytes.substr(0, before)});
  if (before < bytes.size()) {
    for (Part& part : Begun(bytes.substr(before))) {
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

// Of what comes once it has begun; never without bytes.
std::vector<Mishap::Part> Mishap::Begun(std::string bytes) {
  const bool first = !std::exchange(happened_, true);
  switch (plan_.kind) {
    case MishapKind::kNone:
      break;
    case MishapKind::kDelay:
      return {{.bytes = std::move(bytes), .pause = plan_.pause}};
    case MishapKind::kHalve: {
      if (bytes.size() < 2) break;
      const size_t half = bytes.size() / 2;
      return {{.bytes = bytes.substr(0, half)},
              {.bytes = bytes.substr(half), .pause = plan_.pause}};
    }
    case MishapKind::kFlip:
      if (first) {
        bytes[0] = static_cast<char>(static_cast<unsigned char>(bytes[0]) ^
                                     (1U << plan_.bit));
      }
      break;
    case MishapKind::kSwallow:
    case MishapKind::kCut:
      return {};
  }
  return {{.bytes = std::move(bytes)}};
}

}  // namespace careroute::tests
