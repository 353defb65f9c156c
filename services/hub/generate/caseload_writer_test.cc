// A small caseload on the engine over a store in memory, held against fsck.

#include "services/hub/generate/caseload_writer.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/fsck.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/engine_bench.h"
#include "lib/registry/signer.h"

namespace careroute::services {
namespace {

using engine::FsckReport;
using engine::testing::EngineBench;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kCases = 200;

// On the pathway that the bench publishes.
constexpr char kShape[] = R"({
  "region": "RU-KHA", "calendar": "ru", "zone": "RU-KHA",
  "districts": ["khabarovsk", "nanaysky"],
  "programmes": [{
    "share": 1, "reporter": "AGENCY_KIND_HEALTH", "organisations": 3,
    "ageMonths": {"from": 1, "to": 30}, "withParent": 50, "withPolicy": 80,
    "report": {"pathway": "test-route", "entry": "report", "note": "invented"},
    "histories": [
      {"share": 1, "beganDaysAgo": {"from": 0, "to": 1}, "moves": []},
      {"share": 2, "beganDaysAgo": {"from": 3, "to": 9}, "moves": [
        {"afterHours": 5, "command": {"startStep": {"step": "welfare"}}},
        {"afterHours": 1, "step": "welfare",
         "command": {"completeStep": {"outcome": "well"}}},
        {"afterHours": 9,
         "command": {"closeCase": {"ending": "declined", "note": "demo"}}}]}],
    "source": {"provenance": "PROVENANCE_DEMO"}
  }]
})";

// A help that another organisation gives: asked for, rejected by one and asked
// of the next, and given.
constexpr char kReferring[] = R"({
  "region": "RU-KHA", "calendar": "ru", "zone": "RU-KHA",
  "districts": ["khabarovsk"],
  "performers": [{
    "id": "care", "kind": "AGENCY_KIND_SOCIAL", "organisations": 4,
    "services": ["care"], "source": {"provenance": "PROVENANCE_DEMO"}
  }],
  "programmes": [{
    "share": 1, "reporter": "AGENCY_KIND_HEALTH", "organisations": 2,
    "ageMonths": {"from": 1, "to": 30}, "withParent": 100,
    "performers": "care",
    "report": {"pathway": "test-route", "entry": "report"},
    "histories": [
      {"share": 1, "beganDaysAgo": {"from": 2, "to": 4}, "moves": [START,
        {"step": "help", "command": {"referral": {"make": MADE}}}]},
      {"share": 1, "beganDaysAgo": {"from": 4, "to": 6}, "moves": [START,
        {"step": "help", "command": {"referral": {"make": MADE}}},
        {"afterHours": 20, "by": "performer", "command": {"referral":
          {"reject": {"reason": "REFERRAL_REASON_NO_PLACES"}}}},
        {"step": "help", "command": {"referral": {"make": MADE}}}]},
      {"share": 1, "beganDaysAgo": {"from": 4, "to": 6}, "moves": [START,
        {"step": "help", "command": {"referral": {"make": MADE}}},
        {"by": "performer", "command": {"referral": {"accept": {}}}},
        {"by": "performer", "command": {"referral": {"begin": {}}}},
        {"by": "performer", "command": {"referral":
          {"complete": {"outcome": "done"}}}}]}],
    "source": {"provenance": "PROVENANCE_DEMO"}
  }]
})";

std::string Referring() {
  return absl::StrReplaceAll(
      kReferring, {{"START", R"({"command": {"startStep": {"step": "help"}}},
         {"command": {"giveConsent": {"consent": {
            "matter": "CONSENT_MATTER_DATA", "purpose": "support",
            "classes": ["DATA_CLASS_IDENTITY"],
            "toKinds": ["AGENCY_KIND_SOCIAL"],
            "wordGiven": "WORD_GIVEN_IN_WRITING",
            "document": {"kind": "consent-form"}}}}})"},
                   {"MADE", R"({"way": "by_consent", "send": true})"}});
}

CaseloadShape ShapeOf(const std::string& text) {
  base::Problems problems;
  std::optional<CaseloadShape> shape = ReadCaseloadShape(text, problems);
  EXPECT_TRUE(shape.has_value()) << problems.ToStatus();
  return shape.has_value() ? *std::move(shape) : CaseloadShape();
}

class CaseloadWriterTest : public ::testing::Test {
 protected:
  absl::StatusOr<WrittenCaseload> Write(const Caseload& caseload,
                                        int64_t cases) {
    CaseloadWriter writer(
        {.engine = bench_.engine(),
         .executor = bench_.executor(),
         .caseload = caseload,
         .cases = cases,
         .in_flight = 16,
         .progress = [this](int64_t done) { EXPECT_EQ(done, ++told_); }});
    told_ = 0;
    return bench_.Wait<WrittenCaseload>(
        [&writer](base::Done<WrittenCaseload> done) {
          writer.Run(std::move(done));
        });
  }
  [[nodiscard]] Caseload Seeded(uint64_t seed) {
    return Caseload(
        {.shape = shape_, .seed = seed, .now = bench_.clock().Now()});
  }
  // Referrals that wait with the organisations asked.
  int64_t Waiting(const Caseload& caseload) {
    int64_t waiting = 0;
    for (const model::v1::Organisation& one : caseload.Organisations()) {
      if (one.services().empty()) continue;
      const absl::StatusOr<int64_t> count =
          bench_.Wait<int64_t>([&](base::Done<int64_t> done) {
            bench_.store().Count(
                engine::ListOf(engine::Table::kQueue, one.name()),
                std::move(done));
          });
      EXPECT_TRUE(count.ok()) << count.status();
      waiting += count.value_or(0);
    }
    return waiting;
  }
  FsckReport Look() {
    const registry::Signer signer(bench_.keys());
    engine::Fsck fsck({.store = bench_.store(),
                       .executor = bench_.executor(),
                       .clock = bench_.clock(),
                       .signer = signer});
    const absl::StatusOr<FsckReport> report = bench_.Wait<FsckReport>(
        [&](base::Done<FsckReport> done) { fsck.Run(std::move(done)); });
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : FsckReport();
  }

  EngineBench bench_;
  const CaseloadShape shape_ = ShapeOf(kShape);
  int64_t told_ = 0;
};

TEST_F(CaseloadWriterTest, WritesCasesThatAreWhereTheyMustBe) {
  const absl::StatusOr<WrittenCaseload> written = Write(Seeded(1), kCases);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_THAT(written->refusals, IsEmpty());
  EXPECT_EQ(written->cases, kCases);
  EXPECT_EQ(told_, kCases);
  const FsckReport report = Look();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.cases, kCases);
  // Every case that has moves is closed by the last of them.
  EXPECT_EQ((kCases - report.open_cases) * 3, written->moves);
  EXPECT_THAT(report.open_cases, Gt(kCases / 6));
  EXPECT_EQ(report.not_yet_witnessed, 0);
}

TEST_F(CaseloadWriterTest, AddsNothingTheSecondTime) {
  ASSERT_TRUE(Write(Seeded(1), kCases).ok());
  const FsckReport before = Look();
  bench_.Restart();
  const absl::StatusOr<WrittenCaseload> again = Write(Seeded(1), kCases);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->cases, kCases);
  EXPECT_THAT(again->refusals, IsEmpty());
  const FsckReport after = Look();
  EXPECT_EQ(after.entries, before.entries);
  EXPECT_EQ(after.rows, before.rows);
  EXPECT_EQ(after.open_cases, before.open_cases);
}

TEST_F(CaseloadWriterTest, RefersCasesToOrganisationsThatAnswer) {
  const CaseloadShape shape = ShapeOf(Referring());
  const Caseload caseload(
      {.shape = shape, .seed = 3, .now = bench_.clock().Now()});
  int64_t rejected = 0;
  int64_t given = 0;
  for (uint32_t n = 0; n < kCases; ++n) {
    const size_t moves = caseload.Plan(n).moves.size();
    rejected += moves == 5 ? 1 : 0;
    given += moves == 6 ? 1 : 0;
  }
  const absl::StatusOr<WrittenCaseload> written = Write(caseload, kCases);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_THAT(written->refusals, IsEmpty());
  EXPECT_EQ(written->referrals, kCases + rejected);
  EXPECT_EQ(Waiting(caseload), kCases - given);
  const FsckReport before = Look();
  EXPECT_THAT(before.findings, IsEmpty());

  bench_.Restart();
  const absl::StatusOr<WrittenCaseload> again = Write(caseload, kCases);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->refusals, IsEmpty());
  EXPECT_EQ(Look().entries, before.entries);
  EXPECT_EQ(Waiting(caseload), kCases - given);
}

TEST_F(CaseloadWriterTest, TellsWhichMoveOnAReferralWasRefused) {
  CaseloadShape shape = ShapeOf(Referring());
  for (CaseloadPerformers& one : shape.performers) one.services.clear();
  const Caseload caseload(
      {.shape = shape, .seed = 3, .now = bench_.clock().Now()});
  const absl::StatusOr<WrittenCaseload> written = Write(caseload, 2);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_THAT(written->refusals, ElementsAre(HasSubstr("referral.make help"),
                                             HasSubstr("referral.make help")));
}

TEST_F(CaseloadWriterTest, GoesOnWithAnotherDayAndMoreCases) {
  ASSERT_TRUE(Write(Seeded(1), kCases / 2).ok());
  bench_.Advance(absl::Hours(30));
  ASSERT_TRUE(Write(Seeded(1), kCases).ok());
  EXPECT_EQ(Look().cases, kCases);
  EXPECT_THAT(Look().findings, IsEmpty());
}

TEST_F(CaseloadWriterTest, GoesOnWithACaseThatWasCutShort) {
  const Caseload caseload = Seeded(1);
  // One case for the organisations; the next is only reported.
  ASSERT_TRUE(Write(caseload, 1).ok());
  uint32_t number = 1;
  while (caseload.Plan(number).moves.empty()) ++number;
  const PlannedCase planned = caseload.Plan(number);
  engine::Report report{
      .info = caseload.InfoOf(planned.reporter, number, "report"),
      .pathway = planned.report.pathway(),
      .person = planned.report.person(),
      .happened_time = planned.report.happened_time()};
  report.details.set_entry(planned.report.entry());
  ASSERT_TRUE(bench_.Take(report).ok());
  const absl::StatusOr<WrittenCaseload> written = Write(caseload, number + 1);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_THAT(written->refusals, IsEmpty());
  EXPECT_EQ(Look().cases, number + 1);
  EXPECT_THAT(Look().findings, IsEmpty());
}

TEST_F(CaseloadWriterTest, KeepsTheCaseloadsOfTwoSeedsApart) {
  ASSERT_TRUE(Write(Seeded(1), kCases / 4).ok());
  ASSERT_TRUE(Write(Seeded(2), kCases / 4).ok());
  EXPECT_EQ(Look().cases, kCases / 2);
}

TEST_F(CaseloadWriterTest, RefusesAnotherShapeUnderTheSameSeed) {
  ASSERT_TRUE(Write(Seeded(1), 5).ok());
  CaseloadShape changed = shape_;
  changed.hash = "another";
  const Caseload other(
      {.shape = changed, .seed = 1, .now = bench_.clock().Now()});
  const absl::StatusOr<WrittenCaseload> written = Write(other, 5);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->refused, 5);
  EXPECT_EQ(written->cases, 0);
  EXPECT_THAT(written->refusals, SizeIs(5));
}

TEST_F(CaseloadWriterTest, TellsWhereACaseWasRefusedAndGoesOn) {
  CaseloadShape changed = shape_;
  changed.programmes[0].histories.erase(
      changed.programmes[0].histories.begin());
  changed.programmes[0]
      .histories[0]
      .moves[2]
      .command.mutable_close_case()
      ->set_ending("goals_met");
  const Caseload caseload(
      {.shape = changed, .seed = 1, .now = bench_.clock().Now()});
  const absl::StatusOr<WrittenCaseload> written = Write(caseload, 2);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->refused, 2);
  EXPECT_THAT(written->refusals,
              ElementsAre(HasSubstr("closeCase"), HasSubstr("closeCase")));
  EXPECT_THAT(Look().open_cases, Ge(2));
}

TEST_F(CaseloadWriterTest, SaysThatNoPathwayIsPublished) {
  CaseloadShape changed = shape_;
  changed.programmes[0].report.set_pathway("nowhere");
  const Caseload caseload(
      {.shape = changed, .seed = 1, .now = bench_.clock().Now()});
  const absl::StatusOr<WrittenCaseload> written = Write(caseload, 1);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_THAT(written->refusals, ElementsAre(HasSubstr("nowhere")));
}

}  // namespace
}  // namespace careroute::services
