// services/hub/story/care_package.h: the weekly package of long-term care, as
// the authorised body's system writes it: every service of the list in exactly
// one part.
//
//   With agreed = {.plan = Package({{.service = "feeding",
//                                    .minutes_a_week = 420,
//                                    .days_a_week = 7}},
//                                  {"haircut"})};

#ifndef CAREROUTE_SERVICES_HUB_STORY_CARE_PACKAGE_H_
#define CAREROUTE_SERVICES_HUB_STORY_CARE_PACKAGE_H_

#include <string>
#include <vector>

#include "careroute/model/v1/plan.pb.h"

namespace careroute::services {

struct GivenService {
  std::string service;
  int minutes_a_week = 0;
  int days_a_week = 0;
};

// What is given, what the family does, and all the rest as not needed.
[[nodiscard]] std::vector<model::v1::PlanLine> Package(
    const std::vector<GivenService>& given,
    const std::vector<std::string>& by_family);

// The same with a service forgotten.
[[nodiscard]] std::vector<model::v1::PlanLine> Without(
    const std::string& service, std::vector<model::v1::PlanLine> package);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_CARE_PACKAGE_H_
