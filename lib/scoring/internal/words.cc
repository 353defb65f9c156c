#include "lib/scoring/internal/words.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/scoring/internal/plan.h"
#include "lib/scoring/internal/sentences.h"

namespace careroute::scoring::internal {

std::string Words::Item(int item) const {
  return Text(absl::StrCat("item/", instrument_.message().items(item).id()));
}

std::string Words::Module(int module) const {
  return Text(
      absl::StrCat("module/", instrument_.message().modules(module).id()));
}

std::string Words::Level(int level) const {
  return Text(absl::StrCat("level/", instrument_.message().levels(level).id()));
}

std::string Words::Variant() const {
  return Text(absl::StrCat(
      "variant/", instrument_.message().age_variants(sheet_.variant).id()));
}

std::string Words::Override(int lift) const {
  return Text(
      absl::StrCat("override/", instrument_.message().overrides(lift).id()));
}

std::string Words::Answer(int item) const {
  const Given& given = sheet_.items[static_cast<size_t>(item)];
  if (given.answer == nullptr) return "";
  if (given.answer->has_frequency()) {
    return Frequency(given.answer->frequency());
  }
  const PlanItem& plan = instrument_.plan().items[static_cast<size_t>(item)];
  return Text(absl::StrCat(plan.option_key, given.answer->option()));
}

std::string Words::Frequency(const model::v1::Frequency& frequency) const {
  struct Unit {
    absl::string_view key;
    int count;
  };
  const Unit units[] = {{"frequency.per_day", frequency.per_day()},
                        {"frequency.per_week", frequency.per_week()},
                        {"frequency.per_month", frequency.per_month()}};
  std::vector<std::string> parts;
  for (const Unit& unit : units) {
    if (unit.count > 0) {
      parts.push_back(
          Sentence(unit.key, IsRussian(language_), {absl::StrCat(unit.count)}));
    }
  }
  return parts.empty() ? Sentence("frequency.never", IsRussian(language_), {})
                       : absl::StrJoin(parts, ", ");
}

}  // namespace careroute::scoring::internal
