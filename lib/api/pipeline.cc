#include "lib/api/pipeline.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "careroute/options/v1/options.pb.h"
#include "lib/api/status.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"

namespace careroute::api {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

// A reply with one of these waits until its trace is durable.
constexpr access::DataClassSet kTraceFirst = {model::v1::DATA_CLASS_IDENTITY,
                                              model::v1::DATA_CLASS_MEDICAL,
                                              model::v1::DATA_CLASS_DIAGNOSIS};

absl::Status RoleNotAllowed(const options::v1::MethodRules& rules) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  refusal.set_message_key("role_not_allowed");
  refusal.set_message("the actor's role may not call this method");
  for (const std::string& role : rules.roles()) {
    model::v1::Missing& missing = *refusal.add_missing();
    missing.set_what(role);
    missing.set_mend("call as a member who holds this role");
  }
  return RefusalStatus(refusal);
}

absl::Status CheckRole(const MethodDescriptor& method,
                       const model::v1::Actor& actor) {
  const options::v1::MethodRules& rules =
      method.options().GetExtension(options::v1::method);
  if (rules.roles().empty()) return absl::OkStatus();
  const std::string role = model::v1::ActorRole_Name(actor.role());
  const bool allowed = std::find(rules.roles().begin(), rules.roles().end(),
                                 role) != rules.roles().end();
  return allowed ? absl::OkStatus() : RoleNotAllowed(rules);
}

}  // namespace

absl::StatusOr<Pipeline::MessagePtr> Pipeline::Admit(
    const CallPtr& call, const Descriptor& request,
    const std::string& bytes) const {
  CAREROUTE_RETURN_IF_ERROR(AwaitedBy(*call));
  const MessagePtr message(
      MessageFactory::generated_factory()->GetPrototype(&request)->New());
  base::Problems problems;
  if (!message->ParseFromString(bytes)) {
    RequestCheck::ExplainUnparsable(request, bytes, problems);
    return ProblemsStatus(problems);
  }
  CAREROUTE_ASSIGN_OR_RETURN(call->actor, options_.actors.ActorOf(*call));
  if (options_.limits != nullptr) {
    CAREROUTE_RETURN_IF_ERROR(options_.limits->Take(*call));
  }
  const MethodDescriptor& method =
      *options_.table.Find(call->method)->descriptor;
  CAREROUTE_RETURN_IF_ERROR(CheckRole(method, call->actor));
  check_.Check(*message, problems);
  if (problems.HasErrors()) return ProblemsStatus(problems);
  call->body_hash = base::Sha256(bytes);
  return message;
}

void Pipeline::UnaryOf(absl::string_view method, const Descriptor& request,
                       AnyHandler handler) {
  check_.Prepare(request);
  options_.table.AddUnary(
      method, [this, &request, handler = std::move(handler)](
                  const CallPtr& call, const std::string& bytes,
                  base::Done<std::string> done) {
        absl::StatusOr<MessagePtr> message = Admit(call, request, bytes);
        if (!message.ok()) {
          return Log(call, message.status(), std::move(done));
        }
        handler(call, **message,
                [this, call, done = std::move(done)](
                    absl::StatusOr<Served> served) mutable {
                  Log(call, std::move(served), std::move(done));
                });
      });
}

void Pipeline::StreamOf(absl::string_view method, const Descriptor& request,
                        AnyStreamingHandler handler) {
  check_.Prepare(request);
  options_.table.AddStream(
      method, [this, &request, handler = std::move(handler)](
                  const CallPtr& call, const std::string& bytes,
                  const StreamSinkPtr& sink) {
        absl::StatusOr<MessagePtr> message = Admit(call, request, bytes);
        // Read before the message is moved: arguments have no order.
        absl::StatusOr<Served> served = Served();
        if (!message.ok()) served = message.status();
        Log(call, std::move(served),
            [call, sink, message = std::move(message),
             handler](absl::StatusOr<std::string> admitted) {
              if (!admitted.ok()) return sink->Finish(admitted.status());
              handler(call, **message, sink);
            });
      });
}

void Pipeline::Log(const CallPtr& call, absl::StatusOr<Served> served,
                   base::Done<std::string> done) const {
  model::v1::Access entry;
  const absl::Time now = options_.engine.clock().Now();
  entry.mutable_access_time()->set_seconds(absl::ToUnixSeconds(now));
  *entry.mutable_actor() = call->actor;
  entry.set_method(call->method);
  entry.set_code(static_cast<int32_t>(served.status().code()));
  auto durability = engine::AccessLog::Durability::kLater;
  if (served.ok()) {
    for (const std::string& resource : served->resources) {
      entry.add_resources(resource);
    }
    served->classes.ForEach(
        [&entry](model::v1::DataClass one) { entry.add_classes(one); });
    if (!served->classes.And(kTraceFirst).empty()) {
      durability = engine::AccessLog::Durability::kWait;
    }
  }
  options_.engine.access_log().Record(
      entry, durability,
      [served = std::move(served),
       done = std::move(done)](absl::Status logged) mutable {
        if (!served.ok()) {
          std::move(done)(Presentable(served.status()));
        } else if (!logged.ok()) {
          std::move(done)(Presentable(logged));
        } else {
          std::move(done)(std::move(served->bytes));
        }
      });
}

}  // namespace careroute::api
