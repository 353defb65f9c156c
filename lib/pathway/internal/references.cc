#include "lib/pathway/internal/references.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace careroute::pathway::internal {
namespace {

constexpr std::pair<const char*, Named> kReferences[] = {
    {"OutcomeTest.step", Named::kStep},
    {"StepTest.live", Named::kStep},
    {"StartRule.with_step", Named::kStep},
    {"Performer.same_as", Named::kStep},
    {"Performer.not_same_member_as", Named::kStep},
    {"Performer.not_same_organisation_as", Named::kStep},
    {"Step.never_waits_for", Named::kStep},
    {"Next.step", Named::kStep},
    {"EndsStep.step", Named::kStep},
    {"Right.step", Named::kStep},
    {"Outcome.keeps_open", Named::kStep},
    {"Outcome.recheck_starts", Named::kStep},
    {"MissedReason.starts", Named::kStep},
    {"VisitRules.planned_by", Named::kStep},
    {"AssessmentRules.rechecks", Named::kStep},
    {"AssessmentRules.dispute_starts", Named::kStep},
    {"Interrupt.suspends", Named::kStep},
    {"Interrupt.before_resume", Named::kStep},
    {"Interrupt.starts", Named::kStep},
    {"Ending.keeps_open", Named::kStep},
    {"FactTest.fact", Named::kFact},
    {"LimitTable.fact", Named::kFact},
    {"Limit.before_fact", Named::kFact},
    {"LimitStart.fact_date", Named::kFact},
    {"LimitStart.fact_recorded", Named::kFact},
    {"DateRule.fact_date", Named::kFact},
    {"Next.before_fact", Named::kFact},
    {"Outcome.needs_facts", Named::kFact},
    {"Fact.fact", Named::kFact},
    {"Partition.empty_while_fact", Named::kFact},
    {"OpensCase.copies", Named::kFact},
    {"OpensCase.copies_of_child", Named::kFact},
    {"CapTable.fact", Named::kFact},
    {"AssessmentRules.level_fact", Named::kFact},
    {"Performer.role", Named::kRole},
    {"Guard.can_be_met_by", Named::kRole},
    {"Escalation.to_role", Named::kRole},
    {"Outcome.notifies", Named::kRole},
    {"StopReason.stated_by", Named::kRole},
    {"TrackTest.track", Named::kTrack},
    {"TrackLimit.track", Named::kTrack},
    {"Outcome.sets_track", Named::kTrack},
    {"Outcome.clears_track", Named::kTrack},
    {"Limit.stops", Named::kStopReason},
    {"Interrupt.stop_reason", Named::kStopReason},
    {"StartRule.entry", Named::kEntry},
    {"EntryTest.is", Named::kEntry},
    {"Outcome.ending", Named::kEnding},
    {"CriterionTest.is", Named::kCriterion},
    {"Step.stage", Named::kStage},
    {"BlockUse.stage", Named::kStage},
    {"Partition.of_list", Named::kList},
    {"CappedSum.cap_table", Named::kCapTable},
    {"Term.parameter", Named::kParameter},
    {"Age.parameter", Named::kParameter},
    {"Attempts.tries_parameter", Named::kParameter},
    {"VisitRules.at_most_parameter", Named::kParameter},
    {"CapRow.parameter", Named::kParameter},
    {"ConsentTest.purpose", Named::kPurpose},
    {"Way.consent_purpose", Named::kPurpose},
};

using Table = absl::flat_hash_map<std::string, Named>;

Table MakeTable() {
  Table table;
  for (const auto& [name, named] : kReferences) {
    table.emplace(std::string("careroute.model.v1.") + name, named);
  }
  return table;
}

}  // namespace

Named NamedBy(const google::protobuf::FieldDescriptor& field) {
  // Never destroyed, so that nothing depends on the order of destruction.
  static const Table* const kTable = new Table(MakeTable());
  const auto found = kTable->find(field.full_name());
  return found == kTable->end() ? Named::kNothing : found->second;
}

absl::string_view WordFor(Named named) {
  switch (named) {
    case Named::kNothing:
      return "";
    case Named::kStep:
      return "step";
    case Named::kFact:
      return "fact";
    case Named::kRole:
      return "role";
    case Named::kTrack:
      return "track";
    case Named::kStopReason:
      return "stop reason";
    case Named::kEntry:
      return "entry";
    case Named::kEnding:
      return "ending";
    case Named::kCriterion:
      return "criterion";
    case Named::kStage:
      return "stage";
    case Named::kList:
      return "list";
    case Named::kCapTable:
      return "cap table";
    case Named::kParameter:
      return "parameter";
    case Named::kPurpose:
      return "purpose";
  }
  return "";
}

bool IsBuiltInRole(absl::string_view role) {
  return role == "coordinator" || role == "family" || role == "performer" ||
         role == "identifying_organisation";
}

}  // namespace careroute::pathway::internal
