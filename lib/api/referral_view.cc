#include "lib/api/referral_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_profile.h"
#include "lib/casework/view.h"
#include "lib/registry/plain_parts.h"

namespace careroute::api {
namespace {

using google::protobuf::RepeatedPtrField;
using model::v1::Referral;
using model::v1::ReferralEntry;

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp proto;
  proto.set_seconds(absl::ToUnixSeconds(time));
  return proto;
}

void AddLoops(const casework::Referral& from, Referral& to) {
  if (casework::CancelIsAsked(from)) {
    to.add_open_loops(model::v1::REFERRAL_LOOP_CANCEL);
  }
  if (casework::OpenQuestion(from) != 0) {
    to.add_open_loops(model::v1::REFERRAL_LOOP_INFORMATION);
  }
}

void AddTimes(const casework::Referral& from, Referral& to) {
  if (from.request.first_time > absl::InfinitePast()) {
    *to.mutable_create_time() = ToProto(from.request.first_time);
  }
  const absl::Time last =
      std::max(from.request.last_time, from.performance.last_time);
  if (last > absl::InfinitePast()) *to.mutable_update_time() = ToProto(last);
  if (from.performance.planned_time > absl::InfinitePast()) {
    *to.mutable_planned_time() = ToProto(from.performance.planned_time);
  }
}

void AddDeadlines(const casework::Case& state, const casework::Referral& from,
                  Referral& to) {
  for (const casework::DeadlineRecord& deadline : state.deadlines) {
    if (deadline.referral == from.number ||
        (deadline.referral == 0 && deadline.occurrence == from.occurrence &&
         deadline.occurrence != 0)) {
      *to.add_deadlines() = casework::ToModel(deadline);
    }
  }
}

std::string UidOf(const casework::Case& state, int32_t number) {
  const casework::Referral* other = casework::FindReferral(state, number);
  return other == nullptr ? "" : other->uid.Hex();
}

event::v1::PlainPart JoinOpened(const engine::CaseHistory& history) {
  event::v1::PlainPart whole;
  for (const engine::PlainClassPart& part : history.opened) {
    registry::JoinPart(part.part, whole);
  }
  return whole;
}

void TakePerson(const event::v1::PlainPart& whole,
                model::v1::Disclosed& disclosed) {
  if (whole.has_identity()) *disclosed.mutable_identity() = whole.identity();
  if (whole.has_needs()) *disclosed.mutable_needs() = whole.needs();
}

void TakeDisclosed(const engine::CaseHistory& history, Referral& referral) {
  const event::v1::PlainPart whole = JoinOpened(history);
  model::v1::Disclosed& disclosed = *referral.mutable_disclosed();
  TakePerson(whole, disclosed);
  *disclosed.mutable_criteria() = whole.codes();
  for (const engine::PlainClassPart& part : history.opened) {
    for (const event::v1::PlainText& text : part.part.texts()) {
      if (text.field() != "texts") continue;
      model::v1::DisclosedText& shown = *disclosed.add_texts();
      shown.set_data_class(part.data_class);
      shown.set_text(text.text());
    }
  }
}

// A word of one entry of another hub: of several of an event each names its
// own.
std::string WordOf(const ReferralEntry& entry,
                   const engine::CaseHistory& history) {
  const std::string note = absl::StrCat("note/", entry.sequence());
  const std::string question = absl::StrCat("question/", entry.sequence());
  for (const engine::PlainClassPart& part : history.opened) {
    for (const event::v1::PlainText& text : part.part.texts()) {
      if (text.field() == note || text.field() == question) return text.text();
    }
  }
  return {};
}

// Entries another hub wrote: who did it, and when it was recorded, says it.
void AddMirrored(const RepeatedPtrField<ReferralEntry>& performance,
                 const engine::CaseHistory& history, Referral& referral) {
  for (const ReferralEntry& entry : performance) {
    ReferralEntry& shown = *referral.add_performance();
    shown = entry;
    shown.set_note(WordOf(entry, history));
  }
}

void AddEntries(const RepeatedPtrField<ReferralEntry>& request,
                const RepeatedPtrField<ReferralEntry>& performance,
                const engine::CaseHistory& history, Referral& referral) {
  const auto note = [&history]() -> std::string {
    for (const engine::PlainClassPart& part : history.opened) {
      for (const event::v1::PlainText& text : part.part.texts()) {
        if (text.field() == "note" || text.field() == "question") {
          return text.text();
        }
      }
    }
    return {};
  }();
  const auto add = [&](const ReferralEntry& entry, ReferralEntry& shown) {
    shown = entry;
    if (shown.note().empty()) shown.set_note(note);
    *shown.mutable_recorded_time() = history.event.header().recorded_time();
    *shown.mutable_actor() = history.event.header().actor();
  };
  for (const ReferralEntry& entry : request) {
    add(entry, *referral.add_request());
  }
  for (const ReferralEntry& entry : performance) {
    add(entry, *referral.add_performance());
  }
}

// What both halves and the clear part say, whoever keeps them.
Referral HalvesOf(const casework::Referral& from) {
  Referral to;
  to.set_uid(from.uid.Hex());
  to.set_kind(from.kind);
  to.set_state(casework::StateOf(from));
  to.set_delivery(from.delivery);
  to.set_occurrence(from.occurrence);
  to.set_step(from.step);
  to.set_requester(from.requester);
  to.set_performer(from.performer);
  to.set_service(from.service);
  model::v1::Disclosed& disclosed = *to.mutable_disclosed();
  disclosed.set_way(from.disclosed.way);
  disclosed.set_consent(from.disclosed.consent);
  from.disclosed.classes.ForEach(
      [&disclosed](model::v1::DataClass one) { disclosed.add_classes(one); });
  to.set_outcome(from.performance.outcome.empty() ? from.request.outcome
                                                  : from.performance.outcome);
  AddLoops(from, to);
  AddTimes(from, to);
  return to;
}

}  // namespace

Referral ReferralOf(const engine::CaseStanding& standing,
                    const casework::Referral& from) {
  const casework::Case& state = *standing.state;
  Referral to = HalvesOf(from);
  to.set_name(casework::ReferralName(standing.uid, from.number));
  to.set_etag(absl::StrCat(standing.version));
  to.set_pathway(state.edition.pathway);
  to.set_person(casework::PersonName(state.person));
  to.set_replaces(UidOf(state, from.replaces));
  to.set_replaced_by(UidOf(state, from.replaced_by));
  to.set_other_hub(from.hub);
  to.set_undelivered(from.undelivered_why);
  AddDeadlines(state, from, to);
  return to;
}

Referral ReferralOf(const engine::PerformedReading& reading,
                    const model::v1::Actor& caller) {
  const engine::PerformedReferral& state = *reading.state;
  Referral to = HalvesOf(state.referral);
  to.set_name(engine::PerformedName(reading.uid));
  to.set_etag(absl::StrCat(reading.version));
  to.set_pathway(state.pathway);
  to.set_replaces(state.replaces);
  to.set_other_hub(state.home_hub);
  if (casework::IsOpen(to.state())) {
    *to.mutable_deadlines() = {state.deadlines.begin(), state.deadlines.end()};
    *to.mutable_outcomes() = {state.outcomes.begin(), state.outcomes.end()};
  }
  const casework::ReferralProfile* profile =
      casework::FindProfile(state.profile);
  if (profile == nullptr || state.erased || state.ahead) return to;
  for (const absl::string_view one : casework::OpenTo(
           state.referral, *profile,
           {.organisation = caller.organisation(), .has_left = true})) {
    to.add_open_to_caller(std::string(one));
  }
  return to;
}

void AddPerson(const engine::PerformedReading& reading, Referral& referral) {
  for (const engine::PerformedEvent& one : reading.history) {
    if (!one.event.has_arrived()) continue;
    const model::v1::Disclosed& told =
        one.event.arrived().referral().disclosed();
    model::v1::Disclosed& shown = *referral.mutable_disclosed();
    if (told.has_identity()) *shown.mutable_identity() = told.identity();
    if (told.has_needs()) *shown.mutable_needs() = told.needs();
  }
}

void AddHistory(const engine::PerformedReading& reading, Referral& referral) {
  for (const engine::PerformedEvent& one : reading.history) {
    const event::v1::ReferralEvent& event = one.event;
    if (event.has_arrived()) {
      const model::v1::Referral& sent = event.arrived().referral();
      *referral.mutable_disclosed() = sent.disclosed();
      referral.mutable_request()->MergeFrom(sent.request());
      referral.mutable_performance()->MergeFrom(event.arrived().performance());
    } else if (event.has_mirrored()) {
      referral.mutable_request()->MergeFrom(event.mirrored().entries());
      referral.mutable_performance()->MergeFrom(event.mirrored().performance());
    } else if (event.has_grown()) {
      referral.mutable_performance()->MergeFrom(event.grown().entries());
    }
  }
}

void AddPerson(const engine::CaseHistory& making, Referral& referral) {
  TakePerson(JoinOpened(making), *referral.mutable_disclosed());
}

void AddHistory(const std::vector<engine::CaseHistory>& events, int32_t number,
                Referral& referral) {
  for (const engine::CaseHistory& history : events) {
    const event::v1::CaseEvent& event = history.event;
    if (event.has_referral_made() && event.referral_made().number() == number) {
      TakeDisclosed(history, referral);
      AddEntries(event.referral_made().request(),
                 event.referral_made().performance(), history, referral);
    } else if (event.has_referral_moved() &&
               event.referral_moved().number() == number) {
      if (event.referral_moved().taken() > 0) {
        AddMirrored(event.referral_moved().performance(), history, referral);
        continue;
      }
      AddEntries(event.referral_moved().request(),
                 event.referral_moved().performance(), history, referral);
    }
    for (const auto& touched : event.consequences().referrals_touched()) {
      if (touched.number() != number) continue;
      AddEntries(touched.request(), touched.performance(), history, referral);
    }
  }
}

}  // namespace careroute::api
