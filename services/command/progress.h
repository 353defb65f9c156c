// services/command/progress.h: how far something long has come.
//
//   ProgressLine line(run, "copied");
//   line.Show(done, total);     // "copied 43%" on a terminal
//   line.Count(done);           // "copied 400", where no total is known

#ifndef CAREROUTE_SERVICES_COMMAND_PROGRESS_H_
#define CAREROUTE_SERVICES_COMMAND_PROGRESS_H_

#include <cstdint>
#include <string>

#include "services/command/command_line.h"

namespace careroute::services {

// Rewrites one line of standard error while it is a terminal, and is silent
// elsewhere. The line is ended when this is destroyed. Not thread-safe.
class ProgressLine {
 public:
  // `word` says what is being done; `run` must outlive this.
  ProgressLine(const CommandRun& run, std::string word);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Prints only when the percentage has changed.
  void Show(int64_t done, int64_t total);
  // The same where nobody knows how many there will be.
  void Count(int64_t done);

 private:
  // Prints when the number has changed.
  void Rewrite(int64_t number, const char* unit);

  const CommandRun& run_;
  const std::string word_;
  const bool terminal_;
  int64_t shown_ = -1;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_PROGRESS_H_
