#include "tests/torture/load.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace careroute::tests {

Load::Load(Options options)
    : options_(std::move(options)), ledger_(options_.ledger) {
  for (int i = 0; i < kCallers; ++i) {
    threads_.emplace_back([this] { Ask(); });
  }
}

Load::~Load() { (void)Join(); }

void Load::Ask() {
  while (true) {
    const Asked asked = Next();
    if (!Hear(asked, options_.requests.Send(options_.callers, asked))) return;
  }
}

// In the ledger before it is sent: the hub may take it and never answer.
Asked Load::Next() {
  base::MutexLock lock(mutex_);
  const Asked asked =
      options_.requests.Draw(static_cast<int>(ledger_.size()), options_.cases);
  ledger_.push_back({.asked = asked});
  return asked;
}

bool Load::Hear(const Asked& asked, const absl::StatusOr<std::string>& answer) {
  base::MutexLock lock(mutex_);
  if (answer.ok()) {
    ledger_[static_cast<size_t>(asked.n)].answer = *answer;
    ++answers_;
  } else {
    --asking_;
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
  while (answers_ < count && asking_ > 0) changed_.Wait(mutex_);
}

absl::Status Load::Join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  base::MutexLock lock(mutex_);
  return wrong_;
}

}  // namespace careroute::tests
