#include "tests/torture/exchange_load.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/base/status_macros.h"
#include "tests/hub/hub_bench.h"
#include "tests/hub/peer_bench.h"
#include "tests/torture/exchange_moves.h"

namespace careroute::tests {
namespace {

using services::Client;

// Families that agree: enough that some are always under way, few enough to
// meet again.
constexpr size_t kAgreeingMax = 16;
// One of so many times it does not matter whether a family still does.
constexpr uint64_t kAnyOf = 8;
// Of a round that withdraw before anything could cross.
constexpr int kInVain = 3;

// Of a hundred things.
constexpr uint64_t kOf = 100;
constexpr uint64_t kRedrives = 12;
constexpr uint64_t kPerforms = 40;
// And of a hundred asked of the east otherwise.
constexpr uint64_t kReports = 25;
constexpr uint64_t kRefers = 75;
constexpr uint64_t kCancels = 80;
constexpr uint64_t kInforms = 94;

constexpr char kHelp[] = "help";

template <typename Response, typename Request>
absl::StatusOr<Response> Call(const Client& client, const char* method,
                              const Request& request) {
  return client.Call<Response>(absl::StrCat("careroute.api.v1.", method),
                               request);
}

template <typename Message>
void Parse(const std::string& text, Message& message) {
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &message));
}

std::string CanaryOf(size_t number) {
  return absl::StrCat("Канарейка", InLetters(static_cast<int>(number)),
                      "конец");
}

api::v1::ReportNeedRequest ReportOf(size_t number, const std::string& canary) {
  api::v1::ReportNeedRequest request;
  request.set_pathway("home-help");
  request.set_entry("report");
  model::v1::Identity& identity = *request.mutable_person()->mutable_identity();
  identity.set_family_name("Выдуманная");
  identity.set_given_name(canary);
  identity.set_birth_date(
      absl::StrFormat("1950-%02d-%02d", 1 + number / 28 % 12, 1 + number % 28));
  // So low a number has no check digits.
  identity.set_snils(absl::StrFormat("00%07d00", number + 1));
  identity.mutable_registered_at()->set_region("RU-DEMO");
  request.mutable_person()->mutable_needs()->set_language("ru");
  return request;
}

// The newest question; it is the one that waits, if any does.
int32_t QuestionOf(const model::v1::Referral& referral) {
  int32_t question = 0;
  for (const model::v1::ReferralEntry& entry : referral.performance()) {
    if (entry.move() == model::v1::REFERRAL_MOVE_INFORMATION_ASKED) {
      question = entry.sequence();
    }
  }
  return question;
}

absl::Status RedrivePeer(const Client& administrator, const std::string& peer,
                         const std::string& request_id) {
  api::v1::RedrivePeerRequest request;
  request.set_peer(absl::StrCat("peers/", peer));
  request.set_request_id(request_id);
  return Call<api::v1::RedrivePeerResponse>(administrator,
                                            "PeerService.RedrivePeer", request)
      .status();
}

}  // namespace

absl::StatusOr<model::v1::Referral> ReadReferral(const Client& caller,
                                                 const std::string& name) {
  api::v1::GetReferralRequest request;
  request.set_name(name);
  CAREROUTE_ASSIGN_OR_RETURN(
      auto reply, Call<api::v1::GetReferralResponse>(
                      caller, "ReferralService.GetReferral", request));
  return std::move(*reply.mutable_referral());
}

std::string NameAtWest(const SentReferral& referral) {
  return absl::StrCat("referrals/", referral.uid);
}

std::string ExchangeLoad::NextId() { return UuidOf(++requests_); }

absl::Status ExchangeLoad::Hear(const absl::Status& status) {
  if (status.ok()) ++acknowledged_;
  const bool refused =
      absl::IsFailedPrecondition(status) || absl::IsPermissionDenied(status);
  return refused ? absl::OkStatus() : status;
}

std::optional<ExchangeLoad::Chosen> ExchangeLoad::ChooseReferral() {
  std::vector<Chosen> all;
  for (Family& family : families_) {
    for (SentReferral& one : family.referrals) {
      if (!one.over) all.emplace_back(&family, &one);
    }
  }
  if (all.empty()) return std::nullopt;
  return all[random_.Uniform(all.size())];
}

absl::Status ExchangeLoad::Act(const ExchangeCallers& callers) {
  const uint64_t drawn = random_.Uniform(kOf);
  if (drawn < kRedrives) return Redrive(callers);
  if (callers.west.has_value() &&
      (drawn < kRedrives + kPerforms || !callers.east.has_value())) {
    return Perform(*callers.west);
  }
  if (!callers.east.has_value()) return absl::OkStatus();
  return ActAtEast(*callers.east);
}

absl::Status ExchangeLoad::Redrive(const ExchangeCallers& callers) {
  if (callers.east.has_value()) {
    CAREROUTE_RETURN_IF_ERROR(
        Hear(RedrivePeer(callers.east->administrator, kWest, NextId())));
  }
  if (!callers.west.has_value()) return absl::OkStatus();
  return Hear(RedrivePeer(callers.west->administrator, kEast, NextId()));
}

absl::Status ExchangeLoad::ActAtEast(const EastCallers& east) {
  std::vector<Family*> agreeing;
  for (Family& family : families_) {
    if (!family.withdrawn) agreeing.push_back(&family);
  }
  const uint64_t drawn = random_.Uniform(kOf);
  if (agreeing.empty() ||
      (drawn < kReports && agreeing.size() < kAgreeingMax)) {
    return ReportNew(east);
  }
  Family& family = random_.Uniform(kAnyOf) == 0
                       ? families_[random_.Uniform(families_.size())]
                       : *agreeing[random_.Uniform(agreeing.size())];
  if (drawn < kRefers) return Refer(east, family);
  if (drawn < kCancels) return AskCancel(east);
  if (drawn < kInforms) return GiveInformation(east);
  return Withdraw(east, family);
}

// All of them are referred before any of them withdraws: what was tried by then
// is withheld, what was not is taken back.
absl::Status ExchangeLoad::ReferInVain(const EastCallers& east) {
  const size_t first = families_.size();
  for (int i = 0; i < kInVain; ++i) {
    CAREROUTE_RETURN_IF_ERROR(ReportNew(east));
    CAREROUTE_RETURN_IF_ERROR(Refer(east, families_.back()));
  }
  for (size_t i = first; i < families_.size(); ++i) {
    Family& family = families_[i];
    CAREROUTE_RETURN_IF_ERROR(Withdraw(east, family));
    if (family.referrals.empty() || !family.withdrawn) {
      return absl::InternalError(
          "a family that agrees could not be referred or withdraw");
    }
    family.never_told = true;
  }
  return absl::OkStatus();
}

// --- The clinic -------------------------------------------------------------

absl::Status ExchangeLoad::ReportNew(const EastCallers& east) {
  Family family{.canary = CanaryOf(families_.size())};
  api::v1::ReportNeedRequest report = ReportOf(families_.size(), family.canary);
  report.set_request_id(NextId());
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto taken, Call<api::v1::ReportNeedResponse>(
                            east.registrar, "CaseService.ReportNeed", report));
  family.case_name =
      absl::StrCat("cases/", absl::StripPrefix(taken.report(), "reports/"));
  api::v1::GetCaseRequest get;
  get.set_name(family.case_name);
  CAREROUTE_ASSIGN_OR_RETURN(const auto opened,
                             Call<api::v1::GetCaseResponse>(
                                 east.coordinator, "CaseService.GetCase", get));
  family.person = opened.case_().person();
  api::v1::GiveConsentRequest give;
  give.set_name(family.case_name);
  give.set_request_id(NextId());
  Parse(absl::StrCat("consent { matter: CONSENT_MATTER_DATA classes: "
                     "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL "
                     "purpose: 'support' given_by: '",
                     family.person,
                     "' word_given: WORD_GIVEN_IN_WRITING "
                     "document { kind: 'paper' } }"),
        *give.mutable_command());
  CAREROUTE_RETURN_IF_ERROR(
      Call<api::v1::GiveConsentResponse>(east.coordinator,
                                         "ConsentService.GiveConsent", give)
          .status());
  families_.push_back(std::move(family));
  return absl::OkStatus();
}

absl::StatusOr<int32_t> ExchangeLoad::LiveHelp(const EastCallers& east,
                                               const Family& family) {
  const auto find = [](const model::v1::Case& state) {
    for (const model::v1::Occurrence& one : state.occurrences()) {
      if (one.step() == kHelp) return one.number();
    }
    return 0;
  };
  api::v1::GetCaseRequest get;
  get.set_name(family.case_name);
  CAREROUTE_ASSIGN_OR_RETURN(const auto now,
                             Call<api::v1::GetCaseResponse>(
                                 east.coordinator, "CaseService.GetCase", get));
  if (const int32_t live = find(now.case_()); live != 0) return live;
  api::v1::StartStepRequest start;
  start.set_name(family.case_name);
  start.set_request_id(NextId());
  start.mutable_command()->set_step(kHelp);
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto started,
      Call<api::v1::StartStepResponse>(east.coordinator,
                                       "CaseService.StartStep", start));
  return find(started.case_());
}

absl::Status ExchangeLoad::Refer(const EastCallers& east, Family& family) {
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t occurrence, LiveHelp(east, family));
  api::v1::MakeReferralRequest make;
  make.set_name(family.case_name);
  make.set_request_id(NextId());
  make.mutable_command()->set_occurrence(occurrence);
  make.mutable_command()->set_performer(kOfficeName);
  make.mutable_command()->set_way("by_consent");
  make.mutable_command()->set_send(true);
  const auto made = Call<api::v1::MakeReferralResponse>(
      east.coordinator, "ReferralService.MakeReferral", make);
  if (made.ok()) {
    if (family.withdrawn) {
      return absl::InternalError(absl::StrCat(
          family.case_name, " was referred by a consent that was withdrawn"));
    }
    family.referrals.push_back(
        {.name = made->referral().name(), .uid = made->referral().uid()});
  }
  return Hear(made.status());
}

absl::Status ExchangeLoad::Withdraw(const EastCallers& east, Family& family) {
  if (family.withdrawn) return absl::OkStatus();
  api::v1::WithdrawConsentRequest request;
  request.set_name(family.case_name);
  request.set_request_id(NextId());
  request.mutable_command()->set_consent(1);
  request.mutable_command()->set_withdrawn_by(family.person);
  const absl::Status status =
      Call<api::v1::WithdrawConsentResponse>(
          east.coordinator, "ConsentService.WithdrawConsent", request)
          .status();
  family.withdrawn = status.ok();
  return Hear(status);
}

absl::Status ExchangeLoad::AskCancel(const EastCallers& east) {
  const std::optional<Chosen> chosen = ChooseReferral();
  if (!chosen.has_value()) return absl::OkStatus();
  api::v1::AskCancelRequest request;
  request.set_name(chosen->second->name);
  request.set_request_id(NextId());
  request.mutable_command()->set_reason(
      model::v1::REFERRAL_REASON_REQUESTER_CANCELLED);
  return Hear(Call<api::v1::AskCancelResponse>(
                  east.coordinator, "ReferralService.AskCancel", request)
                  .status());
}

absl::Status ExchangeLoad::GiveInformation(const EastCallers& east) {
  const std::optional<Chosen> chosen = ChooseReferral();
  if (!chosen.has_value()) return absl::OkStatus();
  CAREROUTE_ASSIGN_OR_RETURN(
      const model::v1::Referral referral,
      ReadReferral(east.coordinator, chosen->second->name));
  const int32_t question = QuestionOf(referral);
  if (question == 0) return absl::OkStatus();
  api::v1::GiveInformationRequest request;
  request.set_name(chosen->second->name);
  request.set_request_id(NextId());
  request.mutable_command()->set_question(question);
  model::v1::DisclosedText& text = *request.mutable_command()->add_texts();
  text.set_data_class(model::v1::DATA_CLASS_IDENTITY);
  text.set_text(chosen->first->canary);
  return Hear(Call<api::v1::GiveInformationResponse>(
                  east.coordinator, "ReferralService.GiveInformation", request)
                  .status());
}

// --- The office -------------------------------------------------------------

absl::Status ExchangeLoad::Perform(const WestCallers& west) {
  const std::optional<Chosen> chosen = ChooseReferral();
  if (!chosen.has_value()) return absl::OkStatus();
  SentReferral* const referral = chosen->second;
  const absl::StatusOr<model::v1::Referral> seen =
      ReadReferral(west.performer, NameAtWest(*referral));
  // On its way.
  if (absl::IsNotFound(seen.status())) return absl::OkStatus();
  if (!seen.ok()) return seen.status();
  const std::vector<const Move*> open = OpenMoves(*seen);
  referral->over = open.empty();
  if (referral->over) return absl::OkStatus();
  const Move& move = *open[random_.Uniform(open.size())];
  const absl::Status made = move.Make(west.performer, seen->name(), NextId());
  if (made.ok() && absl::string_view(move.method) == kComplete) {
    referral->completed = true;
  }
  return Hear(made);
}

}  // namespace careroute::tests
