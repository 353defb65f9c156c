#include "lib/scoring/internal/sentences.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace careroute::scoring::internal {
namespace {

struct Row {
  absl::string_view key;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Row kRows[] = {
    {"score.level", "$0: $1", "$0: $1"},
    {"score.total", "$0: всего $1", "$0: $1 in total"},
    {"score.not_countable", "$0: подсчитать нельзя, не хватает ответов",
     "$0: cannot be counted, answers are missing"},
    {"score.edition", "редакция $0, оценка на $1",
     "edition $0, assessed on $1"},
    {"score.demo", "числа выдуманы для показа, решать по ним нельзя",
     "the numbers are invented for demonstration and decide nothing"},
    {"total.in_band", "всего $0, это в границах $1: $2",
     "$0 in total, which is in $1: $2"},
    {"total", "всего $0", "$0 in total"},
    {"crosswalk", "$0, ответ «$1»: $2", "$0, answer \"$1\": $2"},
    {"variant", "возраст: $0", "age: $0"},
    {"variant.levels_up", "возраст: $0; уровень выше на $1: $2",
     "age: $0; the level is $1 higher: $2"},
    {"variant.level_stays", "возраст: $0; уровень остаётся: $1",
     "age: $0; the level stays: $1"},
    {"override.lifts", "$0: уровень становится «$1»",
     "$0: the level becomes \"$1\""},
    {"override.stands", "$0: уровень и без того «$1»",
     "$0: the level is \"$1\" without it"},
    {"override.no_level", "$0: уровня нет, потому что нет итога",
     "$0: there is no level, since there is no total"},
    {"module.sum", "$0: сумма $1", "$0: sum $1"},
    {"module.banded", "$0: сумма $1, это в границах $2 и даёт $3",
     "$0: sum $1, which is in $2 and gives $3"},
    {"module.higher", "$0: берётся больший результат, $1",
     "$0: the higher result is taken, $1"},
    {"module.higher_banded",
     "$0: берётся больший результат, $1, это в границах $2 и даёт $3",
     "$0: the higher result is taken, $1, which is in $2 and gives $3"},
    {"module.not_countable", "$0: подсчитать нельзя, не хватает ответов",
     "$0: cannot be counted, answers are missing"},
    {"item.points", "$0: $1, это $2", "$0: $1, worth $2"},
    {"item.answered", "$0: $1", "$0: $1"},
    {"item.missing", "$0: ответа нет, считается за 0",
     "$0: not answered, counts as 0"},
    {"item.not_countable", "$0: ответа нет, подсчитать нельзя",
     "$0: not answered, cannot be counted"},
    {"item.condition", "$0: не учитывается, потому что условие не выполнено",
     "$0: does not count, since its condition does not hold"},
    {"item.not_asked", "$0: в этом возрасте не учитывается",
     "$0: does not count at this age"},
    {"frequency.per_day", "в день $0", "$0 a day"},
    {"frequency.per_week", "в неделю $0", "$0 a week"},
    {"frequency.per_month", "в месяц $0", "$0 a month"},
    {"frequency.never", "не требуется", "not needed"},
    {"basis.document", "по документу", "by document"},
    {"basis.word", "со слов, с устного согласия", "by word, with consent"},
    {"basis.observation", "по наблюдению", "as observed"},
};

}  // namespace

bool IsRussian(absl::string_view language) {
  return language == "ru" || absl::StartsWith(language, "ru-");
}

std::string Sentence(absl::string_view key, bool russian,
                     absl::Span<const std::string> arguments) {
  absl::string_view text = key;
  for (const Row& row : kRows) {
    if (row.key == key) text = russian ? row.ru : row.en;
  }
  std::vector<std::pair<std::string, std::string>> filled;
  for (size_t i = 0; i < arguments.size(); ++i) {
    filled.emplace_back(absl::StrCat("$", i), arguments[i]);
  }
  return absl::StrReplaceAll(text, filled);
}

}  // namespace careroute::scoring::internal
