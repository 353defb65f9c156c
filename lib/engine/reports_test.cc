// A report of need opens a case, joins it or brings it back, and its sender
// cannot tell which.

#include "lib/engine/reports.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::HasSubstr;
using testing::Need;
using ::testing::SizeIs;

class ReportsTest : public ::testing::Test {
 protected:
  // Why the report was refused; empty when it was taken.
  std::string Refused(Report report) {
    const absl::StatusOr<ReportTaken> taken = bench_.Take(std::move(report));
    EXPECT_TRUE(taken.ok()) << taken.status();
    if (!taken.ok() || !taken->refusal.has_value()) return "";
    return taken->refusal->message_key();
  }

  size_t Persons() {
    const absl::StatusOr<store::StreamPage> page =
        bench_.Wait<store::StreamPage>([&](base::Done<store::StreamPage> done) {
          bench_.store().ListStreams({.kind = store::StreamKind::kPerson},
                                     std::move(done));
        });
    return page.ok() ? page->streams.size() : 0;
  }

  void Close(const base::Uid& uid, const std::string& ending) {
    bench_.Do(uid, "close_case { ending: '" + ending +
                       "' note: 'as the family "
                       "wishes' }");
  }

  // A pathway whose ending "declined" is brought back by a report.
  void PublishReopening() {
    model::v1::Pathway pathway = EngineBench::Route("reopening");
    for (model::v1::Ending& one : *pathway.mutable_endings()) {
      if (one.id() == "declined") one.set_reopened_by_report(true);
    }
    bench_.Publish(pathway);
  }

  EngineBench bench_;
};

TEST_F(ReportsTest, OpensACaseForTheDutyCoordinatorOfWhoReports) {
  const base::Uid uid = bench_.Open({.by = "office"});
  const CaseReading opened = bench_.Read(uid);
  EXPECT_EQ(opened.state->coordinator, "organisations/office/members/anna");
  EXPECT_EQ(opened.state->deputy, "organisations/office/members/boris");
  EXPECT_EQ(opened.state->identified_by, "organisations/office");
  EXPECT_EQ(opened.state->entry, "report");
  EXPECT_EQ(opened.person->person.identity().snils(), "00000000101");
  EXPECT_TRUE(bench_.IsLive(uid, "intake"));
}

TEST_F(ReportsTest, JoinsTheOpenCaseAndAnswersAlike) {
  const base::Uid uid = bench_.Open({});
  const absl::StatusOr<ReportTaken> second =
      bench_.Take(bench_.ReportOf({.by = "office"}));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->refusal.has_value());
  EXPECT_THAT(second->report, HasSubstr("reports/"));
  EXPECT_THAT(bench_.AllCases(), ElementsAre(uid));
  EXPECT_TRUE(bench_.Events(uid).back().has_report_joined());
  // Who joins becomes no participant.
  EXPECT_THAT(bench_.Read(uid).state->participants,
              ElementsAre("organisations/clinic"));
}

TEST_F(ReportsTest, OpensACaseOfItsOwnOnEachPathway) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid uid = bench_.Open({});
  const base::Uid other = bench_.Open({.pathway = "other-route"});
  EXPECT_NE(uid, other);
  EXPECT_THAT(bench_.AllCases(), SizeIs(2));
  EXPECT_EQ(Persons(), 1U);
}

TEST_F(ReportsTest, BringsBackACaseThatEndedSo) {
  PublishReopening();
  const base::Uid uid = bench_.Open({.pathway = "reopening"});
  Close(uid, "declined");
  EXPECT_EQ(Refused(bench_.ReportOf({.pathway = "reopening"})), "");
  EXPECT_THAT(bench_.AllCases(), ElementsAre(uid));
  EXPECT_FALSE(bench_.Read(uid).state->ending.has_value());
  // It is the one open case again: the next report joins it.
  EXPECT_EQ(Refused(bench_.ReportOf({.pathway = "reopening"})), "");
  EXPECT_TRUE(bench_.Events(uid).back().has_report_joined());
}

TEST_F(ReportsTest, OpensAnotherCaseWhenTheFirstIsOver) {
  const base::Uid uid = bench_.Open({});
  Close(uid, "declined");
  const base::Uid next = bench_.Open({});
  EXPECT_NE(next, uid);
  EXPECT_TRUE(bench_.Read(uid).state->ending.has_value());
  EXPECT_FALSE(bench_.Read(next).state->ending.has_value());
}

TEST_F(ReportsTest, RegistersNobodyWhereNoEditionApplies) {
  EXPECT_EQ(Refused(bench_.ReportOf({.pathway = "unheard-of"})), "no_edition");
  Report elsewhere = bench_.ReportOf({});
  elsewhere.person.mutable_identity()->mutable_stays_at()->set_region(
      "RU-DEMO");
  EXPECT_EQ(Refused(std::move(elsewhere)), "no_edition");
  EXPECT_EQ(Persons(), 0U);
}

TEST_F(ReportsTest, IsRefusedToAnOrganisationNobodyKnows) {
  EXPECT_EQ(Refused(bench_.ReportOf({.by = "stranger"})),
            "unknown_organisation");
  EXPECT_EQ(Persons(), 0U);
}

TEST_F(ReportsTest, WritesNothingWhenAskedOnlyToValidate) {
  Report report = bench_.ReportOf({});
  report.info.validate_only = true;
  EXPECT_EQ(Refused(std::move(report)), "");
  EXPECT_EQ(Persons(), 0U);
  EXPECT_THAT(bench_.AllCases(), SizeIs(0));
}

// Whether or not the person is known.
TEST_F(ReportsTest, RefusesWhenValidatingWhatTheRealCallRefuses) {
  const auto validated = [this](const std::string& entry,
                                const std::string& criterion) {
    Report report = bench_.ReportOf({.entry = entry});
    report.info.validate_only = true;
    if (!criterion.empty()) {
      report.details.add_criteria()->set_criterion(criterion);
    }
    return Refused(std::move(report));
  };
  for (const size_t persons : {size_t{0}, size_t{1}}) {
    EXPECT_EQ(validated("report", ""), "");
    EXPECT_NE(validated("unheard-of", ""), "");
    EXPECT_EQ(validated("found", ""), "criterion_needed");
    EXPECT_NE(validated("report", "unheard-of"), "");
    EXPECT_EQ(Persons(), persons);
    EXPECT_THAT(bench_.AllCases(), SizeIs(persons));
    if (persons == 0) bench_.Open({});
  }
}

TEST_F(ReportsTest, AnswersARepeatAsBeforeAndOpensNothingMore) {
  const Need need{.request_id = "r"};
  const base::Uid uid = bench_.Open(need);
  for (int restarts = 0; restarts < 2; ++restarts) {
    EXPECT_EQ(bench_.Open(need), uid);
    EXPECT_THAT(bench_.AllCases(), ElementsAre(uid));
    EXPECT_EQ(bench_.Read(uid).version, 1);
    bench_.Restart();
  }
}

TEST_F(ReportsTest, RegistersNobodyByARequestIdThatWasUsed) {
  bench_.Open({});
  EXPECT_EQ(Refused(bench_.ReportOf({.request_id = "r"})), "");
  Report other = bench_.ReportOf({.snils = "00000000202", .request_id = "r"});
  other.info.body_hash = base::Sha256("another body");
  EXPECT_EQ(Refused(std::move(other)), "request_id_reused");
  EXPECT_EQ(Persons(), 1U);
}

// The writes of a report, each cut once before and once after it took effect.
TEST_F(ReportsTest, IsFinishedByARepeatWhereverItFailed) {
  int number = 0;
  for (const bool known : {false, true}) {
    for (const store::FaultPoint point :
         {store::FaultPoint::kBeforeEffect, store::FaultPoint::kAfterEffect}) {
      SCOPED_TRACE(number);
      bench_.Publish(EngineBench::Route("again-" + std::to_string(number)));
      const Need need{.pathway = "again-" + std::to_string(number),
                      .snils = known ? "00000000101" : "00000000202",
                      .request_id = "r" + std::to_string(number++)};
      if (known) bench_.Open({});
      const size_t before = bench_.AllCases().size();
      bench_.store().FailNextAppend(
          {.status = absl::UnavailableError("cut"), .point = point});
      (void)bench_.Take(bench_.ReportOf(need));
      const base::Uid uid = bench_.Open(need);
      EXPECT_THAT(bench_.AllCases(), SizeIs(before + 1));
      EXPECT_EQ(bench_.Read(uid).version, 1);
    }
  }
  EXPECT_EQ(Persons(), 2U);
}

// The right to be the one open case is given back with the refusal.
TEST_F(ReportsTest, IsNotHeldUpByOneThatWasRefused) {
  EXPECT_EQ(Refused(bench_.ReportOf({.entry = "found"})), "criterion_needed");
  EXPECT_EQ(Refused(bench_.ReportOf({.by = "office"})), "");
  EXPECT_THAT(bench_.AllCases(), SizeIs(1));
}

}  // namespace
}  // namespace careroute::engine
