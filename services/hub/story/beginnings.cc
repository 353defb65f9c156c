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

std::string RegisterMother(const Teller& teller, absl::string_view organisation,
                           Human mother) {
  return Register(teller, System(organisation), std::move(mother));
}

FamilyCase IsFound(const Teller& teller, absl::string_view organisation,
                   const Human& child) {
  const Who specialist = Specialist(organisation);
  FamilyCase family = FamilyCase::Report(
      teller, specialist, Coordinator(organisation), Need(child));
  family.Complete(specialist, "identify_and_record", "recorded");
  return family;
}

void IsInformed(const Teller& teller, const FamilyCase& family) {
  family.Complete(family.coordinator(), "inform_parents", "informed",
                  {.documents = {"provider-list"}, .on = teller.Day()});
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
                  {.documents = {"assessment-protocol"}, .on = teller.Day()});
  family.AddLines(specialist, lines);
  const std::string until = teller.Day(kProgrammeDays);
  With agreed = {.facts = {Dated("programme_until", until)},
                 .documents = {"programme", "contract"},
                 .on = teller.Day()};
  for (int line = 1; line <= lines; ++line) {
    agreed.facts.push_back(LineGives(line, kServices[line - 1]));
  }
  family.Complete(specialist, "programme", "agreed", agreed);
}

}  // namespace careroute::services
