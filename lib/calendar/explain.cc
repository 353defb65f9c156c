#include "lib/calendar/explain.h"

#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "lib/base/status_macros.h"
#include "lib/calendar/internal/sentences.h"
#include "lib/calendar/internal/words.h"

namespace careroute::calendar {
namespace {

using Kind = DeadlineStep::Kind;
using internal::Sentence;
using internal::SentenceOf;

// Fills one sentence: each value once for people and once for programs.
class Line {
 public:
  Line(const Calendar& calendar, const Zone& zone, Language language)
      : calendar_(calendar), zone_(zone), language_(language) {}

  void Date(CivilDate date) {
    Put(internal::DateWords(date, language_), FormatDate(date));
  }
  void Time(absl::Time time) {
    Put(internal::TimeWords({zone_, time}, language_),
        internal::TimeForPrograms({zone_, time}));
  }
  void Offset(absl::Time time) {
    const std::string offset = internal::OffsetWords({zone_, time});
    Put(offset, offset);
  }
  void Number(int64_t number) {
    Put(absl::StrCat(number), absl::StrCat(number));
  }
  void Amount(const Term& term) {
    Put(internal::Amount(term, language_),
        internal::Amount(term, Language::kEnglish));
  }
  void Age(int64_t months) {
    Put(internal::AgeWords(months, language_),
        internal::AgeWords(months, Language::kEnglish));
  }
  void Elapsed(absl::Duration elapsed) {
    Put(internal::ElapsedWords(elapsed, language_),
        internal::ElapsedWords(elapsed, Language::kEnglish));
  }
  void DayOff(CivilDate date) {
    Put(internal::DayOffWords(calendar_, date, language_),
        internal::DayOffWords(calendar_, date, Language::kEnglish));
  }
  void Interval(const DeadlineStep& step) {
    Time(step.from);
    Time(step.to);
  }

  ExplanationLine Write(const Sentence& sentence) && {
    const bool russian = language_ == Language::kRussian;
    std::string text(russian ? sentence.ru : sentence.en);
    shown_.resize(kArgumentsMax);
    text = absl::Substitute(text, shown_[0], shown_[1], shown_[2], shown_[3]);
    return {.key = std::string(sentence.key),
            .arguments = std::move(arguments_),
            .text = std::move(text),
            .source = calendar_.SourceOf(sentence.rule)};
  }

 private:
  static constexpr size_t kArgumentsMax = 4;

  void Put(std::string shown, std::string argument) {
    shown_.push_back(std::move(shown));
    arguments_.push_back(std::move(argument));
  }

  const Calendar& calendar_;
  const Zone& zone_;
  Language language_;
  std::vector<std::string> shown_;
  std::vector<std::string> arguments_;
};

void FillTerm(const DeadlineStep& step, Line& line) {
  if (step.unit == TimeUnit::kDayOfNextMonth) {
    line.Number(step.count);
  } else if (step.count != 0) {
    line.Amount({.n = step.count, .unit = step.unit});
  }
  line.Date(step.date);
}

void FillStop(const DeadlineStep& step, Line& line) {
  line.Interval(step);
  if (step.kind == Kind::kStopAdded) {
    line.Number(step.count);
    line.Date(step.date);
  } else if (step.kind == Kind::kStopTimeAdded) {
    line.Elapsed(step.to - step.from);
  }
}

void FillDate(const DeadlineStep& step, Line& line) {
  switch (step.kind) {
    case Kind::kStopHolds:
      line.Time(step.to);
      line.Date(step.date);
      return;
    case Kind::kMonthEnd:
      line.Number(step.count);
      line.Date(step.date);
      return;
    case Kind::kMovedFromDayOff:
      line.Date(step.other_date);
      line.DayOff(step.other_date);
      line.Date(step.date);
      return;
    case Kind::kBirthday:
      line.Age(step.count);
      line.Date(step.date);
      return;
    case Kind::kProvisionalDays:
      line.Number(step.date.year());
      return;
    default:
      line.Date(step.date);
      return;
  }
}

void Fill(const DeadlineStep& step, Line& line) {
  switch (step.kind) {
    case Kind::kStart:
      line.Time(step.from);
      line.Offset(step.from);
      return;
    case Kind::kTerm:
      return FillTerm(step, line);
    case Kind::kElapsed:
      line.Amount({.n = step.count, .unit = step.unit});
      line.Time(step.to);
      return;
    case Kind::kDaysOffSkipped:
      line.Number(step.count);
      return;
    case Kind::kStopAdded:
    case Kind::kStopTimeAdded:
    case Kind::kStopWithoutWholeDay:
    case Kind::kStopOutside:
    case Kind::kStopRunning:
      return FillStop(step, line);
    case Kind::kStopHolds:
    case Kind::kMonthEnd:
    case Kind::kMovedFromDayOff:
    case Kind::kBirthday:
    case Kind::kBeforeDate:
    case Kind::kProvisionalDays:
      return FillDate(step, line);
    case Kind::kDue:
      line.Time(step.to);
      line.Offset(step.to);
      line.Date(step.date);
      return;
    case Kind::kStopsDoNotCount:
    case Kind::kProvisionalOffset:
      return;
  }
}

}  // namespace

absl::StatusOr<std::vector<ExplanationLine>> ExplainDeadline(
    const CalendarSet& calendars, const Deadline& deadline, Language language) {
  CAREROUTE_ASSIGN_OR_RETURN(const Calendar* calendar,
                             calendars.Find(deadline.calendar_edition));
  const Zone* zone = calendar->FindZone(deadline.zone);
  if (zone == nullptr) {
    return absl::NotFoundError(
        "zone: is no zone of the edition; recompute the deadline");
  }
  std::vector<ExplanationLine> lines;
  for (const DeadlineStep& step : deadline.steps) {
    Line line(*calendar, *zone, language);
    Fill(step, line);
    lines.push_back(std::move(line).Write(SentenceOf(step)));
  }
  return lines;
}

}  // namespace careroute::calendar
