// The door between a caller and a table of handlers made by hand: what gets
// through, what comes back, what is left behind.

#include "services/grpc/door.h"

#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/message.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/base/real_clock.h"
#include "services/client/client.h"

namespace careroute::services {
namespace {

using api::CallPtr;
using api::StreamSinkPtr;

using testing::Pair;
using testing::UnorderedElementsAre;

constexpr char kUnary[] = "careroute.api.v1.CaseService.GetCase";
constexpr char kStream[] = "careroute.api.v1.CaseService.WatchCase";
constexpr absl::Duration kSoon = absl::Seconds(30);

using Reply = api::v1::GetCaseResponse;
using Message = api::v1::WatchCaseResponse;

// A door over two methods, both as the test makes them.
struct Bench {
  api::MethodTable table;
  std::unique_ptr<GrpcDoor> door;

  // Set before Start.
  api::UnaryHandler unary = [](const CallPtr&, const std::string&,
                               base::Done<std::string> done) {
    std::move(done)(std::string());
  };
  api::StreamHandler stream = [](const CallPtr&, const std::string&,
                                 const StreamSinkPtr& sink) {
    sink->Finish(absl::OkStatus());
  };

  void Start() {
    table.AddUnary(kUnary, unary);
    table.AddStream(kStream, stream);
    door = std::make_unique<GrpcDoor>(
        table, GrpcDoor::Options{.address = "127.0.0.1:0"});
    const absl::Status started = door->Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  void Stop() const { door->Stop(base::RealClock().Now() + kSoon); }

  [[nodiscard]] std::string Address() const {
    return absl::StrCat("127.0.0.1:", door->port());
  }

  [[nodiscard]] Client NewClient() const {
    model::v1::Actor actor;
    actor.set_organisation("organisations/clinic");
    actor.set_member("organisations/clinic/members/nurse");
    actor.set_role(model::v1::ACTOR_ROLE_PERFORMER);
    actor.set_purpose("care");
    return Client({.address = Address(), .actor = actor, .timeout = kSoon});
  }

  [[nodiscard]] absl::StatusOr<Reply> Call(
      const api::v1::GetCaseRequest& request = {}) const {
    return NewClient().Call<Reply>(kUnary, request);
  }
};

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

TEST(GrpcDoor, OpensNoAddressThatOthersReach) {
  const api::MethodTable table;
  GrpcDoor door(table, {.address = "0.0.0.0:0"});
  EXPECT_TRUE(absl::IsInvalidArgument(door.Start()));
}

TEST(GrpcDoor, SharesItsPortWithNobody) {
  Bench bench;
  bench.Start();
  const api::MethodTable table;
  GrpcDoor second(table, {.address = bench.Address()});
  EXPECT_TRUE(absl::IsUnavailable(second.Start()));
}

TEST(GrpcDoor, PassesBytesMethodActorAndDeadline) {
  Bench bench;
  api::v1::GetCaseRequest seen;
  std::vector<std::pair<std::string, std::string>> metadata;
  absl::Time deadline;
  std::string method;
  bench.unary = [&](const CallPtr& call, const std::string& bytes,
                    base::Done<std::string> done) {
    metadata = call->metadata;
    deadline = call->deadline;
    method = call->method;
    EXPECT_TRUE(seen.ParseFromString(bytes));
    Reply reply;
    reply.mutable_case_()->set_name("cases/1");
    std::move(done)(reply.SerializeAsString());
  };
  bench.Start();
  api::v1::GetCaseRequest request;
  request.set_name("cases/1");
  const absl::Time before = base::RealClock().Now();
  const absl::StatusOr<Reply> reply = bench.Call(request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->case_().name(), "cases/1");
  EXPECT_EQ(seen.name(), "cases/1");
  EXPECT_EQ(method, kUnary);
  EXPECT_GE(deadline, before + kSoon - absl::Seconds(1));
  EXPECT_LE(deadline, base::RealClock().Now() + kSoon + absl::Seconds(1));
  EXPECT_THAT(
      metadata,
      UnorderedElementsAre(
          Pair("careroute-organisation", "organisations/clinic"),
          Pair("careroute-member", "organisations/clinic/members/nurse"),
          Pair("careroute-role", "performer"),
          Pair("careroute-purpose", "care")));
}

TEST(GrpcDoor, CarriesARefusalWhole) {
  Bench bench;
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_GUARD_UNMET);
  refusal.set_message("согласие ещё не дано");
  refusal.add_missing()->set_what("consent");
  bench.unary = [refusal](const CallPtr&, const std::string&,
                          base::Done<std::string> done) {
    std::move(done)(api::RefusalStatus(refusal));
  };
  bench.Start();
  const absl::Status status = bench.Call().status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  const auto carried = api::RefusalOf(status);
  ASSERT_TRUE(carried.has_value());
  EXPECT_EQ(carried->SerializeAsString(), refusal.SerializeAsString());
}

TEST(GrpcDoor, CarriesEveryProblemOfARequest) {
  Bench bench;
  bench.unary = [](const CallPtr&, const std::string&,
                   base::Done<std::string> done) {
    base::Problems problems;
    for (int i = 0; i < 20; ++i) {
      problems.Error(absl::StrCat("facts[", i, "].value"), "REQUIRED",
                     "is missing", "say what it is");
    }
    std::move(done)(api::ProblemsStatus(problems));
  };
  bench.Start();
  const auto refusal = api::RefusalOf(bench.Call().status());
  ASSERT_TRUE(refusal.has_value());
  ASSERT_EQ(refusal->problems_size(), 20);
  EXPECT_EQ(refusal->problems(19).path(), "facts[19].value");
}

TEST(GrpcDoor, RefusesAMessageThatIsTooLarge) {
  Bench bench;
  bench.Start();
  api::v1::GetCaseRequest request;
  request.set_name(std::string(api::kRequestBytesMax + 1, 'x'));
  EXPECT_TRUE(absl::IsResourceExhausted(bench.Call(request).status()));
  request.set_name(std::string(api::kRequestBytesMax / 2, 'x'));
  EXPECT_TRUE(bench.Call(request).ok());
}

TEST(GrpcDoor, AnswersUnimplementedForWhatTheTableDoesNotServe) {
  Bench bench;
  bench.Start();
  EXPECT_TRUE(absl::IsUnimplemented(
      bench.NewClient()
          .Call<Reply>("careroute.api.v1.CaseService.ListCases", Reply())
          .status()));
}

TEST(GrpcDoor, TellsAHandlerThatItsCallerWaitsNoLonger) {
  Bench bench;
  CallPtr seen;
  base::Done<std::string> late;
  std::latch running(1);
  bench.unary = [&](const CallPtr& call, const std::string&,
                    base::Done<std::string> done) {
    seen = call;
    late = std::move(done);
    running.count_down();
  };
  bench.Start();
  grpc::GenericStub stub(
      grpc::CreateChannel(bench.Address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::Status status;
  // Whoever waits for the answer also moves the call along.
  std::thread caller([&] {
    grpc::CompletionQueue queue;
    const auto call =
        stub.PrepareUnaryCall(&context, "/careroute.api.v1.CaseService/GetCase",
                              BufferOf(""), &queue);
    call->StartCall();
    grpc::ByteBuffer answer;
    call->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
  });
  running.wait();
  context.TryCancel();
  caller.join();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED);
  seen->cancelled.wait(false);
  EXPECT_FALSE(seen->expired) << "it went long before any deadline";
  // The handler may answer all the same, once.
  std::move(late)(std::string("too late"));
  bench.Stop();
}

// What a watch holds until its caller goes.
struct Held {
  StreamSinkPtr sink;
};

TEST(GrpcDoor, FreesWhatAWatchHeldWhenItsCallerGoes) {
  Bench bench;
  std::weak_ptr<Held> held;
  std::latch gone(1);
  absl::Status written;
  bench.stream = [&](const CallPtr&, const std::string&,
                     const StreamSinkPtr& sink) {
    auto holds = std::make_shared<Held>(Held{.sink = sink});
    held = holds;
    sink->OnCancel([&, holds] {
      holds->sink->Write("", [&](absl::Status status) { written = status; });
      holds->sink->Finish(absl::CancelledError("gone"));
      gone.count_down();
    });
    sink->Write("", [](const absl::Status&) {});
  };
  bench.Start();
  int messages = 0;
  EXPECT_TRUE(bench.NewClient()
                  .Watch<Message>(kStream, Message(),
                                  [&](const Message&) {
                                    ++messages;
                                    return false;
                                  })
                  .ok());
  gone.wait();
  bench.Stop();
  EXPECT_EQ(messages, 1);
  EXPECT_TRUE(absl::IsCancelled(written)) << written;
  EXPECT_TRUE(held.expired());
}

TEST(GrpcDoor, FreesWhatAWatchHeldWhenItEndsByItself) {
  Bench bench;
  std::weak_ptr<Held> held;
  bench.stream = [&](const CallPtr&, const std::string&,
                     const StreamSinkPtr& sink) {
    auto holds = std::make_shared<Held>(Held{.sink = sink});
    held = holds;
    sink->OnCancel([holds] { holds->sink->Finish(absl::OkStatus()); });
    sink->Finish(absl::NotFoundError("the case is erased"));
  };
  bench.Start();
  EXPECT_TRUE(absl::IsNotFound(bench.NewClient().Watch<Message>(
      kStream, Message(), [](const Message&) { return true; })));
  bench.Stop();
  EXPECT_TRUE(held.expired());
}

TEST(GrpcDoor, EndsWatchesAtOnceWhenItStops) {
  Bench bench;
  std::latch watching(1);
  bench.stream = [&](const CallPtr&, const std::string&,
                     const StreamSinkPtr& sink) {
    sink->OnCancel([sink] { sink->Finish(absl::CancelledError("gone")); });
    watching.count_down();
  };
  bench.Start();
  absl::Status ended;
  std::thread watcher([&] {
    ended = bench.NewClient().Watch<Message>(
        kStream, Message(), [](const Message&) { return true; });
  });
  watching.wait();
  bench.Stop();
  watcher.join();
  EXPECT_TRUE(absl::IsUnavailable(ended)) << ended;
  const auto refusal = api::RefusalOf(ended);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason(), model::v1::ERROR_REASON_DRAINING);
}

TEST(GrpcDoor, WaitsForACallThatRunsAndRefusesTheNextWithTheReason) {
  Bench bench;
  std::latch running(1);
  base::Done<std::string> answer;
  bench.unary = [&](const CallPtr&, const std::string&,
                    base::Done<std::string> done) {
    answer = std::move(done);
    running.count_down();
  };
  bench.Start();
  const Client second = bench.NewClient();
  absl::Status first_ended;
  std::thread first([&] { first_ended = bench.Call().status(); });
  running.wait();
  std::thread stopper([&] { bench.Stop(); });
  // The bench's streams end well until the door drains.
  absl::Status refused;
  do {
    refused = bench.NewClient().Watch<Message>(
        kStream, Message(), [](const Message&) { return true; });
  } while (refused.ok());
  const absl::Status late =
      second.Call<Reply>(kUnary, api::v1::GetCaseRequest()).status();
  std::move(answer)(std::string());
  first.join();
  stopper.join();
  EXPECT_TRUE(first_ended.ok()) << first_ended;
  for (const absl::Status& status : {refused, late}) {
    EXPECT_TRUE(absl::IsUnavailable(status)) << status;
    const auto refusal = api::RefusalOf(status);
    ASSERT_TRUE(refusal.has_value()) << status;
    EXPECT_EQ(refusal->reason(), model::v1::ERROR_REASON_DRAINING);
  }
}

// --- Health and reflection, as any tool asks ---------------------------------

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(buffer.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// One request to a method nobody generated a stub of, and its answer.
std::string Ask(const std::string& address, const std::string& path,
                const std::string& request) {
  grpc::GenericStub stub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  void* tag = nullptr;
  bool ok = false;
  const auto call = stub.PrepareCall(&context, path, &queue);
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  call->Write(BufferOf(request), nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  queue.Next(&tag, &ok);
  const std::string bytes = ok ? BytesOf(answer) : "";
  context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  return bytes;
}

TEST(GrpcDoor, SaysThatItServes) {
  Bench bench;
  bench.Start();
  // HealthCheckResponse{status: SERVING}
  EXPECT_EQ(Ask(bench.Address(), "/grpc.health.v1.Health/Check", ""),
            "\x08\x01");
}

// The answer to a ServerReflectionRequest, as text.
std::string Reflect(const std::string& address, const std::string& request) {
  const std::string answer = Ask(
      address, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      request);
  using google::protobuf::DescriptorPool;
  using google::protobuf::MessageFactory;
  const auto* type = DescriptorPool::generated_pool()->FindMessageTypeByName(
      "grpc.reflection.v1alpha.ServerReflectionResponse");
  if (type == nullptr) return "";
  const std::unique_ptr<google::protobuf::Message> response(
      MessageFactory::generated_factory()->GetPrototype(type)->New());
  return response->ParseFromString(answer) ? response->ShortDebugString() : "";
}

TEST(GrpcDoor, DescribesByReflectionEvenWhatTheLibraryServes) {
  Bench bench;
  bench.Start();
  for (const std::string name :
       {"careroute.api.v1.CaseService", "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection"}) {
    // ServerReflectionRequest{file_containing_symbol: name}
    const std::string text = Reflect(
        bench.Address(),
        absl::StrCat("\x22", std::string(1, static_cast<char>(name.size())),
                     name));
    EXPECT_NE(text.find("file_descriptor_response"), std::string::npos)
        << name << ": " << text;
  }
}

TEST(GrpcDoor, ListsItsServicesByReflection) {
  Bench bench;
  bench.Start();
  // ServerReflectionRequest{list_services: "*"}
  const std::string text = Reflect(bench.Address(), "\x3a\x01*");
  for (const char* name :
       {"careroute.api.v1.CaseService", "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection"}) {
    EXPECT_NE(text.find(absl::StrCat("name: \"", name, "\"")),
              std::string::npos)
        << text;
  }
}

}  // namespace
}  // namespace careroute::services
