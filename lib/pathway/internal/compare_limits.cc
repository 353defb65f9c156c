#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/condition_text.h"
#include "lib/pathway/internal/differences.h"
#include "lib/pathway/term_text.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::util::MessageDifferencer;
using model::v1::DifferenceEffect;
using model::v1::DifferenceKind;
using model::v1::Limit;
using model::v1::Term;

// Units of one family measure the same thing.
struct Length {
  int family = 0;
  std::int64_t amount = 0;
};

std::optional<Length> LengthOf(const Term& term) {
  constexpr int kMinutesOfHour = 60;
  constexpr int kDaysOfWeek = 7;
  constexpr int kMonthsOfYear = 12;
  switch (term.unit()) {
    case model::v1::TIME_UNIT_MINUTE:
      return Length{1, term.n()};
    case model::v1::TIME_UNIT_HOUR:
      return Length{1, std::int64_t{term.n()} * kMinutesOfHour};
    case model::v1::TIME_UNIT_CALENDAR_DAY:
      return Length{2, term.n()};
    case model::v1::TIME_UNIT_WEEK:
      return Length{2, std::int64_t{term.n()} * kDaysOfWeek};
    case model::v1::TIME_UNIT_WORKING_DAY:
      return Length{3, term.n()};
    case model::v1::TIME_UNIT_MONTH:
      return Length{4, term.n()};
    case model::v1::TIME_UNIT_YEAR:
      return Length{4, std::int64_t{term.n()} * kMonthsOfYear};
    case model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH:
      return Length{5, term.n()};
    default:
      return std::nullopt;
  }
}

enum class Verdict { kSame, kLonger, kShorter, kNoMeasure };

Verdict CompareTerms(const Term& old_term, const Term& new_term) {
  if (MessageDifferencer::Equals(old_term, new_term)) return Verdict::kSame;
  if (old_term.no_limit() || new_term.no_limit()) {
    if (old_term.no_limit() == new_term.no_limit()) return Verdict::kSame;
    return new_term.no_limit() ? Verdict::kLonger : Verdict::kShorter;
  }
  const std::optional<Length> before = LengthOf(old_term);
  const std::optional<Length> after = LengthOf(new_term);
  if (!before.has_value() || !after.has_value() ||
      before->family != after->family) {
    return Verdict::kNoMeasure;
  }
  if (before->amount == after->amount) return Verdict::kSame;
  return after->amount > before->amount ? Verdict::kLonger : Verdict::kShorter;
}

// A limit that nobody set gives all the time there is.
bool SetsNone(const Limit& limit) {
  return limit.due_case() == Limit::kNoLimit ||
         limit.due_case() == Limit::DUE_NOT_SET ||
         (limit.has_within() && limit.within().no_limit());
}

Verdict CompareAges(const model::v1::Age& before, const model::v1::Age& after) {
  if (MessageDifferencer::Equals(before, after)) return Verdict::kSame;
  constexpr int kMonthsOfYear = 12;
  const int old_months = before.years() * kMonthsOfYear + before.months();
  const int new_months = after.years() * kMonthsOfYear + after.months();
  if (old_months == 0 || new_months == 0) return Verdict::kNoMeasure;
  if (old_months == new_months) return Verdict::kSame;
  return new_months > old_months ? Verdict::kLonger : Verdict::kShorter;
}

// Of all rows together: longer only where no row is shorter.
Verdict CompareTables(const model::v1::LimitTable& before,
                      const model::v1::LimitTable& after) {
  if (MessageDifferencer::Equals(before, after)) return Verdict::kSame;
  if (before.fact() != after.fact() ||
      before.rows_size() != after.rows_size()) {
    return Verdict::kNoMeasure;
  }
  std::set<Verdict> seen = {
      CompareTerms(before.not_known(), after.not_known())};
  for (int i = 0; i < before.rows_size(); ++i) {
    if (before.rows(i).is() != after.rows(i).is()) return Verdict::kNoMeasure;
    seen.insert(CompareTerms(before.rows(i).within(), after.rows(i).within()));
  }
  seen.erase(Verdict::kSame);
  if (seen.empty()) return Verdict::kSame;
  return seen.size() == 1 ? *seen.begin() : Verdict::kNoMeasure;
}

Verdict CompareDue(const Limit& before, const Limit& after) {
  if (SetsNone(before) || SetsNone(after)) {
    if (SetsNone(before) == SetsNone(after)) return Verdict::kSame;
    return SetsNone(after) ? Verdict::kLonger : Verdict::kShorter;
  }
  if (before.at_once() || after.at_once()) {
    if (before.at_once() == after.at_once()) return Verdict::kSame;
    return before.at_once() ? Verdict::kLonger : Verdict::kShorter;
  }
  if (before.due_case() != after.due_case()) return Verdict::kNoMeasure;
  switch (before.due_case()) {
    case Limit::kWithin:
      return CompareTerms(before.within(), after.within());
    case Limit::kBeforeAge:
      return CompareAges(before.before_age(), after.before_age());
    case Limit::kByFact:
      return CompareTables(before.by_fact(), after.by_fact());
    default:
      return before.before_fact() == after.before_fact() ? Verdict::kSame
                                                         : Verdict::kNoMeasure;
  }
}

Finding FindingOf(Verdict verdict) {
  const auto of = [](DifferenceKind kind, DifferenceEffect effect) {
    return Finding{.kind = kind,
                   .part = model::v1::DIFFERENCE_PART_LIMIT,
                   .effect = effect};
  };
  switch (verdict) {
    case Verdict::kLonger:
      return of(model::v1::DIFFERENCE_KIND_LONGER,
                model::v1::DIFFERENCE_EFFECT_LENGTHENS_LIMIT);
    case Verdict::kShorter:
      return of(model::v1::DIFFERENCE_KIND_SHORTER,
                model::v1::DIFFERENCE_EFFECT_SHORTENS_LIMIT);
    default:
      return of(model::v1::DIFFERENCE_KIND_CHANGED,
                model::v1::DIFFERENCE_EFFECT_CHANGES_LIMIT);
  }
}

class LimitComparison {
 public:
  LimitComparison(const Limit& old_limit, const Limit& new_limit,
                  const Place& place, Differences& differences)
      : old_(old_limit),
        new_(new_limit),
        place_(place),
        differences_(differences) {}

  void Compare() {
    const Verdict verdict = CompareDue(old_, new_);
    if (verdict != Verdict::kSame) {
      Tell("", FindingOf(verdict),
           LimitText(old_, differences_.old_edition, differences_.language),
           LimitText(new_, differences_.new_edition, differences_.language));
    }
    CompareEarlier();
    CompareStops();
    CompareTracks();
    CompareRest();
    CompareSources(old_.source(), new_.source(), place_, differences_);
  }

 private:
  void Tell(absl::string_view field, Finding finding, std::string before,
            std::string after) {
    finding.old_value = std::move(before);
    finding.new_value = std::move(after);
    differences_.Add(
        {.path = absl::StrCat(place_.path, field.empty() ? "" : "/", field),
         .title = place_.title},
        finding);
  }

  // "Earlier by" more is less time.
  void CompareEarlier() {
    if (MessageDifferencer::Equals(old_.before_by(), new_.before_by())) return;
    const Verdict verdict = CompareTerms(old_.before_by(), new_.before_by());
    const bool grows = !old_.has_before_by() || verdict == Verdict::kLonger;
    const bool falls = !new_.has_before_by() || verdict == Verdict::kShorter;
    Tell("before_by",
         FindingOf(grows   ? Verdict::kShorter
                   : falls ? Verdict::kLonger
                           : Verdict::kNoMeasure),
         TermText(old_.before_by(), differences_.language),
         TermText(new_.before_by(), differences_.language));
  }

  // One reason more to stop gives a clock more time.
  void CompareStops() {
    const std::set<std::string> before(old_.stops().begin(),
                                       old_.stops().end());
    const std::set<std::string> after(new_.stops().begin(), new_.stops().end());
    const auto tell = [&](const std::string& stop, DifferenceKind kind,
                          DifferenceEffect effect) {
      const std::string title = differences_.Title(absl::StrCat("stop/", stop));
      const bool added = kind == model::v1::DIFFERENCE_KIND_ADDED;
      Tell(absl::StrCat("stops/", stop),
           {.kind = kind,
            .part = model::v1::DIFFERENCE_PART_STOP,
            .effect = effect},
           added ? "" : title, added ? title : "");
    };
    for (const std::string& stop : before) {
      if (after.count(stop) > 0) continue;
      tell(stop, model::v1::DIFFERENCE_KIND_REMOVED,
           model::v1::DIFFERENCE_EFFECT_SHORTENS_LIMIT);
    }
    for (const std::string& stop : after) {
      if (before.count(stop) > 0) continue;
      tell(stop, model::v1::DIFFERENCE_KIND_ADDED,
           model::v1::DIFFERENCE_EFFECT_LENGTHENS_LIMIT);
    }
  }

  static const model::v1::TrackLimit* FindTrack(const Limit& limit,
                                                const std::string& track) {
    for (const model::v1::TrackLimit& one : limit.tracks()) {
      if (one.track() == track) return &one;
    }
    return nullptr;
  }

  void CompareTracks() {
    std::set<std::string> tracks;
    for (const Limit* limit : {&old_, &new_}) {
      for (const model::v1::TrackLimit& one : limit->tracks()) {
        tracks.insert(one.track());
      }
    }
    for (const std::string& track : tracks) {
      const model::v1::TrackLimit* before = FindTrack(old_, track);
      const model::v1::TrackLimit* after = FindTrack(new_, track);
      const std::string path = absl::StrCat("tracks/", track);
      if (before != nullptr && after != nullptr &&
          MessageDifferencer::Equals(*before, *after)) {
        continue;
      }
      // A track only ever shortens, so that a new one gives less time.
      const Verdict verdict =
          before == nullptr  ? Verdict::kShorter
          : after == nullptr ? Verdict::kLonger
                             : CompareTerms(before->within(), after->within());
      Tell(path, FindingOf(verdict), TrackText(before), TrackText(after));
    }
  }

  [[nodiscard]] std::string TrackText(
      const model::v1::TrackLimit* track) const {
    return track == nullptr ? ""
                            : TermText(track->within(), differences_.language);
  }

  // What is left of a limit without what was compared already.
  static Limit RestOf(Limit limit) {
    limit.clear_due();
    limit.clear_stops();
    limit.clear_tracks();
    limit.clear_source();
    limit.clear_before_by();
    return limit;
  }

  void CompareRest() {
    const Limit before = RestOf(old_);
    const Limit after = RestOf(new_);
    if (MessageDifferencer::Equals(before, after)) return;
    Limit timed_before = before;
    Limit timed_after = after;
    timed_before.clear_escalations();
    timed_after.clear_escalations();
    const bool only_told =
        MessageDifferencer::Equals(timed_before, timed_after);
    Finding finding = FindingOf(Verdict::kNoMeasure);
    if (only_told) {
      finding.effect = model::v1::DIFFERENCE_EFFECT_CHANGES_WORK;
    }
    Sides sides = WhatDiffers(before, after);
    Tell(only_told ? "escalations" : "counting", finding,
         std::move(sides.before), std::move(sides.after));
  }

  const Limit& old_;
  const Limit& new_;
  const Place& place_;
  Differences& differences_;
};

std::string TableText(const model::v1::LimitTable& table,
                      const Edition& edition, absl::string_view language) {
  std::vector<std::string> rows;
  for (const model::v1::LimitRow& row : table.rows()) {
    rows.push_back(
        absl::StrCat(FactValueText(table.fact(), row.is(), edition, language),
                     " - ", TermText(row.within(), language)));
  }
  if (table.has_not_known()) {
    rows.push_back(
        absl::StrCat(IsRussian(language) ? "не известно" : "not known", " - ",
                     TermText(table.not_known(), language)));
  }
  return absl::StrCat(
      edition.Text(absl::StrCat("fact/", table.fact()), language), ": ",
      absl::StrJoin(rows, "; "));
}

}  // namespace

std::string LimitText(const Limit& limit, const Edition& edition,
                      absl::string_view language) {
  const bool russian = IsRussian(language);
  if (limit.at_once()) return russian ? "сразу" : "at once";
  if (SetsNone(limit)) return russian ? "не ограничено" : "no limit";
  switch (limit.due_case()) {
    case Limit::kWithin:
      return TermText(limit.within(), language);
    case Limit::kBeforeAge:
      return absl::StrCat(russian ? "до возраста " : "before the age of ",
                          AgeText(limit.before_age(), language));
    case Limit::kBeforeFact:
      return absl::StrCat(
          russian ? "до даты: " : "before the date: ",
          edition.Text(absl::StrCat("fact/", limit.before_fact()), language));
    default:
      break;
  }
  return TableText(limit.by_fact(), edition, language);
}

void CompareLimits(const Limit& old_limit, const Limit& new_limit,
                   const Place& place, Differences& differences) {
  LimitComparison(old_limit, new_limit, place, differences).Compare();
}

}  // namespace careroute::pathway::internal
