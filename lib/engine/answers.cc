#include "lib/engine/answers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/engine/internal/refusals.h"

namespace careroute::engine {
namespace {

// The first byte says how the rest is kept.
constexpr char kPlain = 'p';
constexpr char kSealed = 's';

// In place of a data class: an answer is of many, and no class has this number.
constexpr int kAnswerPart = 1000;

registry::PartId IdOf(const AnswerPlace& place) {
  return {.stream = place.stream,
          .version = place.version,
          .data_class = kAnswerPart};
}

}  // namespace

std::string SealAnswer(const AnswerPlace& place, const std::string& answer) {
  if (answer.empty()) return answer;
  if (place.key == nullptr) {
    return absl::StrCat(absl::string_view(&kPlain, 1), answer);
  }
  return absl::StrCat(
      absl::string_view(&kSealed, 1),
      place.sealer.Seal(
          {.key = *place.key, .part = IdOf(place), .bytes = answer}));
}

absl::StatusOr<std::string> OpenAnswer(const AnswerPlace& place,
                                       const std::string& stored) {
  if (stored.empty()) return stored;
  const std::string rest = stored.substr(1);
  if (stored[0] == kPlain) return rest;
  if (stored[0] != kSealed) {
    return absl::DataLossError("a kept answer is damaged");
  }
  if (place.key == nullptr) {
    return absl::NotFoundError("the key of a kept answer is gone");
  }
  return place.sealer.Open(
      {.key = *place.key, .part = IdOf(place), .bytes = rest});
}

absl::StatusOr<Reply> OpenReply(const AnswerPlace& place, Reply reply) {
  absl::StatusOr<std::string> answer = OpenAnswer(place, reply.answer);
  if (absl::IsNotFound(answer.status())) {
    return Reply{
        .refusal = internal::MakeRefusal(
            {.reason = model::v1::ERROR_REASON_ERASED,
             .message_key = "answer_erased",
             .message = "the request had its effect; the person was erased "
                        "since, and the answer with the person"})};
  }
  if (!answer.ok()) return answer.status();
  reply.answer = *std::move(answer);
  return reply;
}

}  // namespace careroute::engine
