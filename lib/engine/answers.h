// lib/engine/answers.h: what a request was answered, as the store keeps it.
//
// A repeated request is answered as before, so the answer is kept beside its
// request id. It may hold who a person is: it is sealed under the person's key
// like a part of an event, and erasing the person ends it.
//
//   plan.stored_answer = SealAnswer(place, plan.answer);
//   ... a repeat ...
//   const absl::StatusOr<std::string> answer = OpenAnswer(place, stored);

#ifndef CAREROUTE_LIB_ENGINE_ANSWERS_H_
#define CAREROUTE_LIB_ENGINE_ANSWERS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "lib/base/uid.h"
#include "lib/engine/request.h"
#include "lib/registry/person_key.h"
#include "lib/registry/sealer.h"

namespace careroute::engine {

// Which answer: to the request that made this version of the stream.
struct AnswerPlace {
  registry::Sealer& sealer;
  // Null when the person has none: erased, and then an answer says no more
  // than that.
  const registry::PersonKey* key = nullptr;
  base::Uid stream;
  int64_t version = 0;
};

[[nodiscard]] std::string SealAnswer(const AnswerPlace& place,
                                     const std::string& answer);

// NOT_FOUND when it was sealed and the key is gone; DATA_LOSS when it is not
// what was sealed there.
[[nodiscard]] absl::StatusOr<std::string> OpenAnswer(const AnswerPlace& place,
                                                     const std::string& stored);

// The reply to a repeat, its answer opened. An answer that went with the
// person is refused as ERASED.
[[nodiscard]] absl::StatusOr<Reply> OpenReply(const AnswerPlace& place,
                                              Reply reply);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ANSWERS_H_
