// lib/pathway/reason.h: why a condition is answered as it is.
//
// A refusal, a route and a verdict must be able to say why. A Reason is data:
// message keys and ids, never finished sentences, so that each reader gets it
// in their own language (explain_text.h) and a program can act on it. It never
// holds a value recorded of a person, only what was asked for.
//
//   const Reason why = pathway::Explain({...});
//   for (const Reason* part : Unmet(why)) ...

#ifndef CAREROUTE_LIB_PATHWAY_REASON_H_
#define CAREROUTE_LIB_PATHWAY_REASON_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/source.pb.h"
#include "lib/pathway/tri.h"

namespace careroute::pathway {

// One named value of a message: {"fact", "urgency"}.
struct ReasonParameter {
  std::string name;
  std::string value;

  friend bool operator==(const ReasonParameter&,
                         const ReasonParameter&) = default;
};

// Who can bring what is missing: a role of the pathway, or one of
// "coordinator", "family", "identifying_organisation"; through `step`, when one
// step brings it.
struct Supplier {
  std::string role;
  std::string step;

  friend bool operator==(const Supplier&, const Supplier&) = default;
};

// One node of the tree. `key` is a message key of explain_text.h, such as
// "fact.is" or "all"; it is stable.
struct Reason {
  Tri answer = Tri::kUnknown;
  std::string key;
  std::vector<ReasonParameter> parameters;
  // Who could turn the answer to yes; empty when it is yes already, or when
  // nobody can (an age).
  std::vector<Supplier> suppliers;
  // Where the rule comes from, at a guard; absent elsewhere.
  std::optional<model::v1::Source> source;
  // The class a reader must be allowed to see to be shown this node.
  model::v1::DataClass data_class = model::v1::DATA_CLASS_ROUTE;
  std::vector<Reason> children;
};

// A tree is cut at this many nodes, with a last node "more": what is longer no
// caseworker reads.
inline constexpr size_t kReasonNodesMax = 200;

// The leaves that keep the answer from being yes, in the order written.
// Borrowed from `reason`.
[[nodiscard]] std::vector<const Reason*> Unmet(const Reason& reason);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_REASON_H_
