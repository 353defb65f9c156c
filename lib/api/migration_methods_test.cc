// Cases moved between editions, as an administrator's system would ask.

#include "lib/api/migration_methods.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;

constexpr char kMigrate[] = "PathwayService.MigrateCases";

class MigrateCasesTest : public ::testing::Test {
 protected:
  MigrateCasesTest() {
    bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_ADMINISTRATOR);
  }

  void PublishSecond() {
    model::v1::Pathway second = EngineBench::Route("test-route");
    second.set_edition("2");
    bench_.made().Publish(second);
  }

  v1::MigrateCasesRequest Between(const std::string& from,
                                  const std::string& to) {
    v1::MigrateCasesRequest request;
    request.mutable_from()->set_pathway("test-route");
    request.mutable_from()->set_edition(from);
    request.mutable_to()->set_pathway("test-route");
    request.mutable_to()->set_edition(to);
    request.set_request_id(
        absl::StrCat("00000000-0000-4000-8000-00000000000", ++requests_));
    return request;
  }

  std::string EditionOf(const base::Uid& uid) {
    return bench_.made().Read(uid).state->edition.edition;
  }

  CaseBench bench_;
  int requests_ = 0;
};

TEST_F(MigrateCasesTest, SaysWhatADryRunWouldMoveAndThenMovesIt) {
  const base::Uid uid = bench_.made().Open({});
  PublishSecond();
  v1::MigrateCasesRequest request = Between("1", "2");
  request.set_validate_only(true);
  const auto dry = bench_.Ask<v1::MigrateCasesResponse>(kMigrate, request);
  ASSERT_EQ(dry.cases_size(), 1);
  EXPECT_TRUE(dry.cases(0).moved());
  EXPECT_EQ(dry.cases(0).name(), absl::StrCat("cases/", uid.Hex()));
  EXPECT_EQ(EditionOf(uid), "1");
  request.set_validate_only(false);
  bench_.Ask<v1::MigrateCasesResponse>(kMigrate, request);
  EXPECT_EQ(EditionOf(uid), "2");
}

TEST_F(MigrateCasesTest, GoesOnByItsTokenAndOnlyByThat) {
  bench_.made().Open({.snils = "00000000101"});
  bench_.made().Open({.snils = "00000000202"});
  PublishSecond();
  v1::MigrateCasesRequest request = Between("1", "2");
  request.set_page_size(1);
  const auto first = bench_.Ask<v1::MigrateCasesResponse>(kMigrate, request);
  EXPECT_EQ(first.cases_size(), 1);
  ASSERT_NE(first.next_page_token(), "");
  request.set_page_token(first.next_page_token());
  const auto second = bench_.Ask<v1::MigrateCasesResponse>(kMigrate, request);
  EXPECT_EQ(second.cases_size(), 1);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(MigrateCasesTest, TakesTheMoveBack) {
  const base::Uid uid = bench_.made().Open({});
  PublishSecond();
  bench_.Ask<v1::MigrateCasesResponse>(kMigrate, Between("1", "2"));
  v1::MigrateCasesRequest back = Between("2", "1");
  back.set_undo(true);
  const auto undone = bench_.Ask<v1::MigrateCasesResponse>(kMigrate, back);
  ASSERT_EQ(undone.cases_size(), 1);
  EXPECT_TRUE(undone.cases(0).moved());
  EXPECT_EQ(EditionOf(uid), "1");
}

}  // namespace
}  // namespace careroute::api
