#include "services/core/installed.h"

#include <filesystem>
#include <system_error>

namespace careroute::services {

std::string InstalledCatalogue() {
  std::error_code error;
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "share/careroute/catalogue")
      .string();
}

}  // namespace careroute::services
