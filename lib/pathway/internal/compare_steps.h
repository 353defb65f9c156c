// lib/pathway/internal/compare_steps.h: lists of things with ids, and steps.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_COMPARE_STEPS_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_COMPARE_STEPS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "lib/pathway/internal/differences.h"

namespace careroute::pathway::internal {

// One of a list in words; empty = as it is written.
using InWords = std::function<std::string(const google::protobuf::Message&,
                                          const Edition&)>;

// What a list holds, and what its changes mean for open cases.
struct Kinds {
  std::string path;   // "entries", "steps/intake/guards"
  std::string text;   // key of a title without the id: "entry"; empty = none
  std::string title;  // of what the list belongs to; stands before that one
  model::v1::DifferencePart part = model::v1::DIFFERENCE_PART_DECLARATION;
  model::v1::DifferenceEffect added = model::v1::DIFFERENCE_EFFECT_HARMLESS;
  model::v1::DifferenceEffect removed = model::v1::DIFFERENCE_EFFECT_HARMLESS;
  model::v1::DifferenceEffect changed = model::v1::DIFFERENCE_EFFECT_HARMLESS;
  InWords in_words;
};

// Elements by id: a role may stand several times, by date.
using Elements =
    std::map<std::string, std::vector<const google::protobuf::Message*>>;

template <typename List>
Elements ElementsOf(const List& list) {
  Elements elements;
  for (const auto& one : list) elements[one.id()].push_back(&one);
  return elements;
}

// Tells what was added, removed and changed, in the order of ids.
void CompareElements(const Elements& before, const Elements& after,
                     const Kinds& kinds, Differences& differences);

template <typename List>
void CompareById(const List& before, const List& after, const Kinds& kinds,
                 Differences& differences) {
  CompareElements(ElementsOf(before), ElementsOf(after), kinds, differences);
}

using Steps = google::protobuf::RepeatedPtrField<model::v1::Step>;

// Removed ones first, then those of the later edition in their order.
void CompareSteps(const Steps& before, const Steps& after,
                  Differences& differences);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_COMPARE_STEPS_H_
