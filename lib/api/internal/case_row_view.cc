#include "lib/api/internal/case_row_view.h"

#include <iterator>
#include <memory>
#include <set>
#include <utility>

#include "lib/api/internal/row_parts.h"
#include "lib/api/viewer.h"

namespace careroute::api::internal {
namespace {

// A row and the case it is of.
struct CaseOfRow {
  base::Uid uid;
  model::v1::CaseRow row;
};

std::vector<CaseOfRow> WantedOf(const CaseRowRequest& request) {
  std::vector<CaseOfRow> cases;
  for (const store::IndexRow& row : request.rows) {
    CaseOfRow one{.uid = row.stream.id, .row = {}};
    if (one.row.ParseFromString(row.payload) && request.wanted(one.row)) {
      cases.push_back(std::move(one));
    }
  }
  return cases;
}

void ReadPart(engine::Engine& engine, const CallPtr& call,
              std::vector<CaseOfRow> rows, base::Done<CaseRowView> done) {
  std::set<base::Uid> uids;
  for (const CaseOfRow& one : rows) uids.insert(one.uid);
  engine.cases().ReadStandings(
      uids, [call, rows = std::move(rows), done = std::move(done)](
                absl::StatusOr<engine::Cases::Standings> standings) mutable {
        if (!standings.ok()) {
          std::move(done)(standings.status());
          return;
        }
        CaseRowView view;
        for (CaseOfRow& one : rows) {
          if (Viewer(call->actor, standings->find(one.uid)->second).sees()) {
            view.rows.push_back(std::move(one.row));
          } else {
            view.hides = true;
          }
        }
        std::move(done)(std::move(view));
      });
}

CaseRowView Join(std::vector<CaseRowView> parts) {
  CaseRowView whole;
  for (CaseRowView& part : parts) {
    whole.rows.insert(whole.rows.end(),
                      std::make_move_iterator(part.rows.begin()),
                      std::make_move_iterator(part.rows.end()));
    whole.hides = whole.hides || part.hides;
  }
  return whole;
}

}  // namespace

void ReadCaseRows(engine::Engine& engine, const CallPtr& call,
                  const CaseRowRequest& request, base::Done<CaseRowView> done) {
  ReadInParts<CaseOfRow, CaseRowView>(
      WantedOf(request),
      [&engine, call](std::vector<CaseOfRow> part,
                      base::Done<CaseRowView> read) {
        ReadPart(engine, call, std::move(part), std::move(read));
      },
      [done = std::move(done)](
          absl::StatusOr<std::vector<CaseRowView>> parts) mutable {
        if (!parts.ok()) {
          std::move(done)(parts.status());
          return;
        }
        std::move(done)(Join(*std::move(parts)));
      });
}

}  // namespace careroute::api::internal
