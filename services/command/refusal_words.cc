#include "services/command/refusal_words.h"

#include "absl/strings/str_cat.h"
#include "lib/pathway/term_text.h"

namespace careroute::services {
namespace {

// With what would mend it.
struct Row {
  absl::string_view key;
  absl::string_view ru;
};

constexpr Row kRows[] = {
    {"nobody_steps_in",
     "принять случай некому: ни заместителя, ни руководителя на службе нет; "
     "назначьте руководителя организации"},
    {"holds_post", "сотрудник уже занимает это место"},
    {"unknown_member", "такого сотрудника на службе нет"},
    {"not_your_move", "это делает другой: попросите его"},
    {"case_closed", "случай завершён"},
    {"erased", "данные гражданина уничтожены"},
    {"ahead", "случай записан более новой версией программы: обновите её"},
    {"conflict", "случай в эту минуту меняли другие: повторите"},
};

}  // namespace

RefusalWords WordsOf(const model::v1::Refusal& refusal,
                     absl::string_view language) {
  if (pathway::IsRussian(language)) {
    for (const Row& row : kRows) {
      if (row.key == refusal.message_key()) return {.why = std::string(row.ru)};
    }
  }
  RefusalWords words{.why = refusal.message()};
  for (const model::v1::Missing& one : refusal.missing()) {
    words.notes.push_back({.text = absl::StrCat(one.what(), ": ", one.mend()),
                           .style = Style::kWarning});
  }
  return words;
}

}  // namespace careroute::services
