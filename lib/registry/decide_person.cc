#include "lib/registry/decide_person.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "lib/base/check.h"
#include "lib/registry/identity.h"
#include "lib/registry/internal/day.h"
#include "lib/registry/internal/person_checks.h"
#include "lib/registry/internal/person_refusal.h"
#include "lib/registry/normalise_number.h"

namespace careroute::registry {
namespace {

using command::v1::PersonCommand;

// Recorded later than this after it happened is flagged.
constexpr absl::Duration kRecordedLateAfter = absl::Hours(24);

// 1 January 1900: nothing a living person's record speaks of is older.
constexpr absl::Time kHappenedMin = absl::FromUnixSeconds(-2208988800);

absl::Time ToTime(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) +
         absl::Nanoseconds(stamp.nanos());
}

void Write(absl::Time time, google::protobuf::Timestamp& stamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

// What every decision shares while it is made.
struct Making {
  const PersonRecord& record;
  const PersonContext& context;
  base::Problems problems;
  // Before it is cut along data classes.
  event::v1::PlainPart plain;
  PersonDecision decision;

  [[nodiscard]] event::v1::PersonEvent& event() { return decision.event; }
  [[nodiscard]] internal::CheckedPerson checked() const {
    return {.person = context.person, .today = context.today};
  }
};

// Terms and state of an identity that was found well-formed.
model::v1::PersonState TakeIdentity(const model::v1::Identity& identity,
                                    Making& making) {
  const auto at = making.problems.Enter("identity");
  const NormalIdentity normal = NormaliseIdentity(
      {.identity = identity, .today = making.context.today}, making.problems);
  // What could not be read has been reported; do not call it missing too.
  if (!making.problems.HasErrors()) {
    internal::CheckIdentityIsEnough(normal, making.problems);
  }
  if (normal.mother == making.context.person) {
    making.problems.Error("mother", "OWN_MOTHER",
                          "a person is not their own mother",
                          "name the mother's record");
  }
  *making.plain.mutable_identity() = identity;
  making.decision.terms = TermsOf(normal);
  making.decision.unique_terms = UniqueTermsOf(normal);
  return internal::StateOf(normal);
}

void SealDocument(const std::string& field, const model::v1::Document& document,
                  Making& making) {
  if (document.ByteSizeLong() == 0) {
    return;
  }
  event::v1::PlainDocument& sealed = *making.plain.add_documents();
  sealed.set_field(field);
  *sealed.mutable_document() = document;
}

// The identity may have been written in the other of the two forms.
bool IsBirthDate(const std::string& day, const model::v1::Identity& identity) {
  base::Problems ignored;
  return !identity.birth_date().empty() &&
         internal::ReadDay(day) ==
             NormaliseDate(identity.birth_date(), ignored);
}

// Whose representatives, and under which number the next one goes.
struct Place {
  const model::v1::Identity& identity;
  int number;
};

// Puts the clear fields into `clear`, the document into the sealed part.
void TakeRepresentative(const model::v1::Representative& given,
                        const Place& place, model::v1::Representative& clear,
                        Making& making) {
  internal::CheckRepresentative(given, making.checked(), making.problems);
  clear = given;
  clear.clear_name();
  KeepClearFields(clear);
  // Whom to keep from the ward's places: a flag, not a place.
  clear.set_address_hidden_from(given.address_hidden_from());
  if (IsBirthDate(given.from(), place.identity)) {
    clear.set_from(internal::WriteDay(kFromBirth));
  }
  SealDocument(absl::StrCat("representatives/", place.number, "/document"),
               given.document(), making);
}

void TakeCarers(
    const google::protobuf::RepeatedPtrField<model::v1::Carer>& carers,
    Making& making) {
  for (int i = 0; i < carers.size(); ++i) {
    const auto at = making.problems.Enter("carers", i);
    internal::CheckCarer(carers[i], making.checked(), making.problems);
    *making.plain.add_carers() = carers[i];
  }
}

void CheckRoom(size_t count, size_t most, Making& making) {
  if (count > most) {
    making.problems.Error("", "TOO_MANY",
                          absl::StrCat("a record holds at most ", most),
                          "end or merge what is no longer needed");
  }
}

void Make(const command::v1::RegisterPerson& command, Making& making) {
  event::v1::PersonRegistered& body = *making.event().mutable_registered();
  body.set_state(TakeIdentity(command.identity(), making));
  *making.plain.mutable_needs() = command.needs();
  for (int i = 0; i < command.representatives_size(); ++i) {
    const auto at = making.problems.Enter("representatives", i);
    TakeRepresentative(command.representatives(i),
                       {.identity = command.identity(), .number = i + 1},
                       *body.add_representatives(), making);
  }
  TakeCarers(command.carers(), making);
  body.set_carers(command.carers_size());
  for (int i = 0; i < command.relations_size(); ++i) {
    const auto at = making.problems.Enter("relations", i);
    internal::CheckRelation(command.relations(i), making.checked(),
                            making.problems);
    *body.add_relations() = command.relations(i);
  }
  CheckRoom(static_cast<size_t>(command.representatives_size()),
            kRepresentativesMax, making);
  CheckRoom(static_cast<size_t>(command.relations_size()), kRelationsMax,
            making);
}

// The identity in force with what the command states; its lists replace
// whole, since a telephone that is gone must be able to go.
model::v1::Identity Updated(const model::v1::Identity& now,
                            const model::v1::Identity& update) {
  model::v1::Identity updated = now;
  if (update.documents_size() > 0) {
    updated.clear_documents();
  }
  if (update.phones_size() > 0) {
    updated.clear_phones();
  }
  if (update.has_registered_at()) {
    updated.clear_registered_at();
  }
  if (update.has_stays_at()) {
    updated.clear_stays_at();
  }
  updated.MergeFrom(update);
  return updated;
}

void Make(const command::v1::UpdateIdentity& command, Making& making) {
  CAREROUTE_CHECK(making.context.identity != nullptr);
  const model::v1::Identity updated =
      Updated(*making.context.identity, command.identity());
  making.event().mutable_identity_updated()->set_state(
      TakeIdentity(updated, making));
  making.decision.changes_deciders =
      updated.birth_date() != making.context.identity->birth_date();
}

void Make(const command::v1::AddRepresentative& command, Making& making) {
  CAREROUTE_CHECK(making.context.identity != nullptr);
  const auto at = making.problems.Enter("representative");
  const size_t number = making.record.representatives.size() + 1;
  CheckRoom(number, kRepresentativesMax, making);
  event::v1::RepresentativeAdded& body =
      *making.event().mutable_representative_added();
  body.set_number(static_cast<int>(number));
  TakeRepresentative(command.representative(),
                     {.identity = *making.context.identity,
                      .number = static_cast<int>(number)},
                     *body.mutable_representative(), making);
  making.decision.changes_deciders = true;
}

void CheckEnd(const std::string& to, const RepresentativeRecord& changed,
              Making& making) {
  if (to.empty()) {
    return;
  }
  const std::optional<absl::CivilDay> day = internal::ReadDay(to);
  if (!day.has_value()) {
    making.problems.Error("to", "DATE_FORM", "is not a day of the calendar",
                          "write it as 2023-05-31");
  } else if (*day < changed.from) {
    making.problems.Error("to", "ENDS_BEFORE_START",
                          "lies before the representative's first day",
                          "correct the day");
  }
}

// The day a restriction, or its end, holds from; empty when it stays.
std::string RestrictionFrom(const command::v1::ChangeRepresentative& command,
                            const RepresentativeRecord& changed,
                            Making& making) {
  if (!command.restriction_from().empty()) {
    const std::optional<absl::CivilDay> day =
        internal::ReadDay(command.restriction_from());
    if (!day.has_value() || *day > making.context.today) {
      making.problems.Error("restriction_from", "DATE_FORM",
                            "is not a day up to today",
                            "write the day the decision took effect as "
                            "2023-05-31");
    }
    return command.restriction_from();
  }
  return changed.RestrictionOn(making.context.today) == command.restriction()
             ? ""
             : internal::WriteDay(making.context.today);
}

void Make(const command::v1::ChangeRepresentative& command, Making& making) {
  const RepresentativeRecord* changed =
      making.record.FindRepresentative(command.representative());
  if (changed == nullptr) {
    making.decision.refusal = internal::MakeRefusal(
        {.reason = model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
         .key = "person.no_such_representative",
         .message = "the person has no representative of that number"});
    model::v1::Problem& problem = *making.decision.refusal->add_problems();
    problem.set_grade(model::v1::PROBLEM_GRADE_ERROR);
    problem.set_path("representative");
    problem.set_reason("NO_SUCH_REPRESENTATIVE");
    problem.set_message("no representative has this number");
    problem.set_mend("take the number from the person's record");
    return;
  }
  CheckEnd(command.to(), *changed, making);
  if (!model::v1::RepresentativeRestriction_IsValid(command.restriction())) {
    making.problems.Error("restriction", "UNKNOWN",
                          "says nothing this release knows",
                          "state a known restriction");
  }
  event::v1::RepresentativeChanged& body =
      *making.event().mutable_representative_changed();
  body.set_number(command.representative());
  body.set_to(command.to());
  body.set_restriction(command.restriction());
  body.set_restriction_from(RestrictionFrom(command, *changed, making));
  body.set_address_hidden_from(command.address_hidden_from());
  making.decision.changes_deciders =
      !body.to().empty() || !body.restriction_from().empty();
}

void Make(const command::v1::SetNeeds& command, Making& making) {
  making.event().mutable_needs_set();
  *making.plain.mutable_needs() = command.needs();
}

void Make(const command::v1::SetCarers& command, Making& making) {
  TakeCarers(command.carers(), making);
  making.event().mutable_carers_set()->set_carers(command.carers_size());
}

void Make(const command::v1::AddRelation& command, Making& making) {
  const auto at = making.problems.Enter("relation");
  CheckRoom(making.record.relations.size() + 1, kRelationsMax, making);
  internal::CheckRelation(command.relation(), making.checked(),
                          making.problems);
  *making.event().mutable_relation_added()->mutable_relation() =
      command.relation();
}

void Make(const command::v1::RecordCapacity& command, Making& making) {
  const auto at = making.problems.Enter("decision");
  CheckRoom(making.record.capacity_decisions.size() + 1, kCapacityDecisionsMax,
            making);
  internal::CheckCapacityDecision(command.decision(), making.checked(),
                                  making.problems);
  model::v1::CapacityDecision& clear =
      *making.event().mutable_capacity_recorded()->mutable_decision();
  clear.set_capacity(command.decision().capacity());
  clear.set_from(command.decision().from());
  SealDocument("decision/document", command.decision().document(), making);
  making.decision.changes_deciders = true;
}

void Make(const command::v1::ErasePerson& command, Making& making) {
  if (command.reason().empty()) {
    making.problems.Error("reason", "EMPTY", "the reason is missing",
                          "say why, without personal data");
  }
  making.event().mutable_erased()->set_reason(command.reason());
  making.decision.destroys_key = true;
}

void SealText(const std::string& field, const std::string& text,
              Making& making) {
  if (text.empty()) {
    return;
  }
  event::v1::PlainText& sealed = *making.plain.add_texts();
  sealed.set_field(field);
  sealed.set_text(text);
}

void Make(const command::v1::TakeOverPerson& command, Making& making) {
  {
    const auto at = making.problems.Enter("merged");
    CheckRoom(making.record.took_over.size() + 1, kTakenOverMax, making);
  }
  internal::CheckTakeOver(command, making.checked(), making.problems);
  event::v1::PersonTookOver& body = *making.event().mutable_took_over();
  body.set_merged(command.merged());
  body.set_reason(command.reason());
  SealText("take_over/note", command.note(), making);
  SealDocument("take_over/document", command.document(), making);
}

void Make(const command::v1::MergeIntoPerson& command, Making& making) {
  internal::CheckOtherRecord("kept", command.kept(), making.checked(),
                             making.problems);
  internal::CheckStandsForItself(making.record, "kept", making.problems);
  event::v1::PersonMerged& body = *making.event().mutable_merged();
  body.set_kept(command.kept());
  body.set_reason(command.reason());
  making.decision.changes_deciders = true;
}

void Make(const command::v1::SeparatePerson& command, Making& making) {
  if (making.record.merged_into.empty() ||
      making.record.merged_into != command.kept()) {
    making.decision.refusal = internal::MakeRefusal(internal::NotMerged());
    return;
  }
  making.event().mutable_separated()->set_state(
      making.record.state_before_merge);
  making.decision.changes_deciders = true;
}

void Make(const command::v1::GiveBackPerson& command, Making& making) {
  internal::CheckOtherRecord("merged", command.merged(), making.checked(),
                             making.problems);
  if (command.reason().empty()) {
    making.problems.Error("reason", "EMPTY", "the reason is missing",
                          "say how it came out that they are two people");
  }
  making.event().mutable_gave_back()->set_merged(command.merged());
  SealText("give_back/reason", command.reason(), making);
}

// Nothing finds the record from now on, and what only one person can have is
// free for the record that goes on.
void Make(const command::v1::RecordAdoption& command, Making& making) {
  internal::CheckAdoption(command, making.checked(), making.problems);
  const absl::CivilDay from =
      internal::ReadDay(command.from()).value_or(making.context.today);
  making.event().mutable_adopted()->set_representatives_to(
      internal::WriteDay(from - 1));
  SealDocument("adoption/document", command.document(), making);
  making.decision.terms.emplace();
  making.decision.changes_deciders = true;
}

void MakeEvent(const PersonCommand& command, Making& making) {
  switch (command.command_case()) {
    case PersonCommand::kRegister:
      return Make(command.register_(), making);
    case PersonCommand::kUpdateIdentity:
      return Make(command.update_identity(), making);
    case PersonCommand::kAddRepresentative:
      return Make(command.add_representative(), making);
    case PersonCommand::kChangeRepresentative:
      return Make(command.change_representative(), making);
    case PersonCommand::kSetNeeds:
      return Make(command.set_needs(), making);
    case PersonCommand::kSetCarers:
      return Make(command.set_carers(), making);
    case PersonCommand::kAddRelation:
      return Make(command.add_relation(), making);
    case PersonCommand::kRecordCapacity:
      return Make(command.record_capacity(), making);
    case PersonCommand::kErase:
      return Make(command.erase(), making);
    case PersonCommand::kTakeOver:
      return Make(command.take_over(), making);
    case PersonCommand::kMergeInto:
      return Make(command.merge_into(), making);
    case PersonCommand::kSeparate:
      return Make(command.separate(), making);
    case PersonCommand::kGiveBack:
      return Make(command.give_back(), making);
    case PersonCommand::kRecordAdoption:
      return Make(command.record_adoption(), making);
    case PersonCommand::COMMAND_NOT_SET:
      break;
  }
  making.problems.Error("command", "EMPTY", "asks for nothing",
                        "set one of the commands");
}

void FillHeader(absl::Time happened, Making& making) {
  const absl::Time recorded =
      std::max(making.context.now, making.record.last_recorded);
  event::v1::EventHeader& header = *making.event().mutable_header();
  header.set_version(making.record.version + 1);
  Write(happened, *header.mutable_happened_time());
  Write(recorded, *header.mutable_recorded_time());
  *header.mutable_actor() = making.context.actor;
  header.set_request_id(making.context.request_id);
  header.set_format(kPersonEventFormat);
  header.set_recorded_late(recorded - happened > kRecordedLateAfter);
  header.set_word_given(making.context.word_given);
}

}  // namespace

PersonDecision DecidePerson(const PersonRecord& record,
                            const PersonCommand& command,
                            const PersonContext& context) {
  const std::optional<internal::Why> why =
      internal::CheckState(record, command);
  if (why.has_value()) {
    return {.refusal = internal::MakeRefusal(*why)};
  }
  const absl::Time happened = command.has_happened_time()
                                  ? ToTime(command.happened_time())
                                  : context.now;
  if (happened > context.now || happened < kHappenedMin) {
    return {.refusal = internal::MakeRefusal(
                {.reason = model::v1::ERROR_REASON_WRONG_TIME,
                 .key = "person.wrong_time",
                 .message = "it cannot have happened then"})};
  }
  Making making = {.record = record, .context = context};
  MakeEvent(command, making);
  if (making.decision.refusal.has_value()) {
    return {.refusal = std::move(making.decision.refusal)};
  }
  if (making.problems.HasErrors()) {
    return {.refusal = internal::RefuseProblems(making.problems)};
  }
  FillHeader(happened, making);
  making.decision.parts = SplitPart(making.plain);
  making.decision.warnings = std::move(making.problems.list());
  return std::move(making.decision);
}

}  // namespace careroute::registry
