#include "lib/pathway/internal/compare_steps.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/condition_text.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::DifferenceEffect;
using model::v1::DifferencePart;
using model::v1::Limit;
using model::v1::Step;

constexpr auto kHarmless = model::v1::DIFFERENCE_EFFECT_HARMLESS;
constexpr auto kWork = model::v1::DIFFERENCE_EFFECT_CHANGES_WORK;

template <typename List>
const typename List::value_type* FindById(const List& list,
                                          const std::string& id) {
  for (const auto& one : list) {
    if (one.id() == id) return &one;
  }
  return nullptr;
}

// Who performs it, and how it is handed to them.
Step PerformersOf(const Step& step) {
  Step part;
  if (step.has_performer()) *part.mutable_performer() = step.performer();
  *part.mutable_co_performers() = step.co_performers();
  if (step.has_referral()) *part.mutable_referral() = step.referral();
  return part;
}

// What starts it, and how often.
Step StartsOf(const Step& step) {
  Step part;
  *part.mutable_starts_on() = step.starts_on();
  part.set_occurrence_per(step.occurrence_per());
  if (step.has_recurrence()) *part.mutable_recurrence() = step.recurrence();
  part.set_may_be_started_by_hand(step.may_be_started_by_hand());
  *part.mutable_never_waits_for() = step.never_waits_for();
  return part;
}

// Whatever no other part says.
Step RulesOf(Step step) {
  step.clear_performer();
  step.clear_co_performers();
  step.clear_referral();
  step.clear_starts_on();
  step.clear_occurrence_per();
  step.clear_recurrence();
  step.clear_may_be_started_by_hand();
  step.clear_never_waits_for();
  step.clear_guards();
  step.clear_disclosure();
  step.clear_limits();
  step.clear_outcomes();
  step.clear_references();
  step.clear_source();
  step.clear_stage();
  return step;
}

class StepComparison {
 public:
  StepComparison(const Step& old_step, const Step& new_step,
                 Differences& differences)
      : old_(old_step),
        new_(new_step),
        place_{
            .path = absl::StrCat("steps/", new_step.id()),
            .title = differences.Title(absl::StrCat("step/", new_step.id()))},
        differences_(differences) {}

  void Compare() {
    ComparePart("performer", model::v1::DIFFERENCE_PART_PERFORMER,
                PerformersOf(old_), PerformersOf(new_));
    ComparePart("starts", model::v1::DIFFERENCE_PART_START, StartsOf(old_),
                StartsOf(new_));
    CompareLists();
    CompareLimitsOfSteps();
    ComparePart("rules", model::v1::DIFFERENCE_PART_RULE, RulesOf(old_),
                RulesOf(new_));
    if (old_.stage() != new_.stage()) {
      differences_.Add(
          {.path = absl::StrCat(place_.path, "/stage"), .title = place_.title},
          {.part = model::v1::DIFFERENCE_PART_STEP,
           .effect = kHarmless,
           .old_value = old_.stage(),
           .new_value = new_.stage()});
    }
    CompareSources(old_.source(), new_.source(), place_, differences_);
  }

 private:
  void ComparePart(absl::string_view name, DifferencePart part,
                   const Step& before, const Step& after) {
    if (google::protobuf::util::MessageDifferencer::Equals(before, after)) {
      return;
    }
    Sides sides = WhatDiffers(before, after);
    differences_.Add(
        {.path = absl::StrCat(place_.path, "/", name), .title = place_.title},
        {.part = part,
         .effect = kWork,
         .old_value = std::move(sides.before),
         .new_value = std::move(sides.after)});
  }

  [[nodiscard]] Kinds KindsOf(absl::string_view field, DifferencePart part,
                              DifferenceEffect added) const {
    // Disclosures have no titles.
    const absl::string_view text =
        part == model::v1::DIFFERENCE_PART_GUARD     ? "guard"
        : part == model::v1::DIFFERENCE_PART_OUTCOME ? "outcome"
                                                     : "";
    return {.path = absl::StrCat(place_.path, "/", field),
            .text = text.empty() ? "" : absl::StrCat(text, "/", new_.id()),
            .title = place_.title,
            .part = part,
            .added = added,
            .removed = kWork,
            .changed = kWork};
  }

  // One guard more holds back; one outcome or way more only lets.
  void CompareLists() {
    Kinds guards = KindsOf("guards", model::v1::DIFFERENCE_PART_GUARD, kWork);
    guards.in_words = [this](const google::protobuf::Message& guard,
                             const Edition& edition) {
      return ConditionText(
          static_cast<const model::v1::Guard&>(guard).must_hold(), edition,
          differences_.language);
    };
    CompareById(old_.guards(), new_.guards(), guards, differences_);
    CompareById(
        old_.outcomes(), new_.outcomes(),
        KindsOf("outcomes", model::v1::DIFFERENCE_PART_OUTCOME, kHarmless),
        differences_);
    CompareById(
        old_.disclosure(), new_.disclosure(),
        KindsOf("disclosure", model::v1::DIFFERENCE_PART_DISCLOSURE, kWork),
        differences_);
  }

  [[nodiscard]] Place LimitPlace(const Limit& limit) const {
    return {.path = absl::StrCat(place_.path, "/limits/", limit.id()),
            .title = place_.title};
  }

  void CompareLimitsOfSteps() {
    for (const Limit& limit : old_.limits()) {
      if (FindById(new_.limits(), limit.id()) != nullptr) continue;
      differences_.Add(LimitPlace(limit),
                       {.kind = model::v1::DIFFERENCE_KIND_REMOVED,
                        .part = model::v1::DIFFERENCE_PART_LIMIT,
                        .effect = model::v1::DIFFERENCE_EFFECT_LENGTHENS_LIMIT,
                        .old_value = LimitText(limit, differences_.old_edition,
                                               differences_.language)});
    }
    for (const Limit& limit : new_.limits()) {
      const Limit* before = FindById(old_.limits(), limit.id());
      if (before != nullptr) {
        CompareLimits(*before, limit, LimitPlace(limit), differences_);
        continue;
      }
      differences_.Add(LimitPlace(limit),
                       {.kind = model::v1::DIFFERENCE_KIND_ADDED,
                        .part = model::v1::DIFFERENCE_PART_LIMIT,
                        .effect = model::v1::DIFFERENCE_EFFECT_SHORTENS_LIMIT,
                        .new_value = LimitText(limit, differences_.new_edition,
                                               differences_.language)});
    }
  }

  const Step& old_;
  const Step& new_;
  const Place place_;
  Differences& differences_;
};

void TellWholeStep(const Step& step, model::v1::DifferenceKind kind,
                   Differences& differences) {
  const std::string title = differences.Title(absl::StrCat("step/", step.id()));
  const bool removed = kind == model::v1::DIFFERENCE_KIND_REMOVED;
  differences.Add(
      {.path = absl::StrCat("steps/", step.id()), .title = title},
      {.kind = kind,
       .part = model::v1::DIFFERENCE_PART_STEP,
       .effect =
           removed ? model::v1::DIFFERENCE_EFFECT_STEP_DISAPPEARS : kHarmless,
       .old_value = removed ? step.id() : "",
       .new_value = removed ? "" : step.id()});
}

using Ones = std::vector<const google::protobuf::Message*>;

// As they are written.
std::string TextOf(const Ones& ones) {
  std::vector<std::string> texts;
  for (const google::protobuf::Message* one : ones) {
    texts.push_back(ShortText(*one));
  }
  return absl::StrJoin(texts, " | ");
}

// In words where the list has them.
std::string TextOf(const Ones& ones, const Kinds& kinds,
                   const Edition& edition) {
  return kinds.in_words && ones.size() == 1
             ? kinds.in_words(*ones.front(), edition)
             : TextOf(ones);
}

Sides SidesOf(const Ones& before, const Ones& after, const Kinds& kinds,
              const Differences& differences) {
  Sides sides = {.before = TextOf(before, kinds, differences.old_edition),
                 .after = TextOf(after, kinds, differences.new_edition)};
  // Words leave out what is not asked often.
  const bool told = kinds.in_words && sides.before != sides.after;
  return told || before.size() != 1 || after.size() != 1
             ? sides
             : WhatDiffers(*before.front(), *after.front());
}

}  // namespace

void CompareElements(const Elements& before, const Elements& after,
                     const Kinds& kinds, Differences& differences) {
  const auto place = [&](const std::string& id) {
    std::string title =
        kinds.text.empty()
            ? ""
            : differences.Title(absl::StrCat(kinds.text, "/", id));
    if (!kinds.title.empty()) {
      title = absl::StrCat(kinds.title, title.empty() ? "" : ": ", title);
    }
    return Place{.path = absl::StrCat(kinds.path, "/", id),
                 .title = std::move(title)};
  };
  for (const auto& [id, ones] : before) {
    const auto found = after.find(id);
    if (found == after.end()) {
      differences.Add(place(id), {.kind = model::v1::DIFFERENCE_KIND_REMOVED,
                                  .part = kinds.part,
                                  .effect = kinds.removed,
                                  .old_value = TextOf(
                                      ones, kinds, differences.old_edition)});
    } else if (TextOf(ones) != TextOf(found->second)) {
      Sides sides = SidesOf(ones, found->second, kinds, differences);
      differences.Add(place(id), {.kind = model::v1::DIFFERENCE_KIND_CHANGED,
                                  .part = kinds.part,
                                  .effect = kinds.changed,
                                  .old_value = std::move(sides.before),
                                  .new_value = std::move(sides.after)});
    }
  }
  for (const auto& [id, ones] : after) {
    if (before.count(id) > 0) continue;
    differences.Add(
        place(id), {.kind = model::v1::DIFFERENCE_KIND_ADDED,
                    .part = kinds.part,
                    .effect = kinds.added,
                    .new_value = TextOf(ones, kinds, differences.new_edition)});
  }
}

void CompareSteps(const Steps& before, const Steps& after,
                  Differences& differences) {
  for (const Step& step : before) {
    if (FindById(after, step.id()) == nullptr) {
      TellWholeStep(step, model::v1::DIFFERENCE_KIND_REMOVED, differences);
    }
  }
  for (const Step& step : after) {
    const Step* former = FindById(before, step.id());
    if (former == nullptr) {
      TellWholeStep(step, model::v1::DIFFERENCE_KIND_ADDED, differences);
    } else {
      StepComparison(*former, step, differences).Compare();
    }
  }
}

}  // namespace careroute::pathway::internal
