#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Pathway;
using model::v1::Step;

constexpr size_t kStepIdMax = 128;
constexpr size_t kPurposeMax = 64;

// Each id of a list must be there and be there once.
template <typename List>
void CheckList(base::Problems& problems, absl::string_view field,
               const List& list) {
  absl::flat_hash_map<absl::string_view, int> seen;
  for (int i = 0; i < list.size(); ++i) {
    const auto at = problems.Enter(field, i);
    const std::string& id = list.Get(i).id();
    if (id.empty()) {
      problems.Error("id", "EMPTY", "has no id", "give it an id");
      continue;
    }
    const auto [first, added] = seen.try_emplace(id, i);
    if (!added) {
      problems.Error(
          "id", "DUPLICATE_ID",
          absl::StrCat(id, " is also ", field, "[", first->second, "]"),
          "give each its own id");
    }
  }
}

void CheckStepIds(base::Problems& problems, const Pathway& pathway) {
  for (int i = 0; i < pathway.steps_size(); ++i) {
    const Step& step = pathway.steps(i);
    const auto at = problems.Enter("steps", i);
    if (!step.id().empty() && !IsId(step.id(), kStepIdMax)) {
      problems.Error("id", "NOT_AN_ID", "is not an id",
                     "use a-z, 0-9, \"_\", \"-\" and \".\", a letter first");
    }
    CheckList(problems, "outcomes", step.outcomes());
    CheckList(problems, "guards", step.guards());
    CheckList(problems, "disclosure", step.disclosure());
    CheckList(problems, "limits", step.limits());
    CheckList(problems, "invariants", step.invariants());
    const auto visits = problems.Enter("visits");
    CheckList(problems, "reasons", step.visits().reasons());
  }
}

void RequireText(base::Problems& problems, absl::string_view field,
                 const std::string& value) {
  if (value.empty()) {
    problems.Error(field, "EMPTY", "is empty", "fill it in");
  }
}

void CheckLanguages(base::Problems& problems, const Pathway& pathway) {
  if (pathway.languages_size() == 0) {
    problems.Error("languages", "EMPTY", "declares no language",
                   "name at least one; the first is the fallback");
  }
  for (int i = 0; i < pathway.languages_size(); ++i) {
    if (!IsLanguage(pathway.languages(i))) {
      problems.Error(FieldPath("", "languages", i), "NOT_A_LANGUAGE",
                     "is not a language tag", "write a tag such as \"ru\"");
    }
  }
}

void CheckPurposes(base::Problems& problems, const Pathway& pathway) {
  for (int i = 0; i < pathway.purposes_size(); ++i) {
    const std::string& purpose = pathway.purposes(i);
    const std::string path = FieldPath("", "purposes", i);
    if (!IsId(purpose, kPurposeMax)) {
      problems.Error(path, "NOT_AN_ID", "is not an id",
                     "use a-z, 0-9, \"_\", \"-\" and \".\", a letter first");
    }
    if (purpose == "care" || purpose == "coordination" || purpose == "audit") {
      problems.Error(path, "RESERVED_ID",
                     absl::StrCat(purpose, " is a purpose every pathway has"),
                     "remove it");
    }
  }
}

// Roles may stand several times with different dates; see CheckDeclarations.
void CheckRoleIds(base::Problems& problems, const Pathway& pathway) {
  for (int i = 0; i < pathway.roles_size(); ++i) {
    const auto at = problems.Enter("roles", i);
    RequireText(problems, "id", pathway.roles(i).id());
    if (IsBuiltInRole(pathway.roles(i).id())) {
      problems.Error(
          "id", "RESERVED_ID",
          absl::StrCat(pathway.roles(i).id(), " is a role every pathway has"),
          "choose another id");
    }
  }
}

}  // namespace

void CheckIds(CheckContext& context) {
  const Pathway& pathway = context.pathway;
  base::Problems& problems = context.problems;
  RequireText(problems, "id", pathway.id());
  RequireText(problems, "edition", pathway.edition());
  if (!pathway.edition().empty() && !IsEdition(pathway.edition())) {
    problems.Error("edition", "NOT_AN_ID", "is not an edition",
                   "use a-z, 0-9, \"_\", \"-\" and \".\", as in 2025.1");
  }
  RequireText(problems, "jurisdiction", pathway.jurisdiction());
  CheckLanguages(problems, pathway);
  CheckPurposes(problems, pathway);
  RequireText(problems, "valid_from", pathway.valid_from());
  if (pathway.uses_size() > 0 || pathway.imports_size() > 0) {
    problems.Error("uses", "NOT_EXPANDED", "still uses blocks",
                   "load it together with its imports");
  }
  CheckList(problems, "stages", pathway.stages());
  CheckList(problems, "facts", pathway.facts());
  CheckRoleIds(problems, pathway);
  CheckList(problems, "stop_reasons", pathway.stop_reasons());
  CheckList(problems, "parameters", pathway.parameters());
  CheckList(problems, "tracks", pathway.tracks());
  CheckList(problems, "entries", pathway.entries());
  CheckList(problems, "criteria", pathway.criteria());
  CheckList(problems, "endings", pathway.endings());
  CheckList(problems, "steps", pathway.steps());
  CheckList(problems, "interrupts", pathway.interrupts());
  CheckList(problems, "lists", pathway.lists());
  CheckList(problems, "cap_tables", pathway.cap_tables());
  CheckStepIds(problems, pathway);
}

}  // namespace careroute::pathway::internal
