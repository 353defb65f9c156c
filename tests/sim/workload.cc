#include "tests/sim/workload.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/engine/names.h"
#include "lib/engine/persons.h"
#include "lib/testing/agency.h"

namespace careroute::tests {
namespace {

using engine::Reply;

constexpr char kHelp[] = "help";

// A step or an action that names none has no such occurrence.
int32_t LiveHelp(const casework::Case& state) {
  for (const casework::Occurrence& one : state.occurrences) {
    if (one.step == kHelp) return one.number;
  }
  return 0;
}

bool HasOpenReferral(const casework::Case& state) {
  return std::any_of(state.referrals.begin(), state.referrals.end(),
                     [](const casework::Referral& one) {
                       return casework::IsOpen(casework::StateOf(one));
                     });
}

// That all of its history may go to the organisation.
bool HasAgreed(const casework::Case& state, const std::string& organisation) {
  return std::any_of(state.consents.begin(), state.consents.end(),
                     [&organisation](const casework::ConsentRecord& one) {
                       return one.state == model::v1::CONSENT_STATE_GIVEN &&
                              !one.to_organisations.empty() &&
                              one.to_organisations.front() == organisation;
                     });
}

// The same each time: a repeat is answered with these bytes.
std::string AnswerOf(const engine::CaseReading& after) {
  return absl::StrCat("case ", after.version);
}

std::string AnswerOfPerformed(const engine::PerformedReading& after) {
  return absl::StrCat("referral ", casework::StateOf(after.state->referral));
}

absl::StatusOr<Heard> HeardOf(const absl::StatusOr<Reply>& reply) {
  if (!reply.ok()) return reply.status();
  Heard heard{.answer = reply->answer,
              .version = reply->version,
              .refused = reply->refusal.has_value(),
              .replayed = reply->replayed};
  heard.changed = !reply->answer.empty();
  if (heard.refused) heard.reason = reply->refusal->message_key();
  return heard;
}

}  // namespace

std::string ClinicOf(const std::string& hub) {
  return absl::StrCat("clinic-", hub);
}

std::string OfficeOf(const std::string& hub) {
  return absl::StrCat("office-", hub);
}

// --- What is asked next -----------------------------------------------------

void Workload::Act() {
  const Ledger& ledger = options_.ledger;
  if (ledger.families.empty() ||
      (ledger.families.size() < size_t{kFamiliesMax} && Often(15))) {
    return ReportNew();
  }
  if (Often(12)) return AskAgain();
  ActFor(options_.ledger.families[Draw(ledger.families.size())]);
}

void Workload::ReportNew() {
  const std::vector<std::string> hubs = options_.world.hub_ids();
  Family& family = options_.ledger.families.emplace_back();
  family.number = static_cast<int>(options_.ledger.families.size());
  family.hub = hubs[Draw(hubs.size())];
  family.clinic = ClinicOf(family.hub);
  // A name has no digits.
  std::string letters = absl::StrCat(family.number);
  for (char& digit : letters) digit = static_cast<char>(digit - '0' + 'a');
  family.canary = absl::StrCat("Canary", letters, "Ends");
  family.willing = Often(85);
  Request& request = NewRequest(family, "");
  request.target = Target::kReport;
  Ask(request);
}

void Workload::ActFor(Family& family) {
  if (!options_.world.hub(family.hub).serves()) return;
  if (!family.uid.has_value()) {
    // Whether the report was taken is not known: it is sent again.
    for (Request& one : options_.ledger.requests) {
      if (one.family == &family && one.target == Target::kReport) {
        return Ask(one);
      }
    }
    return;
  }
  if (family.state == nullptr || Often(10)) return Refresh(family);
  if (family.willing && !family.consent_asked.has_value()) {
    family.consent_asked = options_.world.clock().Now();
    return Ask(NewRequest(
        family,
        absl::StrCat("give_consent { consent { matter: CONSENT_MATTER_DATA "
                     "classes: DATA_CLASS_IDENTITY to_kinds: "
                     "AGENCY_KIND_SOCIAL purpose: 'support' given_by: '",
                     family.person,
                     "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
                     "'paper' } } }")));
  }
  const casework::Case& state = *family.state;
  if (!state.consents.empty() && !family.withdrawn.has_value() && Often(4)) {
    return Ask(NewRequest(
        family, absl::StrCat("withdraw_consent { consent: ",
                             state.consents.front().number, " withdrawn_by: '",
                             family.person, "' }")));
  }
  if (state.home.frozen.has_value() && Often(50)) return Refresh(family);
  if (family.willing && !family.withdrawn.has_value() &&
      Often(family.moves_to.empty() ? 5 : 30)) {
    return Move(family);
  }
  if (!HasOpenReferral(state)) return Refer(family);
  const std::vector<casework::Referral>& referrals = state.referrals;
  const casework::Referral& one =
      Often(80) ? referrals.back() : referrals[Draw(referrals.size())];
  // Copied: the state is another as soon as anything is heard.
  ActOnReferral(family, casework::Referral(one));
}

void Workload::Refer(Family& family) {
  const int32_t occurrence = LiveHelp(*family.state);
  if (occurrence == 0) {
    return Ask(NewRequest(family, "start_step { step: 'help' }"));
  }
  const std::vector<std::string> hubs = options_.world.hub_ids();
  Ask(NewRequest(
      family, absl::StrCat("referral { make { occurrence: ", occurrence,
                           " performer: 'organisations/",
                           OfficeOf(hubs[Draw(hubs.size())]), "' way: '",
                           family.willing ? "by_consent" : "in_hand",
                           "' send: ", Often(80) ? "true" : "false", " } }")));
}

// It agrees first that everything may go where it moves to; then the case is
// offered there, sometimes to somebody who is not of that hub.
void Workload::Move(Family& family) {
  if (family.moves_to.empty()) {
    const std::vector<std::string> hubs = options_.world.hub_ids();
    const std::string& to = hubs[Draw(hubs.size())];
    if (to == family.hub) return;
    family.moves_to = to;
  }
  const std::string clinic =
      absl::StrCat("organisations/", ClinicOf(family.moves_to));
  if (HasAgreed(*family.state, clinic)) {
    ++family.offers;
    return Ask(
        NewRequest(family, absl::StrCat("freeze_case { hub: '", family.moves_to,
                                        "' coordinator: '", clinic, "/members/",
                                        Often(85) ? "coordinator" : "nobody",
                                        "' note: 'the family moves' }")));
  }
  Ask(NewRequest(
      family,
      absl::StrCat("give_consent { consent { matter: CONSENT_MATTER_DATA "
                   "classes: DATA_CLASS_IDENTITY classes: DATA_CLASS_CONTACT "
                   "classes: DATA_CLASS_NEEDS classes: DATA_CLASS_SOCIAL "
                   "classes: DATA_CLASS_EDUCATION classes: DATA_CLASS_MEDICAL "
                   "classes: DATA_CLASS_DIAGNOSIS to_organisations: '",
                   clinic, "' purpose: 'support' given_by: '", family.person,
                   "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
                   "'paper' } } }")));
}

void Workload::ActOnReferral(Family& family,
                             const casework::Referral& referral) {
  const std::string head =
      absl::StrCat("referral { referral: ", referral.number, " ");
  const auto ask = [&](const std::string& command) {
    Ask(NewRequest(family, absl::StrCat(head, command, " }")));
  };
  if (casework::StateOf(referral) == model::v1::REFERRAL_STATE_DRAFT) {
    return ask(Often(80) ? "send {}" : "cancel { note: 'by mistake' }");
  }
  if (referral.delivery == model::v1::DELIVERY_IN_HAND) {
    return ask(
        "report_in_hand { state: REFERRAL_STATE_COMPLETED outcome: 'done' "
        "reported_by: REPORTED_BY_FAMILY }");
  }
  const int32_t question = casework::OpenQuestion(referral);
  if (question != 0 && Often(60)) {
    return ask(absl::StrCat("give_information { question: ", question,
                            " texts { data_class: DATA_CLASS_IDENTITY text: '",
                            family.canary, "' } }"));
  }
  if (Often(6)) return ask("cancel { note: 'not needed' }");
  if (Often(8)) {
    return ask("ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }");
  }
  return referral.hub.empty() ? PerformHere(family, referral)
                              : PerformThere(family, referral);
}

std::string Workload::NextMove(const casework::Referral& referral) {
  if (casework::CancelIsAsked(referral) && Often(60)) {
    return absl::StrCat("answer_cancel { answer: CANCEL_ANSWER_",
                        Often(70) ? "CANCELLED" : "GOES_ON", " }");
  }
  if (Often(10)) return "ask_information { question: 'which floor?' }";
  switch (casework::StateOf(referral)) {
    case model::v1::REFERRAL_STATE_ACCEPTED:
      if (Often(10)) return "hold { reason: REFERRAL_REASON_NO_STAFF }";
      return Often(70) ? "begin {}" : "complete { outcome: 'done' }";
    case model::v1::REFERRAL_STATE_IN_PROGRESS:
      if (Often(15)) return "hold { reason: REFERRAL_REASON_NO_STAFF }";
      return Often(85) ? "complete { outcome: 'done' late_reason: 'ill' }"
                       : "fail { reason: REFERRAL_REASON_NOT_REACHED }";
    case model::v1::REFERRAL_STATE_ON_HOLD:
      return "resume {}";
    default:
      return Often(85) ? "accept { can_meet_needs: true }"
                       : "reject { reason: REFERRAL_REASON_NO_PLACES }";
  }
}

// --- Performers -------------------------------------------------------------

void Workload::PerformHere(Family& family, const casework::Referral& referral) {
  Request& request =
      NewRequest(family, absl::StrCat("referral { referral: ", referral.number,
                                      " ", NextMove(referral), " }"));
  request.caller = {.organisation = OfficeOf(family.hub),
                    .role = model::v1::ACTOR_ROLE_PERFORMER};
  Ask(request);
}

// They see the referral at their own hub first.
void Workload::PerformThere(Family& family,
                            const casework::Referral& referral) {
  testing::SimulatedHub& hub = options_.world.hub(referral.hub);
  if (!hub.serves()) return;
  hub.engine().performed_referrals().Read(
      referral.uid, [this, &family, at = referral.hub, uid = referral.uid](
                        absl::StatusOr<engine::PerformedReading> reading) {
        if (!reading.ok() || !reading->state->arrived) return;
        Request& request =
            NewRequest(family, NextMove(reading->state->referral));
        request.hub = at;
        request.target = Target::kPerformed;
        request.uid = uid;
        request.caller = {.organisation = OfficeOf(at),
                          .role = model::v1::ACTOR_ROLE_PERFORMER};
        Ask(request);
      });
}

// --- Asking -----------------------------------------------------------------

Request& Workload::NewRequest(Family& family, const std::string& command) {
  return options_.ledger.requests.emplace_back(
      Request{.id = options_.world.NewRequestId(),
              .hub = family.hub,
              .uid = family.uid.value_or(base::Uid{}),
              .family = &family,
              .caller = {.organisation = family.clinic},
              .command = command});
}

void Workload::AskAgain() {
  std::deque<Request>& requests = options_.ledger.requests;
  Ask(requests[Draw(requests.size())]);
}

void Workload::Ask(Request& request) {
  if (!options_.world.hub(request.hub).serves()) return;
  ++request.asked;
  options_.log.Add(absl::StrCat("ask ", request.id, " ", request.hub, " ",
                                request.family->number, " ", request.command));
  switch (request.target) {
    case Target::kReport:
      return AskReport(request);
    case Target::kCase:
      return AskCase(request);
    case Target::kPerformed:
      return AskPerformed(request);
  }
}

void Workload::AskReport(Request& request) {
  Family& family = *request.family;
  options_.world.hub(request.hub)
      .engine()
      .reports()
      .Take(testing::ReportOf({.by = request.caller,
                               .request_id = request.id,
                               .pathway = options_.pathway,
                               .person = {.number = family.number,
                                          .given_name = family.canary}}),
            [this, &request,
             &family](const absl::StatusOr<engine::ReportTaken>& taken) {
              absl::StatusOr<Heard> heard = Heard{};
              if (taken.ok()) {
                heard->answer = taken->report;
                heard->refused = taken->refusal.has_value();
                if (heard->refused)
                  heard->reason = taken->refusal->message_key();
              } else {
                heard = taken.status();
              }
              options_.auditor.Hear(request, heard);
              if (!taken.ok() || taken->refusal.has_value()) return;
              const auto uid = engine::ParseName("reports/", taken->report);
              if (!uid.ok() || family.uid.has_value()) return;
              family.uid = *uid;
              request.uid = *uid;
              Refresh(family);
            });
}

void Workload::AskCase(Request& request) {
  auto command = testing::CaseCommandOf(request.command);
  CAREROUTE_CHECK(command.ok());
  options_.world.hub(request.hub)
      .engine()
      .cases()
      .Execute(
          {.info = testing::InfoOf(request.caller, {.request_id = request.id,
                                                    .body = request.command}),
           .case_uid = request.uid,
           .command = *std::move(command),
           .make_answer =
               [](const engine::CaseReading& after,
                  const event::v1::CaseEvent* event) {
                 return event == nullptr ? std::string() : AnswerOf(after);
               }},
          [this, &request](const absl::StatusOr<Reply>& reply) {
            if (options_.auditor.Hear(request, HeardOf(reply))) Follow(request);
          });
}

void Workload::AskPerformed(Request& request) {
  auto command = testing::ReferralCommandOf(request.command);
  CAREROUTE_CHECK(command.ok());
  options_.world.hub(request.hub)
      .engine()
      .performed_referrals()
      .Execute(
          {.uid = request.uid,
           .command = *std::move(command),
           .info = testing::InfoOf(request.caller, {.request_id = request.id,
                                                    .body = request.command}),
           .make_answer = AnswerOfPerformed},
          [this, &request](const absl::StatusOr<Reply>& reply) {
            if (options_.auditor.Hear(request, HeardOf(reply))) Follow(request);
          });
}

void Workload::Follow(Request& request) {
  Family& family = *request.family;
  if (absl::StartsWith(request.command, "withdraw_consent")) {
    family.withdrawn = options_.world.clock().Now();
  }
  Refresh(family);
}

void Workload::Refresh(Family& family) {
  testing::SimulatedHub& hub = options_.world.hub(family.hub);
  if (!hub.serves()) return;
  hub.engine().cases().Read(
      *family.uid,
      [this, &family](const absl::StatusOr<engine::CaseReading>& reading) {
        if (!reading.ok()) return;
        family.person = engine::PersonNameOf(reading->person->uid);
        const std::string& home = reading->state->home.hub;
        if (home == family.hub) {
          family.state = reading->state;
          return;
        }
        // It is read there next.
        options_.log.Add(absl::StrCat("moved ", family.number, " to ", home));
        ++options_.ledger.moves;
        family.hub = home;
        family.clinic = ClinicOf(home);
        family.moves_to.clear();
        family.state = nullptr;
      });
}

}  // namespace careroute::tests
