#include "lib/pathway/internal/expand.h"

#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/references.h"
#include "lib/pathway/internal/substitute.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using model::v1::Block;
using model::v1::BlockUse;
using model::v1::Pathway;
using model::v1::Step;
using model::v1::TextEntry;
using model::v1::TextTable;

// More steps than a pathway may have are refused by the shape check; expansion
// stops here so that a hostile file cannot multiply first.
constexpr int kExpandedStepsMax = 1'000;

using Names = std::map<std::string, std::string, std::less<>>;

// The step with the block's id becomes the use; any other becomes "USE.STEP".
Names StepNames(const Block& block, const BlockUse& use) {
  Names names;
  for (const Step& step : block.steps()) {
    names[step.id()] = step.id() == block.id()
                           ? use.id()
                           : absl::StrCat(use.id(), ".", step.id());
  }
  return names;
}

std::string Renamed(const Names& names, const std::string& name) {
  const auto found = names.find(name);
  return found == names.end() ? name : found->second;
}

void RenameSteps(const Names& names, Block& block) {
  for (Step& step : *block.mutable_steps()) {
    step.set_id(Renamed(names, step.id()));
  }
  WalkMutableMessages(block, [&](Message& part) {
    ReplaceStrings(part, [&](const StringAt& at) {
      return NamedBy(*at.field) == Named::kStep ? Renamed(names, at.value)
                                                : at.value;
    });
    return true;
  });
}

// "outcome/contact/reached" → "outcome/USE/reached".
std::string RenamedKey(const Names& names, const std::string& key) {
  std::vector<std::string> parts = absl::StrSplit(key, '/');
  static constexpr absl::string_view kOfSteps[] = {"step", "outcome", "guard",
                                                   "way", "missed"};
  for (const absl::string_view kind : kOfSteps) {
    if (parts.size() >= 2 && parts[0] == kind) {
      parts[1] = Renamed(names, parts[1]);
    }
  }
  return absl::StrJoin(parts, "/");
}

class Expander {
 public:
  Expander(const std::vector<BlockFile>& blocks, Pathway& pathway,
           SourceMap& source_map, base::Problems& problems)
      : pathway_(pathway), source_map_(source_map), problems_(problems) {
    for (const BlockFile& block : blocks) {
      blocks_.try_emplace(block.block.id(), &block);
    }
  }

  void Expand() {
    const std::vector<BlockUse> uses(pathway_.uses().begin(),
                                     pathway_.uses().end());
    for (size_t i = 0; i < uses.size(); ++i) {
      const auto at = problems_.Enter("uses", static_cast<int>(i));
      ExpandUse(uses[i]);
    }
    pathway_.clear_uses();
    pathway_.clear_imports();
  }

 private:
  void ExpandUse(const BlockUse& use) {
    const auto found = blocks_.find(use.block());
    if (found == blocks_.end()) {
      problems_.Error("block", "UNKNOWN_BLOCK",
                      absl::StrCat("no imported file has block ", use.block()),
                      "import the file of the block");
      return;
    }
    const BlockFile& source = *found->second;
    Arguments arguments;
    if (!ReadArguments(source.block, use, arguments) ||
        pathway_.steps_size() + source.block.steps_size() > kExpandedStepsMax) {
      return;
    }
    const Names names = StepNames(source.block, use);
    Block block = source.block;
    RenameSteps(names, block);
    Substitution(arguments, problems_).Apply(block);
    AddSteps(block, use, source.file);
    AddDeclarations(block, source.file);
    AddTexts(source, names);
  }

  bool ReadArguments(const Block& block, const BlockUse& use,
                     Arguments& arguments) {
    bool good = true;
    for (int i = 0; i < use.arguments_size(); ++i) {
      const auto& argument = use.arguments(i);
      const auto at = problems_.Enter("arguments", i);
      if (!IsParameterOf(block, argument.name())) {
        problems_.Error("name", "UNKNOWN_ARGUMENT",
                        absl::StrCat("block ", block.id(), " has no parameter ",
                                     argument.name()),
                        "remove it, or correct the name");
        good = false;
        continue;
      }
      const bool added =
          arguments
              .try_emplace(argument.name(), argument.values().begin(),
                           argument.values().end())
              .second;
      if (!added) {
        problems_.Error("name", "DUPLICATE_ARGUMENT",
                        absl::StrCat(argument.name(), " is given twice"),
                        "give it once, with all its values");
        good = false;
      }
    }
    for (const std::string& name : block.params()) {
      if (arguments.find(name) == arguments.end()) {
        problems_.Error("arguments", "MISSING_ARGUMENT",
                        absl::StrCat("block ", block.id(), " needs ", name),
                        "give its value");
        good = false;
      }
    }
    return good;
  }

  static bool IsParameterOf(const Block& block, const std::string& name) {
    for (const std::string& known : block.params()) {
      if (known == name) {
        return true;
      }
    }
    return false;
  }

  void Map(absl::string_view field, int expanded, int file, int written) {
    source_map_.Map(FieldPath("", field, expanded), file,
                    FieldPath("", field, written));
  }

  void AddSteps(const Block& block, const BlockUse& use, int file) {
    for (int i = 0; i < block.steps_size(); ++i) {
      Map("steps", pathway_.steps_size(), file, i);
      Step* step = pathway_.add_steps();
      *step = block.steps(i);
      if (step->stage().empty()) {
        step->set_stage(use.stage());
      }
    }
  }

  void AddDeclarations(const Block& block, int file) {
    AddAll("facts", block.facts(), *pathway_.mutable_facts(), file);
    AddAll("parameters", block.parameters(), *pathway_.mutable_parameters(),
           file);
    AddAll("stop_reasons", block.stop_reasons(),
           *pathway_.mutable_stop_reasons(), file);
    AddAll("interrupts", block.interrupts(), *pathway_.mutable_interrupts(),
           file);
    AddAll("endings", block.endings(), *pathway_.mutable_endings(), file);
    AddAll("roles", block.roles(), *pathway_.mutable_roles(), file);
  }

  // What the pathway declares under the same id wins; what another block
  // brought must be the same. Roles of one id and other dates are one role.
  template <typename List>
  void AddAll(absl::string_view field, const List& brought, List& known,
              int file) {
    for (int i = 0; i < brought.size(); ++i) {
      const auto& item = brought.Get(i);
      const std::string key = absl::StrCat(field, "/", item.id());
      const auto from = from_block_.find(key);
      const bool own = from == from_block_.end() && Contains(known, item.id());
      if (own || HasEqual(known, item)) {
        continue;
      }
      if (from != from_block_.end() && from->second != file) {
        problems_.Error("block", "BLOCKS_DISAGREE",
                        absl::StrCat("another block brings ", item.id(), " in ",
                                     field, " differently"),
                        "make them the same, or declare it in the pathway");
        continue;
      }
      from_block_[key] = file;
      Map(field, known.size(), file, i);
      *known.Add() = item;
    }
  }

  template <typename List>
  static bool Contains(const List& known, const std::string& id) {
    for (const auto& item : known) {
      if (item.id() == id) {
        return true;
      }
    }
    return false;
  }

  template <typename List>
  static bool HasEqual(const List& known,
                       const typename List::value_type& item) {
    for (const auto& candidate : known) {
      if (candidate.id() == item.id() &&
          MessageDifferencer::Equals(candidate, item)) {
        return true;
      }
    }
    return false;
  }

  void AddTexts(const BlockFile& source, const Names& names) {
    const int in_files = static_cast<int>(source.text_files.size());
    for (int i = 0; i < source.block.texts_size(); ++i) {
      const std::string added = FieldPath("", "texts", pathway_.texts_size());
      if (i < in_files) {
        source_map_.Map(added, source.text_files[static_cast<size_t>(i)], "");
      } else {
        source_map_.Map(added, source.file,
                        FieldPath("", "texts", i - in_files));
      }
      TextTable* table = pathway_.add_texts();
      *table = source.block.texts(i);
      for (TextEntry& entry : *table->mutable_entries()) {
        entry.set_key(RenamedKey(names, entry.key()));
      }
    }
  }

  Pathway& pathway_;
  SourceMap& source_map_;
  base::Problems& problems_;
  absl::flat_hash_map<std::string, const BlockFile*> blocks_;
  // "facts/ID" → the block file that brought it.
  absl::flat_hash_map<std::string, int> from_block_;
};

}  // namespace

void ExpandUses(const std::vector<BlockFile>& blocks, Pathway& pathway,
                SourceMap& source_map, base::Problems& problems) {
  Expander(blocks, pathway, source_map, problems).Expand();
}

}  // namespace careroute::pathway::internal
