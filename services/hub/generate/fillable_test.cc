#include "services/hub/generate/fillable.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;

class CheckFillableTest : public ::testing::Test {
 protected:
  CheckFillableTest() {
    CaseloadProgramme& programme = shape_.programmes.emplace_back();
    programme.report.set_pathway("test-route");
    programme.report.set_entry("report");
    programme.share = 1;
    programme.organisations = 2;
    programme.reporter = model::v1::AGENCY_KIND_HEALTH;
    programme.histories.emplace_back().share = 1;
  }
  absl::Status Check() {
    const Caseload caseload(
        {.shape = shape_, .seed = 1, .now = bench_.clock().Now()});
    absl::Status answer = absl::UnknownError("nobody answered");
    CheckFillable(bench_.engine(), caseload,
                  [&answer](absl::Status status) { answer = status; });
    bench_.executor().RunReady();
    return answer;
  }
  void PutOrganisations() {
    const Caseload caseload(
        {.shape = shape_, .seed = 1, .now = bench_.clock().Now()});
    for (const model::v1::Organisation& one : caseload.Organisations()) {
      bench_.Put(one);
    }
  }

  engine::testing::EngineBench bench_;
  CaseloadShape shape_ = {.region = "RU-KHA",
                          .calendar = "ru",
                          .zone = "RU-KHA",
                          .districts = {"khabarovsk"}};
};

TEST_F(CheckFillableTest, TakesAStoreWithoutPersons) {
  EXPECT_EQ(Check(), absl::OkStatus());
}

TEST_F(CheckFillableTest, RefusesAStoreWithPersonsOfItsOwn) {
  bench_.Open({});
  const absl::Status status = Check();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("an empty database"));
}

TEST_F(CheckFillableTest, GoesOnWhereACaseloadWasBegun) {
  PutOrganisations();
  bench_.Open({});
  EXPECT_EQ(Check(), absl::OkStatus());
}

}  // namespace
}  // namespace careroute::services
