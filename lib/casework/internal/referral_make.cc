#include "lib/casework/internal/referral_make.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/internal/envelopes.h"
#include "lib/casework/internal/referral_conclude.h"
#include "lib/casework/internal/referral_ground.h"
#include "lib/casework/internal/referral_parts.h"
#include "lib/casework/internal/times.h"
#include "lib/casework/referral_case.h"
#include "lib/casework/referral_profile.h"
#include "lib/casework/view.h"

namespace careroute::casework::internal {
namespace {

using access::DataClassSet;
using google::protobuf::Arena;
using model::v1::Way;
using Emergencies = google::protobuf::RepeatedPtrField<std::string>;
using Texts = google::protobuf::RepeatedPtrField<model::v1::DisclosedText>;

// What is asked, whether anew or in place of another. Borrowed.
struct Wanted {
  const Occurrence* occurrence = nullptr;
  const model::v1::Step* step = nullptr;
  const Way* way = nullptr;
  std::string requester;
  absl::string_view performer;
  absl::string_view service;
  DataClassSet optional;
  DisclosureContent content;
  const Emergencies* emergency_for = nullptr;
  std::int32_t replaces = 0;
  bool send = false;
};

// --- Checks -----------------------------------------------------------------

RefusalPtr CheckOccurrence(const Wanted& wanted) {
  if (wanted.occurrence == nullptr || wanted.step == nullptr) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, "occurrence_over",
                      "the work this referral is for is not live");
  }
  if (wanted.occurrence->suspended) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE,
                      "occurrence_suspended",
                      "the work this referral is for is suspended");
  }
  if (!wanted.step->has_referral()) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE,
                      "step_without_referral",
                      "this step is not carried out through a referral");
  }
  return nullptr;
}

RefusalPtr CheckRequester(const Wanted& wanted, const ReferralScene& scene) {
  if (scene.context->actor->organisation() == wanted.requester) {
    return nullptr;
  }
  RefusalPtr refusal = NewRefusal(
      model::v1::ERROR_REASON_NOT_YOUR_MOVE, "referral_not_your_move",
      "another organisation makes the referrals of this step");
  AddMissing({"MakeReferral", "requester", "ask them to make it"}, *refusal);
  return refusal;
}

// One referral at a time: two that run could both be accepted.
RefusalPtr CheckSiblings(const Wanted& wanted, const ReferralScene& scene) {
  std::size_t made = 0;
  for (const Referral& other : scene.state->referrals) {
    if (other.occurrence != wanted.occurrence->number) {
      continue;
    }
    ++made;
    if (other.number != wanted.replaces && IsOpen(StateOf(other)) &&
        !CancelIsAsked(other)) {
      RefusalPtr refusal = NewRefusal(model::v1::ERROR_REASON_WRONG_STATE,
                                      "referral_open_already",
                                      "another referral of this work is open");
      AddMissing({absl::StrCat("referral/", other.number), "requester",
                  "redirect it, cancel it or wait for its answer"},
                 *refusal);
      return refusal;
    }
  }
  if (made >= kReferralsAnOccurrenceMax) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, "too_many_referrals",
                      "this work has had all the referrals it may have");
  }
  return nullptr;
}

RefusalPtr CheckPerformer(const Wanted& wanted, const ReferralScene& scene) {
  RefusalPtr refusal;
  if (wanted.performer.empty()) {
    if (!wanted.way->in_hand()) {
      AddProblem(
          {"performer", "EMPTY", "a referral that is sent has a receiver",
           "name the organisation that is asked"},
          refusal);
    }
    return refusal;
  }
  const OrganisationFacts* facts =
      scene.context->directory->Find(wanted.performer);
  if (facts == nullptr || !facts->in_operation) {
    refusal = NewRefusal(model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
                         "unknown_organisation",
                         "the directory knows no such organisation today");
    AddProblem({"performer", "UNKNOWN", "is not in the directory",
                "name an organisation of the directory"},
               refusal);
    return refusal;
  }
  if (!scene.surroundings->MayPerform(wanted.performer,
                                      ReceiverOf(*wanted.way, *wanted.step),
                                      *wanted.occurrence)) {
    AddProblem({"performer", "NOT_A_PERFORMER",
                "is none of those who may perform this step by this way",
                "choose one that matches the step"},
               refusal);
  }
  return refusal;
}

RefusalPtr CheckTexts(const Texts* texts, DataClassSet classes) {
  RefusalPtr refusal;
  for (int i = 0; texts != nullptr && i < texts->size(); ++i) {
    if (!classes.Contains((*texts)[i].data_class())) {
      AddProblem({absl::StrCat("texts[", i, "].data_class"), "NOT_DISCLOSED",
                  "this class is not disclosed with the referral",
                  "ask for its class too, or leave the text out"},
                 refusal);
    }
  }
  return refusal;
}

RefusalPtr CheckOptional(const Wanted& wanted) {
  const auto may = DataClassSet::Of(wanted.way->optional_classes())
                       .Or(DataClassSet::Of(wanted.way->classes()));
  RefusalPtr refusal;
  if (!may.ContainsAll(wanted.optional)) {
    AddProblem({"optional_classes", "NOT_OF_WAY",
                "this way does not let these classes pass",
                "ask only for optional classes of the way"},
               refusal);
  }
  return refusal;
}

// --- The referral -----------------------------------------------------------

void FillGrounds(const Wanted& wanted, const ReferralScene& scene,
                 DataClassSet classes, const DisclosureVerdict& verdict,
                 model::v1::Disclosed& disclosed) {
  disclosed.set_way(wanted.way->id());
  ToProto(scene.context->now, disclosed.mutable_judge_time());
  classes.ForEach([&](model::v1::DataClass one) {
    disclosed.add_classes(one);
    const ConsentRecord* consent =
        verdict.grounds[static_cast<std::size_t>(one)].consent;
    if (consent != nullptr && disclosed.consent().empty()) {
      disclosed.set_consent(
          ConsentName(scene.context->case_id, consent->number));
    }
  });
  FillDisclosed(wanted.content, disclosed);
  for (const std::string& code : scene.state->clear_criteria) {
    const auto* criterion = scene.edition->FindCriterion(code);
    if (criterion != nullptr && classes.Contains(criterion->data_class())) {
      disclosed.add_criteria(code);
    }
  }
}

absl::string_view ServiceOf(const Wanted& wanted) {
  return wanted.service.empty()
             ? absl::string_view(
                   ReceiverOf(*wanted.way, *wanted.step).service())
             : wanted.service;
}

void FillMade(const Wanted& wanted, const ReferralScene& scene,
              event::v1::ReferralMade& made) {
  const Context& context = *scene.context;
  made.set_number(scene.state->next.referral);
  made.set_uid(context.fresh_ids.front().Bytes());
  made.set_kind(wanted.step->referral().kind());
  made.set_occurrence(wanted.occurrence->number);
  made.set_step(wanted.step->id());
  made.set_requester(wanted.requester);
  made.set_performer(std::string(wanted.performer));
  made.set_service(std::string(ServiceOf(wanted)));
  made.set_replaces(wanted.replaces);
  model::v1::ReferralEntry& entry = *made.add_request();
  entry.set_sequence(1);
  entry.set_move(model::v1::REFERRAL_MOVE_MADE);
  ToProto(scene.happened, entry.mutable_happened_time());
  ToProto(context.now, entry.mutable_recorded_time());
  *entry.mutable_actor() = *context.actor;
}

RefusalPtr SendAtOnce(const Wanted& wanted, const ReferralScene& scene,
                      event::v1::ReferralMade& made) {
  const Referral draft = NewReferral(made);
  ReferralContext context = ContextOf(draft, scene);
  context.delivery = DeliveryBy(wanted.way);
  command::v1::ReferralCommand send;
  send.mutable_send();
  const ReferralProfile* profile =
      FindProfile(wanted.step->referral().profile());
  ReferralDecision sent = DecideReferral(draft, *profile, send, context);
  if (!sent.ok()) {
    return std::move(sent.refusal);
  }
  made.set_delivery(sent.moved->delivery());
  made.mutable_request()->MergeFrom(sent.moved->request());
  made.mutable_performance()->MergeFrom(sent.moved->performance());
  return nullptr;
}

RefusalPtr CheckAll(const Wanted& wanted, const ReferralScene& scene,
                    DataClassSet classes) {
  RefusalPtr refusal = CheckRequester(wanted, scene);
  if (refusal == nullptr) refusal = CheckSiblings(wanted, scene);
  if (refusal == nullptr) refusal = CheckPerformer(wanted, scene);
  if (refusal == nullptr) refusal = CheckOptional(wanted);
  if (refusal == nullptr) refusal = CheckTexts(wanted.content.texts, classes);
  return refusal;
}

// The classes that pass: none in hand.
DataClassSet PassingClasses(const Wanted& wanted) {
  return wanted.way->in_hand() ? DataClassSet()
                               : ClassesOf(*wanted.way, wanted.optional);
}

RefusalPtr Write(const Wanted& wanted, const ReferralScene& scene,
                 ReferralChange& change) {
  const DataClassSet classes = PassingClasses(wanted);
  if (RefusalPtr refusal = CheckAll(wanted, scene, classes);
      refusal != nullptr) {
    return refusal;
  }
  GuardAnswer guards = scene.surroundings->CheckGuards(*wanted.occurrence,
                                                       *wanted.emergency_for);
  if (guards.refusal != nullptr) {
    return std::move(guards.refusal);
  }
  DisclosureVerdict verdict;
  if (RefusalPtr refusal = JudgePassing({.step = wanted.step,
                                         .occurrence = wanted.occurrence,
                                         .way = wanted.way->id(),
                                         .receiver = wanted.performer,
                                         .classes = classes},
                                        scene, &verdict);
      refusal != nullptr) {
    return refusal;
  }
  change.made =
      Arena::CreateMessage<event::v1::ReferralMade>(scene.context->arena);
  FillMade(wanted, scene, *change.made);
  FillGrounds(wanted, scene, classes, verdict,
              *change.made->mutable_disclosed());
  for (const model::v1::EvidenceOwed& owed : guards.owed) {
    *change.made->add_evidence_owed() = owed;
  }
  return wanted.send ? SendAtOnce(wanted, scene, *change.made) : nullptr;
}

// Concludes from what was made and takes out what must be sealed.
RefusalPtr Finish(const Wanted& wanted, const ReferralScene& scene,
                  ReferralChange& change) {
  if (RefusalPtr refusal = Write(wanted, scene, change); refusal != nullptr) {
    return refusal;
  }
  event::v1::ReferralMade& made = *change.made;
  Referral before = NewReferral(made);
  before.request = {};
  before.performance = {};
  before.request.state = model::v1::REFERRAL_STATE_DRAFT;
  Conclude({made.request(), made.performance()}, before, made.delivery(), scene,
           change);
  // `before` goes, the event stays.
  for (absl::string_view* performer :
       {&change.joins, &change.effect.performer}) {
    if (!performer->empty()) {
      *performer = made.performer();
    }
  }
  Parts parts(scene.context->arena);
  parts.Merge(change.parts);
  TakeParts(*scene.edition, *made.mutable_disclosed(), parts);
  TakeParts(*made.mutable_request(), parts);
  change.parts = parts.Take();
  return nullptr;
}

// The way, or a refusal that there is none.
RefusalPtr Resolve(absl::string_view way, Wanted& wanted) {
  if (RefusalPtr refusal = CheckOccurrence(wanted); refusal != nullptr) {
    return refusal;
  }
  wanted.way = FindWay(*wanted.step, way);
  RefusalPtr refusal;
  if (wanted.way == nullptr) {
    refusal =
        NewRefusal(model::v1::ERROR_REASON_NOT_DECLARED, "way_not_declared",
                   "the step has no such way of disclosure");
    AddProblem({"way", "NOT_DECLARED", "is no way of the step",
                "name one of the step's ways"},
               refusal);
  } else if (FindProfile(wanted.step->referral().profile()) == nullptr) {
    refusal =
        NewRefusal(model::v1::ERROR_REASON_NOT_DECLARED, "profile_not_declared",
                   "this release has no such profile of referrals");
  }
  return refusal;
}

Wanted WantedFor(std::int32_t occurrence, const ReferralScene& scene) {
  Wanted wanted;
  wanted.occurrence = FindOccurrence(*scene.state, occurrence);
  if (wanted.occurrence != nullptr) {
    wanted.step = scene.edition->FindStep(wanted.occurrence->step);
  }
  return wanted;
}

}  // namespace

RefusalPtr Make(const command::v1::MakeReferral& command,
                const ReferralScene& scene, ReferralChange& change) {
  Wanted wanted = WantedFor(command.occurrence(), scene);
  if (RefusalPtr refusal = Resolve(command.way(), wanted); refusal != nullptr) {
    return refusal;
  }
  wanted.requester = scene.surroundings->RequesterOf(*wanted.occurrence);
  wanted.performer = command.performer();
  wanted.service = command.service();
  wanted.optional = DataClassSet::Of(command.optional_classes());
  wanted.content = {
      .identity = command.has_identity() ? &command.identity() : nullptr,
      .needs = command.has_needs() ? &command.needs() : nullptr,
      .texts = &command.texts()};
  wanted.emergency_for = &command.emergency_for();
  wanted.send = command.send();
  return Finish(wanted, scene, change);
}

RefusalPtr MakeInPlaceOf(const Referral& old,
                         const command::v1::RedirectReferral& command,
                         const ReferralScene& scene, ReferralChange& change) {
  static const auto* no_emergencies = new Emergencies;
  if (command.performer() == old.performer) {
    RefusalPtr refusal;
    AddProblem({"performer", "SAME", "is the organisation asked before",
                "name another organisation"},
               refusal);
    return refusal;
  }
  Wanted wanted = WantedFor(old.occurrence, scene);
  if (RefusalPtr refusal = Resolve(old.disclosed.way, wanted);
      refusal != nullptr) {
    return refusal;
  }
  wanted.requester = old.requester;
  wanted.performer = command.performer();
  wanted.service = old.service;
  wanted.optional = old.disclosed.classes;
  wanted.content = {
      .identity = command.has_identity() ? &command.identity() : nullptr,
      .needs = command.has_needs() ? &command.needs() : nullptr};
  wanted.emergency_for = no_emergencies;
  wanted.replaces = old.number;
  wanted.send = command.send();
  return Finish(wanted, scene, change);
}

ReferralContext ContextOf(const Referral& referral,
                          const ReferralScene& scene) {
  const Occurrence* occurrence =
      FindOccurrence(*scene.state, referral.occurrence);
  return {
      .now = scene.context->now,
      .happened = scene.happened,
      .actor = scene.context->actor,
      .arena = scene.context->arena,
      .performer_is_local =
          IsPerformedHere(referral, *scene.context->directory),
      .has_left = scene.surroundings->HasLeft(referral),
      .overdue = scene.surroundings->IsOverdue(referral),
      .member_may_perform = occurrence == nullptr ||
                            scene.surroundings->MemberMayPerform(
                                scene.context->actor->member(), *occurrence)};
}

model::v1::Delivery DeliveryBy(const Way* way) {
  return way != nullptr && way->in_hand() ? model::v1::DELIVERY_IN_HAND
                                          : model::v1::DELIVERY_SENT;
}

}  // namespace careroute::casework::internal
