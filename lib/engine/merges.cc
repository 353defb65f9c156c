#include "lib/engine/merges.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/casework/view.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/names.h"
#include "lib/registry/decider.h"
#include "lib/registry/identity.h"
#include "lib/registry/merge_check.h"

namespace careroute::engine {
namespace {

// Mother and father, by whatever links them.
std::vector<std::string> ParentsIn(const OpenPerson& person) {
  std::vector<std::string> parents;
  if (!person.person.identity().mother().empty()) {
    parents.push_back(person.person.identity().mother());
  }
  for (const registry::RepresentativeRecord& one :
       person.record->representatives) {
    if (one.basis == model::v1::REPRESENTATIVE_BASIS_PARENT) {
      parents.push_back(one.person);
    }
  }
  for (const registry::RelationRecord& one : person.record->relations) {
    if (one.link == model::v1::FAMILY_LINK_MOTHER ||
        one.link == model::v1::FAMILY_LINK_FATHER) {
      parents.push_back(one.person);
    }
  }
  return parents;
}

// Everybody the check compares by name.
void AddNames(const OpenPerson& person, absl::CivilDay today,
              std::vector<std::string>& names) {
  for (std::string& parent : ParentsIn(person)) {
    names.push_back(std::move(parent));
  }
  for (const registry::ActingRepresentative& acting :
       registry::ActingRepresentatives(DeciderInputOf(person), today)) {
    names.push_back(acting.who);
  }
}

// Open cases of both on one pathway.
struct Rivals {
  std::string pathway;
  base::Uid of_keep;
  base::Uid of_merged;
};

std::vector<Rivals> RivalsIn(const std::vector<PersonCase>& keep,
                             const std::vector<PersonCase>& merged) {
  std::vector<Rivals> rivals;
  const auto is_open = [](const PersonCase& one) {
    return one.row.state() == model::v1::CASE_STATE_OPEN;
  };
  for (const PersonCase& a : keep) {
    for (const PersonCase& b : merged) {
      if (is_open(a) && is_open(b) && a.uid != b.uid &&
          a.row.pathway() == b.row.pathway()) {
        rivals.push_back(
            {.pathway = a.row.pathway(), .of_keep = a.uid, .of_merged = b.uid});
      }
    }
  }
  return rivals;
}

Reply NotMerged() {
  return Reply{.refusal = internal::MakeRefusal(
                   {.reason = model::v1::ERROR_REASON_WRONG_STATE,
                    .message_key = "person.not_merged",
                    .message = "the two records were never merged, or stand "
                               "apart again"})};
}

}  // namespace

// --- Merging
// ------------------------------------------------------------------

struct Merges::Job {
  MergeRequest request;
  base::Done<Reply> done;
  base::Uid merged_uid;
  OpenPersonPtr keep;
  OpenPersonPtr merged;
  Persons::KeptNameMap names;
  std::vector<PersonCase> keep_cases;
  std::vector<Rivals> rivals;
  std::vector<registry::OpenOnBoth> open_on_both;

  void Finish(absl::StatusOr<Reply> reply) {
    std::move(done)(std::move(reply));
  }
  // Somebody by the record that stands for them.
  [[nodiscard]] std::string Kept(const std::string& name) const {
    const auto it = names.find(name);
    return it == names.end() ? name : it->second;
  }
  [[nodiscard]] registry::MergeSide SideOf(const OpenPerson& person) const;
};

registry::MergeSide Merges::Job::SideOf(const OpenPerson& person) const {
  base::Problems problems;
  registry::MergeSide side{
      .record = *person.record,
      .name = person.person.name(),
      .identity = registry::NormaliseIdentity(
          {.identity = person.person.identity(), .today = request.today},
          problems)};
  side.identity.mother = Kept(side.identity.mother);
  for (const std::string& parent : ParentsIn(person)) {
    side.parents.push_back(Kept(parent));
  }
  for (const registry::ActingRepresentative& acting :
       registry::ActingRepresentatives(DeciderInputOf(person), request.today)) {
    side.acting.push_back(Kept(acting.who));
  }
  return side;
}

void Merges::Merge(MergeRequest request, base::Done<Reply> done) {
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  job->done = std::move(done);
  const auto merged = ParseName("persons/", job->request.command.merged());
  if (!merged.ok()) return job->Finish(internal::NotFound());
  job->merged_uid = *merged;
  IsRepeat(job->request.info, job->request.keep,
           [this, job](absl::StatusOr<bool> repeat) {
             if (!repeat.ok()) return job->Finish(repeat.status());
             // What was checked then is not checked again: it is half done.
             if (*repeat) return TakeOver(job);
             Read(job);
           });
}

void Merges::IsRepeat(const RequestInfo& info, base::Uid keep,
                      base::Done<bool> done) {
  if (info.validate_only || info.request_id.empty()) {
    std::move(done)(false);
    return;
  }
  options_.store.FindRequest(
      {.stream = {.kind = store::StreamKind::kPerson, .id = keep},
       .key = {.caller_key = internal::CallerKey(info.actor.member()),
               .request_id = info.request_id}},
      [done = std::move(done)](
          absl::StatusOr<std::optional<store::RequestRecord>> record) mutable {
        if (!record.ok()) {
          std::move(done)(record.status());
          return;
        }
        std::move(done)(record->has_value());
      });
}

void Merges::Read(const JobPtr& job) {
  options_.persons.OpenAsRecorded(
      job->request.keep, [this, job](absl::StatusOr<OpenPersonPtr> keep) {
        if (absl::IsNotFound(keep.status())) {
          return job->Finish(internal::NotFound());
        }
        if (!keep.ok()) return job->Finish(keep.status());
        job->keep = *std::move(keep);
        options_.persons.OpenAsRecorded(
            job->merged_uid, [this, job](absl::StatusOr<OpenPersonPtr> merged) {
              if (absl::IsNotFound(merged.status())) {
                return job->Finish(internal::NotFound());
              }
              if (!merged.ok()) return job->Finish(merged.status());
              job->merged = *std::move(merged);
              ReadNames(job);
            });
      });
}

void Merges::ReadNames(const JobPtr& job) {
  std::vector<std::string> names;
  AddNames(*job->keep, job->request.today, names);
  AddNames(*job->merged, job->request.today, names);
  options_.persons.KeptNames(
      std::move(names), [this, job](absl::StatusOr<Persons::KeptNameMap> kept) {
        if (!kept.ok()) return job->Finish(kept.status());
        job->names = *std::move(kept);
        ReadCases(job);
      });
}

void Merges::ReadCases(const JobPtr& job) {
  options_.persons.CasesOf(
      job->request.keep,
      [this, job](absl::StatusOr<std::vector<PersonCase>> keep) {
        if (!keep.ok()) return job->Finish(keep.status());
        job->keep_cases = *std::move(keep);
        options_.persons.CasesOf(
            job->merged_uid,
            [this, job](absl::StatusOr<std::vector<PersonCase>> merged) {
              if (!merged.ok()) return job->Finish(merged.status());
              job->rivals = RivalsIn(job->keep_cases, *merged);
              for (const Rivals& rivals : job->rivals) {
                job->open_on_both.push_back({.pathway = rivals.pathway});
              }
              NameRivals(job, 0);
            });
      });
}

// Two cases a pair: who takes part in one and not in the other hears of the
// other only that it is there.
void Merges::NameRivals(const JobPtr& job, size_t index) {
  if (index == 2 * job->rivals.size()) return Check(job);
  const Rivals& rivals = job->rivals[index / 2];
  const bool of_keep = index % 2 == 0;
  const base::Uid uid = of_keep ? rivals.of_keep : rivals.of_merged;
  options_.cases.Read(uid, [this, job, index, of_keep,
                            uid](absl::StatusOr<CaseReading> reading) {
    if (!reading.ok()) return job->Finish(reading.status());
    if (job->request.takes_part != nullptr &&
        job->request.takes_part(*reading)) {
      registry::OpenOnBoth& named = job->open_on_both[index / 2];
      (of_keep ? named.of_keep : named.of_merged) = casework::CaseName(uid);
    }
    NameRivals(job, index + 1);
  });
}

void Merges::Check(const JobPtr& job) {
  const registry::MergeSide keep = job->SideOf(*job->keep);
  const registry::MergeSide merged = job->SideOf(*job->merged);
  std::optional<model::v1::Refusal> refusal =
      registry::CheckMerge({.keep = keep,
                            .merged = merged,
                            .command = job->request.command,
                            .open_on_both = job->open_on_both});
  if (refusal.has_value()) {
    return job->Finish(Reply{.refusal = std::move(refusal)});
  }
  TakeOver(job);
}

void Merges::TakeOver(const JobPtr& job) {
  const MergeRequest& asked = job->request;
  Persons::ExecuteRequest request{.info = asked.info,
                                  .uid = asked.keep,
                                  .today = asked.today,
                                  .make_answer = asked.make_answer};
  *request.command.mutable_take_over() = asked.command;
  options_.persons.Execute(std::move(request),
                           [this, job](absl::StatusOr<Reply> reply) {
                             if (!reply.ok() || reply->refusal.has_value()) {
                               return job->Finish(std::move(reply));
                             }
                             MergeInto(job, *std::move(reply));
                           });
}

void Merges::MergeInto(const JobPtr& job, Reply taken_over) {
  const MergeRequest& asked = job->request;
  Persons::ExecuteRequest request{
      .info = asked.info, .uid = job->merged_uid, .today = asked.today};
  command::v1::MergeIntoPerson& command = *request.command.mutable_merge_into();
  command.set_kept(PersonNameOf(asked.keep));
  command.set_reason(asked.command.reason());
  options_.persons.Execute(std::move(request),
                           [job, taken_over = std::move(taken_over)](
                               absl::StatusOr<Reply> reply) mutable {
                             if (!reply.ok() || reply->refusal.has_value()) {
                               return job->Finish(std::move(reply));
                             }
                             job->Finish(std::move(taken_over));
                           });
}

// --- Taking it back
// -----------------------------------------------------------

struct Merges::Undoing {
  UndoRequest request;
  base::Done<Reply> done;
  base::Uid merged_uid;
  OpenPersonPtr keep;

  void Finish(absl::StatusOr<Reply> reply) {
    std::move(done)(std::move(reply));
  }
};

void Merges::Undo(UndoRequest request, base::Done<Reply> done) {
  auto undoing = std::make_shared<Undoing>();
  undoing->request = std::move(request);
  undoing->done = std::move(done);
  const auto merged = ParseName("persons/", undoing->request.command.merged());
  if (!merged.ok()) return undoing->Finish(internal::NotFound());
  undoing->merged_uid = *merged;
  IsRepeat(undoing->request.info, undoing->request.keep,
           [this, undoing](absl::StatusOr<bool> repeat) {
             if (!repeat.ok()) return undoing->Finish(repeat.status());
             if (*repeat) return GiveBack(undoing);
             ReadHalves(undoing);
           });
}

void Merges::ReadHalves(const UndoingPtr& undoing) {
  options_.persons.OpenAsRecorded(
      undoing->request.keep,
      [this, undoing](absl::StatusOr<OpenPersonPtr> keep) {
        if (!keep.ok()) return undoing->Finish(keep.status());
        undoing->keep = *std::move(keep);
        options_.persons.OpenAsRecorded(
            undoing->merged_uid,
            [this, undoing](absl::StatusOr<OpenPersonPtr> merged) {
              if (!merged.ok()) return undoing->Finish(merged.status());
              if ((*merged)->record->merged_into ==
                  PersonNameOf(undoing->request.keep)) {
                return Separate(undoing);
              }
              // A merge or its end that was cut in the middle.
              const auto& listed = undoing->keep->record->took_over;
              if (std::find(listed.begin(), listed.end(),
                            (*merged)->person.name()) != listed.end()) {
                return GiveBack(undoing);
              }
              undoing->Finish(NotMerged());
            });
      });
}

void Merges::Separate(const UndoingPtr& undoing) {
  const UndoRequest& asked = undoing->request;
  Persons::ExecuteRequest request{
      .info = asked.info, .uid = undoing->merged_uid, .today = asked.today};
  request.command.mutable_separate()->set_kept(PersonNameOf(asked.keep));
  options_.persons.Execute(std::move(request),
                           [this, undoing](absl::StatusOr<Reply> reply) {
                             if (!reply.ok() || reply->refusal.has_value()) {
                               return undoing->Finish(std::move(reply));
                             }
                             GiveBack(undoing);
                           });
}

void Merges::GiveBack(const UndoingPtr& undoing) {
  const UndoRequest& asked = undoing->request;
  Persons::ExecuteRequest request{.info = asked.info,
                                  .uid = asked.keep,
                                  .today = asked.today,
                                  .make_answer = asked.make_answer};
  *request.command.mutable_give_back() = asked.command;
  options_.persons.Execute(std::move(request),
                           [undoing](absl::StatusOr<Reply> reply) {
                             undoing->Finish(std::move(reply));
                           });
}

}  // namespace careroute::engine
