// lib/base/status_macros.h: leave a function early when a Status is not OK.
//
// Abseil of Debian 12 ships no such macros. Example:
//
//   CAREROUTE_RETURN_IF_ERROR(CheckName(name));
//   CAREROUTE_ASSIGN_OR_RETURN(const Case state, LoadCase(name));
//
// Both evaluate their expression once. The second declares its left side in
// the enclosing scope, so it cannot stand alone under an `if`.

#ifndef CAREROUTE_LIB_BASE_STATUS_MACROS_H_
#define CAREROUTE_LIB_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define CAREROUTE_RETURN_IF_ERROR(expression)          \
  do {                                                 \
    if (absl::Status careroute_status_ = (expression); \
        !careroute_status_.ok()) {                     \
      return careroute_status_;                        \
    }                                                  \
  } while (false)

// NOLINTBEGIN(bugprone-macro-parentheses): a declaration takes none.
#define CAREROUTE_STATUS_CONCAT_INNER_(a, b) a##b
#define CAREROUTE_STATUS_CONCAT_(a, b) CAREROUTE_STATUS_CONCAT_INNER_(a, b)

#define CAREROUTE_ASSIGN_OR_RETURN(declaration, expression)                  \
  CAREROUTE_ASSIGN_OR_RETURN_IMPL_(                                          \
      CAREROUTE_STATUS_CONCAT_(careroute_status_or_, __LINE__), declaration, \
      expression)

#define CAREROUTE_ASSIGN_OR_RETURN_IMPL_(holder, declaration, expression) \
  auto holder = (expression);                                             \
  if (!holder.ok()) {                                                     \
    return std::move(holder).status();                                    \
  }                                                                       \
  declaration = *std::move(holder)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // CAREROUTE_LIB_BASE_STATUS_MACROS_H_
