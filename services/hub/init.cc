#include "services/hub/init.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "careroute/config/v1/hub.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/problems.h"
#include "lib/base/status_macros.h"
#include "lib/registry/key_ring_file.h"
#include "services/hub/hub_config.h"

namespace careroute::services {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kHeading =
    "# proto-file: careroute/config/v1/hub.proto\n"
    "# proto-message: careroute.config.v1.HubConfig\n"
    "#\n"
    "# A hub's configuration. Paths are relative to this folder; a flag of "
    "the\n"
    "# same name wins over a line here. Keep hub.keys apart from copies of "
    "the\n"
    "# store: whoever has both can read everything.\n\n";

constexpr absl::string_view kNoDevelopment =
    "\n# Name the hub's certificates:\n"
    "# tls { certificate: \"hub.pem\" key: \"hub.key\" authorities: "
    "\"authorities.pem\" }\n"
    "# or say, on a machine where every local process may act as anybody:\n"
    "# development: true\n";

config::v1::HubConfig ConfigOf(const InitOptions& options) {
  config::v1::HubConfig config;
  config.set_hub_id(options.hub_id);
  config.set_store("sqlite:hub.db");
  config.set_grpc_address(options.grpc_address);
  config.set_key_ring(kKeyRingName);
  config.set_development(options.development);
  for (const std::string& overlay : options.overlays) {
    config.add_overlays(overlay);
  }
  return config;
}

absl::Status CheckNew(const fs::path& path) {
  // What cannot be looked at cannot be written either, which is said then.
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return absl::OkStatus();
  return absl::AlreadyExistsError(
      absl::StrCat(path.string(), " is there; choose another folder"));
}

absl::Status WriteConfig(const fs::path& path, const InitOptions& options) {
  std::string text;
  if (!google::protobuf::TextFormat::PrintToString(ConfigOf(options), &text)) {
    return absl::InternalError("the configuration could not be printed");
  }
  std::ofstream stream(path);
  stream << kHeading << text << (options.development ? "" : kNoDevelopment);
  if (!stream.flush()) {
    return absl::UnavailableError(
        absl::StrCat(path.string(), " could not be written"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status InitHub(const InitOptions& options) {
  // What the first start would refuse is refused before anything is written.
  base::Problems problems;
  config::v1::HubConfig config = ConfigOf(options);
  config.set_development(true);
  CheckHubConfig(config, problems);
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  const fs::path folder = options.folder;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("the folder ", options.folder, " cannot be made"));
  }
  CAREROUTE_RETURN_IF_ERROR(CheckNew(folder / kConfigName));
  CAREROUTE_RETURN_IF_ERROR(CheckNew(folder / kKeyRingName));
  CAREROUTE_RETURN_IF_ERROR(registry::CreateKeyRingFile(
      (folder / kKeyRingName).string(),
      registry::KeyRing::Generate(options.random, options.now)));
  return WriteConfig(folder / kConfigName, options);
}

}  // namespace careroute::services
