// Batches between a transport and the door of another hub.

#include "services/exchange/grpc_transport.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/real_clock.h"
#include "services/core/await.h"
#include "services/grpc/door.h"
#include "services/tls/testing/certificate_files.h"

namespace careroute::services {
namespace {

using exchange::v1::CompareRequest;
using exchange::v1::CompareResponse;
using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;

constexpr char kDeliver[] = "careroute.exchange.v1.ExchangeService.Deliver";
constexpr char kCompare[] = "careroute.exchange.v1.ExchangeService.Compare";
constexpr absl::Duration kSoon = absl::Seconds(30);

// The door of hub "chita", whose peer is "khabarovsk".
class Receiving {
 public:
  // Null = in plain text.
  explicit Receiving(const HubCertificates* certificates,
                     const std::string& address = "127.0.0.1:0") {
    table_.AddUnary(kDeliver, [this](const api::CallPtr& call,
                                     const std::string& request,
                                     base::Done<std::string> done) {
      base::MutexLock lock(mutex_);
      ++reached_;
      from_ = call->peer_hub;
      EXPECT_TRUE(request_.ParseFromString(request));
      if (hold_) {
        held_ = std::move(done);
        came_.NotifyAll();
        return;
      }
      DeliverResponse response;
      response.set_receipt(absl::StrCat("receipt of ", request_.manifest()));
      std::move(done)(response.SerializeAsString());
    });
    table_.AddUnary(kCompare,
                    [](const api::CallPtr& call, const std::string& request,
                       base::Done<std::string> done) {
                      CompareRequest asked;
                      EXPECT_TRUE(asked.ParseFromString(request));
                      EXPECT_EQ(asked.from_hub(), call->peer_hub);
                      CompareResponse response;
                      response.set_epoch(asked.epoch() + 1);
                      std::move(done)(response.SerializeAsString());
                    });
    door_ = std::make_unique<GrpcDoor>(
        table_, GrpcDoor::Options{.address = address,
                                  .certificates = certificates,
                                  .peers = {"khabarovsk"}});
    const absl::Status started = door_->Start();
    EXPECT_TRUE(started.ok()) << started;
  }
  ~Receiving() { door_->Stop(base::RealClock().Now() + kSoon); }

  [[nodiscard]] std::string Address() const {
    return absl::StrCat("127.0.0.1:", door_->port());
  }
  int reached() {
    base::MutexLock lock(mutex_);
    return reached_;
  }
  std::string from() {
    base::MutexLock lock(mutex_);
    return from_;
  }
  // Answers nothing from now on, until Answer.
  void Hold() {
    base::MutexLock lock(mutex_);
    hold_ = true;
  }
  void WaitForACall() {
    base::MutexLock lock(mutex_);
    while (held_ == nullptr) came_.Wait(mutex_);
  }
  void Answer() {
    base::Done<std::string> held;
    {
      base::MutexLock lock(mutex_);
      held = std::move(held_);
      held_ = nullptr;
    }
    std::move(held)(std::string());
  }

 private:
  base::Mutex mutex_;
  base::CondVar came_;
  DeliverRequest request_ CAREROUTE_GUARDED_BY(mutex_);
  std::string from_ CAREROUTE_GUARDED_BY(mutex_);
  int reached_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool hold_ CAREROUTE_GUARDED_BY(mutex_) = false;
  base::Done<std::string> held_ CAREROUTE_GUARDED_BY(mutex_);
  api::MethodTable table_;
  std::unique_ptr<GrpcDoor> door_;
};

class GrpcTransportTest : public testing::Test {
 protected:
  // Hub "khabarovsk", which knows its peer by this address.
  std::unique_ptr<GrpcTransport> NewTransport(
      const std::string& address, const HubCertificates* certificates) {
    return std::make_unique<GrpcTransport>(
        GrpcTransport::Options{.hub_id = "khabarovsk",
                               .peers = {{"chita", address}},
                               .certificates = certificates,
                               .clock = clock_});
  }

  absl::StatusOr<DeliverResponse> Deliver(GrpcTransport& transport,
                                          const std::string& peer = "chita") {
    DeliverRequest request;
    request.set_manifest("batch 1");
    return Await<DeliverResponse>([&](base::Done<DeliverResponse> done) {
      transport.Deliver(peer, request, clock_.Now() + kSoon, std::move(done));
    });
  }

  // Its peer was there, took a batch, and is gone.
  std::unique_ptr<GrpcTransport> LeftAlone(std::string& address) {
    Receiving chita(nullptr);
    address = chita.Address();
    auto transport = NewTransport(address, nullptr);
    EXPECT_TRUE(Deliver(*transport).ok());
    return transport;
  }

  // By another clock than the machine's, as in a sandbox.
  const base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  CertificateFiles here_{"khabarovsk"};
  CertificateFiles there_{"chita", &here_.authority()};
};

TEST_F(GrpcTransportTest, BringsABatchOverAndItsReceiptBack) {
  const auto ours = here_.Open();
  const auto theirs = there_.Open();
  Receiving chita(theirs.get());
  const auto transport = NewTransport(chita.Address(), ours.get());
  const absl::StatusOr<DeliverResponse> response = Deliver(*transport);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->receipt(), "receipt of batch 1");
  EXPECT_EQ(chita.from(), "khabarovsk");
}

TEST_F(GrpcTransportTest, BringsAComparisonOverAndItsAnswerBack) {
  const auto ours = here_.Open();
  const auto theirs = there_.Open();
  Receiving chita(theirs.get());
  const auto transport = NewTransport(chita.Address(), ours.get());
  CompareRequest request;
  request.set_from_hub("khabarovsk");
  request.set_epoch(2);
  const auto response =
      Await<CompareResponse>([&](base::Done<CompareResponse> done) {
        transport->Compare("chita", request, clock_.Now() + kSoon,
                           std::move(done));
      });
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->epoch(), 3);
  EXPECT_EQ(chita.reached(), 0) << "it brings no batch";
}

TEST_F(GrpcTransportTest, TellsNothingToAHubOfAnotherName) {
  const auto ours = here_.Open();
  CertificateFiles files("moscow", &here_.authority());
  const auto theirs = files.Open();
  Receiving moscow(theirs.get());
  const auto transport = NewTransport(moscow.Address(), ours.get());
  EXPECT_TRUE(absl::IsUnavailable(Deliver(*transport).status()));
  EXPECT_EQ(moscow.reached(), 0);
}

TEST_F(GrpcTransportTest, TellsNothingToAHubOfAnotherAuthority) {
  const auto ours = here_.Open();
  CertificateFiles files("chita");
  const auto theirs = files.Open();
  Receiving impostor(theirs.get());
  const auto transport = NewTransport(impostor.Address(), ours.get());
  EXPECT_TRUE(absl::IsUnavailable(Deliver(*transport).status()));
  EXPECT_EQ(impostor.reached(), 0);
}

TEST_F(GrpcTransportTest, TellsNothingToAHubThatIsRevokedWhileConnected) {
  const auto ours = here_.Open();
  const IssuedCertificate chita = here_.Issue({.common_name = "chita"});
  there_.PutOwn(chita);
  const auto theirs = there_.Open();
  Receiving receiving(theirs.get());
  const auto transport = NewTransport(receiving.Address(), ours.get());
  const absl::Status before = Deliver(*transport).status();
  ASSERT_TRUE(before.ok()) << before;
  here_.Revoke({chita.serial});
  EXPECT_TRUE(absl::IsUnavailable(Deliver(*transport).status()));
  EXPECT_EQ(receiving.reached(), 1);
}

TEST_F(GrpcTransportTest, KnowsOnlyItsPeers) {
  const auto transport = NewTransport("127.0.0.1:1", nullptr);
  EXPECT_TRUE(absl::IsNotFound(Deliver(*transport, "moscow").status()));
}

TEST_F(GrpcTransportTest, SaysWhoItIsInDevelopmentMode) {
  Receiving chita(nullptr);
  const auto transport = NewTransport(chita.Address(), nullptr);
  const absl::Status delivered = Deliver(*transport).status();
  ASSERT_TRUE(delivered.ok()) << delivered;
  EXPECT_EQ(chita.from(), "khabarovsk");
}

TEST_F(GrpcTransportTest, FindsAPeerAgainThatWasGone) {
  std::string address;
  const auto transport = LeftAlone(address);
  EXPECT_TRUE(absl::IsUnavailable(Deliver(*transport).status()));
  Receiving chita(nullptr, address);
  const base::RealClock real_clock;
  const absl::Time end = real_clock.Now() + kSoon + kReconnectPauseMax;
  absl::Status delivered = absl::UnavailableError("not tried yet");
  while (!delivered.ok() && real_clock.Now() < end) {
    delivered = Deliver(*transport).status();
  }
  EXPECT_TRUE(delivered.ok()) << delivered;
}

TEST_F(GrpcTransportTest, TriesAPeerAtOnceThatIsSaidToBeThereAgain) {
  std::string address;
  const auto transport = LeftAlone(address);
  // From here on there is a pause before the next try.
  EXPECT_TRUE(absl::IsUnavailable(Deliver(*transport).status()));
  Receiving chita(nullptr, address);
  transport->Renew("chita");
  const absl::Status delivered = Deliver(*transport).status();
  EXPECT_TRUE(delivered.ok()) << delivered;
}

TEST_F(GrpcTransportTest, TellsNobodyAnythingOnceItHasStopped) {
  Receiving chita(nullptr);
  chita.Hold();
  const auto transport = NewTransport(chita.Address(), nullptr);
  std::atomic<bool> told{false};
  transport->Deliver(
      "chita", {}, clock_.Now() + kSoon,
      [&told](const absl::StatusOr<DeliverResponse>&) { told = true; });
  chita.WaitForACall();
  transport->Stop();
  EXPECT_TRUE(told.load());
  chita.Answer();
}

TEST_F(GrpcTransportTest, CancelsWhatIsUnderWayWhenItStops) {
  Receiving chita(nullptr);
  chita.Hold();
  const auto transport = NewTransport(chita.Address(), nullptr);
  const absl::StatusOr<DeliverResponse> response =
      Await<DeliverResponse>([&](base::Done<DeliverResponse> done) {
        transport->Deliver("chita", {}, clock_.Now() + kSoon, std::move(done));
        chita.WaitForACall();
        transport->Stop();
      });
  EXPECT_TRUE(absl::IsCancelled(response.status())) << response.status();
  EXPECT_TRUE(absl::IsCancelled(Deliver(*transport).status()));
  chita.Answer();
}

}  // namespace
}  // namespace careroute::services
