#include "tests/sim/canaries.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace careroute::tests {

void Canaries::Look(const std::string& from, const std::string& to,
                    const exchange::v1::DeliverRequest& batch) {
  exchange::v1::Manifest manifest;
  if (!manifest.ParseFromString(batch.manifest())) return;
  // By the clock of its hub, which may be wrong.
  const absl::Duration ahead =
      scene_.world.hub(from).clock().Now() - scene_.world.clock().Now();
  const absl::Time sent =
      absl::FromUnixSeconds(manifest.sent_time().seconds()) +
      absl::Nanoseconds(manifest.sent_time().nanos()) - ahead;
  const std::string bytes = batch.SerializeAsString();
  for (const Family& family : scene_.ledger.families) {
    if (!absl::StrContains(bytes, family.canary)) continue;
    ++seen_;
    const bool asked =
        family.consent_asked.has_value() && *family.consent_asked <= sent;
    const bool closed = family.withdrawn.has_value() &&
                        *family.withdrawn + kSendingTakes < sent;
    if (asked && !closed) continue;
    scene_.Find(absl::StrCat("promise 4: ", family.canary, " crossed from ",
                             from, " to ", to, " without a consent in force"));
  }
}

}  // namespace careroute::tests
