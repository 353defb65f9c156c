#include "services/command/render_queue.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/engine/route_words.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"
#include "services/command/render_cases.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

using model::v1::Deadline;
using model::v1::Referral;

// The nearest; null = none runs.
const Deadline* NearestDeadline(const Referral& referral) {
  const Deadline* nearest = nullptr;
  for (const Deadline& one : referral.deadlines()) {
    if (!one.has_due_time()) continue;
    if (nearest == nullptr ||
        one.due_time().seconds() < nearest->due_time().seconds()) {
      nearest = &one;
    }
  }
  return nearest;
}

bool IsOverdue(const Referral& referral) {
  const auto& all = referral.deadlines();
  return std::any_of(all.begin(), all.end(), [](const Deadline& one) {
    return one.level() >= 0 && one.has_due_time();
  });
}

std::vector<Note> NotesOf(const Referral& referral, const Wall& wall) {
  std::vector<std::string> parts;
  for (const int loop : referral.open_loops()) {
    parts.push_back(LabelText(loop == model::v1::REFERRAL_LOOP_CANCEL
                                  ? Label::kLoopCancel
                                  : Label::kLoopInformation,
                              wall.language()));
  }
  if (referral.delivery() == model::v1::DELIVERY_IN_HAND) {
    parts.push_back(LabelText(Label::kInHand, wall.language()));
  }
  std::vector<Note> notes;
  if (!parts.empty()) {
    notes.push_back({JoinWords(parts, "; "), Style::kWarning});
  }
  const std::string needs =
      NeedsWords(referral.disclosed().needs(), wall.language());
  if (!needs.empty()) notes.push_back({needs, Style::kPlain});
  return notes;
}

}  // namespace

std::string RenderQueue(const api::v1::ListReferralsResponse& page,
                        const QueueOptions& options) {
  const Wall& wall = options.wall;
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  if (page.referrals().empty()) {
    return absl::StrCat(label(Label::kNothing), "\n");
  }
  Table table({label(Label::kState), label(Label::kStep), label(Label::kWho),
               label(options.outgoing ? Label::kTo : Label::kFrom),
               label(Label::kSent), label(Label::kWhen), ""});
  table.KeepWhole(6);  // the name of the referral, which people copy
  for (const Referral& referral : page.referrals()) {
    std::string when;
    if (referral.has_planned_time()) {
      when = LabelText(Label::kPlanned, wall.language(),
                       wall.Day(referral.planned_time()));
    }
    const Deadline* due = NearestDeadline(referral);
    if (due != nullptr) {
      when = JoinWords({when, LabelText(Label::kDue, wall.language(),
                                        wall.Until(due->due_time()))},
                       ", ");
    }
    table.Add(
        {.cells = {engine::ReferralStateWords(referral.state(),
                                              wall.language()),
                   referral.step(), NameWords(referral.disclosed().identity()),
                   options.outgoing ? referral.performer()
                                    : referral.requester(),
                   wall.Day(referral.create_time()), when, referral.name()},
         .style = IsOverdue(referral) ? Style::kError : Style::kPlain,
         .notes = NotesOf(referral, wall)});
  }
  return absl::StrCat(
      table.Print(options.screen),
      // The hub counts what the filters leave out too.
      TotalWords(page.referrals_size(), false, wall.language()));
}

}  // namespace careroute::services
