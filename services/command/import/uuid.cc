#include "services/command/import/uuid.h"

#include "absl/strings/str_cat.h"

namespace careroute::services {

std::string UuidOf(const base::Uid& id) {
  const std::string hex = id.Hex();
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-",
                      hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

}  // namespace careroute::services
