#include "services/hub/story/contact.h"

#include "careroute/api/v1/case_course_messages.pb.h"

namespace careroute::services {

void IsRungUp(const FamilyCase& family, const Who& coordinator) {
  command::v1::RecordContact contact;
  contact.set_mode(model::v1::CONTACT_MODE_TELEPHONE);
  family.Ask<api::v1::RecordContactResponse, api::v1::RecordContactRequest>(
      coordinator, "CaseService.RecordContact", contact);
}

}  // namespace careroute::services
