#include "lib/exchange/hand_over_receiver.h"

#include <map>
#include <utility>

#include "careroute/exchange/v1/hand_over.pb.h"
#include "lib/access/redact.h"
#include "lib/engine/disclosures.h"
#include "lib/exchange/internal/compose.h"

namespace careroute::exchange {
namespace {

using engine::HandedEvent;
using google::protobuf::RepeatedPtrField;

// Events read at once while a history is searched.
constexpr int32_t kPageEvents = 200;

HandedEvent Handed(v1::ChainedEvent& event) {
  return {.stored = std::move(*event.mutable_stored()),
          .chain_hash = std::move(*event.mutable_chain_hash())};
}

std::vector<HandedEvent> Handed(RepeatedPtrField<v1::ChainedEvent>& events) {
  std::vector<HandedEvent> handed;
  for (v1::ChainedEvent& event : events) handed.push_back(Handed(event));
  return handed;
}

engine::HandOvers::Offer OfferIn(base::Uid case_uid, v1::Envelope& envelope) {
  v1::CaseOffered& offered = *envelope.mutable_offered();
  engine::HandOvers::Offer offer{
      .case_uid = case_uid,
      .from_hub = envelope.from_hub(),
      .answer_version = envelope.sequence(),
      .hand_over =
          base::UidFromBytes(offered.hand_over()).value_or(base::Uid{}),
      .head_hash = offered.head_hash(),
      .person_key = std::move(*offered.mutable_person_key()),
      .person = Handed(*offered.mutable_person())};
  for (std::string& edition : *offered.mutable_editions()) {
    offer.editions.push_back(std::move(edition));
  }
  return offer;
}

// Somebody of this hub works on it.
bool IsPerformedHere(const casework::Referral& referral) {
  return referral.hub.empty() && casework::IsPerformed(referral);
}

// What may not be read any more is not kept for another hub's case: no recall
// told of it here, where reading asks the case.
void KeepPassable(access::DataClassSet passable, v1::ReferralOpened& whole) {
  passable.Add(model::v1::DATA_CLASS_ROUTE);
  access::Redact(passable, access::UnknownFactClass, whole);
  model::v1::Disclosed& disclosed =
      *whole.mutable_referral()->mutable_disclosed();
  const access::DataClassSet classes =
      access::DataClassSet::Of(disclosed.classes()).And(passable);
  disclosed.clear_classes();
  classes.ForEach(
      [&disclosed](model::v1::DataClass one) { disclosed.add_classes(one); });
}

// What the history tells of one referral, its words as they are stored: sealed,
// not in it.
struct Told {
  engine::CaseHistory made;
  internal::Entries request;
  internal::Entries performance;
};

}  // namespace

struct HandOverReceiver::Job {
  engine::HandOvers::Answer answer;
  base::Done<engine::TakeResult> done;
  engine::CaseReading now;
  std::map<int32_t, Told> told;  // by number; of those performed here
  int64_t read = 0;              // version

  template <typename Moved>
  void Add(const Moved& moved) {
    const auto at = told.find(moved.number());
    if (at == told.end()) return;
    at->second.request.MergeFrom(moved.request());
    at->second.performance.MergeFrom(moved.performance());
  }

  void Look(engine::CaseHistory history) {
    const event::v1::CaseEvent& event = history.event;
    read = event.header().version();
    if (event.has_referral_made()) Add(event.referral_made());
    if (event.has_referral_moved()) Add(event.referral_moved());
    for (const auto& one : event.consequences().referrals_touched()) Add(one);
    const auto at = told.find(event.referral_made().number());
    if (event.has_referral_made() && at != told.end()) {
      at->second.made = std::move(history);
    }
  }
};

void HandOverReceiver::Take(base::Uid case_uid, v1::Envelope envelope,
                            base::Done<engine::TakeResult> done) {
  absl::Status open = options_.fence.Check();
  if (!open.ok()) return std::move(done)(std::move(open));
  if (envelope.has_page()) {
    return options_.hand_overs.TakePage(
        {.case_uid = case_uid,
         .from_hub = envelope.from_hub(),
         .first_version = envelope.sequence(),
         .events = Handed(*envelope.mutable_page()->mutable_events())},
        std::move(done));
  }
  if (envelope.has_offered()) {
    return options_.hand_overs.TakeOffer(OfferIn(case_uid, envelope),
                                         std::move(done));
  }
  Learn({.case_uid = case_uid,
         .from_hub = envelope.from_hub(),
         .version = envelope.sequence(),
         .event = Handed(*envelope.mutable_answered()->mutable_event())},
        std::move(done));
}

void HandOverReceiver::Learn(engine::HandOvers::Answer answer,
                             base::Done<engine::TakeResult> done) {
  auto job = std::make_shared<Job>();
  job->answer = std::move(answer);
  job->done = std::move(done);
  TakeAnswer(job);
}

void HandOverReceiver::TakeAnswer(const JobPtr& job) {
  options_.cases.Read(
      job->answer.case_uid,
      [this, job](absl::StatusOr<engine::CaseReading> now) {
        if (!now.ok()) return std::move(job->done)(now.status());
        job->now = *std::move(now);
        if (job->now.state->home.frozen.has_value()) {
          for (const casework::Referral& one : job->now.state->referrals) {
            if (IsPerformedHere(one)) job->told.try_emplace(one.number);
          }
        }
        if (job->told.empty()) return Describe(job);
        ReadOn(job);
      });
}

void HandOverReceiver::ReadOn(const JobPtr& job) {
  options_.cases.ReadHistory(
      {.case_uid = job->answer.case_uid,
       .after_version = job->read,
       .limit = kPageEvents},
      [this, job](absl::StatusOr<engine::CaseHistoryPage> page) {
        if (!page.ok()) return std::move(job->done)(page.status());
        for (engine::CaseHistory& one : page->events) {
          job->Look(std::move(one));
        }
        if (page->more && !page->events.empty()) return ReadOn(job);
        Describe(job);
      });
}

void HandOverReceiver::Describe(const JobPtr& job) {
  const std::string nobody;
  for (auto& [number, told] : job->told) {
    const casework::Referral* referral =
        casework::FindReferral(*job->now.state, number);
    if (referral == nullptr) continue;
    v1::ReferralOpened whole =
        internal::WholeOf({.hub_id = nobody,
                           .peer = nobody,
                           .message = event::v1::Message::default_instance(),
                           .sent = told.made,
                           .made = told.made,
                           .entries = told.request,
                           .past = *job->now.state,
                           .now = job->now,
                           .referral = *referral,
                           .at = options_.clock.Now(),
                           .calendars = options_.calendars});
    KeepPassable(
        engine::PassableClasses(job->now, *referral, options_.clock.Now(),
                                options_.calendars),
        whole);
    *whole.mutable_referral()->mutable_performance() = told.performance;
    job->answer.adoptions.push_back(
        {.arrival = {.referral = std::move(*whole.mutable_referral()),
                     .outcomes = {whole.outcomes().begin(),
                                  whole.outcomes().end()},
                     .profile = whole.profile()},
         .envelope = referral->envelopes + 1});
  }
  options_.hand_overs.TakeAnswer(std::move(job->answer), std::move(job->done));
}

}  // namespace careroute::exchange
