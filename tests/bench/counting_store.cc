#include "tests/bench/counting_store.h"

#include <utility>

#include "absl/strings/str_format.h"

namespace careroute::bench {

Written operator-(const Written& a, const Written& b) {
  return {.events = a.events - b.events,
          .requests = a.requests - b.requests,
          .list_rows = a.list_rows - b.list_rows,
          .others = a.others - b.others};
}

std::string WordsOf(const Written& written, double transitions) {
  const auto each = [transitions](int64_t rows) {
    return static_cast<double>(rows) / transitions;
  };
  return absl::StrFormat(
      "%.1f rows a transition: %.1f events, %.1f request ids, %.1f list rows, "
      "%.1f others",
      each(written.total()), each(written.events), each(written.requests),
      each(written.list_rows), each(written.others));
}

Written CountingStore::written() const {
  return {.events = events_,
          .requests = requests_,
          .list_rows = list_rows_,
          .others = others_};
}

const store::StoreInfo& CountingStore::info() const { return beneath_.info(); }

void CountingStore::Append(store::AppendRequest request,
                           base::Done<store::AppendResult> done) {
  events_ += static_cast<int64_t>(request.events.size());
  requests_ += request.request.has_value() ? 1 : 0;
  list_rows_ += static_cast<int64_t>(request.put_rows.size() +
                                     request.delete_rows.size());
  others_ += static_cast<int64_t>(
      (request.snapshot.has_value() ? 1U : 0U) + request.outbox.size() +
      request.confirm_claims.size() + request.release_claims.size() +
      (request.put_key.has_value() ? 1U : 0U));
  ++commits_;
  beneath_.Append(std::move(request), std::move(done));
}

void CountingStore::SetCommitListener(store::CommitListener listener) {
  beneath_.SetCommitListener(std::move(listener));
}

void CountingStore::CurrentPosition(base::Done<store::ChangePosition> done) {
  beneath_.CurrentPosition(std::move(done));
}

void CountingStore::TakeDue(store::TakeDueRequest request,
                            base::Done<std::vector<store::OutboxRow>> done) {
  beneath_.TakeDue(
      std::move(request),
      [this, done = std::move(done)](
          absl::StatusOr<std::vector<store::OutboxRow>> rows) mutable {
        if (rows.ok() && !rows->empty()) ++commits_;
        std::move(done)(std::move(rows));
      });
}

void CountingStore::Settle(std::vector<store::OutboxKey> keys,
                           base::DoneStatus done) {
  ++commits_;
  beneath_.Settle(std::move(keys),
                  [this, done = std::move(done)](absl::Status status) mutable {
                    std::move(done)(std::move(status));
                    if (on_settled_ != nullptr) on_settled_();
                  });
}

void CountingStore::Reschedule(store::RescheduleRequest request,
                               base::DoneStatus done) {
  ++commits_;
  beneath_.Reschedule(std::move(request), std::move(done));
}

}  // namespace careroute::bench
