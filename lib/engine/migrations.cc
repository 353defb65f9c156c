#include "lib/engine/migrations.h"

#include <utility>

#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

// Not pinned to the edition in question: it is passed over in silence.
constexpr char kNotConcerned[] = "not_concerned";

// A case that was moved already is asked too: its request id knows whether by
// this very request.
Cases::Authorise OnlyConcerned(const std::string& from, const std::string& to) {
  return [from, to](const CaseReading& reading) {
    const std::string& pinned = reading.state->edition.hash;
    if (pinned == from || pinned == to) {
      return std::optional<model::v1::Refusal>();
    }
    model::v1::Refusal refusal;
    refusal.set_reason(model::v1::ERROR_REASON_WRONG_STATE);
    refusal.set_message_key(kNotConcerned);
    return std::optional<model::v1::Refusal>(std::move(refusal));
  };
}

bool IsConcerned(const Reply& reply) {
  return !reply.refusal.has_value() ||
         (reply.refusal->message_key() != kNotConcerned &&
          reply.refusal->message_key() != "same_edition");
}

}  // namespace

struct Migrations::Run {
  MoveRequest request;
  std::vector<store::IndexRow> rows;  // of the page
  size_t next = 0;
  bool more = false;
  MovedPage page;
  base::Done<MovedPage> done;
};

void Migrations::Move(MoveRequest request, base::Done<MovedPage> done) {
  auto run = std::make_shared<Run>();
  run->request = std::move(request);
  run->done = std::move(done);
  options_.store.Scan({.list = ListOf(Table::kOpenCases, ""),
                       .after = run->request.after,
                       .limit = run->request.limit},
                      [this, run](absl::StatusOr<store::IndexPage> page) {
                        if (!page.ok()) {
                          return std::move(run->done)(page.status());
                        }
                        run->rows = std::move(page->rows);
                        run->more = page->more;
                        MoveNext(run);
                      });
}

void Migrations::MoveNext(const std::shared_ptr<Run>& run) {
  if (run->next == run->rows.size()) {
    if (run->more) run->page.last = run->rows.back();
    return std::move(run->done)(std::move(run->page));
  }
  const absl::StatusOr<base::Uid> uid =
      base::ParseUid(run->rows[run->next++].id);
  if (!uid.ok()) return std::move(run->done)(uid.status());
  MoveOne(run, *uid);
}

void Migrations::MoveOne(const std::shared_ptr<Run>& run, base::Uid uid) {
  const MoveRequest& request = run->request;
  Cases::ExecuteRequest execute{.info = request.info, .case_uid = uid};
  command::v1::MigrateCase& command = *execute.command.mutable_migrate_case();
  *command.mutable_edition() = request.to;
  command.set_undo(request.undo);
  command.set_note(request.note);
  execute.authorise = OnlyConcerned(request.from_hash, request.to.hash());
  options_.cases.Execute(
      std::move(execute), [this, run, uid](absl::StatusOr<Reply> reply) {
        if (!reply.ok()) return std::move(run->done)(reply.status());
        if (IsConcerned(*reply)) {
          run->page.cases.push_back(
              {.uid = uid, .refusal = std::move(reply->refusal)});
        }
        MoveNext(run);
      });
}

}  // namespace careroute::engine
