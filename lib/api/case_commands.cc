#include "lib/api/case_commands.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/assessment_service.pb.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/command/v1/referral_command.pb.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/timestamp.pb.h"
#include "lib/api/internal/performed_calls.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/requests.h"
#include "lib/api/referral_view.h"
#include "lib/api/status.h"
#include "lib/api/viewer.h"
#include "lib/base/check.h"
#include "lib/casework/view.h"
#include "lib/directory/duty.h"
#include "lib/engine/names.h"

namespace careroute::api {
namespace {

using command::v1::CaseCommand;
using engine::CaseReading;
using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr const char* kServices[] = {
    "careroute.api.v1.CaseService", "careroute.api.v1.ReferralService",
    "careroute.api.v1.ConsentService", "careroute.api.v1.MeasureService",
    "careroute.api.v1.AssessmentService"};

// Puts the request's command where CaseCommand or ReferralCommand keeps its
// type. The referral is the one the name ends with.
void PutCommand(const Message& request, const std::string& name,
                CaseCommand& to) {
  const Message& command = internal::MessageField(request, "command");
  if (internal::PutByType(command, to)) return;
  to.mutable_referral()->set_referral(
      name.find("/referrals/") == std::string::npos ? 0
                                                    : casework::NumberOf(name));
  CAREROUTE_CHECK(internal::PutByType(command, *to.mutable_referral()));
}

std::optional<model::v1::Refusal> NotTakingPart() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_FOUND);
  refusal.set_message_key("not_found");
  refusal.set_message(
      "there is nothing of that name that the caller takes part in");
  return refusal;
}

// The referral a command was about: the named one, or the newest.
const casework::Referral* ReferralAfter(const CaseReading& after,
                                        int32_t number) {
  if (number != 0) return casework::FindReferral(*after.state, number);
  return after.state->referrals.empty() ? nullptr
                                        : &after.state->referrals.back();
}

const casework::ConsentRecord* ConsentAfter(const CaseReading& after,
                                            const CaseCommand& command) {
  int32_t number = 0;
  if (command.has_withdraw_consent()) {
    number = command.withdraw_consent().consent();
  } else if (command.has_object_to_consent()) {
    number = command.object_to_consent().consent();
  }
  if (number != 0) return casework::FindConsent(*after.state, number);
  return after.state->consents.empty() ? nullptr
                                       : &after.state->consents.back();
}

// The assessment a command was about: the named one, or the newest.
const casework::AssessmentRecord* AssessmentAfter(const CaseReading& after,
                                                  const CaseCommand& command) {
  if (command.has_dispute_assessment()) {
    return casework::FindAssessment(*after.state,
                                    command.dispute_assessment().assessment());
  }
  return after.state->assessments.empty() ? nullptr
                                          : &after.state->assessments.back();
}

// Who brought the answers is told what they found, whatever else may be seen
// of the person.
void PutFindings(const CaseReading& after, const CaseCommand& command,
                 Message& response) {
  if (!command.has_record_assessment()) return;
  auto& recorded = static_cast<v1::RecordAssessmentResponse&>(response);
  const auto* assessment = AssessmentAfter(after, command);
  if (assessment != nullptr) {
    *recorded.mutable_assessment() = casework::ToModel(*assessment);
  }
}

// Fills field 1 of the response: the case, or the part of it, after it.
void FillResponse(const CaseReading& after, const CaseCommand& command,
                  Message& response) {
  const FieldDescriptor* field = response.GetDescriptor()->FindFieldByNumber(1);
  Message& to = *response.GetReflection()->MutableMessage(&response, field);
  const Descriptor* type = field->message_type();
  if (type == model::v1::Case::descriptor()) {
    casework::PutModel(*after.state, after.uid,
                       static_cast<model::v1::Case&>(to));
  } else if (type == model::v1::Referral::descriptor()) {
    const auto* referral = ReferralAfter(after, command.referral().referral());
    if (referral != nullptr) to.CopyFrom(ReferralOf(after, *referral));
  } else if (type == model::v1::Assessment::descriptor()) {
    const auto* assessment = AssessmentAfter(after, command);
    if (assessment != nullptr) to.CopyFrom(casework::ToModel(*assessment));
  } else if (type == model::v1::EmergencySight::descriptor()) {
    // The newest stands last.
    to.CopyFrom(casework::ToModel(after.state->emergencies.back()));
  } else {
    const auto* consent = ConsentAfter(after, command);
    if (consent != nullptr) {
      to.CopyFrom(casework::ToModel(*consent, after.uid));
    }
  }
}

// An offer to somebody who is away is made all the same: the holder stays until
// it is accepted, and whoever offers it is told.
void NoteAbsence(engine::Engine& engine, const CaseReading& after,
                 const CaseCommand& command, Message& response) {
  auto* offered =
      google::protobuf::DynamicCastToGenerated<v1::OfferPostResponse>(
          &response);
  if (offered == nullptr) return;
  const std::string& to = command.offer_post().to();
  const absl::string_view home = directory::OrganisationOf(to);
  offered->set_absent_until(
      directory::AbsentUntil(after.directory->directory, to,
                             internal::TodayAt(engine, std::string(home))));
}

struct Execution {
  CallPtr call;
  std::string name;
  const Descriptor* response = nullptr;
  CaseCommand command;
  access::DataClassSet classes = access::DataClassSet::All();
};

void Execute(const Pipeline& pipeline, const MethodDescriptor& method,
             const CallPtr& call, const Message& request,
             base::Done<Served> done) {
  auto execution = std::make_shared<Execution>();
  execution->call = call;
  execution->name = internal::StringField(request, "name");
  if (internal::IsPerformed(execution->name)) {
    return internal::ExecutePerformed(pipeline.engine(), call, request,
                                      std::move(done));
  }
  execution->response = method.output_type();
  const auto uid = engine::ParseName("cases/", execution->name);
  if (!uid.ok()) {
    std::move(done)(RefusalStatus(*NotTakingPart()));
    return;
  }
  PutCommand(request, execution->name, execution->command);
  internal::TakeTimes(request, execution->command);
  engine::Cases::ExecuteRequest execute{
      .info = internal::InfoOfOneCommand(call, request),
      .case_uid = *uid,
      .command = execution->command};
  // Who opens a case in an emergency takes no part: decide says who may.
  const bool emergency = execution->command.has_open_in_emergency();
  execute.authorise = [call, emergency](const CaseReading& reading) {
    return emergency || Viewer(call->actor, reading).takes_part()
               ? std::optional<model::v1::Refusal>()
               : NotTakingPart();
  };
  execute.make_answer = [execution, &engine = pipeline.engine()](
                            const CaseReading& after,
                            const event::v1::CaseEvent*) {
    // A case is dozens of messages, all gone once they are serialised.
    google::protobuf::Arena arena;
    Message& response = *MessageFactory::generated_factory()
                             ->GetPrototype(execution->response)
                             ->New(&arena);
    FillResponse(after, execution->command, response);
    NoteAbsence(engine, after, execution->command, response);
    const Viewer viewer(execution->call->actor, after);
    viewer.Redact(response);
    PutFindings(after, execution->command, response);
    execution->classes = viewer.ClassesIn(response);
    return response.SerializeAsString();
  };
  pipeline.engine().cases().Execute(
      std::move(execute), [execution, done = std::move(done)](
                              absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(internal::ServedOf(std::move(reply), {execution->name},
                                           execution->classes));
      });
}

bool IsCaseCommand(const MethodDescriptor& method) {
  const FieldDescriptor* command =
      method.input_type()->FindFieldByName("command");
  return command != nullptr && command->message_type() != nullptr;
}

}  // namespace

void AddCaseCommands(Pipeline& pipeline) {
  for (const char* name : kServices) {
    const ServiceDescriptor* service =
        DescriptorPool::generated_pool()->FindServiceByName(name);
    CAREROUTE_CHECK(service != nullptr);
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      if (!IsCaseCommand(method)) continue;
      pipeline.UnaryOf(
          method.full_name(), *method.input_type(),
          [&pipeline, &method](const CallPtr& call, const Message& request,
                               base::Done<Served> done) {
            Execute(pipeline, method, call, request, std::move(done));
          });
    }
  }
}

}  // namespace careroute::api
