#include "services/hub/story/tally.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "careroute/event/v1/peer_event.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "lib/exchange/peer_streams.h"
#include "lib/store/store.h"
#include "services/command/table.h"
#include "services/core/await.h"
#include "services/core/open_store.h"
#include "services/core/thread_pool.h"

namespace careroute::services {
namespace {

struct Tally {
  int64_t cases = 0;
  int64_t performed = 0;  // referrals of other hubs' cases
  int64_t sent = 0;       // envelopes that were answered
  int64_t taken = 0;      // envelopes of other hubs
};

absl::StatusOr<int64_t> CountStreams(store::Store& store,
                                     store::StreamKind kind) {
  int64_t count = 0;
  store::ListStreamsRequest request{.kind = kind};
  for (bool more = true; more;) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const store::StreamPage page,
        Await<store::StreamPage>([&](base::Done<store::StreamPage> done) {
          store.ListStreams(request, std::move(done));
        }));
    count += static_cast<int64_t>(page.streams.size());
    if (!page.streams.empty()) request.after = page.streams.back().stream.id;
    more = page.more;
  }
  return count;
}

// Of the manifest of a batch, which names each.
int64_t EnvelopesOf(const std::string& manifest) {
  exchange::v1::Manifest read;
  return read.ParseFromString(manifest) ? read.hashes_size() : 0;
}

absl::Status CountEnvelopes(store::Store& store, const std::string& peer,
                            Tally& tally) {
  store::ReadEventsRequest request{
      .stream = {.kind = store::StreamKind::kPeer,
                 .id = exchange::PeerStreams::UidOf(peer)}};
  for (bool more = true; more;) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const store::EventPage page,
        Await<store::EventPage>([&](base::Done<store::EventPage> done) {
          store.ReadEvents(request, std::move(done));
        }));
    for (const store::StoredEvent& stored : page.events) {
      event::v1::PeerEvent event;
      if (!event.ParseFromString(stored.bytes)) {
        return absl::DataLossError("an event of a peer cannot be read");
      }
      tally.sent += EnvelopesOf(event.sent().manifest());
      tally.taken += EnvelopesOf(event.received().manifest());
      request.after_version = stored.version;
    }
    more = page.more;
  }
  return absl::OkStatus();
}

absl::StatusOr<Tally> Count(const config::v1::HubConfig& config) {
  const base::RealClock clock;
  ThreadPool pool({.clock = clock, .threads = IoThreadsOf(config)});
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<store::Store> store,
      OpenStoreToRead({.config = config, .executor = pool}));
  Tally tally;
  CAREROUTE_ASSIGN_OR_RETURN(tally.cases,
                             CountStreams(*store, store::StreamKind::kCase));
  CAREROUTE_ASSIGN_OR_RETURN(
      tally.performed, CountStreams(*store, store::StreamKind::kReferral));
  for (const config::v1::PeerConfig& peer : config.peers()) {
    CAREROUTE_RETURN_IF_ERROR(CountEnvelopes(*store, peer.hub_id(), tally));
  }
  pool.Stop();
  return tally;
}

int WaitingAt(const Teller& teller, const std::string& hub) {
  const auto reply = teller.Do<api::v1::ListPeersResponse>(
      HubAdministrator(hub), "PeerService.ListPeers",
      api::v1::ListPeersRequest());
  int waiting = 0;
  for (const model::v1::Peer& peer : reply.peers()) waiting += peer.waiting();
  return waiting;
}

}  // namespace

void ShowTally(const Teller& teller, const Hubs& hubs) {
  Table table({teller.Words("hub"), teller.Words("cases"),
               teller.Words("referrals of other hubs"),
               teller.Words("envelopes sent"), teller.Words("envelopes taken"),
               teller.Words("undelivered")});
  for (const char* hub : kHubs) {
    const absl::StatusOr<Tally> tally = Count(hubs.ConfigOf(hub));
    teller.Expect(tally.ok(), tally.status().message());
    const int waiting = WaitingAt(teller, hub);
    teller.Expect(waiting == 0, absl::StrCat("nothing waits at ", hub));
    table.Add(
        {.cells = {hub, absl::StrCat(tally->cases),
                   absl::StrCat(tally->performed), absl::StrCat(tally->sent),
                   absl::StrCat(tally->taken), absl::StrCat(waiting)}});
  }
  teller.Chapter("The three hubs at the end, and what passed between them");
  teller.Show(table.Print(teller.screen()));
}

}  // namespace careroute::services
