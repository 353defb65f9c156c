#include "services/command/render_comparison.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "lib/pathway/term_text.h"
#include "services/command/table.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

using model::v1::Difference;

// A code and what it is called.
struct Word {
  int code;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Word kEffects[] = {
    {model::v1::DIFFERENCE_EFFECT_STEP_DISAPPEARS,
     "Исчезает шаг, на котором может стоять открытый случай",
     "A step that an open case may stand on disappears"},
    {model::v1::DIFFERENCE_EFFECT_CHANGES_WORK,
     "Открытые случаи пойдут по другому правилу",
     "Open cases go on by another rule"},
    {model::v1::DIFFERENCE_EFFECT_CHANGES_LIMIT,
     "Срок считается иначе: кому-то короче, кому-то длиннее",
     "A limit is counted otherwise: shorter for some, longer for others"},
    {model::v1::DIFFERENCE_EFFECT_SHORTENS_LIMIT, "Срок становится короче",
     "A limit becomes shorter"},
    {model::v1::DIFFERENCE_EFFECT_LENGTHENS_LIMIT, "Срок становится длиннее",
     "A limit becomes longer"},
    {model::v1::DIFFERENCE_EFFECT_HARMLESS, "Открытых случаев не касается",
     "Open cases are not touched"},
};

constexpr Word kKinds[] = {
    {model::v1::DIFFERENCE_KIND_ADDED, "добавлено", "added"},
    {model::v1::DIFFERENCE_KIND_REMOVED, "убрано", "removed"},
    {model::v1::DIFFERENCE_KIND_CHANGED, "изменено", "changed"},
    {model::v1::DIFFERENCE_KIND_LONGER, "длиннее", "longer"},
    {model::v1::DIFFERENCE_KIND_SHORTER, "короче", "shorter"},
};

constexpr Word kParts[] = {
    {model::v1::DIFFERENCE_PART_STEP, "шаг", "step"},
    {model::v1::DIFFERENCE_PART_PERFORMER, "исполнитель", "performer"},
    {model::v1::DIFFERENCE_PART_START, "начало шага", "start"},
    {model::v1::DIFFERENCE_PART_GUARD, "условие", "guard"},
    {model::v1::DIFFERENCE_PART_OUTCOME, "исход", "outcome"},
    {model::v1::DIFFERENCE_PART_DISCLOSURE, "передача сведений", "disclosure"},
    {model::v1::DIFFERENCE_PART_LIMIT, "срок", "limit"},
    {model::v1::DIFFERENCE_PART_STOP, "остановка часов", "clock stop"},
    {model::v1::DIFFERENCE_PART_PARAMETER, "параметр региона", "parameter"},
    {model::v1::DIFFERENCE_PART_SOURCE, "источник", "source"},
    {model::v1::DIFFERENCE_PART_FAMILY_TEXT, "текст для семьи", "family text"},
    {model::v1::DIFFERENCE_PART_ENTRY, "вход", "entry"},
    {model::v1::DIFFERENCE_PART_CRITERION, "основание", "ground"},
    {model::v1::DIFFERENCE_PART_ENDING, "окончание", "ending"},
    {model::v1::DIFFERENCE_PART_RULE, "правило", "rule"},
    {model::v1::DIFFERENCE_PART_DECLARATION, "описание", "declaration"},
};

template <size_t kSize>
std::string Find(const Word (&words)[kSize], int code, bool russian) {
  for (const Word& word : words) {
    if (word.code == code) return std::string(russian ? word.ru : word.en);
  }
  return "";
}

class Renderer {
 public:
  Renderer(const model::v1::EditionDifference& difference, bool russian,
           const Screen& screen)
      : difference_(difference), russian_(russian), screen_(screen) {}

  std::string Render() {
    AddHeading();
    for (const Word& effect : kEffects) AddTable(effect);
    AddTexts();
    if (difference_.differences().empty() && difference_.texts().empty()) {
      absl::StrAppend(&out_, Say("Отличий нет.", "Nothing differs."), "\n");
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] absl::string_view Say(absl::string_view ru,
                                      absl::string_view en) const {
    return russian_ ? ru : en;
  }

  [[nodiscard]] static std::string Name(const model::v1::EditionRef& edition) {
    return absl::StrCat(Clean(edition.pathway()), " ", Clean(edition.edition()),
                        edition.overlay().empty() ? "" : ", ",
                        Clean(edition.overlay()));
  }

  void AddHeading() {
    absl::StrAppend(&out_,
                    Paint(screen_, Style::kTitle,
                          absl::StrCat(Name(difference_.old_edition()), " → ",
                                       Name(difference_.new_edition()))),
                    "\n");
  }

  void AddTable(const Word& effect) {
    Table table(
        {std::string(Say("что", "what")), std::string(Say("где", "where")),
         std::string(Say("было", "was")), std::string(Say("стало", "is"))});
    for (const Difference& one : difference_.differences()) {
      if (one.effect() != effect.code) continue;
      table.Add(
          {.cells = {absl::StrCat(Find(kParts, one.part(), russian_), ": ",
                                  Find(kKinds, one.kind(), russian_)),
                     absl::StrCat(one.title(), " (", one.path(), ")"),
                     one.old_value(), one.new_value()}});
    }
    if (table.empty()) return;
    absl::StrAppend(&out_, "\n",
                    Paint(screen_, Style::kTitle, Say(effect.ru, effect.en)),
                    "\n", table.Print(screen_));
  }

  void AddTexts() {
    if (difference_.texts().empty()) return;
    absl::StrAppend(&out_, "\n");
    for (const model::v1::TextChange& one : difference_.texts()) {
      absl::StrAppend(
          &out_,
          absl::Substitute(
              Say("Тексты ($0): изменено $1, добавлено $2, убрано $3.",
                  "Texts ($0): changed $1, added $2, removed $3."),
              Clean(one.language()), one.changed(), one.added(), one.removed()),
          "\n");
    }
  }

  const model::v1::EditionDifference& difference_;
  const bool russian_;
  const Screen& screen_;
  std::string out_;
};

}  // namespace

std::string RenderComparison(const model::v1::EditionDifference& difference,
                             absl::string_view language, const Screen& screen) {
  return Renderer(difference, pathway::IsRussian(language), screen).Render();
}

}  // namespace careroute::services
