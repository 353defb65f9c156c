// lib/exchange/internal/judge.h: whether an envelope that came may be taken.
// Pure.
//
//   const Judged judged = Judge({.bytes = bytes, .peer = "east",
//                                .hub_id = "west", .directory = picture});
//   if (!judged.refused.empty()) Answer(REFUSED, judged.refused);

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_JUDGE_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_JUDGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/exchange/v1/envelope.pb.h"
#include "lib/base/uid.h"
#include "lib/engine/organisations.h"

namespace careroute::exchange::internal {

// Borrowed for the call.
struct JudgeQuestion {
  const std::string& bytes;
  const std::string& peer;    // the hub that sent it, as its certificate says
  const std::string& hub_id;  // this hub
  const engine::DirectoryPicture& directory;
};

struct Judged {
  // Why it will never be taken, as a message key of EnvelopeVerdict; empty = it
  // may be. Then nothing else is set.
  std::string refused;
  v1::Envelope envelope;
  base::Uid referral;
  // It holds what this release does not understand.
  bool of_newer_release = false;
};
[[nodiscard]] Judged Judge(const JudgeQuestion& question);

// Why what the envelope tells may not be taken, whoever sent it; empty = it
// may. Judge asks it of what this release understands; what was kept until it
// was understood is asked then.
[[nodiscard]] absl::string_view RefusePayload(const v1::Envelope& envelope);

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_JUDGE_H_
