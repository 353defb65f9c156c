#include "lib/casework/testing/referral_stage.h"

#include <utility>

#include "absl/time/time.h"
#include "careroute/model/v1/pathway.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/casework/referral_case.h"
#include "lib/casework/testing/referral_machine.h"

namespace careroute::casework::testing {
namespace {

constexpr char kPathway[] = R"pb(
  id: "stage"
  edition: "1"
  criteria { id: "income" data_class: DATA_CLASS_SOCIAL }
  criteria { id: "tiny" data_class: DATA_CLASS_MEDICAL }
  steps {
    id: "help"
    performer { role: "provider" service: "early-help" }
    referral {
      kind: REFERRAL_KIND_REFERRAL
      on_accepted: "taken"
      on_nobody_left: "nobody"
      answer_cancel_within { n: 3 unit: TIME_UNIT_WORKING_DAY }
      give_information_within { n: 2 unit: TIME_UNIT_WORKING_DAY }
    }
    disclosure {
      id: "by_consent"
      consent_purpose: "early_help"
      classes: [ DATA_CLASS_IDENTITY, DATA_CLASS_NEEDS ]
      optional_classes: [ DATA_CLASS_SOCIAL ]
    }
    disclosure {
      id: "by_law"
      law { act: "48-ФЗ" }
      when { track { track: "danger" } }
      classes: [ DATA_CLASS_IDENTITY ]
      to { role: "guardianship" }
    }
    disclosure { id: "in_hand" in_hand: true gives_person: "referral-slip" }
    outcomes { id: "taken" }
    outcomes { id: "nobody" }
    outcomes { id: "done" }
  }
  steps {
    id: "talk"
    outcomes { id: "talked" }
  }
  steps {
    id: "tell"
    performer { role: "provider" }
    referral {
      kind: REFERRAL_KIND_NOTICE
      on_accepted: "told"
      on_rejected: "not_theirs"
    }
    disclosure {
      id: "by_consent"
      consent_purpose: "early_help"
      classes: [ DATA_CLASS_IDENTITY ]
    }
    outcomes { id: "told" }
    outcomes { id: "not_theirs" }
  }
)pb";

std::shared_ptr<const pathway::Edition> MakeEdition() {
  model::v1::Pathway pathway;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(kPathway, &pathway));
  auto edition = pathway::Edition::FromBound(pathway.SerializeAsString(), "");
  CAREROUTE_CHECK(edition.ok());
  return *std::move(edition);
}

ConsentRecord EarlyHelpConsent() {
  ConsentRecord consent;
  consent.number = 1;
  consent.matter = model::v1::CONSENT_MATTER_DATA;
  consent.classes = {model::v1::DATA_CLASS_IDENTITY,
                     model::v1::DATA_CLASS_NEEDS, model::v1::DATA_CLASS_SOCIAL};
  consent.to_kinds = {model::v1::AGENCY_KIND_SOCIAL};
  consent.purpose = "early_help";
  consent.state = model::v1::CONSENT_STATE_GIVEN;
  return consent;
}

Occurrence Live(int number, const char* step) {
  Occurrence occurrence;
  occurrence.number = number;
  occurrence.step = step;
  return occurrence;
}

}  // namespace

ReferralStage::ReferralStage() : edition_(MakeEdition()) {
  const ReferralMachine machine(/*performer_is_local=*/true);
  requester_ = machine.requester();
  performer_ = machine.performer();
  fresh_ids_ = {{.high = 7, .low = 7}};
  organisations[kClinic] = {.name = kClinic,
                            .kind = model::v1::AGENCY_KIND_HEALTH};
  for (const char* name : {kCentre, kKindergarten}) {
    organisations[name] = {.name = name, .kind = model::v1::AGENCY_KIND_SOCIAL};
  }
  state_.occurrences = {Live(1, "help"), Live(2, "talk"), Live(3, "tell")};
  state_.consents = {EarlyHelpConsent()};
  state_.clear_criteria = {"income", "tiny"};
  state_.next.referral = 1;
}

ReferralChange ReferralStage::Ask(const std::string& command,
                                  const model::v1::Actor& actor) {
  Context context;
  context.now = absl::FromUnixSeconds(1'772'000'000);
  context.actor = &actor;
  context.arena = &arena_;
  context.case_id = {.high = 1, .low = 1};
  context.fresh_ids = fresh_ids_;
  context.directory = this;
  const auto* asked =
      google::protobuf::Arena::CreateMessage<command::v1::ReferralCommand>(
          &arena_);
  *const_cast<command::v1::ReferralCommand*>(asked) =
      ParseReferralCommand(command);
  return DecideReferralInCase(*asked, {.state = &state_,
                                       .edition = edition_.get(),
                                       .context = &context,
                                       .surroundings = this,
                                       .happened = context.now,
                                       .today = "2026-03-02"});
}

void ReferralStage::Apply(const ReferralChange& change) {
  CAREROUTE_CHECK(change.ok());
  if (change.made != nullptr) {
    for (Referral& old : state_.referrals) {
      if (old.number == change.made->replaces()) {
        old.replaced_by = change.made->number();
      }
    }
    state_.referrals.push_back(NewReferral(*change.made));
    ++state_.next.referral;
  }
  for (Referral& referral : state_.referrals) {
    if (change.moved != nullptr && change.moved->number() == referral.number) {
      Fold(*change.moved, referral);
    }
    for (const event::v1::ReferralTouched* touched : change.touched) {
      if (touched->number() == referral.number) {
        Fold(*touched, referral);
      }
    }
  }
}

void ReferralStage::MakeAndSend() {
  Apply(
      Ask("make { occurrence: 1 way: 'by_consent' send: true "
          "performer: 'organisations/early-help-centre' }",
          requester_));
}

const Referral& ReferralStage::referral(int number) const {
  const Referral* found = FindReferral(state_, number);
  CAREROUTE_CHECK(found != nullptr);
  return *found;
}

std::string ReferralStage::RequesterOf(const Occurrence&) const {
  return kClinic;
}

// Everybody in the directory is a provider but the clinic.
bool ReferralStage::MayPerform(absl::string_view organisation,
                               const model::v1::Performer& performer,
                               const Occurrence&) const {
  return performer.role() == "provider" && organisation != kClinic &&
         Find(organisation) != nullptr;
}

bool ReferralStage::MemberMayPerform(absl::string_view,
                                     const Occurrence&) const {
  return member_may_perform;
}

std::optional<int> ReferralStage::PerformersLeft(const Occurrence&,
                                                 absl::string_view) const {
  return performers_left;
}

GuardAnswer ReferralStage::CheckGuards(
    const Occurrence&,
    const google::protobuf::RepeatedPtrField<std::string>& emergency_for)
    const {
  GuardAnswer answer;
  if (!guards_hold && emergency_for.empty()) {
    answer.refusal = std::make_unique<model::v1::Refusal>();
    answer.refusal->set_reason(model::v1::ERROR_REASON_GUARD_UNMET);
  }
  if (evidence_is_owed) {
    answer.owed.emplace_back().set_guard("conclusion");
  }
  return answer;
}

pathway::Tri ReferralStage::Ask(const model::v1::Condition&, SubjectRef) const {
  return danger;
}

bool ReferralStage::IsOverdue(const Referral&) const { return overdue; }

bool ReferralStage::HasLeft(const Referral&) const { return has_left; }

const OrganisationFacts* ReferralStage::Find(
    absl::string_view organisation) const {
  const auto at = organisations.find(std::string(organisation));
  return at == organisations.end() ? nullptr : &at->second;
}

bool ReferralStage::MemberExists(absl::string_view) const { return true; }

std::vector<const OrganisationFacts*> ReferralStage::Candidates(
    const PerformerQuery&, size_t) const {
  return {};
}

}  // namespace careroute::casework::testing
