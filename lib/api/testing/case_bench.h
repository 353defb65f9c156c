// lib/api/testing/case_bench.h: all methods, over an engine with cases.
//
// For what a caller reads of a case that is there already: the engine's bench
// makes it, without a request. For tests only, and for one thread.
//
//   CaseBench bench;
//   const base::Uid uid = bench.made().Open({});
//   bench.SpeakFor("office", model::v1::ACTOR_ROLE_PERFORMER);
//   bench.Ask<v1::GetRouteResponse>("CaseService.GetRoute", request);

#ifndef CAREROUTE_LIB_API_TESTING_CASE_BENCH_H_
#define CAREROUTE_LIB_API_TESTING_CASE_BENCH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/engine/peer_desk.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::api {

class CaseBench {
 public:
  // `peers` are the other hubs; null = there are none. Borrowed.
  explicit CaseBench(engine::PeerDesk* peers = nullptr);

  // What is given: organisations, editions, cases.
  [[nodiscard]] engine::testing::EngineBench& made() { return made_; }

  // Calls from now on are those of its deputy, in that role.
  void SpeakFor(const std::string& organisation, model::v1::ActorRole role);
  // Those of any member.
  void SpeakAs(const model::v1::Actor& actor) { speaker_.actor = actor; }
  [[nodiscard]] const model::v1::Actor& speaker() const {
    return speaker_.actor;
  }

  // What a door would be told when it refuses.
  absl::Status Refuse(const std::string& method,
                      const google::protobuf::Message& request) {
    return AskBytes(method, request.SerializeAsString()).status();
  }

  // A method of careroute.api.v1, which must answer.
  template <typename Response>
  Response Ask(const std::string& method,
               const google::protobuf::Message& request) {
    const absl::StatusOr<std::string> bytes =
        AskBytes(method, request.SerializeAsString());
    Response response;
    EXPECT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_TRUE(bytes.ok() && response.ParseFromString(*bytes));
    return response;
  }
  // The same, of a call that must fail: how.
  absl::Status AskInVain(const std::string& method,
                         const google::protobuf::Message& request) {
    const absl::StatusOr<std::string> bytes =
        AskBytes(method, request.SerializeAsString());
    EXPECT_FALSE(bytes.ok());
    return bytes.status();
  }

  // What a stream sends until it waits for something to happen; then the
  // caller goes.
  struct Watched {
    std::vector<std::string> messages;
    // OK = it would have gone on.
    absl::Status ended;
  };
  Watched Watch(const std::string& method,
                const google::protobuf::Message& request);

  // The same, which must be refused.
  model::v1::Refusal AskRefused(const std::string& method,
                                const google::protobuf::Message& request);

  // How a call ends whose caller goes as soon as it was let in.
  absl::Status AskAndGo(const std::string& method,
                        const google::protobuf::Message& request);

 private:
  // Whoever the test says.
  class Speaker final : public ActorSource {
   public:
    [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
        const Call&) const override {
      return actor;
    }

    model::v1::Actor actor;
  };

  enum class Caller { kWaits, kGoes };
  [[nodiscard]] absl::StatusOr<std::string> AskBytes(
      const std::string& method, const std::string& bytes,
      Caller caller = Caller::kWaits);

  engine::testing::EngineBench made_;
  Speaker speaker_;
  MethodTable table_;
  Pipeline pipeline_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_TESTING_CASE_BENCH_H_
