// lib/registry/merge_check.h: may two records be taken for one person?
//
// People decide on a merge, on what they have seen; this holds them to what no
// paper of one agency can outweigh. Everything that speaks against it is said
// at once, with what would mend it. Wrongly joining two children is far worse
// than knowing one child twice: whatever may be twins is twins until a document
// is named that proves otherwise, also where their given names are the same;
// one parent in common is enough to look like twins.
//
//   const std::optional<model::v1::Refusal> refusal = CheckMerge(
//       {.keep = keep, .merged = merged, .command = command,
//        .open_on_both = rivals});

#ifndef CAREROUTE_LIB_REGISTRY_MERGE_CHECK_H_
#define CAREROUTE_LIB_REGISTRY_MERGE_CHECK_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/registry/identity.h"
#include "lib/registry/person.h"

namespace careroute::registry {

// One of the two records. A person named within is named by the record that
// stands for them, so that a mother who was merged is one mother.
struct MergeSide {
  const PersonRecord& record;
  std::string name;  // "persons/{person}"
  NormalIdentity identity;
  // Who represents today.
  std::vector<std::string> acting;
  // Mother and father, as far as the record links them: past ones too.
  std::vector<std::string> parents;
};

// A pathway both have an open case on. A case is named when the caller takes
// part in it; empty = it does not.
struct OpenOnBoth {
  std::string pathway;
  std::string of_keep;
  std::string of_merged;
};

// Borrowed for the call.
struct MergeQuestion {
  const MergeSide& keep;
  const MergeSide& merged;
  const command::v1::TakeOverPerson& command;
  std::span<const OpenOnBoth> open_on_both;
};

// WRONG_STATE with a problem for each thing that speaks against it; nothing
// when they may be merged. Paths are those of the command, and "keep". Holds
// ids of persons and cases, and nothing of the identities.
[[nodiscard]] std::optional<model::v1::Refusal> CheckMerge(
    const MergeQuestion& question);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_MERGE_CHECK_H_
