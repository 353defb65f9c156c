// lib/api/internal/case_row_view.h: rows of cases, as far as a caller sees
// them.

#ifndef CAREROUTE_LIB_API_INTERNAL_CASE_ROW_VIEW_H_
#define CAREROUTE_LIB_API_INTERNAL_CASE_ROW_VIEW_H_

#include <functional>
#include <vector>

#include "careroute/model/v1/case.pb.h"
#include "lib/api/pipeline.h"
#include "lib/engine/engine.h"
#include "lib/store/index_store.h"

namespace careroute::api::internal {

struct CaseRowView {
  // In the order of the rows; without those whose case the caller may not see.
  std::vector<model::v1::CaseRow> rows;
  bool hides = false;  // some were left out for that
};

struct CaseRowRequest {
  std::vector<store::IndexRow> rows;  // of a list of cases, none deleted
  // Which of them are asked for.
  std::function<bool(const model::v1::CaseRow&)> wanted;
};

// A row holds the route only, but whether a case is there at all depends on
// the role and the purpose too: the same question as for the case itself.
void ReadCaseRows(engine::Engine& engine, const CallPtr& call,
                  const CaseRowRequest& request, base::Done<CaseRowView> done);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_CASE_ROW_VIEW_H_
