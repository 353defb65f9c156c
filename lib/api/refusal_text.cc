#include "lib/api/refusal_text.h"

#include <algorithm>
#include <span>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/api/internal/mend_table.h"
#include "lib/api/internal/problem_table.h"
#include "lib/api/internal/refusal_table.h"
#include "lib/pathway/term_text.h"
#include "lib/registry/explain_text.h"

namespace careroute::api {
namespace {

using model::v1::ErrorReason;

struct ReasonRow {
  ErrorReason reason;
  absl::string_view ru;
};

constexpr ReasonRow kReasons[] = {
    {model::v1::ERROR_REASON_INVALID_REQUEST, "В запросе есть ошибки."},
    {model::v1::ERROR_REASON_NOT_FOUND,
     "Ничего такого нет, или вы в этом не участвуете."},
    {model::v1::ERROR_REASON_ETAG_MISMATCH,
     "Запись с тех пор изменилась: прочитайте её заново."},
    {model::v1::ERROR_REASON_CONFLICT,
     "Запись в тот же момент меняли другие: отправьте ещё раз."},
    {model::v1::ERROR_REASON_REQUEST_ID_REUSED,
     "Номер запроса уже использован для другого запроса."},
    {model::v1::ERROR_REASON_REQUEST_ID_OLD, "Этот запрос выполнен уже давно."},
    {model::v1::ERROR_REASON_OVERLOADED, "Узел перегружен: повторите позже."},
    {model::v1::ERROR_REASON_STORE_UNAVAILABLE,
     "Узел сейчас не может сделать запись: повторите позже."},
    {model::v1::ERROR_REASON_UNKNOWN_ACTOR, "Узел не знает, кто обращается."},
    {model::v1::ERROR_REASON_ROLE_NOT_ALLOWED,
     "В этой роли или для этой цели этого делать нельзя."},
    {model::v1::ERROR_REASON_NO_GROUND,
     "На это нет ни согласия, ни другого основания."},
    {model::v1::ERROR_REASON_GUARD_UNMET, "Не выполнено нужное условие."},
    {model::v1::ERROR_REASON_WRONG_STATE, "Сейчас этого сделать нельзя."},
    {model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
     "Для этого исхода указано не всё, что нужно."},
    {model::v1::ERROR_REASON_NOT_YOUR_MOVE,
     "Это должен сделать кто-то другой."},
    {model::v1::ERROR_REASON_SEPARATION_OF_DUTIES,
     "Один и тот же сотрудник или одна организация не может сделать и то и "
     "другое."},
    {model::v1::ERROR_REASON_CASE_CLOSED, "Случай завершён."},
    {model::v1::ERROR_REASON_ERASED, "Сведения о человеке удалены."},
    {model::v1::ERROR_REASON_AHEAD,
     "Запись сделана более новой версией: её можно только читать."},
    {model::v1::ERROR_REASON_NOT_DECLARED,
     "В этой редакции маршрута такого нет."},
    {model::v1::ERROR_REASON_LATE_REASON_NEEDED,
     "Срок прошёл: нужна причина опоздания."},
    {model::v1::ERROR_REASON_WRONG_DECIDER,
     "Этот человек не вправе так решать."},
    {model::v1::ERROR_REASON_WRONG_TIME, "В это время этого быть не могло."},
    {model::v1::ERROR_REASON_PATHWAY_HAS_ERRORS,
     "В маршруте или в параметрах региона есть ошибки."},
    {model::v1::ERROR_REASON_EDITION_EXISTS,
     "Эта редакция уже есть, и содержание у неё другое."},
    {model::v1::ERROR_REASON_DAMAGED, "Сохранённые данные повреждены."},
    {model::v1::ERROR_REASON_BAD_TOKEN,
     "Метка продолжения не от этого списка."},
    {model::v1::ERROR_REASON_DRAINING,
     "Узел останавливается: повторите, когда он снова заработает."},
    {model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
     "Того, кто или что названо в запросе, нет."},
    {model::v1::ERROR_REASON_INTERNAL,
     "Это ошибка самого узла: подробности в его журнале."},
};

// Empty for a reason of a later release.
absl::string_view TextOfReason(ErrorReason reason) {
  for (const ReasonRow& row : kReasons) {
    if (row.reason == reason) return row.ru;
  }
  return {};
}

template <typename Row>
const Row* FindRow(std::span<const Row> rows, absl::string_view key) {
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), key,
                       [](const Row& row, absl::string_view wanted) {
                         return row.key < wanted;
                       });
  return found == rows.end() || found->key != key ? nullptr : &*found;
}

// Empty for a key without a sentence.
std::string TextOfKey(absl::string_view key) {
  const internal::RefusalRow* row = FindRow(internal::RefusalTable(), key);
  if (row != nullptr) return std::string(row->ru);
  // The registry's other sentences are no refusals, and wait for arguments.
  return absl::StartsWith(key, "person.")
             ? registry::ExplainText({.key = key, .language = "ru"})
             : std::string();
}

std::string WithMessage(absl::string_view russian, const std::string& message) {
  return message.empty() ? std::string(russian)
                         : absl::StrCat(russian, " (", message, ")");
}

}  // namespace

std::string RefusalText(const model::v1::Refusal& refusal,
                        absl::string_view language) {
  if (!pathway::IsRussian(language)) return refusal.message();
  std::string known = TextOfKey(refusal.message_key());
  if (!known.empty()) return known;
  const absl::string_view by_reason = TextOfReason(refusal.reason());
  return by_reason.empty() ? refusal.message()
                           : WithMessage(by_reason, refusal.message());
}

std::string ProblemText(const model::v1::Problem& problem,
                        absl::string_view language) {
  if (!pathway::IsRussian(language)) return problem.message();
  const internal::ProblemRow* row =
      FindRow(internal::ProblemTable(), problem.reason());
  if (row == nullptr) return problem.message();
  return row->needs_message ? WithMessage(row->ru, problem.message())
                            : std::string(row->ru);
}

std::string MendText(absl::string_view mend, absl::string_view language) {
  const internal::MendRow* row = pathway::IsRussian(language)
                                     ? FindRow(internal::MendTable(), mend)
                                     : nullptr;
  return std::string(row == nullptr ? mend : row->ru);
}

}  // namespace careroute::api
