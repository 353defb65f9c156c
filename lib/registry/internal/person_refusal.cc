#include "lib/registry/internal/person_refusal.h"

#include <string>

namespace careroute::registry::internal {

using command::v1::PersonCommand;
using model::v1::Refusal;

namespace {

void Copy(const base::Problem& from, model::v1::Problem& to) {
  to.set_grade(from.grade == base::Grade::kError
                   ? model::v1::PROBLEM_GRADE_ERROR
                   : model::v1::PROBLEM_GRADE_WARNING);
  to.set_path(from.path);
  to.set_reason(from.reason);
  to.set_message(from.message);
  to.set_mend(from.mend);
}

}  // namespace

Refusal MakeRefusal(const Why& why) {
  Refusal refusal;
  refusal.set_reason(why.reason);
  refusal.set_message_key(std::string(why.key));
  refusal.set_message(std::string(why.message));
  return refusal;
}

Refusal RefuseProblems(const Why& why, const base::Problems& problems) {
  Refusal refusal = MakeRefusal(why);
  for (const base::Problem& problem : problems.list()) {
    Copy(problem, *refusal.add_problems());
  }
  return refusal;
}

Refusal RefuseProblems(const base::Problems& problems) {
  return RefuseProblems(
      {.reason = model::v1::ERROR_REASON_INVALID_REQUEST,
       .key = "person.invalid",
       .message = "the command says something that cannot be so"},
      problems);
}

Why NotMerged() {
  return {.reason = model::v1::ERROR_REASON_WRONG_STATE,
          .key = "person.not_merged",
          .message = "the two records were never merged, or stand apart again"};
}

std::optional<Why> CheckState(const PersonRecord& record,
                              const PersonCommand& command) {
  if (record.ahead) {
    return Why{.reason = model::v1::ERROR_REASON_AHEAD,
               .key = "person.ahead",
               .message = "the record was written by a newer release"};
  }
  if (record.state == model::v1::PERSON_STATE_ERASED) {
    return Why{.reason = model::v1::ERROR_REASON_ERASED,
               .key = "person.erased",
               .message = "the person was erased"};
  }
  const bool registers = command.command_case() == PersonCommand::kRegister;
  if (record.version == 0 && !registers) {
    return Why{.reason = model::v1::ERROR_REASON_NOT_FOUND,
               .key = "person.not_found",
               .message = "no such person is registered"};
  }
  if (record.state == model::v1::PERSON_STATE_ADOPTED &&
      command.command_case() != PersonCommand::kErase) {
    return Why{.reason = model::v1::ERROR_REASON_WRONG_STATE,
               .key = "person.adopted",
               .message =
                   "the child was adopted, and this history has ended: "
                   "it can be erased and nothing else"};
  }
  const bool fits_merged =
      command.command_case() == PersonCommand::kErase ||
      command.command_case() == PersonCommand::kSeparate ||
      command.command_case() == PersonCommand::kRecordAdoption;
  const bool merged = record.state == model::v1::PERSON_STATE_MERGED;
  if ((record.version > 0 && registers) || (merged && !fits_merged)) {
    return Why{.reason = model::v1::ERROR_REASON_WRONG_STATE,
               .key = merged ? "person.merged" : "person.registered",
               .message = merged ? "the record was merged into another one"
                                 : "the person is registered already"};
  }
  return std::nullopt;
}

}  // namespace careroute::registry::internal
