// lib/pathway/internal/expand.h: uses of blocks become steps.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_EXPAND_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_EXPAND_H_

#include <vector>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"
#include "lib/pathway/source_map.h"

namespace careroute::pathway::internal {

// A block with the number of its file. Its first tables of texts stand in
// `text_files`, one each; any further stand in the block's own file.
struct BlockFile {
  model::v1::Block block;
  int file = 0;
  std::vector<int> text_files;
};

// Replaces pathway.uses by what they stand for and maps what was added to the
// files of the blocks. What the pathway itself declares goes before what a
// block brings; two blocks must bring the same. Adds problems, located.
void ExpandUses(const std::vector<BlockFile>& blocks,
                model::v1::Pathway& pathway, SourceMap& source_map,
                base::Problems& problems);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_EXPAND_H_
