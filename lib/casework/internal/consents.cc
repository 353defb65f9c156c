#include "lib/casework/internal/consents.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"
#include "lib/casework/referral.h"
#include "lib/casework/view.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Consent;
using model::v1::Decider;

bool Holds(const google::protobuf::RepeatedPtrField<std::string>& names,
           absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

RefusalPtr WrongDecider(absl::string_view message, absl::string_view mend,
                        const Decider* decider) {
  RefusalPtr refusal = RefuseMissing(
      model::v1::ERROR_REASON_WRONG_DECIDER, "wrong_decider", message,
      {.what = "given_by", .can_be_met_by = "family", .mend = mend});
  if (decider != nullptr && decider->has_because()) {
    *refusal->mutable_because()->add_because() = decider->because();
  }
  return refusal;
}

const Decider* DeciderOf(const Draft& draft, model::v1::ConsentMatter matter) {
  return draft.context.person == nullptr
             ? nullptr
             : FindDecider(*draft.context.person, matter);
}

bool IsSigned(model::v1::WordGiven word) {
  return word == model::v1::WORD_GIVEN_IN_WRITING ||
         word == model::v1::WORD_GIVEN_ELECTRONICALLY;
}

bool Decides(const Draft& draft, const Decider& decider,
             absl::string_view who) {
  return Holds(decider.deciders(), who) ||
         (decider.person_decides() && who == PersonOf(draft));
}

RefusalPtr CheckDecider(const Draft& draft, const Consent& consent) {
  const Decider* decider = DeciderOf(draft, consent.matter());
  if (decider == nullptr) {
    return WrongDecider("it is not known who decides in this matter",
                        "record who represents the person", nullptr);
  }
  if (decider->nobody()) {
    return WrongDecider("nobody can decide for the person in this matter",
                        "tell the guardianship body", decider);
  }
  if (decider->disputed()) {
    return WrongDecider("representatives disagree in writing",
                        "wait for the guardianship body or the court", decider);
  }
  if (!Decides(draft, *decider, consent.given_by())) {
    return WrongDecider("somebody else decides in this matter",
                        "ask who decides", decider);
  }
  if ((decider->together() || decider->representative_countersigns()) &&
      !IsSigned(consent.word_given())) {
    return WrongDecider("several must sign together",
                        "bring the paper that all of them signed", decider);
  }
  return nullptr;
}

void CheckDates(const Draft& draft, const Consent& consent,
                absl::string_view path, RefusalPtr& refusal) {
  const bool dates =
      (consent.from().empty() || Places::Day(consent.from()).has_value()) &&
      (consent.to().empty() || Places::Day(consent.to()).has_value());
  const bool over =
      !consent.to().empty() && (consent.to() < draft.places.today_text() ||
                                consent.to() < consent.from());
  if (!dates || over) {
    AddInvalid({.path = absl::StrCat(path, ".to"),
                .reason = "INVALID",
                .message = "the consent would be over already",
                .mend = "give a last day to come, or none"},
               refusal);
  }
}

void CheckScope(const Consent& consent, absl::string_view path,
                RefusalPtr& refusal) {
  const auto lack = [&](absl::string_view field, absl::string_view message) {
    AddInvalid({.path = absl::StrCat(path, field),
                .reason = "REQUIRED",
                .message = message,
                .mend = "state it"},
               refusal);
  };
  if (consent.matter() == model::v1::CONSENT_MATTER_UNSPECIFIED) {
    lack(".matter", "what the consent is about is missing");
  }
  if (consent.purpose().empty()) {
    lack(".purpose", "the purpose is missing");
  }
  if (consent.given_by().empty()) {
    lack(".given_by", "who gave it is missing");
  }
  if (consent.word_given() == model::v1::WORD_GIVEN_UNSPECIFIED) {
    lack(".word_given", "how the word was given is missing");
  }
  if (consent.matter() != model::v1::CONSENT_MATTER_DATA) {
    return;
  }
  if (consent.classes().empty()) {
    lack(".classes", "the classes it covers are missing");
  }
  if (consent.to_kinds().empty() && consent.to_organisations().empty()) {
    lack(".to_kinds", "who may receive is missing");
  }
}

int32_t Take(const Consent& consent, Consent& body, Draft& draft) {
  body = consent;
  body.clear_document();
  body.set_state(model::v1::CONSENT_STATE_GIVEN);
  ToProto(draft.happened, body.mutable_give_time());
  body.clear_withdraw_time();
  if (body.from().empty()) {
    body.set_from(calendar::FormatDate(draft.places.DayOf(draft.happened)));
  }
  ConsentRecord record = FromProto(body);
  record.given = draft.happened;
  const int32_t number = draft.AddConsent(std::move(record));
  if (const auto last = Places::Day(consent.to()); last.has_value()) {
    draft.SetTimer("consent", number, draft.places.StartOf(*last + 1));
  }
  return number;
}

}  // namespace

std::string PersonOf(const Draft& draft) {
  return PersonName(draft.state.person);
}

RefusalPtr CheckConsent(const Draft& draft, const Consent& consent,
                        absl::string_view path) {
  RefusalPtr refusal;
  CheckScope(consent, path, refusal);
  CheckDates(draft, consent, path, refusal);
  return refusal != nullptr ? std::move(refusal) : CheckDecider(draft, consent);
}

int32_t TakeConsent(const Consent& consent, Consent& body, Draft& draft) {
  const int32_t number = Take(consent, body, draft);
  body.set_name(ConsentName(draft.context.case_id, number));
  if (consent.has_document()) {
    Consent& paper =
        *draft.parts.Of(model::v1::DATA_CLASS_IDENTITY).mutable_consent();
    *paper.mutable_document() = consent.document();
  }
  draft.AddMessage("consent_given", "person").set_consent(number);
  return number;
}

int32_t TakeForeignConsent(const Consent& consent, Consent& body,
                           Draft& draft) {
  return Take(consent, body, draft);
}

void TellHolders(int32_t consent, absl::string_view key, Draft& draft) {
  const std::string name = ConsentName(draft.context.case_id, consent);
  for (const Referral& referral : draft.state.referrals) {
    if (referral.disclosed.consent == name &&
        referral.delivery == model::v1::DELIVERY_SENT) {
      draft.Tell(referral.performer, key, referral.occurrence);
    }
  }
}

namespace {

std::string NameOf(const Draft& draft, const ConsentRecord& consent) {
  return consent.origin.empty()
             ? ConsentName(draft.context.case_id, consent.number)
             : consent.origin;
}

}  // namespace

const ConsentRecord* FindConsentByName(const Draft& draft,
                                       absl::string_view name) {
  for (const ConsentRecord& one : draft.state.consents) {
    if (NameOf(draft, one) == name) {
      return &one;
    }
  }
  return nullptr;
}

void AnnounceConsent(absl::string_view kind, const ConsentRecord& consent,
                     Draft& draft) {
  event::v1::Message& message = draft.AddMessage(kind, "person");
  message.set_consent(consent.number);
  message.set_consent_name(NameOf(draft, consent));
}

void NoteObjection(Draft& draft) {
  for (const model::v1::FactDeclaration& one :
       draft.edition.pathway().facts()) {
    if (one.kept_by() != model::v1::FACT_KEEPER_CONSENT_OBJECTION) {
      continue;
    }
    model::v1::Fact fact;
    fact.set_fact(one.id());
    fact.mutable_value()->set_truth(true);
    draft.PutFact(fact, /*by_the_way=*/true);
  }
}

void LapseByDecider(Draft& draft) {
  std::vector<ConsentRecord> given;
  draft.VisitConsents([&given](const ConsentRecord& one) {
    if (one.state == model::v1::CONSENT_STATE_GIVEN ||
        one.state == model::v1::CONSENT_STATE_DISPUTED) {
      given.push_back(one);
    }
    return true;
  });
  bool any = false;
  for (const ConsentRecord& one : given) {
    const Decider* decider = DeciderOf(draft, one.matter);
    if (decider != nullptr && !Decides(draft, *decider, one.given_by)) {
      draft.LapseConsent(one.number);
      TellHolders(one.number, "consent_lapsed", draft);
      any = true;
    }
  }
  if (any) {
    draft.Tell(draft.Coordinator(), "consents_to_renew", 0);
  }
}

}  // namespace careroute::casework::internal
