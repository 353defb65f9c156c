#include "lib/exchange/stored_halves.h"

#include <deque>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/referral_event.pb.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/compare_desk.h"
#include "lib/exchange/internal/returned.h"

namespace careroute::exchange {
namespace {

using engine::Half;
using engine::ReferralRow;
using v1::Envelope;

// Events read at once while a history is searched.
constexpr int32_t kPageEvents = 200;
// Whoever writes to one stream that fast has to be asked again later.
constexpr int kConflictsMax = 5;

absl::Status NotKept() {
  return absl::DataLossError(
      "the records have no such half of a referral; run `careroute fsck`");
}

// The outbox key of the envelope, when the event is the one it tells of.
std::optional<int64_t> KeyIn(const std::string& stored, int32_t number,
                             int32_t envelope) {
  event::v1::CaseEvent event;
  if (!event.ParseFromString(stored)) return std::nullopt;
  for (const event::v1::Message& one : event.consequences().messages()) {
    if (one.referral() == number && one.envelope() == envelope) {
      return one.sequence();
    }
  }
  return std::nullopt;
}

std::optional<int64_t> KeyIn(const std::string& stored, int32_t envelope) {
  event::v1::ReferralEvent event;
  if (!event.ParseFromString(stored) || engine::EnvelopeOf(event) != envelope) {
    return std::nullopt;
  }
  return envelope;
}

}  // namespace

// --- Sending again ----------------------------------------------------------

struct StoredHalves::Sending {
  SharedHalf half;
  int32_t envelope = 0;
  store::StreamId stream;
  int32_t number = 0;  // of the referral in its case; 0 = it is performed here
  store::OutboxRow row;
  int64_t version = 0;  // of the stream, as far as is known
  int conflicts = 0;
  base::DoneStatus done;
};

void StoredHalves::SendAgain(SharedHalf own, int32_t last,
                             base::DoneStatus done) {
  auto sending = std::make_shared<Sending>();
  sending->half = std::move(own);
  sending->envelope = last;
  sending->done = std::move(done);
  if (sending->half.half == Half::kPerformance) {
    sending->stream = engine::PerformedStream(sending->half.referral);
    return FindRow(sending, 0);
  }
  options_.engine.cases().FindHome(
      sending->half.referral,
      [this, sending](absl::StatusOr<std::optional<ReferralRow>> home) {
        if (!home.ok()) return std::move(sending->done)(home.status());
        if (!home->has_value()) return std::move(sending->done)(NotKept());
        sending->stream = {.kind = store::StreamKind::kCase,
                           .id = (*home)->case_uid};
        sending->number = (*home)->number;
        FindRow(sending, 0);
      });
}

void StoredHalves::FindRow(const SendingPtr& sending, int64_t after_version) {
  options_.store.ReadEvents(
      {.stream = sending->stream,
       .after_version = after_version,
       .limit = kPageEvents},
      [this, sending](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(sending->done)(page.status());
        for (const store::StoredEvent& stored : page->events) {
          sending->version = stored.version;
          const std::optional<int64_t> key =
              sending->number == 0
                  ? KeyIn(stored.bytes, sending->envelope)
                  : KeyIn(stored.bytes, sending->number, sending->envelope);
          if (!key.has_value()) continue;
          const std::string lane = engine::LaneOf(sending->half.hub);
          sending->row = {.key = {.sequence = *key},
                          .destination = lane,
                          .lane = lane,
                          .event_version = stored.version,
                          .due = options_.engine.clock().Now()};
        }
        if (page->more) return FindRow(sending, sending->version);
        if (sending->row.lane.empty()) {
          return std::move(sending->done)(NotKept());
        }
        PutRow(sending);
      });
}

void StoredHalves::PutRow(const SendingPtr& sending) {
  store::AppendRequest request{.stream = sending->stream,
                               .expected_version = sending->version,
                               .recorded_time = options_.engine.clock().Now()};
  request.outbox.push_back(sending->row);
  options_.store.Append(
      std::move(request),
      [this, sending](absl::StatusOr<store::AppendResult> result) {
        // It waits already.
        if (result.ok() || absl::IsAlreadyExists(result.status())) {
          return std::move(sending->done)(absl::OkStatus());
        }
        const auto now = store::ConflictingVersion(result.status());
        if (!now.has_value() || ++sending->conflicts > kConflictsMax) {
          return std::move(sending->done)(result.status());
        }
        // What was written meanwhile changes nothing about the row.
        sending->version = *now;
        PutRow(sending);
      });
}

// --- Giving back ------------------------------------------------------------

struct StoredHalves::Mirror {
  SharedHalf half;
  Stretch stretch;
  ReferralRow home;  // of a performance half
  Envelope frame;    // what all of them have
  // An envelope that was kept first and understood later is there twice; what
  // it said at last counts.
  std::map<int32_t, Envelope> found;
  base::Done<std::vector<Envelope>> done;

  void Keep(std::optional<Envelope> envelope) {
    if (!envelope.has_value() || envelope->sequence() < stretch.first ||
        envelope->sequence() > stretch.last) {
      return;
    }
    envelope->MergeFrom(frame);
    found[envelope->sequence()] = *std::move(envelope);
  }
  // One after the other from the first on, as many as fit into an answer.
  void Answer() {
    std::vector<Envelope> all;
    for (auto& [sequence, envelope] : found) {
      if (sequence != stretch.first + static_cast<int32_t>(all.size()) ||
          all.size() == size_t{kReturnedMax}) {
        break;
      }
      all.push_back(std::move(envelope));
    }
    std::move(done)(std::move(all));
  }
};

void StoredHalves::ReadMirror(SharedHalf lost, Stretch stretch,
                              base::Done<std::vector<Envelope>> done) {
  auto mirror = std::make_shared<Mirror>();
  mirror->half = std::move(lost);
  mirror->stretch = stretch;
  mirror->done = std::move(done);
  mirror->frame.set_referral(mirror->half.referral.Bytes());
  if (mirror->half.half == Half::kRequest) return ReadPerformed(mirror, 1);
  engine::Cases& cases = options_.engine.cases();
  cases.FindHome(
      mirror->half.referral,
      [this, mirror, &cases](absl::StatusOr<std::optional<ReferralRow>> home) {
        if (!home.ok()) return std::move(mirror->done)(home.status());
        if (!home->has_value()) return std::move(mirror->done)(NotKept());
        mirror->home = **home;
        cases.Read(mirror->home.case_uid,
                   [this, mirror](absl::StatusOr<engine::CaseReading> now) {
                     if (!now.ok()) {
                       return std::move(mirror->done)(now.status());
                     }
                     const casework::Referral* referral =
                         casework::FindReferral(*now->state,
                                                mirror->home.number);
                     if (referral == nullptr) {
                       return std::move(mirror->done)(NotKept());
                     }
                     mirror->frame.set_from_organisation(referral->performer);
                     mirror->frame.set_to_organisation(referral->requester);
                     ReadCase(mirror, 0);
                   });
      });
}

void StoredHalves::ReadCase(const MirrorPtr& mirror, int64_t after_version) {
  options_.engine.cases().ReadHistory(
      {.case_uid = mirror->home.case_uid,
       .after_version = after_version,
       .limit = kPageEvents},
      [this, mirror](absl::StatusOr<engine::CaseHistoryPage> page) {
        if (!page.ok()) return std::move(mirror->done)(page.status());
        for (const engine::CaseHistory& told : page->events) {
          mirror->Keep(
              internal::ReturnedPerformance(told, mirror->home.number));
        }
        if (!page->more || page->events.empty()) return mirror->Answer();
        ReadCase(mirror, page->events.back().event.header().version());
      });
}

// A referral has some ten events.
void StoredHalves::ReadPerformed(const MirrorPtr& mirror, int64_t version) {
  options_.engine.performed_referrals().ReadEvent(
      {.uid = mirror->half.referral, .version = version},
      [this, mirror, version](absl::StatusOr<engine::PerformedEvent> told) {
        if (!told.ok()) return std::move(mirror->done)(told.status());
        mirror->Keep(internal::ReturnedRequest(*told));
        if (version >= told->state->version) return mirror->Answer();
        ReadPerformed(mirror, version + 1);
      });
}

// --- Taking back ------------------------------------------------------------

struct StoredHalves::Adoption {
  SharedHalf half;
  std::deque<Envelope> left;
  base::DoneStatus done;

  // Completes with what spoke against the last one, if anything did.
  [[nodiscard]] absl::Status Judge(
      const absl::StatusOr<engine::TakeResult>& taken) const {
    if (!taken.ok()) return taken.status();
    if (taken->fate == engine::Fate::kTaken) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        "what is given back cannot be of this half: ", taken->why));
  }
};

void StoredHalves::Adopt(SharedHalf lost, std::vector<Envelope> envelopes,
                         base::DoneStatus done) {
  auto adoption = std::make_shared<Adoption>();
  adoption->half = std::move(lost);
  adoption->left = {std::make_move_iterator(envelopes.begin()),
                    std::make_move_iterator(envelopes.end())};
  adoption->done = std::move(done);
  AdoptNext(adoption);
}

void StoredHalves::AdoptNext(const AdoptionPtr& adoption) {
  if (adoption->left.empty())
    return std::move(adoption->done)(absl::OkStatus());
  const Envelope envelope = std::move(adoption->left.front());
  adoption->left.pop_front();
  if (adoption->half.half == Half::kRequest) {
    return AdoptRequest(adoption, envelope);
  }
  AdoptPerformance(adoption, envelope);
}

void StoredHalves::AdoptRequest(const AdoptionPtr& adoption,
                                const Envelope& envelope) {
  engine::Cases& cases = options_.engine.cases();
  cases.FindHome(
      adoption->half.referral,
      [this, adoption, &cases,
       envelope](absl::StatusOr<std::optional<ReferralRow>> home) {
        if (!home.ok()) return std::move(adoption->done)(home.status());
        if (!home->has_value()) return std::move(adoption->done)(NotKept());
        cases.Adopt(
            {.home = **home,
             .from_hub = adoption->half.hub,
             .envelope = envelope.sequence(),
             .entries = envelope.grew().entries(),
             .recalled = access::DataClassSet::Of(envelope.recall().classes())},
            [this, adoption](absl::StatusOr<engine::TakeResult> taken) {
              const absl::Status judged = adoption->Judge(taken);
              if (!judged.ok()) return std::move(adoption->done)(judged);
              AdoptNext(adoption);
            });
      });
}

// Whom it is between is checked as of any envelope that comes from there.
void StoredHalves::AdoptPerformance(const AdoptionPtr& adoption,
                                    const Envelope& envelope) {
  const engine::DirectoryPtr directory =
      options_.engine.organisations().Current();
  const auto performer = directory->facts.find(envelope.from_organisation());
  const auto requester = directory->facts.find(envelope.to_organisation());
  if (performer == directory->facts.end() ||
      requester == directory->facts.end() || !performer->second.hub.empty() ||
      requester->second.hub != adoption->half.hub) {
    return std::move(adoption->done)(absl::FailedPreconditionError(
        "what is given back is of organisations that this hub knows "
        "otherwise; compare both directories"));
  }
  options_.engine.performed_referrals().Adopt(
      {.uid = adoption->half.referral,
       .from_hub = adoption->half.hub,
       .envelope = envelope.sequence(),
       .requester = envelope.to_organisation(),
       .performer = envelope.from_organisation(),
       .entries = envelope.grew().entries()},
      [this, adoption](absl::StatusOr<engine::TakeResult> taken) {
        const absl::Status judged = adoption->Judge(taken);
        if (!judged.ok()) return std::move(adoption->done)(judged);
        AdoptNext(adoption);
      });
}

}  // namespace careroute::exchange
