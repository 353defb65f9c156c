// lib/engine/plan.h: what a decision wants written to one stream.
//
// Made by the part of the engine that knows the stream's meaning (cases,
// persons, organisations), written by StreamEngine, which knows none of it.
//
//   Plan<casework::Case> plan;
//   plan.events.push_back(event.SerializeAsString());
//   plan.after = std::move(after);
//   plan.write.put_rows = CaseRows(*plan.after);

#ifndef CAREROUTE_LIB_ENGINE_PLAN_H_
#define CAREROUTE_LIB_ENGINE_PLAN_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/request.h"
#include "lib/store/append.h"

namespace careroute::engine {

template <typename State>
struct Plan {
  // Set: nothing is written, this is the answer.
  std::optional<model::v1::Refusal> refusal;
  // Serialised events, sealed, in order; hashes are added by StreamEngine.
  std::vector<std::string> events;
  // The state with those events folded in.
  std::shared_ptr<const State> after;
  // The serialised response.
  std::string answer;
  // What the store keeps of it for a repeat, where it must not keep the answer
  // as it is; see answers.h.
  std::optional<std::string> stored_answer;
  // Rows, outbox, claims and keys; stream, versions, events, snapshot and
  // request are filled in by StreamEngine.
  store::AppendRequest write;
};

// A state with its place in the chain. Immutable, shared by readers.
template <typename State>
struct Loaded {
  std::shared_ptr<const State> state;
  int64_t version = 0;
  std::string head_hash;
  // Version of the newest snapshot known; 0 = none.
  int64_t snapshot_version = 0;
};

// Decides on a state; called again when another writer was faster. Completes
// exactly once. An error status ends the request without an effect.
template <typename State>
using DecideOn =
    absl::AnyInvocable<void(const Loaded<State>&, base::Done<Plan<State>>)>;

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PLAN_H_
