// Cases as lists read them: several at the cost of one, and nothing opened that
// was not asked for.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/cases.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using model::v1::DATA_CLASS_IDENTITY;
using model::v1::DATA_CLASS_NEEDS;
using testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr base::Uid kNobodys{.high = 9, .low = 9};

class CasesListedTest : public ::testing::Test {
 protected:
  CasesListedTest() {
    model::v1::Organisation office =
        EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL);
    office.add_services()->set_service("care");
    bench_.Put(office);
    bench_.Publish(Lawful());
  }

  // A law opens a way to help, for who it is and how to speak with them.
  static model::v1::Pathway Lawful() {
    model::v1::Pathway pathway = EngineBench::Route("lawful");
    for (model::v1::Step& step : *pathway.mutable_steps()) {
      if (step.id() != "help") continue;
      model::v1::Way& way = *step.add_disclosure();
      way.set_id("by_law");
      way.add_classes(DATA_CLASS_IDENTITY);
      way.add_classes(DATA_CLASS_NEEDS);
      way.mutable_law()->set_act("an act");
    }
    return pathway;
  }

  base::Uid Open(const std::string& name, const std::string& snils) {
    Report report = bench_.ReportOf({.pathway = "lawful", .snils = snils});
    report.person.mutable_identity()->set_given_name(name);
    report.person.mutable_needs()->set_language("rsl");
    const absl::StatusOr<ReportTaken> taken = bench_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    const auto uid = ParseName("reports/", taken->report);
    EXPECT_TRUE(uid.ok());
    return *uid;
  }

  void Refer(const base::Uid& uid) {
    bench_.Do(uid, "referral { make { occurrence: " +
                       std::to_string(bench_.Number(uid, "help")) +
                       " performer: 'organisations/office' way: 'by_law' "
                       "send: true } }");
  }

  // With its first referral.
  base::Uid OpenReferred(const std::string& name, const std::string& snils) {
    const base::Uid uid = Open(name, snils);
    bench_.Do(uid, "start_step { step: 'help' }");
    Refer(uid);
    return uid;
  }

  absl::StatusOr<Cases::Standings> Standings(const std::set<base::Uid>& uids) {
    return bench_.Wait<Cases::Standings>([&](auto done) {
      bench_.engine().cases().ReadStandings(uids, std::move(done));
    });
  }

  CaseStanding Standing(const base::Uid& uid) {
    const auto standings = Standings({uid});
    EXPECT_TRUE(standings.ok()) << standings.status();
    return standings.ok() ? standings->at(uid) : CaseStanding{};
  }

  Cases::Makings Makings(std::vector<Cases::MakingRequest> requests) {
    auto makings = bench_.Wait<Cases::Makings>([&](auto done) {
      bench_.engine().cases().ReadMakings(std::move(requests), std::move(done));
    });
    EXPECT_TRUE(makings.ok()) << makings.status();
    return makings.ok() ? *std::move(makings) : Cases::Makings{};
  }

  EngineBench bench_;
};

// The name and the language that were opened, if they were.
std::string Told(const std::optional<CaseHistory>& making) {
  if (!making.has_value()) return "nothing";
  std::string told;
  for (const PlainClassPart& one : making->opened) {
    told += one.part.identity().given_name() + one.part.needs().language();
  }
  return told;
}

TEST_F(CasesListedTest, ReadsTheCasesOfAPageByOneCall) {
  const std::set<base::Uid> uids = {Open("Вера", "00000000101"),
                                    Open("Надя", "00000000102"),
                                    Open("Люба", "00000000103")};
  ASSERT_THAT(uids, SizeIs(3));
  bench_.Restart();
  const int64_t before = bench_.store().calls();
  const auto standings = Standings(uids);
  EXPECT_EQ(bench_.store().calls() - before, 1);
  ASSERT_TRUE(standings.ok()) << standings.status();
  ASSERT_THAT(*standings, SizeIs(3));
  for (const auto& [uid, standing] : *standings) {
    const CaseReading reading = bench_.Read(uid);
    EXPECT_EQ(standing.uid, uid);
    EXPECT_EQ(standing.version, reading.version);
    EXPECT_EQ(standing.state, reading.state) << "kept in memory, and shared";
    EXPECT_EQ(standing.edition, reading.edition);
    EXPECT_EQ(standing.directory, reading.directory);
    EXPECT_EQ(standing.now, bench_.clock().Now());
  }
}

TEST_F(CasesListedTest, ReadsNoneWhenOneWasNeverOpened) {
  EXPECT_EQ(Standings({Open("Вера", "00000000101"), kNobodys}).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(CasesListedTest, OpensOfAMakingWhatWasAskedForAlone) {
  const base::Uid uid = OpenReferred("Вера", "00000000101");
  const CaseStanding standing = Standing(uid);
  const Cases::Makings makings = Makings(
      {{.standing = standing,
        .number = 1,
        .classes = {DATA_CLASS_IDENTITY, DATA_CLASS_NEEDS}},
       {.standing = standing, .number = 1, .classes = {DATA_CLASS_NEEDS}},
       {.standing = standing, .number = 1}});
  ASSERT_THAT(makings, SizeIs(3));
  EXPECT_EQ(Told(makings[0]), "Вераrsl");
  EXPECT_EQ(Told(makings[1]), "rsl");
  EXPECT_EQ(Told(makings[2]), "");
  for (const std::optional<CaseHistory>& making : makings) {
    ASSERT_TRUE(making.has_value());
    EXPECT_EQ(making->event.referral_made().number(), 1);
    EXPECT_THAT(making->event.header().sealed(), IsEmpty());
    EXPECT_FALSE(making->hash.empty());
    EXPECT_FALSE(making->erased);
  }
}

TEST_F(CasesListedTest, FindsEachMakingInTheOrderAsked) {
  const base::Uid soon = OpenReferred("Вера", "00000000101");
  const base::Uid late = Open("Надя", "00000000102");
  bench_.Do(late, "start_step { step: 'help' }");
  for (int i = 0; i < 50; ++i) {
    bench_.Do(late, "record_contact { mode: CONTACT_MODE_TELEPHONE }");
  }
  Refer(late);
  const access::DataClassSet identity = {DATA_CLASS_IDENTITY};
  const Cases::Makings makings =
      Makings({{.standing = Standing(late), .number = 1, .classes = identity},
               {.standing = Standing(soon), .number = 7, .classes = identity},
               {.standing = Standing(soon), .number = 1, .classes = identity}});
  ASSERT_THAT(makings, SizeIs(3));
  EXPECT_EQ(Told(makings[0]), "Надя");
  EXPECT_EQ(Told(makings[1]), "nothing") << "there is no such referral";
  EXPECT_EQ(Told(makings[2]), "Вера");
}

TEST_F(CasesListedTest, OpensNothingOfWhoWasErasedMeanwhile) {
  const base::Uid uid = OpenReferred("Вера", "00000000101");
  const CaseStanding before = Standing(uid);
  const auto erased = bench_.Wait<bool>([&](base::Done<bool> done) {
    bench_.engine().erasures().EraseAgain(
        {.person = bench_.Read(uid).person->uid,
         .today = absl::CivilDay(2026, 3, 2)},
        [done = std::move(done)](absl::Status status) mutable {
          if (!status.ok()) return std::move(done)(std::move(status));
          std::move(done)(true);
        });
  });
  ASSERT_TRUE(erased.ok()) << erased.status();
  const Cases::Makings makings = Makings(
      {{.standing = before, .number = 1, .classes = {DATA_CLASS_IDENTITY}}});
  ASSERT_THAT(makings, SizeIs(1));
  EXPECT_EQ(Told(makings[0]), "");
  EXPECT_TRUE(makings[0]->erased);
}

}  // namespace
}  // namespace careroute::engine
