// services/core/installed.h: what was installed with this program.

#ifndef CAREROUTE_SERVICES_CORE_INSTALLED_H_
#define CAREROUTE_SERVICES_CORE_INSTALLED_H_

#include <string>

namespace careroute::services {

// ../share/careroute/catalogue from where the program is: pathways, blocks,
// overlays, calendars/, instruments/ and measures/.
[[nodiscard]] std::string InstalledCatalogue();

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_INSTALLED_H_
