#include "services/command/mock/agency.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "lib/api/refusal_text.h"
#include "lib/api/status.h"
#include "lib/base/status_macros.h"
#include "services/command/mock/script.h"

namespace careroute::services {
namespace {

using model::v1::Referral;
using testing::v1::MockAct;
using testing::v1::MockDeed;

bool CancelIsAsked(const Referral& referral) {
  const auto& loops = referral.open_loops();
  return std::find(loops.begin(), loops.end(),
                   model::v1::REFERRAL_LOOP_CANCEL) != loops.end();
}

// The hub, or the way to it, and not what was asked of it.
bool IsOutOfReach(const absl::Status& status) {
  return !status.ok() &&
         (!api::RefusalOf(status).has_value() || absl::IsUnavailable(status) ||
          absl::IsUnauthenticated(status));
}

}  // namespace

// What is being done: to which referral, when, and how often.
struct MockAgency::Doing {
  const Referral& referral;
  absl::Time now;
};

absl::Status MockAgency::Run(Until until) {
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const absl::Time now, options_.hub.Now());
    CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Referral> queue,
                               options_.hub.Queue());
    CAREROUTE_RETURN_IF_ERROR(TakeUp(queue, now));
    CAREROUTE_ASSIGN_OR_RETURN(const int acts, ActOn(queue, now));
    if (acts > 0) continue;  // others may be due by now
    const absl::Time next = NextDue();
    if (until == Until::kNothingToDo && next == absl::InfiniteFuture()) {
      return absl::OkStatus();
    }
    CAREROUTE_RETURN_IF_ERROR(options_.hub.WaitUntil(next));
  }
}

absl::Status MockAgency::TakeUp(const std::vector<Referral>& queue,
                                absl::Time now) {
  std::set<std::string> there;
  std::vector<const Referral*> came;
  for (const Referral& referral : queue) {
    there.insert(referral.name());
    const auto known = taken_.find(referral.name());
    if (known == taken_.end()) {
      came.push_back(&referral);
    } else if (!known->second.in_queue) {
      known->second.in_queue = true;
      Schedule(known->second, now);
    }
  }
  for (auto& [name, taken] : taken_) {
    if (there.count(name) == 0) taken.in_queue = false;
  }
  // As they were made, so that the n-th is the same in every run.
  std::sort(came.begin(), came.end(), [](const Referral* a, const Referral* b) {
    const auto key = [](const Referral& one) {
      return std::make_tuple(one.create_time().seconds(),
                             one.create_time().nanos(), one.name());
    };
    return key(*a) < key(*b);
  });
  for (const Referral* referral : came) {
    CAREROUTE_RETURN_IF_ERROR(Begin(*referral, now));
  }
  for (const Referral& referral : queue) {
    Taken& taken = taken_.find(referral.name())->second;
    taken.owes_answer = taken.chosen.course != nullptr &&
                        taken.chosen.course->has_on_cancel() &&
                        !taken.cancel_answered && CancelIsAsked(referral);
  }
  return absl::OkStatus();
}

absl::Status MockAgency::Begin(const Referral& referral, absl::Time now) {
  Taken taken = {.chosen = courses_.Choose(referral)};
  MockDeed deed;
  deed.set_rule(taken.chosen.rule);
  deed.set_act("came");
  Schedule(taken, now);
  taken_.emplace(referral.name(), std::move(taken));
  return Tell({.referral = referral, .now = now}, std::move(deed));
}

void MockAgency::Schedule(Taken& taken, absl::Time now) {
  const testing::v1::MockCourse* const course = taken.chosen.course;
  const bool ended = course == nullptr || taken.next >= course->acts_size() ||
                     course->acts(taken.next).has_forget();
  taken.due = ended ? absl::InfiniteFuture()
                    : now + courses_.DelayOf(course->acts(taken.next));
}

absl::StatusOr<int> MockAgency::ActOn(const std::vector<Referral>& queue,
                                      absl::Time now) {
  int acts = 0;
  for (const Referral& referral : queue) {
    if (now < silent_until_) break;  // an act may have begun it
    Taken& taken = taken_.find(referral.name())->second;
    const Doing doing = {.referral = referral, .now = now};
    if (taken.owes_answer) {
      CAREROUTE_RETURN_IF_ERROR(Answer(doing, taken));
    } else if (taken.due <= now) {
      CAREROUTE_RETURN_IF_ERROR(Do(doing, taken));
    } else {
      continue;
    }
    ++acts;
  }
  return acts;
}

absl::Status MockAgency::Do(const Doing& doing, Taken& taken) {
  const MockAct& act = taken.chosen.course->acts(taken.next++);
  Schedule(taken, doing.now);
  MockDeed deed;
  deed.set_rule(taken.chosen.rule);
  deed.set_act(ActName(act));
  if (act.has_silence()) {
    silent_until_ = doing.now + absl::Seconds(act.silence().seconds()) +
                    absl::Nanoseconds(act.silence().nanos());
    return Tell(doing, std::move(deed));
  }
  const std::string& name = doing.referral.name();
  const std::string id = options_.new_request_id();
  for (int i = 0; i <= act.repeats(); ++i) {
    deed.set_sending(i == 0 ? testing::v1::MOCK_SENDING_FIRST
                            : testing::v1::MOCK_SENDING_REPEAT);
    CAREROUTE_RETURN_IF_ERROR(
        Send(doing, CallOf(act, {.referral = name, .request_id = id}), deed));
  }
  deed.set_sending(testing::v1::MOCK_SENDING_ANEW);
  for (int i = 0; i < act.anew(); ++i) {
    CAREROUTE_RETURN_IF_ERROR(Send(
        doing,
        CallOf(act,
               {.referral = name, .request_id = options_.new_request_id()}),
        deed));
  }
  return absl::OkStatus();
}

absl::Status MockAgency::Answer(const Doing& doing, Taken& taken) {
  taken.owes_answer = false;
  taken.cancel_answered = true;
  MockDeed deed;
  deed.set_rule(taken.chosen.rule);
  deed.set_act("answer_cancel");
  deed.set_sending(testing::v1::MOCK_SENDING_FIRST);
  return Send(doing,
              CallOf(taken.chosen.course->on_cancel(),
                     {.referral = doing.referral.name(),
                      .request_id = options_.new_request_id()}),
              std::move(deed));
}

absl::Status MockAgency::Send(const Doing& doing, const ActCall& call,
                              MockDeed deed) {
  const absl::Status answer = options_.hub.Send(call);
  if (IsOutOfReach(answer)) return answer;
  if (const auto refusal = api::RefusalOf(answer); refusal.has_value()) {
    deed.set_refused(model::v1::ErrorReason_Name(refusal->reason()));
    deed.set_why(api::RefusalText(*refusal, options_.language));
  }
  return Tell(doing, std::move(deed));
}

absl::Status MockAgency::Tell(const Doing& doing, MockDeed deed) const {
  const absl::Duration since = doing.now - absl::UnixEpoch();
  deed.mutable_time()->set_seconds(absl::ToInt64Seconds(since));
  deed.set_referral(doing.referral.name());
  deed.set_step(doing.referral.step());
  return options_.tell(deed);
}

absl::Time MockAgency::NextDue() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [name, taken] : taken_) {
    if (!taken.in_queue) continue;
    next = std::min(next, taken.owes_answer ? silent_until_ : taken.due);
  }
  return next == absl::InfiniteFuture() ? next : std::max(next, silent_until_);
}

}  // namespace careroute::services
