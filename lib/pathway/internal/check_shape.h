// lib/pathway/internal/check_shape.h: what each field demands by itself;
// lib/catalogue reads the rules beside the fields.
//
// Under the names of this library.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_SHAPE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_SHAPE_H_

#include "lib/catalogue/check_shape.h"

namespace careroute::pathway::internal {

using catalogue::CheckShape;
using catalogue::IsDate;
using catalogue::IsEdition;
using catalogue::IsId;
using catalogue::IsLanguage;
using catalogue::ShapeOptions;

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_SHAPE_H_
