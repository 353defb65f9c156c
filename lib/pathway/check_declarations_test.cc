// Rules about ids, references and declarations: the small pathway, one change,
// the one problem expected.

#include "absl/strings/str_cat.h"
#include "careroute/model/v1/pathway.pb.h"
#include "gtest/gtest.h"
#include "lib/pathway/testing/check_table.h"

namespace careroute::pathway {
namespace {

using base::Grade;
using model::v1::Pathway;
using testing::CheckTable;
using testing::NameOfRow;
using testing::OutcomeOf;
using testing::Row;
using testing::StepOf;

class CheckDeclarations : public CheckTable {};

TEST_P(CheckDeclarations, FindsTheMistake) {
  Pathway pathway = testing::SmallPathway();
  GetParam().change(pathway);
  ExpectFound(testing::Check(pathway));
}

const Row kIds[] = {
    {"PathwayWithoutId", [](Pathway& p) { p.clear_id(); }, "EMPTY", "id"},
    {"PathwayWithoutEdition", [](Pathway& p) { p.clear_edition(); }, "EMPTY",
     "edition"},
    {"PathwayWithoutLanguage", [](Pathway& p) { p.clear_languages(); }, "EMPTY",
     "languages"},
    {"UnexpandedUse", [](Pathway& p) { p.add_uses()->set_id("use"); },
     "NOT_EXPANDED", "uses"},
    {"TwoStepsOfOneId",
     [](Pathway& p) { p.mutable_steps(9)->set_id("review"); }, "DUPLICATE_ID",
     "steps[9].id"},
    {"StepWithoutId", [](Pathway& p) { p.mutable_steps(9)->clear_id(); },
     "EMPTY", "steps[9].id"},
    {"StepIdInCapitals",
     [](Pathway& p) { p.mutable_steps(9)->set_id("Memory"); }, "NOT_AN_ID",
     "steps[9].id"},
    {"TwoOutcomesOfOneId",
     [](Pathway& p) {
       p.mutable_steps(1)->mutable_outcomes(1)->set_id("reached");
     },
     "DUPLICATE_ID", "steps[1].outcomes[1].id"},
    {"TwoGuardsOfOneId",
     [](Pathway& p) {
       *StepOf(p, "refer").add_guards() = StepOf(p, "refer").guards(0);
     },
     "DUPLICATE_ID", "steps[2].guards[1].id"},
    {"TwoWaysOfOneId",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_disclosure(1)->set_id("by_consent");
     },
     "DUPLICATE_ID", "steps[2].disclosure[1].id"},
    {"TwoFactsOfOneId", [](Pathway& p) { *p.add_facts() = p.facts(0); },
     "DUPLICATE_ID", "facts[5].id"},
    {"TwoEntriesOfOneId", [](Pathway& p) { *p.add_entries() = p.entries(0); },
     "DUPLICATE_ID", "entries[1].id"},
    {"ReservedRole", [](Pathway& p) { p.add_roles()->set_id("family"); },
     "RESERVED_ID", "roles[3].id"},
    {"DateThatIsNone", [](Pathway& p) { p.set_valid_from("2025-02-30"); },
     "NOT_A_DATE", "valid_from"},
    {"UnknownEnumValue",
     [](Pathway& p) {
       p.mutable_facts(0)->set_type(static_cast<model::v1::FactType>(77));
     },
     "UNKNOWN_ENUM", "facts[0].type"},
    {"TooManyItems",
     [](Pathway& p) {
       for (int i = 0; i < 60; ++i) {
         p.add_stages()->set_id(absl::StrCat("s", i));
       }
     },
     "TOO_MANY", "stages"},
    {"TooLongText",
     [](Pathway& p) {
       StepOf(p, "refer").set_needs_data_because(std::string(501, 'x'));
     },
     "TOO_LONG", "steps[2].needs_data_because"},
};

const Row kReferences[] = {
    {"OutcomeStartsUnknownStep",
     [](Pathway& p) {
       OutcomeOf(p, "contact", "silent").mutable_starts(0)->set_step("nope");
     },
     "UNKNOWN_ID", "steps[1].outcomes[1].starts[0].step"},
    {"UnknownOutcomeInTest",
     [](Pathway& p) {
       auto* test = StepOf(p, "appeal")
                        .add_guards()
                        ->mutable_must_hold()
                        ->mutable_outcome();
       test->set_step("refer");
       test->add_is("nope");
     },
     "UNKNOWN_ID", "steps[3].guards[0].must_hold.outcome.is[0]"},
    {"UnknownOutcomeOfEndedStep",
     [](Pathway& p) {
       OutcomeOf(p, "appeal", "changed")
           .mutable_ends_steps(0)
           ->set_outcome("nope");
     },
     "UNKNOWN_ID", "steps[3].outcomes[1].ends_steps[0].outcome"},
    {"UnknownRole",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_performer()->set_role("nope");
     },
     "UNKNOWN_ID", "steps[2].performer.role"},
    {"UnknownFact",
     [](Pathway& p) {
       OutcomeOf(p, "deliver", "done").set_needs_facts(0, "nope");
     },
     "UNKNOWN_ID", "steps[5].outcomes[0].needs_facts[0]"},
    {"UnknownTrack",
     [](Pathway& p) {
       StepOf(p, "begin")
           .mutable_limits(0)
           ->mutable_tracks(0)
           ->set_track("nope");
     },
     "UNKNOWN_ID", "steps[0].limits[0].tracks[0].track"},
    {"UnknownStop",
     [](Pathway& p) {
       StepOf(p, "begin").mutable_limits(0)->set_stops(0, "nope");
     },
     "UNKNOWN_ID", "steps[0].limits[0].stops[0]"},
    {"UnknownEntry",
     [](Pathway& p) {
       StepOf(p, "begin").mutable_starts_on(0)->set_entry("nope");
     },
     "UNKNOWN_ID", "steps[0].starts_on[0].entry"},
    {"UnknownEnding",
     [](Pathway& p) { OutcomeOf(p, "review", "met").set_ending("nope"); },
     "UNKNOWN_ID", "steps[8].outcomes[0].ending"},
    {"UnknownStage", [](Pathway& p) { StepOf(p, "review").set_stage("nope"); },
     "UNKNOWN_ID", "steps[8].stage"},
    {"UnknownParameter",
     [](Pathway& p) {
       StepOf(p, "refer")
           .mutable_on_silence()
           ->mutable_after()
           ->set_parameter("nope");
     },
     "UNKNOWN_ID", "steps[2].on_silence.after.parameter"},
    {"UnknownParameterInAString",
     [](Pathway& p) { p.mutable_criteria(0)->set_proved_by(1, "$nope"); },
     "UNKNOWN_ID", "criteria[0].proved_by[1]"},
    {"UnknownPurpose",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_disclosure(0)->set_consent_purpose("nope");
     },
     "UNKNOWN_ID", "steps[2].disclosure[0].consent_purpose"},
    {"UnknownReceiver",
     [](Pathway& p) {
       auto* consent = StepOf(p, "appeal")
                           .add_guards()
                           ->mutable_must_hold()
                           ->mutable_consent();
       consent->set_to_role("NOBODY");
     },
     "UNKNOWN_ID", "steps[3].guards[0].must_hold.consent.to_role"},
    {"UnknownSilenceOutcome",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_on_silence()->set_outcome("nope");
     },
     "UNKNOWN_ID", "steps[2].on_silence.outcome"},
    {"UnknownRunsUntilOutcome",
     [](Pathway& p) {
       StepOf(p, "deliver").mutable_runs_until(0)->set_outcome("nope");
     },
     "UNKNOWN_ID", "steps[5].runs_until[0].outcome"},
    {"UnusedFact",
     [](Pathway& p) {
       auto* fact = p.add_facts();
       *fact = p.facts(1);
       fact->set_id("idle");
     },
     "UNUSED", "facts[5]", Grade::kWarning},
    {"UnusedParameter",
     [](Pathway& p) {
       *p.add_parameters() = p.parameters(0);
       p.mutable_parameters(3)->set_id("idle");
     },
     "UNUSED", "parameters[3]", Grade::kWarning},
    {"UnusedEnding",
     [](Pathway& p) { p.mutable_endings(1)->set_by_coordinator(false); },
     "UNUSED", "endings[1]", Grade::kWarning},
    {"UnusedRole",
     [](Pathway& p) {
       *p.add_roles() = p.roles(2);
       p.mutable_roles(3)->set_id("idle");
     },
     "UNUSED", "roles[3]", Grade::kWarning},
};

const Row kDeclarations[] = {
    {"FactWithoutType", [](Pathway& p) { p.mutable_facts(1)->clear_type(); },
     "NO_TYPE", "facts[1].type"},
    {"FactOfNobody", [](Pathway& p) { p.mutable_facts(1)->clear_subject(); },
     "NO_SUBJECT", "facts[1].subject"},
    {"FactKeptByObjectionsThatIsNoBool",
     [](Pathway& p) {
       model::v1::FactDeclaration& fact = *p.mutable_facts(1);
       fact.set_type(model::v1::FACT_TYPE_DATE);
       fact.set_kept_by(model::v1::FACT_KEEPER_CONSENT_OBJECTION);
     },
     "WRONG_TYPE", "facts[1].kept_by"},
    {"FactOfClassIdentity",
     [](Pathway& p) {
       p.mutable_facts(1)->set_data_class(model::v1::DATA_CLASS_IDENTITY);
     },
     "WRONG_CLASS", "facts[1].data_class"},
    {"EnumWithoutValues",
     [](Pathway& p) { p.mutable_facts(0)->clear_values(); }, "WRONG_VALUES",
     "facts[0].values"},
    {"TwoEqualValues",
     [](Pathway& p) { p.mutable_facts(0)->add_values("urgent"); },
     "DUPLICATE_ID", "facts[0].values[2]"},
    {"EmptyRange", [](Pathway& p) { p.mutable_facts(2)->set_min(60); },
     "OUT_OF_RANGE", "facts[2].max"},
    {"OverlappingRoles",
     [](Pathway& p) { p.mutable_roles(0)->set_valid_to("2025-01-01"); },
     "ROLES_OVERLAP", "roles[1].valid_from"},
    {"RoleWithoutKind", [](Pathway& p) { p.mutable_roles(0)->clear_kind(); },
     "NO_AGENCY_KIND", "roles[0].kind"},
    {"RoleThatEndsBeforeItBegins",
     [](Pathway& p) { p.mutable_roles(1)->set_valid_to("2024-01-01"); },
     "ENDS_BEFORE_IT_BEGINS", "roles[1].valid_to"},
    {"CriterionNobodyIdentifies",
     [](Pathway& p) { p.mutable_criteria(0)->clear_identified_by(); },
     "NO_IDENTIFIER", "criteria[0].identified_by"},
    {"CriterionWithoutDocument",
     [](Pathway& p) { p.mutable_criteria(0)->clear_proved_by(); },
     "NO_DOCUMENT", "criteria[0].proved_by"},
    {"CriterionWithoutSource",
     [](Pathway& p) { p.mutable_criteria(0)->clear_source(); }, "NO_PROVENANCE",
     "criteria[0].source"},
    {"NoEntry", [](Pathway& p) { p.clear_entries(); }, "NO_ENTRY", "entries"},
    {"EntryNeverUsed",
     [](Pathway& p) {
       *p.add_entries() = p.entries(0);
       p.mutable_entries(1)->set_id("idle");
     },
     "ENTRY_NEVER_USED", "entries[1]"},
    {"EntryOfNobody", [](Pathway& p) { p.mutable_entries(0)->clear_from(); },
     "NO_AGENCY_KIND", "entries[0].from"},
    {"EntryNeedsMissingCriteria", [](Pathway& p) { p.clear_criteria(); },
     "NO_CRITERIA", "entries[0].needs_criterion"},
    {"NoEnding", [](Pathway& p) { p.clear_endings(); }, "NO_ENDING", "endings"},
    {"EndingWithoutKind",
     [](Pathway& p) { p.mutable_endings(0)->clear_kind(); }, "NO_KIND",
     "endings[0].kind"},
    {"EndlessStop", [](Pathway& p) { p.mutable_stop_reasons(1)->clear_max(); },
     "OPEN_ENDED", "stop_reasons[1]", Grade::kWarning},
    {"TrackNobodySets",
     [](Pathway& p) { p.mutable_tracks(0)->clear_set_when(); }, "NEVER_SET",
     "tracks[0]", Grade::kWarning},
    {"OverlappingCaps",
     [](Pathway& p) {
       *p.mutable_cap_tables(0)->add_rows() = p.cap_tables(0).rows(0);
     },
     "ROWS_OVERLAP", "cap_tables[0].rows[1].is"},
    {"CapSaidTwice",
     [](Pathway& p) {
       p.mutable_cap_tables(0)->mutable_rows(0)->set_parameter("upper_age");
     },
     "CONTRADICTORY", "cap_tables[0].rows[0].parameter"},
    {"CapOfAnotherType",
     [](Pathway& p) {
       p.mutable_cap_tables(0)->mutable_rows(0)->clear_at_most();
       p.mutable_cap_tables(0)->mutable_rows(0)->set_parameter("wait");
     },
     "WRONG_TYPE", "cap_tables[0].rows[0].parameter"},
    {"CapOfNoParameter",
     [](Pathway& p) {
       p.mutable_cap_tables(0)->mutable_rows(0)->clear_at_most();
       p.mutable_cap_tables(0)->mutable_rows(0)->set_parameter("nope");
     },
     "UNKNOWN_ID", "cap_tables[0].rows[0].parameter"},
    {"CapOfUnknownValue",
     [](Pathway& p) {
       p.mutable_cap_tables(0)->mutable_rows(0)->set_is("moon");
     },
     "WRONG_VALUE", "cap_tables[0].rows[0].is"},
    {"ParameterWithoutType",
     [](Pathway& p) { p.mutable_parameters(0)->clear_type(); }, "NO_TYPE",
     "parameters[0].type"},
    {"DefaultOfAnotherType",
     [](Pathway& p) {
       p.mutable_parameters(1)->mutable_default_value()->set_text("four");
     },
     "WRONG_TYPE", "parameters[1].default_value"},
    {"DefaultOutOfRange",
     [](Pathway& p) {
       p.mutable_parameters(1)->mutable_default_value()->set_integer(40);
     },
     "OUT_OF_RANGE", "parameters[1].default_value"},
    {"DefaultWithoutSource",
     [](Pathway& p) { p.mutable_parameters(1)->clear_source(); },
     "NO_PROVENANCE", "parameters[1].source"},
    {"ParameterUsedAsAnotherType",
     [](Pathway& p) {
       StepOf(p, "refer")
           .mutable_on_silence()
           ->mutable_after()
           ->set_parameter("upper_age");
     },
     "WRONG_TYPE", "steps[2].on_silence.after"},
};

INSTANTIATE_TEST_SUITE_P(Ids, CheckDeclarations, ::testing::ValuesIn(kIds),
                         NameOfRow);
INSTANTIATE_TEST_SUITE_P(References, CheckDeclarations,
                         ::testing::ValuesIn(kReferences), NameOfRow);
INSTANTIATE_TEST_SUITE_P(Declarations, CheckDeclarations,
                         ::testing::ValuesIn(kDeclarations), NameOfRow);

}  // namespace
}  // namespace careroute::pathway
