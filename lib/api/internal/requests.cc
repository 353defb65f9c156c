#include "lib/api/internal/requests.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"
#include "lib/api/status.h"
#include "lib/base/check.h"

namespace careroute::api::internal {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* FindField(const Message& request, const char* name) {
  return request.GetDescriptor()->FindFieldByName(name);
}

}  // namespace

std::string StringField(const Message& request, const char* name) {
  const FieldDescriptor* field = FindField(request, name);
  return field == nullptr ? std::string()
                          : request.GetReflection()->GetString(request, field);
}

const Message& MessageField(const Message& request, const char* name) {
  const FieldDescriptor* field = FindField(request, name);
  CAREROUTE_CHECK(field != nullptr);
  return request.GetReflection()->GetMessage(request, field);
}

bool PutByType(const Message& command, Message& holder) {
  const google::protobuf::Descriptor& holds = *holder.GetDescriptor();
  for (int i = 0; i < holds.field_count(); ++i) {
    if (holds.field(i)->message_type() != command.GetDescriptor()) continue;
    holder.GetReflection()
        ->MutableMessage(&holder, holds.field(i))
        ->CopyFrom(command);
    return true;
  }
  return false;
}

std::string UuidBytes(absl::string_view uuid) {
  return absl::HexStringToBytes(absl::StrReplaceAll(uuid, {{"-", ""}}));
}

engine::RequestInfo InfoOf(const Call& call, const Message& request) {
  engine::RequestInfo info{.actor = call.actor, .body_hash = call.body_hash};
  info.request_id = UuidBytes(StringField(request, "request_id"));
  info.etag = StringField(request, "etag");
  const FieldDescriptor* validate = FindField(request, "validate_only");
  info.validate_only = validate != nullptr &&
                       request.GetReflection()->GetBool(request, validate);
  return info;
}

engine::RequestInfo InfoOfOneCommand(const CallPtr& call,
                                     const Message& request) {
  engine::RequestInfo info = InfoOf(*call, request);
  info.awaited = [call] { return AwaitedBy(*call); };
  return info;
}

void TakeTimes(const Message& request, command::v1::CaseCommand& command) {
  const FieldDescriptor* time = FindField(request, "happened_time");
  if (time != nullptr && request.GetReflection()->HasField(request, time)) {
    command.mutable_happened_time()->CopyFrom(
        request.GetReflection()->GetMessage(request, time));
  }
  const FieldDescriptor* word = FindField(request, "word_given");
  if (word != nullptr) {
    command.set_word_given(static_cast<model::v1::WordGiven>(
        request.GetReflection()->GetEnumValue(request, word)));
  }
}

absl::StatusOr<Served> ServedOf(absl::StatusOr<engine::Reply> reply,
                                std::vector<std::string> resources,
                                access::DataClassSet classes) {
  if (!reply.ok()) return reply.status();
  if (reply->refusal.has_value()) return RefusalStatus(*reply->refusal);
  return Served{.bytes = std::move(reply->answer),
                .resources = std::move(resources),
                .classes = classes};
}

}  // namespace careroute::api::internal
