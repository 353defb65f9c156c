// Mistakes a person makes who writes a pathway: one replacement in the text of
// the small pathway, the one problem expected.

#include <string>

#include "absl/strings/str_replace.h"
#include "careroute/model/v1/pathway.pb.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/pathway/testing/check_table.h"

namespace careroute::pathway {
namespace {

using base::Grade;
using model::v1::Pathway;
using testing::CheckTable;
using testing::NameOfRow;
using testing::Row;

class CheckSlips : public CheckTable {};

TEST_P(CheckSlips, FindsTheMistake) {
  Pathway pathway = testing::SmallPathway();
  GetParam().change(pathway);
  ExpectFound(testing::Check(pathway));
}

std::string Quoted(const std::string& text) {
  return absl::StrReplaceAll(text, {{"'", "\""}});
}

// Writes `to` where the text of the small pathway first says `from`; both with
// single quotes for double ones.
std::function<void(Pathway&)> Instead(const std::string& from,
                                      const std::string& to) {
  return [from = Quoted(from), to = Quoted(to)](Pathway& p) {
    std::string text =
        *DirectoryFileReader(testing::kTestData).Read("small.textproto");
    const size_t at = text.find(from);
    CAREROUTE_CHECK(at != std::string::npos);
    text.replace(at, from.size(), to);
    Pathway written;
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(text, &written));
    *written.mutable_texts() = p.texts();
    p = written;
  };
}

// Another condition for the guard of the step `treat`.
std::function<void(Pathway&)> Guard(const std::string& condition) {
  return Instead(
      "must_hold { fact { fact: 'urgency' is { values: ['urgent', 'planned'] } "
      "same_subject: true } }",
      "must_hold { " + condition + " }");
}

const Row kConditions[] = {
    {"TwoValuesOfOneFactAtOnce",
     Guard("all { of { fact { fact: 'danger' is { values: 'true' } } } of { "
           "fact { fact: 'danger' is { values: 'false' } } } }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold"},
    {"TwoValuesOfItsOwnFinding",
     Guard("all { of { fact { fact: 'urgency' is { values: 'urgent' } "
           "same_subject: true } } of { fact { fact: 'urgency' is { values: "
           "'planned' } same_subject: true } } }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold"},
    {"AFactAndItsContrary",
     Guard("all { of { track { track: 'short' } } of { not { track { track: "
           "'short' } } } }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold"},
    {"NoneOfAllValues",
     Guard("fact { fact: 'urgency' is_not { values: ['urgent', 'planned'] } "
           "same_subject: true }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold"},
    {"NumbersThatDoNotMeet",
     Guard("all { of { fact { fact: 'weeks' at_least: 20 } } of { fact { fact: "
           "'weeks' at_most: 19 } } }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold"},
    {"AgesThatDoNotMeet",
     Guard("all { of { age { at_least { years: 5 } } } of { not { age { "
           "at_least { years: 3 } } } } }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold"},
    {"AnAlternativeThatCannotBe",
     Guard("any { of { track { track: 'short' } } of { age { at_least { years: "
           "5 } below { years: 3 } } } }"),
     "NEVER_TRUE", "steps[4].guards[0].must_hold.any.of[1]"},
    {"EntryThatIsNone", Guard("not { entry { is: 'found' } }"), "NEVER_TRUE",
     "steps[4].guards[0].must_hold"},
    {"AgeWithoutAge", Guard("age { below { } }"), "EMPTY",
     "steps[4].guards[0].must_hold.age.below"},
    {"AgeOfNobody", Guard("age { at_least { years: 150 months: 12 } }"),
     "OUT_OF_RANGE", "steps[4].guards[0].must_hold.age.at_least"},
    {"ValueAskedTwice",
     Instead("is { values: ['urgent', 'planned'] } same",
             "is { values: ['urgent', 'urgent'] } same"),
     "SAID_TWICE", "steps[4].guards[0].must_hold.fact.is.values[1]",
     Grade::kWarning},
    {"ClassesOfAConsentToTreatment",
     Guard("consent { matter: CONSENT_MATTER_TREATMENT classes: "
           "DATA_CLASS_SOCIAL }"),
     "MISPLACED", "steps[4].guards[0].must_hold.consent.classes"},
    {"InterruptThatCannotEnd",
     Instead("when { fact { fact: 'place' is { values: 'hospital' } } }\n  "
             "suspends",
             "when { outcome { step: 'begin' is: 'refer' } }\n  suspends"),
     "NEVER_RESUMES", "interrupts[0].when"},
    {"InterruptOfAnAge",
     Instead("when { fact { fact: 'place' is { values: 'hospital' } } }\n  "
             "suspends",
             "when { age { at_least { years: 1 } } }\n  suspends"),
     "NEVER_RESUMES", "interrupts[0].when"},
    {"StopThatEndsAsItBegins",
     Instead("stop_reasons { id: 'in_hospital' ends_when",
             "stop_reasons { id: 'in_hospital' begins_when { fact { fact: "
             "'place' is_not { values: 'hospital' } } } ends_when"),
     "CONTRADICTORY", "stop_reasons[0].ends_when"},
    {"TrackClearedByWhatSetsIt",
     Instead("cleared_when { fact { fact: 'danger' is { values: 'false' } } }",
             "cleared_when { fact { fact: 'danger' is { values: 'true' } } }"),
     "CONTRADICTORY", "tracks[0].cleared_when"},
    {"RecurrenceWhileItselfIsLive",
     Instead("while { step { live: 'deliver' } }",
             "while { step { live: 'check_up' } }"),
     "NEVER_TRUE", "steps[6].recurrence.while"},
};

const Row kDeclarations[] = {
    {"EditionThatBreaksNames", Instead("edition: '1'", "edition: '1@2'"),
     "NOT_AN_ID", "edition"},
    {"JurisdictionThatIsNone",
     Instead("jurisdiction: 'RU'", "jurisdiction: 'Russia'"),
     "NOT_A_JURISDICTION", "jurisdiction"},
    {"LanguageThatIsNone",
     Instead("languages: 'en'", "languages: ['en', '--']"), "NOT_A_LANGUAGE",
     "languages[1]"},
    {"LanguageInCapitals",
     Instead("languages: 'en'", "languages: ['en', 'RU']"), "NOT_A_LANGUAGE",
     "languages[1]"},
    {"LanguageTwice", Instead("languages: 'en'", "languages: ['en', 'en']"),
     "SAID_TWICE", "languages[1]", Grade::kWarning},
    {"PurposeThatIsNoId",
     Instead("purposes: 'help'", "purposes: ['help', 'Our purpose']"),
     "NOT_AN_ID", "purposes[1]"},
    {"PurposeOfEveryPathway",
     Instead("purposes: 'help'", "purposes: ['help', 'audit']"), "RESERVED_ID",
     "purposes[1]"},
    {"RoleNobodyHoldsAnyMore",
     Instead(
         "service: 'help' valid_from: '2025-01-01' }",
         "service: 'help' valid_from: '2025-01-01' valid_to: '2026-12-31' }"),
     "ROLE_GAP", "roles[1]"},
    {"RoleNobodyHoldsForADay",
     Instead("service: 'help' valid_from: '2025-01-01' }",
             "service: 'help' valid_from: '2025-01-02' }"),
     "ROLE_GAP", "roles[0]"},
    {"KindOfARoleTwice",
     Instead("kind: AGENCY_KIND_NGO",
             "kind: AGENCY_KIND_NGO also_kinds: AGENCY_KIND_NGO"),
     "SAID_TWICE", "roles[1].also_kinds[0]", Grade::kWarning},
    {"EntryFromNobody",
     Instead("from: AGENCY_KIND_HEALTH", "from: AGENCY_KIND_UNSPECIFIED"),
     "EMPTY", "entries[0].from[0]"},
    {"GroundThatEndedBefore",
     Instead("list: 'first'", "list: 'first' valid_to: '2024-01-01'"),
     "NOT_IN_FORCE", "criteria[0].valid_to"},
    {"RangeOfATruth",
     Instead("id: 'danger' type: FACT_TYPE_BOOL",
             "id: 'danger' max: 4 type: FACT_TYPE_BOOL"),
     "MISPLACED", "facts[1].max"},
    {"NumberThatCanOnlyBeNought", Instead("min: 0 max: 52", "min: 0"),
     "OUT_OF_RANGE", "facts[2].max"},
    {"TermShorterThanNothing",
     Instead("type: PARAMETER_TYPE_TERM min: 1",
             "type: PARAMETER_TYPE_TERM min: -1"),
     "OUT_OF_RANGE", "parameters[0].min"},
    {"EmptyList", Instead("items: ['one', 'two']", ""), "EMPTY",
     "lists[0].items"},
    {"ElementTwice", Instead("items: ['one', 'two']", "items: ['one', 'one']"),
     "DUPLICATE_ID", "lists[0].items[1]"},
    {"ElementThatIsNoId",
     Instead("items: ['one', 'two']", "items: ['one', 'Two']"), "NOT_AN_ID",
     "lists[0].items[1]"},
    {"PartTwice",
     Instead("parts: ['given', 'not_needed']", "parts: ['given', 'given']"),
     "DUPLICATE_ID", "steps[5].invariants[0].partition.parts[1]"},
    {"CapBelowNothing", Instead("at_most: 10", "at_most: -10"), "OUT_OF_RANGE",
     "cap_tables[0].rows[0].at_most"},
    {"CapsOfNothing", Instead("rows { is: 'home' at_most: 10 }", ""), "EMPTY",
     "cap_tables[0].rows"},
    {"EndingKeepsOpenWhatEnds",
     Instead("kind: ENDING_KIND_GOALS_MET",
             "kind: ENDING_KIND_GOALS_MET keeps_open: 'treat'"),
     "NOT_OUTLIVING", "endings[0].keeps_open[0]"},
    {"BlankAct", Instead("act: 'an act, art. 1'", "act: '   '"), "EMPTY",
     "steps[0].limits[0].source.act"},
};

const Row kTerms[] = {
    {"TermNobodyLivesToSee",
     Instead("within { n: 10 unit: TIME_UNIT_WORKING_DAY }",
             "within { n: 100000 unit: TIME_UNIT_MONTH }"),
     "OUT_OF_RANGE", "steps[2].limits[0].within.n"},
    {"DayOfAMonthBetweenTries",
     Instead("every { n: 2 unit: TIME_UNIT_WORKING_DAY }",
             "every { n: 2 unit: TIME_UNIT_DAY_OF_NEXT_MONTH }"),
     "WRONG_UNIT", "steps[1].attempts.every.unit"},
    {"EveryMinute",
     Instead("every { n: 6 unit: TIME_UNIT_MONTH }",
             "every { n: 6 unit: TIME_UNIT_MINUTE }"),
     "WRONG_UNIT", "steps[6].recurrence.every.unit"},
    {"HoursBeforeABirthday",
     Instead("before_by { n: 9 unit: TIME_UNIT_MONTH }",
             "before_by { n: 9 unit: TIME_UNIT_HOUR }"),
     "WRONG_UNIT", "steps[6].starts_on[0].date.before_by.unit"},
    {"StartBeforeTheBirth",
     Instead("before_by { n: 9 unit: TIME_UNIT_MONTH }",
             "before_by { n: 37 unit: TIME_UNIT_MONTH }"),
     "OUT_OF_RANGE", "steps[6].starts_on[0].date.before_by"},
    {"LimitBeforeTheBirth",
     Instead(
         "before_fact: 'until' before_by { n: 1 unit: TIME_UNIT_MONTH } source",
         "before_age { years: 3 } before_by { n: 4 unit: TIME_UNIT_YEAR } "
         "source"),
     "OUT_OF_RANGE", "steps[5].limits[0].before_by"},
    {"LawThatWasInvented",
     Instead("act: 'an act, art. 1' provenance: PROVENANCE_RECALLED "
             "confidence: CONFIDENCE_HIGH",
             "act: 'an act, art. 1' provenance: PROVENANCE_DEMO"),
     "WRONG_PROVENANCE", "steps[0].limits[0].source.provenance"},
    {"ReadButNotWhere",
     Instead(
         "list: 'first'",
         "list: 'first' evidence_source { provenance: PROVENANCE_CONFIRMED }"),
     "NO_ACT", "criteria[0].evidence_source.act"},
    {"ActThatEndedBefore",
     Instead("act: 'an act, art. 1'",
             "act: 'an act, art. 1' valid_to: '2020-01-01'"),
     "NOT_IN_FORCE", "steps[0].limits[0].source.valid_to"},
    {"ActThatBeginsAfter",
     Instead("valid_from: '2025-01-01'\nlanguages",
             "valid_from: '2025-01-01' valid_to: '2025-12-31' sources { act: "
             "'an act' valid_from: '2030-01-01' provenance: "
             "PROVENANCE_CONFIRMED }\nlanguages"),
     "NOT_IN_FORCE", "sources[0].valid_from"},
    {"StopsOfADate",
     Instead("before_by { n: 1 unit: TIME_UNIT_MONTH } source",
             "before_by { n: 1 unit: TIME_UNIT_MONTH } stops: 'away' source"),
     "MISPLACED", "steps[5].limits[0].stops"},
    {"StartOfADate",
     Instead("before_by { n: 1 unit: TIME_UNIT_MONTH } source",
             "before_by { n: 1 unit: TIME_UNIT_MONTH } from { report: true } "
             "source"),
     "MISPLACED", "steps[5].limits[0].from"},
    {"EscalationOfNoLimit",
     Instead(
         "before_fact: 'until' before_by { n: 1 unit: TIME_UNIT_MONTH } source",
         "no_limit: true escalations { after { n: 1 unit: "
         "TIME_UNIT_WORKING_DAY } to_role: 'head' } source"),
     "MISPLACED", "steps[5].limits[0].escalations"},
    {"FamilyIsTold", Instead("to_role: 'head'", "to_role: 'family'"),
     "NOBODY_IS_TOLD", "default_escalations[0].to_role"},
    {"ClockFromAStepThatComesLater",
     Instead(
         "    id: 'begin_due'\n    within { n: 3 unit: TIME_UNIT_WORKING_DAY "
         "}\n    from { report: true }",
         "    id: 'begin_due'\n    within { n: 3 unit: TIME_UNIT_WORKING_DAY "
         "}\n    from { outcome { step: 'contact' } }"),
     "CANNOT_PRECEDE", "steps[0].limits[0].from.outcome.step"},
    {"StopTwice", Instead("stops: 'away'", "stops: ['away', 'away']"),
     "SAID_TWICE", "steps[0].limits[0].stops[1]", Grade::kWarning},
};

const Row kSteps[] = {
    {"FamilyChosenAndDenied",
     Instead("performer { family: true }", "performer { family: false }"),
     "CONTRADICTORY", "steps[3].performer.family"},
    {"LimitChosenAndDenied",
     Instead(
         "before_fact: 'until' before_by { n: 1 unit: TIME_UNIT_MONTH } source",
         "at_once: false source"),
     "CONTRADICTORY", "steps[5].limits[0].at_once"},
    {"RoleWithoutName",
     Instead("performer { role: 'provider' }", "performer { role: '' }"),
     "EMPTY", "steps[4].performer.role"},
    {"SameAndNotTheSame",
     Instead(
         "performer { same_as: 'refer' }",
         "performer { same_as: 'refer' not_same_organisation_as: 'refer' }"),
     "CONTRADICTORY", "steps[5].performer.same_as"},
    {"PerformsTwice",
     Instead(
         "performer { same_as: 'refer' }",
         "performer { same_as: 'refer' } co_performers { same_as: 'refer' }"),
     "SAID_TWICE", "steps[5].co_performers[0]", Grade::kWarning},
    {"WaitsForItself",
     Instead("never_waits_for: 'contact'", "never_waits_for: 'refer'"),
     "CONTRADICTORY", "steps[2].never_waits_for[0]"},
    {"ReferralToTheFamily",
     Instead("performer { family: true }",
             "performer { family: true } referral { kind: "
             "REFERRAL_KIND_REFERRAL on_nobody_left: 'upheld' }"),
     "CONTRADICTORY", "steps[3].referral"},
    {"UnknownProfile",
     Instead("on_accepted: 'accepted'",
             "on_accepted: 'accepted' profile: 'swift'"),
     "UNKNOWN_ID", "steps[2].referral.profile"},
    {"NoticeThatIsAccepted",
     Instead("kind: REFERRAL_KIND_REFERRAL", "kind: REFERRAL_KIND_NOTICE"),
     "MISPLACED", "steps[2].referral.on_accepted"},
    {"RequestNobodyAnswers",
     Instead("kind: REFERRAL_KIND_REFERRAL on_accepted: 'accepted' "
             "on_nobody_left: 'nobody'",
             "kind: REFERRAL_KIND_INTERAGENCY_REQUEST on_accepted: 'accepted'"),
     "REJECTION_LEADS_NOWHERE", "steps[2].referral"},
    {"MoreWaysThanTries", Instead("ways: 2", "ways: 4"), "OUT_OF_RANGE",
     "steps[1].attempts.ways"},
    {"LastTryThatDoesNotCount",
     Instead("ways: 2",
             "ways: 1 modes: CONTACT_MODE_TELEPHONE last: CONTACT_MODE_VISIT"),
     "CONTRADICTORY", "steps[1].attempts.last[0]"},
    {"WayThatIsNone",
     Instead("ways: 2", "ways: 1 modes: CONTACT_MODE_UNSPECIFIED"), "EMPTY",
     "steps[1].attempts.modes[0]"},
    {"ReachedOrNotTheSame",
     Instead("on_exhausted: 'silent'", "on_exhausted: 'reached'"),
     "CONTRADICTORY", "steps[1].attempts.on_exhausted"},
    {"GroundThatWasInvented",
     Instead("law { act: 'an act' provenance: PROVENANCE_CONFIRMED }",
             "law { act: 'an act' provenance: PROVENANCE_DEMO }"),
     "NO_GROUND", "steps[2].disclosure[2].law.provenance"},
    {"RouteAsAClass",
     Instead("optional_classes: DATA_CLASS_SOCIAL",
             "optional_classes: DATA_CLASS_ROUTE"),
     "WRONG_CLASS", "steps[2].disclosure[0].optional_classes[0]"},
    {"PaperByConsent",
     Instead("consent_purpose: 'help'",
             "gives_person: 'slip' consent_purpose: 'help'"),
     "MISPLACED", "steps[2].disclosure[0].gives_person"},
    {"NeedsDataForNoHelp",
     Instead("outlives_case: true",
             "outlives_case: true needs_data_because: 'x'"),
     "MISPLACED", "steps[9].needs_data_because", Grade::kWarning},
};

const Row kOutcomes[] = {
    {"GoesOnAndStartsItself",
     Instead(
         "continues: true starts { step: 'contact' } }\n  outcomes { id: "
         "'wants",
         "continues: true starts { step: 'begin' } }\n  outcomes { id: 'wants"),
     "CONTRADICTORY", "steps[0].outcomes[1].starts[0].step"},
    {"StartsTheSameTwice",
     Instead("starts { step: 'refer' } starts { step: 'treat' }",
             "starts { step: 'refer' } starts { step: 'refer' }"),
     "SAID_TWICE", "steps[0].outcomes[0].starts[1].step", Grade::kWarning},
    {"EndsItself",
     Instead("ends_steps { step: 'review' outcome: 'overtaken' }",
             "ends_steps { step: 'appeal' outcome: 'upheld' }"),
     "CONTRADICTORY", "steps[3].outcomes[1].ends_steps[0].step"},
    {"ReturnsToNobody",
     Instead("id: 'done' nothing_follows: true }\n}\nsteps {\n  id: 'back",
             "id: 'done' returns_to_caller: true }\n}\nsteps {\n  id: 'back"),
     "LEADS_NOWHERE", "steps[6].outcomes[0].returns_to_caller"},
    {"RecheckAfterTheEnding",
     Instead("outcomes { id: 'met'",
             "outcomes { id: 'met' needs_recheck_date: true recheck_starts: "
             "'review'"),
     "STARTS_AFTER_ENDING", "steps[8].outcomes[0].recheck_starts"},
    {"OpensItsOwnPathwayAgain",
     Instead("outcomes { id: 'treated' nothing_follows: true }",
             "outcomes { id: 'treated' opens_case { pathway: 'small' entry: "
             "'found' } }"),
     "CONTRADICTORY", "steps[4].outcomes[0].opens_case.pathway"},
    {"RecordsAPeriodBackwards",
     Instead("outcomes { id: 'met'",
             "outcomes { id: 'met' records { fact: 'place' value { choice: "
             "'home' } from: '2025-02-03' to: '2024-01-01' }"),
     "ENDS_BEFORE_IT_BEGINS", "steps[8].outcomes[0].records[0].to"},
    {"RecordsAPeriodOfWhatHasNone",
     Instead("outcomes { id: 'met'",
             "outcomes { id: 'met' records { fact: 'danger' value { truth: "
             "true } from: '2025-02-03' }"),
     "MISPLACED", "steps[8].outcomes[0].records[0]"},
};

INSTANTIATE_TEST_SUITE_P(Conditions, CheckSlips,
                         ::testing::ValuesIn(kConditions), NameOfRow);
INSTANTIATE_TEST_SUITE_P(Declarations, CheckSlips,
                         ::testing::ValuesIn(kDeclarations), NameOfRow);
INSTANTIATE_TEST_SUITE_P(Terms, CheckSlips, ::testing::ValuesIn(kTerms),
                         NameOfRow);
INSTANTIATE_TEST_SUITE_P(Steps, CheckSlips, ::testing::ValuesIn(kSteps),
                         NameOfRow);
INSTANTIATE_TEST_SUITE_P(Outcomes, CheckSlips, ::testing::ValuesIn(kOutcomes),
                         NameOfRow);

}  // namespace
}  // namespace careroute::pathway
