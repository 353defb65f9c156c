#include "lib/casework/internal/referral_conclude.h"

#include <optional>
#include <string>

#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

using model::v1::ReferralEntry;
using model::v1::ReferralState;

// What one entry says happened to the work, whoever reports it.
ReferralState WorkState(const ReferralEntry& entry) {
  switch (entry.move()) {
    case model::v1::REFERRAL_MOVE_ACCEPTED:
      return model::v1::REFERRAL_STATE_ACCEPTED;
    case model::v1::REFERRAL_MOVE_REJECTED:
      return model::v1::REFERRAL_STATE_REJECTED;
    case model::v1::REFERRAL_MOVE_COMPLETED:
      return model::v1::REFERRAL_STATE_COMPLETED;
    case model::v1::REFERRAL_MOVE_FAILED:
      return model::v1::REFERRAL_STATE_FAILED;
    case model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR:
    case model::v1::REFERRAL_MOVE_PERFORMANCE_IN_ERROR:
      return model::v1::REFERRAL_STATE_ENTERED_IN_ERROR;
    case model::v1::REFERRAL_MOVE_CANCELLED:
    case model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER:
      return model::v1::REFERRAL_STATE_CANCELLED;
    case model::v1::REFERRAL_MOVE_IN_HAND_REPORTED:
      return entry.reported_state();
    default:
      return model::v1::REFERRAL_STATE_UNSPECIFIED;
  }
}

bool Closes(const ReferralEntry& entry) {
  const ReferralState state = WorkState(entry);
  return state != model::v1::REFERRAL_STATE_UNSPECIFIED && !IsOpen(state);
}

class Conclusion {
 public:
  Conclusion(const Referral& before, const ReferralScene& scene,
             StepEffect& effect)
      : before_(before),
        scene_(scene),
        rule_(RuleOf(before, scene)),
        live_(FindOccurrence(*scene.state, before.occurrence)),
        effect_(effect) {}

  void Of(const ReferralEntry& entry) {
    switch (WorkState(entry)) {
      case model::v1::REFERRAL_STATE_ACCEPTED:
        return Accepted(entry);
      case model::v1::REFERRAL_STATE_REJECTED:
        return NotDone(
            entry, "referral_rejected",
            rule_ == nullptr ? absl::string_view() : rule_->on_rejected());
      case model::v1::REFERRAL_STATE_FAILED:
        return NotDone(entry, "referral_failed", {});
      case model::v1::REFERRAL_STATE_COMPLETED:
        return Completed(entry);
      case model::v1::REFERRAL_STATE_ENTERED_IN_ERROR:
        return InError();
      default:
        return;
    }
  }

 private:
  [[nodiscard]] absl::string_view PerformerOf(
      const ReferralEntry& entry) const {
    return entry.performed_by().empty()
               ? absl::string_view(before_.performer)
               : absl::string_view(entry.performed_by());
  }

  void Start(StepEffectKind kind, absl::string_view why,
             const ReferralEntry& entry) {
    effect_.kind = kind;
    effect_.occurrence = before_.occurrence;
    effect_.why = why;
    effect_.performer = PerformerOf(entry);
    effect_.reason = entry.reason();
  }

  void Complete(absl::string_view outcome, absl::string_view why,
                const ReferralEntry& entry) {
    Start(StepEffectKind::kComplete, why, entry);
    effect_.outcome = outcome;
    effect_.recheck_date = entry.recheck_date();
  }

  void Accepted(const ReferralEntry& entry) {
    if (live_ != nullptr && rule_ != nullptr && !rule_->on_accepted().empty()) {
      Complete(rule_->on_accepted(), "referral_accepted", entry);
    }
    AddResults(entry);
  }

  // A notice has no outcome of its own: that it was taken is what is owed.
  void Completed(const ReferralEntry& entry) {
    absl::string_view outcome = entry.outcome();
    if (outcome.empty() && rule_ != nullptr) {
      outcome = rule_->on_accepted();
    }
    if (live_ != nullptr && !outcome.empty()) {
      Complete(outcome, "referral_completed", entry);
    }
    AddResults(entry);
  }

  void AddResults(const ReferralEntry& entry) {
    if (!entry.facts().empty()) {
      effect_.facts = &entry.facts();
    }
    if (!entry.documents().empty()) {
      effect_.documents = &entry.documents();
    }
    if (!entry.plan().empty()) {
      effect_.plan = &entry.plan();
    }
  }

  void NotDone(const ReferralEntry& entry, absl::string_view why,
               absl::string_view outcome) {
    if (live_ == nullptr) {
      return Start(StepEffectKind::kTellCoordinator, why, entry);
    }
    if (!outcome.empty()) {
      return Complete(outcome, why, entry);
    }
    const absl::string_view performer = PerformerOf(entry);
    const std::optional<int> left =
        scene_.surroundings->PerformersLeft(*live_, performer);
    if (left.has_value() && *left == 0) {
      Start(StepEffectKind::kNobodyLeft, "nobody_left", entry);
      effect_.outcome =
          rule_ == nullptr ? absl::string_view() : rule_->on_nobody_left();
    } else if (!performer.empty()) {
      Start(StepEffectKind::kExclude, why, entry);
    }
  }

  // Nobody can tell by rule what rested on a mistake.
  void InError() {
    const ReferralState was = StateOf(before_);
    if (was == model::v1::REFERRAL_STATE_DRAFT ||
        was == model::v1::REFERRAL_STATE_REQUESTED ||
        was == model::v1::REFERRAL_STATE_RECEIVED) {
      return;
    }
    effect_.kind = StepEffectKind::kTellCoordinator;
    effect_.occurrence = before_.occurrence;
    effect_.performer = before_.performer;
    effect_.why = "referral_in_error";
  }

  const Referral& before_;
  const ReferralScene& scene_;
  const model::v1::ReferralRule* rule_;
  const Occurrence* live_;
  StepEffect& effect_;
};

}  // namespace

const model::v1::ReferralRule* RuleOf(const Referral& referral,
                                      const ReferralScene& scene) {
  const model::v1::Step* step = scene.edition->FindStep(referral.step);
  return step == nullptr || !step->has_referral() ? nullptr : &step->referral();
}

void Conclude(const NewEntries& entries, const Referral& before,
              model::v1::Delivery delivery, const ReferralScene& scene,
              ReferralChange& change) {
  Conclusion conclusion(before, scene, change.effect);
  bool closes = false;
  for (const ReferralEntry& entry : entries.request) {
    if (entry.move() == model::v1::REFERRAL_MOVE_SENT &&
        delivery == model::v1::DELIVERY_SENT) {
      change.joins = before.performer;
    }
    closes = closes || Closes(entry);
    conclusion.Of(entry);
  }
  for (const ReferralEntry& entry : entries.performance) {
    if (entry.move() == model::v1::REFERRAL_MOVE_RECEIVED) {
      change.received = FromProto(entry.happened_time());
    }
    closes = closes || Closes(entry);
    conclusion.Of(entry);
  }
  if (closes && IsOpen(StateOf(before))) {
    change.closed.push_back(before.number);
  }
}

}  // namespace careroute::casework::internal
