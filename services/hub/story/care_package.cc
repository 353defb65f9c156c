#include "services/hub/story/care_package.h"

#include <set>

namespace careroute::services {
namespace {

using model::v1::PlanLine;

// The list of the pathway, "ltc-services".
constexpr const char* kServices[] = {"cooking",
                                     "help_with_cooking",
                                     "serving_food",
                                     "feeding",
                                     "help_with_serving_food",
                                     "help_with_eating",
                                     "help_with_drinking",
                                     "washing",
                                     "help_with_washing",
                                     "bathing_in_bed",
                                     "bathing",
                                     "help_with_bathing",
                                     "hygienic_wiping",
                                     "hair_washing",
                                     "hand_and_nail_care",
                                     "foot_and_nail_care",
                                     "haircut"};

PlanLine InPart(const std::string& service, const std::string& part) {
  PlanLine line;
  line.set_item(service);
  line.set_part(part);
  return line;
}

void AddQuantity(const std::string& of, int amount, PlanLine& line) {
  model::v1::PlanQuantity& quantity = *line.add_quantities();
  quantity.set_of(of);
  quantity.set_amount(amount);
}

}  // namespace

std::vector<PlanLine> Package(const std::vector<GivenService>& given,
                              const std::vector<std::string>& by_family) {
  std::vector<PlanLine> lines;
  std::set<std::string> named;
  for (const GivenService& one : given) {
    PlanLine line = InPart(one.service, "given");
    AddQuantity("minutes_per_week", one.minutes_a_week, line);
    AddQuantity("days_per_week", one.days_a_week, line);
    lines.push_back(line);
    named.insert(one.service);
  }
  for (const std::string& service : by_family) {
    lines.push_back(InPart(service, "by_family"));
    named.insert(service);
  }
  for (const char* service : kServices) {
    if (named.count(service) == 0) {
      lines.push_back(InPart(service, "not_needed"));
    }
  }
  return lines;
}

std::vector<PlanLine> Without(const std::string& service,
                              std::vector<PlanLine> package) {
  std::erase_if(package, [&service](const PlanLine& line) {
    return line.item() == service;
  });
  return package;
}

}  // namespace careroute::services
