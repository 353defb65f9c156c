#include "lib/casework/disclosure.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/access/redact.h"

namespace careroute::casework {
namespace {

using access::DataClassSet;
using model::v1::DataClass;
using model::v1::Explanation;
using model::v1::Way;
using pathway::Tri;

// Why a way does not let a class pass; kPasses when it does. The order is that
// in which a caseworker would look.
enum class Obstacle {
  kPasses,
  kClosed,            // its condition says no
  kNotKnown,          // its condition cannot be answered
  kOtherReceiver,     // it is meant for somebody else
  kInHand,            // nothing passes
  kNotOfWay,          // it does not pass this class
  kNoConsent,         // nobody gave one for this purpose
  kWithdrawn,         // the consent was withdrawn
  kLapsed,            // ... has lapsed
  kNotYet,            // ... does not hold yet
  kOver,              // ... holds no more
  kReceiverNotNamed,  // ... names other receivers
  kClassNotCovered,   // ... does not cover the class
  kPaused,            // ... is disputed, and the class is optional
};

struct Answer {
  Obstacle obstacle = Obstacle::kNoConsent;
  const ConsentRecord* consent = nullptr;
};

bool Names(const google::protobuf::RepeatedField<int>& classes, DataClass one) {
  return std::find(classes.begin(), classes.end(), static_cast<int>(one)) !=
         classes.end();
}

// Everyone who takes part sees the route, so whoever receives anything does.
bool MustPass(const Way& way, DataClass one) {
  return one == model::v1::DATA_CLASS_ROUTE || Names(way.classes(), one);
}

bool Covers(const ConsentRecord& consent, DataClass one) {
  return one == model::v1::DATA_CLASS_ROUTE ||
         std::find(consent.classes.begin(), consent.classes.end(), one) !=
             consent.classes.end();
}

// What speaks against a consent, whatever the class.
Obstacle ObstacleOf(const ConsentRecord& consent,
                    const DisclosureQuestion& question) {
  switch (consent.state) {
    case model::v1::CONSENT_STATE_GIVEN:
    case model::v1::CONSENT_STATE_DISPUTED:
      break;
    case model::v1::CONSENT_STATE_WITHDRAWN:
      return Obstacle::kWithdrawn;
    default:
      return Obstacle::kLapsed;
  }
  if (!question.today.empty()) {
    if (question.today < consent.from) {
      return Obstacle::kNotYet;
    }
    if (!consent.to.empty() && question.today > consent.to) {
      return Obstacle::kOver;
    }
  }
  return NamesReceiver(consent, question.receiver, question.receiver_kind)
             ? Obstacle::kPasses
             : Obstacle::kReceiverNotNamed;
}

Obstacle ObstacleOf(const ConsentRecord& consent, const Way& way, DataClass one,
                    const DisclosureQuestion& question) {
  const Obstacle obstacle = ObstacleOf(consent, question);
  if (obstacle != Obstacle::kPasses) {
    return obstacle;
  }
  if (!Covers(consent, one)) {
    return Obstacle::kClassNotCovered;
  }
  const bool paused =
      consent.state == model::v1::CONSENT_STATE_DISPUTED && !MustPass(way, one);
  return paused ? Obstacle::kPaused : Obstacle::kPasses;
}

// The first consent that lets the class pass, else the one that came nearest.
Answer AskConsents(const Way& way, DataClass one,
                   const DisclosureQuestion& question) {
  Answer nearest;
  for (const ConsentRecord& consent : question.consents) {
    if (consent.matter != model::v1::CONSENT_MATTER_DATA ||
        consent.purpose != way.consent_purpose()) {
      continue;
    }
    const Obstacle obstacle = ObstacleOf(consent, way, one, question);
    if (obstacle == Obstacle::kPasses) {
      return {obstacle, &consent};
    }
    if (obstacle > nearest.obstacle) {
      nearest = {obstacle, &consent};
    }
  }
  return nearest;
}

// What keeps the way closed for every class.
Obstacle ObstacleOf(const Way& way, const DisclosureQuestion& question) {
  if (way.has_when()) {
    const Tri open = question.ask(way.when());
    if (open != Tri::kYes) {
      return open == Tri::kNo ? Obstacle::kClosed : Obstacle::kNotKnown;
    }
  }
  const model::v1::Performer& receiver =
      way.has_to() ? way.to() : question.step->performer();
  if (!question.may_perform(receiver)) {
    return Obstacle::kOtherReceiver;
  }
  return way.ground_case() == Way::kInHand ? Obstacle::kInHand
                                           : Obstacle::kPasses;
}

Answer AskWay(const Way& way, DataClass one,
              const DisclosureQuestion& question) {
  switch (way.ground_case()) {
    case Way::kLaw:
      return {MustPass(way, one) ? Obstacle::kPasses : Obstacle::kNotOfWay};
    case Way::kConsentPurpose:
      if (!MustPass(way, one) && !Names(way.optional_classes(), one)) {
        return {Obstacle::kNotOfWay};
      }
      return AskConsents(way, one, question);
    default:
      return {Obstacle::kInHand};
  }
}

bool IsAsked(const Way& way, const DisclosureQuestion& question) {
  return question.way.empty() || way.id() == question.way;
}

// --- Reasons ----------------------------------------------------------------

absl::string_view KeyOf(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kPasses:
      return "disclosure.passes";
    case Obstacle::kClosed:
      return "disclosure.way_closed";
    case Obstacle::kNotKnown:
      return "disclosure.way_not_known";
    case Obstacle::kOtherReceiver:
      return "disclosure.other_receiver";
    case Obstacle::kInHand:
      return "disclosure.in_hand";
    case Obstacle::kNotOfWay:
      return "disclosure.not_of_way";
    case Obstacle::kNoConsent:
      return "disclosure.no_consent";
    case Obstacle::kWithdrawn:
      return "disclosure.withdrawn";
    case Obstacle::kLapsed:
      return "disclosure.lapsed";
    case Obstacle::kNotYet:
      return "disclosure.not_yet";
    case Obstacle::kOver:
      return "disclosure.over";
    case Obstacle::kReceiverNotNamed:
      return "disclosure.receiver_not_named";
    case Obstacle::kClassNotCovered:
      return "disclosure.class_not_covered";
    case Obstacle::kPaused:
      return "disclosure.paused";
  }
  return {};
}

Explanation& AddReason(absl::string_view key, bool yes, Explanation& parent) {
  Explanation& child = *parent.add_because();
  child.set_message_key(std::string(key));
  child.set_answer(yes ? model::v1::EXPLANATION_ANSWER_YES
                       : model::v1::EXPLANATION_ANSWER_NO);
  return child;
}

std::string ConsentNameOf(const ConsentRecord& consent,
                          absl::string_view case_name) {
  return absl::StrCat(case_name, "/consents/", consent.number);
}

// One way's answer for one class, in words.
void ExplainWay(const Way& way, const Answer& answer,
                absl::string_view case_name, Explanation& parent) {
  const bool passes = answer.obstacle == Obstacle::kPasses;
  absl::string_view key = KeyOf(answer.obstacle);
  if (passes) {
    key = way.has_law() ? "disclosure.by_law" : "disclosure.by_consent";
  }
  Explanation& reason = AddReason(key, passes, parent);
  reason.add_arguments(way.id());
  if (answer.consent != nullptr) {
    reason.add_arguments(ConsentNameOf(*answer.consent, case_name));
  } else if (way.ground_case() == Way::kConsentPurpose) {
    reason.add_arguments(way.consent_purpose());
  }
  if (way.has_law()) {
    *reason.mutable_source() = way.law();
  }
}

void ExplainClass(DataClass one, const DisclosureQuestion& question,
                  absl::string_view case_name, model::v1::Verdict& verdict) {
  model::v1::ClassVerdict& row = *verdict.add_classes();
  row.set_data_class(one);
  Explanation& reason =
      AddReason("disclosure.class", false, *verdict.mutable_because());
  reason.add_arguments(model::v1::DataClass_Name(one));
  for (const Way& way : question.step->disclosure()) {
    if (!IsAsked(way, question)) {
      continue;
    }
    const Obstacle closed = ObstacleOf(way, question);
    const Answer answer = closed == Obstacle::kPasses
                              ? AskWay(way, one, question)
                              : Answer{closed};
    ExplainWay(way, answer, case_name, reason);
    if (answer.obstacle == Obstacle::kPasses && !row.allowed()) {
      row.set_allowed(true);
      row.set_way(way.id());
      if (answer.consent != nullptr) {
        row.set_consent(ConsentNameOf(*answer.consent, case_name));
      }
      reason.set_answer(model::v1::EXPLANATION_ANSWER_YES);
    }
  }
  if (reason.because().empty()) {
    AddReason("disclosure.no_way", false, reason);
  }
}

template <typename Message>
void Cut(DataClassSet allowed, const Message& from, Message& to) {
  to = from;
  access::Redact(allowed, access::UnknownFactClass, to);
}

bool IsEmpty(const google::protobuf::Message& message) {
  return message.ByteSizeLong() == 0;
}

}  // namespace

bool IsInForce(const ConsentRecord& consent, absl::string_view today) {
  const bool stands = consent.state == model::v1::CONSENT_STATE_GIVEN ||
                      consent.state == model::v1::CONSENT_STATE_DISPUTED;
  return stands && (consent.from.empty() || today >= consent.from) &&
         (consent.to.empty() || today <= consent.to);
}

bool NamesReceiver(const ConsentRecord& consent, absl::string_view organisation,
                   model::v1::AgencyKind kind) {
  if (kind != model::v1::AGENCY_KIND_UNSPECIFIED &&
      std::find(consent.to_kinds.begin(), consent.to_kinds.end(), kind) !=
          consent.to_kinds.end()) {
    return true;
  }
  return !organisation.empty() &&
         std::find(consent.to_organisations.begin(),
                   consent.to_organisations.end(),
                   organisation) != consent.to_organisations.end();
}

DisclosureVerdict JudgeDisclosure(const DisclosureQuestion& question) {
  DisclosureVerdict verdict;
  for (const Way& way : question.step->disclosure()) {
    if (!IsAsked(way, question) ||
        ObstacleOf(way, question) != Obstacle::kPasses) {
      continue;
    }
    question.classes.ForEach([&](DataClass one) {
      if (verdict.allowed.Contains(one)) {
        return;
      }
      const Answer answer = AskWay(way, one, question);
      if (answer.obstacle == Obstacle::kPasses) {
        verdict.allowed.Add(one);
        verdict.grounds[static_cast<size_t>(one)] = {&way, answer.consent};
      }
    });
  }
  return verdict;
}

model::v1::Verdict ExplainDisclosure(const DisclosureQuestion& question,
                                     absl::string_view case_name) {
  model::v1::Verdict verdict;
  Explanation& because = *verdict.mutable_because();
  because.set_message_key("disclosure");
  because.add_arguments(question.step->id());
  because.add_arguments(std::string(question.receiver));
  bool all = true;
  question.classes.ForEach([&](DataClass one) {
    ExplainClass(one, question, case_name, verdict);
    all = all && verdict.classes().rbegin()->allowed();
  });
  because.set_answer(all ? model::v1::EXPLANATION_ANSWER_YES
                         : model::v1::EXPLANATION_ANSWER_NO);
  return verdict;
}

DataClassSet ReadableClasses(const ReadingQuestion& question) {
  const Referral& referral = *question.referral;
  const model::v1::ReferralState state = StateOf(referral);
  const bool reads =
      state != model::v1::REFERRAL_STATE_DRAFT &&
      (IsOpen(state) || state == model::v1::REFERRAL_STATE_COMPLETED);
  if (!reads || referral.delivery != model::v1::DELIVERY_SENT ||
      question.step == nullptr) {
    return {};
  }
  const auto open = [](const model::v1::Condition&) { return Tri::kYes; };
  const auto may = [](const model::v1::Performer&) { return true; };
  return JudgeDisclosure({.step = question.step,
                          .consents = question.consents,
                          .receiver = referral.performer,
                          .receiver_kind = question.receiver_kind,
                          .today = question.today,
                          .way = referral.disclosed.way,
                          .classes = referral.disclosed.classes,
                          .ask = open,
                          .may_perform = may})
      .allowed;
}

void FillDisclosed(const DisclosureContent& content,
                   model::v1::Disclosed& disclosed) {
  const DataClassSet allowed = DataClassSet::Of(disclosed.classes());
  if (content.identity != nullptr) {
    Cut(allowed, *content.identity, *disclosed.mutable_identity());
    if (IsEmpty(disclosed.identity())) {
      disclosed.clear_identity();
    }
  }
  if (content.needs != nullptr) {
    Cut(allowed, *content.needs, *disclosed.mutable_needs());
    if (IsEmpty(disclosed.needs())) {
      disclosed.clear_needs();
    }
  }
  if (content.texts == nullptr) {
    return;
  }
  for (const model::v1::DisclosedText& text : *content.texts) {
    if (allowed.Contains(text.data_class())) {
      *disclosed.add_texts() = text;
    }
  }
}

}  // namespace careroute::casework
