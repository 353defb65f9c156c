#include "services/hub/generate/caseload.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/request_check.h"

namespace careroute::services {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;

constexpr absl::Time kNow = absl::FromUnixSeconds(1'796'000'000);
constexpr uint32_t kCases = 2000;

CaseloadShape Shipped() {
  std::ifstream file("services/hub/generate/data/demo-region.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  base::Problems problems;
  auto shape = ReadCaseloadShape(text, problems);
  EXPECT_TRUE(shape.has_value()) << problems.ToStatus();
  return shape.has_value() ? *shape : CaseloadShape();
}

class CaseloadTest : public ::testing::Test {
 protected:
  [[nodiscard]] Caseload Of(uint64_t seed) const {
    return Caseload({.shape = shape_, .seed = seed, .now = kNow});
  }
  // Everything that is said of a case, as text.
  static std::string TextOf(const PlannedCase& planned) {
    std::string text =
        planned.report.DebugString() + planned.reporter.DebugString();
    if (planned.parent.has_value()) text += planned.parent->DebugString();
    for (const PlannedMove& move : planned.moves) {
      text += move.step + move.command.DebugString() + move.actor.DebugString();
    }
    return text;
  }

  const CaseloadShape shape_ = Shipped();
};

TEST_F(CaseloadTest, IsTheSameForTheSameSeedInAnyOrder) {
  const Caseload one = Of(11);
  const Caseload other = Of(11);
  const std::string seventh = TextOf(one.Plan(7));
  for (uint32_t n = 0; n < 20; ++n) {
    EXPECT_EQ(TextOf(one.Plan(n)), TextOf(other.Plan(n)));
  }
  EXPECT_EQ(TextOf(one.Plan(7)), seventh);
  EXPECT_NE(TextOf(Of(12).Plan(7)), seventh);
}

TEST_F(CaseloadTest, LetsEverythingHappenInOrderAndNothingInTheFuture) {
  const Caseload caseload = Of(1);
  for (uint32_t n = 0; n < kCases; ++n) {
    const PlannedCase planned = caseload.Plan(n);
    int64_t before = planned.report.happened_time().seconds();
    for (const PlannedMove& move : planned.moves) {
      EXPECT_THAT(move.command.happened_time().seconds(), Ge(before));
      before = move.command.happened_time().seconds();
    }
    EXPECT_THAT(before, Le(absl::ToUnixSeconds(kNow)));
  }
}

TEST_F(CaseloadTest, FollowsTheSharesOfTheShape) {
  const Caseload caseload = Of(2);
  std::map<size_t, int> counts;
  for (uint32_t n = 0; n < kCases; ++n) ++counts[caseload.Plan(n).programme];
  for (size_t i = 0; i < shape_.programmes.size(); ++i) {
    // The shares of the shipped shape add up to a hundred; 4 of 100 is three
    // times what chance does to a half.
    EXPECT_NEAR(100.0 * counts[i] / kCases, shape_.programmes[i].share, 4.0);
  }
}

TEST_F(CaseloadTest, InventsPeopleOfTheAgeOfTheProgramme) {
  const Caseload caseload = Of(3);
  const absl::CivilDay today = absl::ToCivilDay(kNow, absl::UTCTimeZone());
  for (uint32_t n = 0; n < kCases; ++n) {
    const PlannedCase planned = caseload.Plan(n);
    const CaseloadProgramme& programme = shape_.programmes[planned.programme];
    absl::CivilDay born;
    ASSERT_TRUE(absl::ParseCivilTime(
        planned.report.person().identity().birth_date(), &born));
    EXPECT_THAT(born, Le(today));
    EXPECT_GT(
        absl::CivilDay(born.year(), born.month() + programme.age_months.to + 1,
                       born.day()) +
            3,
        today);
    EXPECT_EQ(planned.parent.has_value(), programme.with_parent == 100);
  }
}

TEST_F(CaseloadTest, WritesReportsTheHubsDoorWouldTake) {
  api::RequestCheck rules;
  rules.Prepare(*api::v1::ReportNeedRequest::descriptor());
  const Caseload caseload = Of(4);
  for (uint32_t n = 0; n < 200; ++n) {
    api::v1::ReportNeedRequest report = caseload.Plan(n).report;
    report.set_request_id("00000000-0000-4000-8000-000000000001");
    base::Problems problems;
    rules.Check(report, problems);
    EXPECT_THAT(problems.list(), IsEmpty()) << problems.ToStatus();
  }
}

TEST_F(CaseloadTest, KnowsTheOrganisationOfEveryCase) {
  const Caseload caseload = Of(5);
  std::set<std::string> known;
  for (const model::v1::Organisation& one : caseload.Organisations()) {
    EXPECT_TRUE(known.insert(one.name()).second) << one.name();
    EXPECT_EQ(one.duty_coordinator(), one.name() + "/members/coordinator");
  }
  for (uint32_t n = 0; n < kCases; ++n) {
    EXPECT_EQ(known.count(caseload.Plan(n).reporter.organisation()), 1u);
  }
}

TEST_F(CaseloadTest, ReferralsAskOrganisationsItKnowsAndEachTimeAnother) {
  const Caseload caseload = Of(5);
  std::map<std::string, const CaseloadPerformers*> known;
  for (const model::v1::Organisation& one : caseload.Organisations()) {
    for (const CaseloadPerformers& sort : shape_.performers) {
      if (one.name().find("/asked-" + sort.id + "-") != std::string::npos) {
        EXPECT_EQ(one.kind(), sort.kind);
        EXPECT_EQ(one.services_size(), static_cast<int>(sort.services.size()));
        known[one.name()] = &sort;
      }
    }
  }
  int asked_again = 0;
  for (uint32_t n = 0; n < kCases; ++n) {
    std::string asked;
    for (const PlannedMove& move : caseload.Plan(n).moves) {
      if (AsksPerformer(move.command)) {
        const std::string& next = move.command.referral().make().performer();
        EXPECT_EQ(known.count(next), 1u) << next;
        EXPECT_NE(next, asked);
        asked_again += asked.empty() ? 0 : 1;
        asked = next;
      } else if (move.actor.role() == model::v1::ACTOR_ROLE_PERFORMER) {
        EXPECT_EQ(move.actor.organisation(), asked);
      }
    }
  }
  EXPECT_GT(asked_again, 0);
}

TEST_F(CaseloadTest, LetsPapersBeSignedOnTheDayOfTheMove) {
  const Caseload caseload = Of(5);
  int consents = 0;
  for (uint32_t n = 0; n < kCases; ++n) {
    for (PlannedMove& move : caseload.Plan(n).moves) {
      const model::v1::Consent* const consent = ConsentIn(move.command);
      if (consent == nullptr) continue;
      ++consents;
      const std::string day = absl::FormatCivilTime(absl::ToCivilDay(
          absl::FromUnixSeconds(move.command.happened_time().seconds()),
          absl::UTCTimeZone()));
      EXPECT_EQ(consent->from(), day);
      EXPECT_EQ(consent->document().issued_on(), day);
    }
  }
  EXPECT_GT(consents, 0);
}

TEST_F(CaseloadTest, NamesEachRequestOnceAndForEver) {
  const Caseload caseload = Of(6);
  const model::v1::Actor actor;
  std::set<std::string> ids;
  for (const uint32_t number : {1u, 12u}) {
    for (const char* part : {"parent", "report", "move/0", "move/1"}) {
      const engine::RequestInfo info = caseload.InfoOf(actor, number, part);
      EXPECT_TRUE(ids.insert(info.request_id).second);
      EXPECT_EQ(info.request_id, Of(6).InfoOf(actor, number, part).request_id);
      EXPECT_NE(info.request_id, Of(7).InfoOf(actor, number, part).request_id);
    }
  }
  EXPECT_THAT(ids, Each(::testing::SizeIs(16)));
}

TEST_F(CaseloadTest, ToldInAnotherShapeIsAnotherRequestUnderTheSameId) {
  CaseloadShape changed = shape_;
  changed.hash = "another";
  const Caseload other({.shape = changed, .seed = 6, .now = kNow});
  const model::v1::Actor actor;
  EXPECT_EQ(other.InfoOf(actor, 1, "report").request_id,
            Of(6).InfoOf(actor, 1, "report").request_id);
  EXPECT_NE(other.InfoOf(actor, 1, "report").body_hash,
            Of(6).InfoOf(actor, 1, "report").body_hash);
}

}  // namespace
}  // namespace careroute::services
