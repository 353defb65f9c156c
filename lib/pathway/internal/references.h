// lib/pathway/internal/references.h: which field names what.
//
// One table for the two places that must know it: a block's names follow its
// use, and the checker looks every id up.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_REFERENCES_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_REFERENCES_H_

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace careroute::pathway::internal {

// What kind of thing an id names.
enum class Named {
  kNothing,
  kStep,
  kFact,
  kRole,
  kTrack,
  kStopReason,
  kEntry,
  kEnding,
  kCriterion,
  kStage,
  kList,
  kCapTable,
  kParameter,
  kPurpose,
};

// What the string field names; kNothing when it is no reference. Outcomes are
// not here: an outcome is named together with its step.
[[nodiscard]] Named NamedBy(const google::protobuf::FieldDescriptor& field);

// "step", "fact", ... as messages say it.
[[nodiscard]] absl::string_view WordFor(Named named);

// Roles that need no declaration: who they are follows from the case itself.
[[nodiscard]] bool IsBuiltInRole(absl::string_view role);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_REFERENCES_H_
