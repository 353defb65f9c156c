#include "lib/engine/adoptions.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/every_record.h"
#include "lib/engine/internal/refusals.h"

namespace careroute::engine {
namespace {

model::v1::Refusal Merged() {
  return internal::MakeRefusal(
      {.reason = model::v1::ERROR_REASON_WRONG_STATE,
       .message_key = "person.merged",
       .message = "the record was merged into another one; name that one, and "
                  "this one goes with it"});
}

void AddOpen(const std::string& named, const PersonCase& open,
             model::v1::Refusal& refusal) {
  model::v1::Problem& problem = *refusal.add_problems();
  problem.set_grade(model::v1::PROBLEM_GRADE_ERROR);
  problem.set_path("name");
  problem.set_reason("CASE_OPEN");
  problem.set_message(
      absl::StrCat("has an open case on ", open.row.pathway(), ": ", named));
  problem.set_mend(
      "end the case with the ending its pathway has for a child who goes to "
      "another family");
}

}  // namespace

struct Adoptions::Job {
  Request request;
  base::Done<Reply> done;
  model::v1::Refusal still_open;

  void Finish(absl::StatusOr<Reply> reply) {
    std::move(done)(std::move(reply));
  }
};

void Adoptions::Record(Request request, base::Done<Reply> done) {
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  job->done = std::move(done);
  job->still_open = internal::MakeRefusal(
      {.reason = model::v1::ERROR_REASON_WRONG_STATE,
       .message_key = "person.adoption_cases_open",
       .message = "the child has open cases: end them first"});
  options_.persons.OpenAsRecorded(
      job->request.person, [this, job](absl::StatusOr<OpenPersonPtr> person) {
        if (absl::IsNotFound(person.status())) {
          return job->Finish(internal::NotFound());
        }
        if (!person.ok()) return job->Finish(person.status());
        if ((*person)->record->state == model::v1::PERSON_STATE_MERGED) {
          return job->Finish(Reply{.refusal = Merged()});
        }
        options_.persons.CasesOf(
            job->request.person,
            [this, job](absl::StatusOr<std::vector<PersonCase>> cases) {
              if (!cases.ok()) return job->Finish(cases.status());
              std::erase_if(*cases, [](const PersonCase& one) {
                return one.row.state() != model::v1::CASE_STATE_OPEN;
              });
              NameOpen(job, *std::move(cases));
            });
      });
}

void Adoptions::NameOpen(const JobPtr& job, std::vector<PersonCase> open) {
  if (open.empty()) {
    if (job->still_open.problems().empty()) return Execute(job);
    return job->Finish(Reply{.refusal = job->still_open});
  }
  const PersonCase one = std::move(open.back());
  open.pop_back();
  options_.cases.Read(
      one.uid, [this, job, one, open = std::move(open)](
                   absl::StatusOr<CaseReading> reading) mutable {
        if (!reading.ok()) return job->Finish(reading.status());
        const bool may_hear = job->request.takes_part != nullptr &&
                              job->request.takes_part(*reading);
        AddOpen(
            may_hear ? casework::CaseName(one.uid) : "one you take no part in",
            one, job->still_open);
        NameOpen(job, std::move(open));
      });
}

void Adoptions::Execute(const JobPtr& job) {
  const Request& asked = job->request;
  Persons::ExecuteRequest request{.info = asked.info,
                                  .uid = asked.person,
                                  .today = asked.today,
                                  .make_answer = asked.make_answer};
  *request.command.mutable_record_adoption() = asked.command;
  const auto finish = [job](absl::StatusOr<Reply> reply) {
    job->Finish(std::move(reply));
  };
  if (asked.info.validate_only) {
    return options_.persons.Execute(std::move(request), finish);
  }
  internal::ExecuteOn(
      {.persons = options_.persons, .asked = std::move(request), .before = {}},
      finish);
}

}  // namespace careroute::engine
