// lib/exchange/peer_witness.h: what this hub can witness of another one.
//
// Each hub keeps the checkpoints the others have shown it. When the records of
// one are in doubt, the others give what they keep, as a file that `careroute
// verify --witness` reads: it cannot take back what it has signed.
//
//   WritePeerWitnesses(store, "east", [](absl::StatusOr<std::string> text) {
//     ...
//   });

#ifndef CAREROUTE_LIB_EXCHANGE_PEER_WITNESS_H_
#define CAREROUTE_LIB_EXCHANGE_PEER_WITNESS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "lib/base/callback.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// The newest checkpoint of each process of the peer that was shown, in the form
// of lib/engine/witness_file.h. Reads the peer's stream twice, a page at a
// time. NOT_FOUND when it showed none. `store` must outlive the call.
void WritePeerWitnesses(store::Store& store, absl::string_view hub,
                        base::Done<std::string> done);

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_PEER_WITNESS_H_
