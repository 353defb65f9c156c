// What the events of a case tell of steps that are over.

#include "lib/engine/past_work.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PastWorkTest : public ::testing::Test {
 protected:
  std::vector<PastWork> Past() {
    const absl::StatusOr<CaseHistoryPage> page =
        bench_.Wait<CaseHistoryPage>([&](base::Done<CaseHistoryPage> done) {
          bench_.engine().cases().ReadHistory({.case_uid = uid_},
                                              std::move(done));
        });
    EXPECT_TRUE(page.ok() && !page->more);
    return PastWorkOf(page->events);
  }

  EngineBench bench_;
  const base::Uid uid_ = bench_.Open({});
};

TEST_F(PastWorkTest, TellsWhichLimitWasMissedAndWhy) {
  bench_.Advance(absl::Hours(24 * 7));
  bench_.RunDue();
  bench_.Do(uid_,
            "complete_step { occurrence: 1 outcome: 'needed' "
            "late_reason: 'the road was closed' }");
  EXPECT_TRUE(HasPastTroubles(*bench_.Read(uid_).state));
  const std::vector<PastWork> past = Past();
  ASSERT_THAT(past, SizeIs(1));
  EXPECT_EQ(past[0].occurrence.step, "intake");
  EXPECT_EQ(past[0].occurrence.number, 1);
  EXPECT_EQ(past[0].version, bench_.Read(uid_).version);
  EXPECT_EQ(past[0].late_reason, "the road was closed");
  ASSERT_THAT(past[0].missed, SizeIs(1));
  EXPECT_EQ(past[0].missed[0].limit, "in_time");
}

TEST_F(PastWorkTest, TellsNothingOfWhatWasInTime) {
  bench_.Do(uid_, "complete_step { occurrence: 1 outcome: 'needed' }");
  EXPECT_FALSE(HasPastTroubles(*bench_.Read(uid_).state));
  const std::vector<PastWork> past = Past();
  ASSERT_THAT(past, SizeIs(1));
  EXPECT_THAT(past[0].missed, IsEmpty());
  EXPECT_EQ(past[0].late_reason, "");
}

}  // namespace
}  // namespace careroute::engine
