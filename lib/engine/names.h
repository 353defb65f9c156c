// lib/engine/names.h: resource names of streams.
//
//   CAREROUTE_ASSIGN_OR_RETURN(base::Uid uid, ParseName("cases/", name));

#ifndef CAREROUTE_LIB_ENGINE_NAMES_H_
#define CAREROUTE_LIB_ENGINE_NAMES_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/uid.h"

namespace careroute::engine {

// The id after `prefix`, up to the next "/". INVALID_ARGUMENT when the name
// begins otherwise or holds no id of 32 hexadecimal digits.
[[nodiscard]] absl::StatusOr<base::Uid> ParseName(absl::string_view prefix,
                                                  absl::string_view name);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_NAMES_H_
