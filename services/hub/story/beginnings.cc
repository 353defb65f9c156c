#include "services/hub/story/beginnings.h"

#include <utility>

namespace careroute::services {
namespace {

using model::v1::AGENCY_KIND_EDUCATION;
using model::v1::AGENCY_KIND_HEALTH;
using model::v1::AGENCY_KIND_NGO;
using model::v1::AGENCY_KIND_SOCIAL;

// What the lines of a programme give, in turn.
const char* const kServices[] = {"communication_and_speech", "mobility",
                                 "self_care"};

// A programme runs for almost a year.
constexpr int kProgrammeDays = 340;

// Weeks of pregnancy at birth, where nothing is told of it.
constexpr int kWeeks = 38;

}  // namespace

FamilyCase IsFound(const Teller& teller, absl::string_view organisation,
                   const Human& child) {
  const Who specialist = Specialist(organisation);
  FamilyCase family = FamilyCase::Report(
      teller, specialist, Coordinator(organisation), Need(child));
  family.Complete(specialist, "identify_and_record", "recorded");
  return family;
}

Found AreFound(const Teller& teller, absl::string_view organisation,
               const Human& mother, Human child) {
  std::string name = Register(teller, System(organisation), mother);
  child = ChildOf(mother, name, std::move(child));
  auto family =
      std::make_unique<FamilyCase>(IsFound(teller, organisation, child));
  return {.mother = std::move(name),
          .child = std::move(child),
          .family = std::move(family)};
}

void IsInformed(const FamilyCase& family) {
  family.Complete(family.coordinator(), "inform_parents", "informed",
                  {.documents = {"provider-list"}});
}

void Consents(const Teller& teller, const FamilyCase& family,
              const std::string& mother) {
  family.Complete(family.coordinator(), "consent", "given",
                  {.consent = ConsentOf(
                       {.by = mother,
                        .to_kinds = {AGENCY_KIND_SOCIAL, AGENCY_KIND_NGO,
                                     AGENCY_KIND_EDUCATION, AGENCY_KIND_HEALTH},
                        .day = teller.Day()})});
}

void IsTaken(const Teller& teller, const FamilyCase& family,
             const std::string& mother, const std::string& provider) {
  Consents(teller, family, mother);
  const std::string referral =
      family.Refer(family.coordinator(),
                   {.step = "issue_referral", .organisation = provider});
  family.Accept(Specialist(provider), referral);
  teller.Expect(family.IsLive("intake"), "the intake follows an acceptance");
}

void StartProgramme(const Teller& teller, const FamilyCase& family,
                    const std::string& provider, int lines) {
  const Who specialist = Specialist(provider);
  family.Complete(specialist, "intake", "needs_programme",
                  {.facts = {Counted("weeks_at_birth", kWeeks)}});
  family.Complete(specialist, "assessment", "assessed",
                  {.documents = {"assessment-protocol"}});
  family.Add(specialist, model::v1::SUBJECT_KIND_PLAN_LINE, lines);
  const std::string until = teller.Day(kProgrammeDays);
  With agreed = {.facts = {Dated("programme_until", until)},
                 .documents = {"programme", "contract"}};
  for (int line = 1; line <= lines; ++line) {
    agreed.facts.push_back(LineGives(line, kServices[line - 1]));
  }
  family.Complete(specialist, "programme", "agreed", agreed);
}

}  // namespace careroute::services
