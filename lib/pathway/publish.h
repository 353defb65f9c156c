// lib/pathway/publish.h: from the files of a catalogue to an edition, and
// everything that is wrong on the way.
//
//   const DirectoryFileReader files("catalogue");
//   base::Problems problems;
//   std::shared_ptr<const Edition> edition =
//       Publish(files, {.pathway = "early-help/early-help.textproto",
//                       .overlay = overlay}, problems);
//   if (edition == nullptr) Print(problems);
//
// The command line's `check` is CheckFile for each file it is given.

#ifndef CAREROUTE_LIB_PATHWAY_PUBLISH_H_
#define CAREROUTE_LIB_PATHWAY_PUBLISH_H_

#include <memory>
#include <string>

#include "lib/base/problems.h"
#include "lib/pathway/check.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/load.h"

namespace careroute::pathway {

struct PublishOptions {
  std::string pathway;  // name of the file of the pathway
  std::string overlay;  // name of the file of the overlay; empty = none
  CheckOptions check;
};

// Loads, checks, binds, checks what was bound, and indexes. Null when there was
// an error; warnings do not hinder. All problems are located in their files.
// Pure but for the reader.
[[nodiscard]] std::shared_ptr<const Edition> Publish(
    const FileReader& files, const PublishOptions& options,
    base::Problems& problems);

// The same for messages that are loaded already, such as those of a request.
// `overlay` may be null.
[[nodiscard]] std::shared_ptr<const Edition> PublishLoaded(
    const LoadedPathway& pathway, const LoadedOverlay* overlay,
    const CheckOptions& options, base::Problems& problems);

// What a file of a catalogue holds, said in its header as
// "# proto-message: careroute.model.v1.Overlay"; a file that says nothing is a
// pathway, one that names another message is unknown.
enum class FileKind { kPathway, kBlock, kOverlay, kTexts, kUnknown };
[[nodiscard]] FileKind KindOf(absl::string_view content);

// Where the pathway ID of an overlay stands: "ID/ID.textproto".
[[nodiscard]] std::string FileOfPathway(absl::string_view id);

// Everything wrong with one file. A pathway is loaded with its blocks and texts
// and checked; an overlay is bound to the pathway it names and the result
// checked; a block or a table of texts by itself is checked for what is wrong
// wherever it is used.
void CheckFile(const FileReader& files, const std::string& name,
               const CheckOptions& options, base::Problems& problems);

// A file named by its path on disk, as a folder of a catalogue and a name in
// it.
struct CatalogueFile {
  std::string folder;
  std::string name;
};

// Finds the folder of the catalogue a file belongs to: the nearest one, at most
// kCatalogueLevelsMax up, in which most of what it imports can be read (for an
// overlay, its pathway), so that one wrong import is one problem; the file's
// own folder when nothing can be read anywhere. Reads the disk, so for the
// command line only.
inline constexpr int kCatalogueLevelsMax = 4;
[[nodiscard]] CatalogueFile FindInCatalogue(const std::string& path);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_PUBLISH_H_
