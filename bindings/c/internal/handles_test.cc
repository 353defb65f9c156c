#include "bindings/c/internal/handles.h"

#include <string>

#include "bindings/c/internal/hub.h"
#include "bindings/c/internal/world.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::bindings {
namespace {

using ::testing::HasSubstr;

class NoWatch final : public Watch {
 public:
  [[nodiscard]] Answered Next(absl::Duration) override {
    return {.reply = std::string()};
  }
  [[nodiscard]] Answered NextStart(Answer answer) override {
    answer.Release();
    return {.reply = std::string()};
  }
  [[nodiscard]] absl::Status Cancel() override {
    if (busy) return absl::FailedPreconditionError("busy");
    return absl::OkStatus();
  }
  bool busy = false;
};

std::string MessageOf(careroute_watch* handle) {
  return std::string(FindHandle<Watch>(handle).status().message());
}

TEST(Handles, AreFoundUntilTheyAreTakenAndNeverGivenTwice) {
  careroute_watch* const first = AddHandle<Watch>(std::make_shared<NoWatch>());
  ASSERT_TRUE(FindHandle<Watch>(first).ok());
  EXPECT_TRUE(TakeHandle<Watch>(first).ok());
  careroute_watch* const second = AddHandle<Watch>(std::make_shared<NoWatch>());
  EXPECT_NE(first, second);
  EXPECT_TRUE(absl::IsFailedPrecondition(FindHandle<Watch>(first).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(TakeHandle<Watch>(first).status()));
  EXPECT_TRUE(TakeHandle<Watch>(second).ok());
}

TEST(Handles, OfAWatchWhoseWorldIsBusyStaysToBeClosed) {
  const auto watch = std::make_shared<NoWatch>();
  careroute_watch* const handle = AddHandle<Watch>(watch);
  watch->busy = true;
  EXPECT_EQ(careroute_watch_cancel(handle, nullptr),
            CAREROUTE_FAILED_PRECONDITION);
  EXPECT_EQ(careroute_watch_close(handle, nullptr),
            CAREROUTE_FAILED_PRECONDITION);
  watch->busy = false;
  EXPECT_EQ(careroute_watch_close(handle, nullptr), CAREROUTE_OK);
  EXPECT_FALSE(FindHandle<Watch>(handle).ok());
}

// As a program ends, whose other threads may close what is taken here.
TEST(Handles, AreTakenOnceAlsoWhenAllAre) {
  HandleTable table(HandleKind::kWatch, /*generation=*/0);
  const uint64_t open = table.Add(std::make_shared<NoWatch>());
  const uint64_t closed = table.Add(std::make_shared<NoWatch>());
  EXPECT_TRUE(table.Take(closed).ok());
  EXPECT_EQ(table.TakeAll().size(), 1U);
  EXPECT_TRUE(absl::IsFailedPrecondition(table.Take(open).status()));
  EXPECT_TRUE(table.TakeAll().empty());
}

TEST(Handles, SayWhatIsWrongWithAnother) {
  EXPECT_THAT(MessageOf(nullptr), HasSubstr("watch: is null"));
  EXPECT_THAT(MessageOf(reinterpret_cast<careroute_watch*>(1001)),
              HasSubstr("watch: is a handle of hub"));
  EXPECT_THAT(MessageOf(reinterpret_cast<careroute_watch*>(4000)),
              HasSubstr("watch: is a handle of nothing of this library"));
  EXPECT_THAT(
      MessageOf(reinterpret_cast<careroute_watch*>((uint64_t{1} << 40) | 2)),
      HasSubstr("watch: was never opened"));
}

}  // namespace
}  // namespace careroute::bindings
