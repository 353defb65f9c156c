// lib/engine/request.h: what the engine is asked, and how it answers.
//
// A request comes from a door (through lib/api), from a timer, or from another
// stream. The engine checks the request id, decides on durable state, writes,
// and answers exactly once. A refusal is an answer, not an error: it is data
// that says why, and lib/api maps it to a status in one file.
//
//   engine.cases().Execute({.info = info, .case_uid = uid, .command = command,
//                           .answer = MakeAnswer},
//                          [](absl::StatusOr<Reply> reply) { ... });

#ifndef CAREROUTE_LIB_ENGINE_REQUEST_H_
#define CAREROUTE_LIB_ENGINE_REQUEST_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/refusal.pb.h"

namespace careroute::engine {

// OK while somebody waits for the answer; then why nobody does any more:
// CANCELLED when the caller went, DEADLINE_EXCEEDED when they would wait no
// longer. Called from any thread; must not block.
using WhetherAwaited = std::function<absl::Status()>;

// Who asks, under which id. Plain data; copied freely.
struct RequestInfo {
  model::v1::Actor actor;
  // 16 bytes made by the client. Empty only for the hub's own commands, whose
  // repetition the state itself shows.
  std::string request_id;
  // SHA-256 of the request's bytes: the same id with another body is refused.
  std::string body_hash;
  // The version the caller has seen, as text; empty = any.
  std::string etag;
  // True: decide and answer, write nothing.
  bool validate_only = false;
  // Asked each time the command's turn comes: one that nobody awaits is
  // answered with that and has no effect. What was sent to the store stands.
  // Empty for what runs to its end whoever listens: the hub's own commands, and
  // requests of several commands, which would be left half done.
  WhetherAwaited awaited;
};

// The answer. Exactly one of `refusal` and `answer` means something.
struct Reply {
  std::optional<model::v1::Refusal> refusal;
  // The serialised response, as first given: a repeat gets the same bytes.
  std::string answer;
  // The version of the stream after it; of a repeat, the one it first made.
  int64_t version = 0;
  // True when the request id had its effect before.
  bool replayed = false;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_REQUEST_H_
