// services/identity/issuer_keys.h: where an issuer's keys come from.
//
// Judging a token never waits for them: it takes what is known. The source is
// read on the I/O executor: when the hub starts, again and again, and when a
// token names a key that is not known, but then not sooner than the source can
// bear, whatever tokens say. What was known stays known while the source cannot
// be read.
//
//   IssuerKeys keys({.source = "https://login.example.org/keys", ...});
//   const KeySetPtr known = keys.Known();      // null: none yet
//   if (known->Find(id) == nullptr) wait = keys.AskAgain();

#ifndef CAREROUTE_SERVICES_IDENTITY_ISSUER_KEYS_H_
#define CAREROUTE_SERVICES_IDENTITY_ISSUER_KEYS_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "services/identity/key_set.h"

namespace careroute::services {

// How often a source is read anyway, and at most: a file costs nothing, an
// issuer serves everybody.
struct KeyReadTimes {
  absl::Duration every;
  absl::Duration at_most;
};
inline constexpr KeyReadTimes kFileReadTimes = {.every = absl::Seconds(5),
                                                .at_most = absl::Seconds(1)};
inline constexpr KeyReadTimes kUrlReadTimes = {.every = absl::Hours(1),
                                               .at_most = absl::Minutes(1)};

// Reads an address; blocks. Called on the I/O executor only.
using FetchUrl =
    std::function<absl::StatusOr<std::string>(const std::string& url)>;

// Thread-safe. What is handed in must outlive the last task it posted: stop
// the I/O executor first.
class IssuerKeys {
 public:
  struct Options {
    std::string source;  // a file, or an URL that begins with https://
    // Runs what blocks, and tells when it is time again.
    base::Executor& io_executor;
    const base::Clock& clock;  // the executor's
    FetchUrl fetch;
    // Told of a source that cannot be used, once a change; may be null.
    std::function<void(absl::string_view problem)> on_problem;
  };
  // Begins to read, and goes on as long as this exists.
  explicit IssuerKeys(Options options);

  // What is known; null while nothing is.
  [[nodiscard]] KeySetPtr Known() const;

  // A key is missing: reads again, unless it was read just now. Says when it
  // is worth asking again.
  [[nodiscard]] absl::Duration AskAgain() const;

 private:
  struct State;

  // Shared with the tasks under way.
  std::shared_ptr<State> state_;
};

// Whether keys come from an address, not a file.
[[nodiscard]] bool IsUrl(const std::string& source);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_IDENTITY_ISSUER_KEYS_H_
