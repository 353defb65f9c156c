// lib/engine/all_rows.h: a short list of the index, whole.
//
// For lists that people fill by hand and whose every row counts, such as the
// cases of one person: an erasure that looked at the first page only would
// leave the rest. Lists that grow with the caseload are paged by whoever asks.
//
//   ReadAllRows(store, ListOf(Table::kPersonCases, person.Hex()), done);

#ifndef CAREROUTE_LIB_ENGINE_ALL_ROWS_H_
#define CAREROUTE_LIB_ENGINE_ALL_ROWS_H_

#include <cstddef>
#include <vector>

#include "lib/base/callback.h"
#include "lib/store/store.h"

namespace careroute::engine {

// More than any list of one person holds; beyond it the answer is
// RESOURCE_EXHAUSTED, never a part of the list.
inline constexpr size_t kAllRowsMax = 10'000;

// In ascending order. The store must outlive the call.
void ReadAllRows(store::Store& store, store::IndexList list,
                 base::Done<std::vector<store::IndexRow>> done);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ALL_ROWS_H_
