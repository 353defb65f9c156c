// lib/pathway/internal/edition_index.h: the look-up tables of an Edition.
//
// Keys and pointers borrow from the pathway, which must outlive the index and
// must not change.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_EDITION_INDEX_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_EDITION_INDEX_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::pathway::internal {

template <typename T>
using ById = absl::flat_hash_map<absl::string_view, T>;

// What is found under a key; empty when nothing is.
template <typename T>
absl::Span<const T> FindSpan(const ById<std::vector<T>>& map,
                             absl::string_view id) {
  const auto found = map.find(id);
  return found == map.end() ? absl::Span<const T>() : found->second;
}

// The texts of one language by key.
struct LanguageTexts {
  std::string language;
  ById<const model::v1::TextEntry*> by_key;
};

// Immutable once built, hence thread-safe.
class EditionIndex {
 public:
  explicit EditionIndex(const model::v1::Pathway& pathway);

  ById<int> step_index;
  // By step and by the place of the outcome in it.
  std::vector<std::vector<std::vector<Launch>>> by_outcome;
  ById<std::vector<Launch>> by_entry;
  std::vector<Launch> at_entry;
  ById<std::vector<Launch>> by_report_flag;
  ById<std::vector<Launch>> with_step;

  ById<std::vector<Rule>> on_fact;
  ById<std::vector<Rule>> on_step;
  ById<std::vector<Rule>> on_track;
  std::vector<Rule> on_consent;
  std::vector<Rule> on_criterion;
  std::vector<Rule> on_date;

  ById<std::vector<const model::v1::Interrupt*>> interrupts_of;
  ById<std::vector<int>> steps_that_bring;

  ById<const model::v1::FactDeclaration*> facts;
  ById<std::vector<const model::v1::Role*>> roles;
  ById<const model::v1::StopReason*> stop_reasons;
  ById<const model::v1::Track*> tracks;
  ById<const model::v1::Entry*> entries;
  ById<const model::v1::Ending*> endings;
  ById<const model::v1::Interrupt*> interrupts;
  ById<const model::v1::NamedList*> lists;
  ById<const model::v1::Criterion*> criteria;
  ById<const model::v1::Binding*> bindings;

  // In the order of Pathway.languages, then of first use.
  std::vector<LanguageTexts> texts;

 private:
  void IndexSteps(const model::v1::Pathway& pathway);
  void IndexStarts(int step, const model::v1::Step& definition);
  void IndexOutcomeStart(const Launch& launch,
                         const model::v1::OutcomeTest& test,
                         const model::v1::Pathway& pathway);
  void IndexRules(const model::v1::Pathway& pathway);
  void IndexStepRules(int step, const model::v1::Step& definition);
  void IndexLimits(int step, const model::v1::Step& definition);
  void IndexTexts(const model::v1::Pathway& pathway);
  // Puts the rule under everything its condition mentions.
  void File(const Rule& rule);
  void FileTest(const Rule& rule, const model::v1::Condition& part);
  void FileUnderFact(const Rule& rule, absl::string_view fact);
};

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_EDITION_INDEX_H_
