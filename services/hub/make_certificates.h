// services/hub/make_certificates.h: certificate files for tests and
// demonstrations.
//
//   status = MakeCertificates({.folder = "certificates",
//                              .hubs = {"khabarovsk", "chita"},
//                              .now = clock.Now()});

#ifndef CAREROUTE_SERVICES_HUB_MAKE_CERTIFICATES_H_
#define CAREROUTE_SERVICES_HUB_MAKE_CERTIFICATES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "careroute/config/v1/hub.pb.h"

namespace careroute::services {

struct MakeCertificatesOptions {
  std::string folder;                // made when it does not exist
  std::vector<std::string> hubs;     // ids
  std::vector<std::string> systems;  // common names of systems that call
  absl::Time now;
};

// The certificate of the authority, which all of them trust. Its key is
// forgotten at once: nobody can issue in its name later.
inline constexpr char kAuthorityFile[] = "authority.pem";

// Writes authority.pem, and NAME.pem and NAME.key (mode 0600) for each hub and
// system. INVALID_ARGUMENT for a name that is no file's or stands twice;
// ALREADY_EXISTS when any of the files is there, and then none is written;
// UNAVAILABLE when the folder takes none, or not all of them.
[[nodiscard]] absl::Status MakeCertificates(
    const MakeCertificatesOptions& options);

// Where they are, for the configuration of that hub. The paths are absolute: a
// configuration takes others as beside itself, wherever it lies.
[[nodiscard]] config::v1::TlsConfig TlsConfigOf(const std::string& folder,
                                                const std::string& hub);
// The same as a line of that file: "tls { ... }".
[[nodiscard]] std::string TlsLineOf(const std::string& folder,
                                    const std::string& hub);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_MAKE_CERTIFICATES_H_
