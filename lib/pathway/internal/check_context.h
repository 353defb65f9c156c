// lib/pathway/internal/check_context.h: what every rule of the checker looks
// up.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_CONTEXT_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_CONTEXT_H_

#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"
#include "lib/pathway/internal/references.h"

namespace careroute::pathway::internal {

// Borrows the pathway, which must outlive it. The first declaration of an id
// wins; duplicates are a rule of their own.
class CheckContext {
 public:
  CheckContext(const model::v1::Pathway& pathway, base::Problems& problems);

  const model::v1::Pathway& pathway;
  base::Problems& problems;

  // Place in its list; -1 when nothing of the kind has the id.
  [[nodiscard]] int Find(Named named, absl::string_view id) const;
  [[nodiscard]] bool Has(Named named, absl::string_view id) const {
    return Find(named, id) >= 0;
  }
  [[nodiscard]] const model::v1::Step* FindStep(absl::string_view id) const;
  [[nodiscard]] const model::v1::FactDeclaration* FindFact(
      absl::string_view id) const;
  [[nodiscard]] const model::v1::Parameter* FindParameter(
      absl::string_view id) const;

 private:
  template <typename List>
  void Index(Named named, const List& list);

  std::map<Named, absl::flat_hash_map<absl::string_view, int>> places_;
};

// Place of the outcome in its step; -1 when the step has none of that id.
[[nodiscard]] int FindOutcome(const model::v1::Step& step,
                              absl::string_view outcome);

// What an occurrence of the step belongs to.
[[nodiscard]] model::v1::SubjectKind SubjectOf(const model::v1::Step& step);

// The number in a path that begins with "steps[N]"; -1 for any other path.
[[nodiscard]] int StepInPath(absl::string_view path);

// Whether the term says anything: a number and unit, a parameter, or no_limit.
[[nodiscard]] bool IsStated(const model::v1::Term& term);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_CONTEXT_H_
