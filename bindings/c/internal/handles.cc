#include "bindings/c/internal/handles.h"

#include <pthread.h>

#include <atomic>

#include "absl/strings/str_cat.h"

namespace careroute::bindings {
namespace {

// A number, from its lowest bit: two of kind, 46 of count, 15 of generation.
constexpr int kCountShift = 2;
constexpr int kGenerationShift = 48;
constexpr uint64_t kKindMask = 3;
constexpr uint64_t kGenerationMask = 0x7fff;
constexpr uint64_t kCountMask = (uint64_t{1} << 46) - 1;

uint64_t CountOf(uint64_t number) {
  return (number >> kCountShift) & kCountMask;
}

uint64_t GenerationOf(uint64_t number) { return number >> kGenerationShift; }

const char* NameOf(uint64_t kind) {
  switch (static_cast<HandleKind>(kind)) {
    case HandleKind::kHub:
      return "hub";
    case HandleKind::kWatch:
      return "watch";
    case HandleKind::kWorld:
      return "world";
  }
  return "nothing of this library";
}

struct Tables {
  explicit Tables(uint64_t generation)
      : hubs(HandleKind::kHub, generation),
        watches(HandleKind::kWatch, generation),
        worlds(HandleKind::kWorld, generation) {}
  HandleTable hubs;
  HandleTable watches;
  HandleTable worlds;
  // Those of the parent stay reachable and are never looked into again.
  Tables* before = nullptr;
};

// How often this process is a child of one that had the library.
std::atomic<uint64_t> generation{0};
std::atomic<Tables*> tables{nullptr};
Tables* left_behind = nullptr;  // written by a child's only thread

// In the child, which has one thread. It makes nothing: the next use does.
void BeginAnew() {
  generation = (generation + 1) & kGenerationMask;
  Tables* const parents = tables.exchange(nullptr);
  if (parents == nullptr) return;
  parents->before = left_behind;
  left_behind = parents;
}

Tables& TheTables() {
  Tables* now = tables.load(std::memory_order_acquire);
  if (now != nullptr) return *now;
  static const int watched = pthread_atfork(nullptr, nullptr, &BeginAnew);
  static_cast<void>(watched);
  auto made = std::make_unique<Tables>(generation);
  if (tables.compare_exchange_strong(now, made.get())) return *made.release();
  return *now;
}

}  // namespace

HandleTable& TableOf(HandleKind kind) {
  Tables& all = TheTables();
  switch (kind) {
    case HandleKind::kHub:
      return all.hubs;
    case HandleKind::kWatch:
      return all.watches;
    case HandleKind::kWorld:
      break;
  }
  return all.worlds;
}

absl::Status CheckNotForked(uint64_t number) {
  // A number from before the last fork; who makes one up is told below.
  if (GenerationOf(number) >= generation) return absl::OkStatus();
  if ((number & kKindMask) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(NameOf(number & kKindMask),
                   ": this process was forked after it was opened; open "
                   "another one in the child"));
}

uint64_t HandleTable::Add(Object object) {
  base::MutexLock lock(mutex_);
  const uint64_t number = (generation_ << kGenerationShift) |
                          (++given_ << kCountShift) |
                          static_cast<uint64_t>(kind_);
  open_.emplace(number, std::move(object));
  return number;
}

absl::StatusOr<HandleTable::Object> HandleTable::Find(uint64_t number) const {
  base::MutexLock lock(mutex_);
  const auto found = open_.find(number);
  if (found == open_.end()) return Explain(number);
  return found->second;
}

absl::StatusOr<HandleTable::Object> HandleTable::Take(uint64_t number) {
  base::MutexLock lock(mutex_);
  const auto found = open_.find(number);
  if (found == open_.end()) return Explain(number);
  Object object = std::move(found->second);
  open_.erase(found);
  return object;
}

std::vector<HandleTable::Object> HandleTable::TakeAll() {
  base::MutexLock lock(mutex_);
  std::vector<Object> all;
  all.reserve(open_.size());
  for (auto& [number, object] : open_) all.push_back(std::move(object));
  open_.clear();
  return all;
}

absl::Status HandleTable::Explain(uint64_t number) const {
  const uint64_t mine = static_cast<uint64_t>(kind_);
  const char* const name = NameOf(mine);
  if (number == 0) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": is null"));
  }
  const uint64_t kind = number & kKindMask;
  if (kind != mine) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": is a handle of ", NameOf(kind)));
  }
  const uint64_t count = CountOf(number);
  if (GenerationOf(number) != generation_ || count == 0 || count > given_) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": was never opened"));
  }
  return absl::FailedPreconditionError(absl::StrCat(name, ": is closed"));
}

}  // namespace careroute::bindings
