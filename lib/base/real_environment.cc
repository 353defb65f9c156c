#include "lib/base/real_environment.h"

#include <cstdlib>

namespace careroute::base {

std::optional<std::string> RealEnvironment(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  if (value == nullptr) {
    return std::nullopt;
  }
  return value;
}

}  // namespace careroute::base
