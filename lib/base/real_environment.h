// lib/base/real_environment.h: the variables the process was started with.
//
// For main and for the switches of tests, such as CAREROUTE_UPDATE_GOLDEN.
// Nothing that decides anything about a case reads the environment.
//
//   if (base::RealEnvironment("CAREROUTE_UPDATE_GOLDEN") == "1") ...

#ifndef CAREROUTE_LIB_BASE_REAL_ENVIRONMENT_H_
#define CAREROUTE_LIB_BASE_REAL_ENVIRONMENT_H_

#include <optional>
#include <string>

namespace careroute::base {

// The value, which may be empty, or nothing when the variable is not set.
// Thread-safe as long as nobody sets variables, which nobody here does.
[[nodiscard]] std::optional<std::string> RealEnvironment(
    const std::string& name);

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_REAL_ENVIRONMENT_H_
