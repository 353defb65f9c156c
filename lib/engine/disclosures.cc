#include "lib/engine/disclosures.h"

#include <algorithm>
#include <vector>

#include "absl/time/civil_time.h"
#include "lib/access/data_class_set.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/local_day.h"

namespace careroute::engine {
namespace {

// Whether an organisation may be the performer described: its kind, and the
// service it must offer.
bool MayPerform(const pathway::Edition& edition,
                const casework::OrganisationFacts& organisation,
                const model::v1::Performer& performer, absl::CivilDay day) {
  if (performer.role().empty()) return true;
  const model::v1::Role* role = edition.FindRole(performer.role(), day);
  if (role == nullptr) return false;
  const bool kind =
      role->kind() == organisation.kind ||
      std::find(role->also_kinds().begin(), role->also_kinds().end(),
                static_cast<int>(organisation.kind)) !=
          role->also_kinds().end();
  const std::string& service =
      performer.service().empty() ? role->service() : performer.service();
  return kind &&
         (service.empty() ||
          std::find(organisation.services.begin(), organisation.services.end(),
                    service) != organisation.services.end());
}

access::DataClassSet EveryClass() {
  access::DataClassSet classes = access::DataClassSet::All();
  classes.Remove(model::v1::DATA_CLASS_ROUTE);
  return classes;
}

}  // namespace

absl::StatusOr<model::v1::Verdict> ExplainDisclosure(
    const CaseReading& reading, const DisclosureAsked& asked,
    const calendar::CalendarSet& calendars) {
  const model::v1::Step* step = reading.edition->FindStep(asked.step);
  if (step == nullptr) {
    return absl::NotFoundError("the pathway has no such step");
  }
  const auto receiver = reading.directory->facts.find(asked.receiver);
  if (receiver == reading.directory->facts.end()) {
    return absl::NotFoundError("the directory knows no such receiver");
  }
  const absl::string_view home =
      casework::OrganisationOf(reading.state->coordinator);
  const absl::CivilDay day =
      internal::LocalDay(calendars, *reading.directory,
                         std::string(home.data(), home.size()), asked.now);
  const std::string today = absl::FormatCivilTime(day);
  const casework::DisclosureQuestion question{
      .step = step,
      .consents = reading.state->consents,
      .receiver = asked.receiver,
      .receiver_kind = receiver->second.kind,
      .today = today,
      .classes = asked.classes.empty() ? EveryClass() : asked.classes,
      // Whether a way with a condition of its own is open is asked when the
      // referral is made; beforehand the answer is not known.
      .ask =
          [](const model::v1::Condition&) { return pathway::Tri::kUnknown; },
      .may_perform =
          [&](const model::v1::Performer& performer) {
            return MayPerform(*reading.edition, receiver->second, performer,
                              day);
          }};
  return casework::ExplainDisclosure(question, casework::CaseName(reading.uid));
}

}  // namespace careroute::engine
