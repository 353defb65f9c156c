// lib/pathway/source_map.h: from a path in an expanded pathway back
// to the file and line a person wrote.
//
// A pathway is checked after its blocks are expanded, but is mended in its
// files; lib/catalogue keeps where each part was written.

#ifndef CAREROUTE_LIB_PATHWAY_SOURCE_MAP_H_
#define CAREROUTE_LIB_PATHWAY_SOURCE_MAP_H_

#include "lib/catalogue/source_map.h"

namespace careroute::pathway {

using catalogue::SourceFile;
using catalogue::SourceMap;

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_SOURCE_MAP_H_
