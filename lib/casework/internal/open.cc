// The first report of need opens a case; further ones join it.

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/base/uid.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/contact_dates.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/ending.h"
#include "lib/casework/internal/facts.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/starts.h"

namespace careroute::casework::internal {
namespace {

using command::v1::ProvedCriterion;
using model::v1::Criterion;
using Criteria = google::protobuf::RepeatedPtrField<ProvedCriterion>;

bool HoldsKind(const google::protobuf::RepeatedField<int>& kinds,
               model::v1::AgencyKind kind) {
  return kinds.empty() ||
         std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Of whoever reports now, who need not be who identified the person first.
model::v1::AgencyKind ReporterKind(const Draft& draft) {
  const OrganisationFacts* facts = draft.context.directory->Find(
      IsHub(draft) ? draft.IdentifiedBy()
                   : absl::string_view(draft.context.actor->organisation()));
  return facts == nullptr ? model::v1::AGENCY_KIND_UNSPECIFIED : facts->kind;
}

RefusalPtr CheckEdition(const Draft& draft,
                        const model::v1::EditionRef& pinned) {
  const model::v1::Pathway& pathway = draft.edition.pathway();
  if (pinned.pathway() != pathway.id() ||
      (!pinned.hash().empty() && pinned.hash() != draft.edition.hash())) {
    return RefuseUndeclared("edition");
  }
  const std::string& today = draft.places.today_text();
  if ((!pathway.valid_from().empty() && pathway.valid_from() > today) ||
      (!pathway.valid_to().empty() && pathway.valid_to() < today)) {
    return RefuseState("edition_not_in_force",
                       "no new case may be pinned to this edition today");
  }
  return nullptr;
}

RefusalPtr CheckPerson(const Draft& draft) {
  const PersonFacts* person = draft.context.person;
  if (person == nullptr) {
    return NewRefusal(model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
                      "unknown_person", "there is no such person");
  }
  if (person->state == model::v1::PERSON_STATE_ERASED) {
    return NewRefusal(model::v1::ERROR_REASON_ERASED, "person_erased",
                      "the person's record was erased");
  }
  if (person->state == model::v1::PERSON_STATE_ADOPTED) return RefuseAdopted();
  if (person->state == model::v1::PERSON_STATE_MERGED) {
    return NewRefusal(model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
                      "person_merged",
                      "the record was merged into another; name that one");
  }
  const model::v1::Pathway& pathway = draft.edition.pathway();
  if (!pathway.has_entry_below()) {
    return nullptr;
  }
  const auto day = DayOfAge(draft, pathway.entry_below());
  return day.has_value() && *day <= draft.places.today()
             ? RefuseState("too_old",
                           "the pathway takes nobody of this age any more")
             : nullptr;
}

RefusalPtr CheckMembers(const Draft& draft,
                        const command::v1::OpenCase& command) {
  RefusalPtr refusal;
  for (const auto& [field, member] :
       {std::pair<absl::string_view, const std::string&>("coordinator",
                                                         command.coordinator()),
        std::pair<absl::string_view, const std::string&>("deputy",
                                                         command.deputy())}) {
    if (!draft.context.directory->MemberExists(member)) {
      AddInvalid({.path = field,
                  .reason = "UNKNOWN_REFERENCE",
                  .message = "there is no such member in service",
                  .mend = "name a member of the directory"},
                 refusal);
    }
  }
  if (refusal != nullptr) {
    refusal->set_reason(model::v1::ERROR_REASON_UNKNOWN_REFERENCE);
  }
  return refusal;
}

// A ground must be declared, in force, identified by who may, and proved by one
// of its documents.
RefusalPtr CheckCriteria(const Draft& draft, const Criteria& criteria) {
  RefusalPtr refusal;
  const std::string day =
      calendar::FormatDate(draft.places.DayOf(draft.happened));
  for (int i = 0; i < criteria.size(); ++i) {
    const ProvedCriterion& one = criteria.Get(i);
    const Criterion* rule = draft.edition.FindCriterion(one.criterion());
    const auto complain = [&](absl::string_view field, absl::string_view why) {
      AddInvalid({.path = absl::StrCat("criteria[", i, "]", field),
                  .reason = "INVALID",
                  .message = why,
                  .mend = "state a ground of the edition and its document"},
                 refusal);
    };
    if (rule == nullptr) {
      complain(".criterion", "the edition does not declare this ground");
      continue;
    }
    if ((!rule->valid_from().empty() && rule->valid_from() > day) ||
        (!rule->valid_to().empty() && rule->valid_to() < day)) {
      complain(".criterion", "the ground is not in force on that day");
    }
    if (!HoldsKind(rule->identified_by(), ReporterKind(draft))) {
      complain(".criterion", "another kind of agency identifies this ground");
    }
    const auto& kinds = rule->proved_by();
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(),
                                    one.document().kind()) == kinds.end()) {
      complain(".document.kind", "this document does not prove the ground");
    }
  }
  return refusal;
}

RefusalPtr CheckEntry(const Draft& draft, const std::string& entry,
                      const Criteria& criteria) {
  const model::v1::Entry* rule = draft.edition.FindEntry(entry);
  if (rule == nullptr) {
    return RefuseUndeclared(absl::StrCat("entry/", entry));
  }
  if (!IsHub(draft) && !HoldsKind(rule->from(), ReporterKind(draft))) {
    return NewRefusal(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED,
                      "wrong_reporter",
                      "another kind of agency reports by this entry");
  }
  if (rule->needs_criterion() && criteria.empty()) {
    return RefuseMissing(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                         "criterion_needed",
                         "the entry needs a ground of the target group",
                         {.what = "criteria", .mend = "state the ground"});
  }
  return CheckCriteria(draft, criteria);
}

// Codes of sealed classes go into their parts; only the count stays clear.
// A clear ground that is proved again is no further ground.
template <typename Body>
void TakeCriteria(const Criteria& criteria, Body& body, Draft& draft) {
  for (const ProvedCriterion& one : criteria) {
    const Criterion* rule = draft.edition.FindCriterion(one.criterion());
    draft.parts.AddDocument("criteria", one.document());
    if (rule->data_class() == model::v1::DATA_CLASS_ROUTE) {
      if (draft.IsClearCriterion(one.criterion())) {
        continue;
      }
      body.add_clear_criteria(one.criterion());
    } else {
      const model::v1::DataClass data_class =
          rule->data_class() == model::v1::DATA_CLASS_UNSPECIFIED
              ? model::v1::DATA_CLASS_MEDICAL
              : rule->data_class();
      draft.parts.Of(data_class).add_codes(one.criterion());
    }
    body.set_proved_criteria(body.proved_criteria() + 1);
    // In this command every ground is known, also one that is sealed after it.
    draft.AddCriterion(one.criterion(), /*clear=*/true);
  }
}

void WriteBody(Draft& draft) {
  const command::v1::OpenCase& command = draft.command.open_case();
  event::v1::CaseOpened& body = *draft.event->mutable_case_opened();
  absl::string_view person = command.person();
  absl::ConsumePrefix(&person, "persons/");
  const auto uid = base::ParseUid(person);
  body.set_person(uid.ok() ? uid->Bytes() : std::string());
  *body.mutable_edition() = command.edition();
  body.mutable_edition()->set_edition(draft.edition.pathway().edition());
  body.mutable_edition()->set_overlay(draft.edition.pathway().overlay());
  body.mutable_edition()->set_hash(draft.edition.hash());
  body.set_entry(command.entry());
  body.set_report(command.report());
  body.set_coordinator(command.coordinator());
  body.set_deputy(command.deputy());
  body.set_identified_by(std::string(draft.IdentifiedBy()));
  body.set_opened_by_case(command.opened_by_case());
  body.set_hub(std::string(draft.context.hub));
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
}

// What the edition's standing rules say of a case that just began.
void RunStandingRules(Draft& draft) {
  using pathway::Tri;
  const model::v1::Pathway& pathway = draft.edition.pathway();
  for (const model::v1::Track& one : pathway.tracks()) {
    if (one.has_set_when() &&
        Ask(draft, one.set_when(), SubjectRef{}) == Tri::kYes) {
      draft.SetTrack(one.id());
    }
  }
  for (const model::v1::Interrupt& one : pathway.interrupts()) {
    if (Ask(draft, one.when(), SubjectRef{}) == Tri::kYes) {
      BeginInterrupt(one, draft);
    }
  }
  for (const model::v1::StopReason& one : pathway.stop_reasons()) {
    if (one.has_begins_when() && draft.HoldingStop(one.id()) == 0 &&
        Ask(draft, one.begins_when(), SubjectRef{}) == Tri::kYes) {
      BeginStop(one, draft);
    }
  }
}

void StartByFlags(const google::protobuf::RepeatedPtrField<std::string>& flags,
                  Draft& draft) {
  for (const std::string& flag : flags) {
    StartAll(draft.edition.StartedByReportFlag(flag), SubjectRef{},
             {.word = draft.Keep(absl::StrCat("flag:", flag))}, draft);
  }
}

void StartByEntry(const std::string& entry, Draft& draft) {
  StartAll(draft.edition.StartedByEntry(entry), SubjectRef{},
           {.word = draft.Keep(absl::StrCat("entry:", entry))}, draft);
}

// A report about a case that ended so that a report brings it back.
RefusalPtr ReopenByReport(Draft& draft) {
  const command::v1::JoinReport& command = draft.command.join_report();
  event::v1::CaseReopened& body = *draft.event->mutable_case_reopened();
  body.set_report(command.report());
  ReopenCase(draft);
  TakeCriteria(command.criteria(), body, draft);
  for (const model::v1::Fact& fact : command.facts()) {
    draft.PutFact(Normal(fact, draft), /*by_the_way=*/true);
  }
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  StartByEntry(command.entry(), draft);
  StartByFlags(command.flags(), draft);
  SetContactByRule(draft);
  draft.Tell(draft.Coordinator(), "case_reopened", 0);
  return nullptr;
}

}  // namespace

RefusalPtr OpenCase(Draft& draft) {
  const command::v1::OpenCase& command = draft.command.open_case();
  const std::string& reporter = draft.context.actor->organisation();
  draft.SetOpening(command.entry(), IsHub(draft)
                                        ? OrganisationOf(command.coordinator())
                                        : absl::string_view(reporter));
  absl::string_view person = command.person();
  if (!absl::ConsumePrefix(&person, "persons/") ||
      !base::ParseUid(person).ok()) {
    return RefuseInvalid("person", "it is no name of a person",
                         "use persons/{person}");
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckEdition(draft, command.edition()));
  CAREROUTE_RETURN_IF_REFUSED(CheckMembers(draft, command));
  CAREROUTE_RETURN_IF_REFUSED(CheckPerson(draft));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckEntry(draft, command.entry(), command.criteria()));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckFacts(draft, command.facts(), "facts", NewSubjects::kAll));
  WriteBody(draft);
  event::v1::CaseOpened& body = *draft.event->mutable_case_opened();
  TakeCriteria(command.criteria(), body, draft);
  TakeFacts(command.facts(), *body.mutable_facts(), draft);
  const model::v1::Entry* entry = draft.edition.FindEntry(command.entry());
  if (entry->has_must_hold()) {
    CAREROUTE_RETURN_IF_REFUSED(
        RefuseUnmet(draft, entry->must_hold(), SubjectRef{}, "entry_must_hold",
                    "what must hold at this entry does not hold"));
  }
  draft.Join(draft.IdentifiedBy());
  draft.Join(OrganisationOf(command.coordinator()));
  draft.Join(OrganisationOf(command.deputy()));
  draft.MoveDates();
  RunStandingRules(draft);
  StartByEntry(command.entry(), draft);
  StartByFlags(command.flags(), draft);
  StartAtEntry(draft);
  ScheduleAllDates(/*at_entry=*/true, draft);
  SetContactByRule(draft);
  return nullptr;
}

RefusalPtr JoinReport(Draft& draft) {
  const command::v1::JoinReport& command = draft.command.join_report();
  // Refused where an opening would be: a sender must not learn from another
  // answer that the person is known.
  CAREROUTE_RETURN_IF_REFUSED(CheckPerson(draft));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckEntry(draft, command.entry(), command.criteria()));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckFacts(draft, command.facts(), "facts", NewSubjects::kAll));
  if (draft.state.ending.has_value()) {
    return ReopenByReport(draft);
  }
  event::v1::ReportJoined& body = *draft.event->mutable_report_joined();
  body.set_report(command.report());
  body.set_entry(command.entry());
  TakeCriteria(command.criteria(), body, draft);
  TakeFacts(command.facts(), *body.mutable_facts(), draft);
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  StartByFlags(command.flags(), draft);
  draft.Tell(draft.Coordinator(), "report_joined", 0);
  return nullptr;
}

}  // namespace careroute::casework::internal
