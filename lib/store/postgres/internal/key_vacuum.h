// lib/store/postgres/internal/key_vacuum.h: the old row of a destroyed key
// goes.
//
// The server keeps the row that a destroyed key was overwritten in until VACUUM
// has reached it, and by itself it comes late to a table of which little
// changes. So it is asked for once a key was destroyed, and not for each: when
// many people are erased it runs over and over, one at a time. Nothing waits
// for it and nothing depends on it: what fails is left to the server's own.
//
//   vacuum->Soon();  // a key was destroyed, durably

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_KEY_VACUUM_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_KEY_VACUUM_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

// Longer than kStatementTimeout: no statement of ours runs then that may still
// see the old row, which would have to stay for it.
inline constexpr absl::Duration kVacuumAfter = absl::Seconds(11);

// Thread-safe. Shared: a run under way keeps it alive, and none begins once
// nobody else does.
class KeyVacuum : public std::enable_shared_from_this<KeyVacuum> {
 public:
  struct Options {
    base::Executor& executor;  // may block
    const base::Clock& clock;  // the executor's
    // For upkeep: it may take its time.
    std::function<absl::StatusOr<std::unique_ptr<Connection>>()> open;
  };
  explicit KeyVacuum(Options options);

  void Soon();

 private:
  void Schedule();
  void Run();

  const Options options_;
  base::Mutex mutex_;
  // A key was destroyed since the last run began; one is under way or will be.
  bool wanted_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool busy_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_KEY_VACUUM_H_
