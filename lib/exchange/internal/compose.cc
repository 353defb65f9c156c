#include "lib/exchange/internal/compose.h"

#include <algorithm>
#include <utility>

#include "lib/access/redact.h"
#include "lib/casework/hand_over.h"
#include "lib/casework/view.h"
#include "lib/engine/disclosures.h"
#include "lib/exchange/internal/entry_words.h"
#include "lib/exchange/internal/times.h"
#include "lib/exchange/manifest.h"
#include "lib/registry/plain_parts.h"

namespace careroute::exchange::internal {
namespace {

using access::DataClassSet;
using model::v1::DataClass;
using model::v1::ReferralEntry;

DataClassSet WithoutRoute(DataClassSet classes) {
  classes.Remove(model::v1::DATA_CLASS_ROUTE);
  return classes;
}

// Moves that the hub itself stores without a word of anybody.
bool HasWords(const ReferralEntry& entry) {
  return entry.move() != model::v1::REFERRAL_MOVE_MADE &&
         entry.move() != model::v1::REFERRAL_MOVE_SENT;
}

// One command makes one entry with words, and its words are all that is sealed
// with the event. What a referral is touched by on the way has none, and the
// words of such an event are about something else.
Entries OpenedEntries(const CaseEnvelope& from) {
  Entries entries = RequestEntries(from.sent.event, from.message.referral());
  if (!from.sent.event.has_referral_moved() ||
      from.sent.event.referral_moved().number() != from.message.referral()) {
    return entries;
  }
  const auto with_words =
      std::find_if(entries.begin(), entries.end(), HasWords);
  if (with_words == entries.end()) return entries;
  PutWords(from.sent.opened, "", *with_words);
  PutTexts(from.sent.opened, *with_words);
  return entries;
}

// Of the referral itself, or of the work that it asks for.
bool IsOf(const casework::DeadlineRecord& deadline,
          const casework::Referral& referral) {
  const bool of_work = deadline.referral == 0 && deadline.occurrence != 0 &&
                       deadline.occurrence == referral.occurrence;
  return deadline.referral == referral.number || of_work;
}

google::protobuf::RepeatedPtrField<model::v1::Deadline> DeadlinesOf(
    const CaseEnvelope& from) {
  google::protobuf::RepeatedPtrField<model::v1::Deadline> deadlines;
  for (const casework::DeadlineRecord& one : from.past.deadlines) {
    if (IsOf(one, from.referral)) {
      *deadlines.Add() = casework::ToModel(one);
    }
  }
  return deadlines;
}

absl::Time FirstDue(const casework::Case& now,
                    const casework::Referral& referral) {
  absl::Time first = absl::InfiniteFuture();
  for (const casework::DeadlineRecord& one : now.deadlines) {
    if (one.due.has_value() && !one.stopped && IsOf(one, referral)) {
      first = std::min(first, *one.due);
    }
  }
  return first;
}

void FillDisclosed(const CaseEnvelope& from, model::v1::Disclosed& disclosed) {
  disclosed = from.made.event.referral_made().disclosed();
  event::v1::PlainPart whole;
  for (const engine::PlainClassPart& part : from.made.opened) {
    registry::JoinPart(part.part, whole);
    for (const event::v1::PlainText& text : part.part.texts()) {
      if (text.field() != "texts") continue;
      model::v1::DisclosedText& one = *disclosed.add_texts();
      one.set_data_class(part.data_class);
      one.set_text(text.text());
    }
  }
  if (whole.has_identity()) *disclosed.mutable_identity() = whole.identity();
  if (whole.has_needs()) *disclosed.mutable_needs() = whole.needs();
  *disclosed.mutable_criteria() = whole.codes();
}

// Who asked then: the case may have another home by now, and what is sent again
// is what was sent.
const std::string& RequesterOf(const CaseEnvelope& from) {
  const casework::Referral* then =
      casework::FindReferral(from.past, from.referral.number);
  return then == nullptr ? from.referral.requester : then->requester;
}

v1::ReferralOpened OpenedOf(const CaseEnvelope& from) {
  v1::ReferralOpened opened;
  model::v1::Referral& referral = *opened.mutable_referral();
  referral.set_uid(from.referral.uid.Hex());
  referral.set_kind(from.referral.kind);
  referral.set_delivery(model::v1::DELIVERY_SENT);
  referral.set_pathway(from.past.edition.pathway);
  referral.set_step(from.referral.step);
  referral.set_occurrence(from.referral.occurrence);
  referral.set_requester(RequesterOf(from));
  referral.set_performer(from.referral.performer);
  referral.set_service(from.referral.service);
  FillDisclosed(from, *referral.mutable_disclosed());
  *referral.mutable_request() = from.entries;
  *referral.mutable_deadlines() = DeadlinesOf(from);
  if (!from.entries.empty()) {
    *referral.mutable_create_time() = from.entries.begin()->recorded_time();
  }
  const casework::Referral* replaced =
      casework::FindReferral(from.past, from.referral.replaces);
  if (replaced != nullptr) referral.set_replaces(replaced->uid.Hex());
  const model::v1::Step* step = from.now.edition->FindStep(from.referral.step);
  if (step != nullptr) {
    opened.set_profile(step->referral().profile());
    for (const model::v1::Outcome& outcome : step->outcomes()) {
      opened.add_outcomes(outcome.id());
    }
  }
  if (from.referral.kind == model::v1::REFERRAL_KIND_NOTICE) {
    opened.clear_outcomes();  // it owes none
  }
  return opened;
}

const Entries& PerformanceEntries(const event::v1::ReferralEvent& event) {
  if (event.has_arrived()) return event.arrived().performance();
  if (event.has_mirrored()) return event.mirrored().performance();
  return event.grown().entries();
}

// --- Grounds ----------------------------------------------------------------

// Why what was disclosed may not leave any more.
absl::string_view WhyWithheld(const CaseEnvelope& from) {
  if (from.now.state->erased || from.made.erased) return "erased";
  const int32_t number = casework::NumberOf(from.referral.disclosed.consent);
  for (const casework::ConsentRecord& consent : from.now.state->consents) {
    if (consent.number == number && number != 0) {
      const bool stands = consent.state == model::v1::CONSENT_STATE_GIVEN ||
                          consent.state == model::v1::CONSENT_STATE_DISPUTED;
      return stands ? "no_ground" : "consent_withdrawn";
    }
  }
  return number == 0 ? "no_ground" : "consent_withdrawn";
}

void FillGround(const CaseEnvelope& from, DataClassSet classes,
                v1::Ground& ground) {
  classes.ForEach([&ground](DataClass one) { ground.add_classes(one); });
  if (classes.empty()) return;
  const casework::DisclosedClear& disclosed = from.referral.disclosed;
  ground.set_way(disclosed.way);
  ground.set_consent(disclosed.consent);
  const model::v1::Step* step = from.now.edition->FindStep(from.referral.step);
  if (step == nullptr || !disclosed.consent.empty()) return;
  for (const model::v1::Way& way : step->disclosure()) {
    if (way.id() == disclosed.way) ground.set_act(way.law().act());
  }
}

// The whole of it, or that it is withheld.
void Open(const CaseEnvelope& from, DataClassSet passable, BuiltEnvelope& built,
          v1::Envelope& envelope) {
  const DataClassSet disclosed = WithoutRoute(from.referral.disclosed.classes);
  const bool whole = passable.ContainsAll(disclosed) && !from.made.erased &&
                     !from.now.state->erased;
  if (!whole) {
    built.withheld = true;
    envelope.mutable_withheld()->set_why(std::string(WhyWithheld(from)));
    return;
  }
  *envelope.mutable_opened() = OpenedOf(from);
  FillGround(from, disclosed, *envelope.mutable_ground());
}

// Words go only as far as the referral's own way lets them.
void Grow(const CaseEnvelope& from, DataClassSet passable, BuiltEnvelope& built,
          v1::Envelope& envelope) {
  v1::HalfGrew& grew = *envelope.mutable_grew();
  *grew.mutable_entries() = OpenedEntries(from);
  *grew.mutable_deadlines() = DeadlinesOf(from);
  const DataClassSet wanted =
      CarriedClasses(grew).And(WithoutRoute(from.referral.disclosed.classes));
  const DataClassSet allowed = wanted.And(passable);
  built.withheld = allowed != wanted;
  DataClassSet kept = allowed;
  kept.Add(model::v1::DATA_CLASS_ROUTE);
  access::Redact(kept, access::UnknownFactClass, grew);
  FillGround(from, CarriedClasses(grew), *envelope.mutable_ground());
}

void FillRecall(const CaseEnvelope& from, v1::Recall& recall) {
  *recall.mutable_classes() = from.message.classes();
  const bool withdrawn = from.sent.event.has_consent_withdrawn() ||
                         from.sent.event.has_message_received();
  recall.set_why(withdrawn ? "consent_withdrawn" : "consent_lapsed");
}

// The last word of the old home, in the name of who coordinated there.
void MoveHome(const CaseEnvelope& from, v1::Envelope& envelope) {
  const event::v1::CaseReceived& received = from.sent.event.case_received();
  envelope.set_from_organisation(received.from_organisation());
  v1::HomeMoved& moved = *envelope.mutable_home_moved();
  moved.set_hub(received.hub());
  moved.set_requester(
      std::string(casework::OrganisationOf(received.coordinator())));
  moved.set_taken(from.referral.taken);
}

}  // namespace

const Entries& RequestEntries(const event::v1::CaseEvent& event,
                              int32_t referral) {
  static const auto* const kNone = new Entries();
  if (event.has_referral_made() && event.referral_made().number() == referral) {
    return event.referral_made().request();
  }
  if (event.has_referral_moved() &&
      event.referral_moved().number() == referral) {
    return event.referral_moved().request();
  }
  for (const auto& touched : event.consequences().referrals_touched()) {
    if (touched.number() == referral) return touched.request();
  }
  return *kNone;
}

DataClassSet CarriedClasses(const v1::ReferralOpened& opened) {
  v1::ReferralOpened plain = opened;
  plain.mutable_referral()->mutable_disclosed()->clear_criteria();
  return WithoutRoute(access::ClassesIn(plain, access::UnknownFactClass));
}

DataClassSet CarriedClasses(const v1::HalfGrew& grew) {
  return WithoutRoute(access::ClassesIn(grew, access::UnknownFactClass));
}

v1::ReferralOpened WholeOf(const CaseEnvelope& from) { return OpenedOf(from); }

BuiltEnvelope Compose(const CaseEnvelope& from) {
  const event::v1::EventHeader& header = from.sent.event.header();
  BuiltEnvelope built{.referral = from.referral.uid,
                      .side = v1::REFERRAL_SIDE_REQUEST,
                      .sequence = from.message.envelope(),
                      .home = ReferralHome{.case_uid = from.now.uid,
                                           .number = from.referral.number},
                      .first_due = FirstDue(*from.now.state, from.referral),
                      .recorded = FromProto(header.recorded_time()),
                      .undelivered = from.referral.undelivered,
                      .undelivered_why = from.referral.undelivered_why};
  built.taken_back = casework::IsTakenBack(from.referral);
  v1::Envelope envelope;
  envelope.set_format(kEnvelopeFormat);
  envelope.set_from_hub(from.hub_id);
  envelope.set_to_hub(from.peer);
  envelope.set_from_organisation(RequesterOf(from));
  envelope.set_to_organisation(from.referral.performer);
  envelope.set_referral(from.referral.uid.Bytes());
  envelope.set_side(built.side);
  envelope.set_sequence(built.sequence);
  *envelope.mutable_recorded_time() = header.recorded_time();
  const DataClassSet passable =
      engine::PassableClasses(from.now, from.referral, from.at, from.calendars);
  if (from.message.kind() == "recall") {
    FillRecall(from, *envelope.mutable_recall());
  } else if (from.message.kind() == "erasure") {
    envelope.mutable_erasure();
  } else if (from.message.kind() == casework::kHomeMoved) {
    MoveHome(from, envelope);
  } else if (built.sequence == 1) {
    Open(from, passable, built, envelope);
  } else {
    Grow(from, passable, built, envelope);
  }
  built.bytes = ToBytes(envelope);
  return built;
}

BuiltEnvelope Compose(const PerformerEnvelope& from) {
  const casework::Referral& referral = from.told.state->referral;
  const event::v1::ReferralEvent& event = from.told.event;
  BuiltEnvelope built{.referral = from.uid,
                      .side = v1::REFERRAL_SIDE_PERFORMANCE,
                      .sequence = from.sequence,
                      .recorded = FromProto(event.header().recorded_time())};
  v1::Envelope envelope;
  envelope.set_format(kEnvelopeFormat);
  envelope.set_from_hub(from.hub_id);
  envelope.set_to_hub(from.peer);
  envelope.set_from_organisation(referral.performer);
  envelope.set_to_organisation(referral.requester);
  envelope.set_referral(from.uid.Bytes());
  envelope.set_side(built.side);
  envelope.set_sequence(built.sequence);
  *envelope.mutable_recorded_time() = event.header().recorded_time();
  v1::HalfGrew& grew = *envelope.mutable_grew();
  *grew.mutable_entries() = PerformanceEntries(event);
  v1::Ground& ground = *envelope.mutable_ground();
  CarriedClasses(grew).ForEach(
      [&ground](DataClass one) { ground.add_classes(one); });
  built.bytes = ToBytes(envelope);
  return built;
}

}  // namespace careroute::exchange::internal
