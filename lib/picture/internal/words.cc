#include "lib/picture/internal/words.h"

#include "absl/strings/substitute.h"
#include "lib/pathway/term_text.h"

namespace careroute::picture::internal {
namespace {

struct Row {
  Word word;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Row kRows[] = {
    {Word::kIdentifyingAgency, "кто выявил", "who identified"},
    {Word::kCoordinator, "координатор", "coordinator"},
    {Word::kWhoeverAsked, "тот, кто ведёт шаг, с которого пришли",
     "whoever performs the step before"},
    {Word::kTogetherWith, "$0; вместе: $1", "$0; with: $1"},
    {Word::kSetByRegion, "устанавливает регион: $0", "set by the region: $0"},
    {Word::kAtOnce, "сразу", "at once"},
    {Word::kNoLimitKnown, "срок не установлен", "no limit"},
    {Word::kBeforeAge, "до возраста: $0", "before the age of $0"},
    {Word::kBeforeFact, "до даты «$0»", "before the date \"$0\""},
    {Word::kEarlierBy, "$0, раньше на $1", "$0, earlier by $1"},
    {Word::kByValue, "$0 — $1", "$0: $1"},
    {Word::kNotKnown, "не известно", "not known"},
    {Word::kFrom, "$0, считая от: $1", "$0, counted from: $1"},
    {Word::kFromReceived, "направление получено", "referral received"},
    {Word::kFromReport, "сведения о нуждаемости", "report of need"},
    {Word::kOnTrack, "сокращённый срок: «$0»", "shorter limit: \"$0\""},
    {Word::kStartsOnDate, "начинается: $0", "starts: $0"},
    {Word::kBefore, "за $0 до: $1", "$0 before: $1"},
    {Word::kStartsOnFact, "начинается, когда: $0", "starts when: $0"},
    {Word::kStartsAtEntry, "начинается сразу, если уже так: $0",
     "starts at entry if already so: $0"},
    {Word::kStartsOnReport, "начинается по пометке в сведениях",
     "starts on a flag of the report"},
    {Word::kStartsWith, "начинается вместе: $0", "starts together: $0"},
    {Word::kByHand, "может начать координатор", "the coordinator may start it"},
    {Word::kEvery, "повторяется: через $0", "again after $0"},
    {Word::kTries, "попыток не меньше: $0", "tries at least: $0"},
    {Word::kVisits, "визиты: план и факт", "visits: planned and done"},
    {Word::kMissedVisit, "визит сорвался", "visit missed"},
    {Word::kAppeal, "можно обжаловать", "may be appealed"},
    {Word::kRecheck, "вернуться в назначенный день", "again on the day set"},
    {Word::kEndsCase, "конец случая: $0", "case ends: $0"},
    {Word::kOpensCase, "открыть случай: $0", "opens a case: $0"},
    {Word::kBackToAsker, "обратно к шагу, с которого пришли",
     "back to the step before"},
    {Word::kIf, "если\u00a0[$0]", "if\u00a0[$0]"},
    {Word::kInside, "шагов внутри: $0", "steps inside: $0"},
    {Word::kLeadsTo, "ведёт", "leads"},
    {Word::kEntries, "Как начинается", "How it begins"},
    {Word::kEndings, "Как заканчивается", "How it ends"},
    {Word::kByCoordinator, "решает координатор", "the coordinator decides"},
    {Word::kInterrupts, "Что ставит на паузу", "What interrupts"},
    {Word::kSuspends, "останавливает шагов: $0", "suspends steps: $0"},
    {Word::kAnyDay, "$0 — на эти номера можно попасть с любого шага",
     "$0: any step may lead to these numbers"},
    {Word::kConditions, "Условия [№]", "Conditions [no.]"},
    {Word::kSources, "Откуда сроки {№}", "Where limits come from {no.}"},
    {Word::kLegend, "Как читать", "How to read"},
    {Word::kEdition, "редакция $0, действует: $1", "edition $0, holds in: $1"},
    {Word::kNotBound, "сроки региона ещё не подставлены",
     "the region's terms are not bound yet"},
    {Word::kRouteOf, "маршрут случая $0 на $1", "route of $0 as of $1"},
    {Word::kCoordinatedBy, "координатор: $0", "coordinator: $0"},
    {Word::kEnded, "случай закончен: $0", "the case has ended: $0"},
    {Word::kOnPauseFor, "на паузе: $0", "on pause: $0"},
    {Word::kSheetOf, "лист $0 из $1", "sheet $0 of $1"},
    {Word::kOnSheet, "\u00a0(л.\u00a0$0)", "\u00a0(p.\u00a0$0)"},
    {Word::kMove, "чей ход: $0", "whose move: $0"},
    {Word::kWho, "кто: $0", "who: $0"},
    {Word::kUntil, "срок до $0", "due $0"},
    {Word::kOverdueSince, "срок был до $0", "was due $0"},
    {Word::kByRule, "правило: $0", "rule: $0"},
    {Word::kObstacle, "отказ или молчание: $0", "refused or silent: $0"},
    {Word::kClockStopped, "часы стоят", "clock stopped"},
    {Word::kPlanned, "план: $0", "planned: $0"},
    {Word::kExpected, "ожидается $0", "expected $0"},
    {Word::kTimes, "× $0", "× $0"},
    {Word::kMoreRows, "и ещё записей: $0", "and more entries: $0"},
    {Word::kSignConfirmed, "срок прочитан в акте", "limit read in the act"},
    {Word::kSignSecondHand, "срок из вторых рук", "limit at second hand"},
    {Word::kSignRecalled, "срок по памяти, не сверен",
     "limit recalled, not checked"},
    {Word::kSignRegion, "срок установил регион", "limit set by the region"},
    {Word::kSignDemo, "срок выдуман для показа", "limit invented for a demo"},
    {Word::kSignStatutory, "срок закона: регион может только сократить",
     "set by law: a region may only shorten it"},
    {Word::kSignStops, "часы могут остановиться", "the clock may be stopped"},
    {Word::kSignGuard, "условие: без него шаг не начать",
     "guard: without it no work begins"},
    {Word::kSignStart, "начинается само", "starts by itself"},
    {Word::kSignRecurs, "повторяется", "recurs"},
    {Word::kSignSilence, "столько ждут ответа, потом этот исход",
     "so long an answer is awaited, then this outcome"},
    {Word::kSignContinues, "исход на ходу: шаг продолжается",
     "an outcome on the way: the step goes on"},
    {Word::kSignSource, "{1}: акт, из которого срок",
     "{1}: the act the limit comes from"},
    {Word::kSignCondition, "[1]: условие, записано рядом",
     "[1]: a condition, written beside"},
    {Word::kSignArrow, "→ 5 (л. 2): дальше шаг № 5, он на листе 2",
     "→ 5 (p. 2): step no. 5 follows, on sheet 2"},
    {Word::kSignConditional, "пунктир: только при условии [№] или позже",
     "dashed: only on condition [no.], or later"},
    {Word::kSignBack, "↩ 5: назад к шагу № 5, без стрелки",
     "↩ 5: back to step no. 5, no arrow drawn"},
    {Word::kSignStub, "короткая стрелка: продолжение на другом листе",
     "short arrow: goes on on another sheet"},
    {Word::kSignGuarded, "стрелка с ромбом: у шага есть условие ◆",
     "arrow with a diamond: the step has a guard ◆"},
    {Word::kSignEnding, "конец случая", "the case ends"},
    {Word::kSignBlock, "двойная рамка: общий блок из нескольких шагов",
     "double frame: a shared block of several steps"},
    {Word::kSignDone, "сделано", "done"},
    {Word::kSignNow, "сейчас", "now"},
    {Word::kSignOverdue, "просрочено", "overdue"},
    {Word::kSignSuspended, "на паузе", "on pause"},
    {Word::kSignNext, "дальше", "next"},
    {Word::kSignTaken, "толстая стрелка: так пришли сюда",
     "thick arrow: the way that was gone"},
    {Word::kSignMayFollow, "пунктирная стрелка: так может пойти дальше",
     "dashed arrow: the way may go on so"},
};

// A word is found by its place.
constexpr bool AllInPlace() {
  size_t place = 0;
  for (const Row& row : kRows) {
    if (row.word != static_cast<Word>(place++)) return false;
  }
  return place == static_cast<size_t>(Word::kCount);
}
static_assert(AllInPlace());

}  // namespace

std::string WordText(Word word, absl::string_view language,
                     absl::string_view first, absl::string_view second) {
  const Row& row = kRows[static_cast<size_t>(word)];
  return absl::Substitute(pathway::IsRussian(language) ? row.ru : row.en, first,
                          second);
}

}  // namespace careroute::picture::internal
