#include "lib/scoring/exact.h"

#include <numeric>

#include "absl/numeric/int128.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace careroute::scoring {
namespace {

// Digits alone, so that no sign, space or exponent is read.
std::optional<std::int64_t> ParseDigits(absl::string_view text,
                                        size_t digits_max) {
  std::int64_t value = 0;
  if (text.empty() || text.size() > digits_max) {
    return std::nullopt;
  }
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      return std::nullopt;
    }
    value = 10 * value + (c - '0');
  }
  return value;
}

constexpr size_t kWholeDigitsMax = 7;  // of kExactMax

std::optional<Exact> ParseFraction(absl::string_view above,
                                   absl::string_view below) {
  const std::optional<std::int64_t> numerator =
      ParseDigits(above, kWholeDigitsMax);
  const std::optional<std::int64_t> denominator = ParseDigits(below, 4);
  if (!numerator.has_value() || !denominator.has_value() || *denominator < 1 ||
      *denominator > kDenominatorMax) {
    return std::nullopt;
  }
  return Exact::Of(*numerator, *denominator);
}

std::optional<Exact> ParseDecimal(absl::string_view whole,
                                  absl::string_view decimals) {
  const std::optional<std::int64_t> units = ParseDigits(whole, kWholeDigitsMax);
  const std::optional<std::int64_t> parts =
      ParseDigits(decimals, static_cast<size_t>(kDecimalsMax));
  if (!units.has_value() || !parts.has_value()) {
    return std::nullopt;
  }
  std::int64_t scale = 1;
  for (size_t i = 0; i < decimals.size(); ++i) {
    scale *= 10;
  }
  return Exact::Of(*units * scale + *parts, scale);
}

std::optional<Exact> ParseUnsigned(absl::string_view text) {
  const size_t slash = text.find('/');
  if (slash != absl::string_view::npos) {
    return ParseFraction(text.substr(0, slash), text.substr(slash + 1));
  }
  const size_t point = text.find('.');
  if (point != absl::string_view::npos) {
    return ParseDecimal(text.substr(0, point), text.substr(point + 1));
  }
  const std::optional<std::int64_t> whole = ParseDigits(text, kWholeDigitsMax);
  return whole.has_value() ? std::optional<Exact>(Exact(*whole)) : std::nullopt;
}

// How many decimals say a fraction of this denominator; -1 = none do.
int DecimalsOf(std::int64_t denominator) {
  std::int64_t scale = 1;
  for (int decimals = 0; decimals <= kDecimalsMax; ++decimals) {
    if (scale % denominator == 0) {
      return decimals;
    }
    scale *= 10;
  }
  return -1;
}

std::string PaddedDigits(std::int64_t value, int digits) {
  std::string text = absl::StrCat(value);
  return std::string(static_cast<size_t>(digits) - text.size(), '0') + text;
}

}  // namespace

Exact Exact::Of(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t common = std::gcd(numerator, denominator);
  Exact number;
  number.numerator_ = numerator / common;
  number.denominator_ = denominator / common;
  return number;
}

Exact operator+(const Exact& a, const Exact& b) {
  const std::int64_t common = std::lcm(a.denominator_, b.denominator_);
  return Exact::Of(a.numerator_ * (common / a.denominator_) +
                       b.numerator_ * (common / b.denominator_),
                   common);
}

std::strong_ordering operator<=>(const Exact& a, const Exact& b) {
  const absl::int128 left = absl::int128(a.numerator_) * b.denominator_;
  const absl::int128 right = absl::int128(b.numerator_) * a.denominator_;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

Exact Times(const Exact& number, std::int64_t times) {
  return Exact::Of(number.numerator() * times, number.denominator());
}

std::optional<Exact> ParseExact(absl::string_view text) {
  const bool negative = absl::ConsumePrefix(&text, "-");
  const std::optional<Exact> number = ParseUnsigned(text);
  if (!number.has_value() || *number > Exact(kExactMax)) {
    return std::nullopt;
  }
  return negative ? Exact::Of(-number->numerator(), number->denominator())
                  : *number;
}

std::string ToText(const Exact& number, absl::string_view language) {
  const bool negative = number.numerator() < 0;
  const std::int64_t above =
      negative ? -number.numerator() : number.numerator();
  const std::int64_t whole = above / number.denominator();
  const std::int64_t rest = above % number.denominator();
  std::string text = negative ? "-" : "";
  const int decimals = DecimalsOf(number.denominator());
  if (rest == 0) {
    absl::StrAppend(&text, whole);
  } else if (decimals > 0) {
    std::int64_t scale = 1;
    for (int i = 0; i < decimals; ++i) {
      scale *= 10;
    }
    absl::StrAppend(
        &text, whole, absl::StartsWith(language, "ru") ? "," : ".",
        PaddedDigits(rest * (scale / number.denominator()), decimals));
  } else {
    absl::StrAppend(&text, whole > 0 ? absl::StrCat(whole, " ") : "", rest, "/",
                    number.denominator());
  }
  return text;
}

model::v1::ExactNumber ToProto(const Exact& number,
                               absl::string_view language) {
  model::v1::ExactNumber message;
  message.set_numerator(number.numerator());
  message.set_denominator(number.denominator());
  message.set_text(ToText(number, language));
  return message;
}

std::int64_t CommonGrain(std::int64_t a, std::int64_t b) {
  // Both are at most kGrainMax, so that the product fits.
  const std::int64_t common = a / std::gcd(a, b) * b;
  return common <= kGrainMax ? common : 0;
}

}  // namespace careroute::scoring
