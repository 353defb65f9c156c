// Which edges the events of a case have walked.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/scenarios/edges.h"

namespace careroute::scenarios {
namespace {

using event::v1::CaseEvent;
using event::v1::Consequences;
using event::v1::StepStarted;
using model::v1::Outcome;
using model::v1::Pathway;
using model::v1::Step;

class Walk {
 public:
  Walk(const Pathway& pathway, Edges& walked)
      : pathway_(pathway), walked_(walked) {}

  void Event(const CaseEvent& event) {
    happened_.clear();
    started_.clear();
    const Consequences& effects = event.consequences();
    for (const StepStarted& one : effects.steps_started()) Started(one);
    Body(event);
    for (const auto& one : effects.steps_ended()) Ended(one, event);
    for (const auto& one : effects.outcomes_noted()) Ended(one, event);
    for (const auto& one : effects.steps_passed()) Ended(one, event);
    for (const auto& one : effects.scheduled()) Scheduled(one);
    Deadlines(effects);
    Holding(effects);
    Told(effects);
    for (const auto& one : effects.rights_opened()) {
      rights_[one.occurrence()] = one.step();
    }
    for (const auto& one : effects.referrals_touched()) {
      Moves(one.number(), one.request());
      Moves(one.number(), one.performance());
    }
    if (effects.has_ending()) Add("the case ends: ", effects.ending().ending());
    for (const auto& [step, outcome] : happened_) {
      Outcomes(step, outcome, effects);
    }
  }

  void Refusal(const Refused& one) {
    for (const auto& missing : one.refusal.missing()) {
      absl::string_view what = missing.what();
      if (absl::ConsumePrefix(&what, "guard/")) {
        Add("guard ", what, " refuses");
      }
    }
    if (one.refusal.message_key() == "outcome_must_hold") {
      Add(one.asked, " is refused while it may not be");
    }
  }

 private:
  template <typename... Parts>
  void Add(const Parts&... parts) {
    walked_.insert(absl::StrCat(parts...));
  }

  const std::string& StepOf(int32_t occurrence) { return steps_[occurrence]; }

  const Step* Find(absl::string_view id) const {
    for (const Step& step : pathway_.steps()) {
      if (step.id() == id) return &step;
    }
    return nullptr;
  }

  const Outcome* Find(absl::string_view step, absl::string_view id) const {
    const Step* found = Find(step);
    if (found == nullptr) return nullptr;
    for (const Outcome& outcome : found->outcomes()) {
      if (outcome.id() == id) return &outcome;
    }
    return nullptr;
  }

  void Started(const StepStarted& one) {
    steps_[one.occurrence()] = one.step();
    const std::pair<absl::string_view, absl::string_view> why =
        absl::StrSplit(one.started_by(), absl::MaxSplits(':', 1));
    const std::string& step = one.step();
    if (why.first == "outcome") {
      Add(why.second, " starts ", step);
      ++started_[absl::StrCat(why.second, " ", step)];
      ByRule(one, why.second);
    } else if (why.first == "recheck") {
      Add(why.second, " rechecks ", step);
    } else if (why.first == "returned") {
      Add(why.second, " returns to its caller");
    } else if (why.first == "entry" || why.first == "fact") {
      Add(why.first, " ", why.second, " starts ", step);
    } else if (why.first == "date") {
      Add("a date starts ", step, " by rule ", why.second);
    } else if (why.first == "recurs") {
      Add(step, " recurs");
    } else if (why.first == "hand") {
      Add(step, " starts by hand");
    } else if (why.first == "right") {
      Add("the right to ", step, " is used");
    } else if (why.first == "missed") {
      std::vector<std::string> parts = absl::StrSplit(why.second, '/');
      Add(parts[0], " is missed: ", parts[1], " starts ", step);
    } else if (why.first == "disputed") {
      const std::vector<std::string> parts = absl::StrSplit(why.second, '/');
      Add(parts[0], " is disputed: starts ", step);
    } else if (why.first == "interrupt_begun") {
      Add("interrupt ", why.second, " starts ", step);
    } else if (why.first == "interrupt") {
      Add("interrupt ", why.second, " is followed by ", step);
    } else if (why.first == "became_known") {
      ByRule(one, "");
    } else if (why.first == "at_entry") {
      AtEntry(one);
    } else if (why.first == "flag" || why.first == "with") {
      ByTrigger(one, why.second);
    }
  }

  // What held already when the case began.
  void AtEntry(const StepStarted& one) {
    const Step* step = Find(one.step());
    for (int i = 0; step != nullptr && i < step->starts_on_size(); ++i) {
      if (step->starts_on(i).has_at_entry()) {
        Add(one.step(), " starts by rule ", i);
      }
    }
  }

  // A rule "starts on a flag of the report", or with another step.
  void ByTrigger(const StepStarted& one, absl::string_view trigger) {
    const Step* step = Find(one.step());
    for (int i = 0; step != nullptr && i < step->starts_on_size(); ++i) {
      const model::v1::StartRule& rule = step->starts_on(i);
      if ((rule.has_report_flag() && rule.report_flag() == trigger) ||
          (rule.has_with_step() && rule.with_step() == trigger)) {
        Add(one.step(), " starts by rule ", i);
      }
    }
  }

  // A rule "starts on an outcome, if ...": at the outcome, or once it is known.
  void ByRule(const StepStarted& one, absl::string_view outcome) {
    const Step* step = Find(one.step());
    for (int i = 0; step != nullptr && i < step->starts_on_size(); ++i) {
      const model::v1::StartRule& rule = step->starts_on(i);
      if (rule.has_outcome() &&
          (outcome.empty() ||
           absl::StartsWith(outcome,
                            absl::StrCat(rule.outcome().step(), "/")))) {
        Add(one.step(), " starts by rule ", i);
      }
    }
  }

  void Scheduled(const model::v1::ScheduledStep& one) {
    absl::string_view by = one.scheduled_by();
    if (absl::ConsumePrefix(&by, "outcome:")) {
      ++started_[absl::StrCat(by, " ", one.step())];
    } else if (absl::ConsumePrefix(&by, "place_kept:")) {
      places_kept_[one.number()] = std::string(by.data(), by.size());
    }
  }

  void Happened(const std::string& step, const std::string& outcome) {
    if (outcome.empty()) return;
    happened_.emplace_back(step, outcome);
    Add(step, "/", outcome);
  }

  // Also of an outcome that lets its step go on.
  template <typename Ending>
  void Ended(const Ending& one, const CaseEvent& event) {
    const std::string& step = StepOf(one.occurrence());
    Happened(step, one.outcome());
    const absl::string_view why = one.why();
    if (why == "runs_until") Add(step, " runs until ", one.outcome());
    if (why == "nobody_left") Add(step, " finds nobody left");
    if (why == "replaced") Add(step, "/", one.outcome(), " until replaced");
    if (why == "referral_accepted") Add(step, " is accepted");
    if (why == "ended_by_step") {
      for (const auto& [by, outcome] : happened_) {
        Add(by, "/", outcome, " ends ", step, "/", one.outcome());
      }
    }
    if (event.timer_fired().kind() == "silence") {
      Add(step, " hears nothing: ", one.outcome());
    }
    if (event.has_attempt_recorded()) {
      Add(step, " is tried: ", one.outcome());
    }
  }

  void Body(const CaseEvent& event) {
    if (event.has_step_completed()) {
      Happened(StepOf(event.step_completed().occurrence()),
               event.step_completed().outcome());
    } else if (event.has_visit_recorded()) {
      const auto& visit = event.visit_recorded();
      Add(StepOf(visit.occurrence()), " is missed: ", visit.reason());
    } else if (event.has_case_closed()) {
      Add("the coordinator ends the case: ", event.case_closed().ending());
    } else if (event.has_case_reopened()) {
      if (!event.case_reopened().report().empty()) {
        Add("a report reopens after ", ending_);
      }
    } else if (event.has_timer_fired()) {
      Timer(event.timer_fired());
    } else if (event.has_referral_made()) {
      const auto& made = event.referral_made();
      referrals_[made.number()] = StepOf(made.occurrence());
      Add(StepOf(made.occurrence()), " passes data: ", made.disclosed().way());
    } else if (event.has_referral_moved()) {
      Moves(event.referral_moved().number(), event.referral_moved().request());
      Moves(event.referral_moved().number(),
            event.referral_moved().performance());
    } else if (event.has_assessment_recorded()) {
      Assessed(event.assessment_recorded().assessment());
    }
    if (event.consequences().has_ending()) {
      ending_ = event.consequences().ending().ending();
    }
  }

  template <typename Entries>
  void Moves(int32_t referral, const Entries& entries) {
    for (const model::v1::ReferralEntry& entry : entries) {
      if (entry.move() == model::v1::REFERRAL_MOVE_CANCEL_ASKED) {
        Add(referrals_[referral], " asks for a cancel");
      } else if (entry.move() == model::v1::REFERRAL_MOVE_INFORMATION_ASKED) {
        Add(referrals_[referral], " is asked for information");
      }
    }
  }

  void Assessed(const model::v1::Assessment& one) {
    assessed_in_[one.number()] = one.step();
    if (one.rechecks() != 0) {
      Add(one.step(), " looks again at ", assessed_in_[one.rechecks()]);
    }
  }

  void Timer(const event::v1::TimerFired& timer) {
    if (timer.kind() == "deadline") {
      const std::string& which = limits_[timer.number()];
      if (timer.level() == 0) Add(which, " is overdue");
    } else if (timer.kind() == "contact") {
      Add("the next contact falls due");
    } else if (timer.kind() == "right") {
      Add("the right to ", rights_[timer.number()], " closes");
    } else if (timer.kind() == "stop") {
      Add("stop ", stops_[timer.number()], " is used up");
    } else if (timer.kind() == "reminder") {
      Add("stop ", stops_[timer.number()], " reminds");
    } else if (timer.kind() == "visit") {
      Add(StepOf(timer.number()), " is missed by itself");
    } else if (timer.kind() == "step" &&
               places_kept_.count(timer.number()) == 1) {
      Add("interrupt ", places_kept_[timer.number()],
          " keeps the place no longer");
    }
    timer_ = timer;
  }

  void Deadlines(const Consequences& effects) {
    for (const auto& one : effects.deadlines_set()) {
      if (one.referral() != 0) continue;
      const std::string which =
          absl::StrCat("limit ", StepOf(one.occurrence()), "/", one.limit());
      limits_[one.number()] = which;
      Add(which, " runs");
      for (const std::string& track : effects.tracks_set()) {
        Add(which, " shortens on ", track);
      }
    }
  }

  void Holding(const Consequences& effects) {
    for (const std::string& id : effects.tracks_set()) {
      Add("track ", id, " is set");
    }
    for (const std::string& id : effects.tracks_cleared()) {
      Add("track ", id, " is cleared");
    }
    for (const auto& one : effects.stops_begun()) {
      stops_[one.number()] = one.reason();
      Add("stop ", one.reason(), " begins");
    }
    for (const auto& one : effects.stops_ended()) {
      Add("stop ", stops_[one.number()], " ends");
    }
    for (const std::string& id : effects.interrupts_begun()) {
      Add("interrupt ", id, " begins");
      interrupt_ = id;
      if (!effects.suspended().empty()) Add("interrupt ", id, " suspends");
    }
    for (const std::string& id : effects.interrupts_ended()) {
      Add("interrupt ", id, " ends");
    }
    if (!effects.resumed().empty()) {
      Add("interrupt ", interrupt_, " resumes");
    }
  }

  void Told(const Consequences& effects) {
    for (const event::v1::Notice& notice : effects.notices()) {
      absl::string_view role = notice.to();
      if (!absl::ConsumePrefix(&role, "role/")) continue;
      absl::string_view key = notice.message_key();
      if (absl::ConsumePrefix(&key, "outcome/")) {
        Add(key, " tells ", role);
      } else if (key == "overdue") {
        Add(limits_[timer_.number()], " tells ", role);
      }
    }
  }

  // What an outcome that happened in this event had to bring about.
  void Outcomes(const std::string& step, const std::string& id,
                const Consequences& effects) {
    const Outcome* outcome = Find(step, id);
    if (outcome == nullptr) return;
    const std::string from = absl::StrCat(step, "/", id);
    for (const auto& next : outcome->starts()) {
      if (started_[absl::StrCat(from, " ", next.step())]-- <= 0) {
        Add(from, " does not start ", next.step());
      }
    }
    if (outcome->has_right()) {
      for (const auto& one : effects.rights_opened()) {
        Add(from, " opens a right to ", one.step());
      }
    }
    if (outcome->ends_consents() && !effects.consents_lapsed().empty()) {
      Add(from, " ends consents");
    }
    if (!outcome->ending().empty() && effects.has_ending()) {
      Add(from, " ends the case: ", effects.ending().ending());
    }
  }

  const Pathway& pathway_;
  Edges& walked_;
  std::map<int32_t, std::string> steps_;   // of occurrences
  std::map<int32_t, std::string> limits_;  // of deadlines
  std::map<int32_t, std::string> stops_;   // their reasons
  std::map<int32_t, std::string> rights_;  // their steps
  std::map<int32_t, std::string> referrals_;
  std::map<int32_t, std::string> assessed_in_;  // their steps
  std::map<int32_t, std::string> places_kept_;  // by which interrupt
  std::string interrupt_;                       // that began last
  std::string ending_;                          // of the case
  event::v1::TimerFired timer_;                 // that fired last
  // Of the event at hand: outcomes, and what they started.
  std::vector<std::pair<std::string, std::string>> happened_;
  std::map<std::string, int> started_;
};

}  // namespace

void AddWalked(const Pathway& pathway, const Played& played, Edges& walked) {
  Walk walk(pathway, walked);
  for (const CaseEvent& event : played.events) walk.Event(event);
  for (const Refused& one : played.refusals) walk.Refusal(one);
}

}  // namespace careroute::scenarios
