#include "lib/picture/internal/limit_text.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/pathway/condition_text.h"
#include "lib/pathway/reading.h"
#include "lib/pathway/term_text.h"
#include "lib/picture/internal/signs.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

using model::v1::Limit;
using model::v1::StartRule;
using model::v1::Term;

std::string SayWord(Word word, const Tongue& tongue,
                    absl::string_view first = {},
                    absl::string_view second = {}) {
  return WordText(word, tongue.language, first, second);
}

std::string ByRegion(absl::string_view parameter, const Tongue& tongue) {
  return SayWord(Word::kSetByRegion, tongue,
                 tongue.Text(absl::StrCat("parameter/", parameter)));
}

std::string AgeWords(const model::v1::Age& age, const Tongue& tongue) {
  return age.years() == 0 && age.months() == 0 && !age.parameter().empty()
             ? ByRegion(age.parameter(), tongue)
             : pathway::AgeText(age, tongue.language);
}

struct Surety {
  const char* sign = "";
  Face face = Face::kPlain;
};

Surety SuretyOf(const model::v1::Source& source) {
  switch (source.provenance()) {
    case model::v1::PROVENANCE_CONFIRMED:
      return {kConfirmedSign, Face::kBold};
    case model::v1::PROVENANCE_SECOND_HAND:
      return {kSecondHandSign, Face::kPlain};
    case model::v1::PROVENANCE_RECALLED:
      return {kRecalledSign, Face::kItalic};
    case model::v1::PROVENANCE_REGION:
      return {kRegionSign, Face::kBold};
    case model::v1::PROVENANCE_DEMO:
      return {kDemoSign, Face::kItalic};
    default:
      return {"", Face::kItalic};
  }
}

std::string TableWords(const model::v1::LimitTable& table,
                       const Tongue& tongue) {
  std::vector<std::string> rows;
  for (const model::v1::LimitRow& row : table.rows()) {
    rows.push_back(
        SayWord(Word::kByValue, tongue,
                pathway::FactValueText(table.fact(), row.is(), tongue.edition,
                                       tongue.language),
                TermWords(row.within(), tongue)));
  }
  if (table.has_not_known()) {
    rows.push_back(SayWord(Word::kByValue, tongue,
                           SayWord(Word::kNotKnown, tongue),
                           TermWords(table.not_known(), tongue)));
  }
  return absl::StrCat(tongue.Text(absl::StrCat("fact/", table.fact())), ": ",
                      absl::StrJoin(rows, "; "));
}

std::string DueWords(const Limit& limit, const Tongue& tongue) {
  switch (limit.due_case()) {
    case Limit::kWithin:
      return TermWords(limit.within(), tongue);
    case Limit::kBeforeAge:
      return SayWord(Word::kBeforeAge, tongue,
                     AgeWords(limit.before_age(), tongue));
    case Limit::kBeforeFact:
      return SayWord(Word::kBeforeFact, tongue,
                     tongue.Text(absl::StrCat("fact/", limit.before_fact())));
    case Limit::kAtOnce:
      return SayWord(Word::kAtOnce, tongue);
    case Limit::kByFact:
      return TableWords(limit.by_fact(), tongue);
    case Limit::kNoLimit:
    case Limit::DUE_NOT_SET:
      break;
  }
  return SayWord(Word::kNoLimitKnown, tongue);
}

// Empty for a limit that runs from the start of its step.
std::string StartWords(const model::v1::LimitStart& from,
                       const Tongue& tongue) {
  switch (from.start_case()) {
    case model::v1::LimitStart::kOutcome:
      return tongue.Text(absl::StrCat("step/", from.outcome().step()));
    case model::v1::LimitStart::kFactDate:
      return tongue.Text(absl::StrCat("fact/", from.fact_date()));
    case model::v1::LimitStart::kFactRecorded:
      return tongue.Text(absl::StrCat("fact/", from.fact_recorded()));
    case model::v1::LimitStart::kReferralReceived:
      return SayWord(Word::kFromReceived, tongue);
    case model::v1::LimitStart::kReport:
      return SayWord(Word::kFromReport, tongue);
    case model::v1::LimitStart::START_NOT_SET:
      break;
  }
  return "";
}

std::string DateWords(const model::v1::DateRule& date, const Tongue& tongue) {
  const std::string day =
      date.has_age() ? AgeWords(date.age(), tongue)
                     : tongue.Text(absl::StrCat("fact/", date.fact_date()));
  return date.has_before_by()
             ? SayWord(Word::kBefore, tongue,
                       TermWords(date.before_by(), tongue), day)
             : day;
}

// Empty for what an arrow shows.
std::string StartRuleWords(const StartRule& rule, const Tongue& tongue) {
  switch (rule.on_case()) {
    case StartRule::kRecorded:
      return SayWord(Word::kStartsOnFact, tongue,
                     pathway::FactTestText(rule.recorded(), tongue.edition,
                                           tongue.language));
    case StartRule::kDate:
      return SayWord(Word::kStartsOnDate, tongue,
                     DateWords(rule.date(), tongue));
    case StartRule::kAtEntry:
      return SayWord(Word::kStartsAtEntry, tongue,
                     pathway::ConditionText(rule.at_entry(), tongue.edition,
                                            tongue.language));
    case StartRule::kReportFlag:
      return SayWord(Word::kStartsOnReport, tongue);
    case StartRule::kWithStep:
      return SayWord(Word::kStartsWith, tongue,
                     tongue.Text(absl::StrCat("step/", rule.with_step())));
    case StartRule::kEntry:
    case StartRule::kOutcome:
    case StartRule::ON_NOT_SET:
      break;
  }
  return "";
}

}  // namespace

std::string TermWords(const Term& term, const Tongue& tongue) {
  return pathway::IsSetByRegion(term, tongue.edition)
             ? ByRegion(term.parameter(), tongue)
             : pathway::TermText(term, tongue.language);
}

Line LimitLine(const Limit& limit, const Tongue& tongue,
               NumberOfSource number_of) {
  const auto reference = [number_of](const model::v1::Source& source) {
    const int number = number_of(source);
    return number == 0 ? std::string() : absl::StrCat("\u00a0{", number, "}");
  };
  std::string words = DueWords(limit, tongue);
  if (limit.has_before_by()) {
    words = SayWord(Word::kEarlierBy, tongue, words,
                    TermWords(limit.before_by(), tongue));
  }
  const std::string from = StartWords(limit.from(), tongue);
  if (!from.empty()) words = SayWord(Word::kFrom, tongue, words, from);
  const Surety surety = SuretyOf(limit.source());
  std::string text =
      absl::StrCat(surety.sign, limit.statutory() ? kStatutorySign : "",
                   limit.stops_size() > 0 ? kStopsSign : "", "\u00a0", words,
                   reference(limit.source()));
  for (const model::v1::TrackLimit& track : limit.tracks()) {
    const Surety sure =
        SuretyOf(track.has_source() ? track.source() : limit.source());
    absl::StrAppend(
        &text, "; ", TrackSign(track.track(), tongue),
        absl::string_view(sure.sign) == surety.sign ? "" : sure.sign, "\u00a0",
        TermWords(track.within(), tongue),
        track.has_source() ? reference(track.source()) : "");
  }
  return {.text = std::move(text), .face = surety.face};
}

std::string TrackSign(absl::string_view track, const Tongue& tongue) {
  std::string sign;
  for (const model::v1::Track& known : tongue.edition.pathway().tracks()) {
    absl::StrAppend(&sign, kTrackSign);
    if (known.id() == track) break;
  }
  return sign;
}

std::vector<Line> StartLines(const model::v1::Step& step,
                             const Tongue& tongue) {
  std::vector<Line> lines;
  for (const StartRule& rule : step.starts_on()) {
    const std::string words = StartRuleWords(rule, tongue);
    if (!words.empty()) {
      lines.push_back({.text = absl::StrCat(kStartSign, "\u00a0", words)});
    }
  }
  if (step.has_recurrence()) {
    lines.push_back(
        {.text = absl::StrCat(
             kRecursSign, "\u00a0",
             SayWord(Word::kEvery, tongue,
                     TermWords(step.recurrence().every(), tongue)))});
  }
  if (step.may_be_started_by_hand()) {
    lines.push_back({.text = absl::StrCat(kStartSign, "\u00a0",
                                          SayWord(Word::kByHand, tongue))});
  }
  return lines;
}

}  // namespace careroute::picture::internal
