// Who gets through a door with certificates, as whom, and for how long.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/base/mutex.h"
#include "lib/base/real_clock.h"
#include "services/client/client.h"
#include "services/grpc/door.h"
#include "services/tls/testing/certificate_files.h"

namespace careroute::services {
namespace {

using Clients = HubCertificates::Clients;
using Reply = api::v1::GetCaseResponse;

constexpr char kMethod[] = "careroute.api.v1.CaseService.GetCase";
constexpr absl::Duration kSoon = absl::Seconds(30);

// What the door told the handler of a call.
struct Told {
  std::string peer_hub;
  std::string subject;
  std::vector<std::string> authorization;
};

// The door of hub "khabarovsk", whose peer is "chita".
class TlsDoorTest : public testing::Test {
 protected:
  void Start(Clients clients = Clients::kMustPresent) {
    table_.AddUnary(kMethod, [this](const api::CallPtr& call,
                                    const std::string& /*request*/,
                                    base::Done<std::string> done) {
      {
        base::MutexLock lock(mutex_);
        told_ = {.peer_hub = call->peer_hub,
                 .subject = call->certificate_subject,
                 .authorization = call->authorization};
        ++reached_;
      }
      std::move(done)(std::string());
    });
    door_ = std::make_unique<GrpcDoor>(
        table_, GrpcDoor::Options{.address = "127.0.0.1:0",
                                  .certificates = certificates_.get(),
                                  .clients = clients,
                                  .peers = {"chita"}});
    const absl::Status started = door_->Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  void TearDown() override {
    if (door_ != nullptr) door_->Stop(base::RealClock().Now() + kSoon);
  }

  // Connects anew; trusts the authority of the hub's certificates.
  [[nodiscard]] Client NewClient(const IssuedCertificate& identity) {
    return NewClient(identity, files_.authority().certificate());
  }
  [[nodiscard]] Client NewClient(const IssuedCertificate& identity,
                                 const std::string& authorities) {
    model::v1::Actor actor;
    actor.set_purpose("care");
    return Client({.address = absl::StrCat("127.0.0.1:", door_->port()),
                   .tls = ClientTls{.authorities = authorities,
                                    .hub_id = "khabarovsk",
                                    .certificate = identity.certificate,
                                    .key = identity.key},
                   .actor = actor,
                   .timeout = kSoon});
  }

  static absl::Status Call(const Client& client) {
    return client.Call<Reply>(kMethod, api::v1::GetCaseRequest()).status();
  }

  // The identity never gets as far as a handler.
  void ExpectShutOut(const IssuedCertificate& identity) {
    const int before = reached();
    const absl::Status status = Call(NewClient(identity));
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(reached(), before);
  }

  Told told() {
    base::MutexLock lock(mutex_);
    return told_;
  }
  int reached() {
    base::MutexLock lock(mutex_);
    return reached_;
  }

  base::Mutex mutex_;
  Told told_ CAREROUTE_GUARDED_BY(mutex_);
  int reached_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  CertificateFiles files_{"khabarovsk"};
  std::unique_ptr<HubCertificates> certificates_ = files_.Open();
  api::MethodTable table_;
  std::unique_ptr<GrpcDoor> door_;
};

TEST_F(TlsDoorTest, KnowsAPeerByItsCertificate) {
  Start();
  const absl::Status called =
      Call(NewClient(files_.Issue({.common_name = "chita"})));
  ASSERT_TRUE(called.ok()) << called;
  EXPECT_EQ(told().peer_hub, "chita");
  EXPECT_EQ(told().subject,
            "CN=chita,O=careroute\\, for tests and demonstrations");
}

TEST_F(TlsDoorTest, PassesOnATokenOfWhoHasNoCertificate) {
  Start(Clients::kMayPresent);
  model::v1::Actor actor;
  actor.set_purpose("care");
  const Client client(
      {.address = absl::StrCat("127.0.0.1:", door_->port()),
       .tls = ClientTls{.authorities = files_.authority().certificate(),
                        .hub_id = "khabarovsk"},
       .token = "a.b.c",
       .actor = actor,
       .timeout = kSoon});
  const absl::Status called = Call(client);
  ASSERT_TRUE(called.ok()) << called;
  EXPECT_EQ(told().authorization, std::vector<std::string>{"Bearer a.b.c"});
  EXPECT_EQ(told().subject, "");
}

TEST_F(TlsDoorTest, TakesNobodyForAPeerWhoIsNotOne) {
  Start();
  const absl::Status called =
      Call(NewClient(files_.Issue({.common_name = "moscow"})));
  ASSERT_TRUE(called.ok()) << called;
  EXPECT_EQ(told().peer_hub, "");
  EXPECT_EQ(told().subject,
            "CN=moscow,O=careroute\\, for tests and demonstrations");
}

TEST_F(TlsDoorTest, ShutsOutWhoeverHasNoCertificate) {
  Start();
  ExpectShutOut({});
}

TEST_F(TlsDoorTest, LetsInWithoutANameWhereCertificatesAreOptional) {
  Start(Clients::kMayPresent);
  const absl::Status called = Call(NewClient({}));
  ASSERT_TRUE(called.ok()) << called;
  EXPECT_EQ(told().peer_hub, "");
  EXPECT_EQ(told().subject, "");
  const absl::Status named =
      Call(NewClient(files_.Issue({.common_name = "chita"})));
  ASSERT_TRUE(named.ok()) << named;
  EXPECT_EQ(told().peer_hub, "chita");
}

// Also where it need not have brought any.
TEST_F(TlsDoorTest, ShutsOutWhatAnotherAuthorityIssued) {
  Start(Clients::kMayPresent);
  DevelopmentAuthority impostor = CertificateFiles::NewAuthority();
  const absl::StatusOr<IssuedCertificate> forged =
      impostor.Issue({.common_name = "chita"});
  ASSERT_TRUE(forged.ok());
  ExpectShutOut(*forged);
}

TEST_F(TlsDoorTest, ShutsOutWhatRanOut) {
  Start();
  ExpectShutOut(files_.Issue({.common_name = "chita",
                              .from = -absl::Hours(2),
                              .until = -absl::Hours(1)}));
}

TEST_F(TlsDoorTest, ShutsOutWhatWasRevokedBefore) {
  const IssuedCertificate chita = files_.Issue({.common_name = "chita"});
  files_.Revoke({chita.serial});
  Start();
  ExpectShutOut(chita);
}

TEST_F(TlsDoorTest, RefusesOnAnOpenConnectionWhatIsRevokedMeanwhile) {
  Start();
  const IssuedCertificate chita = files_.Issue({.common_name = "chita"});
  const Client client = NewClient(chita);
  ASSERT_TRUE(Call(client).ok());
  files_.Revoke({chita.serial});
  const absl::Status refused = Call(client);
  EXPECT_TRUE(absl::IsUnauthenticated(refused)) << refused;
  const auto refusal = api::RefusalOf(refused);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->message_key(), "certificate_refused");
  ASSERT_EQ(refusal->missing_size(), 1);
  EXPECT_NE(refusal->missing(0).mend(), "");
  EXPECT_EQ(reached(), 1);
  ExpectShutOut(chita);
  // Nobody else is touched.
  EXPECT_TRUE(Call(NewClient(files_.Issue({.common_name = "chita"}))).ok());
}

// The new certificate comes from another authority, which the client alone
// trusts: so it gets through once the door presents the new one, not before.
TEST_F(TlsDoorTest, PresentsANewCertificateWithoutARestart) {
  Start();
  const IssuedCertificate chita = files_.Issue({.common_name = "chita"});
  DevelopmentAuthority next = CertificateFiles::NewAuthority();
  absl::StatusOr<IssuedCertificate> renewed =
      next.Issue({.common_name = "khabarovsk"});
  ASSERT_TRUE(renewed.ok());
  EXPECT_FALSE(Call(NewClient(chita, next.certificate())).ok());
  files_.PutOwn(*renewed);
  const base::RealClock clock;
  const absl::Time end = clock.Now() + kSoon;
  absl::Status called = absl::UnavailableError("not called yet");
  while (!called.ok() && clock.Now() < end) {
    called = Call(NewClient(chita, next.certificate()));
  }
  EXPECT_TRUE(called.ok()) << called;
}

TEST_F(TlsDoorTest, IsNotSpokenToInPlainText) {
  Start(Clients::kMayPresent);
  const Client plain(
      {.address = absl::StrCat("127.0.0.1:", door_->port()), .timeout = kSoon});
  EXPECT_FALSE(Call(plain).ok());
  EXPECT_EQ(reached(), 0);
}

// In development mode a hub is what it says, if it is a peer at all.
TEST_F(TlsDoorTest, TakesAPeerAtItsWordWithoutCertificates) {
  certificates_.reset();
  Start();
  const auto say = [this](const std::multimap<std::string, std::string>& said) {
    const std::shared_ptr<grpc::Channel> channel =
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", door_->port()),
                            grpc::InsecureChannelCredentials());
    grpc::ClientContext context;
    for (const auto& [key, value] : said) context.AddMetadata(key, value);
    context.set_deadline(absl::ToChronoTime(base::RealClock().Now() + kSoon));
    const grpc::internal::RpcMethod method(
        "/careroute.api.v1.CaseService/GetCase",
        grpc::internal::RpcMethod::NORMAL_RPC, channel);
    const api::v1::GetCaseRequest request;
    Reply reply;
    const grpc::Status status = grpc::internal::BlockingUnaryCall(
        channel.get(), method, &context, request, &reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return told().peer_hub;
  };
  EXPECT_EQ(say({{"careroute-hub", "chita"}}), "chita");
  EXPECT_EQ(say({{"careroute-hub", "moscow"}}), "");
  EXPECT_EQ(say({{"careroute-hub", "chita"}, {"careroute-hub", "chita"}}), "");
  EXPECT_EQ(say({}), "");
}

}  // namespace
}  // namespace careroute::services
