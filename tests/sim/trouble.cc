#include "tests/sim/trouble.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace careroute::tests {
namespace {

using exchange::v1::Envelope;

// Troubles of one period, per hub: about as many as overlap without hiding one
// another.
constexpr int kTroublesPerHub = 3;

constexpr absl::Duration kLongest = absl::Minutes(8);

// A way of death that matters: soon after something was asked.
constexpr absl::Duration kDiesWithin = absl::Milliseconds(40);

}  // namespace

absl::Duration Trouble::DrawTime(absl::Duration below) {
  return absl::Milliseconds(static_cast<int64_t>(
      Draw(static_cast<uint64_t>(absl::ToInt64Milliseconds(below)))));
}

std::string Trouble::DrawHub() {
  const std::vector<std::string> ids = options_.world.hub_ids();
  return ids[Draw(ids.size())];
}

void Trouble::After(absl::Duration time, base::Task task) {
  options_.world.executor().PostAt(options_.world.clock().Now() + time,
                                   [this, task = std::move(task)]() mutable {
                                     if (!stopped_) task();
                                   });
}

void Trouble::Plan(absl::Duration within) {
  stopped_ = false;
  const int count =
      kTroublesPerHub * static_cast<int>(options_.world.hub_ids().size());
  for (int i = 0; i < count; ++i) {
    After(DrawTime(within), [this] { Begin(); });
  }
}

void Trouble::Begin() {
  if (options_.restores && Draw(6) == 0) return LoseDisk();
  switch (Draw(8)) {
    case 0:
      return WorseNetwork();
    case 1:
      return Cut();
    case 2:
      return CutOff();
    case 3:
      return SlowDown();
    case 4:
      return BadDisk();
    case 5:
      return GrowOld();
    default:
      return Die();
  }
}

void Trouble::WorseNetwork() {
  const exchange::testing::Faults faults{
      .lost = Draw(50),
      .doubled = Draw(40),
      .late = Draw(15),
      .delay_max = DrawTime(absl::Seconds(25))};
  options_.log.Add(absl::StrCat("network loses ", faults.lost, " doubles ",
                                faults.doubled, " late ", faults.late, " ",
                                absl::FormatDuration(faults.delay_max)));
  options_.world.network().set_faults(faults);
}

void Trouble::Cut() {
  const std::string from = DrawHub();
  const std::string to = DrawHub();
  if (from == to) return;
  options_.log.Add(absl::StrCat("cut ", from, " to ", to));
  options_.world.network().Cut(from, to);
  After(DrawTime(kLongest),
        [this, from, to] { options_.world.network().Mend(from, to); });
}

void Trouble::CutBothWays(const std::string& hub, bool cut) {
  for (const std::string& other : options_.world.hub_ids()) {
    if (other == hub) continue;
    for (const auto& [from, to] : {std::pair(hub, other), {other, hub}}) {
      if (cut) {
        options_.world.network().Cut(from, to);
      } else {
        options_.world.network().Mend(from, to);
      }
    }
  }
}

void Trouble::CutOff() {
  const std::string hub = DrawHub();
  options_.log.Add(absl::StrCat("cut off ", hub));
  CutBothWays(hub, true);
  After(DrawTime(kLongest), [this, hub] { CutBothWays(hub, false); });
}

void Trouble::SlowDown() {
  const std::string hub = DrawHub();
  const absl::Duration by = DrawTime(absl::Seconds(40));
  options_.log.Add(
      absl::StrCat("slow ", hub, " by ", absl::FormatDuration(by)));
  options_.world.hub(hub).set_slow_by(by);
  After(DrawTime(kLongest), [this, hub] {
    options_.world.hub(hub).set_slow_by(absl::ZeroDuration());
  });
}

void Trouble::BadDisk() {
  const std::string hub = DrawHub();
  const testing::DiskFaults faults{
      .sync_max = absl::Milliseconds(1) + DrawTime(absl::Milliseconds(400)),
      .failed = Draw(12)};
  options_.log.Add(absl::StrCat("disk of ", hub, " takes ",
                                absl::FormatDuration(faults.sync_max),
                                " fails ", faults.failed));
  options_.world.hub(hub).disk().set_faults(faults);
  After(DrawTime(kLongest),
        [this, hub] { options_.world.hub(hub).disk().set_faults({}); });
}

// --- Its process ------------------------------------------------------------

void Trouble::Restart(const std::string& id) {
  testing::SimulatedHub& hub = options_.world.hub(id);
  hub.Crash();
  hub.Start();
}

void Trouble::Die() {
  const std::string id = DrawHub();
  After(DrawTime(kDiesWithin), [this, id] {
    options_.log.Add(absl::StrCat("crash ", id));
    ++crashes_;
    options_.world.hub(id).Crash();
  });
  const absl::Duration down =
      kDiesWithin + DrawTime(Draw(2) == 0 ? absl::Seconds(5) : kLongest);
  After(down, [this, id] {
    options_.log.Add(absl::StrCat("start ", id));
    // Once more: it may have died twice, and come back once.
    Restart(id);
  });
}

// One that does not know one payload, until it is started as of this release.
void Trouble::GrowOld() {
  const std::string id = DrawHub();
  const auto unknown = Draw(2) == 0 ? Envelope::kRecall : Envelope::kGrew;
  options_.log.Add(absl::StrCat("old release at ", id, " without ", unknown));
  options_.world.hub(id).set_understands([unknown](const Envelope& envelope) {
    return envelope.payload_case() != unknown;
  });
  old_.insert(id);
  Restart(id);
}

// One that was backed up a while ago.
void Trouble::LoseDisk() {
  const std::string id = DrawHub();
  options_.log.Add(absl::StrCat("back up ", id));
  const std::shared_ptr<store::MemoryStore> backup =
      options_.world.hub(id).disk().BackUp();
  After(DrawTime(kLongest),
        [this, id, backup, then = options_.ledger.AcknowledgedBy(id)] {
          options_.log.Add(absl::StrCat("put back ", id));
          testing::SimulatedHub& hub = options_.world.hub(id);
          hub.Crash();
          hub.disk().PutBack(*backup);
          options_.ledger.Forget(id, then);
          hub.Start();
        });
}

void Trouble::Calm() {
  stopped_ = true;
  options_.world.network().set_faults({});
  for (const std::string& id : options_.world.hub_ids()) {
    testing::SimulatedHub& hub = options_.world.hub(id);
    CutBothWays(id, false);
    hub.set_slow_by(absl::ZeroDuration());
    hub.disk().set_faults({});
  }
}

void Trouble::Night(absl::Duration length) {
  options_.log.Add(absl::StrCat("night of ", absl::FormatDuration(length)));
  for (const std::string& id : options_.world.hub_ids()) {
    options_.world.hub(id).Crash();
  }
  Calm();
  options_.world.Run(length);
  for (const std::string& id : options_.world.hub_ids()) {
    options_.world.hub(id).Start();
  }
}

void Trouble::Stop() {
  options_.log.Add("troubles end");
  Calm();
  for (const std::string& id : options_.world.hub_ids()) {
    testing::SimulatedHub& hub = options_.world.hub(id);
    hub.set_understands(nullptr);
    if (!hub.serves() || old_.count(id) != 0) Restart(id);
  }
  old_.clear();
}

}  // namespace careroute::tests
