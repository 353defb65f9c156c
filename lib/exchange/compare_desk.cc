#include "lib/exchange/compare_desk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/engine/lanes.h"

namespace careroute::exchange {
namespace {

using engine::ExchangeMarks;

absl::StatusOr<std::optional<base::Uid>> UidOrNone(const std::string& bytes) {
  if (bytes.empty()) return std::nullopt;
  CAREROUTE_ASSIGN_OR_RETURN(const base::Uid uid, base::UidFromBytes(bytes));
  return uid;
}

}  // namespace

// One request under way.
struct CompareDesk::Job {
  std::string peer;
  std::optional<base::Uid> after;
  std::optional<base::Uid> upto;  // none = to the last
  std::vector<ExchangeMarks> theirs;
  std::vector<Owed> owed;
  v1::CompareResponse response;
  size_t returned_bytes = 0;
  base::Done<v1::CompareResponse> done;

  [[nodiscard]] bool IsFull() const {
    return response.returned_size() >= kReturnedMax ||
           returned_bytes >= kReturnedBytesMax;
  }
};

void CompareDesk::Compare(absl::string_view peer, v1::CompareRequest request,
                          base::Done<v1::CompareResponse> done) {
  auto job = std::make_shared<Job>();
  job->peer = std::string(peer);
  absl::Status checked = [&]() -> absl::Status {
    if (request.from_hub() != peer || request.to_hub() != options_.hub_id ||
        std::find(options_.peers.begin(), options_.peers.end(), peer) ==
            options_.peers.end()) {
      return absl::PermissionDeniedError(
          "it is not from a peer of this hub to this hub; compare the peers of "
          "both configurations");
    }
    // What it answers holds only if nothing older is taken after it.
    if (!options_.epochs.Hear(job->peer, request.epoch())) {
      return absl::FailedPreconditionError(
          "epoch: it is of a store that was replaced by a backup since");
    }
    if (options_.epochs.TakesOlder(job->peer, request.epoch())) {
      return absl::UnavailableError(
          "what it sent before it was put back is still being taken; ask "
          "again");
    }
    return ReadRequest(request, *job);
  }();
  if (!checked.ok()) return std::move(done)(std::move(checked));
  job->done = std::move(done);
  job->response.set_epoch(options_.epoch);
  if (request.has_cases()) {
    return AnswerOfCases(job, std::move(*request.mutable_cases()));
  }
  options_.marks.Page({.lane = engine::LaneOf(peer),
                       .after = job->after,
                       .limit = kMarksPerCompareMax},
                      [this, job](absl::StatusOr<engine::MarksPage> page) {
                        if (!page.ok())
                          return std::move(job->done)(page.status());
                        TakeOwnMarks(job, *std::move(page));
                      });
}

void CompareDesk::AnswerOfCases(const JobPtr& job, v1::CaseQuestion question) {
  options_.cases.Answer(job->peer, std::move(question),
                        [job](absl::StatusOr<v1::CaseAnswer> answer) {
                          if (!answer.ok()) {
                            return std::move(job->done)(answer.status());
                          }
                          *job->response.mutable_cases() = *std::move(answer);
                          std::move(job->done)(std::move(job->response));
                        });
}

absl::Status CompareDesk::ReadRequest(const v1::CompareRequest& request,
                                      Job& job) {
  CAREROUTE_ASSIGN_OR_RETURN(job.after, UidOrNone(request.after()));
  CAREROUTE_ASSIGN_OR_RETURN(job.upto, UidOrNone(request.upto()));
  if (request.marks_size() > kMarksPerCompareMax) {
    return absl::InvalidArgumentError(
        "marks: they are too many; compare a shorter stretch");
  }
  std::optional<base::Uid> last = job.after;
  for (const v1::ReferralMarks& one : request.marks()) {
    CAREROUTE_ASSIGN_OR_RETURN(const ExchangeMarks marks, FromProto(one));
    if ((last.has_value() && marks.referral <= *last) ||
        (job.upto.has_value() && marks.referral > *job.upto)) {
      return absl::InvalidArgumentError(
          "marks: one is out of the stretch or out of order; send each once, "
          "by uid");
    }
    last = marks.referral;
    job.theirs.push_back(marks);
  }
  return absl::OkStatus();
}

// This hub may know more referrals of the stretch than an answer holds: then
// it is cut short, and the marks beyond are left for the next request.
void CompareDesk::TakeOwnMarks(const JobPtr& job, engine::MarksPage page) {
  std::vector<ExchangeMarks> ours = std::move(page.marks);
  if (page.more && !ours.empty() &&
      (!job->upto.has_value() || ours.back().referral < *job->upto)) {
    job->upto = ours.back().referral;
  }
  if (job->upto.has_value()) {
    const auto beyond = [&job](const ExchangeMarks& one) {
      return one.referral > *job->upto;
    };
    std::erase_if(ours, beyond);
    std::erase_if(job->theirs, beyond);
    job->response.set_upto(job->upto->Bytes());
  }
  for (const ExchangeMarks& one : ours) {
    *job->response.add_marks() = ToProto(one);
  }
  job->owed = Reconcile({.ours = ours, .theirs = job->theirs});
  NextOwed(job, 0);
}

void CompareDesk::NextOwed(const JobPtr& job, size_t next) {
  if (next == job->owed.size()) {
    return std::move(job->done)(std::move(job->response));
  }
  const Owed& owed = job->owed[next];
  if (owed.send.empty()) return GiveBack(job, next);
  options_.halves.SendAgain(
      {.hub = job->peer, .referral = owed.referral, .half = owed.own},
      owed.send.last, [this, job, next](absl::Status status) {
        if (!status.ok()) {
          return std::move(job->done)(std::move(status));
        }
        GiveBack(job, next);
      });
}

void CompareDesk::GiveBack(const JobPtr& job, size_t next) {
  const Owed& owed = job->owed[next];
  if (owed.give_back.empty() || job->IsFull()) return NextOwed(job, next + 1);
  options_.halves.ReadMirror(
      {.hub = job->peer,
       .referral = owed.referral,
       .half = engine::OtherHalf(owed.own)},
      owed.give_back,
      [this, job, next](absl::StatusOr<std::vector<v1::Envelope>> mirror) {
        if (!mirror.ok()) return std::move(job->done)(mirror.status());
        for (v1::Envelope& envelope : *mirror) {
          if (job->IsFull()) break;
          job->returned_bytes += envelope.ByteSizeLong();
          *job->response.add_returned() = std::move(envelope);
        }
        NextOwed(job, next + 1);
      });
}

}  // namespace careroute::exchange
