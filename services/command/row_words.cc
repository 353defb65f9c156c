#include "services/command/row_words.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "lib/api/refusal_text.h"
#include "lib/api/status.h"
#include "services/command/refusal_words.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

std::string BeginningOf(const RowFate& fate, absl::string_view language) {
  return language == "ru"
             ? absl::StrCat("запись ", fate.number, " (строка ", fate.line,
                            "): ")
             : absl::StrCat("row ", fate.number, " (line ", fate.line, "): ");
}

// What is said of a file in Russian; lib/api has the words of what a hub says.
struct RussianWords {
  absl::string_view reason;
  absl::string_view message;
  // Empty = the mend names something, and is told as it is.
  absl::string_view mend;
};
constexpr RussianWords kRussian[] = {
    {"TOO_LONG", "запись длиннее 64 КиБ",
     "закройте кавычку или сократите примечание"},
    {"INVALID_UTF8", "текст не в кодировке UTF-8", "сохраните файл в UTF-8"},
    {"NOT_CSV", "кавычки, запятые или концы строк стоят не по RFC 4180",
     "возьмите ячейку в кавычки целиком, кавычки внутри удвойте"},
    {"WRONG_COUNT", "ячеек не столько, сколько столбцов",
     "напишите ячейку для каждого столбца, хотя бы пустую"},
    {"NOT_JSON", "строка не является объектом JSON",
     "пишите по одному объекту в строке, без ничего после него"},
    {"NOT_PARSED", "строка не читается как запрос",
     "назовите каждое поле один раз"},
    {"WRONG_KIND", "поле содержит не то, что в нём бывает", ""},
    {"UNKNOWN_FIELD", "есть поле, которого в запросе нет",
     "возьмите названия полей из proto"},
    {"UNKNOWN_WORD", "такого слова здесь нет", ""},
    {"NOT_A_NUMBER", "это не целое число", "пишите только цифры"},
    {"NOT_A_TIME", "это не время со смещением", ""}};

const RussianWords* FindRussian(const std::string& reason) {
  for (const RussianWords& one : kRussian) {
    if (one.reason == reason) return &one;
  }
  return nullptr;
}

// "snils: is not 11 digits; write it as 123-456-789 01".
std::string WordsOfProblem(const model::v1::Problem& problem,
                           const RowWordsOptions& options) {
  const std::string place =
      options.columns == nullptr
          ? problem.path()
          : ColumnOfPath(*options.columns, problem.path());
  const RussianWords* const russian =
      options.language == "ru" ? FindRussian(problem.reason()) : nullptr;
  const std::string message = russian == nullptr
                                  ? api::ProblemText(problem, options.language)
                                  : std::string(russian->message);
  const std::string mend = russian == nullptr || russian->mend.empty()
                               ? api::MendText(problem.mend(), options.language)
                               : std::string(russian->mend);
  return absl::StrCat(place, place.empty() ? "" : ": ", message,
                      mend.empty() ? "" : "; ", mend);
}

void AddLine(const std::string& words, const RowFate& fate,
             const RowWordsOptions& options, std::string& text) {
  absl::StrAppend(&text, BeginningOf(fate, options.language), Clean(words),
                  "\n");
}

}  // namespace

std::string WordsOfRow(const RowFate& fate, const RowWordsOptions& options) {
  std::string text;
  for (const base::Problem& one : fate.problems.list()) {
    AddLine(WordsOfProblem(api::ToProto(one), options), fate, options, text);
  }
  if (fate.status.ok()) return text;
  const auto refusal = api::RefusalOf(fate.status);
  if (!refusal.has_value()) {
    AddLine(std::string(fate.status.message()), fate, options, text);
    return text;
  }
  for (const model::v1::Problem& one : refusal->problems()) {
    AddLine(WordsOfProblem(one, options), fate, options, text);
  }
  if (refusal->problems_size() > 0) return text;
  const RefusalWords words = WordsOf(*refusal, options.language);
  AddLine(words.why, fate, options, text);
  for (const Note& note : words.notes) {
    AddLine(note.text, fate, options, text);
  }
  return text;
}

}  // namespace careroute::services
