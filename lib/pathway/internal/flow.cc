#include "lib/pathway/internal/flow.h"

#include <algorithm>
#include <deque>

#include "absl/container/flat_hash_map.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::FactTest;
using model::v1::FactValue;
using model::v1::Outcome;
using model::v1::OutcomeTest;
using model::v1::StartRule;
using model::v1::Step;

size_t At(int index) { return static_cast<size_t>(index); }

void AddOnce(std::vector<int>& list, int step) {
  if (step >= 0 && std::find(list.begin(), list.end(), step) == list.end()) {
    list.push_back(step);
  }
}

// Whether a value written in the pathway can pass the test. Only equality is
// decided here; anything else may.
bool MayPass(const FactTest& test, const FactValue& value) {
  std::string text;
  if (value.has_truth()) {
    text = value.truth() ? "true" : "false";
  } else if (value.has_choice()) {
    text = value.choice();
  } else {
    return true;
  }
  const auto names = [&](const model::v1::FactValues& values) {
    return std::find(values.values().begin(), values.values().end(), text) !=
           values.values().end();
  };
  if (test.has_is()) {
    return names(test.is());
  }
  return !test.has_is_not() || !names(test.is_not());
}

bool NamesOutcome(const OutcomeTest& test, const std::string& outcome) {
  return test.is_size() == 0 || std::find(test.is().begin(), test.is().end(),
                                          outcome) != test.is().end();
}

// A step that a fact starts.
struct Waiting {
  int step;
  const FactTest* test;
};

// By fact.
absl::flat_hash_map<std::string, std::vector<Waiting>> WaitingForFacts(
    const model::v1::Pathway& pathway) {
  absl::flat_hash_map<std::string, std::vector<Waiting>> waiting;
  for (int i = 0; i < pathway.steps_size(); ++i) {
    for (const StartRule& rule : pathway.steps(i).starts_on()) {
      if (rule.has_recorded()) {
        waiting[rule.recorded().fact()].push_back({i, &rule.recorded()});
      }
    }
  }
  return waiting;
}

// Steps are taken in order, so whoever calls twice is the last one noted.
void NoteCallers(Flow& flow) {
  for (int i = 0; i < flow.size(); ++i) {
    for (const OutcomeFlow& outcome : flow.outcomes[At(i)]) {
      for (const int started : outcome.starts) {
        std::vector<int>& known = flow.callers[At(started)];
        if (known.empty() || known.back() != i) {
          known.push_back(i);
        }
      }
    }
  }
}

}  // namespace

Flow::Flow(const CheckContext& context) {
  const int count = context.pathway.steps_size();
  outcomes.resize(At(count));
  companions.resize(At(count));
  successors.resize(At(count));
  callers.resize(At(count));
  recurs.resize(At(count));
  by_entry.resize(At(context.pathway.entries_size()));
  for (int i = 0; i < count; ++i) {
    AddOutcomes(context, i);
  }
  for (int i = 0; i < count; ++i) {
    AddStarts(context, i);
  }
  AddFactStarts(context);
  MarkGivenByAnother(context);
  AddInterrupts(context);
  Connect();
}

void Flow::AddOutcomes(const CheckContext& context, int index) {
  const Step& step = context.pathway.steps(index);
  recurs[At(index)] = step.has_recurrence();
  const auto place = [&](const std::string& id) {
    return context.Find(Named::kStep, id);
  };
  for (const Outcome& outcome : step.outcomes()) {
    OutcomeFlow flow;
    for (const model::v1::Next& next : outcome.starts()) {
      AddOnce(flow.starts, place(next.step()));
    }
    AddOnce(flow.starts, place(outcome.recheck_starts()));
    AddOnce(flow.starts, place(outcome.right().step()));
    for (const model::v1::EndsStep& ends : outcome.ends_steps()) {
      if (const Step* ended = context.FindStep(ends.step())) {
        const int which = FindOutcome(*ended, ends.outcome());
        if (which >= 0) {
          flow.ends.emplace_back(place(ends.step()), which);
        }
      }
    }
    flow.ends_case = !outcome.ending().empty();
    flow.continues = outcome.continues();
    flow.returns_to_caller = outcome.returns_to_caller();
    outcomes[At(index)].push_back(std::move(flow));
  }
  OutcomeFlow aside = {.continues = true};
  for (const model::v1::MissedReason& reason : step.visits().reasons()) {
    for (const std::string& started : reason.starts()) {
      AddOnce(aside.starts, place(started));
    }
  }
  for (const std::string& started : step.assessment().dispute_starts()) {
    AddOnce(aside.starts, place(started));
  }
  if (!aside.starts.empty()) {
    outcomes[At(index)].push_back(std::move(aside));
  }
}

void Flow::AddStarts(const CheckContext& context, int index) {
  const Step& step = context.pathway.steps(index);
  if (step.may_be_started_by_hand()) {
    AddOnce(by_event, index);
  }
  for (const StartRule& rule : step.starts_on()) {
    switch (rule.on_case()) {
      case StartRule::kEntry: {
        const int entry = context.Find(Named::kEntry, rule.entry());
        if (entry >= 0) {
          AddOnce(by_entry[At(entry)], index);
        }
        break;
      }
      case StartRule::kOutcome: {
        const int from = context.Find(Named::kStep, rule.outcome().step());
        if (from < 0) {
          break;
        }
        const Step& source = context.pathway.steps(from);
        for (int k = 0; k < source.outcomes_size(); ++k) {
          if (NamesOutcome(rule.outcome(), source.outcomes(k).id())) {
            AddOnce(outcomes[At(from)][At(k)].starts, index);
          }
        }
        break;
      }
      case StartRule::kRecorded:
      case StartRule::kReportFlag:
        AddOnce(by_event, index);
        break;
      case StartRule::kDate:
        AddOnce(by_date, index);
        break;
      case StartRule::kAtEntry:
        AddOnce(at_entry, index);
        break;
      case StartRule::kWithStep: {
        const int with = context.Find(Named::kStep, rule.with_step());
        if (with >= 0) {
          AddOnce(companions[At(with)], index);
        }
        break;
      }
      case StartRule::ON_NOT_SET:
        break;
    }
  }
}

// An outcome that brings or records a fact may start what waits for that fact.
void Flow::AddFactStarts(const CheckContext& context) {
  const auto waiting = WaitingForFacts(context.pathway);
  for (int i = 0; i < size(); ++i) {
    const Step& step = context.pathway.steps(i);
    for (int k = 0; k < step.outcomes_size(); ++k) {
      const auto add = [&](const std::string& fact, const FactValue* value) {
        const auto found = waiting.find(fact);
        if (found == waiting.end()) {
          return;
        }
        for (const Waiting& waits : found->second) {
          if (value == nullptr || MayPass(*waits.test, *value)) {
            AddOnce(outcomes[At(i)][At(k)].starts, waits.step);
          }
        }
      };
      for (const std::string& fact : step.outcomes(k).needs_facts()) {
        add(fact, nullptr);
      }
      for (const model::v1::Fact& fact : step.outcomes(k).records()) {
        add(fact.fact(), &fact.value());
      }
    }
  }
}

void Flow::MarkGivenByAnother(const CheckContext& context) {
  const auto mark = [&](int step, int outcome) {
    if (outcome >= 0 &&
        context.pathway.steps(step).outcomes(outcome).nothing_follows()) {
      outcomes[At(step)][At(outcome)].happens_with_another = true;
    }
  };
  for (int i = 0; i < size(); ++i) {
    for (const OutcomeFlow& outcome : outcomes[At(i)]) {
      for (const auto& [step, ended_with] : outcome.ends) {
        mark(step, ended_with);
      }
    }
    const Step& step = context.pathway.steps(i);
    for (const model::v1::RunsUntil& until : step.runs_until()) {
      if (until.has_condition()) {
        mark(i, FindOutcome(step, until.outcome()));
      }
    }
  }
}

void Flow::AddInterrupts(const CheckContext& context) {
  for (const model::v1::Interrupt& interrupt : context.pathway.interrupts()) {
    AddOnce(by_event, context.Find(Named::kStep, interrupt.starts()));
    AddOnce(by_event, context.Find(Named::kStep, interrupt.before_resume()));
  }
}

void Flow::Connect() {
  NoteCallers(*this);
  for (int i = 0; i < size(); ++i) {
    // A list of the steps already added would be searched too often.
    std::vector<bool> known(At(size()));
    const auto add = [&](const std::vector<int>& steps) {
      for (const int step : steps) {
        if (!known[At(step)]) {
          known[At(step)] = true;
          successors[At(i)].push_back(step);
        }
      }
    };
    for (const OutcomeFlow& outcome : outcomes[At(i)]) {
      add(outcome.starts);
      for (const auto& [step, ended_with] : outcome.ends) {
        add(outcomes[At(step)][At(ended_with)].starts);
      }
      if (outcome.returns_to_caller) {
        add(callers[At(i)]);
      }
    }
    add(companions[At(i)]);
  }
}

std::vector<bool> Flow::Reach(const std::vector<int>& from, int without) const {
  std::vector<bool> reached(At(size()));
  std::deque<int> waiting;
  const auto visit = [&](int step) {
    if (step != without && !reached[At(step)]) {
      reached[At(step)] = true;
      waiting.push_back(step);
    }
  };
  for (const int step : from) {
    visit(step);
  }
  while (!waiting.empty()) {
    const int step = waiting.front();
    waiting.pop_front();
    for (const int next : successors[At(step)]) {
      visit(next);
    }
  }
  return reached;
}

std::vector<bool> Flow::ReachFromOutside(int without) const {
  std::vector<int> from = at_entry;
  for (const std::vector<int>& steps : by_entry) {
    from.insert(from.end(), steps.begin(), steps.end());
  }
  from.insert(from.end(), by_date.begin(), by_date.end());
  from.insert(from.end(), by_event.begin(), by_event.end());
  return Reach(from, without);
}

std::vector<int> Flow::DistancesToEnding() const {
  std::vector<std::vector<int>> predecessors(At(size()));
  for (int i = 0; i < size(); ++i) {
    for (const int next : successors[At(i)]) {
      predecessors[At(next)].push_back(i);
    }
  }
  std::vector<int> distance(At(size()), -1);
  std::deque<int> waiting;
  for (int i = 0; i < size(); ++i) {
    const auto& own = outcomes[At(i)];
    if (std::any_of(own.begin(), own.end(),
                    [](const OutcomeFlow& flow) { return flow.ends_case; })) {
      distance[At(i)] = 1;
      waiting.push_back(i);
    }
  }
  while (!waiting.empty()) {
    const int step = waiting.front();
    waiting.pop_front();
    for (const int previous : predecessors[At(step)]) {
      if (distance[At(previous)] < 0) {
        distance[At(previous)] = distance[At(step)] + 1;
        waiting.push_back(previous);
      }
    }
  }
  return distance;
}

}  // namespace careroute::pathway::internal
