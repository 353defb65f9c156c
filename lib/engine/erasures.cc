#include "lib/engine/erasures.h"

#include <utility>
#include <vector>

#include "lib/casework/decide.h"
#include "lib/engine/all_rows.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/every_record.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr char kErasedBefore[] =
    "erased after the backup was made that was put back";

// A refusal is no erasure, unless there is nothing left to erase.
absl::Status ErasedBy(const absl::StatusOr<Reply>& reply) {
  if (!reply.ok()) return reply.status();
  if (!reply->refusal.has_value() ||
      reply->refusal->reason() == model::v1::ERROR_REASON_ERASED ||
      reply->refusal->reason() == model::v1::ERROR_REASON_NOT_FOUND) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(reply->refusal->message());
}

// The other hub may hold the history by now, and the key with it.
bool IsOffered(const Reply& reply) {
  return reply.refusal.has_value() && casework::IsFrozen(*reply.refusal);
}

}  // namespace

struct Erasures::Run {
  std::vector<store::IndexRow> cases;  // still to close
  model::v1::Actor actor;
  base::DoneStatus done;
};

void Erasures::EraseCases(base::Uid person, const model::v1::Actor& actor,
                          base::DoneStatus done) {
  auto run = std::make_shared<Run>();
  run->actor = actor;
  run->actor.set_role(model::v1::ACTOR_ROLE_HUB);
  run->done = std::move(done);
  ReadAllRows(options_.store, ListOf(Table::kPersonCases, person.Hex()),
              [this, run](absl::StatusOr<std::vector<store::IndexRow>> rows) {
                if (!rows.ok()) return std::move(run->done)(rows.status());
                run->cases = *std::move(rows);
                EraseNext(run);
              });
}

// A case that is erased already refuses, which is as well.
void Erasures::EraseNext(const std::shared_ptr<Run>& run) {
  if (run->cases.empty()) return std::move(run->done)(absl::OkStatus());
  const absl::StatusOr<base::Uid> uid = base::ParseUid(run->cases.back().id);
  run->cases.pop_back();
  if (!uid.ok()) return std::move(run->done)(uid.status());
  Cases::ExecuteRequest request{.case_uid = *uid};
  request.info.actor = run->actor;
  request.command.mutable_erase_case();
  options_.cases.Execute(
      std::move(request), [this, run](absl::StatusOr<Reply> reply) {
        if (!reply.ok()) {
          return std::move(run->done)(reply.status());
        }
        if (IsOffered(*reply)) {
          return std::move(run->done)(
              absl::UnavailableError("a case is offered to another hub, which "
                                     "has not answered yet"));
        }
        EraseNext(run);
      });
}

void Erasures::Erase(Persons::ExecuteRequest request, base::Done<Reply> done) {
  const model::v1::Actor actor = request.info.actor;
  internal::ExecuteOn(
      {.persons = options_.persons,
       .asked = std::move(request),
       .before =
           [this, actor](base::Uid record, base::DoneStatus closed) {
             EraseCases(record, actor, std::move(closed));
           }},
      std::move(done));
}

void Erasures::EraseAgain(const AgainRequest& request, base::DoneStatus done) {
  EraseCases(
      request.person, HubActor(),
      [this, request, done = std::move(done)](absl::Status closed) mutable {
        if (!closed.ok()) return std::move(done)(std::move(closed));
        Persons::ExecuteRequest execute{.uid = request.person,
                                        .today = request.today};
        execute.info.actor = HubActor();
        execute.command.mutable_erase()->set_reason(kErasedBefore);
        options_.persons.Execute(
            std::move(execute),
            [done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
              std::move(done)(ErasedBy(reply));
            });
      });
}

}  // namespace careroute::engine
