// lib/engine/internal/uid_page.h: a page of a list that is sorted by uid.
//
//   ScanByUid(store, {.list = list, .after = last, .limit = 100}, done);

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_UID_PAGE_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_UID_PAGE_H_

#include <cstdint>
#include <optional>

#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/store/index_store.h"

namespace careroute::engine::internal {

struct UidScan {
  store::IndexList list;           // sort and id of its rows: a uid's hex form
  std::optional<base::Uid> after;  // exclusive; it need not be in the list
  int32_t limit = 100;             // 1 to store::kPageRowsMax - 1
};
void ScanByUid(store::IndexStore& store, UidScan scan,
               base::Done<store::IndexPage> done);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_UID_PAGE_H_
