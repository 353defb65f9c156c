// lib/pathway/load.h: the files of a pathway into one message with positions.
//
// Parses a pathway, the blocks it imports and the texts beside them, and
// expands every use of a block. What comes out is still unbound and unchecked:
// CheckPathway says whether it is right, Bind makes it an edition.
//
//   base::Problems problems;
//   std::optional<LoadedPathway> loaded =
//       LoadPathway(files, "early-help/early-help.textproto", problems);
//   if (loaded.has_value()) {
//     CheckPathway(loaded->pathway, {}, problems);
//     loaded->source_map.Locate(problems);
//   }
//
// Texts stand in "NAME.texts.LANGUAGE.textproto" beside "NAME.textproto", one
// for each of Pathway.languages. Every file must be UTF-8, at most
// kFileBytesMax, and within the rules of its fields; what is far beyond them is
// refused before anything is built from it.

#ifndef CAREROUTE_LIB_PATHWAY_LOAD_H_
#define CAREROUTE_LIB_PATHWAY_LOAD_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/source_map.h"

namespace careroute::pathway {

// Movable, not copyable.
struct LoadedPathway {
  model::v1::Pathway pathway;  // without uses and imports
  SourceMap source_map;
};

// Problems carry file, line and column. nullopt when a file is missing or
// cannot be read as its message: nothing further could be said of the pathway.
[[nodiscard]] std::optional<LoadedPathway> LoadPathway(
    const FileReader& files, const std::string& name, base::Problems& problems);

// The same for a pathway that did not come from a file: `name` is what problems
// call it, and its texts are those it holds. `files` are its imports.
[[nodiscard]] std::optional<LoadedPathway> LoadPathway(
    const FileReader& files, const std::string& name,
    const model::v1::Pathway& pathway, base::Problems& problems);

// Movable, not copyable.
struct LoadedOverlay {
  model::v1::Overlay overlay;
  SourceMap source_map;
};

// An overlay with its texts: those of `languages` that exist beside it.
[[nodiscard]] std::optional<LoadedOverlay> LoadOverlay(
    const FileReader& files, const std::string& name,
    const google::protobuf::RepeatedPtrField<std::string>& languages,
    base::Problems& problems);

// A block by itself, parsed but not used: what can be said of it alone.
struct LoadedBlock {
  model::v1::Block block;
  SourceMap source_map;
};
[[nodiscard]] std::optional<LoadedBlock> LoadBlock(const FileReader& files,
                                                   const std::string& name,
                                                   base::Problems& problems);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_LOAD_H_
