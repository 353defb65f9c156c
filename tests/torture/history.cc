#include "tests/torture/history.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace careroute::tests {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

}  // namespace

absl::Status History::Add(const event::v1::CaseEvent& event) {
  const event::v1::EventHeader& header = event.header();
  if (header.version() != version_ + 1) {
    return absl::InternalError(
        absl::StrCat("after version ", version_, " comes ", header.version()));
  }
  version_ = header.version();
  if (!header.request_id().empty() &&
      !requests_.insert(header.request_id()).second) {
    return absl::InternalError(
        absl::StrCat("version ", version_, " is the second effect of request ",
                     absl::BytesToHexString(header.request_id())));
  }
  if (event.timer_fired().kind() == "deadline") {
    const absl::Status raised =
        Raise(event.timer_fired().number(), event.timer_fired().level());
    if (!raised.ok()) return raised;
  }
  for (const event::v1::DeadlineSet& set :
       event.consequences().deadlines_set()) {
    deadlines_[set.number()] = set;
  }
  for (const int32_t ended : event.consequences().deadlines_ended()) {
    deadlines_.erase(ended);
  }
  return absl::OkStatus();
}

absl::Status History::Raise(int32_t number, int32_t level) {
  const int32_t next = raised_.count(number) == 0 ? 0 : raised_[number] + 1;
  if (level != next) {
    return absl::InternalError(
        absl::StrCat("version ", version_, " raises level ", level,
                     " of deadline ", number, ", and the next was ", next));
  }
  raised_[number] = level;
  return absl::OkStatus();
}

bool History::Owes(absl::Time time) const {
  for (const auto& [number, set] : deadlines_) {
    const auto raised = raised_.find(number);
    const int next = raised == raised_.end() ? 0 : raised->second + 1;
    if (!set.stopped() && next < set.level_times_size() &&
        TimeOf(set.level_times(next)) <= time) {
      return true;
    }
  }
  return false;
}

}  // namespace careroute::tests
