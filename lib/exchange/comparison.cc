#include "lib/exchange/comparison.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/compare_desk.h"

namespace careroute::exchange {
namespace {

using engine::ExchangeMarks;
using ReturnedOf = std::map<base::Uid, std::vector<v1::Envelope>>;

// As many uids as the record of a comparison holds.
constexpr size_t kLostNamedMax = 100;

absl::StatusOr<std::vector<ExchangeMarks>> MarksOf(
    const v1::CompareResponse& answer) {
  std::vector<ExchangeMarks> all;
  for (const v1::ReferralMarks& one : answer.marks()) {
    CAREROUTE_ASSIGN_OR_RETURN(const ExchangeMarks marks, FromProto(one));
    if (!all.empty() && marks.referral <= all.back().referral) {
      return absl::InvalidArgumentError("the marks are out of order");
    }
    all.push_back(marks);
  }
  return all;
}

// The envelopes that are the next ones of the half; what follows a gap is left
// for the next pass.
std::vector<v1::Envelope> NextOnes(const Stretch& stretch,
                                   std::vector<v1::Envelope> returned) {
  std::vector<v1::Envelope> next;
  for (v1::Envelope& one : returned) {
    const int32_t expected = stretch.first + static_cast<int32_t>(next.size());
    if (one.sequence() != expected || expected > stretch.last) break;
    next.push_back(std::move(one));
  }
  return next;
}

}  // namespace

// Once through all referrals shared with a peer.
struct Comparison::Pass {
  std::string hub;
  int idle = 0;             // passes before this one after which nothing moved
  int64_t owed_before = 0;  // after the pass before
  std::optional<base::Uid> after;
  std::optional<base::Uid> upto;  // of the page; none = to the last
  std::vector<ExchangeMarks> ours;
  std::deque<Owed> owed;
  ReturnedOf returned;
  int64_t adopted = 0;   // envelopes
  int64_t to_adopt = 0;  // ...still to get back
  int64_t to_pass = 0;   // ...to arrive, either way
  std::vector<base::Uid> lost;
};

bool Comparison::IsOpen(absl::string_view hub) const {
  const base::MutexLock lock(mutex_);
  const auto found = open_.find(hub);
  return found != open_.end() && found->second;
}

std::string Comparison::ProblemOf(absl::string_view hub) const {
  const base::MutexLock lock(mutex_);
  const auto found = trying_.find(hub);
  return found != trying_.end() ? found->second.problem : "";
}

void Comparison::Open(const std::string& hub) {
  {
    const base::MutexLock lock(mutex_);
    bool& is_open = open_[hub];
    if (is_open) return;
    is_open = true;
  }
  options_.opened(hub);
}

void Comparison::Start(const std::string& hub) {
  options_.streams.Read(hub, [this, hub](absl::StatusOr<PeerReading> reading) {
    if (!reading.ok()) {
      options_.executor.PostAt(options_.clock.Now() + kCompareAgain,
                               [this, hub] { Start(hub); });
      return;
    }
    const bool first = options_.epoch <= 1;
    if (first || reading->state->compared_epoch >= options_.epoch) Open(hub);
    if (first || reading->state->settled_epoch >= options_.epoch) return;
    Begin(hub, 0, INT64_MAX);
  });
}

void Comparison::Begin(const std::string& hub, int idle, int64_t owed_before) {
  auto pass = std::make_shared<Pass>();
  pass->hub = hub;
  pass->idle = idle;
  pass->owed_before = owed_before;
  NextPage(pass);
}

void Comparison::NextPage(const PassPtr& pass) {
  options_.marks.Page({.lane = engine::LaneOf(pass->hub),
                       .after = pass->after,
                       .limit = kMarksPerCompareMax},
                      [this, pass](absl::StatusOr<engine::MarksPage> page) {
                        if (!page.ok()) return Fail(pass, page.status());
                        Ask(pass, *std::move(page));
                      });
}

void Comparison::Ask(const PassPtr& pass, engine::MarksPage page) {
  v1::CompareRequest request;
  request.set_from_hub(options_.hub_id);
  request.set_to_hub(pass->hub);
  request.set_epoch(options_.epoch);
  if (pass->after.has_value()) request.set_after(pass->after->Bytes());
  pass->upto.reset();
  if (page.more && !page.marks.empty()) {
    pass->upto = page.marks.back().referral;
    request.set_upto(pass->upto->Bytes());
  }
  for (const ExchangeMarks& one : page.marks) {
    *request.add_marks() = ToProto(one);
  }
  pass->ours = std::move(page.marks);
  options_.transport.Compare(
      pass->hub, request, options_.clock.Now() + kCompareWithin,
      [this, pass](absl::StatusOr<v1::CompareResponse> answer) {
        if (!answer.ok()) return Fail(pass, answer.status());
        TakeAnswer(pass, *std::move(answer));
      });
}

void Comparison::TakeAnswer(const PassPtr& pass, v1::CompareResponse answer) {
  absl::StatusOr<std::vector<ExchangeMarks>> theirs = MarksOf(answer);
  if (!theirs.ok()) return Fail(pass, theirs.status());
  if (!answer.upto().empty()) {
    const absl::StatusOr<base::Uid> upto = base::UidFromBytes(answer.upto());
    // It must come closer to the end, or the pass would have none.
    if (!upto.ok() || (pass->after.has_value() && *upto <= *pass->after)) {
      return Fail(pass, absl::InvalidArgumentError(
                            "the answer does not come closer to the end"));
    }
    pass->upto = *upto;
  }
  if (pass->upto.has_value()) {
    std::erase_if(pass->ours, [&pass](const ExchangeMarks& one) {
      return one.referral > *pass->upto;
    });
  }
  pass->returned.clear();
  for (v1::Envelope& one : *answer.mutable_returned()) {
    const absl::StatusOr<base::Uid> uid = base::UidFromBytes(one.referral());
    if (uid.ok()) pass->returned[*uid].push_back(std::move(one));
  }
  const std::vector<Owed> owed =
      Reconcile({.ours = pass->ours, .theirs = *theirs});
  pass->owed = {owed.begin(), owed.end()};
  NextOwed(pass);
}

void Comparison::NextOwed(const PassPtr& pass) {
  if (pass->owed.empty()) {
    if (!pass->upto.has_value()) return EndPass(pass);
    pass->after = pass->upto;
    return NextPage(pass);
  }
  const Owed owed = pass->owed.front();
  pass->owed.pop_front();
  if (owed.trouble != Trouble::kNone) {
    if (pass->lost.size() < kLostNamedMax) pass->lost.push_back(owed.referral);
    options_.trouble(pass->hub, owed);
    return NextOwed(pass);
  }
  pass->to_pass += owed.send.size() + owed.await.size();
  if (!owed.adopt.empty()) return Adopt(pass, owed);
  SendAgain(pass, owed);
}

void Comparison::Adopt(const PassPtr& pass, const Owed& owed) {
  std::vector<v1::Envelope> next =
      NextOnes(owed.adopt, std::move(pass->returned[owed.referral]));
  pass->to_adopt += owed.adopt.size() - static_cast<int64_t>(next.size());
  if (next.empty()) return NextOwed(pass);
  pass->adopted += static_cast<int64_t>(next.size());
  const Stretch stretch{
      .first = owed.adopt.first,
      .last = owed.adopt.first + static_cast<int32_t>(next.size()) - 1};
  options_.halves.Adopt({.hub = pass->hub,
                         .referral = owed.referral,
                         .half = owed.own,
                         .stretch = stretch},
                        std::move(next), [this, pass](absl::Status adopted) {
                          if (!adopted.ok()) return Fail(pass, adopted);
                          NextOwed(pass);
                        });
}

void Comparison::SendAgain(const PassPtr& pass, const Owed& owed) {
  if (owed.send.empty()) return NextOwed(pass);
  options_.halves.SendAgain({.hub = pass->hub,
                             .referral = owed.referral,
                             .half = owed.own,
                             .stretch = owed.send},
                            [this, pass](absl::Status sent) {
                              if (!sent.ok()) return Fail(pass, sent);
                              NextOwed(pass);
                            });
}

void Comparison::EndPass(const PassPtr& pass) {
  {
    const base::MutexLock lock(mutex_);
    trying_[pass->hub] = {};
  }
  if (pass->to_adopt > 0) {
    // What did not fit into one answer; nothing is open before it is here.
    const absl::Duration wait =
        pass->adopted > 0 ? absl::ZeroDuration() : kCompareAgain;
    options_.executor.PostAt(options_.clock.Now() + wait, [this, pass] {
      Begin(pass->hub, pass->idle, INT64_MAX);
    });
    return;
  }
  if (IsOpen(pass->hub)) return EndSettling(pass);
  Record(pass, /*settled=*/false, [this, pass] {
    Open(pass->hub);
    EndSettling(pass);
  });
}

void Comparison::EndSettling(const PassPtr& pass) {
  const bool moved = pass->to_pass < pass->owed_before;
  const int idle = moved ? 0 : pass->idle + 1;
  if (pass->to_pass == 0 || idle >= kIdlePassesMax) {
    return Record(pass, /*settled=*/true, [] {});
  }
  options_.executor.PostAt(
      options_.clock.Now() + kCompareAgain,
      [this, pass, idle] { Begin(pass->hub, idle, pass->to_pass); });
}

void Comparison::Record(const PassPtr& pass, bool settled,
                        std::function<void()> then) {
  event::v1::PeerCompared compared;
  compared.set_epoch(options_.epoch);
  compared.set_settled(settled);
  for (const base::Uid& uid : pass->lost) compared.add_lost(uid.Bytes());
  options_.streams.RecordCompared(
      pass->hub, std::move(compared),
      [this, pass, then = std::move(then)](absl::Status recorded) {
        if (!recorded.ok()) return Fail(pass, recorded);
        then();
      });
}

// The peer is away, or the store: the whole pass again, later each time.
void Comparison::Fail(const PassPtr& pass, const absl::Status& status) {
  int failed = 0;
  {
    const base::MutexLock lock(mutex_);
    Trying& trying = trying_[pass->hub];
    failed = ++trying.failed;
    trying.problem = std::string(status.message());
  }
  const absl::Duration wait = std::min(
      kCompareAgain * (1 << std::min(failed - 1, 10)), kCompareAgainMax);
  options_.executor.PostAt(options_.clock.Now() + wait, [this, pass] {
    Begin(pass->hub, pass->idle, INT64_MAX);
  });
}

}  // namespace careroute::exchange
