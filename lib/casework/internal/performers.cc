#include "lib/casework/internal/performers.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "lib/casework/internal/assessments.h"

namespace careroute::casework::internal {
namespace {

using model::v1::AgencyKind;
using model::v1::Performer;
using model::v1::Role;

using Kinds = absl::InlinedVector<AgencyKind, 4>;

Kinds KindsOf(const Role& role) {
  Kinds kinds;
  if (role.kind() != model::v1::AGENCY_KIND_UNSPECIFIED) {
    kinds.push_back(role.kind());
  }
  for (const int kind : role.also_kinds()) {
    kinds.push_back(static_cast<AgencyKind>(kind));
  }
  return kinds;
}

// A bound edition holds ids; a parameter may still stand where one is meant.
absl::string_view ServiceOf(const Draft& draft, absl::string_view service) {
  const model::v1::Binding* binding = draft.edition.FindBinding(service);
  return binding != nullptr && binding->value().has_id()
             ? absl::string_view(binding->value().id())
             : service;
}

const Role* RoleOf(const Draft& draft, const Performer& performer) {
  return performer.who_case() == Performer::kRole
             ? draft.edition.FindRole(performer.role(), draft.places.today())
             : nullptr;
}

absl::string_view ServiceOf(const Draft& draft, const Performer& performer,
                            const Role& role) {
  return ServiceOf(draft, performer.service().empty() ? role.service()
                                                      : performer.service());
}

std::vector<const OrganisationFacts*> CandidatesOf(const Draft& draft,
                                                   const Performer& performer,
                                                   size_t max) {
  const Role* role = RoleOf(draft, performer);
  if (role == nullptr || role->of_coordinator()) {
    return {};
  }
  const Kinds kinds = KindsOf(*role);
  return draft.context.directory->Candidates(
      {.role = performer.role(),
       .service = ServiceOf(draft, performer, *role),
       .kinds = absl::MakeConstSpan(kinds),
       .any_region = performer.any_region(),
       .by_registration =
           performer.area_of() == model::v1::AREA_OF_PERSON_REGISTRATION},
      max);
}

template <typename List>
bool Holds(const List& list, absl::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// The only candidate that is left, if there is just one.
absl::string_view OnlyCandidate(const PerformerQuestion& question,
                                const Draft& draft) {
  absl::string_view only;
  for (const OrganisationFacts* one :
       CandidatesOf(draft, question.performer, kCandidatesMax)) {
    if (Holds(question.excluded, one->name) ||
        !OrganisationConflict(draft, one->name, question.performer).empty()) {
      continue;
    }
    if (!only.empty()) {
      return "";
    }
    only = one->name;
  }
  return only;
}

bool OffersService(const OrganisationFacts& facts, absl::string_view service) {
  return service.empty() || Holds(facts.services, service);
}

}  // namespace

bool IsFamily(const Draft& draft, const Performer& performer) {
  if (performer.family()) {
    return true;
  }
  const Role* role = RoleOf(draft, performer);
  return role != nullptr && role->kind() == model::v1::AGENCY_KIND_FAMILY;
}

absl::string_view ResolvePerformer(const PerformerQuestion& question,
                                   Draft& draft) {
  const Performer& performer = question.performer;
  switch (performer.who_case()) {
    case Performer::kSameAs:
      return LastPerformer(draft, performer.same_as());
    case Performer::kCoordinator:
      return OrganisationOf(draft.Coordinator());
    case Performer::kIdentifyingOrganisation:
      return draft.IdentifiedBy();
    case Performer::kSameAsStarter:
      return question.starter.empty() ? OrganisationOf(draft.Coordinator())
                                      : question.starter;
    case Performer::kRole: {
      const Role* role = RoleOf(draft, performer);
      if (role == nullptr || role->kind() == model::v1::AGENCY_KIND_FAMILY) {
        return "";
      }
      if (role->of_coordinator()) {
        return OrganisationOf(draft.Coordinator());
      }
      return performer.chosen_by_person() ? "" : OnlyCandidate(question, draft);
    }
    case Performer::kFamily:
    case Performer::WHO_NOT_SET:
      break;
  }
  return "";
}

bool MayPerform(const Draft& draft, absl::string_view organisation,
                const Performer& performer) {
  if (!OrganisationConflict(draft, organisation, performer).empty()) {
    return false;
  }
  const Role* role = RoleOf(draft, performer);
  if (role == nullptr) {
    switch (performer.who_case()) {
      case Performer::kSameAs: {
        const absl::string_view last =
            LastPerformer(draft, performer.same_as());
        return last.empty() || last == organisation;
      }
      case Performer::kCoordinator:
        return organisation == OrganisationOf(draft.Coordinator());
      case Performer::kIdentifyingOrganisation:
        return organisation == draft.IdentifiedBy();
      case Performer::kSameAsStarter:
        return true;  // resolved when the step started
      default:
        return false;
    }
  }
  if (role->of_coordinator()) {
    return organisation == OrganisationOf(draft.Coordinator());
  }
  const OrganisationFacts* facts = draft.context.directory->Find(organisation);
  if (facts == nullptr || !facts->in_operation) {
    return false;
  }
  const Kinds kinds = KindsOf(*role);
  const bool kind_fits = kinds.empty() || std::find(kinds.begin(), kinds.end(),
                                                    facts->kind) != kinds.end();
  return kind_fits && OffersService(*facts, ServiceOf(draft, performer, *role));
}

absl::string_view StarterOf(const Draft& draft, const Occurrence& occurrence) {
  return occurrence.callers.empty()
             ? absl::string_view()
             : LastPerformer(draft, occurrence.callers.front().step);
}

bool MayPerformFor(const Draft& draft, const Occurrence& occurrence,
                   absl::string_view organisation, const Performer& performer) {
  if (!performer.same_as_starter()) {
    return MayPerform(draft, organisation, performer);
  }
  const absl::string_view starter = StarterOf(draft, occurrence);
  return organisation ==
         (starter.empty() ? OrganisationOf(draft.Coordinator()) : starter);
}

absl::string_view OrganisationConflict(const Draft& draft,
                                       absl::string_view organisation,
                                       const Performer& performer) {
  for (const std::string& step : performer.not_same_organisation_as()) {
    bool conflict = false;
    draft.VisitLive([&](const Live& live) {
      conflict = live.step == step && live.performer == organisation;
      return !conflict;
    });
    for (const HistoryRecord& one : draft.state.history) {
      if (conflict) {
        break;
      }
      conflict = one.step == step &&
                 (Holds(one.earlier_organisations, organisation) ||
                  std::any_of(one.outcomes.begin(), one.outcomes.end(),
                              [&](const PastOutcomeRecord& past) {
                                return past.performer == organisation;
                              }));
    }
    for (const DraftOutcome& one : draft.outcomes()) {
      conflict =
          conflict || (one.step == step && one.performer == organisation);
    }
    if (conflict) {
      return step;
    }
  }
  return "";
}

absl::string_view MemberConflict(const Draft& draft, absl::string_view member,
                                 const Performer& performer) {
  for (const std::string& step : performer.not_same_member_as()) {
    if (HasAssessed(draft, member, step)) {
      return step;
    }
    for (const HistoryRecord& one : draft.state.history) {
      if (one.step == step &&
          (Holds(one.earlier_members, member) ||
           std::any_of(one.outcomes.begin(), one.outcomes.end(),
                       [&](const PastOutcomeRecord& past) {
                         return past.member == member;
                       }))) {
        return step;
      }
    }
  }
  return "";
}

absl::string_view LastPerformer(const Draft& draft, absl::string_view step) {
  absl::string_view performer;
  draft.VisitLive([&](const Live& live) {
    if (live.step == step && !live.performer.empty()) {
      performer = live.performer;
    }
    return true;
  });
  if (!performer.empty()) {
    return performer;
  }
  for (const DraftOutcome& one : draft.outcomes()) {
    if (one.step == step && !one.performer.empty()) {
      performer = one.performer;
    }
  }
  if (!performer.empty()) {
    return performer;
  }
  int64_t latest = -1;
  for (const HistoryRecord& one : draft.state.history) {
    if (one.step != step) {
      continue;
    }
    for (const PastOutcomeRecord& past : one.outcomes) {
      if (past.version > latest && !past.performer.empty()) {
        latest = past.version;
        performer = past.performer;
      }
    }
  }
  return performer;
}

std::vector<absl::string_view> ExcludedOf(const Live& live) {
  std::vector<absl::string_view> excluded;
  if (live.folded != nullptr) {
    excluded.assign(live.folded->excluded.begin(), live.folded->excluded.end());
  } else if (live.started != nullptr) {
    excluded.assign(live.started->excluded().begin(),
                    live.started->excluded().end());
  }
  return excluded;
}

int PerformersLeft(const Draft& draft, const Live& live,
                   const Performer& performer, absl::string_view without) {
  const std::vector<absl::string_view> excluded = ExcludedOf(live);
  int left = 0;
  for (const OrganisationFacts* one :
       CandidatesOf(draft, performer, kCandidatesMax)) {
    if (one->name != without && !Holds(excluded, one->name) &&
        OrganisationConflict(draft, one->name, performer).empty()) {
      ++left;
    }
  }
  return left;
}

}  // namespace careroute::casework::internal
