#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/base/random.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

// How long a life goes anywhere before it must show that it can still end.
constexpr std::uint64_t kRandomMovesMax = 120;

// Work of all walks together, counted in steps looked at. A pathway of a
// hundred steps needs a tenth; a hostile one is cut off here.
constexpr std::int64_t kWorkMax = 40'000'000;

// How many of the last outcomes a problem tells.
constexpr size_t kTraceMax = 4;

// More different problems of walks would only say the same again.
constexpr int kStrandedMax = 20;

size_t At(int index) { return static_cast<size_t>(index); }

// The state of an abstract case: which steps are live, and who started them.
// Guards are left aside, and an occurrence stands for all of its step.
class Life {
 public:
  Life(const Flow& flow, const std::vector<int>& distances, std::int64_t& work)
      : flow_(flow),
        distances_(distances),
        work_(work),
        live_(At(flow.size())),
        starter_(At(flow.size()), -1) {}

  void Begin(int entry) {
    for (const int step : flow_.by_entry[At(entry)]) {
      Start(step, -1);
    }
  }

  void Start(int step, int starter) {
    std::deque<std::pair<int, int>> waiting = {{step, starter}};
    while (!waiting.empty()) {
      const auto [next, by] = waiting.front();
      waiting.pop_front();
      if (live_[At(next)]) {
        continue;
      }
      live_[At(next)] = true;
      starter_[At(next)] = by;
      list_.push_back(next);
      for (const int companion : flow_.companions[At(next)]) {
        waiting.emplace_back(companion, next);
      }
    }
  }

  [[nodiscard]] bool ended() const { return ended_; }
  // The last outcomes, oldest first.
  [[nodiscard]] const std::deque<std::pair<int, int>>& trace() const {
    return trace_;
  }
  [[nodiscard]] bool stranded() const { return list_.empty() && !ended_; }

  void MoveAnywhere(base::Random& random) {
    const int step = list_[At(Pick(random, list_.size()))];
    const size_t count = flow_.outcomes[At(step)].size();
    if (count == 0) {
      Finish(step);
      return;
    }
    const int outcome = Pick(random, count);
    if (!flow_.outcomes[At(step)][At(outcome)].happens_with_another) {
      End(step, outcome);
    }
  }

  // Takes the outcome that leads towards an ending on the shortest way; false
  // when nothing live leads to one any more.
  bool MoveTowardsEnding() {
    std::optional<std::pair<int, int>> best;
    int least = std::numeric_limits<int>::max();
    for (const int step : list_) {
      const int distance = distances_[At(step)];
      ++work_;
      if (distance >= 0 && distance < least) {
        if (const std::optional<int> outcome = OutcomeTowardsEnding(step)) {
          least = distance;
          best = {step, *outcome};
        }
      }
    }
    if (!best.has_value()) {
      return false;
    }
    End(best->first, best->second);
    return true;
  }

 private:
  static int Pick(base::Random& random, size_t count) {
    return static_cast<int>(random.Uniform(count));
  }

  // The outcome of a live step after which an ending is nearest.
  std::optional<int> OutcomeTowardsEnding(int step) {
    const std::vector<OutcomeFlow>& outcomes = flow_.outcomes[At(step)];
    std::optional<int> best;
    int least = std::numeric_limits<int>::max();
    for (size_t k = 0; k < outcomes.size(); ++k) {
      const int distance = DistanceAfter(step, outcomes[k]);
      if (distance >= 0 && distance < least) {
        least = distance;
        best = static_cast<int>(k);
      }
    }
    return best;
  }

  int DistanceAfter(int step, const OutcomeFlow& outcome) {
    if (outcome.ends_case) {
      return 0;
    }
    int least = -1;
    const auto consider = [&](int next) {
      const int distance = distances_[At(next)];
      ++work_;
      if (distance >= 0 && (least < 0 || distance < least)) {
        least = distance;
      }
    };
    for (const int next : outcome.starts) {
      consider(next);
    }
    for (const auto& [other, ended_with] : outcome.ends) {
      const OutcomeFlow& ended = flow_.outcomes[At(other)][At(ended_with)];
      if (live_[At(other)] && ended.ends_case) {
        return 0;
      }
      for (const int next : ended.starts) {
        if (live_[At(other)]) {
          consider(next);
        }
      }
    }
    if (outcome.returns_to_caller && starter_[At(step)] >= 0) {
      consider(starter_[At(step)]);
    }
    return least;
  }

  void Finish(int step) {
    live_[At(step)] = false;
    list_.erase(std::find(list_.begin(), list_.end(), step));
  }

  // Ends the step with the outcome, and whatever that ends in turn.
  void End(int first_step, int first_outcome) {
    std::deque<std::pair<int, int>> waiting = {{first_step, first_outcome}};
    while (!waiting.empty() && !ended_) {
      const auto [step, which] = waiting.front();
      waiting.pop_front();
      if (!live_[At(step)]) {
        continue;
      }
      const OutcomeFlow& outcome = flow_.outcomes[At(step)][At(which)];
      trace_.emplace_back(step, which);
      if (trace_.size() > kTraceMax) {
        trace_.pop_front();
      }
      const int starter = starter_[At(step)];
      work_ += static_cast<std::int64_t>(1 + outcome.starts.size() +
                                         list_.size() / 8);
      ended_ = outcome.ends_case;
      if (!outcome.continues) {
        Finish(step);
      }
      for (const int next : outcome.starts) {
        Start(next, step);
      }
      if (outcome.returns_to_caller && starter >= 0) {
        Start(starter, -1);
      }
      if (flow_.recurs[At(step)]) {
        Start(step, starter);
      }
      waiting.insert(waiting.end(), outcome.ends.begin(), outcome.ends.end());
    }
  }

  const Flow& flow_;
  const std::vector<int>& distances_;
  std::int64_t& work_;
  std::vector<bool> live_;
  std::vector<int> starter_;
  std::vector<int> list_;
  bool ended_ = false;
  std::deque<std::pair<int, int>> trace_;
};

class Walker {
 public:
  Walker(CheckContext& context, const Flow& flow, const CheckOptions& options)
      : context_(context),
        flow_(flow),
        options_(options),
        distances_(flow.DistancesToEnding()) {
    for (int i = 0; i < context.pathway.entries_size(); ++i) {
      if (!flow.by_entry[At(i)].empty()) {
        entries_.push_back(i);
      }
    }
  }

  void Check() {
    if (entries_.empty()) {
      return;
    }
    for (int i = 0; i < options_.walks; ++i) {
      if (work_ > kWorkMax) {
        context_.problems.Warning(
            "steps", "TOO_LARGE_TO_WALK",
            absl::StrCat("only ", i, " of ", options_.walks,
                         " random lives could be tried"),
            "make the pathway smaller");
        return;
      }
      Walk(options_.seed + static_cast<std::uint64_t>(i));
    }
  }

 private:
  void Walk(std::uint64_t seed) {
    base::SeededRandom random(seed);
    const int entry = entries_[random.Uniform(entries_.size())];
    Life life(flow_, distances_, work_);
    work_ += flow_.size();
    life.Begin(entry);
    for (const int step : flow_.at_entry) {
      if (random.Uniform(2) == 0) {
        life.Start(step, -1);
      }
    }
    std::vector<int> days = flow_.by_date;
    const std::uint64_t moves = random.Uniform(kRandomMovesMax);
    for (std::uint64_t i = 0; i < moves && !life.ended(); ++i) {
      if (life.stranded() && days.empty()) {
        Strand(entry, seed, life);
        return;
      }
      // A day comes now and then, and surely when nothing else is left.
      if (!days.empty() && (life.stranded() || random.Uniform(20) == 0)) {
        const size_t which = random.Uniform(days.size());
        life.Start(days[which], -1);
        days.erase(days.begin() + static_cast<std::ptrdiff_t>(which));
        continue;
      }
      life.MoveAnywhere(random);
    }
    // From wherever it got to, the life must still be able to end.
    for (int i = 0; !life.ended(); ++i) {
      if (i > 2 * flow_.size() + 2) {
        Strand(entry, seed, life);
        return;
      }
      if (life.MoveTowardsEnding()) {
        continue;
      }
      if (days.empty()) {
        Strand(entry, seed, life);
        return;
      }
      life.Start(days.back(), -1);
      days.pop_back();
    }
  }

  void Strand(int entry, std::uint64_t seed, const Life& life) {
    if (std::find(stranded_.begin(), stranded_.end(), entry) !=
        stranded_.end()) {
      return;
    }
    stranded_.push_back(entry);
    if (stranded_.size() > kStrandedMax) {
      return;
    }
    context_.problems.Error(
        FieldPath("", "entries", entry), "STRANDED",
        absl::StrCat("a case that begins by ",
                     context_.pathway.entries(entry).id(),
                     " can come to where nothing leads to an ending any more; "
                     "walk ",
                     seed, " ended with ", Trace(life)),
        "let the last outcome of each way end the case or start something");
  }

  // "intake/advice, contact/reached".
  [[nodiscard]] std::string Trace(const Life& life) const {
    std::vector<std::string> moves;
    for (const auto& [index, which] : life.trace()) {
      const model::v1::Step& step = context_.pathway.steps(index);
      moves.push_back(
          which < step.outcomes_size()
              ? absl::StrCat(step.id(), "/", step.outcomes(which).id())
              : absl::StrCat(step.id(), ", a missed visit"));
    }
    return moves.empty() ? "no outcome at all" : absl::StrJoin(moves, ", ");
  }

  CheckContext& context_;
  const Flow& flow_;
  const CheckOptions& options_;
  const std::vector<int> distances_;
  std::vector<int> entries_;
  std::vector<int> stranded_;
  std::int64_t work_ = 0;
};

}  // namespace

void CheckWalks(CheckContext& context, const Flow& flow,
                const CheckOptions& options) {
  Walker(context, flow, options).Check();
}

}  // namespace careroute::pathway::internal
