#include "services/core/hub_rules.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "lib/api/call_limits.h"
#include "lib/api/request_check.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/registry/key_ring_file.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;

constexpr absl::string_view kSqlite = "sqlite:";
constexpr absl::string_view kMemory = "memory:";
// Both spellings are libpq's.
constexpr absl::string_view kPostgres[] = {"postgresql://", "postgres://"};

void CheckStore(const HubConfig& config, base::Problems& problems) {
  if (config.store().empty()) return;  // the rule beside the field says so
  if (config.store() == kMemory || IsDurable(config)) return;
  problems.Error("store", "UNKNOWN_STORE",
                 "the store is neither sqlite:PATH nor postgresql://... nor "
                 "memory:",
                 "write sqlite: and the path of a file, such as "
                 "sqlite:hub.db, or the URI of a database");
}

}  // namespace

void CheckHubRules(const HubConfig& config, base::Problems& problems) {
  api::RequestCheck rules;
  rules.Prepare(*HubConfig::descriptor());
  // Nothing outlives a hub in memory, so its keys need no file.
  HubConfig with_keys = config;
  if (config.store() == kMemory) with_keys.set_key_ring(std::string(kMemory));
  rules.Check(with_keys, problems);
  CheckStore(config, problems);
}

std::string SqlitePathOf(const HubConfig& config) {
  absl::string_view path = config.store();
  if (!absl::ConsumePrefix(&path, kSqlite)) return "";
  return std::string(path);
}

std::string PostgresAddressOf(const HubConfig& config) {
  for (const absl::string_view scheme : kPostgres) {
    if (absl::StartsWith(config.store(), scheme)) return config.store();
  }
  return "";
}

bool IsDurable(const HubConfig& config) {
  return !SqlitePathOf(config).empty() || !PostgresAddressOf(config).empty();
}

int CallsPerSecondOf(const HubConfig& config) {
  if (config.calls_per_second() > 0) return config.calls_per_second();
  return config.development() ? 0 : api::kCallsPerSecondDefault;
}

std::string KeyRingBeside(const std::string& sqlite_path) {
  return absl::StrCat(sqlite_path, ".keys");
}

absl::Status MakeMissingKeyRing(const HubConfig& config) {
  const std::string path = SqlitePathOf(config);
  std::error_code unknown;  // then the store says what is wrong
  if (path.empty() || std::filesystem::exists(path, unknown) ||
      std::filesystem::exists(config.key_ring(), unknown)) {
    return absl::OkStatus();
  }
  base::RealRandom random;
  return registry::CreateKeyRingFile(
      config.key_ring(),
      registry::KeyRing::Generate(random, base::RealClock().Now()));
}

}  // namespace careroute::services
