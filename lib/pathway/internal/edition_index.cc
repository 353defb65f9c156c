#include "lib/pathway/internal/edition_index.h"

#include <algorithm>

#include "lib/pathway/internal/walk_condition.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Condition;
using model::v1::DateRule;
using model::v1::Limit;
using model::v1::OutcomeTest;
using model::v1::Pathway;
using model::v1::StartRule;
using model::v1::Step;

template <typename Messages, typename T>
void IndexById(const Messages& messages, ById<const T*>& map) {
  for (const T& message : messages) {
    map.try_emplace(message.id(), &message);
  }
}

bool IsSameRule(const Rule& a, const Rule& b) {
  return a.kind == b.kind && a.step == b.step && a.condition == b.condition &&
         a.start_rule == b.start_rule && a.runs_until == b.runs_until &&
         a.limit == b.limit && a.recurrence == b.recurrence &&
         a.interrupt == b.interrupt && a.stop_reason == b.stop_reason &&
         a.track == b.track;
}

// One rule may mention a fact many times; it is asked once. All mentions are
// filed one after another, so looking at the last entry is enough.
void Append(std::vector<Rule>& list, const Rule& rule) {
  if (list.empty() || !IsSameRule(list.back(), rule)) {
    list.push_back(rule);
  }
}

bool NamesOutcome(const OutcomeTest& test, absl::string_view outcome) {
  return test.is_size() == 0 || std::find(test.is().begin(), test.is().end(),
                                          outcome) != test.is().end();
}

bool MentionsTime(const Condition& part) {
  return part.has_age() ||
         (part.has_fact() && part.fact().has_not_older_than()) ||
         (part.has_outcome() && part.outcome().has_not_older_than());
}

}  // namespace

EditionIndex::EditionIndex(const Pathway& pathway) {
  IndexById(pathway.facts(), facts);
  for (const model::v1::Role& role : pathway.roles()) {
    roles[role.id()].push_back(&role);
  }
  IndexById(pathway.stop_reasons(), stop_reasons);
  IndexById(pathway.tracks(), tracks);
  IndexById(pathway.entries(), entries);
  IndexById(pathway.endings(), endings);
  IndexById(pathway.interrupts(), interrupts);
  IndexById(pathway.lists(), lists);
  IndexById(pathway.criteria(), criteria);
  for (const model::v1::Binding& binding : pathway.bindings()) {
    bindings.try_emplace(binding.parameter(), &binding);
  }
  IndexSteps(pathway);
  IndexRules(pathway);
  IndexTexts(pathway);
}

void EditionIndex::IndexSteps(const Pathway& pathway) {
  by_outcome.resize(static_cast<size_t>(pathway.steps_size()));
  for (int i = 0; i < pathway.steps_size(); ++i) {
    step_index.try_emplace(pathway.steps(i).id(), i);
    by_outcome[static_cast<size_t>(i)].resize(
        static_cast<size_t>(pathway.steps(i).outcomes_size()));
  }
  for (int i = 0; i < pathway.steps_size(); ++i) {
    const Step& step = pathway.steps(i);
    for (int k = 0; k < step.outcomes_size(); ++k) {
      auto& launches =
          by_outcome[static_cast<size_t>(i)][static_cast<size_t>(k)];
      for (const model::v1::Next& next : step.outcomes(k).starts()) {
        const auto target = step_index.find(next.step());
        if (target != step_index.end()) {
          launches.push_back({.step = target->second, .next = &next});
        }
      }
      for (const std::string& fact : step.outcomes(k).needs_facts()) {
        auto& bringers = steps_that_bring[fact];
        if (bringers.empty() || bringers.back() != i) {
          bringers.push_back(i);
        }
      }
    }
  }
  for (int i = 0; i < pathway.steps_size(); ++i) {
    IndexStarts(i, pathway.steps(i));
    for (const StartRule& rule : pathway.steps(i).starts_on()) {
      if (rule.has_outcome()) {
        IndexOutcomeStart({.step = i, .rule = &rule}, rule.outcome(), pathway);
      }
    }
  }
}

void EditionIndex::IndexStarts(int step, const Step& definition) {
  for (const StartRule& rule : definition.starts_on()) {
    const Launch launch = {.step = step, .rule = &rule};
    switch (rule.on_case()) {
      case StartRule::kEntry:
        by_entry[rule.entry()].push_back(launch);
        break;
      case StartRule::kAtEntry:
        at_entry.push_back(launch);
        break;
      case StartRule::kDate:
        if (rule.date().past_fires_at_entry()) {
          at_entry.push_back(launch);
        }
        break;
      case StartRule::kReportFlag:
        by_report_flag[rule.report_flag()].push_back(launch);
        break;
      case StartRule::kWithStep:
        with_step[rule.with_step()].push_back(launch);
        break;
      case StartRule::kOutcome:
      case StartRule::kRecorded:
      case StartRule::ON_NOT_SET:
        break;
    }
  }
}

void EditionIndex::IndexOutcomeStart(const Launch& launch,
                                     const OutcomeTest& test,
                                     const Pathway& pathway) {
  const auto from = step_index.find(test.step());
  if (from == step_index.end()) {
    return;
  }
  const Step& step = pathway.steps(from->second);
  auto& launches = by_outcome[static_cast<size_t>(from->second)];
  for (int k = 0; k < step.outcomes_size(); ++k) {
    if (NamesOutcome(test, step.outcomes(k).id())) {
      launches[static_cast<size_t>(k)].push_back(launch);
    }
  }
}

void EditionIndex::IndexRules(const Pathway& pathway) {
  for (int i = 0; i < pathway.steps_size(); ++i) {
    IndexStepRules(i, pathway.steps(i));
  }
  for (const model::v1::Interrupt& interrupt : pathway.interrupts()) {
    File({.kind = RuleKind::kInterrupt,
          .condition = &interrupt.when(),
          .interrupt = &interrupt});
    for (const std::string& step : interrupt.suspends()) {
      interrupts_of[step].push_back(&interrupt);
    }
  }
  for (const model::v1::StopReason& stop : pathway.stop_reasons()) {
    if (stop.has_begins_when()) {
      File({.kind = RuleKind::kStopBegins,
            .condition = &stop.begins_when(),
            .stop_reason = &stop});
    }
    if (stop.has_ends_when()) {
      File({.kind = RuleKind::kStopEnds,
            .condition = &stop.ends_when(),
            .stop_reason = &stop});
    }
  }
  for (const model::v1::Track& track : pathway.tracks()) {
    if (track.has_set_when()) {
      File({.kind = RuleKind::kTrackSet,
            .condition = &track.set_when(),
            .track = &track});
    }
    if (track.has_cleared_when()) {
      File({.kind = RuleKind::kTrackCleared,
            .condition = &track.cleared_when(),
            .track = &track});
    }
  }
}

void EditionIndex::IndexStepRules(int step, const Step& definition) {
  const auto file_date = [this](const Rule& rule, const DateRule& date) {
    if (date.reference_case() == DateRule::kFactDate) {
      FileUnderFact(rule, date.fact_date());
    }
    Append(on_date, rule);
  };
  for (const StartRule& start : definition.starts_on()) {
    Rule rule = {.kind = RuleKind::kStart, .step = step, .start_rule = &start};
    if (start.has_if_()) {
      rule.condition = &start.if_();
      File(rule);
    }
    if (start.has_recorded()) {
      FileUnderFact(rule, start.recorded().fact());
    }
    if (start.has_date()) {
      file_date(rule, start.date());
    }
  }
  for (const model::v1::RunsUntil& until : definition.runs_until()) {
    Rule rule = {.kind = RuleKind::kEnd, .step = step, .runs_until = &until};
    if (until.has_condition()) {
      rule.condition = &until.condition();
      File(rule);
    }
    if (until.has_date()) {
      file_date(rule, until.date());
    }
  }
  if (definition.recurrence().has_while_()) {
    File({.kind = RuleKind::kRecur,
          .step = step,
          .condition = &definition.recurrence().while_(),
          .recurrence = &definition.recurrence()});
  }
  IndexLimits(step, definition);
}

void EditionIndex::IndexLimits(int step, const Step& definition) {
  for (const Limit& limit : definition.limits()) {
    const Rule rule = {.kind = RuleKind::kLimit, .step = step, .limit = &limit};
    if (limit.due_case() == Limit::kBeforeFact) {
      FileUnderFact(rule, limit.before_fact());
    }
    if (limit.has_by_fact()) {
      FileUnderFact(rule, limit.by_fact().fact());
    }
    if (limit.from().start_case() == model::v1::LimitStart::kFactDate) {
      FileUnderFact(rule, limit.from().fact_date());
    }
    if (limit.from().start_case() == model::v1::LimitStart::kFactRecorded) {
      FileUnderFact(rule, limit.from().fact_recorded());
    }
    for (const model::v1::TrackLimit& track : limit.tracks()) {
      Append(on_track[track.track()], rule);
    }
  }
}

void EditionIndex::File(const Rule& rule) {
  WalkCondition(*rule.condition,
                [&](const Condition& part, int) { FileTest(rule, part); });
}

void EditionIndex::FileTest(const Rule& rule, const Condition& part) {
  switch (part.kind_case()) {
    case Condition::kFact:
      FileUnderFact(rule, part.fact().fact());
      break;
    case Condition::kOutcome:
      Append(on_step[part.outcome().step()], rule);
      break;
    case Condition::kStep:
      Append(on_step[part.step().live()], rule);
      break;
    case Condition::kTrack:
      Append(on_track[part.track().track()], rule);
      break;
    case Condition::kConsent:
      Append(on_consent, rule);
      break;
    case Condition::kCriterion:
      Append(on_criterion, rule);
      break;
    default:
      break;
  }
  if (MentionsTime(part)) {
    Append(on_date, rule);
  }
}

void EditionIndex::FileUnderFact(const Rule& rule, absl::string_view fact) {
  Append(on_fact[fact], rule);
}

void EditionIndex::IndexTexts(const Pathway& pathway) {
  const auto of_language = [this](const std::string& language) {
    for (LanguageTexts& known : texts) {
      if (known.language == language) {
        return &known;
      }
    }
    texts.push_back({.language = language, .by_key = {}});
    return &texts.back();
  };
  for (const std::string& language : pathway.languages()) {
    of_language(language);
  }
  for (const model::v1::TextTable& table : pathway.texts()) {
    LanguageTexts* known = of_language(table.language());
    for (const model::v1::TextEntry& entry : table.entries()) {
      known->by_key.try_emplace(entry.key(), &entry);
    }
  }
}

}  // namespace careroute::pathway::internal
