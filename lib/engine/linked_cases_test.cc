// A case asks for another: for each child just born, or for the same person on
// another pathway.

#include "lib/engine/linked_cases.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The first step of a route has an outcome that asks for a case of the same
// person on "other-route", by an entry the test may choose.
model::v1::Pathway Asking(const std::string& entry) {
  model::v1::Pathway pathway = EngineBench::Route("asking");
  for (model::v1::Step& step : *pathway.mutable_steps()) {
    if (step.id() != "intake") continue;
    model::v1::Outcome& outcome = *step.add_outcomes();
    outcome.set_id("other");
    outcome.set_continues(true);
    outcome.mutable_opens_case()->set_pathway("other-route");
    outcome.mutable_opens_case()->set_person(model::v1::NEW_CASE_PERSON_SAME);
    outcome.mutable_opens_case()->set_entry(entry);
  }
  return pathway;
}

class LinkedCasesTest : public ::testing::Test {
 protected:
  base::Uid OpenAsking(const std::string& entry = "report") {
    bench_.Publish(Asking(entry));
    return bench_.Open({.pathway = "asking"});
  }

  void Complete(const base::Uid& uid, const std::string& outcome) {
    bench_.Do(uid, absl::StrCat("complete_step { occurrence: ",
                                bench_.Number(uid, "intake"), " outcome: '",
                                outcome, "' }"));
  }

  // The cases that `opener` opened.
  std::vector<base::Uid> OpenedBy(const base::Uid& opener) {
    std::vector<base::Uid> opened;
    for (const base::Uid& uid : bench_.AllCases()) {
      if (bench_.Read(uid).state->opened_by_case ==
          absl::StrCat("cases/", opener.Hex())) {
        opened.push_back(uid);
      }
    }
    return opened;
  }

  EngineBench bench_;
};

TEST_F(LinkedCasesTest, OpensACaseForEachChildJustBorn) {
  const base::Uid mother = bench_.Open({});
  for (int children = 0; children < 2; ++children) {
    bench_.Do(mother, "add_subject { kind: SUBJECT_KIND_CHILD_BORN }");
  }
  Complete(mother, "twins");
  for (int runs = 0; runs < 2; ++runs) {
    bench_.RunDue();
    for (const store::OutboxRow& row : bench_.Waiting()) {
      ADD_FAILURE() << row.problem;
    }
    ASSERT_THAT(OpenedBy(mother), SizeIs(2));
    bench_.Restart();
    bench_.Advance(absl::Hours(1));
  }
  std::map<int32_t, model::v1::Person> children;
  for (const base::Uid& uid : OpenedBy(mother)) {
    const CaseReading reading = bench_.Read(uid);
    const model::v1::Person& child = reading.person->person;
    children[child.identity().birth_order()] = child;
    EXPECT_EQ(child.identity().mother(),
              bench_.Read(mother).person->person.name());
    EXPECT_EQ(child.identity().birth_date(), "2026-03-02");
    EXPECT_EQ(reading.state->coordinator,
              bench_.Read(mother).state->coordinator);
  }
  ASSERT_THAT(children, SizeIs(2));
  EXPECT_NE(children[1].name(), children[2].name());
}

TEST_F(LinkedCasesTest, TellsTheOpenerWhenTheOtherCaseEnds) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid opener = OpenAsking();
  Complete(opener, "other");
  bench_.RunDue();
  ASSERT_THAT(OpenedBy(opener), SizeIs(1));
  const base::Uid linked = OpenedBy(opener)[0];
  EXPECT_EQ(bench_.Read(linked).state->person,
            bench_.Read(opener).state->person);
  bench_.Do(linked, "close_case { ending: 'declined' note: 'no wish' }");
  bench_.RunDue();
  EXPECT_EQ(bench_.Events(opener).back().message_received().linked_case_ended(),
            "declined");
}

TEST_F(LinkedCasesTest, OpensNoneBesideAnOpenOne) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid other = bench_.Open({.pathway = "other-route"});
  const base::Uid opener = OpenAsking();
  Complete(opener, "other");
  bench_.RunDue();
  EXPECT_THAT(OpenedBy(opener), IsEmpty());
  EXPECT_THAT(bench_.AllCases(), SizeIs(2));
  EXPECT_FALSE(bench_.Read(other).state->ending.has_value());
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

TEST_F(LinkedCasesTest, OpensOneCaseForTwoThatAsk) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid opener = OpenAsking();
  Complete(opener, "other");
  Complete(opener, "other");
  bench_.RunDue();
  EXPECT_THAT(OpenedBy(opener), SizeIs(1));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

// Somebody holds the right to open one and may yet die before it is opened.
TEST_F(LinkedCasesTest, WaitsForWhoIsOpeningOne) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid opener = OpenAsking();
  Complete(opener, "other");
  const std::string claim =
      Cases::OpenCaseClaim(bench_.Read(opener).state->person, "other-route");
  const auto held =
      bench_.Wait<store::Claim>([&](base::Done<store::Claim> done) {
        bench_.store().ClaimUnique({.key = claim,
                                    .owner = {.kind = store::StreamKind::kCase,
                                              .id = {.high = 8, .low = 8}},
                                    .now = bench_.clock().Now()},
                                   std::move(done));
      });
  ASSERT_TRUE(held.ok()) << held.status();
  bench_.RunDue();
  EXPECT_THAT(OpenedBy(opener), IsEmpty());
  bench_.Advance(store::kClaimLapse);
  bench_.RunDue();
  EXPECT_THAT(OpenedBy(opener), SizeIs(1));
}

TEST_F(LinkedCasesTest, WaitsForAnEditionAndSaysSo) {
  const base::Uid opener = OpenAsking();
  Complete(opener, "other");
  bench_.RunDue();
  ASSERT_THAT(bench_.Waiting(), SizeIs(1));
  EXPECT_THAT(bench_.Waiting()[0].problem, HasSubstr("other-route"));
  bench_.Publish(EngineBench::Route("other-route"));
  bench_.Advance(kDeliverAgainMax);
  bench_.RunDue();
  EXPECT_THAT(OpenedBy(opener), SizeIs(1));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

TEST_F(LinkedCasesTest, KeepsWhatTheEditionRefusesAndLetsOthersOpenMeanwhile) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid opener = OpenAsking("unheard-of");
  Complete(opener, "other");
  bench_.RunDue();
  ASSERT_THAT(bench_.Waiting(), SizeIs(1));
  EXPECT_THAT(bench_.Waiting()[0].problem, HasSubstr("NOT_DECLARED"));
  // A report of the same minute does not find the right taken.
  bench_.Open({.pathway = "other-route"});
  EXPECT_THAT(bench_.AllCases(), SizeIs(2));
}

// A process that died after the opening asks once more.
TEST_F(LinkedCasesTest, FinishesWhatWasOpenedBefore) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid opener = OpenAsking();
  Complete(opener, "other");
  AskedCase asked{.opener = opener,
                  .event = bench_.Events(opener).back(),
                  .now = bench_.clock().Now()};
  asked.message = asked.event.consequences().messages(0);
  bench_.RunDue();
  const base::Uid linked = OpenedBy(opener).at(0);
  Engine& engine = bench_.engine();
  LinkedCases again({.store = bench_.store(),
                     .cases = engine.cases(),
                     .editions = engine.editions(),
                     .persons = engine.persons(),
                     .calendars = engine.calendars()});
  using Answer = std::optional<model::v1::Refusal>;
  for (int ended = 0; ended < 2; ++ended) {
    const auto answer = bench_.Wait<Answer>(
        [&](base::Done<Answer> done) { again.Open(asked, std::move(done)); });
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_FALSE(answer->has_value()) << (*answer)->DebugString();
    EXPECT_THAT(OpenedBy(opener), ElementsAre(linked));
    if (ended == 0) {
      bench_.Do(linked, "close_case { ending: 'declined' note: 'no wish' }");
    }
  }
}

}  // namespace
}  // namespace careroute::engine
