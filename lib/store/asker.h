// lib/store/asker.h: calls a store and waits, on one thread.
//
// For tests, which drive everything themselves. It also holds the store to its
// word: an answer that comes inside the call, twice or never is INTERNAL.
//
//   const Asker ask{.store = store, .executor = executor};
//   const auto head = ask(&Store::ReadHead, stream);

#ifndef CAREROUTE_LIB_STORE_ASKER_H_
#define CAREROUTE_LIB_STORE_ASKER_H_

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/base/executor.h"
#include "lib/store/store.h"

namespace careroute::store {

struct Asker {
  const std::unique_ptr<Store>& store;  // may be another at the next call
  base::ManualExecutor& executor;

  template <typename Base, typename Request, typename T>
  absl::StatusOr<T> operator()(void (Base::*method)(Request, base::Done<T>),
                               std::type_identity_t<Request> request) const {
    return Wait<T>([&](base::Done<T> done) {
      ((*store).*method)(std::move(request), std::move(done));
    });
  }

  template <typename Base, typename T>
  absl::StatusOr<T> operator()(void (Base::*method)(base::Done<T>)) const {
    return Wait<T>(
        [&](base::Done<T> done) { ((*store).*method)(std::move(done)); });
  }

  template <typename Base, typename Request>
  absl::Status operator()(void (Base::*method)(Request, base::DoneStatus),
                          std::type_identity_t<Request> request) const {
    return Wait<bool>([&](base::Done<bool> done) {
             ((*store).*method)(
                 std::move(request),
                 [done = std::move(done)](absl::Status status) mutable {
                   if (status.ok()) {
                     std::move(done)(true);
                   } else {
                     std::move(done)(std::move(status));
                   }
                 });
           })
        .status();
  }

  // The rest of the mechanism.
  template <typename T, typename Call>
  absl::StatusOr<T> Wait(Call call) const {
    // Shared, so that a callback that comes too late finds its place.
    const auto answer = std::make_shared<std::optional<absl::StatusOr<T>>>();
    call([answer](absl::StatusOr<T> result) {
      *answer = answer->has_value()
                    ? absl::StatusOr<T>(absl::InternalError("answered twice"))
                    : std::move(result);
    });
    if (answer->has_value()) {
      return absl::InternalError("answered inside the call");
    }
    executor.RunReady();
    if (!answer->has_value()) {
      return absl::InternalError("never answered");
    }
    return std::move(**answer);
  }
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_ASKER_H_
