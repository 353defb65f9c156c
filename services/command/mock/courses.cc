#include "services/command/mock/courses.h"

#include <algorithm>
#include <cstddef>

#include "google/protobuf/duration.pb.h"

namespace careroute::services {
namespace {

using model::v1::Referral;
using testing::v1::MockCourse;
using testing::v1::MockRule;

bool Fits(const MockRule& rule, const Referral& referral) {
  return (rule.pathway().empty() || rule.pathway() == referral.pathway()) &&
         (rule.step().empty() || rule.step() == referral.step()) &&
         (rule.service().empty() || rule.service() == referral.service());
}

bool Takes(const MockRule& rule, int32_t number) {
  const auto& nth = rule.nth();
  return nth.empty() || std::find(nth.begin(), nth.end(), number) != nth.end();
}

uint64_t WeightOf(const MockCourse& course) {
  return course.weight() > 0 ? static_cast<uint64_t>(course.weight()) : 1;
}

// ReadMockScript bounds it.
absl::Duration DurationOf(const google::protobuf::Duration& from) {
  return absl::Seconds(from.seconds()) + absl::Nanoseconds(from.nanos());
}

const MockCourse& Draw(const MockRule& rule, base::Random& random) {
  uint64_t all = 0;
  for (const MockCourse& one : rule.courses()) all += WeightOf(one);
  uint64_t left = random.Uniform(all);
  for (const MockCourse& one : rule.courses()) {
    if (left < WeightOf(one)) return one;
    left -= WeightOf(one);
  }
  return *rule.courses().rbegin();
}

}  // namespace

Courses::Courses(const testing::v1::MockScript& script)
    : script_(script),
      random_(static_cast<uint64_t>(script.seed())),
      counts_(static_cast<size_t>(script.rules_size()), 0) {}

Chosen Courses::Choose(const Referral& referral) {
  for (int i = 0; i < script_.rules_size(); ++i) {
    const MockRule& rule = script_.rules(i);
    if (!Fits(rule, referral)) continue;
    if (!Takes(rule, ++counts_[static_cast<size_t>(i)])) continue;
    return {.rule = rule.id(), .course = &Draw(rule, random_)};
  }
  return {};
}

absl::Duration Courses::DelayOf(const testing::v1::MockAct& act) {
  const absl::Duration delay = DurationOf(act.after());
  const int64_t jitter = absl::ToInt64Milliseconds(DurationOf(act.jitter()));
  if (jitter <= 0) return delay;
  return delay + absl::Milliseconds(static_cast<int64_t>(
                     random_.Uniform(static_cast<uint64_t>(jitter) + 1)));
}

}  // namespace careroute::services
