// Peers as an administrator sees them: what waits, since when, and why.

#include "lib/exchange/stored_peer_desk.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/engine/lanes.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::exchange {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr base::Uid kCaseUid{.high = 1, .low = 1};
constexpr base::Uid kReferralUid{.high = 1, .low = 2};

class StoredPeerDeskTest : public ::testing::Test {
 protected:
  // What the call of the desk completes with.
  template <typename T, typename Call>
  absl::StatusOr<T> Wait(Call call) {
    absl::StatusOr<T> answer = absl::UnknownError("not answered");
    call([&answer](absl::StatusOr<T> result) { answer = std::move(result); });
    executor_.RunReady();
    return answer;
  }

  model::v1::Peer Describe(const std::string& hub) {
    const auto peer =
        Wait<model::v1::Peer>([&](base::Done<model::v1::Peer> done) {
          desk_.Describe(hub, std::move(done));
        });
    EXPECT_TRUE(peer.ok()) << peer.status();
    return peer.ok() ? *peer : model::v1::Peer();
  }

  engine::PeerDesk::WaitingPage Waiting(
      engine::PeerDesk::WaitingRequest request) {
    const auto page = Wait<engine::PeerDesk::WaitingPage>(
        [&](base::Done<engine::PeerDesk::WaitingPage> done) {
          desk_.ListWaiting(request, std::move(done));
        });
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *page : engine::PeerDesk::WaitingPage();
  }

  // An event of these bytes whose append owes `rows` envelopes to the hub.
  void Owe(const store::StreamId& stream, const std::string& bytes,
           const std::string& hub, int64_t rows) {
    store::AppendRequest request{.stream = stream,
                                 .recorded_time = clock_.Now()};
    request.events.push_back(
        {.bytes = bytes,
         .chain_hash = store::ChainHash(
             {.previous = store::ChainStart(), .stored = bytes})});
    for (int64_t sequence = 1; sequence <= rows; ++sequence) {
      request.outbox.push_back({.key = {.sequence = sequence},
                                .destination = engine::LaneOf(hub),
                                .lane = engine::LaneOf(hub),
                                .event_version = 1,
                                .due = clock_.Now()});
    }
    const auto written =
        Wait<store::AppendResult>([&](base::Done<store::AppendResult> done) {
          store_.Append(std::move(request), std::move(done));
        });
    ASSERT_TRUE(written.ok()) << written.status();
  }

  void OweFromReferral(const std::string& hub, int64_t rows) {
    Owe({.kind = store::StreamKind::kReferral, .id = kReferralUid}, "grown",
        hub, rows);
  }

  // As its sender does with what the other hub refused for ever.
  void PutOff(int64_t sequence) {
    absl::Status put = absl::UnknownError("not answered");
    store_.Reschedule({.key = {.stream = {.kind = store::StreamKind::kReferral,
                                          .id = kReferralUid},
                               .sequence = sequence},
                       .due = store::OnlyWhenAsked(),
                       .problem = "refused"},
                      [&put](absl::Status status) { put = std::move(status); });
    executor_.RunReady();
    ASSERT_TRUE(put.ok()) << put;
  }

  static engine::RequestInfo Info(const std::string& request_id) {
    engine::RequestInfo info{.request_id = request_id,
                             .body_hash = base::Sha256(request_id)};
    info.actor.set_member("organisations/hub/members/administrator");
    return info;
  }

  absl::StatusOr<engine::Reply> Pause(const std::string& hub) {
    engine::PeerDesk::PauseRequest request{
        .info = Info("pause"), .hub = hub, .reason = "moves house"};
    return Wait<engine::Reply>([&](base::Done<engine::Reply> done) {
      desk_.Pause(std::move(request), std::move(done));
    });
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  PeerStreams streams_{
      {.store = store_, .clock = clock_, .executor = executor_}};
  std::string problem_;
  std::vector<std::string> woken_;
  StoredPeerDesk desk_{
      {.store = store_,
       .streams = streams_,
       .clock = clock_,
       .peers = {{.hub = "west", .address = "west:7400"},
                 {.hub = "east", .address = "east:7400"}},
       .problem_of = [this](const std::string&) { return problem_; },
       .wake = [this](const std::string& hub) { woken_.push_back(hub); }}};
};

TEST_F(StoredPeerDeskTest, ListsPeersByIdWithWhatWaits) {
  OweFromReferral("east", 3);
  PutOff(2);
  const auto peers = Wait<std::vector<model::v1::Peer>>(
      [this](base::Done<std::vector<model::v1::Peer>> done) {
        desk_.List(std::move(done));
      });
  ASSERT_TRUE(peers.ok()) << peers.status();
  ASSERT_THAT(*peers, SizeIs(2));
  const model::v1::Peer& east = (*peers)[0];
  EXPECT_EQ(east.name(), "peers/east");
  EXPECT_EQ(east.address(), "east:7400");
  EXPECT_EQ(east.waiting(), 3);
  EXPECT_EQ(east.stuck(), 1);
  EXPECT_FALSE(east.has_answer_time());
  EXPECT_EQ((*peers)[1].name(), "peers/west");
  EXPECT_EQ((*peers)[1].waiting(), 0);
}

TEST_F(StoredPeerDeskTest, CountsNoFurtherThanItsBound) {
  for (uint64_t number = 0; number < 2; ++number) {
    Owe({.kind = store::StreamKind::kReferral,
         .id = {.high = 9, .low = number}},
        "grown", "east", 600);
  }
  EXPECT_EQ(Describe("east").waiting(), engine::kWaitingCountMax);
}

TEST_F(StoredPeerDeskTest, SaysWhyAPeerIsSilentAndWhatItsCheckpointsShowed) {
  problem_ = "nobody answers";
  EXPECT_EQ(Describe("east").problem(), "nobody answers");
  v1::Manifest manifest;
  manifest.set_epoch(4);
  manifest.mutable_checkpoint()->set_checkpoint("\xff\xff");
  absl::Status recorded = absl::UnknownError("not answered");
  streams_.RecordReceived(
      "east", {.manifest = manifest.SerializeAsString()},
      [&recorded](absl::Status status) { recorded = std::move(status); });
  executor_.RunReady();
  ASSERT_TRUE(recorded.ok()) << recorded;
  EXPECT_EQ(Describe("east").epoch(), 4);
  EXPECT_THAT(Describe("east").problem(),
              AllOf(HasSubstr("checkpoint"), HasSubstr("nobody answers")));
}

TEST_F(StoredPeerDeskTest, PausesAndResumesAndWakesWhoSends) {
  ASSERT_TRUE(Pause("east").ok());
  EXPECT_TRUE(Describe("east").paused());
  EXPECT_FALSE(Describe("west").paused());
  EXPECT_THAT(woken_, IsEmpty());
  const auto resumed =
      Wait<engine::Reply>([this](base::Done<engine::Reply> done) {
        desk_.Resume({.info = Info("resume"), .hub = "east"}, std::move(done));
      });
  ASSERT_TRUE(resumed.ok()) << resumed.status();
  EXPECT_FALSE(Describe("east").paused());
  EXPECT_THAT(woken_, ElementsAre("east"));
}

TEST_F(StoredPeerDeskTest, NamesTheReferralThatWaits) {
  OweFromReferral("east", 1);
  event::v1::CaseEvent event;
  event::v1::Message& message = *event.mutable_consequences()->add_messages();
  message.set_sequence(1);
  message.set_referral(7);
  Owe({.kind = store::StreamKind::kCase, .id = kCaseUid},
      event.SerializeAsString(), "east", 1);
  const auto page = Waiting({.hub = "east"});
  ASSERT_THAT(page.envelopes, SizeIs(2));
  EXPECT_EQ(page.envelopes[0].referral(),
            absl::StrCat("cases/", kCaseUid.Hex(), "/referrals/7"));
  EXPECT_EQ(page.envelopes[0].peer(), "peers/east");
  EXPECT_EQ(page.envelopes[1].referral(),
            absl::StrCat("referrals/", kReferralUid.Hex()));
  EXPECT_EQ(page.envelopes[1].sequence(), 1);
  EXPECT_TRUE(page.envelopes[1].has_due_time());
  EXPECT_FALSE(page.last.has_value());
}

TEST_F(StoredPeerDeskTest, ListsWhatWaitsAPageAtATime) {
  OweFromReferral("east", 3);
  const auto first = Waiting({.hub = "east", .limit = 2});
  EXPECT_THAT(first.envelopes, SizeIs(2));
  ASSERT_TRUE(first.last.has_value());
  const auto rest = Waiting({.hub = "east", .limit = 2, .after = first.last});
  ASSERT_THAT(rest.envelopes, SizeIs(1));
  EXPECT_EQ(rest.envelopes[0].sequence(), 3);
  EXPECT_FALSE(rest.last.has_value());
  EXPECT_THAT(Waiting({.hub = "west"}).envelopes, IsEmpty());
}

TEST_F(StoredPeerDeskTest, ListsOnlyWhatIsStuck) {
  OweFromReferral("east", 4);
  PutOff(2);
  PutOff(4);
  const auto first = Waiting({.hub = "east", .stuck_only = true, .limit = 1});
  ASSERT_THAT(first.envelopes, SizeIs(1));
  EXPECT_EQ(first.envelopes[0].sequence(), 2);
  EXPECT_EQ(first.envelopes[0].problem(), "refused");
  EXPECT_FALSE(first.envelopes[0].has_due_time());
  ASSERT_TRUE(first.last.has_value());
  const auto rest = Waiting(
      {.hub = "east", .stuck_only = true, .limit = 1, .after = first.last});
  ASSERT_THAT(rest.envelopes, SizeIs(1));
  EXPECT_EQ(rest.envelopes[0].sequence(), 4);
}

// More than one page of the store's.
TEST_F(StoredPeerDeskTest, RedrivesAllThatWaitsForOnePeer) {
  const int64_t rows = store::kOutboxTakeMax + 10;
  OweFromReferral("east", rows);
  PutOff(1);
  PutOff(rows);
  const auto redriven = Wait<int32_t>([this](base::Done<int32_t> done) {
    desk_.Redrive("east", std::move(done));
  });
  ASSERT_TRUE(redriven.ok()) << redriven.status();
  EXPECT_EQ(*redriven, 2);
  EXPECT_EQ(Describe("east").stuck(), 0);
  EXPECT_THAT(woken_, ElementsAre("east"));
}

TEST_F(StoredPeerDeskTest, KnowsNoHubThatIsNoPeer) {
  EXPECT_TRUE(absl::IsNotFound(Pause("north").status()));
  EXPECT_TRUE(absl::IsNotFound(
      Wait<model::v1::Peer>([this](base::Done<model::v1::Peer> done) {
        desk_.Describe("north", std::move(done));
      }).status()));
  EXPECT_TRUE(absl::IsNotFound(Wait<int32_t>([this](base::Done<int32_t> done) {
                                 desk_.Redrive("north", std::move(done));
                               }).status()));
}

}  // namespace
}  // namespace careroute::exchange
