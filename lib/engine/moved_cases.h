// lib/engine/moved_cases.h: the cases that moved between this hub and another
// one, or are about to.
//
// A row for each hub that a copy names, written with its events wherever a copy
// is kept: at the home, at the homes before it, and where a history arrives.
// What one hub forgot after a restore stands in the list of the other.
//
//   append.rows.push_back(CaseCopyRow("hub/east", marks));
//   StoredMovedCases(store).Page({.lane = "hub/east", .after = last}, done);

#ifndef CAREROUTE_LIB_ENGINE_MOVED_CASES_H_
#define CAREROUTE_LIB_ENGINE_MOVED_CASES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/store/index_store.h"

namespace careroute::engine {

struct CaseCopy {
  base::Uid case_uid;
  int64_t version = 0;   // of this hub's copy
  bool offered = false;  // to the other hub, by this one, and not answered

  friend bool operator==(const CaseCopy&, const CaseCopy&) = default;
};

// `lane` is that of the other hub: "hub/{hub}".
[[nodiscard]] store::IndexRow CaseCopyRow(absl::string_view lane,
                                          const CaseCopy& moved);
// DATA_LOSS for a row that CaseCopyRow did not write.
[[nodiscard]] absl::StatusOr<CaseCopy> CaseCopyOf(const store::IndexRow& row);

struct MovedCasesPage {
  std::vector<CaseCopy> cases;  // by uid
  bool more = false;
};

// Of the rows of a store, which must outlive it. Thread-safe.
class StoredMovedCases {
 public:
  explicit StoredMovedCases(store::IndexStore& store) : store_(store) {}

  struct PageRequest {
    std::string lane;
    std::optional<base::Uid> after;  // exclusive
    int32_t limit = 100;             // 1 to store::kPageRowsMax - 1
  };
  void Page(PageRequest request, base::Done<MovedCasesPage> done);

 private:
  store::IndexStore& store_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_MOVED_CASES_H_
