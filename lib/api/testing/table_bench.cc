#include "lib/api/testing/table_bench.h"

#include <memory>
#include <optional>

#include "careroute/api/v1/directory_service.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/api/methods.h"
#include "lib/base/check.h"
#include "lib/engine/testing/test_files.h"
#include "lib/pathway/bind.h"

namespace careroute::api {

TableBench::TableBench(const ActorSource* actors)
    : pipeline_({.engine = engine_,
                 .actors = actors != nullptr ? *actors : development_,
                 .table = table_}) {
  AddAllMethods(pipeline_);
  bool ready = false;
  engine_.Start([&ready](absl::Status status) { ready = status.ok(); });
  executor_.RunReady();
  CAREROUTE_CHECK(ready);
}

TableBench::Metadata TableBench::Administrator() {
  return {{"careroute-organisation", "organisations/hub"},
          {"careroute-member", "organisations/hub/members/administrator"},
          {"careroute-role", "administrator"},
          {"careroute-purpose", "care"}};
}

void TableBench::Import(const std::string& directory) {
  calendars_ = engine::testing::LoadCalendars();
  v1::ImportDirectoryRequest request;
  request.set_request_id("00000000-0000-4000-8000-000000000001");
  CAREROUTE_CHECK(google::protobuf::TextFormat::ParseFromString(
      directory, request.mutable_directory()));
  const absl::StatusOr<std::string> imported =
      Ask("careroute.api.v1.DirectoryService.ImportDirectory",
          request.SerializeAsString(), Administrator());
  CAREROUTE_CHECK(imported.ok());
  v1::ImportDirectoryResponse response;
  CAREROUTE_CHECK(response.ParseFromString(*imported));
  CAREROUTE_CHECK(response.problems().empty());
}

void TableBench::Publish(const model::v1::Pathway& pathway) {
  engine::Editions::PublishRequest request{
      .bound = pathway::SerializeBound(pathway),
      .make_answer = [](const model::v1::PublishedEdition&) {
        return std::string();
      }};
  request.info.actor.set_member("organisations/hub/members/hub");
  bool published = false;
  engine_.editions().Publish(
      std::move(request), [&published](absl::StatusOr<engine::Reply> reply) {
        published = reply.ok() && !reply->refusal.has_value();
      });
  executor_.RunReady();
  CAREROUTE_CHECK(published);
}

absl::StatusOr<std::string> TableBench::Ask(const std::string& method,
                                            const std::string& bytes,
                                            const Metadata& caller) {
  auto call = std::make_shared<Call>();
  call->method = method;
  call->metadata = caller;
  return Ask(call, bytes);
}

absl::StatusOr<std::string> TableBench::Ask(const CallPtr& call,
                                            const std::string& bytes) {
  const Method* method = table_.Find(call->method);
  CAREROUTE_CHECK(method != nullptr && method->unary != nullptr);
  // Shared, so that an answer that comes too late finds its place.
  auto answers = std::make_shared<std::vector<absl::StatusOr<std::string>>>();
  method->unary(call, bytes, [answers](absl::StatusOr<std::string> reply) {
    answers->push_back(std::move(reply));
  });
  // Longer than the access log waits for company.
  executor_.RunUntil(clock_.Now() + absl::Seconds(1));
  if (answers->size() != 1) {
    return absl::InternalError("not answered exactly once");
  }
  return answers->front();
}

}  // namespace careroute::api
