// Which failures pass by themselves, how long one waits, what is said of them.

#include "lib/engine/internal/undelivered.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/utf8.h"
#include "lib/store/outbox_store.h"

namespace careroute::engine::internal {
namespace {

model::v1::Refusal RefusalOf(model::v1::ErrorReason reason) {
  model::v1::Refusal refusal;
  refusal.set_reason(reason);
  refusal.set_message("the edition does not declare this id");
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("entry/linked");
  missing.set_mend("use an id of the edition");
  return refusal;
}

TEST(Undelivered, PassesByItselfWhenOnlyTheMomentWasBad) {
  const struct {
    absl::Status status;
    bool passes;
  } rows[] = {
      {absl::UnavailableError("the store is away"), true},
      {absl::AbortedError("others wrote"), true},
      {absl::ResourceExhaustedError("the queue is full"), true},
      {absl::DeadlineExceededError("too slow"), true},
      {absl::NotFoundError("no edition"), false},
      {absl::FailedPreconditionError("the claim is another's"), false},
      {absl::DataLossError("damaged"), false},
      {absl::InvalidArgumentError("no such field"), false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Because(row.status).passes, row.passes) << row.status;
  }
  EXPECT_TRUE(Because(RefusalOf(model::v1::ERROR_REASON_CONFLICT)).passes);
  for (const auto lasting :
       {model::v1::ERROR_REASON_NOT_DECLARED, model::v1::ERROR_REASON_AHEAD,
        model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
        model::v1::ERROR_REASON_WRONG_STATE}) {
    EXPECT_FALSE(Because(RefusalOf(lasting)).passes) << lasting;
  }
}

TEST(Undelivered, IsTriedAgainAfterTwiceAsLongUpToAnHour) {
  const Undelivered passing{.passes = true};
  const Undelivered lasting{.passes = false};
  const std::vector<absl::Duration> waits = {
      absl::Seconds(30), absl::Minutes(1),  absl::Minutes(2),
      absl::Minutes(4),  absl::Minutes(8),  absl::Minutes(16),
      absl::Minutes(32), absl::Minutes(60), absl::Minutes(60)};
  for (size_t i = 0; i < waits.size(); ++i) {
    const auto attempts = static_cast<int32_t>(i) + 1;
    EXPECT_EQ(TryAgainAfter(lasting, attempts), waits[i]) << attempts;
    EXPECT_EQ(TryAgainAfter(passing, attempts), absl::Seconds(30)) << attempts;
  }
  EXPECT_EQ(TryAgainAfter(lasting, INT32_MAX), absl::Hours(1));
}

TEST(Undelivered, SaysWhatIsMissingAndWhatWouldHelp) {
  EXPECT_EQ(
      At("cases/a", Because(RefusalOf(model::v1::ERROR_REASON_NOT_DECLARED)))
          .why,
      "cases/a: ERROR_REASON_NOT_DECLARED: the edition does not declare this "
      "id; entry/linked: use an id of the edition");
  EXPECT_EQ(Because(absl::NotFoundError("no edition; publish one")).why,
            "NOT_FOUND: no edition; publish one");
}

// Two bytes a letter, so that the limit falls into the middle of one.
TEST(Undelivered, FitsARowOfTheOutboxWithoutCuttingALetter) {
  std::string text = "x";
  while (text.size() < 2 * store::kProblemBytesMax) text += "ж";
  const Undelivered cut = At("cases/a", Because(absl::NotFoundError(text)));
  EXPECT_LE(cut.why.size(), store::kProblemBytesMax);
  EXPECT_GE(cut.why.size(), store::kProblemBytesMax - 1);
  EXPECT_TRUE(base::IsValidUtf8(cut.why));
}

}  // namespace
}  // namespace careroute::engine::internal
