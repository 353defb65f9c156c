#include "lib/store/postgres/internal/key_vacuum.h"

#include <utility>

namespace careroute::store::postgres {
namespace {

// Alone in its text: it cannot run inside of a transaction. Whoever does not
// own the table is told so in a notice, and nothing happens.
constexpr char kVacuum[] = "VACUUM stream_keys";

}  // namespace

KeyVacuum::KeyVacuum(Options options) : options_(std::move(options)) {}

void KeyVacuum::Soon() {
  {
    base::MutexLock lock(mutex_);
    wanted_ = true;
    if (std::exchange(busy_, true)) return;
  }
  Schedule();
}

void KeyVacuum::Schedule() {
  options_.executor.PostAt(options_.clock.Now() + kVacuumAfter,
                           [weak = weak_from_this()] {
                             if (const auto self = weak.lock()) self->Run();
                           });
}

void KeyVacuum::Run() {
  {
    base::MutexLock lock(mutex_);
    wanted_ = false;
  }
  if (const auto db = options_.open(); db.ok()) {
    (*db)->Execute(kVacuum).IgnoreError();
  }
  bool again = false;
  {
    base::MutexLock lock(mutex_);
    again = wanted_;
    busy_ = again;
  }
  if (again) Schedule();
}

}  // namespace careroute::store::postgres
