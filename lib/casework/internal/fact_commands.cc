// Facts, corrections, and what facts may belong to.

#include <string>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/facts.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

// The record a correction is about: of that fact and subject, written by that
// event.
const FactRecord* FindCorrected(const Draft& draft,
                                const command::v1::CorrectFact& command,
                                const model::v1::Fact& fact) {
  const SubjectRef subject = SubjectOf(fact);
  for (const FactRecord& one : draft.state.facts) {
    if (one.fact == fact.fact() && one.subject == subject &&
        one.version == command.corrects_version()) {
      return &one;
    }
  }
  return nullptr;
}

}  // namespace

RefusalPtr RecordFacts(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::RecordFacts& command = draft.command.record_facts();
  if (command.facts().empty()) {
    return RefuseInvalid("facts", "there is none", "give at least one fact");
  }
  CAREROUTE_RETURN_IF_REFUSED(
      CheckFacts(draft, command.facts(), "facts", NewSubjects::kNone));
  event::v1::FactsRecorded& body = *draft.event->mutable_facts_recorded();
  body.set_document_kind(command.document().kind());
  draft.parts.AddDocument("document", command.document());
  TakeFacts(command.facts(), *body.mutable_facts(), draft);
  return nullptr;
}

RefusalPtr CorrectFact(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::CorrectFact& command = draft.command.correct_fact();
  Facts facts;
  *facts.Add() = command.fact();
  CAREROUTE_RETURN_IF_REFUSED(
      CheckFacts(draft, facts, "fact", NewSubjects::kNone));
  const FactRecord* before = FindCorrected(draft, command, command.fact());
  if (before == nullptr) {
    return RefuseMissing(model::v1::ERROR_REASON_NOT_FOUND,
                         "nothing_to_correct",
                         "that event recorded no such fact, or it was "
                         "recorded anew since",
                         {.what = "corrects_version",
                          .mend = "name the event that recorded it last"});
  }
  const absl::Time when = command.has_happened_time()
                              ? FromProto(command.happened_time())
                              : before->happened;
  if (when > draft.context.now) {
    return RefuseTime("in_future", "the fact cannot have happened yet");
  }
  event::v1::FactCorrected& body = *draft.event->mutable_fact_corrected();
  *body.mutable_fact() = command.fact();
  if (command.fact().from().empty()) {
    body.mutable_fact()->set_from(before->from);
  }
  ToProto(when, body.mutable_happened_time());
  draft.event->mutable_header()->set_corrects_version(
      command.corrects_version());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  draft.CorrectFact(body.fact(), when);
  Facts told;
  *told.Add() = body.fact();
  AnnounceFacts(told, draft);
  return nullptr;
}

RefusalPtr AddSubject(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::AddSubject& command = draft.command.add_subject();
  if (command.kind() <= model::v1::SUBJECT_KIND_PERSON ||
      !model::v1::SubjectKind_IsValid(command.kind())) {
    return RefuseInvalid("kind", "nothing of this kind can be added",
                         "name a pregnancy, finding, plan line, period or "
                         "child");
  }
  const int32_t number = draft.SubjectCount(command.kind()) + 1;
  if (number > kSubjectsMax) {
    return RefuseState("too_many_subjects", "the case has too many of them");
  }
  const SubjectRef subject{.kind = command.kind(), .number = number};
  ToProto(subject, draft.event->mutable_subject_added()->mutable_subject());
  draft.parts.AddText(model::v1::DATA_CLASS_DIAGNOSIS, "note", command.note());
  draft.CountSubject(subject);
  return nullptr;
}

}  // namespace careroute::casework::internal
