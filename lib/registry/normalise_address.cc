#include "lib/registry/normalise_address.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/registry/internal/text.h"

namespace careroute::registry {
namespace {

constexpr size_t kPostcodeDigits = 6;

// Kinds of places, folded: they say what a word names and are left out or
// written in many ways. Two-part abbreviations ("р-н") come joined.
constexpr std::u32string_view kKinds[] = {
    U"apt",        U"house",      U"street",   U"ао",      U"бр",
    U"бульвар",    U"г",          U"гор",      U"город",   U"городской",
    U"д",          U"дер",        U"деревня",  U"дом",     U"к",
    U"кв",         U"квартал",    U"квартира", U"ком",     U"комн",
    U"комната",    U"корп",       U"корпус",   U"край",    U"лит",
    U"литера",     U"микрорайон", U"мкр",      U"мкрн",    U"наб",
    U"набережная", U"нп",         U"обл",      U"область", U"округ",
    U"оф",         U"офис",       U"п",        U"пгт",     U"пер",
    U"переулок",   U"пл",         U"площадь",  U"пос",     U"поселок",
    U"пр",         U"прд",        U"пркт",     U"проезд",  U"просп",
    U"проспект",   U"прт",        U"район",    U"респ",    U"республика",
    U"рн",         U"россия",     U"рп",       U"рф",      U"с",
    U"село",       U"снт",        U"ст",       U"станица", U"стр",
    U"строение",   U"туп",        U"тупик",    U"ул",      U"улица",
    U"х",          U"хутор",      U"ш",        U"шоссе"};

bool IsKind(const std::u32string& word) {
  return std::find(std::begin(kKinds), std::end(kKinds), word) !=
         std::end(kKinds);
}

// A run of letters or of digits, and whether it touches the run before it.
struct Run {
  std::u32string text;
  bool digits = false;
  bool touches = false;   // nothing stands between it and the run before
  bool hyphened = false;  // a hyphen alone stands between them
};

bool IsPart(char32_t character) {
  return internal::IsDigit(character) || internal::IsLetterOrMark(character);
}

std::vector<Run> SplitRuns(const std::u32string& folded) {
  std::vector<Run> runs;
  std::u32string between;
  for (const char32_t character : folded) {
    if (!IsPart(character)) {
      between.push_back(character);
      continue;
    }
    const bool digit = internal::IsDigit(character);
    if (runs.empty() || !between.empty() || runs.back().digits != digit) {
      runs.push_back({.digits = digit,
                      .touches = !runs.empty() && between.empty(),
                      .hyphened = between == U"-"});
    }
    runs.back().text.push_back(character);
    between.clear();
  }
  return runs;
}

// "р-н", "пр-т", "б-р": two runs of letters that together name a kind.
bool IsHyphenedKind(const Run& first, const Run& second) {
  return second.hyphened && !first.digits && !second.digits &&
         IsKind(first.text + second.text);
}

// A letter that belongs to the number before it: "5а", "5 а" but not "5 д 3".
bool IsNumberLetter(const Run& run) {
  return run.text.size() == 1 && (run.touches || !IsKind(run.text));
}

// Whether the run says "building 2" and the like right after a number: "5к2".
bool IsBuildingMark(const std::vector<Run>& runs, size_t i) {
  return IsKind(runs[i].text) && i + 1 < runs.size() && runs[i + 1].digits;
}

void Collect(const std::vector<Run>& runs, NormalAddress& address) {
  for (size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (run.digits) {
      if (run.text.size() != kPostcodeDigits) {
        address.numbers.push_back(internal::ToUtf8(run.text));
      }
      continue;
    }
    if (i + 1 < runs.size() && IsHyphenedKind(run, runs[i + 1])) {
      ++i;
      continue;
    }
    const bool after_number =
        i > 0 && runs[i - 1].digits && !address.numbers.empty();
    if (after_number && IsNumberLetter(run) && !IsBuildingMark(runs, i)) {
      absl::StrAppend(&address.numbers.back(), internal::ToUtf8(run.text));
      continue;
    }
    if (!IsKind(run.text)) {
      address.words.push_back(
          internal::ToUtf8(internal::UnifyAlphabet(run.text)));
    }
  }
  std::sort(address.words.begin(), address.words.end());
}

bool Includes(const NormalAddress& whole, const NormalAddress& part) {
  return std::includes(whole.words.begin(), whole.words.end(),
                       part.words.begin(), part.words.end());
}

bool HasLine(const NormalAddress& address) {
  return !address.words.empty() || !address.numbers.empty();
}

}  // namespace

bool NormalAddress::IsEmpty() const {
  return settlement.empty() && words.empty() && numbers.empty();
}

NormalAddress NormaliseAddress(const WrittenAddress& written,
                               base::Problems& problems) {
  NormalAddress address = {.settlement = std::string(written.settlement)};
  if (written.line.size() > kAddressLineBytesMax) {
    problems.Error(
        "line", "TOO_LONG",
        absl::StrCat("is longer than ", kAddressLineBytesMax, " bytes"),
        "give street, house and flat alone");
    return address;
  }
  const std::optional<std::u32string> folded = internal::Fold(written.line);
  if (!folded.has_value()) {
    problems.Error("line", "NOT_UTF8", "is not UTF-8 text",
                   "send the address as UTF-8");
    return address;
  }
  Collect(SplitRuns(*folded), address);
  return address;
}

AddressMatch CompareAddresses(const NormalAddress& a, const NormalAddress& b) {
  if (!a.settlement.empty() && !b.settlement.empty() &&
      a.settlement != b.settlement) {
    return AddressMatch::kDifferent;
  }
  if (!HasLine(a) || !HasLine(b)) {
    return AddressMatch::kNotKnown;
  }
  const bool same =
      a.numbers == b.numbers && (Includes(a, b) || Includes(b, a));
  return same ? AddressMatch::kSame : AddressMatch::kDifferent;
}

}  // namespace careroute::registry
