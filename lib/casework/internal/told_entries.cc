#include "lib/casework/internal/told_entries.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

constexpr size_t kCodeBytesMax = 1024;

}  // namespace

RefusalPtr CheckEnvelope(int32_t envelope, int32_t last) {
  if (envelope <= last) {
    return RefuseState("already_applied", "this had its effect already");
  }
  if (envelope == last + 1) {
    return nullptr;
  }
  return RefuseMissing(model::v1::ERROR_REASON_WRONG_STATE, "envelope_gap",
                       "an envelope before this one is missing",
                       {.what = absl::StrCat("envelope/", last + 1),
                        .can_be_met_by = "performer's hub",
                        .mend = "send again from the one that is missing"});
}

absl::Time Plausible(absl::Time told, const Referral& referral,
                     const Draft& draft) {
  const absl::Time earliest =
      std::max(draft.OpenedAt(), referral.request.first_time);
  return std::min(std::max(told, earliest), draft.context.now);
}

absl::Time LastOf(
    const google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>& entries,
    const Referral& referral, const Draft& draft) {
  absl::Time last = absl::InfinitePast();
  for (const model::v1::ReferralEntry& entry : entries) {
    last = std::max(last, FromProto(entry.happened_time()));
  }
  return Plausible(last, referral, draft);
}

bool IsOverlong(const model::v1::ReferralEntry& entry) {
  return entry.outcome().size() > kCodeBytesMax ||
         entry.better_provider().size() > kCodeBytesMax;
}

void Empty(model::v1::ReferralEntry& entry) {
  entry.clear_note();
  entry.clear_late_reason();
  entry.clear_facts();
  entry.clear_documents();
  entry.clear_texts();
  entry.clear_plan();
}

}  // namespace careroute::casework::internal
