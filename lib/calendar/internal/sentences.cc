#include "lib/calendar/internal/sentences.h"

#include <array>
#include <cstddef>

namespace careroute::calendar::internal {
namespace {

using Kind = DeadlineStep::Kind;

// In the order of Kind, which is the index.
constexpr std::array<Sentence, 18> kSentences = {{
    {Kind::kStart, "deadline.start", "Событие произошло $0 ($1).",
     "The event happened on $0 ($1)."},
    {Kind::kTerm, "deadline.term",
     "Срок: $0, счёт со следующего дня. Последний день: $1.",
     "The term is $0, counted from the next day. Last day: $1.",
     model::v1::COUNTING_RULE_KIND_DAY_AFTER_START},
    {Kind::kElapsed, "deadline.elapsed",
     "Срок: $0 с момента события. Истекает $1.",
     "The term is $0 from the event. It ends on $1."},
    {Kind::kMonthEnd, "deadline.month_end",
     "Числа $0 в этом месяце нет: берётся последний день месяца, $1.",
     "The month has no day $0: its last day, $1, is taken.",
     model::v1::COUNTING_RULE_KIND_END_OF_TERM},
    {Kind::kDaysOffSkipped, "deadline.days_off_skipped",
     "Выходных и праздничных дней в срок не вошло: $0.",
     "Days off that are not counted: $0.",
     model::v1::COUNTING_RULE_KIND_WEEKEND},
    {Kind::kStopAdded, "deadline.stop_added",
     "Срок был приостановлен с $0 по $1. Целых дней приостановки: $2. "
     "Последний день: $3.",
     "The clock was stopped from $0 to $1. Whole days of it: $2. Last day: "
     "$3."},
    {Kind::kStopTimeAdded, "deadline.stop_time_added",
     "Срок был приостановлен с $0 по $1: добавлено $2.",
     "The clock was stopped from $0 to $1: $2 added."},
    {Kind::kStopWithoutWholeDay, "deadline.stop_without_whole_day",
     "Приостановка с $0 по $1 не охватила ни одного целого дня срока: ничего "
     "не добавлено.",
     "The stop from $0 to $1 covered no whole day of the term: nothing added."},
    {Kind::kStopOutside, "deadline.stop_outside",
     "Приостановка с $0 по $1 не попадает в срок и не считается.",
     "The stop from $0 to $1 lies outside the term and does not count."},
    {Kind::kStopRunning, "deadline.stop_running",
     "Срок приостановлен с $0. Приостановка продолжается; учтена по $1.",
     "The clock has been stopped since $0 and still is; counted up to $1."},
    {Kind::kStopHolds, "deadline.stop_holds",
     "Срок не истекает во время приостановки, которая длилась по $0. "
     "Последний день: $1.",
     "No term ends while its clock stands, which was until $0. Last day: $1."},
    {Kind::kMovedFromDayOff, "deadline.moved_from_day_off",
     "$0 — нерабочий день ($1): последний день переносится на $2.",
     "Nobody works on $0 ($1): the last day moves to $2.",
     model::v1::COUNTING_RULE_KIND_LAST_DAY_OFF},
    {Kind::kBirthday, "deadline.birthday",
     "Возраст $0 исполняется $1: срок до этого дня.",
     "The age of $0 is reached on $1: the term ends before that day."},
    {Kind::kBeforeDate, "deadline.before_date", "Срок до $0.",
     "The term ends before $0."},
    {Kind::kStopsDoNotCount, "deadline.stops_do_not_count",
     "Приостановки не сдвигают день, который назван датой или возрастом.",
     "Stops do not move a day that is given by a date or an age."},
    {Kind::kProvisionalDays, "deadline.provisional_days",
     "Календарь на $0 год ещё не опубликован: выходные посчитаны по общему "
     "правилу, срок предварительный.",
     "No calendar is published for $0: days off follow the general rule, and "
     "the deadline is provisional.",
     model::v1::COUNTING_RULE_KIND_WEEKEND},
    {Kind::kProvisionalOffset, "deadline.provisional_offset",
     "Смещение времени региона на этот день неизвестно: взято ближайшее, срок "
     "предварительный.",
     "The region's offset from UTC is not known for that time: the nearest is "
     "taken, and the deadline is provisional."},
    {Kind::kDue, "deadline.due", "Срок истекает $0 ($1), последний день: $2.",
     "The deadline is $0 ($1), last day: $2.",
     model::v1::COUNTING_RULE_KIND_END_OF_DAY},
}};

constexpr bool InOrderOfKind() {
  for (size_t i = 0; i < kSentences.size(); ++i) {
    if (kSentences[i].kind != static_cast<Kind>(i)) {
      return false;
    }
  }
  return kSentences.back().kind == Kind::kDue;
}
static_assert(InOrderOfKind(), "one sentence for each kind, in its order");

constexpr Sentence kNextMonth = {
    Kind::kTerm, "deadline.term_next_month",
    "Срок: до $0-го числа следующего месяца. Последний день: $1.",
    "The term ends on day $0 of the next month. Last day: $1.",
    model::v1::COUNTING_RULE_KIND_END_OF_TERM};
constexpr Sentence kSameDay = {Kind::kTerm, "deadline.term_same_day",
                               "Срок: в тот же день. Последний день: $0.",
                               "The term is the same day. Last day: $0."};
constexpr Sentence kLongTerm = {
    Kind::kTerm, "deadline.term",
    "Срок: $0, счёт со следующего дня. Последний день: $1.",
    "The term is $0, counted from the next day. Last day: $1.",
    model::v1::COUNTING_RULE_KIND_END_OF_TERM};

bool IsLong(TimeUnit unit) {
  return unit == TimeUnit::kWeeks || unit == TimeUnit::kMonths ||
         unit == TimeUnit::kYears;
}

}  // namespace

const Sentence& SentenceOf(const DeadlineStep& step) {
  if (step.kind == Kind::kTerm) {
    if (step.unit == TimeUnit::kDayOfNextMonth) {
      return kNextMonth;
    }
    if (step.count == 0) {
      return kSameDay;
    }
    if (IsLong(step.unit)) {
      return kLongTerm;
    }
  }
  return kSentences[static_cast<size_t>(step.kind)];
}

}  // namespace careroute::calendar::internal
