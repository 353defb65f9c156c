#include "lib/pathway/load.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/pathway/internal/check_alone.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/expand.h"
#include "lib/pathway/internal/parse_file.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway {
namespace {

using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;
using internal::BlockFile;
using internal::ParsedFile;
using internal::ShapeOptions;
using model::v1::Block;
using model::v1::Overlay;
using model::v1::Pathway;
using model::v1::TextTable;

const char* ReasonOf(const absl::Status& status) {
  return absl::IsNotFound(status) ? "MISSING_FILE" : "UNREADABLE_FILE";
}

void ReportUnreadable(const std::string& name, const absl::Status& status,
                      base::Problems& problems) {
  base::Problem problem;
  problem.file = name;
  problem.reason = ReasonOf(status);
  problem.message = std::string(status.message());
  problem.mend = "name a readable file of the catalogue";
  problems.Add(std::move(problem));
}

// Moves located problems of one part into the whole.
void Append(base::Problems& part, base::Problems& problems) {
  for (base::Problem& problem : part.list()) {
    problems.Add(std::move(problem));
  }
}

// "a/b.textproto" → "a/b.texts.ru.textproto".
std::string TextsName(absl::string_view name, absl::string_view language) {
  absl::string_view extension = ".textproto";
  if (absl::ConsumeSuffix(&name, ".json")) {
    extension = ".json";
  } else {
    absl::ConsumeSuffix(&name, ".textproto");
  }
  return absl::StrCat(name, ".texts.", language, extension);
}

// Reads, parses and checks the shape of one file into `message`. Returns the
// number of the file, or -1 when the message is not to be used.
int ReadMessage(const FileReader& files, const std::string& name,
                const ShapeOptions& shape, Message& message,
                SourceMap& source_map, base::Problems& problems) {
  const absl::StatusOr<std::string> content = files.Read(name);
  if (!content.ok()) {
    ReportUnreadable(name, content.status(), problems);
    return -1;
  }
  ParsedFile parsed = internal::ParseFile(name, *content, message, problems);
  const int file = source_map.AddFile(std::move(parsed.source));
  if (!parsed.ok) {
    return -1;
  }
  base::Problems shape_problems;
  const bool usable = internal::CheckShape(message, shape, shape_problems);
  if (usable) {
    internal::CheckNotBound(message, shape_problems);
  }
  source_map.LocateIn(file, shape_problems);
  Append(shape_problems, problems);
  return usable ? file : -1;
}

bool Exists(const FileReader& files, const std::string& name) {
  return !absl::IsNotFound(files.Read(name).status());
}

// Reads the tables beside `name` into `tables`; one that is missing is left
// out, since its texts are then reported one by one. False when one that exists
// cannot be used.
bool ReadTexts(const FileReader& files, const std::string& name,
               const RepeatedPtrField<std::string>& languages,
               RepeatedPtrField<TextTable>& tables,
               std::vector<int>& table_files, SourceMap& source_map,
               base::Problems& problems) {
  bool good = true;
  for (const std::string& language : languages) {
    const std::string texts_name = TextsName(name, language);
    if (!IsFileName(texts_name) || !Exists(files, texts_name)) {
      continue;
    }
    TextTable table;
    const int file =
        ReadMessage(files, texts_name, {}, table, source_map, problems);
    if (file < 0) {
      good = false;
      continue;
    }
    if (table.language() != language) {
      base::Problems wrong;
      wrong.Error("language", "WRONG_LANGUAGE",
                  "the table is not of the language of its file name",
                  absl::StrCat("write language: \"", language, "\""));
      source_map.LocateIn(file, wrong);
      Append(wrong, problems);
    }
    *tables.Add() = std::move(table);
    table_files.push_back(file);
  }
  return good;
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
    block.file = ReadMessage(files_, name, {.allow_placeholders = true},
                             block.block, loaded_.source_map, problems_);
    if (block.file < 0) {
      return std::nullopt;
    }
    RepeatedPtrField<TextTable> tables;
    if (!ReadTexts(files_, name, loaded_.pathway.languages(), tables,
                   block.text_files, loaded_.source_map, problems_)) {
      return std::nullopt;
    }
    base::Problems own;
    internal::CheckBlock(block.block, own);
    loaded_.source_map.LocateIn(block.file, own);
    Append(own, problems_);
    // Tables in files of their own first, then those inside the block's file.
    tables.MergeFrom(block.block.texts());
    *block.block.mutable_texts() = std::move(tables);
    return block;
  }

  void ReadOwnTexts(const std::string& name) {
    RepeatedPtrField<TextTable> tables;
    std::vector<int> table_files;
    good_ = ReadTexts(files_, name, loaded_.pathway.languages(), tables,
                      table_files, loaded_.source_map, problems_) &&
            good_;
    for (int i = 0; i < tables.size(); ++i) {
      loaded_.source_map.Map(
          internal::FieldPath("", "texts", loaded_.pathway.texts_size()),
          table_files[static_cast<size_t>(i)], "");
      *loaded_.pathway.add_texts() = tables.Get(i);
    }
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
  if (ReadMessage(files, name, {}, loaded.pathway, loaded.source_map,
                  problems) < 0) {
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
  if (ReadMessage(files, name, {}, loaded.overlay, loaded.source_map,
                  problems) < 0) {
    return std::nullopt;
  }
  base::Problems own;
  internal::CheckOverlay(loaded.overlay, own);
  loaded.source_map.LocateIn(0, own);
  Append(own, problems);
  RepeatedPtrField<TextTable> tables;
  std::vector<int> table_files;
  if (!ReadTexts(files, name, languages, tables, table_files, loaded.source_map,
                 problems)) {
    return std::nullopt;
  }
  for (int i = 0; i < tables.size(); ++i) {
    loaded.source_map.Map(
        internal::FieldPath("", "texts", loaded.overlay.texts_size()),
        table_files[static_cast<size_t>(i)], "");
    *loaded.overlay.add_texts() = tables.Get(i);
  }
  return loaded;
}

std::optional<LoadedBlock> LoadBlock(const FileReader& files,
                                     const std::string& name,
                                     base::Problems& problems) {
  LoadedBlock loaded;
  if (ReadMessage(files, name, {.allow_placeholders = true}, loaded.block,
                  loaded.source_map, problems) < 0) {
    return std::nullopt;
  }
  base::Problems own;
  internal::CheckBlock(loaded.block, own);
  loaded.source_map.LocateIn(0, own);
  Append(own, problems);
  return loaded;
}

}  // namespace careroute::pathway
