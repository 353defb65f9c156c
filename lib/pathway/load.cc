#include "lib/pathway/load.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/catalogue/read_files.h"
#include "lib/pathway/internal/check_alone.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/expand.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway {
namespace {

using catalogue::Append;
using catalogue::Reading;
using catalogue::ReasonOf;
using catalogue::TextFiles;
using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;
using internal::BlockFile;
using internal::ShapeOptions;
using model::v1::Pathway;

bool IsPlaceholder(absl::string_view text) {
  return !internal::ReferencedParameter(text).empty();
}

// A block as written, where "$name" may stand for an id.
constexpr ShapeOptions kBlockShape = {.is_placeholder = IsPlaceholder};

// As catalogue::ReadMessage, for a message of a pathway. Returns the number of
// the file, or -1 when the message is not to be used.
int ReadPart(const Reading& reading, const std::string& name,
             const ShapeOptions& shape, Message& message) {
  const int file = catalogue::ReadMessage(reading, name, shape, message);
  if (file >= 0) {
    base::Problems bound;
    internal::CheckNotBound(message, bound);
    reading.source_map.LocateIn(file, bound);
    Append(bound, reading.problems);
  }
  return file;
}

class Loader {
 public:
  Loader(const FileReader& files, base::Problems& problems)
      : files_(files), problems_(problems) {}

  // Everything after the pathway's own message has been read.
  std::optional<LoadedPathway> Finish(const std::string& name,
                                      bool has_texts_beside) {
    const std::vector<BlockFile> blocks = ReadBlocks();
    if (has_texts_beside) {
      ReadOwnTexts(name);
    }
    if (!good_) {
      return std::nullopt;
    }
    base::Problems expansion;
    internal::ExpandUses(blocks, loaded_.pathway, loaded_.source_map,
                         expansion);
    const bool expanded = !expansion.HasErrors();
    loaded_.source_map.Locate(expansion);
    Append(expansion, problems_);
    if (!expanded) {
      return std::nullopt;
    }
    return std::move(loaded_);
  }

  LoadedPathway& loaded() { return loaded_; }

 private:
  std::vector<BlockFile> ReadBlocks() {
    std::vector<BlockFile> blocks;
    std::set<std::string> ids;
    const RepeatedPtrField<std::string>& imports = loaded_.pathway.imports();
    for (int i = 0; i < imports.size(); ++i) {
      if (!IsThere(i)) {
        good_ = false;
        continue;
      }
      std::optional<BlockFile> block = ReadBlock(imports.Get(i));
      if (!block.has_value()) {
        good_ = false;
        continue;
      }
      if (!ids.insert(block->block.id()).second) {
        base::Problems twice;
        twice.Error(
            internal::FieldPath("", "imports", i), "DUPLICATE_BLOCK",
            absl::StrCat("block ", block->block.id(), " is imported twice"),
            "import it once");
        loaded_.source_map.LocateIn(0, twice);
        Append(twice, problems_);
        continue;
      }
      WarnIfUnused(block->block.id(), i);
      blocks.push_back(*std::move(block));
    }
    return blocks;
  }

  void WarnIfUnused(const std::string& id, int import) {
    for (const model::v1::BlockUse& use : loaded_.pathway.uses()) {
      if (use.block() == id) {
        return;
      }
    }
    base::Problems unused;
    unused.Warning(internal::FieldPath("", "imports", import), "UNUSED",
                   absl::StrCat("block ", id, " is imported but never used"),
                   "use it, or remove the import");
    loaded_.source_map.LocateIn(0, unused);
    Append(unused, problems_);
  }

  // A file that cannot be read is a mistake of the line that names it.
  bool IsThere(int import) {
    const std::string& name = loaded_.pathway.imports(import);
    const absl::Status status = files_.Read(name).status();
    if (status.ok()) {
      return true;
    }
    base::Problems missing;
    missing.Error(internal::FieldPath("", "imports", import), ReasonOf(status),
                  status.message(), "name a readable file of the catalogue");
    loaded_.source_map.LocateIn(0, missing);
    Append(missing, problems_);
    return false;
  }

  std::optional<BlockFile> ReadBlock(const std::string& name) {
    BlockFile block;
    block.file = ReadPart(reading(), name, kBlockShape, block.block);
    if (block.file < 0) {
      return std::nullopt;
    }
    TextFiles texts;
    if (!catalogue::ReadTexts(reading(), name, loaded_.pathway.languages(),
                              texts)) {
      return std::nullopt;
    }
    block.text_files = std::move(texts.files);
    base::Problems own;
    internal::CheckBlock(block.block, own);
    loaded_.source_map.LocateIn(block.file, own);
    Append(own, problems_);
    // Tables in files of their own first, then those inside the block's file.
    texts.tables.MergeFrom(block.block.texts());
    *block.block.mutable_texts() = std::move(texts.tables);
    return block;
  }

  void ReadOwnTexts(const std::string& name) {
    TextFiles texts;
    good_ = catalogue::ReadTexts(reading(), name, loaded_.pathway.languages(),
                                 texts) &&
            good_;
    for (int i = 0; i < texts.tables.size(); ++i) {
      loaded_.source_map.Map(
          internal::FieldPath("", "texts", loaded_.pathway.texts_size()),
          texts.files[static_cast<size_t>(i)], "");
      *loaded_.pathway.add_texts() = texts.tables.Get(i);
    }
  }

  Reading reading() {
    return {.files = files_,
            .source_map = loaded_.source_map,
            .problems = problems_};
  }

  const FileReader& files_;
  base::Problems& problems_;
  LoadedPathway loaded_;
  bool good_ = true;
};

}  // namespace

std::optional<LoadedPathway> LoadPathway(const FileReader& files,
                                         const std::string& name,
                                         base::Problems& problems) {
  Loader loader(files, problems);
  LoadedPathway& loaded = loader.loaded();
  const Reading reading = {
      .files = files, .source_map = loaded.source_map, .problems = problems};
  if (ReadPart(reading, name, {}, loaded.pathway) < 0) {
    return std::nullopt;
  }
  return loader.Finish(name, /*has_texts_beside=*/true);
}

std::optional<LoadedPathway> LoadPathway(const FileReader& files,
                                         const std::string& name,
                                         const Pathway& pathway,
                                         base::Problems& problems) {
  Loader loader(files, problems);
  LoadedPathway& loaded = loader.loaded();
  loaded.source_map.AddFile(
      {.name = name, .message = Pathway::descriptor(), .tree = nullptr});
  base::Problems shape;
  const bool usable = internal::CheckShape(pathway, {}, shape);
  if (usable) {
    internal::CheckNotBound(pathway, shape);
  }
  loaded.source_map.LocateIn(0, shape);
  Append(shape, problems);
  if (!usable) {
    return std::nullopt;
  }
  loaded.pathway = pathway;
  return loader.Finish(name, /*has_texts_beside=*/false);
}

std::optional<LoadedOverlay> LoadOverlay(
    const FileReader& files, const std::string& name,
    const RepeatedPtrField<std::string>& languages, base::Problems& problems) {
  LoadedOverlay loaded;
  const Reading reading = {
      .files = files, .source_map = loaded.source_map, .problems = problems};
  if (ReadPart(reading, name, {}, loaded.overlay) < 0) {
    return std::nullopt;
  }
  base::Problems own;
  internal::CheckOverlay(loaded.overlay, own);
  loaded.source_map.LocateIn(0, own);
  Append(own, problems);
  TextFiles texts;
  if (!catalogue::ReadTexts(reading, name, languages, texts)) {
    return std::nullopt;
  }
  for (int i = 0; i < texts.tables.size(); ++i) {
    loaded.source_map.Map(
        internal::FieldPath("", "texts", loaded.overlay.texts_size()),
        texts.files[static_cast<size_t>(i)], "");
    *loaded.overlay.add_texts() = texts.tables.Get(i);
  }
  return loaded;
}

std::optional<LoadedBlock> LoadBlock(const FileReader& files,
                                     const std::string& name,
                                     base::Problems& problems) {
  LoadedBlock loaded;
  if (ReadPart({.files = files,
                .source_map = loaded.source_map,
                .problems = problems},
               name, kBlockShape, loaded.block) < 0) {
    return std::nullopt;
  }
  base::Problems own;
  internal::CheckBlock(loaded.block, own);
  loaded.source_map.LocateIn(0, own);
  Append(own, problems);
  return loaded;
}

}  // namespace careroute::pathway
