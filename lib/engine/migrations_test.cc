// Cases moved to another edition: which, in which pages, and what a dry run
// leaves behind.

#include "lib/engine/migrations.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;
using ::testing::UnorderedElementsAre;

model::v1::Pathway Second() {
  model::v1::Pathway pathway = EngineBench::Route("test-route");
  pathway.set_edition("2");
  return pathway;
}

// The second edition without the step every case begins with.
model::v1::Pathway WithoutIntake() {
  model::v1::Pathway pathway = Second();
  auto& steps = *pathway.mutable_steps();
  for (int i = 0; i < steps.size(); ++i) {
    if (steps[i].id() == "intake") steps[i].set_id("intake_anew");
  }
  return pathway;
}

class MigrationsTest : public ::testing::Test {
 protected:
  // As the list of editions names it.
  model::v1::EditionRef Edition(const std::string& number) {
    using List = std::vector<model::v1::PublishedEdition>;
    const auto all = bench_.Wait<List>([this](base::Done<List> done) {
      bench_.engine().editions().List(std::move(done));
    });
    CAREROUTE_CHECK(all.ok());
    for (const model::v1::PublishedEdition& one : *all) {
      if (one.edition().edition() == number) return one.edition();
    }
    ADD_FAILURE() << "no edition " << number;
    return {};
  }

  Migrations::MoveRequest Asking(const std::string& from,
                                 const std::string& to) {
    return {.info = bench_.Info(EngineBench::Actor(
                "clinic", "anna", model::v1::ACTOR_ROLE_ADMINISTRATOR)),
            .from_hash = Edition(from).hash(),
            .to = Edition(to)};
  }

  MovedPage Move(Migrations::MoveRequest request) {
    const auto page = bench_.Wait<MovedPage>([&](base::Done<MovedPage> done) {
      bench_.engine().migrations().Move(std::move(request), std::move(done));
    });
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *page : MovedPage();
  }

  std::string EditionOf(const base::Uid& uid) {
    return bench_.Read(uid).state->edition.edition;
  }

  static std::vector<base::Uid> Uids(const MovedPage& page) {
    std::vector<base::Uid> uids;
    for (const MovedCase& one : page.cases) uids.push_back(one.uid);
    return uids;
  }

  EngineBench bench_;
};

TEST_F(MigrationsTest, MovesTheOpenCasesOfTheEditionAndNoOthers) {
  const base::Uid first = bench_.Open({.snils = "00000000101"});
  const base::Uid second = bench_.Open({.snils = "00000000202"});
  bench_.Publish(Second());
  const base::Uid newer = bench_.Open({.snils = "00000000303"});
  ASSERT_EQ(EditionOf(newer), "2");
  const MovedPage page = Move(Asking("1", "2"));
  EXPECT_THAT(Uids(page), UnorderedElementsAre(first, second));
  EXPECT_FALSE(page.last.has_value());
  EXPECT_EQ(EditionOf(first), "2");
  EXPECT_EQ(EditionOf(second), "2");
  EXPECT_EQ(bench_.Read(newer).version, 1);
  bench_.Restart();
  EXPECT_EQ(bench_.Read(first).edition->pathway().edition(), "2");
}

TEST_F(MigrationsTest, ADryRunSaysTheSameAndMovesNothing) {
  const base::Uid uid = bench_.Open({});
  bench_.Publish(WithoutIntake());
  Migrations::MoveRequest dry = Asking("1", "2");
  dry.info.validate_only = true;
  const MovedPage page = Move(dry);
  ASSERT_EQ(page.cases.size(), 1U);
  ASSERT_TRUE(page.cases[0].refusal.has_value());
  EXPECT_EQ(page.cases[0].refusal->missing(0).what(), "step/intake");
  EXPECT_EQ(EditionOf(uid), "1");
  const MovedPage real = Move(Asking("1", "2"));
  ASSERT_TRUE(real.cases[0].refusal.has_value());
  EXPECT_EQ(EditionOf(uid), "1");
}

TEST_F(MigrationsTest, ARepeatMovesNothingTwiceAndSaysTheSame) {
  const base::Uid uid = bench_.Open({});
  bench_.Publish(Second());
  const Migrations::MoveRequest request = Asking("1", "2");
  EXPECT_EQ(Uids(Move(request)), Uids(Move(request)));
  EXPECT_EQ(bench_.Read(uid).version, 2);
  // Another migration of the same kind finds nothing left.
  EXPECT_TRUE(Move(Asking("1", "2")).cases.empty());
}

TEST_F(MigrationsTest, GoesOnWhereThePageEnded) {
  bench_.Open({.snils = "00000000101"});
  bench_.Open({.snils = "00000000202"});
  bench_.Publish(Second());
  Migrations::MoveRequest request = Asking("1", "2");
  request.limit = 1;
  const MovedPage first = Move(request);
  ASSERT_TRUE(first.last.has_value());
  request.after = store::ScanPosition{.sort = first.last->sort,
                                      .id = first.last->id,
                                      .stream = first.last->stream};
  const MovedPage second = Move(request);
  EXPECT_FALSE(second.last.has_value());
  EXPECT_EQ(first.cases.size() + second.cases.size(), 2U);
}

TEST_F(MigrationsTest, TakesAMoveBack) {
  const base::Uid uid = bench_.Open({});
  bench_.Publish(Second());
  Move(Asking("1", "2"));
  Migrations::MoveRequest back = Asking("2", "1");
  back.undo = true;
  const MovedPage page = Move(back);
  ASSERT_EQ(page.cases.size(), 1U);
  EXPECT_FALSE(page.cases[0].refusal.has_value());
  EXPECT_EQ(EditionOf(uid), "1");
}

}  // namespace
}  // namespace careroute::engine
