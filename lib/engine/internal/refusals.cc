#include "lib/engine/internal/refusals.h"

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"

namespace careroute::engine::internal {

model::v1::Refusal MakeRefusal(const RefusalText& text) {
  model::v1::Refusal refusal;
  refusal.set_reason(text.reason);
  refusal.set_message_key(std::string(text.message_key));
  refusal.set_message(std::string(text.message));
  return refusal;
}

Reply EtagMismatch() {
  return Reply{.refusal = MakeRefusal(
                   {.reason = model::v1::ERROR_REASON_ETAG_MISMATCH,
                    .message_key = "etag_mismatch",
                    .message = "the etag is not current; read the resource "
                               "again and repeat with its etag"})};
}

Reply TooManyConflicts() {
  return Reply{.refusal =
                   MakeRefusal({.reason = model::v1::ERROR_REASON_CONFLICT,
                                .message_key = "conflict",
                                .message = "others changed the record at the "
                                           "same moment; send it again"})};
}

Reply NotFound() {
  return Reply{.refusal = MakeRefusal(
                   {.reason = model::v1::ERROR_REASON_NOT_FOUND,
                    .message_key = "not_found",
                    .message = "there is nothing of that name that the "
                               "caller takes part in"})};
}

model::v1::Refusal RequestIdReused() {
  return MakeRefusal(
      {.reason = model::v1::ERROR_REASON_REQUEST_ID_REUSED,
       .message_key = "request_id_reused",
       .message = "this request_id was used with another body; make a new "
                  "one for a new request"});
}

model::v1::Refusal RequestIdOld(const std::string& event) {
  return MakeRefusal(
      {.reason = model::v1::ERROR_REASON_REQUEST_ID_OLD,
       .message_key = "request_id_old",
       .message = absl::StrCat("this request had its effect more than 30 days "
                               "ago, as ",
                               event)});
}

std::string CallerKey(absl::string_view member) { return base::Sha256(member); }

}  // namespace careroute::engine::internal
