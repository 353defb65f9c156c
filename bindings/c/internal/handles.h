// bindings/c/internal/handles.h: handles are numbers in the shape of pointers.
//
// Nothing dereferences them: each is looked up in a table, and never given out
// twice. So a handle that was closed, one of another kind, one from before a
// fork and one that never was are told apart, and none of them is a crash.
//
//   careroute_hub* const handle = AddHandle<Hub>(hub);
//   absl::StatusOr<std::shared_ptr<Hub>> found = FindHandle<Hub>(handle);

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_HANDLES_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_HANDLES_H_

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "careroute/careroute.h"
#include "lib/base/mutex.h"

namespace careroute::bindings {

class Hub;
class Watch;
class World;

// The two lowest bits of a number.
enum class HandleKind : uint64_t { kHub = 1, kWatch = 2, kWorld = 3 };

template <typename T>
struct HandleOf;
template <>
struct HandleOf<Hub> {
  using Type = careroute_hub*;
  static constexpr HandleKind kKind = HandleKind::kHub;
};
template <>
struct HandleOf<Watch> {
  using Type = careroute_watch*;
  static constexpr HandleKind kKind = HandleKind::kWatch;
};
template <>
struct HandleOf<World> {
  using Type = careroute_world*;
  static constexpr HandleKind kKind = HandleKind::kWorld;
};

// The numbers of one kind in this process. Thread-safe.
class HandleTable {
 public:
  using Object = std::shared_ptr<void>;

  HandleTable(HandleKind kind, uint64_t generation)
      : kind_(kind), generation_(generation) {}

  [[nodiscard]] uint64_t Add(Object object);
  // FAILED_PRECONDITION for one that was closed; INVALID_ARGUMENT for one that
  // is none of these.
  [[nodiscard]] absl::StatusOr<Object> Find(uint64_t number) const;
  // The same, and it is closed from then on.
  [[nodiscard]] absl::StatusOr<Object> Take(uint64_t number);
  // The same, of all that are open.
  [[nodiscard]] std::vector<Object> TakeAll();

 private:
  // Why it is not found.
  [[nodiscard]] absl::Status Explain(uint64_t number) const
      CAREROUTE_REQUIRES(mutex_);

  const HandleKind kind_;
  const uint64_t generation_;
  mutable base::Mutex mutex_;
  uint64_t given_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::unordered_map<uint64_t, Object> open_ CAREROUTE_GUARDED_BY(mutex_);
};

// Of this process: a child of fork() begins with empty ones, so that it never
// meets a lock that a thread of its parent held.
[[nodiscard]] HandleTable& TableOf(HandleKind kind);

// FAILED_PRECONDITION for a number that was given out before a fork. To be
// asked before anything else is: it touches no lock.
[[nodiscard]] absl::Status CheckNotForked(uint64_t number);

// --- The same with types ----------------------------------------------------

static_assert(sizeof(void*) == sizeof(uint64_t), "a handle holds a number");

template <typename T>
[[nodiscard]] typename HandleOf<T>::Type AddHandle(std::shared_ptr<T> object) {
  return reinterpret_cast<typename HandleOf<T>::Type>(
      TableOf(HandleOf<T>::kKind).Add(std::move(object)));
}

template <typename T>
[[nodiscard]] absl::StatusOr<std::shared_ptr<T>> FindHandle(
    typename HandleOf<T>::Type handle) {
  const auto number = reinterpret_cast<uint64_t>(handle);
  absl::Status forked = CheckNotForked(number);
  if (!forked.ok()) return forked;
  auto found = TableOf(HandleOf<T>::kKind).Find(number);
  if (!found.ok()) return found.status();
  return std::static_pointer_cast<T>(*std::move(found));
}

template <typename T>
[[nodiscard]] absl::StatusOr<std::shared_ptr<T>> TakeHandle(
    typename HandleOf<T>::Type handle) {
  const auto number = reinterpret_cast<uint64_t>(handle);
  absl::Status forked = CheckNotForked(number);
  if (!forked.ok()) return forked;
  auto taken = TableOf(HandleOf<T>::kKind).Take(number);
  if (!taken.ok()) return taken.status();
  return std::static_pointer_cast<T>(*std::move(taken));
}

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_HANDLES_H_
