#include "tests/scenarios/requests.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "careroute/api/v1/measure_service.pb.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/catalogue_files.h"
#include "tests/scenarios/compact.h"
#include "tests/scenarios/world.h"

namespace careroute::scenarios {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::v1::When;

// The performer of a referral answers through its specialist.
model::v1::Actor SpecialistOf(const std::string& organisation) {
  model::v1::Actor actor;
  actor.set_organisation(organisation);
  actor.set_member(absl::StrCat(organisation, "/members/specialist"));
  actor.set_role(model::v1::ACTOR_ROLE_PERFORMER);
  actor.set_purpose("care");
  return actor;
}

template <typename Request>
Asked Make(const Stage& stage, absl::string_view method, Request request) {
  return {.actor = stage.coordinator(),
          .method = std::string(method.data(), method.size()),
          .request = std::make_unique<Request>(std::move(request))};
}

absl::StatusOr<int32_t> NumberOf(absl::string_view spec, const Stage& stage) {
  const model::v1::Occurrence* live = stage.Live(spec);
  if (live == nullptr) {
    return absl::NotFoundError(absl::StrCat("no live step ", spec));
  }
  return live->number();
}

template <typename Command>
absl::Status FillResult(const testing::v1::Complete& from, const Stage& stage,
                        Command& command) {
  command.set_outcome(from.outcome());
  for (const std::string& text : from.facts()) {
    CAREROUTE_ASSIGN_OR_RETURN(*command.add_facts(), stage.Fact(text));
  }
  for (const std::string& kind : from.documents()) {
    *command.add_documents() = DocumentOf(kind, stage.today());
  }
  for (const std::string& text : from.plan()) {
    CAREROUTE_RETURN_IF_ERROR(
        AddPlanLines(text, stage.Pathway(), *command.mutable_plan()));
  }
  command.set_note(from.reason());
  command.set_late_reason(from.late());
  command.set_recheck_date(DateOf(from.recheck(), stage.today()));
  return absl::OkStatus();
}

absl::StatusOr<Asked> Completion(const testing::v1::Complete& from,
                                 const Stage& stage) {
  api::v1::CompleteStepRequest request;
  request.set_name(stage.current().name());
  command::v1::CompleteStep& command = *request.mutable_command();
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t number,
                             NumberOf(from.step(), stage));
  command.set_occurrence(number);
  CAREROUTE_RETURN_IF_ERROR(FillResult(from, stage, command));
  if (from.has_consent()) {
    CAREROUTE_ASSIGN_OR_RETURN(
        *command.mutable_consent(),
        ConsentOf(from.consent(), stage.persons, stage.today()));
  }
  if (from.by_family()) {
    request.set_word_given(model::v1::WORD_GIVEN_BY_TELEPHONE);
  }
  return Make(stage, "CaseService.CompleteStep", std::move(request));
}

// A move of the performer of the newest referral of a step.
template <typename Request>
absl::StatusOr<Asked> Answer(absl::string_view method, absl::string_view spec,
                             Request request, Stage& stage) {
  CAREROUTE_ASSIGN_OR_RETURN(const model::v1::Referral referral,
                             stage.NewestReferral(spec));
  request.set_name(referral.name());
  Asked asked = Make(stage, method, std::move(request));
  asked.actor = SpecialistOf(referral.performer());
  return asked;
}

absl::StatusOr<Asked> Finish(const testing::v1::Complete& from, Stage& stage) {
  api::v1::CompleteReferralRequest request;
  CAREROUTE_RETURN_IF_ERROR(
      FillResult(from, stage, *request.mutable_command()));
  return Answer("ReferralService.CompleteReferral", from.step(),
                std::move(request), stage);
}

absl::StatusOr<Asked> Refer(const testing::v1::Refer& from,
                            const Stage& stage) {
  api::v1::MakeReferralRequest request;
  request.set_name(stage.current().name());
  command::v1::MakeReferral& command = *request.mutable_command();
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t number,
                             NumberOf(from.step(), stage));
  command.set_occurrence(number);
  if (!from.to().empty()) {
    command.set_performer(absl::StrCat("organisations/", from.to()));
  }
  command.set_way(from.way().empty() ? "by_consent" : from.way());
  command.set_send(!from.draft());
  return Make(stage, "ReferralService.MakeReferral", std::move(request));
}

absl::StatusOr<Asked> Record(const testing::v1::Facts& from,
                             const Stage& stage) {
  api::v1::RecordFactsRequest request;
  request.set_name(stage.current().name());
  for (const std::string& text : from.facts()) {
    CAREROUTE_ASSIGN_OR_RETURN(*request.mutable_command()->add_facts(),
                               stage.Fact(text));
  }
  return Make(stage, "CaseService.RecordFacts", std::move(request));
}

Asked RecordMeasure(const testing::v1::RecordedMeasure& from,
                    const Stage& stage) {
  api::v1::RecordMeasureRequest request;
  request.set_name(stage.current().name());
  command::v1::RecordMeasure& command = *request.mutable_command();
  command.set_measure(from.measure());
  command.set_state(from.state());
  command.set_until(DateOf(from.until(), stage.today()));
  command.set_note(from.note());
  return Make(stage, "MeasureService.RecordMeasure", std::move(request));
}

absl::StatusOr<Asked> Consent(const testing::v1::ConsentTerms& from,
                              const Stage& stage) {
  api::v1::GiveConsentRequest request;
  request.set_name(stage.current().name());
  CAREROUTE_ASSIGN_OR_RETURN(*request.mutable_command()->mutable_consent(),
                             ConsentOf(from, stage.persons, stage.today()));
  return Make(stage, "ConsentService.GiveConsent", std::move(request));
}

Asked Start(const std::string& step, const Stage& stage) {
  api::v1::StartStepRequest request;
  request.set_name(stage.current().name());
  request.set_word_given(model::v1::WORD_GIVEN_BY_TELEPHONE);
  request.mutable_command()->set_step(step);
  return Make(stage, "CaseService.StartStep", std::move(request));
}

absl::StatusOr<Asked> Try(const testing::v1::Try& from, const Stage& stage) {
  api::v1::RecordAttemptRequest request;
  request.set_name(stage.current().name());
  command::v1::RecordAttempt& command = *request.mutable_command();
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t number, NumberOf("contact", stage));
  command.set_occurrence(number);
  command.mutable_attempt()->set_mode(from.mode());
  command.mutable_attempt()->set_reached(from.reached());
  return Make(stage, "CaseService.RecordAttempt", std::move(request));
}

absl::Status Parse(absl::string_view text, const Stage& stage,
                   Message& message) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string filled, FillWords(text, stage));
  google::protobuf::TextFormat::Parser parser;
  if (!parser.MergeFromString(filled, &message)) {
    return absl::InvalidArgumentError(
        absl::StrCat("no ", message.GetTypeName(), ": ", filled));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Message>> NewRequest(absl::string_view method) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrCat("careroute.api.v1.", method));
  if (descriptor == nullptr) {
    return absl::NotFoundError(absl::StrCat("no method ", method));
  }
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(
          descriptor->input_type());
  return std::unique_ptr<Message>(prototype->New());
}

absl::StatusOr<Asked> Any(const testing::v1::Call& from, Stage& stage) {
  CAREROUTE_ASSIGN_OR_RETURN(std::unique_ptr<Message> request,
                             NewRequest(from.method()));
  std::string name = stage.current().name();
  if (!from.referral().empty()) {
    CAREROUTE_ASSIGN_OR_RETURN(const model::v1::Referral referral,
                               stage.NewestReferral(from.referral()));
    name = referral.name();
  } else if (!from.person().empty()) {
    const auto it = stage.persons.find(from.person());
    if (it == stage.persons.end()) {
      return absl::NotFoundError(absl::StrCat("nobody is ", from.person()));
    }
    name = it->second;
  }
  const google::protobuf::Descriptor& type = *request->GetDescriptor();
  if (const FieldDescriptor* field = type.FindFieldByName("name")) {
    request->GetReflection()->SetString(request.get(), field, name);
  }
  if (const FieldDescriptor* field = type.FindFieldByName("command")) {
    CAREROUTE_RETURN_IF_ERROR(
        Parse(from.command(), stage,
              *request->GetReflection()->MutableMessage(request.get(), field)));
  }
  CAREROUTE_RETURN_IF_ERROR(Parse(from.request(), stage, *request));
  return Asked{.actor = stage.coordinator(),
               .method = from.method(),
               .request = std::move(request)};
}

absl::StatusOr<Asked> Publish(const testing::v1::Publish& from,
                              const Stage& stage) {
  auto request = std::make_unique<api::v1::PublishPathwayRequest>();
  CAREROUTE_ASSIGN_OR_RETURN(const CatalogueFiles files,
                             ChangedCatalogue(stage.reported_pathway(), from));
  for (const auto& [path, content] : files) {
    api::v1::PathwayFile& file = *request->add_files();
    file.set_path(path);
    file.set_content(content);
  }
  return Asked{.actor = FirstAdministrator(),
               .method = "PathwayService.PublishPathway",
               .request = std::move(request)};
}

// What a $word stands for.
absl::StatusOr<std::string> WordOf(absl::string_view word, const Stage& stage) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(word, absl::MaxSplits('+', 1));
  const model::v1::Case& now = stage.current();
  if (parts.first == "today") {
    int days = 0;
    if (!parts.second.empty() && !absl::SimpleAtoi(parts.second, &days)) {
      return absl::InvalidArgumentError(absl::StrCat("no day: $", word));
    }
    return absl::FormatCivilTime(stage.today() + days);
  }
  if (word == "case") return now.name();
  if (word == "stop" && !now.stops().empty()) {
    return absl::StrCat(now.stops().rbegin()->number());
  }
  if (word == "hand_over" && !now.hand_overs().empty()) {
    return absl::StrCat(now.hand_overs().rbegin()->number());
  }
  const auto it = stage.persons.find(std::string(word.data(), word.size()));
  if (it != stage.persons.end()) return it->second;
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t number, NumberOf(word, stage));
  return absl::StrCat(number);
}

bool IsOfWord(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::StrContains("_.#+", absl::string_view(&c, 1));
}

}  // namespace

absl::StatusOr<std::string> FillWords(absl::string_view text,
                                      const Stage& stage) {
  std::string filled;
  while (!text.empty()) {
    const size_t dollar = text.find('$');
    absl::StrAppend(&filled, text.substr(0, dollar));
    if (dollar == absl::string_view::npos) break;
    text.remove_prefix(dollar + 1);
    size_t length = 0;
    while (length < text.size() && IsOfWord(text[length])) ++length;
    CAREROUTE_ASSIGN_OR_RETURN(const std::string word,
                               WordOf(text.substr(0, length), stage));
    absl::StrAppend(&filled, word);
    text.remove_prefix(length);
  }
  return filled;
}

absl::StatusOr<Asked> RequestOf(const When& when, Stage& stage) {
  switch (when.what_case()) {
    case When::kComplete:
      return Completion(when.complete(), stage);
    case When::kFinish:
      return Finish(when.finish(), stage);
    case When::kRefer:
      return Refer(when.refer(), stage);
    case When::kAccept: {
      api::v1::AcceptReferralRequest request;
      request.mutable_command()->set_can_meet_needs(true);
      return Answer("ReferralService.AcceptReferral", when.accept(),
                    std::move(request), stage);
    }
    case When::kReject: {
      api::v1::RejectReferralRequest request;
      request.mutable_command()->set_reason(when.reject().why());
      return Answer("ReferralService.RejectReferral", when.reject().step(),
                    std::move(request), stage);
    }
    case When::kStart:
      return Start(when.start(), stage);
    case When::kRecord:
      return Record(when.record(), stage);
    case When::kRecordMeasure:
      return RecordMeasure(when.record_measure(), stage);
    case When::kConsent:
      return Consent(when.consent(), stage);
    case When::kTry:
      return Try(when.try_(), stage);
    case When::kCall:
      return Any(when.call(), stage);
    case When::kPublish:
      return Publish(when.publish(), stage);
    default:
      return absl::InvalidArgumentError("nothing happens");
  }
}

}  // namespace careroute::scenarios
