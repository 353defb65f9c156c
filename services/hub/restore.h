// services/hub/restore.h: a hub's store put back from a backup.
//
//   absl::StatusOr<Restored> restored = RestoreHub(
//       {.config = config, .folder = "2026-11-29"});

#ifndef CAREROUTE_SERVICES_HUB_RESTORE_H_
#define CAREROUTE_SERVICES_HUB_RESTORE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/store/sqlite/backup.h"

namespace careroute::services {

struct RestoreOptions {
  // Checked with CheckHubConfig. Its store is a file that does not exist; its
  // key-ring is the one the backup's keys are wrapped with.
  const config::v1::HubConfig& config;
  std::string folder;  // of the backup
  store::BackupProgress progress;
};

struct Restored {
  int erased_again = 0;  // persons on the erasure list
  int64_t epoch = 0;     // the store's, which is new
};

// Puts the files back, then erases again whoever was erased since, before any
// hub can serve the store. Blocks. What fails leaves no store behind.
[[nodiscard]] absl::StatusOr<Restored> RestoreHub(
    const RestoreOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_RESTORE_H_
