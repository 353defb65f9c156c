#include "lib/catalogue/source_map.h"

#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace careroute::catalogue {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

// "steps[3]" → {"steps", 3}; "performer" → {"performer", -1}.
struct PathPart {
  absl::string_view field;
  int index = -1;
};

PathPart SplitPart(absl::string_view text) {
  const size_t bracket = text.find('[');
  PathPart part = {.field = text.substr(0, bracket)};
  if (bracket != absl::string_view::npos) {
    absl::string_view number = text.substr(bracket + 1);
    absl::ConsumeSuffix(&number, "]");
    if (!absl::SimpleAtoi(number, &part.index)) {
      part.index = -1;
    }
  }
  return part;
}

// The location of a field; a list written in brackets has one for all.
TextFormat::ParseLocation LocationOf(const TextFormat::ParseInfoTree& tree,
                                     const FieldDescriptor* field, int index) {
  if (!field->is_repeated()) {
    return tree.GetLocation(field, -1);
  }
  const TextFormat::ParseLocation exact =
      tree.GetLocation(field, index < 0 ? 0 : index);
  return exact.line >= 0 ? exact : tree.GetLocation(field, 0);
}

TextFormat::ParseLocation FindLocation(const TextFormat::ParseInfoTree* tree,
                                       const Descriptor* message,
                                       absl::string_view path) {
  TextFormat::ParseLocation best(0, 0);
  for (const absl::string_view text : absl::StrSplit(path, '.')) {
    if (tree == nullptr || message == nullptr) {
      break;
    }
    const PathPart part = SplitPart(text);
    const FieldDescriptor* field =
        message->FindFieldByName(std::string(part.field));
    if (field == nullptr) {
      break;
    }
    const TextFormat::ParseLocation here = LocationOf(*tree, field, part.index);
    if (here.line < 0) {
      break;
    }
    best = here;
    if (field->message_type() == nullptr) {
      break;
    }
    message = field->message_type();
    tree = tree->GetTreeForNested(
        field, field->is_repeated() ? (part.index < 0 ? 0 : part.index) : -1);
  }
  return best;
}

absl::string_view FirstPart(absl::string_view path) {
  return path.substr(0, path.find('.'));
}

}  // namespace

int SourceMap::AddFile(SourceFile file) {
  files_.push_back(std::move(file));
  return static_cast<int>(files_.size()) - 1;
}

void SourceMap::Map(const std::string& prefix, int file, std::string written) {
  written_[prefix] = {file, std::move(written)};
}

SourceMap::Written SourceMap::Find(absl::string_view path) const {
  const absl::string_view first = FirstPart(path);
  const auto found = written_.find(first);
  if (found == written_.end()) {
    return {.file = 0, .path = std::string(path)};
  }
  absl::string_view rest = path.substr(first.size());
  const std::string& prefix = found->second.path;
  if (prefix.empty()) {
    absl::ConsumePrefix(&rest, ".");
  }
  return {.file = found->second.file, .path = absl::StrCat(prefix, rest)};
}

void SourceMap::Position(int file, absl::string_view path,
                         base::Problem& problem) const {
  if (file < 0 || static_cast<size_t>(file) >= files_.size()) {
    return;
  }
  const SourceFile& source = files_[static_cast<size_t>(file)];
  problem.file = source.name;
  problem.path = std::string(path);
  if (source.tree != nullptr) {
    const TextFormat::ParseLocation at =
        FindLocation(source.tree.get(), source.message, path);
    problem.line = at.line + 1;
    problem.column = at.column + 1;
  }
}

void SourceMap::Locate(base::Problems& problems) const {
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  absl::flat_hash_set<Key> seen;
  std::vector<base::Problem> located;
  for (base::Problem& problem : problems.list()) {
    if (problem.file.empty()) {
      const Written written = Find(problem.path);
      Position(written.file, written.path, problem);
    }
    if (seen.emplace(problem.file, problem.path, problem.reason,
                     problem.message)
            .second) {
      located.push_back(std::move(problem));
    }
  }
  problems.list() = std::move(located);
}

void SourceMap::LocateIn(int file, base::Problems& problems) const {
  for (base::Problem& problem : problems.list()) {
    if (problem.file.empty()) {
      Position(file, std::string(problem.path), problem);
    }
  }
}

}  // namespace careroute::catalogue
