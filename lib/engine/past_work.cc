#include "lib/engine/past_work.h"

#include <algorithm>
#include <map>
#include <utility>

#include "lib/casework/referral.h"
#include "lib/engine/internal/times.h"

namespace careroute::engine {
namespace {

using casework::DeadlineRecord;
using casework::Occurrence;
using event::v1::CaseEvent;

DeadlineRecord DeadlineOf(const event::v1::DeadlineSet& set) {
  DeadlineRecord record{.number = set.number(),
                        .occurrence = set.occurrence(),
                        .referral = set.referral(),
                        .limit = set.limit(),
                        .rule = set.rule(),
                        .start = internal::FromProto(set.start_time()),
                        .calendar_edition = set.calendar_edition(),
                        .provisional = set.provisional(),
                        .stopped = set.stopped()};
  if (set.has_due_time()) record.due = internal::FromProto(set.due_time());
  return record;
}

Occurrence OccurrenceOf(const event::v1::StepStarted& started,
                        absl::Time time) {
  Occurrence made{
      .number = started.occurrence(), .step = started.step(), .start = time};
  if (started.subject().kind() != model::v1::SUBJECT_KIND_UNSPECIFIED &&
      started.subject().kind() != model::v1::SUBJECT_KIND_PERSON) {
    made.subject = {.kind = started.subject().kind(),
                    .number = started.subject().number()};
  }
  return made;
}

std::string LateReasonOf(const CaseHistory& history) {
  for (const PlainClassPart& part : history.opened) {
    for (const event::v1::PlainText& text : part.part.texts()) {
      if (text.field() == "late_reason") return text.text();
    }
  }
  return "";
}

// Goes through the events as fold does, with what ended steps leave behind.
class Reader {
 public:
  void Take(const CaseHistory& history) {
    const CaseEvent& event = history.event;
    const absl::Time happened =
        internal::FromProto(event.header().happened_time());
    for (const event::v1::StepStarted& one :
         event.consequences().steps_started()) {
      live_[one.occurrence()] = OccurrenceOf(one, happened);
    }
    if (event.has_step_completed() && !event.step_completed().continues()) {
      End(event.step_completed().occurrence(), event.step_completed().late(),
          history);
    }
    for (const event::v1::StepEnded& one : event.consequences().steps_ended()) {
      End(one.occurrence(), one.late(), history);
    }
    for (const event::v1::DeadlineSet& one :
         event.consequences().deadlines_set()) {
      deadlines_[one.number()] = DeadlineOf(one);
    }
    for (const int32_t number : event.consequences().deadlines_ended()) {
      deadlines_.erase(number);
    }
  }

  [[nodiscard]] std::vector<PastWork> Past() && { return std::move(past_); }

 private:
  void End(int32_t number, bool late, const CaseHistory& history) {
    auto live = live_.extract(number);
    if (live.empty()) return;
    const event::v1::EventHeader& header = history.event.header();
    PastWork work{.occurrence = std::move(live.mapped()),
                  .version = header.version()};
    if (late) {
      work.late_reason = LateReasonOf(history);
      AddMissed(internal::FromProto(header.happened_time()), work);
    }
    past_.push_back(std::move(work));
  }

  // By the rule of decide: what made it ask why it is late.
  void AddMissed(absl::Time happened, PastWork& work) const {
    for (const auto& [number, deadline] : deadlines_) {
      if (deadline.occurrence == work.occurrence.number && !deadline.stopped &&
          deadline.due.has_value() && *deadline.due <= happened) {
        work.missed.push_back(deadline);
        work.missed.back().level = 0;
      }
    }
  }

  std::map<int32_t, Occurrence> live_;
  std::map<int32_t, DeadlineRecord> deadlines_;
  std::vector<PastWork> past_;
};

bool WasRefused(const casework::Case& state, const casework::Referral& one) {
  const model::v1::ReferralState now = casework::StateOf(one);
  return (now == model::v1::REFERRAL_STATE_REJECTED ||
          now == model::v1::REFERRAL_STATE_FAILED) &&
         casework::FindOccurrence(state, one.occurrence) == nullptr;
}

}  // namespace

bool HasPastTroubles(const casework::Case& state) {
  const auto late = [](const casework::HistoryRecord& history) {
    return std::any_of(history.outcomes.begin(), history.outcomes.end(),
                       [](const auto& outcome) { return outcome.late; });
  };
  return std::any_of(state.history.begin(), state.history.end(), late) ||
         std::any_of(state.referrals.begin(), state.referrals.end(),
                     [&state](const casework::Referral& one) {
                       return WasRefused(state, one);
                     });
}

std::vector<PastWork> PastWorkOf(absl::Span<const CaseHistory> events) {
  Reader reader;
  for (const CaseHistory& history : events) reader.Take(history);
  return std::move(reader).Past();
}

}  // namespace careroute::engine
