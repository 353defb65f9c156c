#include "lib/exchange/case_comparison.h"

#include <deque>
#include <optional>

namespace careroute::exchange {

using engine::CaseCopy;
using engine::Fate;
using engine::TakeResult;

struct CaseComparison::Pass {
  std::string hub;
  std::optional<base::Uid> after;
  bool more = false;
  std::deque<CaseCopy> left;  // of the page; the first is under way
  int64_t asked = -1;         // with which version the first was asked for
  std::vector<base::Uid> lost;
  base::Done<std::vector<base::Uid>> done;

  void EndCase(bool is_whole) {
    if (!is_whole && lost.size() < kLostNamedMax) {
      lost.push_back(left.front().case_uid);
    }
    left.pop_front();
    asked = -1;
  }

  void Fail(absl::Status status) { std::move(done)(std::move(status)); }
};

void CaseComparison::Compare(const std::string& hub,
                             base::Done<std::vector<base::Uid>> done) {
  auto pass = std::make_shared<Pass>();
  pass->hub = hub;
  pass->done = std::move(done);
  NextPage(pass);
}

void CaseComparison::Ask(const PassPtr& pass, v1::CaseQuestion question,
                         base::Done<v1::CaseAnswer> done) {
  v1::CompareRequest request;
  request.set_from_hub(options_.hub_id);
  request.set_to_hub(pass->hub);
  request.set_epoch(options_.epoch);
  *request.mutable_cases() = std::move(question);
  options_.transport.Compare(
      pass->hub, request, options_.clock.Now() + kCompareWithin,
      [done = std::move(done)](
          absl::StatusOr<v1::CompareResponse> response) mutable {
        if (!response.ok()) return std::move(done)(response.status());
        if (!response->has_cases()) {
          return std::move(done)(
              absl::UnimplementedError("it says nothing of cases"));
        }
        std::move(done)(std::move(*response->mutable_cases()));
      });
}

void CaseComparison::NextPage(const PassPtr& pass) {
  v1::CaseQuestion question;
  if (pass->after.has_value()) question.set_after(pass->after->Bytes());
  Ask(pass, std::move(question),
      [this, pass](absl::StatusOr<v1::CaseAnswer> answer) {
        if (!answer.ok()) return pass->Fail(answer.status());
        TakePage(pass, *answer);
      });
}

// By uid, or the pass would have no end.
void CaseComparison::TakePage(const PassPtr& pass,
                              const v1::CaseAnswer& answer) {
  if (answer.marks_size() > kCasesPerCompareMax) {
    return pass->Fail(absl::InvalidArgumentError("its cases are too many"));
  }
  for (const v1::CaseMarks& marks : answer.marks()) {
    const absl::StatusOr<base::Uid> uid = base::UidFromBytes(marks.case_uid());
    if (!uid.ok() || (pass->after.has_value() && *uid <= *pass->after)) {
      return pass->Fail(
          absl::InvalidArgumentError("its cases are out of order"));
    }
    pass->after = *uid;
    pass->left.push_back({.case_uid = *uid,
                          .version = marks.version(),
                          .offered = marks.offered()});
  }
  pass->more = answer.more() && answer.marks_size() > 0;
  NextCase(pass);
}

void CaseComparison::NextCase(const PassPtr& pass) {
  if (!pass->left.empty()) return Look(pass);
  if (pass->more) return NextPage(pass);
  std::move(pass->done)(std::move(pass->lost));
}

void CaseComparison::Look(const PassPtr& pass) {
  options_.cases.FindLost(
      pass->left.front(),
      [this, pass](absl::StatusOr<std::optional<v1::LostCase>> lost) {
        // Nobody writes to a copy that is damaged: all others go on.
        if (absl::IsDataLoss(lost.status())) {
          pass->EndCase(false);
          return NextCase(pass);
        }
        if (!lost.ok()) return pass->Fail(lost.status());
        if (lost->has_value()) return GetBack(pass, **lost);
        EndCase(pass);
      });
}

void CaseComparison::GetBack(const PassPtr& pass, const v1::LostCase& lost) {
  if (lost.version() <= pass->asked) {
    return pass->Fail(
        absl::InvalidArgumentError("it gives back what is here already"));
  }
  pass->asked = lost.version();
  v1::CaseQuestion question;
  *question.mutable_lost() = lost;
  Ask(pass, std::move(question),
      [this, pass, lost](absl::StatusOr<v1::CaseAnswer> answer) {
        if (!answer.ok()) return pass->Fail(answer.status());
        if (answer->returned().events_size() > 0) {
          return TakeBack(pass, lost, std::move(*answer->mutable_returned()));
        }
        // What it has more of came after the case was this hub's.
        EndCase(pass);
      });
}

// What did not fit into one answer is asked for next: all that came before is
// here, so the question is another one.
void CaseComparison::TakeBack(const PassPtr& pass, const v1::LostCase& lost,
                              v1::ReturnedCase returned) {
  options_.cases.TakeBack(
      lost, std::move(returned),
      [this, pass](absl::StatusOr<TakeResult> taken) {
        if (!taken.ok()) return pass->Fail(taken.status());
        if (taken->fate == Fate::kTaken) {
          ++taken_;
          return Look(pass);
        }
        if (taken->fate != Fate::kRefused) {
          return pass->Fail(absl::AbortedError("something came in between"));
        }
        pass->EndCase(false);
        NextCase(pass);
      });
}

void CaseComparison::EndCase(const PassPtr& pass) {
  options_.cases.IsWhole(pass->left.front(),
                         [this, pass](absl::StatusOr<bool> is_whole) {
                           if (!is_whole.ok()) {
                             return pass->Fail(is_whole.status());
                           }
                           pass->EndCase(*is_whole);
                           NextCase(pass);
                         });
}

}  // namespace careroute::exchange
