// services/command/mock/courses.h: which course of a script a referral takes.
//
//   Courses courses(script);
//   const Chosen chosen = courses.Choose(referral);
//   if (chosen.course == nullptr) return;   // forgotten

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_COURSES_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_COURSES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/testing/v1/mock_script.pb.h"
#include "lib/base/random.h"

namespace careroute::services {

struct Chosen {
  std::string rule;  // empty = none fits
  // Of the script; null when no rule fits.
  const testing::v1::MockCourse* course = nullptr;
};

// Counts and draws: asked in another order, it answers otherwise. Not
// thread-safe. The script must outlive it.
class Courses {
 public:
  explicit Courses(const testing::v1::MockScript& script);

  // Once for each referral, in the order in which they come.
  [[nodiscard]] Chosen Choose(const model::v1::Referral& referral);

  // How long an act waits.
  [[nodiscard]] absl::Duration DelayOf(const testing::v1::MockAct& act);

 private:
  const testing::v1::MockScript& script_;
  base::SeededRandom random_;
  // How many referrals have come to each rule.
  std::vector<int32_t> counts_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_COURSES_H_
