// A disk without room: writes are refused with words that name the disk, reads
// go on, and writes too once there is room, all in the same process.
//
// The room is taken by the limit on the size of a process's files, which the
// kernel turns into an error of every write, and which is lifted again.

#include <signal.h>
#include <sys/resource.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kService[] = "careroute.api.v1.CaseService.";
constexpr int kRefused = 8;

absl::StatusOr<api::v1::ReportNeedResponse> Report(const Program& hub, int n) {
  return HubBench::Registrar(hub).Call<api::v1::ReportNeedResponse>(
      absl::StrCat(kService, "ReportNeed"), ReportOf(n));
}

int CasesOf(const Program& hub) {
  const auto listed =
      HubBench::Coordinator(hub).Call<api::v1::ListCasesResponse>(
          absl::StrCat(kService, "ListCases"), api::v1::ListCasesRequest());
  EXPECT_TRUE(listed.ok()) << listed.status();
  return listed.ok() ? listed->cases_size() : -1;
}

class HubFullDisk : public testing::Test {
 protected:
  void SetUp() override {
    hub_ = bench_.Start();
    HubBench::ImportClinic(*hub_);
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &roomy_), 0);
  }

  // The disk is full while no file may have any byte written.
  void FillDisk() const {
    rlimit full = roomy_;
    full.rlim_cur = 0;
    ASSERT_EQ(prlimit(hub_->id(), RLIMIT_FSIZE, &full, nullptr), 0);
  }
  void MakeRoom() const {
    ASSERT_EQ(prlimit(hub_->id(), RLIMIT_FSIZE, &roomy_, nullptr), 0);
  }

  const HubBench bench_{HubBench::Catalogue::kDemoRegion};
  std::unique_ptr<Program> hub_;
  rlimit roomy_ = {};
};

TEST_F(HubFullDisk, RefusesWritesByNameReadsOnAndWritesAgainOnceThereIsRoom) {
  const auto before = Report(*hub_, 0);
  ASSERT_TRUE(before.ok()) << before.status();
  FillDisk();
  for (int n = 1; n <= kRefused; ++n) {
    const absl::Status refused = Report(*hub_, n).status();
    EXPECT_TRUE(absl::IsUnavailable(refused) ||
                absl::IsResourceExhausted(refused))
        << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("disk"));
    EXPECT_EQ(CasesOf(*hub_), 1) << "a refused report is there";
  }
  MakeRoom();
  for (int n = 1; n <= kRefused; ++n) {
    const auto written = Report(*hub_, n);
    EXPECT_TRUE(written.ok()) << written.status();
  }
  const auto again = Report(*hub_, 0);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), before->SerializeAsString());
  EXPECT_EQ(CasesOf(*hub_), 1 + kRefused);
  hub_->Signal(SIGTERM);
  EXPECT_EQ(hub_->Wait(), 0) << hub_->log();
  const Ran fsck = bench_.Fsck();
  EXPECT_EQ(fsck.status, 0) << fsck.log;
  EXPECT_THAT(fsck.log, HasSubstr("(0 not yet witnessed): all is well"));
}

TEST_F(HubFullDisk, LeavesAStoreThatOpensWhenItEndsWithoutRoom) {
  ASSERT_TRUE(Report(*hub_, 0).ok());
  FillDisk();
  EXPECT_FALSE(Report(*hub_, 1).ok());
  hub_->Signal(SIGKILL);
  EXPECT_EQ(hub_->Wait(), -SIGKILL) << hub_->log();
  hub_ = bench_.Start();
  EXPECT_EQ(CasesOf(*hub_), 1);
  EXPECT_TRUE(Report(*hub_, 1).ok());
  EXPECT_EQ(CasesOf(*hub_), 2);
}

}  // namespace
}  // namespace careroute::tests
