// lib/scoring/exact.h: numbers without rounding.
//
// A grade turns on whether a total is 26.25 or 27.5, and a sum of visits on
// whether 4 a month is once a week. So a number of an instrument is a fraction,
// read from what the act says and never rounded.
//
//   std::optional<Exact> weight = ParseExact("8.6");
//   Exact sum = Times(*weight, 2) + Exact(1);    // 18 1/5
//   ToText(sum, "en");                           // "18.2"
//
// The checker of instruments bounds the numbers it lets in (kExactMax,
// kGrainMax), so that no sum a score can reach overflows; see the bound at
// kGrainMax. Pure and thread-safe.

#ifndef CAREROUTE_LIB_SCORING_EXACT_H_
#define CAREROUTE_LIB_SCORING_EXACT_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/assessment.pb.h"

namespace careroute::scoring {

// The largest number an instrument may name.
inline constexpr std::int64_t kExactMax = 1'000'000;

// The largest denominator one number may have: six decimals, or 1/1,000.
inline constexpr std::int64_t kDecimalsMax = 6;
inline constexpr std::int64_t kDenominatorMax = 1'000;

// The largest common denominator of all numbers of one instrument. The largest
// sum is 300 items × 3 units × 1,000 times × kExactMax = 9e11; over a million
// it is 9e17, which fits 64 bits with room.
inline constexpr std::int64_t kGrainMax = 1'000'000;

// A fraction in lowest terms. A value: copy it.
class Exact {
 public:
  constexpr Exact() = default;
  constexpr explicit Exact(std::int64_t whole) : numerator_(whole) {}

  // `denominator` at least 1.
  static Exact Of(std::int64_t numerator, std::int64_t denominator);

  [[nodiscard]] std::int64_t numerator() const { return numerator_; }
  [[nodiscard]] std::int64_t denominator() const { return denominator_; }

  friend Exact operator+(const Exact& a, const Exact& b);
  friend bool operator==(const Exact&, const Exact&) = default;
  friend std::strong_ordering operator<=>(const Exact& a, const Exact& b);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

// `times` at least 0.
[[nodiscard]] Exact Times(const Exact& number, std::int64_t times);

// Reads "3", "-1", "12.5", "1/7"; nothing else, and nothing beyond the limits
// above. Nullopt for any other text.
[[nodiscard]] std::optional<Exact> ParseExact(absl::string_view text);

// "27.5" where decimals say it exactly, with a comma in Russian; else "2 1/7".
[[nodiscard]] std::string ToText(const Exact& number,
                                 absl::string_view language);

[[nodiscard]] model::v1::ExactNumber ToProto(const Exact& number,
                                             absl::string_view language);

// The smallest number both divide; 0 when it is above kGrainMax. Both are from
// 1 to kGrainMax.
[[nodiscard]] std::int64_t CommonGrain(std::int64_t a, std::int64_t b);

}  // namespace careroute::scoring

#endif  // CAREROUTE_LIB_SCORING_EXACT_H_
