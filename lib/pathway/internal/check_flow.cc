#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/mentions.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Step;

// Steps unlock each other in a few passes; a hostile order may need one a step,
// and is then left unanswered rather than waited for.
constexpr int kGuardPassesMax = 64;

size_t At(int index) { return static_cast<size_t>(index); }

std::string StepPath(int index) { return FieldPath("", "steps", index); }

void CheckReached(CheckContext& context, const Flow& flow,
                  const std::vector<bool>& reached) {
  for (int i = 0; i < flow.size(); ++i) {
    if (!reached[At(i)]) {
      context.problems.Error(
          StepPath(i), "UNREACHABLE",
          absl::StrCat("nothing ever starts ", context.pathway.steps(i).id()),
          "start it by an outcome, an entry, a fact, a date or by hand");
    }
  }
}

void CheckEntriesEnd(CheckContext& context, const Flow& flow,
                     const std::vector<int>& distances) {
  for (int i = 0; i < context.pathway.entries_size(); ++i) {
    if (flow.by_entry[At(i)].empty()) {
      continue;  // reported as an entry that is never used
    }
    const std::vector<bool> reached = flow.Reach(flow.by_entry[At(i)], -1);
    bool ends = false;
    for (int step = 0; step < flow.size(); ++step) {
      ends = ends || (reached[At(step)] && distances[At(step)] == 1);
    }
    if (!ends) {
      context.problems.Error(
          FieldPath("", "entries", i), "NO_WAY_TO_ENDING",
          absl::StrCat("no case that begins by ",
                       context.pathway.entries(i).id(), " can ever end"),
          "let an outcome on its way name an ending");
    }
  }
}

// Strongly connected components by Tarjan, without recursion: a hostile
// pathway may be one chain of all its steps.
class Components {
 public:
  explicit Components(const Flow& flow)
      : flow_(flow),
        index_(At(flow.size()), -1),
        low_(At(flow.size())),
        on_stack_(At(flow.size())) {
    for (int i = 0; i < flow.size(); ++i) {
      if (index_[At(i)] < 0) {
        Visit(i);
      }
    }
  }

  std::vector<std::vector<int>> found;

 private:
  struct Frame {
    int step;
    size_t next;
  };

  void Enter(int step) {
    index_[At(step)] = low_[At(step)] = counter_++;
    stack_.push_back(step);
    on_stack_[At(step)] = true;
    frames_.push_back({step, 0});
  }

  void Leave(int step) {
    frames_.pop_back();
    if (!frames_.empty()) {
      int& low = low_[At(frames_.back().step)];
      low = std::min(low, low_[At(step)]);
    }
    if (low_[At(step)] != index_[At(step)]) {
      return;
    }
    std::vector<int> component;
    int member = -1;
    while (member != step) {
      member = stack_.back();
      stack_.pop_back();
      on_stack_[At(member)] = false;
      component.push_back(member);
    }
    std::sort(component.begin(), component.end());
    found.push_back(std::move(component));
  }

  void Visit(int root) {
    Enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::vector<int>& next = flow_.successors[At(frame.step)];
      if (frame.next == next.size()) {
        Leave(frame.step);
        continue;
      }
      const int to = next[frame.next++];
      if (index_[At(to)] < 0) {
        Enter(to);
      } else if (on_stack_[At(to)]) {
        low_[At(frame.step)] = std::min(low_[At(frame.step)], index_[At(to)]);
      }
    }
  }

  const Flow& flow_;
  std::vector<int> index_;
  std::vector<int> low_;
  std::vector<bool> on_stack_;
  std::vector<int> stack_;
  std::vector<Frame> frames_;
  int counter_ = 0;
};

// Whether one of the steps can end in a way that keeps no step of the cycle
// going, or starts what leads to an ending of the case.
bool HasExit(const Flow& flow, const std::vector<int>& cycle,
             const std::vector<int>& distances) {
  const auto inside = [&](int step) {
    return std::binary_search(cycle.begin(), cycle.end(), step);
  };
  for (const int step : cycle) {
    for (const OutcomeFlow& outcome : flow.outcomes[At(step)]) {
      const bool goes_on =
          outcome.continues || outcome.returns_to_caller ||
          std::any_of(outcome.starts.begin(), outcome.starts.end(), inside);
      if (outcome.ends_case || !goes_on) {
        return true;
      }
    }
    for (const int next : flow.successors[At(step)]) {
      if (!inside(next) && distances[At(next)] >= 0) {
        return true;
      }
    }
  }
  return false;
}

void CheckCycles(CheckContext& context, const Flow& flow,
                 const std::vector<int>& distances) {
  const Components components(flow);
  for (const std::vector<int>& cycle : components.found) {
    const std::vector<int>& own = flow.successors[At(cycle.front())];
    const bool is_cycle =
        cycle.size() > 1 ||
        std::find(own.begin(), own.end(), cycle.front()) != own.end();
    if (!is_cycle || HasExit(flow, cycle, distances)) {
      continue;
    }
    std::vector<std::string> names;
    for (const int step : cycle) {
      names.push_back(context.pathway.steps(step).id());
      if (names.size() == 5) {
        break;
      }
    }
    context.problems.Error(StepPath(cycle.front()), "CYCLE_WITHOUT_EXIT",
                           absl::StrCat("the case goes round for ever in ",
                                        absl::StrJoin(names, ", ")),
                           "give one of the steps an outcome that leads out");
  }
}

// By step: started by an entry, a date or an event, and by no other step.
std::vector<bool> StartedFromOutside(const Flow& flow) {
  std::vector<bool> started(At(flow.size()));
  const auto add = [&started](const std::vector<int>& steps) {
    for (const int step : steps) started[At(step)] = true;
  };
  add(flow.at_entry);
  for (const std::vector<int>& steps : flow.by_entry) add(steps);
  add(flow.by_date);
  add(flow.by_event);
  return started;
}

// A step whose guards wait for steps that can only come after it, alone or in
// a ring, never begins. Found by letting every step end that can, until no
// more can.
void CheckGuardLocks(CheckContext& context, const Flow& flow,
                     const std::vector<bool>& reached) {
  std::vector<bool> can_end(At(flow.size()));
  const auto ended = [&](absl::string_view id) {
    const int step = context.Find(Named::kStep, id);
    return step < 0 || can_end[At(step)];
  };
  std::vector<bool> can_start = StartedFromOutside(flow);
  bool changed = true;
  for (int pass = 0; changed; ++pass) {
    if (pass == kGuardPassesMax) {
      return;
    }
    changed = false;
    for (int k = 0; k < flow.size(); ++k) {
      // Every other pass goes backwards, so that an order written either way
      // settles soon.
      const int i = pass % 2 == 0 ? k : flow.size() - 1 - k;
      if (!can_start[At(i)] || can_end[At(i)]) {
        continue;
      }
      const Step& step = context.pathway.steps(i);
      const bool unlocked =
          std::all_of(step.guards().begin(), step.guards().end(),
                      [&](const model::v1::Guard& guard) {
                        return guard.has_emergency_exception() ||
                               CouldHold(guard.must_hold(), ended);
                      });
      if (unlocked) {
        can_end[At(i)] = true;
        changed = true;
        for (const int next : flow.successors[At(i)]) {
          can_start[At(next)] = true;
        }
      }
    }
  }
  for (int i = 0; i < flow.size(); ++i) {
    if (reached[At(i)] && can_start[At(i)] && !can_end[At(i)]) {
      context.problems.Error(
          StepPath(i) + ".guards", "GUARD_NEVER_MET",
          absl::StrCat("the guards of ", context.pathway.steps(i).id(),
                       " wait for steps that can only come after it"),
          "drop the guard, or let the other step come first");
    }
  }
}

}  // namespace

void CheckFlow(CheckContext& context, const Flow& flow) {
  const std::vector<bool> reached = flow.ReachFromOutside(-1);
  CheckReached(context, flow, reached);
  const std::vector<int> distances = flow.DistancesToEnding();
  CheckEntriesEnd(context, flow, distances);
  CheckCycles(context, flow, distances);
  CheckGuardLocks(context, flow, reached);
}

}  // namespace careroute::pathway::internal
