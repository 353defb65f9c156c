// Is every case where it must be? A sound hub has no findings; what is stuck is
// named with the reason.

#include "lib/engine/fsck.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/lanes.h"
#include "lib/engine/outbox_pump.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::AllOf;
using testing::EngineBench;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FsckTest : public ::testing::Test {
 protected:
  FsckReport Look() {
    const registry::Signer signer(bench_.keys());
    Fsck fsck({.store = bench_.store(),
               .executor = bench_.executor(),
               .clock = bench_.clock(),
               .signer = signer});
    const absl::StatusOr<FsckReport> report = bench_.Wait<FsckReport>(
        [&](base::Done<FsckReport> done) { fsck.Run(std::move(done)); });
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : FsckReport{};
  }

  // A case at the clinic tells another at the office, which takes nothing.
  base::Uid TellInVain() {
    bench_.Publish(EngineBench::Route("other-route"));
    const base::Uid uid = bench_.Open({});
    bench_.Open({.pathway = "other-route", .by = "office"});
    model::v1::Organisation lost =
        EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL);
    lost.set_zone("RU-NOWHERE");
    bench_.Put(lost);
    bench_.Do(uid,
              "record_facts { facts { fact: 'far_away' value { truth: true } } "
              "}");
    return uid;
  }

  void Try(int times) {
    for (int i = 0; i < times; ++i) {
      bench_.RunDue();
      bench_.Advance(kDeliverAgainMax);
    }
  }

  EngineBench bench_;
};

TEST_F(FsckTest, FindsNothingInASoundHub) {
  bench_.Open({});
  bench_.Open({.snils = "00000000202"});
  bench_.RunDue();
  const FsckReport report = Look();
  EXPECT_EQ(report.cases, 2);
  EXPECT_EQ(report.open_cases, 2);
  for (const Finding& one : report.findings) {
    ADD_FAILURE() << one.name << ": " << one.message;
  }
}

TEST_F(FsckTest, NamesAMessageThatIsStuckAndWhy) {
  const base::Uid uid = TellInVain();
  Try(kStuckAttempts);
  const FsckReport report = Look();
  ASSERT_THAT(report.findings, SizeIs(1));
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.kind, "UNDELIVERED");
  EXPECT_EQ(finding.name, absl::StrCat("cases/", uid.Hex(), "/messages/1"));
  EXPECT_THAT(finding.message,
              AllOf(HasSubstr("to person"), HasSubstr("5 attempts"),
                    HasSubstr("UNKNOWN_REFERENCE"), HasSubstr("calendar")));
}

TEST_F(FsckTest, LeavesAMessageTimeToArrive) {
  TellInVain();
  Try(kStuckAttempts - 1);
  EXPECT_THAT(Look().findings, IsEmpty());
}

TEST_F(FsckTest, NamesItNoMoreOnceItArrived) {
  TellInVain();
  Try(kStuckAttempts);
  bench_.Put(EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL));
  Try(1);
  EXPECT_THAT(Look().findings, IsEmpty());
}

// More messages than a page of the store holds.
TEST_F(FsckTest, LooksAtEveryMessage) {
  const base::Uid uid = TellInVain();
  for (int i = 0; i < 150; ++i) {
    bench_.Do(uid,
              absl::StrCat("record_facts { facts { fact: 'far_away' value { "
                           "truth: ",
                           i % 2 == 0 ? "false" : "true", " } } }"));
  }
  Try(kStuckAttempts);
  EXPECT_THAT(Look().findings, SizeIs(151));
}

TEST(CheckMessage, SaysHowAnEnvelopeIsSentAgain) {
  store::OutboxRow row{.key = {.stream = {.kind = store::StreamKind::kReferral,
                                          .id = {.high = 1, .low = 2}},
                               .sequence = 3},
                       .destination = "hub/east",
                       .lane = LaneOf("east"),
                       .attempts = kStuckSends - 1,
                       .problem = "nobody answers"};
  EXPECT_EQ(CheckMessage(row), std::nullopt);
  row.attempts = kStuckSends;
  const std::optional<Finding> silent = CheckMessage(row);
  ASSERT_TRUE(silent.has_value());
  EXPECT_EQ(silent->name,
            absl::StrCat("referrals/", row.key.stream.id.Hex(), "/messages/3"));
  EXPECT_THAT(silent->message,
              AllOf(HasSubstr("the envelope to hub/east"),
                    HasSubstr("nobody answers"), HasSubstr("within minutes"),
                    HasSubstr("careroute peers redrive east")));
  row.attempts = 1;
  row.due = store::OnlyWhenAsked();
  const std::optional<Finding> refused = CheckMessage(row);
  ASSERT_TRUE(refused.has_value());
  EXPECT_THAT(refused->message, HasSubstr("not tried again by itself"));
}

TEST_F(FsckTest, ChangesNothing) {
  TellInVain();
  Try(kStuckAttempts);
  const std::vector<store::OutboxRow> before = bench_.Waiting();
  Look();
  EXPECT_EQ(bench_.Waiting(), before);
}

}  // namespace
}  // namespace careroute::engine
