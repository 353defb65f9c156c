// lib/pathway/bind.h: a pathway and a region's overlay into the bytes a case
// pins.
//
// Binding puts the region's numbers in place of parameters and shortens the
// statutory limits the region shortens. It can change nothing else: guards,
// grounds and endings are out of its reach by the shape of an overlay.
//
//   std::optional<model::v1::Pathway> bound =
//       Bind(*loaded, &*overlay, problems);
//   if (bound.has_value()) {
//     auto edition = Edition::FromBound(SerializeBound(*bound), "");
//   }
//
// In the bound pathway every Term that named a parameter has its n and unit, or
// no_limit; every Age its years; every "$id" is its value; a limit without a
// source of its own has that of the binding. The parameter's name stays, so
// that a route can say whose number it is. It holds where the overlay does: its
// jurisdiction is the region's, so that no other region is given these numbers.

#ifndef CAREROUTE_LIB_PATHWAY_BIND_H_
#define CAREROUTE_LIB_PATHWAY_BIND_H_

#include <optional>
#include <string>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"
#include "lib/pathway/load.h"

namespace careroute::pathway {

// All problems are added, located in the files of pathway and overlay. nullopt
// when any of them is an error: a parameter neither bound nor given a default,
// a value of the wrong type or out of range, no_limit where a number is needed,
// a limit made longer, an overlay of another pathway or of a region outside it.
// `overlay` may be null: a pathway whose parameters all have defaults needs
// none. Pure.
[[nodiscard]] std::optional<model::v1::Pathway> Bind(
    const LoadedPathway& pathway, const LoadedOverlay* overlay,
    base::Problems& problems);

// The bytes to store and hash: the same message gives the same bytes within one
// release. Never written again from a parsed message.
[[nodiscard]] std::string SerializeBound(const model::v1::Pathway& bound);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_BIND_H_
