#include "lib/engine/internal/undelivered.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/utf8.h"
#include "lib/engine/outbox_pump.h"
#include "lib/store/outbox_store.h"

namespace careroute::engine::internal {
namespace {

bool PassesByItself(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status) ||
         absl::IsResourceExhausted(status) || absl::IsDeadlineExceeded(status);
}

// Never cut within a character: programs read it as text.
std::string Shortened(std::string text) {
  if (text.size() <= store::kProblemBytesMax) return text;
  text.resize(store::kProblemBytesMax);
  while (!base::IsValidUtf8(text)) text.pop_back();
  return text;
}

}  // namespace

Undelivered Because(const absl::Status& status) {
  return {.passes = PassesByItself(status),
          .why = Shortened(absl::StrCat(absl::StatusCodeToString(status.code()),
                                        ": ", status.message()))};
}

Undelivered Because(const model::v1::Refusal& refusal) {
  std::string why = absl::StrCat(model::v1::ErrorReason_Name(refusal.reason()),
                                 ": ", refusal.message());
  for (const model::v1::Missing& one : refusal.missing()) {
    absl::StrAppend(&why, "; ", one.what(), ": ", one.mend());
  }
  for (const model::v1::Problem& one : refusal.problems()) {
    absl::StrAppend(&why, "; ", one.path(), ": ", one.message(), ", ",
                    one.mend());
  }
  return {.passes = refusal.reason() == model::v1::ERROR_REASON_CONFLICT,
          .why = Shortened(std::move(why))};
}

Undelivered At(const std::string& receiver, const Undelivered& undelivered) {
  return {.passes = undelivered.passes,
          .why = Shortened(absl::StrCat(receiver, ": ", undelivered.why))};
}

absl::Duration TryAgainAfter(const Undelivered& undelivered, int32_t attempts) {
  absl::Duration after = kDeliverAgainAfter;
  if (undelivered.passes) return after;
  for (int32_t i = 1; i < attempts && after < kDeliverAgainMax; ++i) after *= 2;
  return std::min(after, kDeliverAgainMax);
}

}  // namespace careroute::engine::internal
