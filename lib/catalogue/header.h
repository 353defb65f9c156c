// lib/catalogue/header.h: what a file of a catalogue says it holds.
//
//   MessageInHeader("# proto-message: careroute.model.v1.Instrument\nid: ...")
//   // "careroute.model.v1.Instrument"

#ifndef CAREROUTE_LIB_CATALOGUE_HEADER_H_
#define CAREROUTE_LIB_CATALOGUE_HEADER_H_

#include "absl/strings/string_view.h"

namespace careroute::catalogue {

// The first "# proto-message: NAME" of the first lines; empty when none says
// so. Borrowed from `content`.
[[nodiscard]] absl::string_view MessageInHeader(absl::string_view content);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_HEADER_H_
