// lib/api/internal/performed_calls.h: calls about referrals whose case lives at
// another hub, "referrals/{uid}".
//
// The methods are those of every referral; here is what they do when no case of
// this hub is behind the name.

#ifndef CAREROUTE_LIB_API_INTERNAL_PERFORMED_CALLS_H_
#define CAREROUTE_LIB_API_INTERNAL_PERFORMED_CALLS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "lib/api/pipeline.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/engine.h"

namespace careroute::api::internal {

// Whether the name is that of such a referral.
[[nodiscard]] bool IsPerformed(absl::string_view name);

// A method that is one command to a referral. A move of the requester is
// refused as the machine refuses it to anybody else.
void ExecutePerformed(engine::Engine& engine, const CallPtr& call,
                      const google::protobuf::Message& request,
                      base::Done<Served> done);

// The referral, if the caller's organisation performs it; otherwise the same
// NOT_FOUND as for one that is not there.
void ReadPerformedFor(engine::Engine& engine, const CallPtr& call,
                      base::Uid uid, base::Done<engine::PerformedReading> done);

// GetReferral of it.
void GetPerformed(engine::Engine& engine, const CallPtr& call,
                  const std::string& name, base::Done<Served> done);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_PERFORMED_CALLS_H_
