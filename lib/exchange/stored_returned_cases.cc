#include "lib/exchange/stored_returned_cases.h"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "careroute/event/v1/case_event.pb.h"
#include "lib/casework/hand_over.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/hand_over_envelopes.h"

namespace careroute::exchange {
namespace {

using casework::Case;
using engine::HandedEvent;
using engine::Loaded;
using engine::TakeResult;
using event::v1::CaseEvent;

// Events read at once while a history is searched.
constexpr int32_t kPageEvents = 200;

bool WasAt(const Case& state, const std::string& hub) {
  const std::vector<std::string>& past = state.home.past;
  return state.home.hub == hub ||
         std::find(past.begin(), past.end(), hub) != past.end();
}

bool IsOfferedTo(const Case& state, const std::string& hub) {
  return state.home.frozen.has_value() && state.home.frozen->hub == hub;
}

// Whether the hub had a part in it: what comes after the last such event it has
// never known, and nobody tells it now.
bool Names(const std::string& stored, const std::string& hub) {
  CaseEvent event;
  if (!event.ParseFromString(stored)) return false;
  switch (event.body_case()) {
    case CaseEvent::kCaseFrozen:
      return event.case_frozen().hub() == hub;
    case CaseEvent::kCaseThawed:
      return event.case_thawed().hub() == hub;
    case CaseEvent::kCaseReceived:
      return event.case_received().hub() == hub ||
             event.case_received().from_hub() == hub;
    default:
      return false;
  }
}

// The hub that took the case from the one of that id; empty = the event is
// another one.
std::string TakenFrom(const std::string& hub, const std::string& stored) {
  CaseEvent event;
  const bool leaves = event.ParseFromString(stored) &&
                      event.has_case_received() &&
                      event.case_received().from_hub() == hub;
  return leaves ? event.case_received().hub() : "";
}

HandedEvent Handed(v1::ChainedEvent& event) {
  return {.stored = std::move(*event.mutable_stored()),
          .chain_hash = std::move(*event.mutable_chain_hash())};
}

}  // namespace

// --- At the hub that is asked -----------------------------------------------

struct StoredReturnedCases::Giving {
  std::string peer;
  v1::LostCase lost;
  store::StreamId stream;
  std::shared_ptr<const Case> state;
  int64_t version = 0;
  int64_t last = 0;  // of those that the peer had a part in
  size_t bytes = 0;  // of the events that go
  bool is_full = false;
  v1::ReturnedCase returned;
  base::Done<v1::CaseAnswer> done;

  // One by one, as many as fit into an answer.
  void Add(store::StoredEvent event) {
    is_full = is_full || returned.events_size() >= kPageEventsMax ||
              (bytes > 0 && bytes + event.bytes.size() > kPageBytesMax);
    if (is_full) return;
    bytes += event.bytes.size();
    v1::ChainedEvent& chained = *returned.add_events();
    chained.set_stored(std::move(event.bytes));
    chained.set_chain_hash(std::move(event.chain_hash));
  }
  void Finish() {
    v1::CaseAnswer answer;
    if (returned.events_size() > 0) {
      *answer.mutable_returned() = std::move(returned);
    }
    std::move(done)(std::move(answer));
  }
};

void StoredReturnedCases::Answer(const std::string& peer,
                                 v1::CaseQuestion question,
                                 base::Done<v1::CaseAnswer> done) {
  if (!question.has_lost()) return List(peer, question, std::move(done));
  const absl::StatusOr<base::Uid> uid =
      base::UidFromBytes(question.lost().case_uid());
  if (!uid.ok()) return std::move(done)(uid.status());
  if (question.lost().version() < 0) {
    return std::move(done)(absl::InvalidArgumentError(
        "cases.lost.version: it is negative; send that of the copy, 0 for "
        "none"));
  }
  auto giving = std::make_shared<Giving>();
  giving->peer = peer;
  giving->lost = std::move(*question.mutable_lost());
  giving->stream = {.kind = store::StreamKind::kCase, .id = *uid};
  giving->done = std::move(done);
  options_.engine.cases().Load(
      *uid, [this, giving](absl::StatusOr<Loaded<Case>> loaded) {
        if (!loaded.ok()) return std::move(giving->done)(loaded.status());
        giving->state = loaded->state;
        giving->version = loaded->version;
        GiveBack(giving);
      });
}

void StoredReturnedCases::List(const std::string& peer,
                               const v1::CaseQuestion& question,
                               base::Done<v1::CaseAnswer> done) {
  engine::StoredMovedCases::PageRequest request{.lane = engine::LaneOf(peer),
                                                .limit = kCasesPerCompareMax};
  if (!question.after().empty()) {
    const absl::StatusOr<base::Uid> after =
        base::UidFromBytes(question.after());
    if (!after.ok()) return std::move(done)(after.status());
    request.after = *after;
  }
  moved_.Page(std::move(request),
              [done = std::move(done)](
                  absl::StatusOr<engine::MovedCasesPage> page) mutable {
                if (!page.ok()) return std::move(done)(page.status());
                v1::CaseAnswer answer;
                for (const engine::CaseCopy& one : page->cases) {
                  v1::CaseMarks& marks = *answer.add_marks();
                  marks.set_case_uid(one.case_uid.Bytes());
                  marks.set_version(one.version);
                  marks.set_offered(one.offered);
                }
                answer.set_more(page->more);
                std::move(done)(std::move(answer));
              });
}

void StoredReturnedCases::GiveBack(const GivingPtr& giving) {
  const Case& state = *giving->state;
  const bool is_offered = IsOfferedTo(state, giving->peer);
  if (giving->version == 0 || (!WasAt(state, giving->peer) && !is_offered)) {
    return giving->Finish();
  }
  // A copy of the peer's own case is the peer's as far as it goes.
  if (state.home.hub == giving->peer) giving->last = giving->version;
  if (is_offered && state.home.hub == options_.hub_id) {
    return OfferAgain(giving);
  }
  ReadEvents(giving);
}

void StoredReturnedCases::OfferAgain(const GivingPtr& giving) {
  const int64_t frozen = giving->state->home.frozen->version;
  options_.store.ReadEvents(
      {.stream = giving->stream, .after_version = frozen - 1, .limit = 1},
      [this, giving](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(giving->done)(page.status());
        CaseEvent event;
        if (page->events.empty() ||
            !event.ParseFromString(page->events.front().bytes)) {
          return std::move(giving->done)(
              absl::DataLossError("an event of a case is damaged"));
        }
        const absl::Time now = options_.engine.clock().Now();
        store::AppendRequest write{.stream = giving->stream,
                                   .expected_version = giving->version,
                                   .recorded_time = now};
        for (const auto& one : event.consequences().messages()) {
          if (one.kind() != casework::kHandOver) continue;
          write.outbox.push_back({.key = {.sequence = one.sequence()},
                                  .destination = one.kind(),
                                  .lane = one.to(),
                                  .event_version = event.header().version(),
                                  .due = now});
        }
        options_.store.Append(
            std::move(write),
            [this, giving](absl::StatusOr<store::AppendResult> put) {
              // It waits already, or the answer has come just now.
              if (!put.ok() && !absl::IsAlreadyExists(put.status()) &&
                  !store::ConflictingVersion(put.status()).has_value()) {
                return std::move(giving->done)(put.status());
              }
              ReadEvents(giving);
            });
      });
}

// A hub that does not know that it ever had the case writes nothing to it. It
// gets it back where it is the home; an offer brings all by itself.
void StoredReturnedCases::ReadEvents(const GivingPtr& giving) {
  if (giving->lost.unknown() && giving->state->home.hub != giving->peer) {
    return giving->Finish();
  }
  ReadOn(giving, giving->lost.version());
}

void StoredReturnedCases::ReadOn(const GivingPtr& giving,
                                 int64_t after_version) {
  options_.store.ReadEvents(
      {.stream = giving->stream,
       .after_version = after_version,
       .limit = kPageEvents},
      [this, giving](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return std::move(giving->done)(page.status());
        int64_t read = giving->version;
        for (store::StoredEvent& event : page->events) {
          read = event.version;
          if (read > giving->version) break;  // it was written meanwhile
          if (read > giving->last && Names(event.bytes, giving->peer)) {
            giving->last = read;
          }
          giving->Add(std::move(event));
        }
        const bool is_over =
            !page->more || read >= giving->version ||
            (giving->is_full &&
             giving->last >=
                 giving->lost.version() + giving->returned.events_size());
        if (is_over) return EndEvents(giving);
        ReadOn(giving, read);
      });
}

void StoredReturnedCases::EndEvents(const GivingPtr& giving) {
  v1::ReturnedCase& returned = giving->returned;
  const int64_t known = giving->lost.version();
  while (returned.events_size() > 0 &&
         known + returned.events_size() > giving->last) {
    returned.mutable_events()->RemoveLast();
  }
  if (returned.events_size() == 0 || !giving->lost.unknown()) {
    return giving->Finish();
  }
  AddPerson(giving);
}

void StoredReturnedCases::AddPerson(const GivingPtr& giving) {
  const auto person = base::UidFromBytes(giving->state->person);
  if (!person.ok()) return std::move(giving->done)(person.status());
  options_.engine.persons().ReadHanded(
      *person,
      [this, giving](absl::StatusOr<engine::Persons::HandedPerson> handed) {
        // An erasure is for ever, and of an offer that never came there is the
        // history alone: the other hub says that the person is gone.
        if (absl::IsFailedPrecondition(handed.status())) {
          return giving->Finish();
        }
        if (!handed.ok()) return std::move(giving->done)(handed.status());
        giving->returned.set_person_key(std::move(handed->key));
        for (HandedEvent& one : handed->events) {
          v1::ChainedEvent& event = *giving->returned.add_person();
          event.set_stored(std::move(one.stored));
          event.set_chain_hash(std::move(one.chain_hash));
        }
        std::vector<std::string> hashes;
        if (giving->state->migrated_from.has_value()) {
          hashes.push_back(giving->state->migrated_from->hash);
        }
        hashes.push_back(giving->state->edition.hash);
        AddEdition(giving, std::move(hashes));
      });
}

void StoredReturnedCases::AddEdition(const GivingPtr& giving,
                                     std::vector<std::string> hashes) {
  if (hashes.empty()) return giving->Finish();
  std::string hash = std::move(hashes.back());
  hashes.pop_back();
  options_.store.GetBlob(
      std::move(hash),
      [this, giving, hashes = std::move(hashes)](
          absl::StatusOr<std::optional<store::Blob>> blob) mutable {
        if (!blob.ok()) return std::move(giving->done)(blob.status());
        if (blob->has_value()) {
          giving->returned.add_editions(std::move((*blob)->bytes));
        }
        AddEdition(giving, std::move(hashes));
      });
}

// --- At the hub that asks ---------------------------------------------------

void StoredReturnedCases::FindLost(
    const engine::CaseCopy& theirs,
    base::Done<std::optional<v1::LostCase>> done) {
  options_.engine.cases().Load(
      theirs.case_uid, [this, theirs, done = std::move(done)](
                           absl::StatusOr<Loaded<Case>> loaded) mutable {
        if (!loaded.ok()) return std::move(done)(loaded.status());
        if (loaded->version >= theirs.version && !theirs.offered) {
          return std::move(done)(std::optional<v1::LostCase>());
        }
        v1::LostCase lost;
        lost.set_case_uid(theirs.case_uid.Bytes());
        lost.set_version(loaded->version);
        lost.set_unknown(loaded->version == 0 ||
                         !WasAt(*loaded->state, options_.hub_id));
        std::move(done)(std::optional<v1::LostCase>(std::move(lost)));
      });
}

struct StoredReturnedCases::Taking {
  engine::HandOvers::Returned run;  // the person goes with the first one
  std::deque<HandedEvent> left;
  base::Done<TakeResult> done;
};

void StoredReturnedCases::TakeBack(const v1::LostCase& lost,
                                   v1::ReturnedCase returned,
                                   base::Done<TakeResult> done) {
  const absl::StatusOr<base::Uid> uid = base::UidFromBytes(lost.case_uid());
  if (!uid.ok()) return std::move(done)(uid.status());
  auto taking = std::make_shared<Taking>();
  taking->run = {.case_uid = *uid, .first_version = lost.version() + 1};
  taking->run.person_key = std::move(*returned.mutable_person_key());
  for (v1::ChainedEvent& one : *returned.mutable_person()) {
    taking->run.person.push_back(Handed(one));
  }
  for (std::string& one : *returned.mutable_editions()) {
    taking->run.editions.push_back(std::move(one));
  }
  for (v1::ChainedEvent& one : *returned.mutable_events()) {
    taking->left.push_back(Handed(one));
  }
  taking->done = std::move(done);
  TakeNext(taking);
}

// By the event with which the case left, what is performed here for it becomes
// another hub's: that one is learned as it was, and all others are put back.
void StoredReturnedCases::TakeNext(const TakingPtr& taking) {
  if (taking->left.empty()) return std::move(taking->done)(TakeResult{});
  const auto go_on = [this, taking](absl::StatusOr<TakeResult> taken) {
    if (!taken.ok() || taken->fate != engine::Fate::kTaken) {
      return std::move(taking->done)(std::move(taken));
    }
    TakeNext(taking);
  };
  engine::HandOvers::Returned run =
      std::exchange(taking->run, {.case_uid = taking->run.case_uid,
                                  .first_version = taking->run.first_version});
  while (!taking->left.empty() &&
         TakenFrom(options_.hub_id, taking->left.front().stored).empty()) {
    run.events.push_back(std::move(taking->left.front()));
    taking->left.pop_front();
    ++taking->run.first_version;
  }
  if (!run.events.empty()) {
    return options_.engine.hand_overs().TakeBack(std::move(run), go_on);
  }
  HandedEvent leaving = std::move(taking->left.front());
  taking->left.pop_front();
  std::string new_home = TakenFrom(options_.hub_id, leaving.stored);
  options_.hand_overs.Learn({.case_uid = run.case_uid,
                             .from_hub = std::move(new_home),
                             .version = taking->run.first_version++,
                             .event = std::move(leaving),
                             .adoptions = {}},
                            go_on);
}

void StoredReturnedCases::IsWhole(const engine::CaseCopy& theirs,
                                  base::Done<bool> done) {
  options_.engine.cases().Load(
      theirs.case_uid, [this, theirs, done = std::move(done)](
                           absl::StatusOr<Loaded<Case>> loaded) mutable {
        if (!loaded.ok()) return std::move(done)(loaded.status());
        const Case& state = *loaded->state;
        if (loaded->version == 0 || !state.home.IsAt(options_.hub_id)) {
          return std::move(done)(true);
        }
        // The other hub gives back the event by which the case left this one,
        // if it comes after this copy. It stands before, in another history.
        if (theirs.version > loaded->version) return std::move(done)(false);
        std::vector<engine::ExchangeMarks> taken;
        for (const casework::Referral& one : state.referrals) {
          if (one.hub != options_.hub_id || one.taken == 0) continue;
          taken.push_back({.referral = one.uid, .taken = one.taken});
        }
        CheckPerformed(std::move(taken), std::move(done));
      });
}

// A hub is never compared with itself: nobody else has what it performed.
void StoredReturnedCases::CheckPerformed(
    std::vector<engine::ExchangeMarks> taken, base::Done<bool> done) {
  if (taken.empty()) return std::move(done)(true);
  const engine::ExchangeMarks next = taken.back();
  taken.pop_back();
  options_.engine.performed_referrals().Read(
      next.referral,
      [this, next, taken = std::move(taken), done = std::move(done)](
          absl::StatusOr<engine::PerformedReading> own) mutable {
        if (absl::IsNotFound(own.status())) return std::move(done)(false);
        if (!own.ok()) return std::move(done)(own.status());
        if (own->state->envelopes < next.taken) return std::move(done)(false);
        CheckPerformed(std::move(taken), std::move(done));
      });
}

}  // namespace careroute::exchange
