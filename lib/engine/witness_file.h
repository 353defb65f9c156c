// lib/engine/witness_file.h: checkpoints kept away from the store they are of.
//
// A text file: a line a checkpoint, as base64 of the signed bytes, and lines
// that begin with "#" for people. Whoever keeps one can show that the end of
// the store's records was cut off, though the store is whole in itself. It
// holds ids and hashes, no data of a person.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       std::vector<model::v1::SignedCheckpoint> witnesses,
//       ReadWitnesses({.text = text, .check = SignedWith(keys)}));

#ifndef CAREROUTE_LIB_ENGINE_WITNESS_FILE_H_
#define CAREROUTE_LIB_ENGINE_WITNESS_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/access.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/signature_check.h"
#include "lib/store/store.h"

namespace careroute::engine {

struct ReadWitnessesRequest {
  absl::string_view text;
  SignatureCheck check = nullptr;  // null: the signatures are not looked at
};
// INVALID_ARGUMENT, with the line, for what is no checkpoint, or none that one
// of the keys signed: such a file proves nothing.
[[nodiscard]] absl::StatusOr<std::vector<model::v1::SignedCheckpoint>>
ReadWitnesses(const ReadWitnessesRequest& request);

// One line, with its end. The bytes are as the checkpoint was stored.
[[nodiscard]] std::string WitnessLine(absl::string_view signed_checkpoint);

// The newest checkpoint of each process of the store, as a file. `store` must
// outlive the call. One checkpoint is in memory at a time, besides the text.
void WriteWitnesses(store::Store& store, base::Done<std::string> done);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_WITNESS_FILE_H_
