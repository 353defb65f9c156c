#include "services/command/progress.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace careroute::services {

ProgressLine::ProgressLine(const CommandRun& run, std::string word)
    : run_(run),
      word_(std::move(word)),
      terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_ >= 0) run_.err() << "\n";
}

void ProgressLine::Show(int64_t done, int64_t total) {
  const int64_t percent = total > 0 ? std::min(done, total) * 100 / total : 100;
  Rewrite(percent, "%");
}

void ProgressLine::Count(int64_t done) { Rewrite(done, ""); }

void ProgressLine::Rewrite(int64_t number, const char* unit) {
  if (!terminal_ || number == shown_) return;
  shown_ = number;
  run_.err() << "\r" << word_ << " " << number << unit << std::flush;
}

}  // namespace careroute::services
