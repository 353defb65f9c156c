// services/core/log.h: what a hub tells whoever runs it.
//
// One line an event, to standard error. Never a person's data, and no name of
// a case or a person: what somebody did stands in the access log.
//
//   Log log(clock);
//   log.Line("serving gRPC on 127.0.0.1:7400");

#ifndef CAREROUTE_SERVICES_CORE_LOG_H_
#define CAREROUTE_SERVICES_CORE_LOG_H_

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"

namespace careroute::services {

// Thread-safe: a line is written whole.
class Log {
 public:
  // `clock` must outlive it. A quiet log writes nothing: for tests and for
  // programs that have their own words.
  explicit Log(const base::Clock& clock, bool quiet = false)
      : clock_(clock), quiet_(quiet) {}

  void Line(absl::string_view text) const {
    if (quiet_) return;
    const std::string line =
        absl::StrCat(absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", clock_.Now(),
                                      absl::UTCTimeZone()),
                     " ", text, "\n");
    std::fwrite(line.data(), 1, line.size(), stderr);
  }

 private:
  const base::Clock& clock_;
  const bool quiet_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_LOG_H_
