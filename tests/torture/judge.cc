#include "tests/torture/judge.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "lib/base/status_macros.h"
#include "tests/torture/read_events.h"

namespace careroute::tests {
namespace {

using services::Client;

constexpr char kService[] = "careroute.api.v1.CaseService.";
constexpr int kPageSize = 200;
// Of all that was asked in earlier rounds.
constexpr int kOldRepeats = 20;

absl::Status Wrong(const std::string& what, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat(what, ": ", status.message()));
}

// Waits until nothing is owed that fell due before `time`.
absl::Status WaitUntilFired(const Client& client, const std::string& name,
                            absl::Time time, History& history) {
  if (!history.Owes(time)) return absl::OkStatus();
  api::v1::WatchCaseRequest request;
  request.set_name(name);
  request.set_after_version(history.version());
  absl::Status wrong;
  const absl::Status watched = client.Watch<api::v1::WatchCaseResponse>(
      absl::StrCat(kService, "WatchCase"), request,
      [&](const api::v1::WatchCaseResponse& message) {
        wrong = history.Add(message.event().event());
        return wrong.ok() && history.Owes(time);
      });
  CAREROUTE_RETURN_IF_ERROR(wrong);
  if (!history.Owes(time)) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat("what fell due has not fired: ", watched.ToString()));
}

}  // namespace

absl::Status Judge::Repeat(const Callers& callers, size_t n) {
  Entry& entry = options_.ledger[n];
  const absl::StatusOr<std::string> again =
      options_.requests.Send(callers, entry.asked);
  if (!again.ok()) {
    return Wrong(absl::StrCat("request ", n, " sent again"), again.status());
  }
  if (entry.answer.has_value() && *entry.answer != *again) {
    return absl::InternalError(
        absl::StrCat("request ", n, " sent again is answered otherwise"));
  }
  entry.answer = *again;
  return absl::OkStatus();
}

absl::Status Judge::ListCases(const Callers& callers) {
  std::set<std::string> names;
  api::v1::ListCasesRequest request;
  request.set_include_closed(true);
  request.set_page_size(kPageSize);
  do {
    const auto page = callers.coordinator.Call<api::v1::ListCasesResponse>(
        absl::StrCat(kService, "ListCases"), request);
    if (!page.ok()) return Wrong("the list of cases", page.status());
    for (const model::v1::CaseRow& row : page->cases()) {
      if (!names.insert(row.name()).second) {
        return absl::InternalError(
            absl::StrCat(row.name(), " is listed twice"));
      }
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  cases_.assign(names.begin(), names.end());
  const auto reports = static_cast<size_t>(std::count_if(
      options_.ledger.begin(), options_.ledger.end(), [](const Entry& entry) {
        return entry.asked.kind == RequestKind::kReport;
      }));
  if (cases_.size() == reports) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat(reports, " people were reported, and there are ",
                   cases_.size(), " cases"));
}

absl::StatusOr<History> Judge::JudgeCase(const Callers& callers,
                                         const std::string& name,
                                         absl::Time time) const {
  History history;
  absl::Status status = ReadEvents(
      callers.coordinator, name,
      [&](const event::v1::CaseEvent& event) { return history.Add(event); });
  if (status.ok()) {
    status = WaitUntilFired(callers.coordinator, name, time, history);
  }
  if (!status.ok()) return Wrong(name, status);
  for (const Entry& entry : options_.ledger) {
    if (entry.asked.case_name == name &&
        !history.Holds(Requests::IdOf(entry.asked))) {
      return absl::InternalError(absl::StrCat(
          name, ": request ", entry.asked.n, " was answered and is not there"));
    }
  }
  return history;
}

absl::Status Judge::AfterRestart(const Callers& callers, base::Random& random) {
  const size_t old = judged_;
  for (int i = 0; i < kOldRepeats && old > 0; ++i) {
    CAREROUTE_RETURN_IF_ERROR(
        Repeat(callers, static_cast<size_t>(random.Uniform(old))));
  }
  std::set<std::string> touched;
  for (; judged_ < options_.ledger.size(); ++judged_) {
    CAREROUTE_RETURN_IF_ERROR(Repeat(callers, judged_));
    const std::string& name = options_.ledger[judged_].asked.case_name;
    if (!name.empty()) touched.insert(name);
  }
  const std::set<std::string> before(cases_.begin(), cases_.end());
  CAREROUTE_RETURN_IF_ERROR(ListCases(callers));
  for (const std::string& name : cases_) {
    if (before.count(name) == 0) touched.insert(name);
  }
  const absl::Time now = options_.clock.Now();
  for (const std::string& name : touched) {
    CAREROUTE_RETURN_IF_ERROR(JudgeCase(callers, name, now).status());
  }
  return absl::OkStatus();
}

absl::Status Judge::AtTheEnd(const Callers& callers) {
  const absl::Time end = options_.clock.Now() + kDueWithin;
  for (const std::string& name : cases_) {
    CAREROUTE_ASSIGN_OR_RETURN(const History history,
                               JudgeCase(callers, name, end));
    fell_due_ += history.RaisedAfter(start_);
  }
  const bool some_do =
      std::any_of(options_.ledger.begin(), options_.ledger.end(),
                  [start = start_](const Entry& entry) {
                    return entry.asked.kind == RequestKind::kReport &&
                           entry.asked.seen + kAtOnce > start;
                  });
  if (!some_do || fell_due_ > 0) return absl::OkStatus();
  return absl::InternalError(
      "nothing fell due during the run: it has shown nothing about timers");
}

}  // namespace careroute::tests
