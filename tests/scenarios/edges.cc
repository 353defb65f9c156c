#include "tests/scenarios/edges.h"

#include "absl/strings/str_cat.h"

namespace careroute::scenarios {
namespace {

using model::v1::Outcome;
using model::v1::Pathway;
using model::v1::StartRule;
using model::v1::Step;

class Model {
 public:
  explicit Model(const Pathway& pathway) : pathway_(pathway) {}

  Edges OfSteps(const StepFilter& asked) {
    for (const Step& step : pathway_.steps()) {
      if (!asked(step.id())) continue;
      for (const StartRule& rule : step.starts_on()) StartedBy(step, rule);
      for (const Outcome& outcome : step.outcomes()) Of(step, outcome);
      Timers(step);
      Limits(step);
      Referral(step);
      Visits(step);
      Assessments(step);
      for (const auto& guard : step.guards()) {
        Add("guard ", step.id(), "/", guard.id(), " refuses");
      }
      if (step.may_be_started_by_hand()) Add(step.id(), " starts by hand");
    }
    return std::move(edges_);
  }

  Edges OfCase() {
    Holding();
    Endings();
    Add("the next contact falls due");
    return std::move(edges_);
  }

 private:
  template <typename... Parts>
  void Add(const Parts&... parts) {
    edges_.insert(absl::StrCat(parts...));
  }

  void StartedBy(const Step& step, const StartRule& rule) {
    switch (rule.on_case()) {
      case StartRule::kEntry:
        return Add("entry ", rule.entry(), " starts ", step.id());
      case StartRule::kRecorded:
        return Add("fact ", rule.recorded().fact(), " starts ", step.id());
      case StartRule::kDate:
        return Add("a date starts ", step.id(), " by rule ",
                   IndexOf(step, rule));
      default:
        return Add(step.id(), " starts by rule ", IndexOf(step, rule));
    }
  }

  static int IndexOf(const Step& step, const StartRule& rule) {
    int index = 0;
    while (&step.starts_on(index) != &rule) ++index;
    return index;
  }

  void Of(const Step& step, const Outcome& outcome) {
    const std::string from = absl::StrCat(step.id(), "/", outcome.id());
    Add(from);
    for (const auto& next : outcome.starts()) {
      Add(from, " starts ", next.step());
      if (next.has_if_()) Add(from, " does not start ", next.step());
    }
    for (const auto& ends : outcome.ends_steps()) {
      Add(from, " ends ", ends.step(), "/", ends.outcome());
    }
    for (const std::string& role : outcome.notifies()) {
      Add(from, " tells ", role);
    }
    if (!outcome.recheck_starts().empty()) {
      Add(from, " rechecks ", outcome.recheck_starts());
    }
    if (outcome.returns_to_caller()) Add(from, " returns to its caller");
    if (outcome.ends_consents()) Add(from, " ends consents");
    if (outcome.has_must_hold()) Add(from, " is refused while it may not be");
    if (outcome.keeps_service_until_replaced()) Add(from, " until replaced");
    if (!outcome.ending().empty()) {
      Add(from, " ends the case: ", outcome.ending());
    }
    if (outcome.has_right()) {
      Add(from, " opens a right to ", outcome.right().step());
      Add("the right to ", outcome.right().step(), " is used");
      Add("the right to ", outcome.right().step(), " closes");
    }
  }

  void Timers(const Step& step) {
    if (step.has_on_silence()) {
      Add(step.id(), " hears nothing: ", step.on_silence().outcome());
    }
    for (const auto& until : step.runs_until()) {
      Add(step.id(), " runs until ", until.outcome());
    }
    if (step.has_recurrence()) Add(step.id(), " recurs");
    if (step.has_attempts()) {
      Add(step.id(), " is tried: ", step.attempts().on_reached());
      Add(step.id(), " is tried: ", step.attempts().on_exhausted());
    }
  }

  void Limits(const Step& step) {
    for (const auto& limit : step.limits()) {
      if (limit.no_limit()) continue;
      const std::string which =
          absl::StrCat("limit ", step.id(), "/", limit.id());
      Add(which, " runs");
      Add(which, " is overdue");
      const auto& levels = limit.escalations().empty()
                               ? pathway_.default_escalations()
                               : limit.escalations();
      for (const auto& level : levels) Add(which, " tells ", level.to_role());
      for (const auto& track : limit.tracks()) {
        Add(which, " shortens on ", track.track());
      }
    }
  }

  void Referral(const Step& step) {
    if (!step.has_referral()) return;
    const auto& rule = step.referral();
    if (!rule.on_accepted().empty()) Add(step.id(), " is accepted");
    if (!rule.on_nobody_left().empty()) Add(step.id(), " finds nobody left");
    if (rule.has_answer_cancel_within()) Add(step.id(), " asks for a cancel");
    if (rule.has_give_information_within()) {
      Add(step.id(), " is asked for information");
    }
    for (const auto& way : step.disclosure()) {
      Add(step.id(), " passes data: ", way.id());
    }
  }

  void Visits(const Step& step) {
    for (const auto& reason : step.visits().reasons()) {
      Add(step.id(), " is missed: ", reason.id());
      for (const std::string& started : reason.starts()) {
        Add(step.id(), " is missed: ", reason.id(), " starts ", started);
      }
    }
    if (step.has_visits()) Add(step.id(), " is missed by itself");
  }

  void Assessments(const Step& step) {
    for (const std::string& started : step.assessment().dispute_starts()) {
      Add(step.id(), " is disputed: starts ", started);
    }
    for (const std::string& assessed : step.assessment().rechecks()) {
      Add(step.id(), " looks again at ", assessed);
    }
  }

  void Holding() {
    for (const auto& track : pathway_.tracks()) {
      Add("track ", track.id(), " is set");
      Add("track ", track.id(), " is cleared");
    }
    for (const auto& reason : pathway_.stop_reasons()) {
      Add("stop ", reason.id(), " begins");
      Add("stop ", reason.id(), " ends");
      if (reason.has_max()) Add("stop ", reason.id(), " is used up");
      if (reason.has_remind_every()) Add("stop ", reason.id(), " reminds");
    }
    for (const auto& one : pathway_.interrupts()) {
      Add("interrupt ", one.id(), " begins");
      Add("interrupt ", one.id(), " ends");
      Add("interrupt ", one.id(), " suspends");
      Add("interrupt ", one.id(), " resumes");
      if (!one.starts().empty()) {
        Add("interrupt ", one.id(), " starts ", one.starts());
      }
      if (!one.before_resume().empty()) {
        Add("interrupt ", one.id(), " is followed by ", one.before_resume());
      }
      if (one.has_keeps_place_for()) {
        Add("interrupt ", one.id(), " keeps the place no longer");
      }
    }
  }

  void Endings() {
    for (const auto& ending : pathway_.endings()) {
      Add("the case ends: ", ending.id());
      if (ending.by_coordinator()) {
        Add("the coordinator ends the case: ", ending.id());
      }
      if (ending.reopened_by_report()) {
        Add("a report reopens after ", ending.id());
      }
    }
  }

  const Pathway& pathway_;
  Edges edges_;
};

}  // namespace

Edges EdgesOfSteps(const Pathway& pathway, const StepFilter& asked) {
  return Model(pathway).OfSteps(asked);
}

Edges EdgesOfCase(const Pathway& pathway) { return Model(pathway).OfCase(); }

}  // namespace careroute::scenarios
