#include "lib/exchange/envelopes.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "careroute/event/v1/referral_event.pb.h"
#include "lib/casework/fold.h"
#include "lib/casework/hand_over.h"
#include "lib/exchange/hand_over_envelopes.h"
#include "lib/exchange/internal/compose.h"

namespace careroute::exchange {
namespace {

using store::StreamKind;

// Events read at once while a history is searched.
constexpr int32_t kPageEvents = 200;

absl::Status Damaged() {
  return absl::DataLossError(
      "the event holds no such message; restore the record from a backup");
}

const event::v1::Message* FindMessage(const event::v1::CaseEvent& event,
                                      int64_t sequence) {
  for (const event::v1::Message& message : event.consequences().messages()) {
    if (message.sequence() == sequence) return &message;
  }
  return nullptr;
}

}  // namespace

Envelopes::Envelopes(const Options& options)
    : options_(options),
      hand_overs_(std::make_unique<HandOverEnvelopes>(
          HandOverEnvelopes::Options{.hub_id = options.hub_id,
                                     .store = options.store,
                                     .cases = options.cases,
                                     .persons = options.persons})) {}

Envelopes::~Envelopes() = default;

void Envelopes::Build(BuildRequest request, base::Done<BuiltEnvelope> done) {
  if (HandOverEnvelopes::Builds(request.row)) {
    return hand_overs_->Build(std::move(request), std::move(done));
  }
  switch (request.row.key.stream.kind) {
    case StreamKind::kCase:
      return BuildOfCase(std::move(request), std::move(done));
    case StreamKind::kReferral:
      return BuildOfPerformer(std::move(request), std::move(done));
    default:
      return std::move(done)(absl::FailedPreconditionError(
          "this release sends nothing of such a record; use a newer one"));
  }
}

// --- The request half, in the case's stream ---------------------------------

struct Envelopes::CaseJob {
  BuildRequest request;
  base::Done<BuiltEnvelope> done;
  engine::CaseHistory sent;
  event::v1::Message message;
  engine::CaseReading now;
  // What only the history tells.
  std::shared_ptr<casework::Case> past;
  internal::Entries entries;
  int64_t made_version = 0;
  engine::CaseHistory made;

  [[nodiscard]] int64_t version() const { return request.row.event_version; }
  [[nodiscard]] bool opens() const {
    return message.kind() == "referral" && message.envelope() == 1;
  }
};

void Envelopes::BuildOfCase(BuildRequest request,
                            base::Done<BuiltEnvelope> done) {
  auto job = std::make_shared<CaseJob>();
  job->request = std::move(request);
  job->done = std::move(done);
  options_.cases.ReadHistory(
      {.case_uid = job->request.row.key.stream.id,
       .after_version = job->version() - 1,
       .limit = 1},
      [this, job](absl::StatusOr<engine::CaseHistoryPage> page) {
        if (!page.ok()) return std::move(job->done)(page.status());
        if (page->events.empty()) return std::move(job->done)(Damaged());
        job->sent = std::move(page->events.front());
        const event::v1::Message* message =
            FindMessage(job->sent.event, job->request.row.key.sequence);
        if (message == nullptr) return std::move(job->done)(Damaged());
        job->message = *message;
        // The hub that was home until then: asked for it, this one waits.
        if (message->kind() == casework::kHomeMoved &&
            job->sent.event.case_received().from_hub() != options_.hub_id) {
          return std::move(job->done)(absl::UnavailableError(
              "the old home of the case has not told its performer yet"));
        }
        ReadNow(job);
      });
}

// After the event was read: what is judged by is the newest there is.
void Envelopes::ReadNow(const CaseJobPtr& job) {
  options_.cases.Read(job->request.row.key.stream.id,
                      [this, job](absl::StatusOr<engine::CaseReading> now) {
                        if (!now.ok())
                          return std::move(job->done)(now.status());
                        job->now = *std::move(now);
                        const event::v1::CaseEvent& event = job->sent.event;
                        if (event.has_referral_made()) {
                          job->made = job->sent;
                          job->entries = internal::RequestEntries(
                              event, job->message.referral());
                        }
                        const bool has_all =
                            !job->opens() || event.has_referral_made();
                        if (job->now.version == job->version() && has_all) {
                          return Compose(job);
                        }
                        job->past = std::make_shared<casework::Case>();
                        job->entries.Clear();
                        ReadPast(job, 0);
                      });
}

// The case as it was, from its first event on.
void Envelopes::ReadPast(const CaseJobPtr& job, int64_t after_version) {
  options_.store.ReadEvents(
      {.stream = job->request.row.key.stream,
       .after_version = after_version,
       .limit = kPageEvents},
      [this, job](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(job->done)(page.status());
        for (const store::StoredEvent& stored : page->events) {
          event::v1::CaseEvent event;
          if (!event.ParseFromString(stored.bytes)) {
            return std::move(job->done)(Damaged());
          }
          const int32_t number = job->message.referral();
          casework::Fold(event, *job->past);
          if (event.has_referral_made() &&
              event.referral_made().number() == number) {
            job->made_version = stored.version;
          }
          job->entries.MergeFrom(internal::RequestEntries(event, number));
          if (stored.version == job->version()) return ReadMade(job);
        }
        if (!page->more) return std::move(job->done)(Damaged());
        ReadPast(job, page->events.back().version);
      });
}

void Envelopes::ReadMade(const CaseJobPtr& job) {
  if (!job->opens() || job->made_version == job->version()) {
    return Compose(job);
  }
  options_.cases.ReadHistory(
      {.case_uid = job->request.row.key.stream.id,
       .after_version = job->made_version - 1,
       .limit = 1},
      [this, job](absl::StatusOr<engine::CaseHistoryPage> page) {
        if (!page.ok()) return std::move(job->done)(page.status());
        if (job->made_version == 0 || page->events.empty()) {
          return std::move(job->done)(Damaged());
        }
        job->made = std::move(page->events.front());
        Compose(job);
      });
}

void Envelopes::Compose(const CaseJobPtr& job) {
  const casework::Referral* referral =
      casework::FindReferral(*job->now.state, job->message.referral());
  if (referral == nullptr) {
    return std::move(job->done)(absl::FailedPreconditionError(
        "the case keeps this referral no more: it ended long ago"));
  }
  std::move(job->done)(internal::Compose(internal::CaseEnvelope{
      .hub_id = options_.hub_id,
      .peer = job->request.peer,
      .message = job->message,
      .sent = job->sent,
      .made = job->made,
      .entries = job->entries,
      .past = job->past == nullptr ? *job->now.state : *job->past,
      .now = job->now,
      .referral = *referral,
      .at = options_.clock.Now(),
      .calendars = options_.calendars}));
}

// --- The performance half, in the referral's stream -------------------------

void Envelopes::BuildOfPerformer(BuildRequest request,
                                 base::Done<BuiltEnvelope> done) {
  const base::Uid uid = request.row.key.stream.id;
  const int64_t version = request.row.event_version;
  options_.performed.ReadEvent(
      {.uid = uid, .version = version, .own_half = true},
      [this, uid, request = std::move(request), done = std::move(done)](
          absl::StatusOr<engine::PerformedEvent> told) mutable {
        if (!told.ok()) return std::move(done)(told.status());
        const int32_t sequence = engine::EnvelopeOf(told->event);
        if (sequence == 0 || sequence != request.row.key.sequence) {
          return std::move(done)(Damaged());
        }
        std::move(done)(internal::Compose(
            internal::PerformerEnvelope{.hub_id = options_.hub_id,
                                        .peer = request.peer,
                                        .uid = uid,
                                        .sequence = sequence,
                                        .told = *told}));
      });
}

// --- Gaps -------------------------------------------------------------------

struct Envelopes::GapJob {
  GapRequest request;
  base::Done<std::vector<store::OutboxRow>> done;
  std::vector<store::OutboxRow> found;

  // The event of the stream, when it is told in an envelope that is missing.
  void Look(const store::StoredEvent& stored) {
    if (request.row.key.stream.kind == StreamKind::kCase) {
      event::v1::CaseEvent event;
      if (!event.ParseFromString(stored.bytes)) return;
      for (const event::v1::Message& one : event.consequences().messages()) {
        if (request.built.home.has_value() &&
            one.referral() == request.built.home->number) {
          Add(one.envelope(), one.sequence(), stored.version);
        }
      }
      return;
    }
    event::v1::ReferralEvent event;
    if (event.ParseFromString(stored.bytes)) {
      const int32_t envelope = engine::EnvelopeOf(event);
      Add(envelope, envelope, stored.version);
    }
  }

  void Add(int32_t envelope, int64_t sequence, int64_t version) {
    if (envelope < request.expected || envelope >= request.built.sequence ||
        found.size() >= size_t{kGapEnvelopesMax}) {
      return;
    }
    store::OutboxRow row = request.row;
    row.key.sequence = sequence;
    row.event_version = version;
    found.push_back(std::move(row));
  }
};

void Envelopes::FindBefore(GapRequest request,
                           base::Done<std::vector<store::OutboxRow>> done) {
  if (HandOverEnvelopes::Builds(request.row)) {
    return hand_overs_->FindPages(std::move(request), std::move(done));
  }
  auto job = std::make_shared<GapJob>();
  job->request = std::move(request);
  job->done = std::move(done);
  ReadGap(job, 0);
}

void Envelopes::ReadGap(const GapJobPtr& job, int64_t after_version) {
  options_.store.ReadEvents(
      {.stream = job->request.row.key.stream,
       .after_version = after_version,
       .limit = kPageEvents},
      [this, job](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(job->done)(page.status());
        for (const store::StoredEvent& stored : page->events) {
          if (stored.version > job->request.row.event_version) break;
          job->Look(stored);
        }
        const bool over = !page->more || page->events.back().version >=
                                             job->request.row.event_version;
        if (over) return std::move(job->done)(std::move(job->found));
        ReadGap(job, page->events.back().version);
      });
}

}  // namespace careroute::exchange
