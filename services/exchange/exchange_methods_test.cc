#include "services/exchange/exchange_methods.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lib/api/status.h"

namespace careroute::services {
namespace {

using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;

constexpr char kDeliver[] = "careroute.exchange.v1.ExchangeService.Deliver";

class ExchangeMethodsTest : public testing::Test {
 protected:
  ExchangeMethodsTest() {
    AddExchangeMethods(
        table_, [this](const std::string& peer, const DeliverRequest& request,
                       base::Done<DeliverResponse> done) {
          taken_ = peer + " " + request.manifest();
          std::move(done)(answer_);
        });
  }

  absl::StatusOr<std::string> Ask(const std::string& peer,
                                  const std::string& bytes) {
    auto call = std::make_shared<api::Call>();
    call->method = kDeliver;
    call->peer_hub = peer;
    std::optional<absl::StatusOr<std::string>> reply;
    table_.Find(kDeliver)->unary(
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

TEST_F(ExchangeMethodsTest, PassesOnWhyABatchWasNotTaken) {
  answer_ = absl::UnavailableError("later");
  EXPECT_TRUE(absl::IsUnavailable(Ask("chita", Batch()).status()));
}

}  // namespace
}  // namespace careroute::services
