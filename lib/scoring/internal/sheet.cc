#include "lib/scoring/internal/sheet.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "lib/catalogue/check_shape.h"
#include "lib/scoring/internal/age.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using model::v1::AssessmentAnswer;
using model::v1::AssessmentAnswers;

// Of a text that is a date.
absl::CivilDay DayOf(const std::string& text) {
  absl::CivilDay day;
  return absl::ParseCivilTime(text, &day) ? day : absl::CivilDay();
}

class SheetReader {
 public:
  SheetReader(const Instrument& instrument, const AssessmentAnswers& answers,
              base::Problems& problems)
      : instrument_(instrument), answers_(answers), problems_(problems) {
    sheet_.items.resize(instrument.plan().items.size());
  }

  Sheet Read() {
    CheckInstrument();
    if (CheckDate()) {
      ReadAge();
    }
    for (int i = 0; i < answers_.answers_size(); ++i) {
      const auto at = problems_.Enter("answers", i);
      ReadAnswer(answers_.answers(i));
    }
    return std::move(sheet_);
  }

 private:
  void CheckInstrument() {
    const model::v1::Instrument& asked = instrument_.message();
    if (answers_.instrument() != asked.id()) {
      problems_.Error("instrument", "OTHER_INSTRUMENT",
                      absl::StrCat("the answers are not to ", asked.id()),
                      "name the instrument they answer");
    }
    if (!answers_.edition().empty() && answers_.edition() != asked.edition()) {
      problems_.Error(
          "edition", "OTHER_EDITION",
          absl::StrCat("the answers are not to edition ", asked.edition()),
          "name the edition they answer, or none");
    }
  }

  // Dates of the form YYYY-MM-DD sort as text; an empty one is open.
  bool CheckDate() {
    const std::string& date = answers_.assessment_date();
    const model::v1::Instrument& asked = instrument_.message();
    if (date.empty()) {
      problems_.Error("assessment_date", "EMPTY",
                      "nobody says when the person was assessed",
                      "give the day, YYYY-MM-DD");
      return false;
    }
    if (!catalogue::IsDate(date)) return false;
    if (date < asked.valid_from() ||
        (!asked.valid_to().empty() && date > asked.valid_to())) {
      problems_.Error("assessment_date", "NOT_IN_FORCE",
                      absl::StrCat(asked.id(), " ", asked.edition(),
                                   " is not in force on that day"),
                      "use the edition of the day");
    }
    return true;
  }

  void ReadAge() {
    AgeOnDay age = {.day = DayOf(answers_.assessment_date())};
    switch (answers_.age_case()) {
      case AssessmentAnswers::AGE_NOT_SET:
        if (!instrument_.plan().variants.empty()) {
          problems_.Error("birth_date", "NO_AGE",
                          "the instrument counts otherwise at some ages",
                          "give birth_date or age_months");
          return;
        }
        sheet_.age_known = true;
        return;
      case AssessmentAnswers::kBirthDate:
        if (!catalogue::IsDate(answers_.birth_date())) return;
        age.birth = DayOf(answers_.birth_date());
        if (*age.birth > age.day) {
          problems_.Error("birth_date", "BEFORE_BIRTH",
                          "lies after the assessment", "correct the dates");
          return;
        }
        break;
      case AssessmentAnswers::kAgeMonths:
        age.months = answers_.age_months();
        break;
    }
    sheet_.age_known = true;
    sheet_.variant = VariantAt(instrument_.plan(), age);
  }

  void ReadAnswer(const AssessmentAnswer& answer) {
    const auto& items = instrument_.message().items();
    const int item = IndexOf(items, answer.item());
    if (item < 0) {
      problems_.Error("item", "UNKNOWN_ITEM", "the instrument has no such item",
                      "use an item of the instrument");
      return;
    }
    Given& given = sheet_.items[static_cast<size_t>(item)];
    if (given.answer != nullptr) {
      problems_.Error("item", "DUPLICATE_ANSWER",
                      absl::StrCat(answer.item(), " is answered twice"),
                      "keep one answer");
      return;
    }
    given.answer = &answer;
    const PlanItem& plan = instrument_.plan().items[static_cast<size_t>(item)];
    if (plan.is_frequency) {
      ReadFrequency(answer, plan);
    } else {
      ReadOption(answer, items.Get(item), given);
    }
  }

  void ReadOption(const AssessmentAnswer& answer,
                  const model::v1::InstrumentItem& item, Given& given) {
    if (answer.value_case() != AssessmentAnswer::kOption) {
      problems_.Error("option", "WRONG_ANSWER",
                      "the item is answered by an option", "name one option");
      return;
    }
    given.option =
        IndexOf(*OptionsOf(instrument_.message(), item), answer.option());
    if (given.option < 0) {
      problems_.Error("option", "UNKNOWN_OPTION", "the item has no such option",
                      absl::StrCat("use one of ", OptionList(item)));
    }
  }

  [[nodiscard]] std::string OptionList(
      const model::v1::InstrumentItem& item) const {
    std::string list;
    for (const auto& option : *OptionsOf(instrument_.message(), item)) {
      absl::StrAppend(&list, list.empty() ? "" : ", ", option.id());
    }
    return list;
  }

  void ReadFrequency(const AssessmentAnswer& answer, const PlanItem& plan) {
    if (answer.value_case() != AssessmentAnswer::kFrequency) {
      problems_.Error("frequency", "WRONG_ANSWER",
                      "the item is answered by how often", "give a frequency");
      return;
    }
    const auto at = problems_.Enter("frequency");
    const model::v1::Frequency& frequency = answer.frequency();
    CheckCount("per_day", frequency.has_per_day(), frequency.per_day(),
               plan.per_day.has_value(), plan.count_max);
    CheckCount("per_week", frequency.has_per_week(), frequency.per_week(),
               plan.per_week.has_value(), plan.count_max);
    CheckCount("per_month", frequency.has_per_month(), frequency.per_month(),
               plan.per_month.has_value(), plan.count_max);
    if (!frequency.has_per_day() && !frequency.has_per_week() &&
        !frequency.has_per_month()) {
      problems_.Error("", "EMPTY", "says no number",
                      "give per_day, per_week or per_month; 0 = never");
    }
  }

  void CheckCount(absl::string_view field, bool has, int count, bool counts,
                  int most) {
    if (!has) return;
    if (!counts && count != 0) {
      problems_.Error(field, "WRONG_UNIT", "the item is not counted so",
                      "count it in a unit the item has");
    } else if (count < 0 || count > most) {
      problems_.Error(field, "OUT_OF_RANGE",
                      absl::StrCat(count, " is out of range"),
                      absl::StrCat("give a number from 0 to ", most));
    }
  }

  const Instrument& instrument_;
  const AssessmentAnswers& answers_;
  base::Problems& problems_;
  Sheet sheet_;
};

}  // namespace

std::optional<Sheet> ReadSheet(const Instrument& instrument,
                               const AssessmentAnswers& answers,
                               base::Problems& problems) {
  if (!catalogue::CheckShape(answers, {}, problems)) {
    return std::nullopt;
  }
  return SheetReader(instrument, answers, problems).Read();
}

}  // namespace careroute::scoring::internal
