#include "services/exchange/exchange_methods.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lib/api/status.h"

namespace careroute::services {
namespace {

using exchange::v1::CompareRequest;
using exchange::v1::CompareResponse;
using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;

constexpr char kDeliver[] = "careroute.exchange.v1.ExchangeService.Deliver";
constexpr char kCompare[] = "careroute.exchange.v1.ExchangeService.Compare";

class StillClock final : public base::MonotonicClock {
 public:
  [[nodiscard]] absl::Duration Elapsed() const override {
    return absl::Hours(5);
  }
};

class ExchangeMethodsTest : public testing::Test {
 protected:
  ExchangeMethodsTest() {
    AddExchangeMethods(
        table_,
        {.deliver =
             [this](const std::string& peer, const DeliverRequest& request,
                    base::Done<DeliverResponse> done) {
               taken_ = peer + " " + request.manifest();
               std::move(done)(answer_);
             },
         .compare =
             [](const std::string& /*peer*/, const CompareRequest& request,
                base::Done<CompareResponse> done) {
               CompareResponse response;
               response.set_upto(request.after());
               std::move(done)(response);
             },
         .limits = &limits_});
  }

  absl::StatusOr<std::string> Ask(const std::string& peer,
                                  const std::string& bytes,
                                  const char* method = kDeliver) {
    auto call = std::make_shared<api::Call>();
    call->method = method;
    call->peer_hub = peer;
    std::optional<absl::StatusOr<std::string>> reply;
    table_.Find(method)->unary(
        call, bytes,
        [&reply](absl::StatusOr<std::string> got) { reply = std::move(got); });
    EXPECT_TRUE(reply.has_value());
    return reply.has_value() ? *reply : absl::InternalError("not answered");
  }

  static std::string Batch() {
    DeliverRequest request;
    request.set_manifest("batch");
    return request.SerializeAsString();
  }

  StillClock clock_;
  api::CallLimits limits_{{.clock = clock_, .calls_per_second = 3}};
  api::MethodTable table_;
  absl::StatusOr<DeliverResponse> answer_ = DeliverResponse();
  std::string taken_;
};

TEST_F(ExchangeMethodsTest, HandsOverThePeerAndItsBatch) {
  answer_->set_receipt("receipt");
  const auto reply = Ask("chita", Batch());
  ASSERT_TRUE(reply.ok()) << reply.status();
  DeliverResponse response;
  ASSERT_TRUE(response.ParseFromString(*reply));
  EXPECT_EQ(response.receipt(), "receipt");
  EXPECT_EQ(taken_, "chita batch");
}

TEST_F(ExchangeMethodsTest, TakesNothingFromWhoeverIsNoPeer) {
  const absl::Status refused = Ask("", Batch()).status();
  EXPECT_TRUE(absl::IsUnauthenticated(refused)) << refused;
  ASSERT_TRUE(api::RefusalOf(refused).has_value());
  EXPECT_EQ(api::RefusalOf(refused)->message_key(), "unknown_peer");
  ASSERT_EQ(api::RefusalOf(refused)->missing_size(), 1);
  EXPECT_NE(api::RefusalOf(refused)->missing(0).mend(), "");
  EXPECT_EQ(taken_, "");
}

TEST_F(ExchangeMethodsTest, TakesNothingThatIsNoBatch) {
  EXPECT_TRUE(absl::IsInvalidArgument(Ask("chita", "\xff\xff").status()));
  EXPECT_EQ(taken_, "");
}

TEST_F(ExchangeMethodsTest, AnswersAComparison) {
  CompareRequest request;
  request.set_after("0123456789abcdef");
  const auto reply = Ask("chita", request.SerializeAsString(), kCompare);
  ASSERT_TRUE(reply.ok()) << reply.status();
  CompareResponse response;
  ASSERT_TRUE(response.ParseFromString(*reply));
  EXPECT_EQ(response.upto(), "0123456789abcdef");
}

TEST_F(ExchangeMethodsTest, HoldsEachPeerToItsRate) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Ask("chita", Batch()).ok());
  const absl::Status refused = Ask("chita", "", kCompare).status();
  EXPECT_TRUE(absl::IsResourceExhausted(refused)) << refused;
  EXPECT_TRUE(Ask("khabarovsk", Batch()).ok());
}

TEST_F(ExchangeMethodsTest, PassesOnWhyABatchWasNotTaken) {
  answer_ = absl::UnavailableError("later");
  EXPECT_TRUE(absl::IsUnavailable(Ask("chita", Batch()).status()));
}

}  // namespace
}  // namespace careroute::services
