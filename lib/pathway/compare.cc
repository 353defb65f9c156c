#include "lib/pathway/compare.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/compare_steps.h"
#include "lib/pathway/internal/differences.h"
#include "lib/pathway/reading.h"
#include "lib/pathway/source_text.h"
#include "lib/pathway/term_text.h"

namespace careroute::pathway {
namespace {

using internal::CompareById;
using internal::Differences;
using model::v1::EditionDifference;
using model::v1::Pathway;

void Describe(const Pathway& pathway, model::v1::EditionRef& into) {
  into.set_pathway(pathway.id());
  into.set_edition(pathway.edition());
  into.set_overlay(pathway.overlay());
}

// What a whole list of declarations is, and what its changes mean.
struct Declared {
  model::v1::DifferencePart part;
  model::v1::DifferenceEffect removed;
  model::v1::DifferenceEffect changed;
};

constexpr auto kHarmless = model::v1::DIFFERENCE_EFFECT_HARMLESS;
constexpr auto kWork = model::v1::DIFFERENCE_EFFECT_CHANGES_WORK;
constexpr auto kClock = model::v1::DIFFERENCE_EFFECT_CHANGES_LIMIT;

class Comparison {
 public:
  Comparison(const CompareOptions& options, const Edition& old_edition,
             const Edition& new_edition, const std::string& language,
             EditionDifference& into)
      : old_(*options.old_pathway),
        new_(*options.new_pathway),
        differences_(old_edition, new_edition, language, into),
        into_(into) {}

  void Compare() {
    internal::CompareSteps(old_.steps(), new_.steps(), differences_);
    CompareWhatCasesMeet();
    CompareWhatStepsSpeakOf();
    CompareParameters();
    CompareActs();
    internal::CompareTexts(differences_, into_);
  }

 private:
  template <typename List>
  void CompareList(const List& before, const List& after,
                   const std::string& field, const std::string& text,
                   const Declared& declared) {
    CompareById(before, after,
                {.path = field,
                 .text = text,
                 .part = declared.part,
                 .removed = declared.removed,
                 .changed = declared.changed},
                differences_);
  }

  // Entries and grounds are behind a case that is open already.
  void CompareWhatCasesMeet() {
    CompareList(old_.entries(), new_.entries(), "entries", "entry",
                {model::v1::DIFFERENCE_PART_ENTRY, kHarmless, kHarmless});
    CompareList(old_.criteria(), new_.criteria(), "criteria", "criterion",
                {model::v1::DIFFERENCE_PART_CRITERION, kHarmless, kHarmless});
    CompareList(old_.endings(), new_.endings(), "endings", "ending",
                {model::v1::DIFFERENCE_PART_ENDING, kWork, kWork});
  }

  void CompareWhatStepsSpeakOf() {
    constexpr auto kPart = model::v1::DIFFERENCE_PART_DECLARATION;
    CompareList(old_.stages(), new_.stages(), "stages", "stage",
                {kPart, kHarmless, kHarmless});
    CompareList(old_.facts(), new_.facts(), "facts", "fact",
                {kPart, kWork, kWork});
    CompareList(old_.roles(), new_.roles(), "roles", "role",
                {kPart, kWork, kWork});
    CompareList(old_.stop_reasons(), new_.stop_reasons(), "stop_reasons",
                "stop", {model::v1::DIFFERENCE_PART_STOP, kClock, kClock});
    CompareList(old_.tracks(), new_.tracks(), "tracks", "track",
                {kPart, kClock, kClock});
    CompareList(old_.interrupts(), new_.interrupts(), "interrupts", "interrupt",
                {kPart, kWork, kWork});
    CompareList(old_.lists(), new_.lists(), "lists", "list",
                {kPart, kWork, kWork});
    CompareList(old_.cap_tables(), new_.cap_tables(), "cap_tables", "cap_table",
                {kPart, kWork, kWork});
    CompareRest();
  }

  // Fields of the pathway itself that decide how cases go on.
  void CompareRest() {
    const auto rest = [](const Pathway& pathway) {
      Pathway kept;
      *kept.mutable_default_escalations() = pathway.default_escalations();
      *kept.mutable_contact_every() = pathway.contact_every();
      *kept.mutable_entry_below() = pathway.entry_below();
      *kept.mutable_purposes() = pathway.purposes();
      return kept;
    };
    const Pathway before = rest(old_);
    const Pathway after = rest(new_);
    if (google::protobuf::util::MessageDifferencer::Equals(before, after)) {
      return;
    }
    internal::Sides sides = internal::WhatDiffers(before, after);
    differences_.Add(
        {.path = "pathway", .title = differences_.Title("pathway")},
        {.part = model::v1::DIFFERENCE_PART_DECLARATION,
         .effect = kWork,
         .old_value = std::move(sides.before),
         .new_value = std::move(sides.after)});
  }

  // A number itself is told at the limit it stands in.
  void CompareParameters() {
    const Declared harmless = {model::v1::DIFFERENCE_PART_PARAMETER, kHarmless,
                               kHarmless};
    CompareList(old_.parameters(), new_.parameters(), "parameters", "parameter",
                harmless);
    std::map<std::string, const model::v1::Binding*> before;
    for (const model::v1::Binding& one : old_.bindings()) {
      before[one.parameter()] = &one;
    }
    for (const model::v1::Binding& one : new_.bindings()) {
      const auto found = before.find(one.parameter());
      if (found == before.end()) continue;
      const internal::Place place = {
          .path = absl::StrCat("bindings/", one.parameter()),
          .title =
              differences_.Title(absl::StrCat("parameter/", one.parameter()))};
      const model::v1::Binding& other = *found->second;
      std::string was = ValueText(other.value());
      std::string is = ValueText(one.value());
      if (was != is) {
        differences_.Add(place, {.part = model::v1::DIFFERENCE_PART_PARAMETER,
                                 .effect = kHarmless,
                                 .old_value = std::move(was),
                                 .new_value = std::move(is)});
      }
      internal::CompareSources(other.source(), one.source(), place,
                               differences_);
    }
  }

  [[nodiscard]] std::string ValueText(
      const model::v1::ParameterValue& value) const {
    return value.has_term() ? TermText(value.term(), differences_.language)
                            : internal::ShortText(value);
  }

  // The acts a pathway is made from, by their words.
  void CompareActs() {
    const auto acts = [this](const Pathway& pathway) {
      std::map<std::string, std::string> named;
      for (const model::v1::Source& source : pathway.sources()) {
        named[source.act()] = SourceText(source, differences_.language);
      }
      return named;
    };
    const std::map<std::string, std::string> before = acts(old_);
    const std::map<std::string, std::string> after = acts(new_);
    const auto tell = [this](const std::string& act,
                             internal::Finding finding) {
      finding.part = model::v1::DIFFERENCE_PART_SOURCE;
      differences_.Add({.path = "sources", .title = act}, finding);
    };
    for (const auto& [act, text] : before) {
      const auto found = after.find(act);
      if (found == after.end()) {
        tell(act,
             {.kind = model::v1::DIFFERENCE_KIND_REMOVED, .old_value = text});
      } else if (found->second != text) {
        tell(act, {.old_value = text, .new_value = found->second});
      }
    }
    for (const auto& [act, text] : after) {
      if (before.count(act) > 0) continue;
      tell(act, {.kind = model::v1::DIFFERENCE_KIND_ADDED, .new_value = text});
    }
  }

  const Pathway& old_;
  const Pathway& new_;
  Differences differences_;
  EditionDifference& into_;
};

void PutHeaviestFirst(EditionDifference& difference) {
  auto& all = *difference.mutable_differences();
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.effect() > b.effect();
  });
  if (!all.empty()) difference.set_heaviest(all.begin()->effect());
}

// For titles. A pathway too large to be an edition has none, and is compared
// all the same.
std::shared_ptr<const Edition> Read(const Pathway& pathway) {
  std::shared_ptr<const Edition> edition = EditionForReading(pathway);
  return edition == nullptr ? EditionForReading({}) : edition;
}

}  // namespace

EditionDifference Compare(const CompareOptions& options) {
  EditionDifference difference;
  Describe(*options.old_pathway, *difference.mutable_old_edition());
  Describe(*options.new_pathway, *difference.mutable_new_edition());
  std::string language = options.language;
  if (language.empty() && options.new_pathway->languages_size() > 0) {
    language = options.new_pathway->languages(0);
  }
  const std::shared_ptr<const Edition> before = Read(*options.old_pathway);
  const std::shared_ptr<const Edition> after = Read(*options.new_pathway);
  Comparison(options, *before, *after, language, difference).Compare();
  PutHeaviestFirst(difference);
  return difference;
}

}  // namespace careroute::pathway
