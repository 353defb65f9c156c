#include "tests/bench/script.h"

#include <atomic>
#include <cstdint>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "careroute/api/v1/case_service.pb.h"

namespace careroute::bench {
namespace {

constexpr char kStart[] = "careroute.api.v1.CaseService.StartStep";
constexpr char kComplete[] = "careroute.api.v1.CaseService.CompleteStep";
constexpr char kContact[] = "careroute.api.v1.CaseService.RecordContact";

// As much as a caseworker writes.
constexpr char kNote[] =
    "Разговор с матерью: ребёнок окреп, режим соблюдают, помощь по дому нужна "
    "ещё две недели.";

// East of every calendar of the country it is the next day already.
constexpr absl::Duration kEast = absl::Hours(12);

}  // namespace

std::string NewRequestId() {
  static std::atomic<int64_t> made{0};
  return absl::StrFormat("00000000-0000-4000-8000-%012d", ++made);
}

StepScript::StepScript(const std::vector<WorldCase>& cases) {
  for (const WorldCase& one : cases) slots_.push_back({.of = one});
}

OneCall StepScript::Next(size_t slot) {
  Slot& one = slots_[slot];
  one.live = !one.live;
  if (one.live) {
    api::v1::StartStepRequest request;
    request.set_name(one.of.name);
    request.set_request_id(NewRequestId());
    request.mutable_command()->set_step("welfare");
    request.mutable_command()->set_note(kNote);
    return {.method = kStart,
            .request = request.SerializeAsString(),
            .actor = one.of.coordinator};
  }
  api::v1::CompleteStepRequest request;
  request.set_name(one.of.name);
  request.set_request_id(NewRequestId());
  request.mutable_command()->set_occurrence(one.of.next_occurrence++);
  request.mutable_command()->set_outcome("well");
  request.mutable_command()->set_note(kNote);
  return {.method = kComplete,
          .request = request.SerializeAsString(),
          .actor = one.of.coordinator};
}

OneCall ContactScript::Next(size_t slot) {
  const CaseRound::Turn turn = round_.Next(slot);
  const absl::CivilDay today =
      absl::ToCivilDay(clock_.Now() + kEast, absl::UTCTimeZone());
  api::v1::RecordContactRequest request;
  request.set_name(turn.of.name);
  request.set_request_id(NewRequestId());
  command::v1::RecordContact& contact = *request.mutable_command();
  contact.set_mode(model::v1::CONTACT_MODE_TELEPHONE);
  contact.set_with("мать");
  contact.set_note(kNote);
  contact.set_next_contact_date(
      absl::FormatCivilTime(today + 1 + static_cast<int64_t>(turn.round % 2)));
  return {.method = kContact,
          .request = request.SerializeAsString(),
          .actor = turn.of.coordinator};
}

}  // namespace careroute::bench
