// lib/engine/incoming.h: what becomes of something another hub told.
//
//   cases.Mirror(request, [](absl::StatusOr<TakeResult> result) {
//     if (!result.ok()) return AnswerLater();
//     if (result->fate == Fate::kGap) AskAgainFrom(result->expected);
//   });
//
// An effect and the mark that it was had are one append to one stream, so that
// what is told twice has its effect once. A failed status means: not now.

#ifndef CAREROUTE_LIB_ENGINE_INCOMING_H_
#define CAREROUTE_LIB_ENGINE_INCOMING_H_

#include <cstdint>
#include <string>

namespace careroute::engine {

enum class Fate : std::uint8_t {
  kTaken,          // it had its effect, now or before
  kGap,            // one before it is missing
  kNotUnderstood,  // kept, for a newer release of this hub
  kRefused,        // it will never be taken
};

struct TakeResult {
  Fate fate = Fate::kTaken;
  std::int32_t expected = 0;  // of a gap: the number that is
  std::string why;            // of a refusal: a message key

  friend bool operator==(const TakeResult&, const TakeResult&) = default;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_INCOMING_H_
