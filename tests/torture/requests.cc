#include "tests/torture/requests.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "careroute/api/v1/case_service.pb.h"
#include "lib/base/random.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

// Longer than every limit that begins with a report.
constexpr absl::Duration kReportedLate = absl::Hours(24 * 45);
const auto kDueWithinSeconds =
    static_cast<uint64_t>(absl::ToInt64Seconds(kDueWithin));
// So often in a row nobody is behind others.
constexpr int kAbortedMax = 20;
// Born before that, and young enough for early help.
constexpr int kYoungestDays = 60;
constexpr int kAgesDays = 600;

// Of ten requests.
constexpr uint64_t kOf = 10;
constexpr uint64_t kReports = 5;
constexpr uint64_t kRegistrations = 2;

void Describe(int n, absl::Time start, model::v1::Identity& identity) {
  // Nobody has the name of anybody.
  identity.set_given_name(absl::StrCat("Анна", InLetters(n)));
  identity.set_birth_date(absl::FormatTime(
      "%Y-%m-%d", start - absl::Hours(24 * (kYoungestDays + n % kAgesDays)),
      absl::UTCTimeZone()));
}

template <typename Response, typename Request>
absl::StatusOr<std::string> Call(const services::Client& client,
                                 const char* method, const Request& request) {
  const absl::StatusOr<Response> reply =
      client.Call<Response>(absl::StrCat("careroute.api.v1.", method), request);
  if (!reply.ok()) return reply.status();
  return reply->SerializeAsString();
}

}  // namespace

Asked Requests::Draw(const Draft& draft) const {
  // Of its own, whoever of the callers comes to it.
  base::SeededRandom random(options_.seed + static_cast<uint64_t>(draft.n));
  Asked asked{.n = draft.n};
  const uint64_t drawn = random.Uniform(kOf);
  if (drawn < kReports) {
    asked.seen = random.Uniform(2) == 0
                     ? options_.start - kReportedLate
                     : draft.now - kAtOnce +
                           absl::Seconds(static_cast<int64_t>(
                               random.Uniform(kDueWithinSeconds)));
    return asked;
  }
  if (drawn < kReports + kRegistrations || draft.cases.empty()) {
    asked.kind = RequestKind::kRegistration;
    return asked;
  }
  asked.kind = RequestKind::kContact;
  asked.case_name = draft.cases[random.Uniform(draft.cases.size())];
  return asked;
}

absl::StatusOr<std::string> Requests::Send(const Callers& callers,
                                           const Asked& asked) const {
  absl::StatusOr<std::string> answer = SendOnce(callers, asked);
  for (int i = 0; i < kAbortedMax && absl::IsAborted(answer.status()); ++i) {
    answer = SendOnce(callers, asked);
  }
  return answer;
}

absl::StatusOr<std::string> Requests::SendOnce(const Callers& callers,
                                               const Asked& asked) const {
  switch (asked.kind) {
    case RequestKind::kReport: {
      api::v1::ReportNeedRequest request = ReportOf(asked.n);
      Describe(asked.n, options_.start,
               *request.mutable_person()->mutable_identity());
      request.mutable_happened_time()->set_seconds(
          absl::ToUnixSeconds(asked.seen));
      return Call<api::v1::ReportNeedResponse>(
          callers.registrar, "CaseService.ReportNeed", request);
    }
    case RequestKind::kRegistration: {
      api::v1::RegisterPersonRequest request = RegistrationOf(asked.n);
      Describe(asked.n, options_.start,
               *request.mutable_command()->mutable_identity());
      return Call<api::v1::RegisterPersonResponse>(
          callers.registrar, "RegistryService.RegisterPerson", request);
    }
    case RequestKind::kContact:
      break;
  }
  api::v1::RecordContactRequest request;
  request.set_name(asked.case_name);
  request.set_request_id(UuidOf(asked.n));
  request.mutable_command()->set_mode(model::v1::CONTACT_MODE_TELEPHONE);
  return Call<api::v1::RecordContactResponse>(
      callers.coordinator, "CaseService.RecordContact", request);
}

std::string Requests::IdOf(const Asked& asked) {
  return absl::HexStringToBytes(
      absl::StrReplaceAll(UuidOf(asked.n), {{"-", ""}}));
}

}  // namespace careroute::tests
