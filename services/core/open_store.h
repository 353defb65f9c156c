// services/core/open_store.h: the store a configuration names.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       std::unique_ptr<store::Store> store,
//       OpenStore({.config = config, .executor = io, .clock = clock,
//                  .kind = store::ClockKind::kReal,
//                  .new_uid = base::NewUid(random)}));

#ifndef CAREROUTE_SERVICES_CORE_OPEN_STORE_H_
#define CAREROUTE_SERVICES_CORE_OPEN_STORE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/uid.h"
#include "lib/store/store.h"

namespace careroute::services {

// Threads that wait for the store: what the configuration says, or as many as
// the store it names has use for.
[[nodiscard]] int IoThreadsOf(const config::v1::HubConfig& config);

struct OpenStoreOptions {
  const config::v1::HubConfig& config;  // checked with CheckHubRules
  base::Executor& executor;             // may block; outlives the store
  const base::Clock& clock;             // the executor's: the machine's time
  // Of a new store: what an existing one must have, and its name.
  store::ClockKind kind = store::ClockKind::kReal;
  base::Uid new_uid;
  // It was put back from a backup: begin a new epoch.
  bool restored = false;
  // One process fills it and serves nobody: whatever its kind of store can do
  // for that is done (see SqliteStoreOptions). Durable as ever.
  bool bulk = false;
};

// Opens it for writing. Blocks. What fails says which store it was, but for a
// database's address, which may hold a password.
[[nodiscard]] absl::StatusOr<std::unique_ptr<store::Store>> OpenStore(
    const OpenStoreOptions& options);

// A configuration with nothing but a store: "sqlite:PATH" and
// "postgresql://..." as a file has them; a path, or the folder of a backup, as
// people have them at hand.
[[nodiscard]] config::v1::HubConfig ConfigOfStore(const std::string& name);

struct ReadStoreOptions {
  const config::v1::HubConfig& config;
  base::Executor& executor;  // may block; outlives the store
};

// Opens it to be looked at, also beside a hub that serves it. Blocks. NOT_FOUND
// for a store in memory, which no other process sees.
[[nodiscard]] absl::StatusOr<std::unique_ptr<store::Store>> OpenStoreToRead(
    const ReadStoreOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_OPEN_STORE_H_
