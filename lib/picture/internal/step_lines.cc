#include "lib/picture/internal/step_lines.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/pathway/condition_text.h"
#include "lib/pathway/source_text.h"
#include "lib/picture/internal/fit_line.h"
#include "lib/picture/internal/letters.h"
#include "lib/picture/internal/performers.h"
#include "lib/picture/internal/signs.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

using model::v1::Outcome;

// A box of a block says no more limits than this.
constexpr int kBlockLimitsMax = 2;

// Inside a block conditions are not told one by one.
constexpr int kUnnumbered = -1;

// One target of an outcome.
struct Target {
  int group = -1;
  bool later = false;
  int condition = 0;  // number; 0 = none
};

class Writer {
 public:
  Writer(int group, const BoxContext& context)
      : group_(group), context_(context) {}

  BoxText WriteStep() {
    const model::v1::Step& step = group().head();
    AddTop(step, absl::StrCat(group_ + 1, ". "));
    for (const Line& line : StartLines(step, context_.tongue)) Add(line);
    AddLimits(step, step.limits_size());
    AddRules(step);
    for (const Outcome& outcome : step.outcomes()) AddOutcome(step, outcome);
    AddOnTheWay();
    AddMissedVisits(step);
    return std::move(text_);
  }

  BoxText WriteBlock() {
    const model::v1::Step& head = group().head();
    AddTop(head, absl::StrCat(group_ + 1, ". "));
    for (const Line& line : StartLines(head, context_.tongue)) Add(line);
    AddLimits(head, kBlockLimitsMax);
    if (group().steps.size() > 1) {
      Add({.text = Say(Word::kInside, absl::StrCat(group().steps.size()))});
    }
    AddLeads();
    return std::move(text_);
  }

  // Numbers are for those who look up another box: a family follows arrows.
  BoxText WriteRoute(const RouteMarks& marks) {
    AddTop(group().head(), "");
    for (const MarkLine& mark : marks) {
      Line line = mark.line;
      const int number = SourceNumber(mark.source);
      if (number > 0) absl::StrAppend(&line.text, "\u00a0{", number, "}");
      Add(line);
    }
    const size_t last = text_.lines.size() - 1;
    for (const model::v1::Step* step : group().steps) {
      for (const Outcome& outcome : step->outcomes()) {
        for (const Target& target : TargetsOf(*step, outcome)) {
          Connect(last, target, OutcomeTitle(*step, outcome));
        }
      }
    }
    text_.conditions.clear();  // no line names them
    return std::move(text_);
  }

 private:
  [[nodiscard]] const Group& group() const {
    return context_.atlas.groups()[static_cast<size_t>(group_)];
  }
  [[nodiscard]] std::string Say(Word word, absl::string_view first = {},
                                absl::string_view second = {}) const {
    return WordText(word, context_.tongue.language, first, second);
  }
  [[nodiscard]] std::string Title(absl::string_view key) const {
    return context_.tongue.Text(key);
  }
  [[nodiscard]] std::string OutcomeTitle(const model::v1::Step& step,
                                         const Outcome& outcome) const {
    return Title(absl::StrCat("outcome/", step.id(), "/", outcome.id()));
  }
  size_t Add(const Line& line) {
    return AppendFitted(line, kInBox, text_.lines);
  }

  int SourceNumber(const model::v1::Source& source) {
    if (source.act().empty()) return 0;
    const int number = context_.sources.NumberOf(
        pathway::SourceText(source, context_.tongue.language));
    text_.sources.insert(number);
    return number;
  }

  void AddTop(const model::v1::Step& step, const std::string& number) {
    Add({.text = absl::StrCat(number, Title(absl::StrCat("step/", step.id()))),
         .face = Face::kBold,
         .title = true});
    Add({.text = WhoPerforms(step, group().block, context_.tongue).text,
         .face = Face::kItalic});
  }

  void AddLimits(const model::v1::Step& step, int limits_max) {
    for (const model::v1::Limit& limit : step.limits()) {
      if (limits_max-- == 0) return;
      Add(LimitLine(limit, context_.tongue,
                    [this](const model::v1::Source& source) {
                      return SourceNumber(source);
                    }));
    }
  }

  void AddRules(const model::v1::Step& step) {
    for (const model::v1::Guard& guard : step.guards()) {
      Add({.text = absl::StrCat(
               kGuardSign, "\u00a0",
               Title(absl::StrCat("guard/", step.id(), "/", guard.id()))),
           .face = Face::kBold});
    }
    if (step.has_attempts() && step.attempts().tries() > 0) {
      Add({.text = Say(Word::kTries, absl::StrCat(step.attempts().tries()))});
    }
    if (step.has_visits()) Add({.text = Say(Word::kVisits)});
  }

  // The number of what must hold; 0 = nothing.
  [[nodiscard]] int ConditionOf(const pathway::Launch& launch) {
    const model::v1::Condition* condition = nullptr;
    if (launch.next != nullptr && launch.next->has_if_()) {
      condition = &launch.next->if_();
    }
    if (launch.rule != nullptr && launch.rule->has_if_()) {
      condition = &launch.rule->if_();
    }
    if (condition == nullptr) return 0;
    if (group().block) return kUnnumbered;
    const Tongue& tongue = context_.tongue;
    const int number = context_.conditions.NumberOf(
        pathway::ConditionText(*condition, tongue.edition, tongue.language));
    text_.conditions.insert(number);
    return number;
  }

  // What the outcome starts, each group once; on a condition only where every
  // way to it is.
  [[nodiscard]] std::vector<Target> TargetsOf(const model::v1::Step& step,
                                              const Outcome& outcome) {
    std::vector<Target> targets;
    const auto add = [&](Target target) {
      if (target.group < 0) return;
      for (const Target& known : targets) {
        if (known.group == target.group) return;
      }
      targets.push_back(target);
    };
    const pathway::Edition& edition = context_.tongue.edition;
    for (const pathway::Launch& launch :
         edition.StartedByOutcome(step.id(), outcome.id())) {
      add({.group = Find(edition.step(launch.step).id()),
           .later = launch.next != nullptr &&
                    launch.next->when_case() != model::v1::Next::WHEN_NOT_SET,
           .condition = ConditionOf(launch)});
    }
    add({.group = Find(outcome.recheck_starts()), .later = true});
    return targets;
  }

  [[nodiscard]] int Find(absl::string_view step) const {
    return step.empty() ? -1 : context_.atlas.Find(step);
  }

  [[nodiscard]] std::string Reference(const Target& target) const {
    const int stage =
        context_.atlas.groups()[static_cast<size_t>(target.group)].stage;
    const bool back = stage >= 0 && group().stage >= 0 && stage < group().stage;
    // On which sheet it stands is known when the sheets are cut.
    std::string words = absl::StrCat(back ? kBackSign : kForwardSign, "\u00a0",
                                     target.group + 1, kSheetMarkText);
    if (target.condition > 0) {
      absl::StrAppend(&words, "\u00a0",
                      Say(Word::kIf, absl::StrCat(target.condition)));
    }
    return words;
  }

  void Connect(size_t line, const Target& target, const std::string& outcome) {
    text_.links.push_back({.line = line,
                           .to = target.group,
                           .dashed = target.later || target.condition != 0,
                           .outcome = outcome});
  }

  void AddOutcome(const model::v1::Step& step, const Outcome& outcome) {
    const std::string title = OutcomeTitle(step, outcome);
    std::vector<std::string> parts = {
        absl::StrCat(Silence(step, outcome), title)};
    const std::vector<Target> targets = TargetsOf(step, outcome);
    for (const Target& target : targets) parts.push_back(Reference(target));
    AddConsequences(outcome, title, parts);
    if (outcome.continues() && !LeadsToALane(targets)) {
      on_the_way_.push_back(absl::StrJoin(parts, " "));
      return;
    }
    const size_t line =
        Add({.text = absl::StrCat(
                 outcome.continues() ? kContinuesSign : kOutcomeSign, "\u00a0",
                 absl::StrJoin(parts, " "))});
    for (const Target& target : targets) Connect(line, target, title);
  }

  // Only what stands in a lane is reached by an arrow.
  [[nodiscard]] bool LeadsToALane(const std::vector<Target>& targets) const {
    return std::any_of(
        targets.begin(), targets.end(), [this](const Target& target) {
          return context_.atlas.groups()[static_cast<size_t>(target.group)]
                     .stage >= 0;
        });
  }

  // "… 3 working days: " for the outcome that silence brings.
  [[nodiscard]] std::string Silence(const model::v1::Step& step,
                                    const Outcome& outcome) const {
    if (step.on_silence().outcome() != outcome.id()) return "";
    return absl::StrCat(kSilenceSign, "\u00a0",
                        TermWords(step.on_silence().after(), context_.tongue),
                        ": ");
  }

  // Notes on the way need no line each.
  void AddOnTheWay() {
    if (on_the_way_.empty()) return;
    Add({.text = absl::StrCat(kContinuesSign, "\u00a0",
                              absl::StrJoin(on_the_way_, "; "))});
  }

  // What an outcome does besides starting steps.
  void AddConsequences(const Outcome& outcome, const std::string& title,
                       std::vector<std::string>& parts) const {
    if (!outcome.ending().empty()) {
      const std::string ending =
          Title(absl::StrCat("ending/", outcome.ending()));
      // Often both have one name, which need not be said twice.
      parts.push_back(ending == title
                          ? std::string(kEndingSign)
                          : absl::StrCat(kEndingSign, "\u00a0", ending));
    }
    if (outcome.has_opens_case()) {
      parts.push_back(Say(Word::kOpensCase, outcome.opens_case().pathway()));
    }
    const int appeal = Find(outcome.right().step());
    if (appeal >= 0) {
      parts.push_back(absl::StrCat("(", Say(Word::kAppeal), " ",
                                   Reference({.group = appeal}), ")"));
    }
    if (outcome.returns_to_caller()) parts.push_back(Say(Word::kBackToAsker));
  }

  void AddMissedVisits(const model::v1::Step& step) {
    std::vector<std::string> parts;
    for (const model::v1::MissedReason& reason : step.visits().reasons()) {
      for (const std::string& started : reason.starts()) {
        const int group = Find(started);
        if (group < 0) continue;
        parts.push_back(absl::StrCat(
            Title(absl::StrCat("missed/", step.id(), "/", reason.id())), " ",
            Reference({.group = group})));
      }
    }
    if (parts.empty()) return;
    Add({.text = absl::StrCat(kContinuesSign, "\u00a0", Say(Word::kMissedVisit),
                              ": ", absl::StrJoin(parts, ", "))});
  }

  // Where a block leads: groups in the order of their numbers, then endings.
  void AddLeads() {
    std::map<int, Target> targets;
    std::vector<std::string> ends;
    for (const model::v1::Step* step : group().steps) {
      for (const Outcome& outcome : step->outcomes()) {
        for (const Target& target : TargetsOf(*step, outcome)) {
          if (target.group != group_) targets.emplace(target.group, target);
        }
        if (outcome.returns_to_caller() && ends.empty()) {
          ends.push_back(Say(Word::kBackToAsker));
        }
        if (outcome.ending().empty()) continue;
        std::string end =
            absl::StrCat(kEndingSign, "\u00a0",
                         Title(absl::StrCat("ending/", outcome.ending())));
        if (std::find(ends.begin(), ends.end(), end) == ends.end()) {
          ends.push_back(std::move(end));
        }
      }
    }
    std::vector<std::string> parts;
    parts.reserve(targets.size() + ends.size());
    for (const auto& [to, target] : targets) parts.push_back(Reference(target));
    parts.insert(parts.end(), ends.begin(), ends.end());
    if (parts.empty()) return;
    const size_t line = Add({.text = absl::StrCat(kOutcomeSign, "\u00a0",
                                                  absl::StrJoin(parts, "; "))});
    for (const auto& [to, target] : targets) Connect(line, target, "");
  }

  const int group_;
  const BoxContext& context_;
  std::vector<std::string> on_the_way_;
  BoxText text_;
};

}  // namespace

int Numbered::NumberOf(const std::string& text) {
  const auto known = std::find(texts_.begin(), texts_.end(), text);
  if (known != texts_.end()) {
    return static_cast<int>(known - texts_.begin()) + 1;
  }
  texts_.push_back(text);
  return static_cast<int>(texts_.size());
}

BoxText StepText(int group, const BoxContext& context) {
  return Writer(group, context).WriteStep();
}

BoxText BlockText(int group, const BoxContext& context) {
  return Writer(group, context).WriteBlock();
}

BoxText RouteText(int group, const BoxContext& context,
                  const RouteMarks& marks) {
  return Writer(group, context).WriteRoute(marks);
}

}  // namespace careroute::picture::internal
