// lib/pathway/internal/compare_steps.h: lists of things with ids, and steps.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_COMPARE_STEPS_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_COMPARE_STEPS_H_

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "lib/pathway/internal/differences.h"

namespace careroute::pathway::internal {

// What a list holds, and what its changes mean for open cases.
struct Kinds {
  std::string path;   // "entries", "steps/intake/guards"
  std::string text;   // prefix of the key of a title: "entry"; empty = `title`
  std::string title;  // of what the list belongs to
  model::v1::DifferencePart part = model::v1::DIFFERENCE_PART_DECLARATION;
  model::v1::DifferenceEffect added = model::v1::DIFFERENCE_EFFECT_HARMLESS;
  model::v1::DifferenceEffect removed = model::v1::DIFFERENCE_EFFECT_HARMLESS;
  model::v1::DifferenceEffect changed = model::v1::DIFFERENCE_EFFECT_HARMLESS;
};

// Elements of one id as one text: a role may stand several times, by date.
template <typename List>
std::map<std::string, std::string> TextsById(const List& list) {
  std::map<std::string, std::string> texts;
  for (const auto& one : list) {
    std::string& text = texts[one.id()];
    absl::StrAppend(&text, text.empty() ? "" : " | ", ShortText(one));
  }
  return texts;
}

// Tells what was added, removed and changed, in the order of ids.
void CompareTextsById(const std::map<std::string, std::string>& before,
                      const std::map<std::string, std::string>& after,
                      const Kinds& kinds, Differences& differences);

template <typename List>
void CompareById(const List& before, const List& after, const Kinds& kinds,
                 Differences& differences) {
  CompareTextsById(TextsById(before), TextsById(after), kinds, differences);
}

using Steps = google::protobuf::RepeatedPtrField<model::v1::Step>;

// Removed ones first, then those of the later edition in their order.
void CompareSteps(const Steps& before, const Steps& after,
                  Differences& differences);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_COMPARE_STEPS_H_
