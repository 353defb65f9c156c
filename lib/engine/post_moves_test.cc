// Posts of many cases change hands, page by page, and no case is left empty.

#include "lib/engine/post_moves.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/fsck.h"
#include "lib/engine/testing/engine_bench.h"
#include "lib/engine/workloads.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string Member(const std::string& member) {
  return absl::StrCat("organisations/clinic/members/", member);
}

// The clinic has another coordinator, "vera", who has no post of its own.
class PostMovesTest : public ::testing::Test {
 protected:
  PostMovesTest() { bench_.Put(Clinic()); }

  static model::v1::Organisation Clinic() {
    model::v1::Organisation clinic =
        EngineBench::Describe("clinic", model::v1::AGENCY_KIND_HEALTH);
    model::v1::Member& vera = *clinic.add_members();
    vera.set_name(Member("vera"));
    vera.add_roles(model::v1::ACTOR_ROLE_COORDINATOR);
    return clinic;
  }

  // Cases of as many persons, coordinated by anna.
  std::vector<base::Uid> Open(int count) {
    std::vector<base::Uid> uids;
    for (int i = 0; i < count; ++i) {
      uids.push_back(bench_.Open({.snils = absl::StrCat("0000000", 1000 + i)}));
    }
    return uids;
  }

  PostMoves::OfferRequest Offering(std::vector<std::string> to,
                                   const std::string& by = "anna") {
    return {.info = bench_.Info(EngineBench::Actor("clinic", by)),
            .from = Member("anna"),
            .to = std::move(to)};
  }

  template <typename Request>
  MovedPosts Move(void (PostMoves::*method)(Request, base::Done<MovedPosts>),
                  Request request) {
    const auto page = bench_.Wait<MovedPosts>([&](base::Done<MovedPosts> done) {
      (bench_.engine().post_moves().*method)(std::move(request),
                                             std::move(done));
    });
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *page : MovedPosts();
  }
  MovedPosts Offer(PostMoves::OfferRequest request) {
    return Move(&PostMoves::Offer, std::move(request));
  }
  MovedPosts Accept(const std::string& member) {
    return Move(&PostMoves::Accept,
                PostMoves::AcceptRequest{
                    .info = bench_.Info(EngineBench::Actor("clinic", member))});
  }
  MovedPosts Vacate(const std::string& member) {
    return Move(&PostMoves::Vacate,
                PostMoves::VacateRequest{.member = Member(member)});
  }

  Workload LoadOf(const std::string& member) {
    const auto load = bench_.Wait<Workload>([&](base::Done<Workload> done) {
      ReadWorkload(bench_.store(), Member(member), std::move(done));
    });
    EXPECT_TRUE(load.ok()) << load.status();
    return load.ok() ? *load : Workload();
  }

  // "coordinator deputy".
  std::string Posts(const base::Uid& uid) {
    const CaseReading reading = bench_.Read(uid);
    const size_t prefix = Member("").size();
    return reading.state->coordinator.substr(prefix) + " " +
           reading.state->deputy.substr(prefix);
  }

  static std::map<std::string, int> Offered(const MovedPosts& page) {
    std::map<std::string, int> offered;
    for (const MovedPost& one : page.posts) ++offered[one.to];
    return offered;
  }

  std::set<std::string> Findings() {
    const registry::Signer signer(bench_.keys());
    Fsck fsck({.store = bench_.store(),
               .executor = bench_.executor(),
               .clock = bench_.clock(),
               .signer = signer});
    const auto report = bench_.Wait<FsckReport>(
        [&](base::Done<FsckReport> done) { fsck.Run(std::move(done)); });
    EXPECT_TRUE(report.ok()) << report.status();
    std::set<std::string> kinds;
    if (!report.ok()) return kinds;
    for (const Finding& one : report->findings) kinds.insert(one.kind);
    return kinds;
  }

  EngineBench bench_;
};

// --- Hand-over --------------------------------------------------------------

TEST_F(PostMovesTest, OffersEvenlyAndTheHolderStays) {
  const std::vector<base::Uid> uids = Open(4);
  const MovedPosts page = Offer(Offering({Member("vera"), Member("hanna")}));
  EXPECT_THAT(Offered(page), UnorderedElementsAre(Pair(Member("vera"), 2),
                                                  Pair(Member("hanna"), 2)));
  for (const base::Uid& uid : uids) EXPECT_EQ(Posts(uid), "anna boris");
  EXPECT_EQ(LoadOf("vera").offered, 2);
  EXPECT_EQ(LoadOf("anna").coordinates, 4);
}

TEST_F(PostMovesTest, WhoHasFewerCasesIsOfferedMore) {
  Open(2);
  Offer(Offering({Member("vera")}));
  Accept("vera");
  bench_.Open({.snils = "00000002001"});
  bench_.Open({.snils = "00000002002"});
  const MovedPosts page = Offer(Offering({Member("vera"), Member("hanna")}));
  EXPECT_THAT(Offered(page), ElementsAre(Pair(Member("hanna"), 2)));
}

TEST_F(PostMovesTest, ARepeatOffersNothingTwiceAndSaysTheSame) {
  const std::vector<base::Uid> uids = Open(3);
  const auto request = Offering({Member("vera"), Member("hanna")});
  const MovedPosts first = Offer(request);
  const MovedPosts again = Offer(request);
  ASSERT_EQ(first.posts.size(), again.posts.size());
  for (size_t i = 0; i < first.posts.size(); ++i) {
    EXPECT_EQ(first.posts[i].case_uid, again.posts[i].case_uid);
    EXPECT_EQ(first.posts[i].to, again.posts[i].to);
  }
  for (const base::Uid& uid : uids) EXPECT_EQ(bench_.Read(uid).version, 2);
  // Another hand-over to the same finds nothing left.
  EXPECT_THAT(Offer(Offering({Member("vera"), Member("hanna")})).posts,
              IsEmpty());
}

TEST_F(PostMovesTest, ADryRunOffersNothing) {
  const std::vector<base::Uid> uids = Open(2);
  PostMoves::OfferRequest dry = Offering({Member("vera"), Member("hanna")});
  dry.info.validate_only = true;
  EXPECT_THAT(Offered(Offer(dry)), SizeIs(2));
  for (const base::Uid& uid : uids) EXPECT_EQ(bench_.Read(uid).version, 1);
}

TEST_F(PostMovesTest, GoesOnWhereThePageEnded) {
  Open(3);
  PostMoves::OfferRequest request = Offering({Member("vera")});
  request.page.limit = 2;
  const MovedPosts first = Offer(request);
  ASSERT_TRUE(first.last.has_value());
  request.page.after = store::ScanPosition{.sort = first.last->sort,
                                           .id = first.last->id,
                                           .stream = first.last->stream};
  const MovedPosts second = Offer(request);
  EXPECT_FALSE(second.last.has_value());
  EXPECT_EQ(first.posts.size() + second.posts.size(), 3U);
  EXPECT_EQ(LoadOf("vera").offered, 3);
}

TEST_F(PostMovesTest, HandsOverThePostOfTheDeputyToo) {
  const std::vector<base::Uid> uids = Open(2);
  PostMoves::OfferRequest request = Offering({Member("vera")}, "boris");
  request.from = Member("boris");
  request.post = model::v1::POST_DEPUTY;
  Offer(request);
  Accept("vera");
  for (const base::Uid& uid : uids) EXPECT_EQ(Posts(uid), "anna vera");
}

TEST_F(PostMovesTest, IsRefusedToWhoIsNeitherCoordinatorDeputyNorHead) {
  Open(2);
  const MovedPosts page = Offer(Offering({Member("hanna")}, "vera"));
  ASSERT_THAT(page.posts, SizeIs(2));
  for (const MovedPost& one : page.posts) {
    ASSERT_TRUE(one.refusal.has_value());
    EXPECT_EQ(one.refusal->reason(), model::v1::ERROR_REASON_NOT_YOUR_MOVE);
    EXPECT_EQ(one.to, "");
  }
}

TEST_F(PostMovesTest, PassesOverWhatTheCallerMayNotSee) {
  Open(2);
  PostMoves::OfferRequest request = Offering({Member("vera")});
  request.may_see = [](const CaseReading&) { return false; };
  EXPECT_THAT(Offer(request).posts, IsEmpty());
  EXPECT_EQ(LoadOf("vera").offered, 0);
}

TEST_F(PostMovesTest, AcceptsEverythingThatIsOffered) {
  const std::vector<base::Uid> uids = Open(3);
  Offer(Offering({Member("vera")}));
  PostMoves::OfferRequest deputies = Offering({Member("vera")});
  deputies.from = Member("boris");
  deputies.post = model::v1::POST_DEPUTY;
  Offer(deputies);
  const MovedPosts page = Accept("vera");
  EXPECT_THAT(page.posts, SizeIs(6));
  for (const MovedPost& one : page.posts) {
    EXPECT_FALSE(one.refusal.has_value()) << one.refusal->DebugString();
  }
  EXPECT_EQ(LoadOf("vera").coordinates, 3);
  EXPECT_TRUE(LoadOf("anna").empty());
  EXPECT_THAT(Accept("vera").posts, IsEmpty());
}

// --- Dismissal --------------------------------------------------------------

TEST_F(PostMovesTest, ADismissalLeavesNoCaseEmpty) {
  const std::vector<base::Uid> uids = Open(3);
  const MovedPosts page = Vacate("anna");
  ASSERT_THAT(page.posts, SizeIs(3));
  EXPECT_EQ(page.posts[0].coordinator, Member("boris"));
  EXPECT_EQ(page.posts[0].deputy, Member("hanna"));
  for (const base::Uid& uid : uids) EXPECT_EQ(Posts(uid), "boris hanna");
  EXPECT_TRUE(LoadOf("anna").empty());
  EXPECT_THAT(Vacate("anna").posts, IsEmpty());
}

TEST_F(PostMovesTest, ADismissalThatWasCutShortIsFoundAndFinished) {
  const std::vector<base::Uid> uids = Open(3);
  model::v1::Organisation clinic = Clinic();
  clinic.set_duty_coordinator(Member("vera"));
  clinic.mutable_members(0)->set_valid_to("2026-03-01");
  bench_.Put(clinic);
  bench_.store().FailNextAppend({.status = absl::UnavailableError("cut"),
                                 .point = store::FaultPoint::kBeforeEffect});
  const auto cut = bench_.Wait<MovedPosts>([&](base::Done<MovedPosts> done) {
    bench_.engine().post_moves().Vacate({.member = Member("anna")},
                                        std::move(done));
  });
  EXPECT_FALSE(cut.ok());
  EXPECT_THAT(Findings(), ElementsAre("COORDINATOR_NOT_IN_SERVICE"));
  bench_.RunDue();
  EXPECT_THAT(Findings(), IsEmpty());
  for (const base::Uid& uid : uids) EXPECT_EQ(Posts(uid), "boris hanna");
}

TEST_F(PostMovesTest, ThePostsPassOnWhenTheLastDayIsOver) {
  model::v1::Organisation clinic = Clinic();
  clinic.set_duty_coordinator(Member("vera"));
  const base::Uid uid = Open(1)[0];
  bench_.Put(clinic);
  const Reply reply = bench_.Change(
      "clinic", absl::StrCat("dismiss_member { member: '", Member("anna"),
                             "' last_day: '2026-03-04' }"));
  EXPECT_FALSE(reply.refusal.has_value());
  bench_.RunDue();
  EXPECT_EQ(Posts(uid), "anna boris");
  bench_.Advance(absl::Hours(48));
  bench_.RunDue();
  EXPECT_EQ(Posts(uid), "anna boris");  // it is the last day
  bench_.Advance(absl::Hours(14));
  bench_.RunDue();
  EXPECT_EQ(Posts(uid), "boris hanna");
}

// Re-described without the member, as by a file from elsewhere.
TEST_F(PostMovesTest, WhoIsNoLongerListedLeavesNoCaseEmptyEither) {
  const base::Uid uid = Open(1)[0];
  model::v1::Organisation clinic = Clinic();
  clinic.mutable_members()->DeleteSubrange(0, 1);
  clinic.set_duty_coordinator(Member("vera"));
  bench_.Put(clinic);
  bench_.RunDue();
  EXPECT_EQ(Posts(uid), "boris hanna");
  EXPECT_THAT(Findings(), IsEmpty());
}

// --- Workload ---------------------------------------------------------------

TEST_F(PostMovesTest, AWorkloadCountsWhatIsOverdueAndWhatIsNext) {
  Open(2);
  const Workload before = LoadOf("anna");
  EXPECT_EQ(before.coordinates, 2);
  EXPECT_EQ(before.overdue, 0);
  EXPECT_GT(before.next_due, bench_.clock().Now());
  EXPECT_LT(before.next_due, absl::InfiniteFuture());
  EXPECT_EQ(LoadOf("boris").deputises, 2);
  EXPECT_TRUE(LoadOf("hanna").empty());
  bench_.Advance(before.next_due - bench_.clock().Now() + absl::Minutes(1));
  bench_.RunDue();
  EXPECT_GE(LoadOf("anna").overdue, 2);
}

}  // namespace
}  // namespace careroute::engine
