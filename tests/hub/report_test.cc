// Reports of need about children known and unknown: the sender learns nothing
// from the answer, and one request has one effect whomever it is about.

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "careroute/api/v1/case_service.pb.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/base/real_clock.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using services::Client;

constexpr char kReport[] = "careroute.api.v1.CaseService.ReportNeed";

model::v1::ErrorReason ReasonOf(const absl::Status& status) {
  const auto refusal = api::RefusalOf(status);
  return refusal.has_value() ? refusal->reason()
                             : model::v1::ERROR_REASON_UNSPECIFIED;
}

absl::StatusOr<api::v1::ReportNeedResponse> Send(
    const Client& client, const api::v1::ReportNeedRequest& report) {
  return client.Call<api::v1::ReportNeedResponse>(kReport, report);
}

int CasesOf(const Client& coordinator) {
  const auto listed = coordinator.Call<api::v1::ListCasesResponse>(
      "careroute.api.v1.CaseService.ListCases", api::v1::ListCasesRequest());
  EXPECT_TRUE(listed.ok()) << listed.status();
  return listed.ok() ? listed->cases_size() : -1;
}

class HubReport : public ::testing::Test {
 protected:
  void SetUp() override {
    hub_ = bench_.Start();
    HubBench::ImportClinic(*hub_);
    clinic_ = std::make_unique<Client>(HubBench::Registrar(*hub_));
    ASSERT_TRUE(Send(*clinic_, ReportOf(1)).ok());
  }

  const HubBench bench_{HubBench::Catalogue::kDemoRegion};
  std::unique_ptr<Program> hub_;
  std::unique_ptr<Client> clinic_;
};

TEST_F(HubReport, AnImpossibleTimeIsRefusedWhetherTheChildIsKnownOrNot) {
  const absl::Time tomorrow = base::RealClock().Now() + absl::Hours(24);
  for (const int child : {1, 2}) {
    api::v1::ReportNeedRequest report = ReportOf(child);
    report.set_request_id(UuidOf(10 + child));
    report.mutable_happened_time()->set_seconds(absl::ToUnixSeconds(tomorrow));
    EXPECT_EQ(ReasonOf(Send(*clinic_, report).status()),
              model::v1::ERROR_REASON_WRONG_TIME)
        << child;
  }
}

TEST_F(HubReport, AGroundIsJudgedByTheDayItWasSeenWhetherTheChildIsKnownOrNot) {
  // The list of this ground begins on 1 March 2025.
  const absl::Time before =
      absl::FromCivil(absl::CivilDay(2025, 2, 1), absl::UTCTimeZone());
  for (const int child : {1, 2}) {
    api::v1::ReportNeedRequest report = ReportOf(child);
    report.set_request_id(UuidOf(10 + child));
    report.mutable_happened_time()->set_seconds(absl::ToUnixSeconds(before));
    EXPECT_EQ(ReasonOf(Send(*clinic_, report).status()),
              model::v1::ERROR_REASON_INVALID_REQUEST)
        << child;
  }
}

// The first joins the case of a known child, the second would open a case.
TEST_F(HubReport, ARequestIdServesNoSecondChild) {
  api::v1::ReportNeedRequest report = ReportOf(1);
  report.set_request_id(UuidOf(11));
  ASSERT_TRUE(Send(*clinic_, report).ok());
  ASSERT_TRUE(Send(*clinic_, report).ok()) << "a repeat is answered alike";
  *report.mutable_person() = ReportOf(2).person();
  EXPECT_EQ(ReasonOf(Send(*clinic_, report).status()),
            model::v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(CasesOf(HubBench::Coordinator(*hub_)), 1);
}

TEST_F(HubReport, ARefusedReportIsFreeToBeSentAnew) {
  api::v1::ReportNeedRequest report = ReportOf(1);
  report.set_request_id(UuidOf(11));
  report.set_entry("no_such_entry");
  EXPECT_EQ(ReasonOf(Send(*clinic_, report).status()),
            model::v1::ERROR_REASON_NOT_DECLARED);
  report = ReportOf(2);
  report.set_request_id(UuidOf(11));
  EXPECT_TRUE(Send(*clinic_, report).ok());
  EXPECT_EQ(CasesOf(HubBench::Coordinator(*hub_)), 2);
}

}  // namespace
}  // namespace careroute::tests
