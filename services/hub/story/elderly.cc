#include "services/hub/story/elderly.h"

namespace careroute::services {

Human InLeninskKuznetsky(Human human) {
  human.region = "RU-DEMO-KEM";
  human.district = "leninsk-kuznetsky";
  human.settlement = "leninsk-kuznetsky";
  return human;
}

model::v1::Consent ToAllOfCare(const Teller& teller, const std::string& by) {
  return ConsentOf(
      {.by = by,
       .purpose = "long-term-care",
       .to_kinds = {model::v1::AGENCY_KIND_SOCIAL, model::v1::AGENCY_KIND_NGO,
                    model::v1::AGENCY_KIND_COORDINATION,
                    model::v1::AGENCY_KIND_HEALTH},
       .day = teller.Day()});
}

}  // namespace careroute::services
