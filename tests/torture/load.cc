#include "tests/torture/load.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace careroute::tests {

Load::Load(Options options)
    : options_(std::move(options)), ledger_(options_.ledger) {
  for (int i = 0; i < kCallers; ++i) {
    const size_t hub = static_cast<size_t>(i) % options_.callers.size();
    threads_.emplace_back([this, hub] { Ask(hub); });
  }
}

Load::~Load() {
  Stop();
  (void)Join();
}

void Load::Ask(size_t hub) {
  while (const std::optional<Asked> asked = Next()) {
    if (!Hear(*asked, hub,
              options_.requests.Send(options_.callers[hub], *asked))) {
      return;
    }
  }
}

// In the ledger before it is sent: the hub may take it and never answer.
std::optional<Asked> Load::Next() {
  base::MutexLock lock(mutex_);
  if (stopped_) {
    --asking_;
    changed_.NotifyAll();
    return std::nullopt;
  }
  const Asked asked =
      options_.requests.Draw({.n = static_cast<int>(ledger_.size()),
                              .cases = options_.cases,
                              .now = options_.clock.Now()});
  ledger_.push_back({.asked = asked});
  return asked;
}

bool Load::Hear(const Asked& asked, size_t hub,
                const absl::StatusOr<std::string>& answer) {
  base::MutexLock lock(mutex_);
  if (answer.ok()) {
    ledger_[static_cast<size_t>(asked.n)].answer = *answer;
    ++answers_;
  } else {
    --asking_;
    failed_.insert(hub);
    if (!absl::IsUnavailable(answer.status()) && wrong_.ok()) {
      wrong_ = absl::Status(
          answer.status().code(),
          absl::StrCat("request ", asked.n, ": ", answer.status().message()));
    }
  }
  changed_.NotifyAll();
  return answer.ok();
}

void Load::WaitForAnswers(size_t count) {
  base::MutexLock lock(mutex_);
  const size_t enough = answers_ + count;
  while (answers_ < enough && asking_ > 0) changed_.Wait(mutex_);
}

void Load::Stop() {
  base::MutexLock lock(mutex_);
  stopped_ = true;
}

bool Load::Failed(size_t hub) const {
  base::MutexLock lock(mutex_);
  return failed_.count(hub) != 0;
}

absl::Status Load::Join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  base::MutexLock lock(mutex_);
  return wrong_;
}

}  // namespace careroute::tests
