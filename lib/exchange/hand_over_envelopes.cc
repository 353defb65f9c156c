#include "lib/exchange/hand_over_envelopes.h"

#include <utility>

#include "careroute/exchange/v1/hand_over.pb.h"
#include "lib/casework/hand_over.h"
#include "lib/exchange/manifest.h"

namespace careroute::exchange {
namespace {

using casework::Case;

// The destination of the row of a page, which no outbox holds.
constexpr absl::string_view kPage = "case_page";

// Of an envelope, besides what it tells: ids and names of both hubs.
constexpr size_t kFrameBytesMax = 4 << 10;

void Put(store::StoredEvent& event, v1::ChainedEvent& into) {
  into.set_stored(std::move(event.bytes));
  into.set_chain_hash(std::move(event.chain_hash));
}

std::string OrganisationName(const std::string& member) {
  return std::string(casework::OrganisationOf(member));
}

// Whether so much more still leaves in the envelope.
bool HasRoom(const v1::Envelope& envelope, size_t bytes) {
  return envelope.ByteSizeLong() + bytes + kFrameBytesMax <= kEnvelopeBytesMax;
}

// Whether the event still goes on the page.
bool Fits(size_t bytes, size_t events, const store::StoredEvent& next) {
  return events == 0 || (bytes + next.bytes.size() <= kPageBytesMax &&
                         events < size_t{kPageEventsMax});
}

}  // namespace

// One envelope under way.
struct HandOverEnvelopes::Job {
  Envelopes::BuildRequest request;
  base::Done<BuiltEnvelope> done;
  std::shared_ptr<const Case> state;
  v1::Envelope envelope;

  [[nodiscard]] const store::StreamId& stream() const {
    return request.row.key.stream;
  }

  // Nothing is asked of an offer that was answered.
  [[nodiscard]] bool is_moot() const {
    return !state->home.frozen.has_value() ||
           LaneHub() != state->home.frozen->hub ||
           request.row.event_version > state->home.frozen->version;
  }
  [[nodiscard]] const std::string& LaneHub() const { return request.peer; }

  void Finish(v1::ReferralSide side, int64_t sequence) {
    envelope.set_format(kEnvelopeFormat);
    envelope.set_to_hub(request.peer);
    envelope.set_referral(stream().id.Bytes());
    envelope.set_side(side);
    envelope.set_sequence(static_cast<int32_t>(sequence));
    std::move(done)(BuiltEnvelope{.referral = stream().id,
                                  .side = side,
                                  .sequence = static_cast<int32_t>(sequence),
                                  .bytes = ToBytes(envelope)});
  }
  void FinishMoot() {
    std::move(done)(BuiltEnvelope{.referral = stream().id,
                                  .side = v1::REFERRAL_SIDE_OFFER,
                                  .moot = true});
  }
};

bool HandOverEnvelopes::Builds(const store::OutboxRow& row) {
  return row.key.stream.kind == store::StreamKind::kCase &&
         (row.destination == kPage || row.destination == casework::kHandOver ||
          row.destination == casework::kHandOverAnswer);
}

void HandOverEnvelopes::Build(Envelopes::BuildRequest request,
                              base::Done<BuiltEnvelope> done) {
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  job->done = std::move(done);
  job->envelope.set_from_hub(options_.hub_id);
  if (job->request.row.destination == casework::kHandOverAnswer) {
    return BuildAnswer(job);
  }
  options_.cases.Load(
      job->stream().id,
      [this, job](absl::StatusOr<engine::Loaded<Case>> loaded) {
        if (!loaded.ok()) return std::move(job->done)(loaded.status());
        job->state = loaded->state;
        if (job->is_moot()) return job->FinishMoot();
        job->envelope.set_from_organisation(
            OrganisationName(job->state->coordinator));
        job->envelope.set_to_organisation(
            OrganisationName(job->state->home.frozen->coordinator));
        if (job->request.row.destination == kPage) return BuildPage(job);
        v1::CaseOffered& offered = *job->envelope.mutable_offered();
        offered.set_hand_over(job->state->home.frozen->hand_over.Bytes());
        offered.set_head_hash(loaded->head_hash);
        BuildOffer(job);
      });
}

// --- The history ------------------------------------------------------------

void HandOverEnvelopes::BuildPage(const JobPtr& job) {
  const int64_t first = job->request.row.event_version;
  options_.store.ReadEvents(
      {.stream = job->stream(),
       .after_version = first - 1,
       .limit = kPageEventsMax},
      [job, first](absl::StatusOr<store::EventPage> read) {
        if (!read.ok()) return std::move(job->done)(read.status());
        v1::CasePage& page = *job->envelope.mutable_page();
        size_t bytes = 0;
        for (store::StoredEvent& event : read->events) {
          if (event.version > job->state->home.frozen->version ||
              !Fits(bytes, static_cast<size_t>(page.events_size()), event)) {
            break;
          }
          bytes += event.bytes.size();
          Put(event, *page.add_events());
        }
        job->Finish(v1::REFERRAL_SIDE_OFFER, first);
      });
}

struct HandOverEnvelopes::Search {
  Envelopes::GapRequest request;
  base::Done<std::vector<store::OutboxRow>> done;
  std::vector<store::OutboxRow> found;
  size_t bytes = 0;   // of the last page
  size_t events = 0;  // on it

  void Add(const store::StoredEvent& event) {
    if (found.empty() || !Fits(bytes, events, event)) {
      store::OutboxRow row = request.row;
      row.key.sequence = event.version;
      row.event_version = event.version;
      row.destination = std::string(kPage);
      found.push_back(std::move(row));
      bytes = 0;
      events = 0;
    }
    bytes += event.bytes.size();
    ++events;
  }
};

void HandOverEnvelopes::FindPages(
    Envelopes::GapRequest request,
    base::Done<std::vector<store::OutboxRow>> done) {
  auto search = std::make_shared<Search>();
  const int64_t expected = request.expected;
  search->request = std::move(request);
  search->done = std::move(done);
  ReadOn(search, expected - 1);
}

void HandOverEnvelopes::ReadOn(const SearchPtr& search, int64_t after_version) {
  options_.store.ReadEvents(
      {.stream = search->request.row.key.stream,
       .after_version = after_version,
       .limit = kPageEventsMax},
      [this, search](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(search->done)(page.status());
        const int64_t end = search->request.built.sequence;
        for (const store::StoredEvent& event : page->events) {
          if (event.version >= end) break;
          search->Add(event);
        }
        const bool is_over = !page->more ||
                             page->events.back().version >= end ||
                             search->found.size() >= size_t{kGapEnvelopesMax};
        if (is_over) return std::move(search->done)(std::move(search->found));
        ReadOn(search, page->events.back().version);
      });
}

// --- The offer and its answer -----------------------------------------------

void HandOverEnvelopes::BuildOffer(const JobPtr& job) {
  const auto person = base::UidFromBytes(job->state->person);
  if (!person.ok()) return std::move(job->done)(person.status());
  options_.persons.ReadHanded(
      *person,
      [this, job](absl::StatusOr<engine::Persons::HandedPerson> handed) {
        if (!handed.ok()) return std::move(job->done)(handed.status());
        v1::CaseOffered& offered = *job->envelope.mutable_offered();
        offered.set_person_key(std::move(handed->key));
        for (engine::HandedEvent& one : handed->events) {
          v1::ChainedEvent& event = *offered.add_person();
          event.set_stored(std::move(one.stored));
          event.set_chain_hash(std::move(one.chain_hash));
        }
        std::vector<std::string> hashes;
        if (job->state->migrated_from.has_value()) {
          hashes.push_back(job->state->migrated_from->hash);
        }
        hashes.push_back(job->state->edition.hash);
        AddEdition(job, std::move(hashes));
      });
}

// One that does not fit is left out: a hub that does not have it refuses the
// case, which goes on here. An offer that is too large would never be answered.
void HandOverEnvelopes::AddEdition(const JobPtr& job,
                                   std::vector<std::string> hashes) {
  if (hashes.empty()) {
    return job->Finish(v1::REFERRAL_SIDE_OFFER,
                       job->state->home.frozen->version + 1);
  }
  std::string hash = std::move(hashes.back());
  hashes.pop_back();
  options_.store.GetBlob(
      std::move(hash),
      [this, job, hashes = std::move(hashes)](
          absl::StatusOr<std::optional<store::Blob>> blob) mutable {
        if (!blob.ok()) return std::move(job->done)(blob.status());
        if (blob->has_value() &&
            HasRoom(job->envelope, (*blob)->bytes.size())) {
          job->envelope.mutable_offered()->add_editions(
              std::move((*blob)->bytes));
        }
        AddEdition(job, std::move(hashes));
      });
}

void HandOverEnvelopes::BuildAnswer(const JobPtr& job) {
  const int64_t version = job->request.row.event_version;
  options_.store.ReadEvents(
      {.stream = job->stream(), .after_version = version - 1, .limit = 1},
      [job, version](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(job->done)(page.status());
        event::v1::CaseEvent event;
        if (page->events.empty() ||
            !event.ParseFromString(page->events.front().bytes)) {
          return std::move(job->done)(
              absl::DataLossError("an event of a case is damaged"));
        }
        const bool received = event.has_case_received();
        job->envelope.set_from_organisation(
            OrganisationName(received ? event.case_received().coordinator()
                                      : event.case_thawed().coordinator()));
        job->envelope.set_to_organisation(
            received ? event.case_received().from_organisation()
                     : event.case_thawed().from_organisation());
        Put(page->events.front(),
            *job->envelope.mutable_answered()->mutable_event());
        job->Finish(v1::REFERRAL_SIDE_ANSWER, version);
      });
}

}  // namespace careroute::exchange
