#include "lib/engine/internal/every_record.h"

#include <memory>
#include <utility>
#include <vector>

namespace careroute::engine::internal {
namespace {

struct Run {
  EveryRecord every;
  std::vector<base::Uid> records;  // still to go, the one asked for first
  base::Done<Reply> done;

  void Finish(absl::StatusOr<Reply> reply) {
    std::move(done)(std::move(reply));
  }
};
using RunPtr = std::shared_ptr<Run>;

void Next(const RunPtr& run);

void Command(const RunPtr& run, base::Uid record) {
  Persons::ExecuteRequest& asked = run->every.asked;
  if (run->records.empty()) {
    return run->every.persons.Execute(
        std::move(asked),
        [run](absl::StatusOr<Reply> reply) { run->Finish(std::move(reply)); });
  }
  Persons::ExecuteRequest merged{.info = asked.info,
                                 .uid = record,
                                 .today = asked.today,
                                 .command = asked.command};
  merged.info.etag.clear();
  run->every.persons.Execute(std::move(merged),
                             [run](absl::StatusOr<Reply> reply) {
                               if (!reply.ok() || reply->refusal.has_value()) {
                                 return run->Finish(std::move(reply));
                               }
                               Next(run);
                             });
}

void Next(const RunPtr& run) {
  const base::Uid record = run->records.back();
  run->records.pop_back();
  if (run->every.before == nullptr) return Command(run, record);
  run->every.before(record, [run, record](absl::Status prepared) {
    if (!prepared.ok()) return run->Finish(std::move(prepared));
    Command(run, record);
  });
}

}  // namespace

void ExecuteOn(EveryRecord every, base::Done<Reply> done) {
  Persons& persons = every.persons;
  const base::Uid asked = every.asked.uid;
  auto run = std::make_shared<Run>(
      Run{.every = std::move(every), .records = {}, .done = std::move(done)});
  persons.SameAs(
      asked, [run, asked](absl::StatusOr<std::vector<base::Uid>> same) {
        if (!same.ok()) return run->Finish(same.status());
        run->records = same->front() == asked ? *std::move(same)
                                              : std::vector<base::Uid>{asked};
        Next(run);
      });
}

}  // namespace careroute::engine::internal
