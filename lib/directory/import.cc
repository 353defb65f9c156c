#include "lib/directory/import.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/directory/merge.h"

namespace careroute::directory {
namespace {

using model::v1::Member;
using model::v1::Organisation;
using model::v1::ServiceOffer;

bool IsMember(const Organisation& organisation, const std::string& name) {
  for (const Member& member : organisation.members()) {
    if (member.name() == name) return true;
  }
  return false;
}

void CheckPost(const Organisation& organisation, absl::string_view field,
               const std::string& holder, base::Problems& problems) {
  if (IsMember(organisation, holder)) return;
  problems.Error(field, "NOT_A_MEMBER", "names nobody of the organisation",
                 "name one of its members, and list that member");
}

// A day written YYYY-MM-DD sorts as it counts.
void CheckDates(const std::string& from, const std::string& to,
                base::Problems& problems) {
  if (!from.empty() && !to.empty() && to < from) {
    problems.Error("valid_to", "BEFORE_VALID_FROM", "lies before the first day",
                   "make it the first day or later, or leave it out");
  }
}

// A new case is given to them: who is no coordinator could not lead it.
void CheckDuty(const Organisation& organisation, absl::string_view field,
               const std::string& holder, base::Problems& problems) {
  for (const Member& member : organisation.members()) {
    if (member.name() == holder &&
        std::find(member.roles().begin(), member.roles().end(),
                  static_cast<int>(model::v1::ACTOR_ROLE_COORDINATOR)) ==
            member.roles().end()) {
      problems.Warning(field, "NO_COORDINATOR",
                       "names a member who is no coordinator",
                       "give the member the role, or name another one");
    }
  }
}

// A person's certificate would be a person's data, and is no proof of who sits
// at the machine that has it.
void CheckCertificates(const Member& member, base::Problems& problems) {
  if (member.certificate_subjects().empty() ||
      member.kind() == model::v1::MEMBER_KIND_SYSTEM) {
    return;
  }
  problems.Error("certificate_subjects", "NOT_A_SYSTEM",
                 "only a system calls with a certificate of its own",
                 "leave them out, or say kind: MEMBER_KIND_SYSTEM");
}

// Two issuers may each have a subject "17": only both parts name somebody.
void CheckTokens(const Member& member, base::Problems& problems) {
  for (int i = 0; i < member.token_subjects_size(); ++i) {
    const std::string& subject = member.token_subjects(i);
    const size_t mark = subject.find('#');
    if (mark != 0 && mark < subject.size() - 1) continue;
    problems.Error(absl::StrCat("token_subjects[", i, "]"), "NO_TOKEN_SUBJECT",
                   "does not name an issuer and a subject",
                   "write ISSUER#SUBJECT, as the token's iss and sub");
  }
}

void CheckAbsences(const Member& member, base::Problems& problems) {
  for (int i = 0; i < member.absences_size(); ++i) {
    if (member.absences(i).to() < member.absences(i).from()) {
      const auto scope = problems.Enter("absences", i);
      problems.Error("to", "BEFORE_FROM", "lies before the first day",
                     "make it the first day or later");
    }
  }
}

void CheckMembers(const Organisation& organisation, base::Problems& problems) {
  std::set<std::string> names;
  for (int i = 0; i < organisation.members_size(); ++i) {
    const auto scope = problems.Enter("members", i);
    const Member& member = organisation.members(i);
    if (OrganisationOf(member.name()) != organisation.name()) {
      problems.Error(
          "name", "OTHER_ORGANISATION", "belongs to another organisation",
          absl::StrCat("begin it with ", organisation.name(), "/members/"));
    }
    if (!names.insert(member.name()).second) {
      problems.Error("name", "TWICE", "stands twice", "list each member once");
    }
    CheckDates(member.valid_from(), member.valid_to(), problems);
    CheckAbsences(member, problems);
    CheckCertificates(member, problems);
    CheckTokens(member, problems);
  }
  CheckPost(organisation, "duty_coordinator", organisation.duty_coordinator(),
            problems);
  CheckPost(organisation, "duty_deputy", organisation.duty_deputy(), problems);
  CheckPost(organisation, "head", organisation.head(), problems);
  CheckDuty(organisation, "duty_coordinator", organisation.duty_coordinator(),
            problems);
  CheckDuty(organisation, "duty_deputy", organisation.duty_deputy(), problems);
}

// What the description leaves as it is, where that may be a slip.
void CheckKept(const Organisation* known, const Organisation& organisation,
               base::Problems& problems) {
  if (known == nullptr) return;
  std::map<std::string, int> listed;
  for (int i = 0; i < organisation.members_size(); ++i) {
    listed[organisation.members(i).name()] = i;
  }
  for (const Member& one : known->members()) {
    const auto at = listed.find(one.name());
    if (at == listed.end()) {
      if (!one.valid_to().empty()) continue;
      problems.Warning("members", "NO_LONGER_LISTED",
                       absl::StrCat("does not list ", one.name(),
                                    ", who goes out of service today"),
                       "list the member, if it stays");
    } else if (StaysDismissed(one, organisation.members(at->second))) {
      const auto scope = problems.Enter("members", at->second);
      problems.Warning("valid_to", "STAYS_DISMISSED",
                       absl::StrCat("is left at ", one.valid_to()),
                       "name the last day; to take the member back give a "
                       "valid_from after it");
    }
  }
}

void CheckMonths(const model::v1::ServedSettlement& served,
                 base::Problems& problems) {
  std::set<int> months;
  for (int i = 0; i < served.months_size(); ++i) {
    const auto scope = problems.Enter("months", i);
    if (served.months(i) < 1 || served.months(i) > 12) {
      problems.Error("", "NO_MONTH", "is no month", "give 1 to 12");
    }
    if (!months.insert(served.months(i)).second) {
      problems.Error("", "TWICE", "stands twice", "list each month once");
    }
  }
}

void CheckSettlements(const ServiceOffer& offer, base::Problems& problems) {
  std::set<std::string> settlements;
  for (int i = 0; i < offer.settlements_size(); ++i) {
    const auto scope = problems.Enter("settlements", i);
    if (!settlements.insert(offer.settlements(i).settlement()).second) {
      problems.Error("settlement", "TWICE", "stands twice",
                     "list each settlement once, with all its months");
    }
    CheckMonths(offer.settlements(i), problems);
  }
}

void CheckOffer(const ServiceOffer& offer, base::Problems& problems) {
  if (offer.age_below_months() > 0 &&
      offer.age_below_months() <= offer.age_from_months()) {
    problems.Error("age_below_months", "EMPTY_RANGE",
                   "leaves no age that is served",
                   "make it larger than age_from_months, or 0 for no bound");
  }
  if (offer.has_capacity() &&
      offer.capacity().available() > offer.capacity().maximum()) {
    problems.Error("capacity.available", "MORE_THAN_MAXIMUM",
                   "is more than there are places in all",
                   "report at most capacity.maximum free places");
  }
}

void CheckServices(const Organisation& organisation, base::Problems& problems) {
  std::set<std::string> services;
  for (int i = 0; i < organisation.services_size(); ++i) {
    const auto scope = problems.Enter("services", i);
    const ServiceOffer& offer = organisation.services(i);
    if (!services.insert(offer.service()).second) {
      problems.Error("service", "TWICE", "stands twice",
                     "describe each service once");
    }
    CheckOffer(offer, problems);
    CheckSettlements(offer, problems);
  }
}

}  // namespace

void CheckOrganisations(const Directory& known,
                        const model::v1::Directory& incoming,
                        KnowsZone knows_zone, base::Problems& problems) {
  std::set<std::string> names;
  for (const Organisation& organisation : incoming.organisations()) {
    names.insert(organisation.name());
  }
  std::set<std::string> seen;
  for (int i = 0; i < incoming.organisations_size(); ++i) {
    const auto scope = problems.Enter("organisations", i);
    const Organisation& organisation = incoming.organisations(i);
    if (!seen.insert(organisation.name()).second) {
      problems.Error("name", "TWICE", "stands twice in the file",
                     "describe each organisation once");
    }
    if (!knows_zone(organisation.calendar(), organisation.zone())) {
      problems.Error("zone", "UNKNOWN_ZONE",
                     "the calendar or its zone is not known",
                     "name a calendar of the catalogue and a zone of it");
    }
    const std::string& parent = organisation.parent();
    if (!parent.empty() && names.count(parent) == 0 &&
        known.Find(parent) == nullptr) {
      problems.Error("parent", "UNKNOWN_ORGANISATION",
                     "names no organisation of the directory or the file",
                     "import the parent too, or leave it out");
    }
    if (!parent.empty() && parent == organisation.name()) {
      problems.Error("parent", "OWN_PARENT", "is the organisation itself",
                     "name the organisation above it, or leave it out");
    }
    CheckDates(organisation.valid_from(), organisation.valid_to(), problems);
    CheckMembers(organisation, problems);
    CheckKept(known.Find(organisation.name()), organisation, problems);
    CheckServices(organisation, problems);
  }
}

}  // namespace careroute::directory
