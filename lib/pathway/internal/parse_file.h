// lib/pathway/internal/parse_file.h: one file of a catalogue into one
// message; lib/catalogue parses it.
//
// Under the names of this library.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_PARSE_FILE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_PARSE_FILE_H_

#include "lib/catalogue/parse_file.h"

namespace careroute::pathway::internal {

using catalogue::kTextDepthMax;
using catalogue::kTextElementsMax;
using catalogue::ParsedFile;
using catalogue::ParseFile;
using catalogue::ScanText;

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_PARSE_FILE_H_
