#include "lib/api/case_methods.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "lib/api/history_view.h"
#include "lib/api/internal/case_row_view.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/casework/view.h"
#include "lib/engine/names.h"
#include "lib/engine/tables.h"

namespace careroute::api {
namespace {

using engine::Engine;

// What every sender hears, the first and the second alike.
constexpr char kTakenIntoWork[] = "taken into work";

void ReportNeed(Engine& engine, const CallPtr& call,
                const v1::ReportNeedRequest& request, base::Done<Served> done) {
  engine::Report report{.info = internal::InfoOf(*call, request),
                        .pathway = request.pathway(),
                        .person = request.person(),
                        .word_given = request.word_given()};
  command::v1::OpenCase& details = report.details;
  details.set_entry(request.entry());
  *details.mutable_criteria() = request.criteria();
  *details.mutable_facts() = request.facts();
  *details.mutable_flags() = request.flags();
  details.set_note(request.note());
  if (request.has_happened_time()) {
    report.happened_time = request.happened_time();
  }
  engine.reports().Take(
      std::move(report),
      [done =
           std::move(done)](absl::StatusOr<engine::ReportTaken> taken) mutable {
        if (!taken.ok()) {
          std::move(done)(taken.status());
          return;
        }
        if (taken->refusal.has_value()) {
          std::move(done)(RefusalStatus(*taken->refusal));
          return;
        }
        v1::ReportNeedResponse response;
        response.set_report(taken->report);
        response.set_answer(kTakenIntoWork);
        std::move(done)(Served{.bytes = response.SerializeAsString(),
                               .resources = {taken->report}});
      });
}

void GetCase(Engine& engine, const CallPtr& call,
             const v1::GetCaseRequest& request, base::Done<Served> done) {
  internal::ReadFor(
      engine, call, request.name(),
      [call, done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        v1::GetCaseResponse response;
        *response.mutable_case_() =
            casework::ToModel(*reading->state, reading->uid);
        const Viewer viewer(call->actor, *reading);
        std::move(done)(internal::Serve(viewer, response,
                                        {casework::CaseName(reading->uid)}));
      });
}

bool Wanted(const v1::ListCasesRequest& request,
            const model::v1::CaseRow& row) {
  if (!request.include_closed() && row.state() != model::v1::CASE_STATE_OPEN) {
    return false;
  }
  if (request.overdue_only() && row.overdue() == 0) return false;
  if (!request.pathway().empty() && row.pathway() != request.pathway()) {
    return false;
  }
  return request.coordinator().empty() ||
         row.coordinator() == request.coordinator() ||
         row.deputy() == request.coordinator();
}

std::string ScopeOf(const CallPtr& call, const v1::ListCasesRequest& request) {
  return absl::StrCat(call->method, "|", call->actor.organisation(), "|",
                      request.coordinator(), "|", request.pathway(), "|",
                      request.overdue_only(), "|", request.include_closed());
}

// What a list answers, but for how many there are.
struct CaseList {
  v1::ListCasesResponse response;
  std::vector<std::string> resources;
};

// Counts, unless the caller may not see some: then those shown are all that it
// may know of.
void CountAndServe(Engine& engine, const store::IndexList& list,
                   internal::CaseRowView view,
                   const std::shared_ptr<CaseList>& cases,
                   base::Done<Served> done) {
  for (model::v1::CaseRow& row : view.rows) {
    cases->resources.push_back(row.name());
    *cases->response.add_cases() = std::move(row);
  }
  auto serve = [cases,
                done = std::move(done)](absl::StatusOr<int64_t> count) mutable {
    if (!count.ok()) {
      std::move(done)(count.status());
      return;
    }
    constexpr int64_t kShownMax = store::kCountMax - 1;
    cases->response.set_total(
        static_cast<int32_t>(std::min(*count, kShownMax)));
    cases->response.set_more_than_total(*count > kShownMax);
    std::move(done)(Served{.bytes = cases->response.SerializeAsString(),
                           .resources = std::move(cases->resources),
                           .classes = {model::v1::DATA_CLASS_ROUTE}});
  };
  if (view.hides) {
    std::move(serve)(static_cast<int64_t>(view.rows.size()));
    return;
  }
  engine.store().Count(list, std::move(serve));
}

void ListCases(Engine& engine, const CallPtr& call,
               const v1::ListCasesRequest& request, base::Done<Served> done) {
  const std::string scope = ScopeOf(call, request);
  auto after = ReadPosition(scope, request.page_token());
  if (!after.ok()) {
    std::move(done)(after.status());
    return;
  }
  const store::IndexList list =
      engine::ListOf(engine::Table::kParticipation, call->actor.organisation());
  engine.store().Scan(
      {.list = list,
       .after = *std::move(after),
       .limit = PageSize(request.page_size())},
      [&engine, call, list, scope, request,
       done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        auto cases = std::make_shared<CaseList>();
        if (const auto offset = internal::OffsetMinutes(engine, *call)) {
          cases->response.set_utc_offset_minutes(*offset);
        }
        if (page->more) {
          cases->response.set_next_page_token(
              MakeToken(scope, PositionText(page->rows.back())));
        }
        internal::ReadCaseRows(
            engine, call,
            {.rows = std::move(page->rows),
             .wanted =
                 [request](const model::v1::CaseRow& row) {
                   return Wanted(request, row);
                 }},
            [&engine, list, cases, done = std::move(done)](
                absl::StatusOr<internal::CaseRowView> view) mutable {
              if (!view.ok()) {
                std::move(done)(view.status());
                return;
              }
              CountAndServe(engine, list, *std::move(view), cases,
                            std::move(done));
            });
      });
}

void ListEvents(Engine& engine, const CallPtr& call,
                const v1::ListEventsRequest& request, base::Done<Served> done) {
  const std::string scope = absl::StrCat(call->method, "|", request.name());
  auto token = ReadToken(scope, request.page_token());
  if (!token.ok()) {
    std::move(done)(token.status());
    return;
  }
  int64_t after = request.after_version();
  if (token->has_value() && !absl::SimpleAtoi(**token, &after)) after = 0;
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, scope, after, size = PageSize(request.page_size()),
       done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        const base::Uid uid = reading->uid;
        engine.cases().ReadHistory(
            {.case_uid = uid, .after_version = after, .limit = size},
            [call, scope, reading = *std::move(reading),
             done = std::move(done)](
                absl::StatusOr<engine::CaseHistoryPage> page) mutable {
              if (!page.ok()) {
                std::move(done)(page.status());
                return;
              }
              const Viewer viewer(call->actor, reading);
              v1::ListEventsResponse response;
              for (const engine::CaseHistory& history : page->events) {
                *response.add_events() = HistoryEventOf(history, viewer);
              }
              if (page->more) {
                response.set_next_page_token(MakeToken(
                    scope, absl::StrCat(
                               page->events.back().event.header().version())));
              }
              std::move(done)(
                  Served{.bytes = response.SerializeAsString(),
                         .resources = {casework::CaseName(reading.uid)},
                         .classes = viewer.ClassesIn(response)});
            });
      });
}

}  // namespace

void AddCaseMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::ReportNeedRequest>(
      "careroute.api.v1.CaseService.ReportNeed",
      [&engine](const CallPtr& call, const v1::ReportNeedRequest& request,
                base::Done<Served> done) {
        ReportNeed(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::GetCaseRequest>(
      "careroute.api.v1.CaseService.GetCase",
      [&engine](const CallPtr& call, const v1::GetCaseRequest& request,
                base::Done<Served> done) {
        GetCase(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::ListCasesRequest>(
      "careroute.api.v1.CaseService.ListCases",
      [&engine](const CallPtr& call, const v1::ListCasesRequest& request,
                base::Done<Served> done) {
        ListCases(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::ListEventsRequest>(
      "careroute.api.v1.CaseService.ListEvents",
      [&engine](const CallPtr& call, const v1::ListEventsRequest& request,
                base::Done<Served> done) {
        ListEvents(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
