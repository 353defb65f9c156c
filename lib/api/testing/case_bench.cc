#include "lib/api/testing/case_bench.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/api/methods.h"
#include "lib/api/status.h"
#include "lib/base/check.h"

namespace careroute::api {

namespace {

// Reads as fast as it is written to.
class Reader final : public StreamSink {
 public:
  void Write(std::string message, base::DoneStatus written) override {
    watched.messages.push_back(std::move(message));
    std::move(written)(absl::OkStatus());
  }
  void Finish(absl::Status status) override {
    if (gone_already_) return;
    watched.ended = std::move(status);
  }
  void OnCancel(absl::AnyInvocable<void()> gone) override {
    gone_ = std::move(gone);
  }
  void Go() {
    gone_already_ = true;
    // Given up with it: what waits for the caller holds the stream.
    absl::AnyInvocable<void()> gone = std::exchange(gone_, nullptr);
    if (gone) gone();
  }

  CaseBench::Watched watched;

 private:
  absl::AnyInvocable<void()> gone_;
  bool gone_already_ = false;
};

}  // namespace

CaseBench::CaseBench(engine::PeerDesk* peers)
    : pipeline_({.engine = made_.engine(),
                 .actors = speaker_,
                 .table = table_,
                 .peers = peers}) {
  AddAllMethods(pipeline_);
}

void CaseBench::SpeakFor(const std::string& organisation,
                         model::v1::ActorRole role) {
  speaker_.actor =
      engine::testing::EngineBench::Actor(organisation, "boris", role);
}

model::v1::Refusal CaseBench::AskRefused(
    const std::string& method, const google::protobuf::Message& request) {
  const absl::StatusOr<std::string> bytes =
      AskBytes(method, request.SerializeAsString());
  EXPECT_FALSE(bytes.ok()) << method << " was not refused";
  return RefusalOf(bytes.status()).value_or(model::v1::Refusal());
}

absl::Status CaseBench::AskAndGo(const std::string& method,
                                 const google::protobuf::Message& request) {
  return AskBytes(method, request.SerializeAsString(), Caller::kGoes).status();
}

absl::StatusOr<std::string> CaseBench::AskBytes(const std::string& method,
                                                const std::string& bytes,
                                                Caller caller) {
  auto call = std::make_shared<Call>();
  call->method = absl::StrCat("careroute.api.v1.", method);
  const Method* found = table_.Find(call->method);
  CAREROUTE_CHECK(found != nullptr && found->unary != nullptr);
  const auto answer = std::make_shared<absl::StatusOr<std::string>>(
      absl::InternalError("nobody answered"));
  found->unary(call, bytes, [answer](absl::StatusOr<std::string> reply) {
    *answer = std::move(reply);
  });
  call->cancelled = caller == Caller::kGoes;
  // Longer than the access log waits for company.
  made_.executor().RunUntil(made_.clock().Now() + absl::Seconds(1));
  return *answer;
}

CaseBench::Watched CaseBench::Watch(const std::string& method,
                                    const google::protobuf::Message& request) {
  auto call = std::make_shared<Call>();
  call->method = absl::StrCat("careroute.api.v1.", method);
  const Method* found = table_.Find(call->method);
  CAREROUTE_CHECK(found != nullptr && found->stream != nullptr);
  const auto reader = std::make_shared<Reader>();
  found->stream(call, request.SerializeAsString(), reader);
  made_.executor().RunUntil(made_.clock().Now() + absl::Seconds(1));
  reader->Go();
  made_.executor().RunReady();
  return reader->watched;
}

}  // namespace careroute::api
