// lib/casework/case_home.h: which hub writes to a case.
//
// One at a time, and the case itself says which: whoever holds a copy folds the
// same answer. While the case is offered to another hub nobody writes but that
// one, and only the event by which it takes the case or does not.
//
//   if (!state.home.IsAt(hub)) return Moved(state.home.hub);

#ifndef CAREROUTE_LIB_CASEWORK_CASE_HOME_H_
#define CAREROUTE_LIB_CASEWORK_CASE_HOME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/base/uid.h"

namespace careroute::casework {

// An offer of the case to another hub that is not answered yet.
struct FreezeRecord {
  base::Uid hand_over;
  std::string hub;          // it is offered to
  std::string coordinator;  // over there
  int64_t version = 0;      // of its event: the last one of the old home

  friend bool operator==(const FreezeRecord&, const FreezeRecord&) = default;
};

struct CaseHome {
  // Id of the hub that writes; empty = of one that exchanges with none.
  std::string hub;
  std::vector<std::string> past;       // hubs that wrote before, sorted
  std::optional<FreezeRecord> frozen;  // nobody else writes meanwhile

  // Whether the hub of that id is the one, frozen or not.
  [[nodiscard]] bool IsAt(absl::string_view id) const {
    return hub.empty() || hub == id;
  }

  friend bool operator==(const CaseHome&, const CaseHome&) = default;
};

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_CASE_HOME_H_
