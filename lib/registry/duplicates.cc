#include "lib/registry/duplicates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lib/registry/internal/comparison.h"
#include "lib/registry/internal/duplicate_reasons.h"

namespace careroute::registry {
namespace {

using internal::Agree;
using internal::Comparison;
using internal::DateAgree;
using internal::NameAgree;

// A newborn that got its name: the same place in one birth, and only one of
// the two records has the name.
bool IsNewlyNamed(const Comparison& compared, bool both_unnamed) {
  return compared.birth_order == Agree::kYes && !both_unnamed &&
         compared.given == Agree::kNotKnown;
}

struct Pair {
  const NormalIdentity& subject;
  const NormalIdentity& known;
};

bool IsTwin(const Comparison& compared, const Pair& pair) {
  if (!compared.IsOfOneBirth()) {
    return false;
  }
  if (compared.birth_order == Agree::kNo) {
    return true;
  }
  const bool both_unnamed =
      pair.subject.name.given.empty() && pair.known.name.given.empty();
  return compared.given != Agree::kYes && !IsNewlyNamed(compared, both_unnamed);
}

// Whether the records that share an identifier speak of different people. A
// surname changes with marriage, a patronymic with adoption; a given name
// hardly ever does.
bool Contradicts(const Comparison& compared) {
  const bool other_name = compared.name == NameAgree::kGivenDiffers ||
                          compared.name == NameAgree::kDifferent;
  return compared.date == DateAgree::kDifferent ||
         compared.birth_order == Agree::kNo ||
         (other_name && compared.given == Agree::kNo);
}

Verdict JudgeIdentifier(const Comparison& compared) {
  if (compared.IsOfOneBirth() &&
      (compared.given == Agree::kNo || compared.birth_order == Agree::kNo)) {
    return Verdict::kTwin;
  }
  return Contradicts(compared) ? Verdict::kContradiction : Verdict::kSame;
}

// Without an identifier: name against birth date.
std::optional<Verdict> JudgeGoodName(const Comparison& compared) {
  switch (compared.date) {
    case DateAgree::kSame:
      return Verdict::kLikely;
    case DateAgree::kSwapped:
    case DateAgree::kOneDigit:
    case DateAgree::kNotKnown:
      return compared.Support() > 0 ? Verdict::kLikely : Verdict::kPossible;
    case DateAgree::kDifferent:
      break;
  }
  if (compared.name == NameAgree::kSame && compared.Support() > 0) {
    return Verdict::kPossible;
  }
  return std::nullopt;
}

std::optional<Verdict> JudgeName(const Comparison& compared) {
  const bool same_day = compared.date == DateAgree::kSame;
  const bool supported = compared.Support() > 0;
  switch (compared.name) {
    case NameAgree::kSame:
    case NameAgree::kPatronymicUnknown:
    case NameAgree::kTransposed:
    case NameAgree::kOneTypo:
      return JudgeGoodName(compared);
    case NameAgree::kSurnameDiffers:
      if (same_day || (compared.date == DateAgree::kSwapped && supported)) {
        return same_day && supported ? Verdict::kLikely : Verdict::kPossible;
      }
      return std::nullopt;
    case NameAgree::kUnnamed:
      if (same_day) {
        return compared.mother == Agree::kYes ? Verdict::kLikely
                                              : Verdict::kPossible;
      }
      return std::nullopt;
    case NameAgree::kNotKnown:
    case NameAgree::kGivenDiffers:
    case NameAgree::kDifferent:
      break;
  }
  // Only the mother and the day link a newborn without any name to its record.
  if (same_day && compared.mother == Agree::kYes) {
    return Verdict::kLikely;
  }
  return std::nullopt;
}

std::optional<Verdict> Judge(const Comparison& compared, const Pair& pair) {
  if (compared.SharesIdentifier()) {
    return JudgeIdentifier(compared);
  }
  if (IsTwin(compared, pair)) {
    return Verdict::kTwin;
  }
  const std::optional<Verdict> verdict = JudgeName(compared);
  if (compared.snils != Agree::kNo) {
    return verdict;
  }
  // Everybody has one SNILS: two numbers are two people, or one slip.
  if (verdict == Verdict::kLikely) {
    return Verdict::kPossible;
  }
  return std::nullopt;
}

int NamePoints(NameAgree name) {
  switch (name) {
    case NameAgree::kSame:
      return 50;
    case NameAgree::kPatronymicUnknown:
      return 45;
    case NameAgree::kTransposed:
      return 44;
    case NameAgree::kOneTypo:
      return 40;
    case NameAgree::kSurnameDiffers:
      return 30;
    case NameAgree::kUnnamed:
      return 20;
    case NameAgree::kNotKnown:
      return 10;
    case NameAgree::kGivenDiffers:
      return 5;
    case NameAgree::kDifferent:
      break;
  }
  return 0;
}

int DatePoints(DateAgree date) {
  switch (date) {
    case DateAgree::kSame:
      return 34;
    case DateAgree::kSwapped:
      return 22;
    case DateAgree::kOneDigit:
      return 18;
    case DateAgree::kNotKnown:
      return 10;
    case DateAgree::kDifferent:
      break;
  }
  return 0;
}

// Points only rank candidates of one verdict; the verdict never rests on them.
int Likeness(const Comparison& compared, Verdict verdict) {
  if (verdict == Verdict::kSame) {
    return 100;
  }
  const int against = compared.snils == Agree::kNo ? 30 : 0;
  const int points = NamePoints(compared.name) + DatePoints(compared.date) +
                     5 * compared.Support() - against;
  return std::clamp(points, 1, 99);
}

bool RanksBefore(const Candidate& a, const Candidate& b) {
  if (a.verdict != b.verdict) {
    return a.verdict < b.verdict;
  }
  if (a.likeness != b.likeness) {
    return a.likeness > b.likeness;
  }
  return a.person < b.person;
}

}  // namespace

std::vector<Candidate> RankCandidates(const NormalIdentity& subject,
                                      std::span<const KnownPerson> known) {
  std::vector<Candidate> candidates;
  for (const KnownPerson& person : known) {
    const Comparison compared =
        internal::CompareIdentities(subject, person.identity);
    const std::optional<Verdict> verdict =
        Judge(compared, {.subject = subject, .known = person.identity});
    if (verdict.has_value()) {
      candidates.push_back(
          {.person = person.person,
           .verdict = *verdict,
           .likeness = Likeness(compared, *verdict),
           .because = internal::ExplainDuplicate(compared, *verdict)});
    }
  }
  std::sort(candidates.begin(), candidates.end(), RanksBefore);
  return candidates;
}

}  // namespace careroute::registry
