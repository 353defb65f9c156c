#include "lib/api/internal/person_commands.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "careroute/command/v1/person_command.pb.h"
#include "google/protobuf/message.h"
#include "lib/access/redact.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/viewer.h"
#include "lib/base/check.h"
#include "lib/engine/names.h"

namespace careroute::api::internal {
namespace {

using command::v1::PersonCommand;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using Classes = std::optional<access::DataClassSet>;

constexpr char kService[] = "careroute.api.v1.RegistryService";

const FieldDescriptor* FieldOfType(const Descriptor& type) {
  const Descriptor& command = *PersonCommand::descriptor();
  for (int i = 0; i < command.field_count(); ++i) {
    if (command.field(i)->message_type() == &type) return command.field(i);
  }
  return nullptr;
}

std::function<std::string(const engine::OpenPerson&)> AnswerOf(
    const Descriptor& response_type, access::DataClassSet classes) {
  return [&response_type, classes](const engine::OpenPerson& after) {
    const std::unique_ptr<Message> response(MessageFactory::generated_factory()
                                                ->GetPrototype(&response_type)
                                                ->New());
    response->GetReflection()
        ->MutableMessage(response.get(), response_type.FindFieldByNumber(1))
        ->CopyFrom(after.person);
    access::Redact(classes, access::UnknownFactClass, *response);
    return response->SerializeAsString();
  };
}

void Execute(engine::Engine& engine, engine::Persons::ExecuteRequest execute,
             std::string name, access::DataClassSet classes,
             base::Done<Served> done) {
  engine.persons().Execute(
      std::move(execute),
      [name = std::move(name), classes,
       done = std::move(done)](absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(ServedOf(std::move(reply), {name}, classes));
      });
}

using ExecutePtr = std::shared_ptr<engine::Persons::ExecuteRequest>;

// An administrator erases whomever asks for it, part of a case or not.
void Erase(engine::Engine& engine, const ExecutePtr& execute, std::string name,
           base::Done<Served> done) {
  if (execute->info.validate_only) {
    return Execute(engine, *execute, std::move(name), {}, std::move(done));
  }
  engine.erasures().Erase(
      *execute, [name = std::move(name), done = std::move(done)](
                    absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(ServedOf(std::move(reply), {name}, {}));
      });
}

// An adoption asks for the person's cases too.
void Adopt(engine::Engine& engine, const CallPtr& call,
           const engine::Persons::ExecuteRequest& execute,
           access::DataClassSet classes, base::Done<Served> done) {
  engine.adoptions().Record(
      {.info = execute.info,
       .person = execute.uid,
       .today = execute.today,
       .command = execute.command.record_adoption(),
       .takes_part =
           [call](const engine::CaseReading& reading) {
             return Viewer(call->actor, reading).takes_part();
           },
       .make_answer = execute.make_answer},
      [name = engine::PersonNameOf(execute.uid), classes,
       done = std::move(done)](absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(ServedOf(std::move(reply), {name}, classes));
      });
}

void Handle(engine::Engine& engine, const MethodDescriptor& method,
            const CallPtr& call, const Message& request,
            base::Done<Served> done) {
  const std::string name = StringField(request, "name");
  const absl::StatusOr<base::Uid> uid = engine::ParseName("persons/", name);
  if (!uid.ok()) {
    std::move(done)(NotFound());
    return;
  }
  auto execute = std::make_shared<engine::Persons::ExecuteRequest>();
  execute->uid = *uid;
  execute->today = Today(engine, *call);
  const Message& command = MessageField(request, "command");
  const FieldDescriptor* field = FieldOfType(*command.GetDescriptor());
  CAREROUTE_CHECK(field != nullptr);
  execute->command.GetReflection()
      ->MutableMessage(&execute->command, field)
      ->CopyFrom(command);
  // Those are several commands: one a record that was merged into this one.
  const bool several =
      execute->command.has_erase() || execute->command.has_record_adoption();
  execute->info =
      several ? InfoOf(*call, request) : InfoOfOneCommand(call, request);
  const Descriptor& response = *method.output_type();
  if (execute->command.has_erase()) {
    execute->make_answer = AnswerOf(response, {model::v1::DATA_CLASS_ROUTE});
    return Erase(engine, execute, name, std::move(done));
  }
  ClassesOfPerson(
      engine, call, *uid,
      [&engine, call, execute, name, &response,
       done = std::move(done)](absl::StatusOr<Classes> classes) mutable {
        if (!classes.ok()) {
          std::move(done)(classes.status());
          return;
        }
        if (!classes->has_value()) {
          std::move(done)(NotFound());
          return;
        }
        execute->make_answer = AnswerOf(response, **classes);
        if (execute->command.has_record_adoption()) {
          return Adopt(engine, call, *execute, **classes, std::move(done));
        }
        Execute(engine, *execute, name, **classes, std::move(done));
      });
}

}  // namespace

void AddPersonCommands(Pipeline& pipeline) {
  engine::Engine& engine = pipeline.engine();
  const google::protobuf::ServiceDescriptor* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
          kService);
  CAREROUTE_CHECK(service != nullptr);
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor& method = *service->method(i);
    const Descriptor& input = *method.input_type();
    if (input.FindFieldByName("command") == nullptr ||
        input.FindFieldByName("name") == nullptr) {
      continue;
    }
    pipeline.UnaryOf(
        method.full_name(), input,
        [&engine, &method](const CallPtr& call, const Message& request,
                           base::Done<Served> done) {
          Handle(engine, method, call, request, std::move(done));
        });
  }
}

}  // namespace careroute::api::internal
