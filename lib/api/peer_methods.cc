#include "lib/api/peer_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"

namespace careroute::api {
namespace {

using engine::PeerDesk;

absl::Status NoSuchPeer() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_FOUND);
  refusal.set_message_key("no_such_peer");
  refusal.set_message(
      "this hub exchanges referrals with no hub of that name; `careroute "
      "peers` shows with which it does");
  return RefusalStatus(refusal);
}

absl::Status Told(const absl::Status& status) {
  return absl::IsNotFound(status) ? NoSuchPeer() : status;
}

// The id in "peers/{hub}", which the request's rules have checked.
std::string HubOf(absl::string_view name) {
  absl::ConsumePrefix(&name, "peers/");
  return std::string(name.data(), name.size());
}

void ListPeers(PeerDesk& desk, const CallPtr& call,
               const v1::ListPeersRequest& request, base::Done<Served> done) {
  desk.List([call, request, done = std::move(done)](
                absl::StatusOr<std::vector<model::v1::Peer>> peers) mutable {
    if (!peers.ok()) {
      std::move(done)(peers.status());
      return;
    }
    const absl::StatusOr<ListPage> page =
        PageOf({.scope = call->method,
                .page_size = request.page_size(),
                .page_token = request.page_token(),
                .rows = peers->size()});
    if (!page.ok()) {
      std::move(done)(page.status());
      return;
    }
    v1::ListPeersResponse response;
    response.set_next_page_token(page->next_token);
    std::vector<std::string> names;
    for (size_t i = page->begin; i < page->end; ++i) {
      model::v1::Peer& peer = (*peers)[i];
      names.push_back(peer.name());
      *response.add_peers() = std::move(peer);
    }
    std::move(done)(Served{.bytes = response.SerializeAsString(),
                           .resources = std::move(names)});
  });
}

void ListWaiting(PeerDesk& desk, const CallPtr& call,
                 const v1::ListWaitingEnvelopesRequest& request,
                 base::Done<Served> done) {
  const std::string scope = absl::StrCat(call->method, "|", request.peer(), "|",
                                         request.stuck_only());
  auto after = ReadOutboxPosition(scope, request.page_token());
  if (!after.ok()) {
    std::move(done)(after.status());
    return;
  }
  desk.ListWaiting(
      {.hub = HubOf(request.peer()),
       .stuck_only = request.stuck_only(),
       .limit = PageSize(request.page_size()),
       .after = *after},
      [scope, done = std::move(done)](
          absl::StatusOr<PeerDesk::WaitingPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(Told(page.status()));
          return;
        }
        v1::ListWaitingEnvelopesResponse response;
        std::vector<std::string> names;
        for (model::v1::WaitingEnvelope& one : page->envelopes) {
          names.push_back(one.referral());
          *response.add_envelopes() = std::move(one);
        }
        if (page->last.has_value()) {
          response.set_next_page_token(
              MakeToken(scope, PositionText(*page->last)));
        }
        std::move(done)(Served{.bytes = response.SerializeAsString(),
                               .resources = std::move(names)});
      });
}

// Answers a change with the peer as it is now.
template <typename Response>
base::Done<engine::Reply> ThenDescribe(PeerDesk& desk, const std::string& hub,
                                       base::Done<Served> done) {
  return [&desk, hub,
          done = std::move(done)](absl::StatusOr<engine::Reply> reply) mutable {
    if (!reply.ok()) {
      std::move(done)(Told(reply.status()));
      return;
    }
    if (reply->refusal.has_value()) {
      std::move(done)(RefusalStatus(*reply->refusal));
      return;
    }
    desk.Describe(hub, [done = std::move(done)](
                           absl::StatusOr<model::v1::Peer> peer) mutable {
      if (!peer.ok()) {
        std::move(done)(Told(peer.status()));
        return;
      }
      std::vector<std::string> names = {peer->name()};
      Response response;
      *response.mutable_peer() = *std::move(peer);
      std::move(done)(Served{.bytes = response.SerializeAsString(),
                             .resources = std::move(names)});
    });
  };
}

void PausePeer(PeerDesk& desk, const CallPtr& call,
               const v1::PausePeerRequest& request, base::Done<Served> done) {
  const std::string hub = HubOf(request.peer());
  desk.Pause({.info = internal::InfoOfOneCommand(call, request),
              .hub = hub,
              .reason = request.reason()},
             ThenDescribe<v1::PausePeerResponse>(desk, hub, std::move(done)));
}

void ResumePeer(PeerDesk& desk, const CallPtr& call,
                const v1::ResumePeerRequest& request, base::Done<Served> done) {
  const std::string hub = HubOf(request.peer());
  desk.Resume({.info = internal::InfoOfOneCommand(call, request), .hub = hub},
              ThenDescribe<v1::ResumePeerResponse>(desk, hub, std::move(done)));
}

void RedrivePeer(PeerDesk& desk, const CallPtr& /*call*/,
                 const v1::RedrivePeerRequest& request,
                 base::Done<Served> done) {
  desk.Redrive(
      HubOf(request.peer()), [name = request.peer(), done = std::move(done)](
                                 absl::StatusOr<int32_t> envelopes) mutable {
        if (!envelopes.ok()) {
          std::move(done)(Told(envelopes.status()));
          return;
        }
        v1::RedrivePeerResponse response;
        response.set_envelopes(*envelopes);
        std::move(done)(
            Served{.bytes = response.SerializeAsString(), .resources = {name}});
      });
}

// What a hub without peers says of any of them.
class EmptyDesk final : public PeerDesk {
 public:
  void List(base::Done<std::vector<model::v1::Peer>> done) override {
    std::move(done)(std::vector<model::v1::Peer>());
  }
  void Describe(std::string /*hub*/,
                base::Done<model::v1::Peer> done) override {
    std::move(done)(NoSuchPeer());
  }
  void ListWaiting(WaitingRequest /*request*/,
                   base::Done<WaitingPage> done) override {
    std::move(done)(NoSuchPeer());
  }
  void Pause(PauseRequest /*request*/,
             base::Done<engine::Reply> done) override {
    std::move(done)(NoSuchPeer());
  }
  void Resume(ResumeRequest /*request*/,
              base::Done<engine::Reply> done) override {
    std::move(done)(NoSuchPeer());
  }
  void Redrive(std::string /*hub*/, base::Done<int32_t> done) override {
    std::move(done)(NoSuchPeer());
  }
};

template <typename Request>
void Add(Pipeline& pipeline, PeerDesk& desk, const char* method,
         void (*handler)(PeerDesk&, const CallPtr&, const Request&,
                         base::Done<Served>)) {
  pipeline.Unary<Request>(
      absl::StrCat("careroute.api.v1.PeerService.", method),
      [&desk, handler](const CallPtr& call, const Request& request,
                       base::Done<Served> done) {
        handler(desk, call, request, std::move(done));
      });
}

}  // namespace

void AddPeerMethods(Pipeline& pipeline) {
  static auto* const no_peers = new EmptyDesk();
  PeerDesk& desk = pipeline.peers() != nullptr ? *pipeline.peers() : *no_peers;
  Add(pipeline, desk, "ListPeers", ListPeers);
  Add(pipeline, desk, "ListWaitingEnvelopes", ListWaiting);
  Add(pipeline, desk, "PausePeer", PausePeer);
  Add(pipeline, desk, "ResumePeer", ResumePeer);
  Add(pipeline, desk, "RedrivePeer", RedrivePeer);
}

}  // namespace careroute::api
