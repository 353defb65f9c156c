#include "lib/casework/internal/plan_words.h"

#include "absl/strings/match.h"
#include "absl/strings/substitute.h"

namespace careroute::casework::internal {
namespace {

struct Texts {
  PlanSentence sentence;
  absl::string_view russian;
  absl::string_view russian_mend;
  absl::string_view english;
  absl::string_view english_mend;
};

constexpr Texts kTexts[] = {
    {PlanSentence::kItemMissing, "не распределены: $0",
     "отнесите каждую к одной из частей: $1", "stand in no part: $0",
     "put each in one of the parts $1"},
    {PlanSentence::kItemDoubled, "указаны больше одного раза: $0",
     "оставьте каждую один раз, в одной части", "stand more than once: $0",
     "leave each once, in one part"},
    {PlanSentence::kItemUnknown, "нет в перечне: $0",
     "уберите или исправьте название", "are not in the list: $0",
     "remove them, or correct the ids"},
    {PlanSentence::kPartUnknown, "такой части нет: $0",
     "выберите одну из частей: $1", "there is no part $0",
     "use one of the parts $1"},
    {PlanSentence::kPartNotEmpty,
     "часть $0 должна быть пуста, потому что верно «$1», а в ней: $2",
     "перенесите в другую часть: $3",
     "the part $0 must be empty because of \"$1\", and it holds: $2",
     "move them to another part: $3"},
    {PlanSentence::kPartNotDecided,
     "неизвестно, верно ли «$1», а в части $0 стоят: $2",
     "узнайте и запишите «$1»: «неизвестно» не значит «нет»",
     "nobody knows whether \"$1\" is so, and the part $0 holds: $2",
     "find out and record \"$1\": not known does not mean no"},
    {PlanSentence::kSumOverCap, "$0: в сумме $1, предел $2 ($4), больше на $3",
     "уменьшите сумму на $3",
     "$0: $1 in all, the cap is $2 ($4), too much by $3",
     "lower the sum by $3"},
    {PlanSentence::kLineOverCap,
     "$0: до $1 в строке, предел $2 ($4), больше на $3", "уменьшите до $2: $5",
     "$0: up to $1 in a line, the cap is $2 ($4), too much by $3",
     "lower to $2: $5"},
    {PlanSentence::kLevelNotKnown,
     "$0: предел неизвестен, пока не записано «$1»", "запишите «$1»",
     "$0: no cap is known while \"$1\" is not recorded", "record \"$1\""},
    {PlanSentence::kNoCap, "$0: для «$1: $2» на $3 предела нет",
     "проверьте «$1»; недостающий предел задаёт регион",
     "$0: there is no cap for \"$1: $2\" on $3",
     "look at \"$1\" again; a cap that is missing is the region's to set"},
    {PlanSentence::kBothPeriods,
     "$0: указано и $1 × в месяц, и $2 дн. в неделю", "оставьте одно из двух",
     "$0: both $1 × a month and $2 days a week are stated",
     "leave one of the two"},
    {PlanSentence::kByTheMonth, "$0: оказывают $1 × в месяц, а не по неделям",
     "укажите $2: $1", "$0: comes $1 × a month, not by the week",
     "state $2: $1"},
    {PlanSentence::kByTheWeek,
     "$0: оказывают по неделям, а указано $1 × в месяц", "укажите $2",
     "$0: comes by the week, and $1 × a month is stated", "state $2"},
    {PlanSentence::kWrongTimes, "$0: указано $1 × в месяц, а положено $2 ×",
     "укажите $2", "$0: $1 × a month is stated, and it comes $2 ×", "state $2"},
    {PlanSentence::kWeeksDoNotAddUp,
     "$0: по неделям выходит $1, а в месяц указано $2",
     "исправьте недели или число раз в месяц",
     "$0: the weeks make $1, and the month says $2",
     "correct the weeks, or how many times a month"},
    {PlanSentence::kWeekTooShort,
     "$0: на неделю $1 указано $2, а дней в ней $3",
     "перенесите в другую неделю",
     "$0: week $1 is to have $2, and it has $3 days", "use another week"},
    {PlanSentence::kOtherWeeks,
     "$0: оказывают в другие недели расчётного "
     "месяца",
     "укажите недели: $1", "$0: comes in other weeks of the planned month",
     "state the weeks $1"},
    {PlanSentence::kMoreDaysThanAWeek,
     "$0: указано $1 дн. в неделю, а в неделе их $2", "укажите не больше $2",
     "$0: $1 days a week are stated, and a week has $2", "state at most $2"},
    {PlanSentence::kQuantityUnknown,
     "$0: величину $1 ни одно правило шага не считает",
     "используйте одну из величин: $2",
     "$0: no rule of the step counts the quantity $1", "use one of $2"},
    {PlanSentence::kQuantityDoubled, "$0: величина $1 указана дважды",
     "оставьте одно значение", "$0: the quantity $1 is stated twice",
     "leave one amount"},
    {PlanSentence::kAmountOutOfRange, "$0: $1 не может быть $2",
     "укажите от 0 до $3", "$0: $1 cannot be $2", "state 0 to $3"},
    {PlanSentence::kTooManyLines, "строк $0, а может быть не больше $1",
     "оставьте по строке на услугу",
     "there are $0 lines, and there can be at most $1",
     "leave one line a service"},
};

std::string Fill(absl::string_view text, PlanArguments arguments) {
  constexpr size_t kArgumentsMax = 6;
  std::array<absl::string_view, kArgumentsMax> at;
  for (size_t i = 0; i < arguments.size() && i < at.size(); ++i) {
    at[i] = arguments[i];
  }
  return absl::Substitute(text, at[0], at[1], at[2], at[3], at[4], at[5]);
}

}  // namespace

bool IsRussian(absl::string_view language) {
  return language == "ru" || absl::StartsWith(language, "ru-");
}

void Say(PlanSentence sentence, PlanArguments arguments,
         absl::string_view language, model::v1::PlanViolation& violation) {
  const bool russian = IsRussian(language);
  for (const Texts& one : kTexts) {
    if (one.sentence == sentence) {
      violation.set_message(
          Fill(russian ? one.russian : one.english, arguments));
      violation.set_mend(
          Fill(russian ? one.russian_mend : one.english_mend, arguments));
    }
  }
}

}  // namespace careroute::casework::internal
