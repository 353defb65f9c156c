// The other hubs, as an administrator's system asks about them.

#include "lib/api/peer_methods.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/audit_service.pb.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/case_bench.h"

namespace careroute::api {
namespace {

using engine::PeerDesk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRequest[] = "9ee20000-0000-4000-8000-000000000001";

// One peer, "east", to which seven envelopes wait; every third is stuck.
class FakeDesk final : public PeerDesk {
 public:
  void List(base::Done<std::vector<model::v1::Peer>> done) override {
    std::move(done)(std::vector<model::v1::Peer>{peer});
  }
  void Describe(std::string hub, base::Done<model::v1::Peer> done) override {
    if (hub != "east") return std::move(done)(absl::NotFoundError("none"));
    std::move(done)(peer);
  }
  void ListWaiting(WaitingRequest request,
                   base::Done<WaitingPage> done) override {
    if (request.hub != "east") {
      return std::move(done)(absl::NotFoundError("none"));
    }
    WaitingPage page;
    int64_t next = request.after.has_value() ? request.after->sequence + 1 : 1;
    for (; next <= 7; ++next) {
      if (request.stuck_only && next % 3 != 0) continue;
      if (page.envelopes.size() == static_cast<size_t>(request.limit)) {
        page.last =
            store::OutboxKey{.stream = {.kind = store::StreamKind::kReferral},
                             .sequence = next - 1};
        break;
      }
      model::v1::WaitingEnvelope& one = page.envelopes.emplace_back();
      one.set_referral("referrals/1");
      one.set_sequence(next);
    }
    std::move(done)(std::move(page));
  }
  void Pause(PauseRequest request, base::Done<engine::Reply> done) override {
    if (request.hub != "east") {
      return std::move(done)(absl::NotFoundError("none"));
    }
    reason = request.reason;
    info = request.info;
    peer.set_paused(true);
    std::move(done)(engine::Reply());
  }
  void Resume(ResumeRequest request, base::Done<engine::Reply> done) override {
    engine::Reply reply;
    if (refuses) {
      reply.refusal.emplace().set_reason(model::v1::ERROR_REASON_AHEAD);
    } else {
      info = request.info;
      peer.set_paused(false);
    }
    std::move(done)(std::move(reply));
  }
  void Redrive(std::string hub, base::Done<int32_t> done) override {
    if (hub != "east") return std::move(done)(absl::NotFoundError("none"));
    std::move(done)(7);
  }

  model::v1::Peer peer;
  std::string reason;
  engine::RequestInfo info;
  bool refuses = false;
};

class PeerMethodsTest : public ::testing::Test {
 protected:
  PeerMethodsTest() {
    desk_.peer.set_name("peers/east");
    bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_ADMINISTRATOR);
  }

  template <typename Request>
  static Request To(const std::string& peer) {
    Request request;
    request.set_peer(peer);
    request.set_request_id(kRequest);
    return request;
  }

  static std::string KeyOf(const absl::Status& status) {
    const std::optional<model::v1::Refusal> refusal = RefusalOf(status);
    return refusal.has_value() ? refusal->message_key() : status.ToString();
  }

  FakeDesk desk_;
  CaseBench bench_{&desk_};
};

TEST_F(PeerMethodsTest, ListsPeers) {
  desk_.peer.set_waiting(7);
  const auto reply = bench_.Ask<v1::ListPeersResponse>("PeerService.ListPeers",
                                                       v1::ListPeersRequest());
  ASSERT_THAT(reply.peers(), SizeIs(1));
  EXPECT_EQ(reply.peers(0).name(), "peers/east");
  EXPECT_EQ(reply.peers(0).waiting(), 7);
}

TEST_F(PeerMethodsTest, ListsWhatWaitsPageByPage) {
  v1::ListWaitingEnvelopesRequest request;
  request.set_peer("peers/east");
  request.set_page_size(4);
  const auto first = bench_.Ask<v1::ListWaitingEnvelopesResponse>(
      "PeerService.ListWaitingEnvelopes", request);
  EXPECT_THAT(first.envelopes(), SizeIs(4));
  ASSERT_NE(first.next_page_token(), "");
  request.set_page_token(first.next_page_token());
  const auto rest = bench_.Ask<v1::ListWaitingEnvelopesResponse>(
      "PeerService.ListWaitingEnvelopes", request);
  ASSERT_THAT(rest.envelopes(), SizeIs(3));
  EXPECT_EQ(rest.envelopes(0).sequence(), 5);
  EXPECT_EQ(rest.next_page_token(), "");
  // The token of another list.
  request.set_stuck_only(true);
  EXPECT_EQ(
      KeyOf(bench_.AskInVain("PeerService.ListWaitingEnvelopes", request)),
      "bad_token");
}

TEST_F(PeerMethodsTest, ListsOnlyWhatIsStuck) {
  v1::ListWaitingEnvelopesRequest request;
  request.set_peer("peers/east");
  request.set_stuck_only(true);
  EXPECT_THAT(bench_
                  .Ask<v1::ListWaitingEnvelopesResponse>(
                      "PeerService.ListWaitingEnvelopes", request)
                  .envelopes(),
              SizeIs(2));
}

TEST_F(PeerMethodsTest, PausesAndResumesForTheCaller) {
  auto pause = To<v1::PausePeerRequest>("peers/east");
  pause.set_reason("moves house");
  EXPECT_TRUE(bench_.Ask<v1::PausePeerResponse>("PeerService.PausePeer", pause)
                  .peer()
                  .paused());
  EXPECT_EQ(desk_.reason, "moves house");
  EXPECT_EQ(desk_.info.actor.member(), bench_.speaker().member());
  EXPECT_EQ(desk_.info.request_id.size(), 16u);
  EXPECT_FALSE(
      bench_
          .Ask<v1::ResumePeerResponse>("PeerService.ResumePeer",
                                       To<v1::ResumePeerRequest>("peers/east"))
          .peer()
          .paused());
}

TEST_F(PeerMethodsTest, PassesARefusalOn) {
  desk_.refuses = true;
  const model::v1::Refusal refusal = bench_.AskRefused(
      "PeerService.ResumePeer", To<v1::ResumePeerRequest>("peers/east"));
  EXPECT_EQ(refusal.reason(), model::v1::ERROR_REASON_AHEAD);
}

TEST_F(PeerMethodsTest, SaysHowManyAreTriedAgain) {
  EXPECT_EQ(bench_
                .Ask<v1::RedrivePeerResponse>(
                    "PeerService.RedrivePeer",
                    To<v1::RedrivePeerRequest>("peers/east"))
                .envelopes(),
            7);
}

TEST_F(PeerMethodsTest, KnowsNoOtherPeers) {
  auto pause = To<v1::PausePeerRequest>("peers/north");
  pause.set_reason("moves house");
  v1::ListWaitingEnvelopesRequest list;
  list.set_peer("peers/north");
  EXPECT_EQ(KeyOf(bench_.AskInVain("PeerService.PausePeer", pause)),
            "no_such_peer");
  EXPECT_EQ(KeyOf(bench_.AskInVain("PeerService.RedrivePeer",
                                   To<v1::RedrivePeerRequest>("peers/north"))),
            "no_such_peer");
  EXPECT_EQ(KeyOf(bench_.AskInVain("PeerService.ListWaitingEnvelopes", list)),
            "no_such_peer");
}

TEST_F(PeerMethodsTest, AHubWithoutPeersHasNone) {
  CaseBench alone;
  alone.SpeakFor("clinic", model::v1::ACTOR_ROLE_ADMINISTRATOR);
  EXPECT_THAT(alone
                  .Ask<v1::ListPeersResponse>("PeerService.ListPeers",
                                              v1::ListPeersRequest())
                  .peers(),
              IsEmpty());
  EXPECT_EQ(KeyOf(alone.AskInVain("PeerService.ResumePeer",
                                  To<v1::ResumePeerRequest>("peers/east"))),
            "no_such_peer");
}

TEST_F(PeerMethodsTest, AnAuditorLooksAndChangesNothing) {
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_AUDITOR);
  EXPECT_THAT(bench_
                  .Ask<v1::ListPeersResponse>("PeerService.ListPeers",
                                              v1::ListPeersRequest())
                  .peers(),
              SizeIs(1));
  EXPECT_TRUE(absl::IsPermissionDenied(bench_.AskInVain(
      "PeerService.RedrivePeer", To<v1::RedrivePeerRequest>("peers/east"))));
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  EXPECT_TRUE(absl::IsPermissionDenied(
      bench_.AskInVain("PeerService.ListPeers", v1::ListPeersRequest())));
}

TEST_F(PeerMethodsTest, LeavesATraceInTheAccessLog) {
  bench_.Ask<v1::RedrivePeerResponse>("PeerService.RedrivePeer",
                                      To<v1::RedrivePeerRequest>("peers/east"));
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_AUDITOR);
  v1::ListAccessesRequest request;
  request.set_resource("peers/east");
  const auto log = bench_.Ask<v1::ListAccessesResponse>(
      "AuditService.ListAccesses", request);
  ASSERT_THAT(log.accesses(), SizeIs(1));
  EXPECT_THAT(log.accesses(0).resources(), ElementsAre("peers/east"));
}

}  // namespace
}  // namespace careroute::api
