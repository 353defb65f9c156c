#include "lib/api/watches.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "lib/api/history_view.h"
#include "lib/api/internal/case_row_view.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/referral_rows.h"
#include "lib/api/internal/watch_pump.h"
#include "lib/api/page_token.h"
#include "lib/engine/tables.h"

namespace careroute::api {
namespace {

using engine::Engine;
using internal::Batch;
using internal::WatchPump;

constexpr int32_t kEventsPerRead = 100;

// --- One case ---------------------------------------------------------------

struct CaseWatch {
  Engine& engine;
  CallPtr call;
  std::string name;
  int64_t version = 0;  // sent so far
};

void ReadEvents(const std::shared_ptr<CaseWatch>& watch,
                base::Done<Batch> done) {
  internal::ReadFor(
      watch->engine, watch->call, watch->name,
      [watch, done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        const base::Uid uid = reading->uid;
        watch->engine.cases().ReadHistory(
            {.case_uid = uid,
             .after_version = watch->version,
             .limit = kEventsPerRead},
            [watch, reading = *std::move(reading), done = std::move(done)](
                absl::StatusOr<engine::CaseHistoryPage> page) mutable {
              if (!page.ok()) {
                std::move(done)(page.status());
                return;
              }
              const Viewer viewer(watch->call->actor, reading);
              Batch batch{.more = page->more};
              for (const engine::CaseHistory& history : page->events) {
                v1::WatchCaseResponse response;
                *response.mutable_event() = HistoryEventOf(history, viewer);
                batch.messages.push_back(response.SerializeAsString());
                watch->version = history.event.header().version();
              }
              std::move(done)(std::move(batch));
            });
      });
}

void WatchCase(Engine& engine, const CallPtr& call,
               const v1::WatchCaseRequest& request, const StreamSinkPtr& sink) {
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, request,
       sink](absl::StatusOr<engine::CaseReading> reading) {
        if (!reading.ok()) return sink->Finish(reading.status());
        auto watch = std::make_shared<CaseWatch>(
            CaseWatch{.engine = engine,
                      .call = call,
                      .name = request.name(),
                      .version = request.after_version()});
        std::make_shared<WatchPump>(engine.watches(), sink,
                                    [watch](base::Done<Batch> done) {
                                      ReadEvents(watch, std::move(done));
                                    })
            ->WatchStream(
                {.kind = store::StreamKind::kCase, .id = reading->uid});
      });
}

// --- Lists ------------------------------------------------------------------

// A watch without a token begins with every row of the list as it is now, then
// goes on from the position taken before that.
struct ListWatch {
  Engine& engine;
  CallPtr call;
  std::string scope;
  store::IndexList list;
  std::string coordinator;  // of WatchCases; empty = all
  store::ChangePosition position;
  bool listing = false;  // still in the first pass
  bool first = false;    // what is read now is of the first pass
  std::optional<store::ScanPosition> listed;
};
using ListWatchPtr = std::shared_ptr<ListWatch>;

// Makes the messages of some rows; `token` resumes after them.
using MakeMessages = std::function<void(
    const ListWatchPtr& watch, std::vector<store::IndexRow> rows,
    const std::string& token, base::Done<Batch> done)>;

void ReadChanges(const ListWatchPtr& watch, const MakeMessages& make,
                 base::Done<Batch> done) {
  watch->first = false;
  watch->engine.store().ScanChanged(
      {.list = watch->list, .after = watch->position},
      [watch, make, done = std::move(done)](
          absl::StatusOr<store::ChangedPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        watch->position = page->position;
        make(watch, std::move(page->rows),
             MakeToken(watch->scope, watch->position),
             [more = page->more,
              done = std::move(done)](absl::StatusOr<Batch> batch) mutable {
               if (batch.ok()) batch->more = more;
               std::move(done)(std::move(batch));
             });
      });
}

void ReadFirst(const ListWatchPtr& watch, const MakeMessages& make,
               base::Done<Batch> done) {
  watch->first = true;
  watch->engine.store().Scan(
      {.list = watch->list, .after = watch->listed},
      [watch, make,
       done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        if (!page->rows.empty()) {
          const store::IndexRow& last = page->rows.back();
          watch->listed = store::ScanPosition{
              .sort = last.sort, .id = last.id, .stream = last.stream};
        }
        watch->listing = page->more;
        // Resuming inside the first pass begins it again: nothing is skipped.
        const std::string token =
            page->more ? std::string()
                       : MakeToken(watch->scope, watch->position);
        make(watch, std::move(page->rows), token,
             [done = std::move(done)](absl::StatusOr<Batch> batch) mutable {
               // Read on: the next page, or what changed since the start.
               if (batch.ok()) batch->more = true;
               std::move(done)(std::move(batch));
             });
      });
}

void StartListWatch(const ListWatchPtr& watch, const std::string& token,
                    MakeMessages make, const StreamSinkPtr& sink) {
  auto resumed = ReadResumeToken(watch->scope, token);
  if (!resumed.ok()) return sink->Finish(resumed.status());
  auto begin = [watch, make = std::move(make), sink] {
    std::make_shared<WatchPump>(watch->engine.watches(), sink,
                                [watch, make](base::Done<Batch> done) {
                                  if (watch->listing) {
                                    return ReadFirst(watch, make,
                                                     std::move(done));
                                  }
                                  ReadChanges(watch, make, std::move(done));
                                })
        ->WatchList(watch->list);
  };
  if (resumed->has_value()) {
    watch->position = **resumed;
    return begin();
  }
  watch->listing = true;
  watch->engine.store().CurrentPosition(
      [watch, begin, sink](absl::StatusOr<store::ChangePosition> position) {
        if (!position.ok()) return sink->Finish(position.status());
        watch->position = *std::move(position);
        begin();
      });
}

// Only the last message of a reading moves the token: who resumes after an
// earlier one is sent the rest again, and misses nothing.
template <typename Response>
Batch BatchOf(std::vector<Response> responses, const std::string& token) {
  Batch batch;
  if (!responses.empty()) responses.back().set_resume_token(token);
  for (const Response& response : responses) {
    batch.messages.push_back(response.SerializeAsString());
  }
  return batch;
}

void MakeCaseRows(const ListWatchPtr& watch, std::vector<store::IndexRow> rows,
                  const std::string& token, base::Done<Batch> done) {
  // A row leaves the list only when the organisation takes part no more: then
  // there is nothing to show, and the token moves on.
  const bool moves = !rows.empty();
  std::erase_if(rows, [](const store::IndexRow& row) { return row.deleted; });
  internal::ReadCaseRows(
      watch->engine, watch->call,
      {.rows = std::move(rows),
       .wanted =
           [watch](const model::v1::CaseRow& row) {
             // Of a case that is over one hears when it ends, not for ever.
             if (watch->first && row.state() != model::v1::CASE_STATE_OPEN) {
               return false;
             }
             return watch->coordinator.empty() ||
                    row.coordinator() == watch->coordinator ||
                    row.deputy() == watch->coordinator;
           }},
      [moves, token, done = std::move(done)](
          absl::StatusOr<internal::CaseRowView> view) mutable {
        if (!view.ok()) {
          std::move(done)(view.status());
          return;
        }
        std::vector<v1::WatchCasesResponse> responses;
        for (model::v1::CaseRow& row : view->rows) {
          *responses.emplace_back().mutable_case_() = std::move(row);
        }
        if (responses.empty() && moves) responses.emplace_back();
        std::move(done)(BatchOf(std::move(responses), token));
      });
}

void MakeReferrals(const ListWatchPtr& watch, std::vector<store::IndexRow> rows,
                   const std::string& token, base::Done<Batch> done) {
  auto responses = std::make_shared<std::vector<v1::WatchReferralsResponse>>();
  std::vector<store::IndexRow> present;
  for (store::IndexRow& row : rows) {
    if (!row.deleted) {
      present.push_back(std::move(row));
      continue;
    }
    v1::WatchReferralsResponse& response = responses->emplace_back();
    response.mutable_referral()->set_uid(row.id);
    response.set_left_queue(true);
  }
  internal::ReadRows(watch->engine, watch->call, present,
                     [responses, token, done = std::move(done)](
                         absl::StatusOr<internal::ReferralRows> shown) mutable {
                       if (!shown.ok()) {
                         std::move(done)(shown.status());
                         return;
                       }
                       for (model::v1::Referral& referral : shown->referrals) {
                         *responses->emplace_back().mutable_referral() =
                             std::move(referral);
                       }
                       std::move(done)(BatchOf(std::move(*responses), token));
                     });
}

void WatchCases(Engine& engine, const CallPtr& call,
                const v1::WatchCasesRequest& request,
                const StreamSinkPtr& sink) {
  const std::string& organisation = call->actor.organisation();
  auto watch = std::make_shared<ListWatch>(ListWatch{
      .engine = engine,
      .call = call,
      .scope = absl::StrCat(call->method, "|", organisation, "|",
                            request.coordinator()),
      .list = engine::ListOf(engine::Table::kParticipation, organisation),
      .coordinator = request.coordinator()});
  StartListWatch(watch, request.resume_token(), MakeCaseRows, sink);
}

void WatchReferrals(Engine& engine, const CallPtr& call,
                    const v1::WatchReferralsRequest& request,
                    const StreamSinkPtr& sink) {
  if (request.organisation() != call->actor.organisation()) {
    return sink->Finish(internal::NotFound());
  }
  auto watch = std::make_shared<ListWatch>(ListWatch{
      .engine = engine,
      .call = call,
      .scope = absl::StrCat(call->method, "|", request.organisation()),
      .list = engine::ListOf(engine::Table::kQueue, request.organisation())});
  StartListWatch(watch, request.resume_token(), MakeReferrals, sink);
}

}  // namespace

void AddWatches(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Stream<v1::WatchCaseRequest>(
      "careroute.api.v1.CaseService.WatchCase",
      [&engine](const CallPtr& call, const v1::WatchCaseRequest& request,
                const StreamSinkPtr& sink) {
        WatchCase(engine, call, request, sink);
      });
  pipeline.Stream<v1::WatchCasesRequest>(
      "careroute.api.v1.CaseService.WatchCases",
      [&engine](const CallPtr& call, const v1::WatchCasesRequest& request,
                const StreamSinkPtr& sink) {
        WatchCases(engine, call, request, sink);
      });
  pipeline.Stream<v1::WatchReferralsRequest>(
      "careroute.api.v1.ReferralService.WatchReferrals",
      [&engine](const CallPtr& call, const v1::WatchReferralsRequest& request,
                const StreamSinkPtr& sink) {
        WatchReferrals(engine, call, request, sink);
      });
}

}  // namespace careroute::api
