#include "lib/exchange/stored_peer_desk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/event/v1/case_event.pb.h"
#include "google/protobuf/util/time_util.h"
#include "lib/base/clip.h"
#include "lib/engine/lanes.h"
#include "lib/engine/verify.h"

namespace careroute::exchange {
namespace {

using engine::LaneOf;

// Pages of the store one call goes through in search of what is stuck: what
// waits behind a silent hub may be much, and nearly all of it stuck.
constexpr int kPagesPerCall = 10;

google::protobuf::Timestamp ToProto(absl::Time time) {
  return google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
      absl::ToUnixMicros(time));
}

absl::Status NoPeer() {
  return absl::NotFoundError(
      "this hub has no such peer; `careroute peers` names those it has");
}

std::string PeerName(const std::string& hub) {
  return absl::StrCat("peers/", hub);
}

model::v1::WaitingEnvelope EnvelopeOf(const store::OutboxRow& row,
                                      const std::string& hub) {
  model::v1::WaitingEnvelope envelope;
  envelope.set_referral(engine::NameOf(row.key.stream));
  envelope.set_peer(PeerName(hub));
  envelope.set_sequence(row.key.sequence);
  envelope.set_attempts(row.attempts);
  if (row.due < store::OnlyWhenAsked()) {
    *envelope.mutable_due_time() = ToProto(row.due);
  }
  envelope.set_problem(row.problem);
  return envelope;
}

// The number of the referral that the message is about; 0 when the event is
// none that tells it.
int32_t ReferralOf(const store::EventPage& page, int64_t sequence) {
  event::v1::CaseEvent event;
  if (page.events.empty() ||
      !event.ParseFromString(page.events.front().bytes)) {
    return 0;
  }
  for (const event::v1::Message& message : event.consequences().messages()) {
    if (message.sequence() == sequence) return message.referral();
  }
  return 0;
}

}  // namespace

struct StoredPeerDesk::Listing {
  size_t next = 0;
  std::vector<model::v1::Peer> peers;
  base::Done<std::vector<model::v1::Peer>> done;
};

struct StoredPeerDesk::Description {
  PeerAddress address;
  PeerReading reading;
  int32_t waiting = 0;
  int32_t stuck = 0;
  std::optional<store::OutboxKey> after;
  base::Done<model::v1::Peer> done;
};

struct StoredPeerDesk::Waiting {
  WaitingRequest request;
  int pages = 0;
  std::vector<store::OutboxRow> rows;  // still to name, the next last
  WaitingPage page;
  base::Done<WaitingPage> done;
};

struct StoredPeerDesk::Redriving {
  std::string hub;
  absl::Time now;
  int32_t rows = 0;
  std::optional<store::OutboxKey> after;
  base::Done<int32_t> done;
};

StoredPeerDesk::StoredPeerDesk(Options options) : options_(std::move(options)) {
  std::sort(
      options_.peers.begin(), options_.peers.end(),
      [](const PeerAddress& a, const PeerAddress& b) { return a.hub < b.hub; });
}

const PeerAddress* StoredPeerDesk::Find(const std::string& hub) const {
  for (const PeerAddress& peer : options_.peers) {
    if (peer.hub == hub) return &peer;
  }
  return nullptr;
}

void StoredPeerDesk::Wake(const std::string& hub) const {
  if (options_.wake != nullptr) options_.wake(hub);
}

// --- What is known -----------------------------------------------------------

void StoredPeerDesk::List(base::Done<std::vector<model::v1::Peer>> done) {
  auto listing = std::make_shared<Listing>();
  listing->done = std::move(done);
  DescribeNext(listing);
}

void StoredPeerDesk::DescribeNext(const std::shared_ptr<Listing>& listing) {
  if (listing->next == options_.peers.size()) {
    std::move(listing->done)(std::move(listing->peers));
    return;
  }
  const std::string& hub = options_.peers[listing->next++].hub;
  Describe(hub, [this, listing](absl::StatusOr<model::v1::Peer> peer) {
    if (!peer.ok()) {
      std::move(listing->done)(peer.status());
      return;
    }
    listing->peers.push_back(*std::move(peer));
    DescribeNext(listing);
  });
}

void StoredPeerDesk::Describe(std::string hub,
                              base::Done<model::v1::Peer> done) {
  const PeerAddress* peer = Find(hub);
  if (peer == nullptr) {
    std::move(done)(NoPeer());
    return;
  }
  auto description = std::make_shared<Description>();
  description->address = *peer;
  description->done = std::move(done);
  options_.streams.Read(
      hub, [this, description](absl::StatusOr<PeerReading> reading) {
        if (!reading.ok()) {
          std::move(description->done)(reading.status());
          return;
        }
        description->reading = *std::move(reading);
        Count(description);
      });
}

void StoredPeerDesk::Count(const std::shared_ptr<Description>& description) {
  options_.store.ListOutbox(
      {.lane = LaneOf(description->address.hub),
       .after = description->after,
       .limit = engine::kWaitingCountMax - description->waiting},
      [this, description](absl::StatusOr<store::OutboxPage> page) {
        if (!page.ok()) {
          std::move(description->done)(page.status());
          return;
        }
        for (const store::OutboxRow& row : page->rows) {
          ++description->waiting;
          if (engine::IsStuck(row)) ++description->stuck;
          description->after = row.key;
        }
        if (page->more && description->waiting < engine::kWaitingCountMax) {
          return Count(description);
        }
        Compose(*description);
      });
}

void StoredPeerDesk::Compose(Description& description) const {
  const std::string& hub = description.address.hub;
  const PeerState& state = *description.reading.state;
  model::v1::Peer peer;
  peer.set_name(PeerName(hub));
  peer.set_address(description.address.address);
  peer.set_paused(state.paused);
  peer.set_waiting(description.waiting);
  peer.set_stuck(description.stuck);
  if (state.answered != absl::InfinitePast()) {
    *peer.mutable_answer_time() = ToProto(state.answered);
  }
  std::string problem =
      options_.problem_of == nullptr ? "" : options_.problem_of(hub);
  // What nobody sees otherwise comes first: silence shows in what waits.
  for (const std::string& seen : {WordsOfLost(state), WordsOf(state.fault)}) {
    if (seen.empty()) continue;
    problem = problem.empty() ? seen : absl::StrCat(seen, "; ", problem);
  }
  peer.set_problem(base::Clip(problem, store::kProblemBytesMax - 3));  // "..."
  peer.set_epoch(state.epoch);
  std::move(description.done)(std::move(peer));
}

// --- What waits --------------------------------------------------------------

void StoredPeerDesk::ListWaiting(WaitingRequest request,
                                 base::Done<WaitingPage> done) {
  if (Find(request.hub) == nullptr) {
    std::move(done)(NoPeer());
    return;
  }
  auto waiting = std::make_shared<Waiting>();
  waiting->request = std::move(request);
  waiting->done = std::move(done);
  ReadPage(waiting);
}

void StoredPeerDesk::ReadPage(const std::shared_ptr<Waiting>& waiting) {
  WaitingRequest& request = waiting->request;
  options_.store.ListOutbox(
      {.lane = LaneOf(request.hub),
       .after = request.after,
       .limit = request.stuck_only ? store::kPageRowsMax : request.limit},
      [this, waiting, &request](absl::StatusOr<store::OutboxPage> page) {
        if (!page.ok()) {
          std::move(waiting->done)(page.status());
          return;
        }
        const auto limit = static_cast<size_t>(request.limit);
        bool more = page->more;
        for (store::OutboxRow& row : page->rows) {
          if (waiting->rows.size() == limit) {
            more = true;
            break;
          }
          request.after = row.key;
          if (request.stuck_only && !engine::IsStuck(row)) continue;
          waiting->rows.push_back(std::move(row));
        }
        if (more && waiting->rows.size() < limit &&
            ++waiting->pages < kPagesPerCall) {
          return ReadPage(waiting);
        }
        if (more) waiting->page.last = request.after;
        std::reverse(waiting->rows.begin(), waiting->rows.end());
        NameNext(waiting);
      });
}

// A case's row names a message; which referral it is about stands in the event.
void StoredPeerDesk::NameNext(const std::shared_ptr<Waiting>& waiting) {
  while (!waiting->rows.empty()) {
    const store::OutboxRow row = std::move(waiting->rows.back());
    waiting->rows.pop_back();
    waiting->page.envelopes.push_back(EnvelopeOf(row, waiting->request.hub));
    if (row.key.stream.kind == store::StreamKind::kCase) {
      return NameReferral(waiting, row);
    }
  }
  std::move(waiting->done)(std::move(waiting->page));
}

void StoredPeerDesk::NameReferral(const std::shared_ptr<Waiting>& waiting,
                                  const store::OutboxRow& row) {
  options_.store.ReadEvents(
      {.stream = row.key.stream,
       .after_version = row.event_version - 1,
       .limit = 1},
      [this, waiting,
       sequence = row.key.sequence](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) {
          std::move(waiting->done)(page.status());
          return;
        }
        const int32_t referral = ReferralOf(*page, sequence);
        model::v1::WaitingEnvelope& envelope = waiting->page.envelopes.back();
        if (referral != 0) {
          envelope.set_referral(
              absl::StrCat(envelope.referral(), "/referrals/", referral));
        }
        NameNext(waiting);
      });
}

// --- What is done ------------------------------------------------------------

void StoredPeerDesk::Pause(PauseRequest request,
                           base::Done<engine::Reply> done) {
  if (Find(request.hub) == nullptr) {
    std::move(done)(NoPeer());
    return;
  }
  options_.streams.Pause({.info = std::move(request.info),
                          .hub = std::move(request.hub),
                          .reason = std::move(request.reason)},
                         std::move(done));
}

void StoredPeerDesk::Resume(ResumeRequest request,
                            base::Done<engine::Reply> done) {
  if (Find(request.hub) == nullptr) {
    std::move(done)(NoPeer());
    return;
  }
  const std::string hub = request.hub;
  options_.streams.Resume(
      {.info = std::move(request.info), .hub = std::move(request.hub)},
      [this, hub,
       done = std::move(done)](absl::StatusOr<engine::Reply> reply) mutable {
        if (reply.ok() && !reply->refusal.has_value()) Wake(hub);
        std::move(done)(std::move(reply));
      });
}

void StoredPeerDesk::Redrive(std::string hub, base::Done<int32_t> done) {
  if (Find(hub) == nullptr) {
    std::move(done)(NoPeer());
    return;
  }
  auto redriving = std::make_shared<Redriving>();
  redriving->hub = std::move(hub);
  redriving->now = options_.clock.Now();
  redriving->done = std::move(done);
  RedrivePage(redriving);
}

void StoredPeerDesk::RedrivePage(const std::shared_ptr<Redriving>& redriving) {
  options_.store.DueNow(
      {.lane = LaneOf(redriving->hub),
       .now = redriving->now,
       .after = redriving->after},
      [this, redriving](absl::StatusOr<store::DueNowResult> result) {
        if (!result.ok()) {
          std::move(redriving->done)(result.status());
          return;
        }
        redriving->rows += result->rows;
        if (result->last.has_value()) {
          redriving->after = result->last;
          return RedrivePage(redriving);
        }
        Wake(redriving->hub);
        std::move(redriving->done)(redriving->rows);
      });
}

}  // namespace careroute::exchange
