#include "services/hub/hub_exchange.h"

#include "gtest/gtest.h"

namespace careroute::services {
namespace {

TEST(UndeliveredAfterOf, IsWhatTheOperatorChoseAndThreeDaysOtherwise) {
  config::v1::HubConfig config;
  EXPECT_EQ(UndeliveredAfterOf(config), absl::Hours(72));
  config.set_undelivered_after_hours(5);
  EXPECT_EQ(UndeliveredAfterOf(config), absl::Hours(5));
}

}  // namespace
}  // namespace careroute::services
