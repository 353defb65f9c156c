// lib/base/callback.h: the one shape of an asynchronous answer.
//
// A function that takes a Done<T> completes it exactly once, on any thread,
// possibly before it returns. Dropping a Done without calling it is a defect.

#ifndef CAREROUTE_LIB_BASE_CALLBACK_H_
#define CAREROUTE_LIB_BASE_CALLBACK_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace careroute::base {

template <typename T>
using Done = absl::AnyInvocable<void(absl::StatusOr<T>) &&>;

using DoneStatus = absl::AnyInvocable<void(absl::Status) &&>;

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_CALLBACK_H_
