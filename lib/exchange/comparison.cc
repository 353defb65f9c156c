#include "lib/exchange/comparison.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/compare_desk.h"

namespace careroute::exchange {
namespace {

using engine::ExchangeMarks;
using ReturnedOf = std::map<base::Uid, std::vector<v1::Envelope>>;

// The peer, before it has said which cases moved.
constexpr char kFenced[] =
    "this hub was put back from a backup and writes to no case before it has "
    "said which ones moved, or is taken out of the configuration";

constexpr char kUnderWay[] =
    "this hub was put back from a backup and has not heard from it yet what "
    "it was told";

// Its code alone: what another hub or a driver writes may hold anything.
std::string InWords(const absl::Status& status) {
  if (absl::IsUnimplemented(status)) {
    return "its release is too old to say; upgrade it";
  }
  return absl::StatusCodeToString(status.code());
}

constexpr char kWaits[] =
    "this hub was put back from a backup, and another hub has not said yet "
    "which cases moved";

// What does not fit here says itself what to do.
std::string WhyNotAdopted(const absl::Status& status) {
  return absl::IsFailedPrecondition(status) ? std::string(status.message())
                                            : InWords(status);
}

absl::StatusOr<std::vector<ExchangeMarks>> MarksOf(
    const v1::CompareResponse& answer) {
  if (answer.marks_size() > kMarksPerCompareMax) {
    return absl::InvalidArgumentError("the marks are too many");
  }
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

Comparison::Comparison(Options options)
    : options_(std::move(options)),
      cases_({.hub_id = options_.hub_id,
              .epoch = options_.epoch,
              .clock = options_.clock,
              .cases = options_.cases,
              .transport = options_.transport}) {}

// Once through all referrals shared with a peer.
struct Comparison::Pass {
  std::string hub;
  std::optional<base::Uid> after;
  std::optional<base::Uid> upto;  // of the page; none = to the last
  std::vector<ExchangeMarks> ours;
  std::deque<Owed> owed;
  ReturnedOf returned;
  int64_t adopted = 0;   // envelopes
  int64_t to_adopt = 0;  // ...still to get back
  std::vector<base::Uid> lost;

  // How far the answer goes. False for what cannot be: it must come closer to
  // the end, or the pass would have none, and not beyond what was asked, or
  // what is between would be left out.
  [[nodiscard]] bool Reach(const std::string& answered) {
    if (answered.empty()) return true;
    const absl::StatusOr<base::Uid> uid = base::UidFromBytes(answered);
    if (!uid.ok() || !Spans(*uid)) return false;
    upto = *uid;
    return true;
  }
  // Whether the page is of that referral too.
  [[nodiscard]] bool Spans(const base::Uid& referral) const {
    return (!after.has_value() || referral > *after) &&
           (!upto.has_value() || referral <= *upto);
  }
  [[nodiscard]] bool SpansAll(const std::vector<ExchangeMarks>& marks) const {
    return std::all_of(
        marks.begin(), marks.end(),
        [this](const ExchangeMarks& one) { return Spans(one.referral); });
  }
};

std::string Comparison::ProblemOf(absl::string_view hub) const {
  const base::MutexLock lock(mutex_);
  const auto found = trying_.find(hub);
  return found != trying_.end() ? found->second.problem : "";
}

void Comparison::Start(const std::string& hub) {
  if (!IsNeeded(options_.epoch)) return Release(hub);
  options_.streams.Read(hub, [this, hub](absl::StatusOr<PeerReading> reading) {
    if (!reading.ok()) {
      options_.executor.PostAt(options_.clock.Now() + kCompareAgain,
                               [this, hub] { Start(hub); });
    } else if (reading->state->compared_epoch >= options_.epoch) {
      Release(hub);
    } else {
      Begin(hub);
    }
  });
}

void Comparison::Begin(const std::string& hub) {
  Stage stage = Stage::kCases;
  {
    const base::MutexLock lock(mutex_);
    Trying& trying = trying_[hub];
    if (trying.problem.empty()) trying.problem = kFenced;
    stage = trying.stage;
  }
  if (stage == Stage::kCases) return CompareCases(hub);
  BeginReferrals(hub);
}

void Comparison::Release(const std::string& hub) {
  options_.lanes.Release(engine::LaneOf(hub));
  {
    const base::MutexLock lock(mutex_);
    trying_.erase(hub);
  }
  LiftFence(hub);
}

// --- Cases ------------------------------------------------------------------

void Comparison::CompareCases(const std::string& hub) {
  {
    const base::MutexLock lock(mutex_);
    trying_[hub].began = cases_.taken();
  }
  cases_.Compare(hub, [this, hub](absl::StatusOr<std::vector<base::Uid>> lost) {
    if (!lost.ok()) return Fail(hub, InWords(lost.status()));
    TakeCases(hub, *std::move(lost));
  });
}

void Comparison::TakeCases(const std::string& hub,
                           std::vector<base::Uid> lost) {
  std::vector<std::string> again;
  {
    const base::MutexLock lock(mutex_);
    Trying& trying = trying_[hub];
    trying.stage = Stage::kWaits;
    trying.failed = 0;
    trying.problem = kWaits;
    trying.lost_cases = std::move(lost);
    // A case that an old home gave back may have gone on to a hub that was
    // asked before, and that said nothing of it to one that did not know it.
    for (auto& [other, one] : trying_) {
      if (one.stage != Stage::kWaits || one.began == cases_.taken()) continue;
      one.stage = Stage::kCases;
      one.problem = kFenced;
      options_.fence.Hold(engine::LaneOf(other));
      again.push_back(other);
    }
  }
  if (std::find(again.begin(), again.end(), hub) == again.end()) LiftFence(hub);
  for (const std::string& other : again) CompareCases(other);
}

void Comparison::LiftFence(const std::string& hub) {
  std::vector<std::string> ready;
  {
    const base::MutexLock lock(mutex_);
    if (!options_.fence.Release(engine::LaneOf(hub))) return;
    for (auto& [other, trying] : trying_) {
      if (trying.stage != Stage::kWaits) continue;
      trying.stage = Stage::kReferrals;
      trying.problem = kUnderWay;
      ready.push_back(other);
    }
  }
  for (const std::string& other : ready) BeginReferrals(other);
}

// --- Referrals --------------------------------------------------------------

void Comparison::BeginReferrals(const std::string& hub) {
  auto pass = std::make_shared<Pass>();
  pass->hub = hub;
  NextPage(pass);
}

void Comparison::NextPage(const PassPtr& pass) {
  options_.marks.Page({.lane = engine::LaneOf(pass->hub),
                       .after = pass->after,
                       .limit = kMarksPerCompareMax},
                      [this, pass](absl::StatusOr<engine::MarksPage> page) {
                        if (!page.ok())
                          return Fail(pass->hub, InWords(page.status()));
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
        if (!answer.ok()) return Fail(pass->hub, InWords(answer.status()));
        TakeAnswer(pass, *std::move(answer));
      });
}

void Comparison::TakeAnswer(const PassPtr& pass, v1::CompareResponse answer) {
  absl::StatusOr<std::vector<ExchangeMarks>> theirs = MarksOf(answer);
  if (!theirs.ok()) return Fail(pass->hub, InWords(theirs.status()));
  if (!pass->Reach(answer.upto()) || !pass->SpansAll(*theirs)) {
    return Fail(pass->hub, "its answer is not of what it was asked about");
  }
  std::erase_if(pass->ours, [&pass](const ExchangeMarks& one) {
    return !pass->Spans(one.referral);
  });
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
    return NextOwed(pass);
  }
  if (!owed.adopt.empty()) return Adopt(pass, owed);
  SendAgain(pass, owed);
}

void Comparison::Adopt(const PassPtr& pass, const Owed& owed) {
  std::vector<v1::Envelope> next =
      NextOnes(owed.adopt, std::move(pass->returned[owed.referral]));
  pass->to_adopt += owed.adopt.size() - static_cast<int64_t>(next.size());
  if (next.empty()) return NextOwed(pass);
  pass->adopted += static_cast<int64_t>(next.size());
  options_.halves.Adopt(
      {.hub = pass->hub, .referral = owed.referral, .half = owed.own},
      std::move(next), [this, pass](absl::Status adopted) {
        if (!adopted.ok()) return Fail(pass->hub, WhyNotAdopted(adopted));
        NextOwed(pass);
      });
}

void Comparison::SendAgain(const PassPtr& pass, const Owed& owed) {
  if (owed.send.empty()) return NextOwed(pass);
  options_.halves.SendAgain(
      {.hub = pass->hub, .referral = owed.referral, .half = owed.own},
      owed.send.last, [this, pass](absl::Status sent) {
        if (!sent.ok()) return Fail(pass->hub, InWords(sent));
        NextOwed(pass);
      });
}

void Comparison::EndPass(const PassPtr& pass) {
  if (pass->to_adopt == 0) return Record(pass);
  // What did not fit into one answer.
  if (pass->adopted > 0) return Again(pass->hub, absl::ZeroDuration());
  Fail(pass->hub, "it does not give back what it was told");
}

void Comparison::Record(const PassPtr& pass) {
  event::v1::PeerCompared compared;
  compared.set_epoch(options_.epoch);
  for (const base::Uid& uid : pass->lost) compared.add_lost(uid.Bytes());
  {
    const base::MutexLock lock(mutex_);
    for (const base::Uid& uid : trying_[pass->hub].lost_cases) {
      compared.add_lost_cases(uid.Bytes());
    }
  }
  options_.streams.RecordCompared(pass->hub, std::move(compared),
                                  [this, pass](absl::Status recorded) {
                                    if (!recorded.ok()) {
                                      return Fail(pass->hub, InWords(recorded));
                                    }
                                    Release(pass->hub);
                                  });
}

void Comparison::Fail(const std::string& hub, const std::string& problem) {
  int failed = 0;
  absl::Duration longest = kCompareAgainMax;
  {
    const base::MutexLock lock(mutex_);
    Trying& trying = trying_[hub];
    failed = ++trying.failed;
    const bool is_fenced = trying.stage == Stage::kCases;
    trying.problem =
        absl::StrCat(is_fenced ? kFenced : kUnderWay, ": ", problem);
    if (is_fenced) longest = kFencedAgainMax;
  }
  Again(hub,
        std::min(kCompareAgain * (1 << std::min(failed - 1, 10)), longest));
}

void Comparison::Again(const std::string& hub, absl::Duration wait) {
  options_.executor.PostAt(options_.clock.Now() + wait,
                           [this, hub] { Begin(hub); });
}

}  // namespace careroute::exchange
