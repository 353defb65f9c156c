// services/hub/render_verification.h: whether the records are whole, for an
// auditor's eyes.
//
//   out << RenderVerification(found, screen);

#ifndef CAREROUTE_SERVICES_HUB_RENDER_VERIFICATION_H_
#define CAREROUTE_SERVICES_HUB_RENDER_VERIFICATION_H_

#include <string>

#include "absl/status/statusor.h"
#include "lib/engine/verify.h"
#include "services/command/screen.h"

namespace careroute::services {

struct VerificationPage {
  engine::Verification found;
  bool signatures = false;  // of checkpoints were looked at
  size_t witnesses = 0;     // checkpoints held elsewhere
  std::string language;     // "ru" or "en"
};

// A row for each entry that is wrong, the first first, then what was verified
// and how much of it nobody witnessed yet.
[[nodiscard]] std::string RenderVerification(const VerificationPage& page,
                                             const Screen& screen);

// The same for programs; words are left out where there is a code.
[[nodiscard]] absl::StatusOr<std::string> VerificationJson(
    const VerificationPage& page);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_RENDER_VERIFICATION_H_
