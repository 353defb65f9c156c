// Rules about conditions, limits, steps and outcomes: the small pathway, one
// change, the one problem expected.

#include "careroute/model/v1/pathway.pb.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/testing/check_table.h"

namespace careroute::pathway {
namespace {

using base::Grade;
using model::v1::Condition;
using model::v1::Pathway;
using testing::CheckTable;
using testing::NameOfRow;
using testing::OutcomeOf;
using testing::Row;
using testing::StepOf;

class CheckRules : public CheckTable {};

TEST_P(CheckRules, FindsTheMistake) {
  Pathway pathway = testing::SmallPathway();
  GetParam().change(pathway);
  ExpectFound(testing::Check(pathway));
}

// Replaces the guard of the step `treat`, which is per finding.
std::function<void(Pathway&)> Guard(const std::string& text) {
  return [text](Pathway& p) {
    Condition* condition =
        StepOf(p, "treat").mutable_guards(0)->mutable_must_hold();
    condition->Clear();
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(text, condition));
  };
}

// Merges text into a step.
std::function<void(Pathway&)> Step(const std::string& id,
                                   const std::string& text) {
  return [id, text](Pathway& p) {
    model::v1::Step extra;
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(text, &extra));
    StepOf(p, id).MergeFrom(extra);
  };
}

void NestTooDeep(Pathway& p) {
  Condition* condition =
      StepOf(p, "treat").mutable_guards(0)->mutable_must_hold();
  for (int i = 0; i < kConditionDepthMax; ++i) {
    Condition outer;
    *outer.mutable_all()->add_of() = *condition;
    *condition = outer;
  }
}

constexpr char kGuardPath[] = "steps[4].guards[0].must_hold";

const Row kConditions[] = {
    {"ConditionThatAsksNothing", Guard(""), "EMPTY", kGuardPath},
    {"EmptyAll", Guard("all {}"), "EMPTY", "steps[4].guards[0].must_hold.all"},
    {"EmptyAny", Guard("any {}"), "EMPTY", "steps[4].guards[0].must_hold.any"},
    {"FactTestThatAsksNothing", Guard("fact { fact: 'danger' }"), "EMPTY",
     "steps[4].guards[0].must_hold.fact"},
    {"NotKnownUnhandled",
     Guard("not { fact { fact: 'danger' is { values: 'true' } } }"),
     "NOT_KNOWN_UNHANDLED", "steps[4].guards[0].must_hold.not.fact"},
    {"NotKnownUnhandledDeepInside",
     Guard("not { any { of { fact { fact: 'danger' is { values: 'true' } } "
           "} } }"),
     "NOT_KNOWN_UNHANDLED", "steps[4].guards[0].must_hold.not.any.of[0].fact"},
    {"UndeclaredFact", Guard("fact { fact: 'nope' recorded: true }"),
     "UNKNOWN_ID", "steps[4].guards[0].must_hold.fact.fact"},
    {"UndeclaredValue", Guard("fact { fact: 'place' is { values: 'moon' } }"),
     "WRONG_VALUE", "steps[4].guards[0].must_hold.fact.is.values[0]"},
    {"ValueOfAnotherType",
     Guard("fact { fact: 'danger' is { values: 'maybe' } }"), "WRONG_VALUE",
     "steps[4].guards[0].must_hold.fact.is.values[0]"},
    {"NumberOutOfRange", Guard("fact { fact: 'weeks' at_least: 99 }"),
     "OUT_OF_RANGE", "steps[4].guards[0].must_hold.fact.at_least"},
    {"NumberOfAnEnum", Guard("fact { fact: 'place' at_most: 1 }"), "WRONG_TYPE",
     "steps[4].guards[0].must_hold.fact.at_most"},
    {"DateThatIsNone",
     Guard("fact { fact: 'until' is { values: 'tomorrow' } }"), "WRONG_VALUE",
     "steps[4].guards[0].must_hold.fact.is.values[0]"},
    {"SameFindingOfAPersonsFact",
     Guard("fact { fact: 'danger' recorded: true same_subject: true }"),
     "SUBJECT_MISMATCH", "steps[4].guards[0].must_hold.fact.same_subject"},
    {"SameFindingOfAPersonsStep",
     Guard("outcome { step: 'begin' same_subject: true }"), "SUBJECT_MISMATCH",
     "steps[4].guards[0].must_hold.outcome.same_subject"},
    {"AnyFindingWhereItsOwnMayBeMeant",
     Guard("fact { fact: 'urgency' is { values: 'urgent' } }"),
     "ASKS_ANY_SUBJECT", "steps[4].guards[0].must_hold.fact", Grade::kWarning},
    {"AgeOfNobody", Guard("age {}"), "EMPTY",
     "steps[4].guards[0].must_hold.age"},
    {"AgeThatNobodyHas",
     Guard("age { at_least { years: 7 } below { years: 3 } }"), "NEVER_TRUE",
     "steps[4].guards[0].must_hold"},
    {"WorkingDaysBeforeABirthday",
     Guard("age { at_least { years: 3 } "
           "reached_before_by { n: 5 unit: TIME_UNIT_WORKING_DAY } }"),
     "WRONG_UNIT", "steps[4].guards[0].must_hold.age.reached_before_by"},
    {"ConsentToNothing", Guard("consent {}"), "EMPTY",
     "steps[4].guards[0].must_hold.consent.matter"},
    {"ConsentToNoClass", Guard("consent { matter: CONSENT_MATTER_DATA }"),
     "NO_CLASSES", "steps[4].guards[0].must_hold.consent.classes"},
    {"EntryOfNone", Guard("entry {}"), "EMPTY",
     "steps[4].guards[0].must_hold.entry"},
    {"UnknownCriterion", Guard("criterion { is: 'nope' }"), "UNKNOWN_ID",
     "steps[4].guards[0].must_hold.criterion.is[0]"},
    {"RecordsAnUndeclaredValue",
     Step("review",
          "outcomes { id: 'x' records { fact: 'place' "
          "value { choice: 'moon' } } nothing_follows: true }"),
     "WRONG_VALUE", "steps[8].outcomes[2].records[0].value"},
    {"TermWithoutUnit",
     Guard("outcome { step: 'begin' not_older_than { n: 3 } }"), "NO_UNIT",
     "steps[4].guards[0].must_hold.outcome.not_older_than"},
    {"EmptyTerm",
     Guard("outcome { step: 'begin' not_older_than { unit: "
           "TIME_UNIT_WEEK } }"),
     "OUT_OF_RANGE", "steps[4].guards[0].must_hold.outcome.not_older_than.n"},
    {"NestedTooDeep", NestTooDeep, "TOO_DEEP",
     "steps[4].guards[0].must_hold.all.of[0].all.of[0].all.of[0].all.of[0]"
     ".all.of[0].all.of[0].all.of[0].all.of[0].all.of[0].all.of[0].all.of[0]"
     ".all.of[0].all.of[0].all.of[0].all.of[0].all.of[0]"},
};

model::v1::Limit& LimitOf(Pathway& p, const std::string& step) {
  return *StepOf(p, step).mutable_limits(0);
}

const Row kLimits[] = {
    {"LimitWithoutTime", [](Pathway& p) { LimitOf(p, "begin").clear_within(); },
     "NO_DUE", "steps[0].limits[0]"},
    {"LimitWithoutSource",
     [](Pathway& p) { LimitOf(p, "refer").clear_source(); }, "NO_PROVENANCE",
     "steps[2].limits[0].source"},
    {"SourceWithoutProvenance",
     [](Pathway& p) {
       LimitOf(p, "refer").mutable_source()->clear_provenance();
     },
     "NO_PROVENANCE", "steps[2].limits[0].source"},
    {"StatutoryWithoutAct",
     [](Pathway& p) { LimitOf(p, "begin").mutable_source()->clear_act(); },
     "NO_ACT", "steps[0].limits[0].source.act"},
    {"RecalledWithoutConfidence",
     [](Pathway& p) {
       LimitOf(p, "begin").mutable_source()->clear_confidence();
     },
     "NO_CONFIDENCE", "steps[0].limits[0].source", Grade::kWarning},
    {"ConfirmedWithConfidence",
     [](Pathway& p) {
       LimitOf(p, "refer")
           .mutable_source()
           ->set_confidence(model::v1::CONFIDENCE_LOW);
     },
     "NEEDLESS_CONFIDENCE", "steps[2].limits[0].source.confidence",
     Grade::kWarning},
    {"TableWithoutNotKnown",
     [](Pathway& p) {
       LimitOf(p, "treat").mutable_by_fact()->clear_not_known();
     },
     "NOT_KNOWN_UNHANDLED", "steps[4].limits[0].by_fact.not_known"},
    {"TableWithoutARow",
     [](Pathway& p) {
       LimitOf(p, "treat").mutable_by_fact()->mutable_rows()->RemoveLast();
     },
     "MISSING_ROW", "steps[4].limits[0].by_fact.rows"},
    {"TableWithARowTwice",
     [](Pathway& p) {
       auto* table = LimitOf(p, "treat").mutable_by_fact();
       *table->add_rows() = table->rows(0);
     },
     "DUPLICATE_ID", "steps[4].limits[0].by_fact.rows[2].is"},
    {"TableOverADate",
     [](Pathway& p) {
       LimitOf(p, "treat").mutable_by_fact()->set_fact("until");
     },
     "WRONG_TYPE", "steps[4].limits[0].by_fact.fact"},
    {"TableOverAFactOfAnother",
     [](Pathway& p) { StepOf(p, "treat").clear_occurrence_per(); },
     "SUBJECT_MISMATCH", "steps[4].limits[0].by_fact.fact"},
    {"BeforeByWithoutADate",
     [](Pathway& p) {
       LimitOf(p, "begin").mutable_before_by()->set_n(1);
       LimitOf(p, "begin")
           .mutable_before_by()
           ->set_unit(model::v1::TIME_UNIT_WEEK);
     },
     "MISPLACED", "steps[0].limits[0].before_by"},
    {"BeforeAFactThatIsNoDate",
     [](Pathway& p) { LimitOf(p, "deliver").set_before_fact("danger"); },
     "WRONG_TYPE", "steps[5].limits[0].before_fact"},
    {"ReceivedWithoutReferral",
     [](Pathway& p) {
       LimitOf(p, "begin").mutable_from()->set_referral_received(true);
     },
     "NO_REFERRAL", "steps[0].limits[0].from.referral_received"},
    {"TrackThatLengthens",
     [](Pathway& p) {
       LimitOf(p, "begin").mutable_tracks(0)->mutable_within()->set_n(4);
     },
     "DEADLINES_CONTRADICT", "steps[0].limits[0].tracks[0].within"},
    {"SharedClockWithTwoStarts",
     [](Pathway& p) {
       LimitOf(p, "refer").mutable_from()->set_fact_date("until");
     },
     "DEADLINES_CONTRADICT", "steps[2].limits[0].from"},
    {"LaterStepDueEarlierOnOneClock",
     [](Pathway& p) {
       LimitOf(p, "refer").mutable_within()->set_n(2);
       OutcomeOf(p, "contact", "silent").mutable_starts(0)->set_step("treat");
     },
     "DEADLINES_CONTRADICT", "steps[2].limits[0].within"},
    {"SharedClockWithoutStart",
     [](Pathway& p) { LimitOf(p, "refer").clear_from(); },
     "CLOCK_WITHOUT_START", "steps[2].limits[0].from"},
    {"TriesThatTakeLongerThanTheLimit",
     [](Pathway& p) {
       auto* limit = StepOf(p, "contact").add_limits();
       limit->set_id("contact_due");
       limit->mutable_within()->set_n(3);
       limit->mutable_within()->set_unit(model::v1::TIME_UNIT_WORKING_DAY);
     },
     "DEADLINES_CONTRADICT", "steps[1].attempts.every"},
    {"SilenceAfterTheLimit",
     [](Pathway& p) {
       LimitOf(p, "refer").clear_from();
       auto* after = StepOf(p, "refer").mutable_on_silence()->mutable_after();
       after->set_n(11);
       after->set_unit(model::v1::TIME_UNIT_WORKING_DAY);
     },
     "SILENCE_AFTER_LIMIT", "steps[2].on_silence.after", Grade::kWarning},
    {"ClockSharedByNobody",
     [](Pathway& p) { LimitOf(p, "refer").clear_shared_clock(); },
     "SHARED_BY_NOBODY", "steps[0].limits[0].shared_clock", Grade::kWarning},
    {"EscalationThatDoesNotIncrease",
     [](Pathway& p) {
       p.mutable_default_escalations(1)->mutable_after()->set_n(1);
     },
     "ESCALATION_NOT_INCREASING", "default_escalations[1].after"},
    {"FiveLevels",
     [](Pathway& p) {
       for (int i = 0; i < 3; ++i) {
         *p.add_default_escalations() = p.default_escalations(1);
       }
     },
     "TOO_MANY", "default_escalations"},
    {"NobodyIsTold", [](Pathway& p) { p.clear_default_escalations(); },
     "NOBODY_IS_TOLD", "default_escalations"},
};

const Row kSteps[] = {
    {"NoSteps", [](Pathway& p) { p.clear_steps(); }, "EMPTY", "steps"},
    {"NobodyPerforms",
     [](Pathway& p) { StepOf(p, "review").clear_performer(); }, "NO_PERFORMER",
     "steps[8].performer"},
    {"NoStage", [](Pathway& p) { StepOf(p, "review").clear_stage(); },
     "NO_STAGE", "steps[8].stage"},
    {"SameAsALaterStep",
     [](Pathway& p) {
       StepOf(p, "begin").mutable_performer()->set_same_as("refer");
     },
     "CANNOT_PRECEDE", "steps[0].performer.same_as"},
    {"NotSameAsALaterStep",
     [](Pathway& p) {
       StepOf(p, "begin").mutable_performer()->add_not_same_member_as("memory");
     },
     "CANNOT_PRECEDE", "steps[0].performer.not_same_member_as[0]"},
    {"StartWithoutTrigger", Step("memory", "starts_on {}"), "EMPTY",
     "steps[9].starts_on[0]"},
    {"DateOfNothing", Step("memory", "starts_on { date {} }"), "EMPTY",
     "steps[9].starts_on[0].date"},
    {"StartSaidTwice",
     Step("refer", "starts_on { outcome { step: 'begin' is: 'refer' } }"),
     "SAID_TWICE", "steps[2].starts_on[0].outcome", Grade::kWarning},
    {"GuardWithoutCondition",
     [](Pathway& p) {
       StepOf(p, "treat").mutable_guards(0)->clear_must_hold();
     },
     "EMPTY", "steps[4].guards[0].must_hold"},
    {"GuardNobodyCanMeet",
     [](Pathway& p) {
       StepOf(p, "treat").mutable_guards(0)->clear_can_be_met_by();
     },
     "NOBODY_CAN_MEET_IT", "steps[4].guards[0].can_be_met_by", Grade::kWarning},
    {"ExceptionWithoutEnd",
     [](Pathway& p) {
       StepOf(p, "refer")
           .mutable_guards(0)
           ->mutable_emergency_exception()
           ->clear_evidence_within();
     },
     "NO_DUE", "steps[2].guards[0].emergency_exception.evidence_within"},
    {"WaitsForWhatItMustNot",
     Step("refer",
          "guards { id: 'g' can_be_met_by: 'family' must_hold { outcome { "
          "step: 'contact' } } }"),
     "NEVER_WAITS_CONTRADICTED", "steps[2].guards[1]"},
    {"RejectionLeadsNowhere",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_referral()->clear_on_nobody_left();
     },
     "REJECTION_LEADS_NOWHERE", "steps[2].referral"},
    {"ReferralWithoutKind",
     [](Pathway& p) { StepOf(p, "refer").mutable_referral()->clear_kind(); },
     "NO_KIND", "steps[2].referral.kind"},
    {"AttemptsWithoutExhaustion",
     [](Pathway& p) {
       StepOf(p, "contact").mutable_attempts()->clear_on_exhausted();
     },
     "NO_OUTCOME", "steps[1].attempts.on_exhausted"},
    {"AttemptsWithoutBound",
     [](Pathway& p) { StepOf(p, "contact").mutable_attempts()->clear_tries(); },
     "OUT_OF_RANGE", "steps[1].attempts.tries"},
    {"SilenceWithoutOutcome",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_on_silence()->clear_outcome();
     },
     "NO_OUTCOME", "steps[2].on_silence.outcome"},
    {"SilenceWithoutSource",
     [](Pathway& p) {
       auto* after = StepOf(p, "refer").mutable_on_silence()->mutable_after();
       after->clear_parameter();
       after->set_n(2);
       after->set_unit(model::v1::TIME_UNIT_WORKING_DAY);
     },
     "NO_PROVENANCE", "steps[2].on_silence.source"},
    {"RunsUntilNever",
     [](Pathway& p) {
       StepOf(p, "deliver").mutable_runs_until(0)->clear_date();
     },
     "EMPTY", "steps[5].runs_until[0]"},
    {"RecursForEver",
     [](Pathway& p) {
       StepOf(p, "check_up").mutable_recurrence()->clear_while_();
     },
     "OPEN_ENDED", "steps[6].recurrence.while", Grade::kWarning},
    {"VisitsNeverMissed",
     [](Pathway& p) {
       StepOf(p, "deliver").mutable_visits()->clear_missed_after();
     },
     "NO_DUE", "steps[5].visits.missed_after"},
    {"UnknownEmptyPart",
     [](Pathway& p) {
       StepOf(p, "deliver")
           .mutable_invariants(0)
           ->mutable_partition()
           ->set_empty_part("nope");
     },
     "UNKNOWN_ID", "steps[5].invariants[0].partition.empty_part"},
    {"SumWithoutCaps",
     [](Pathway& p) {
       StepOf(p, "deliver")
           .mutable_invariants(1)
           ->mutable_sum()
           ->clear_cap_table();
     },
     "EMPTY", "steps[5].invariants[1].sum"},
    {"VisitsByAPartThereIsNot",
     [](Pathway& p) {
       StepOf(p, "deliver").mutable_visits()->set_planned_by("deliver");
       StepOf(p, "deliver").mutable_visits()->set_planned_part("nope");
     },
     "UNKNOWN_ID", "steps[5].visits.planned_part"},
    {"PartOfNoPlan",
     [](Pathway& p) {
       StepOf(p, "deliver").mutable_visits()->set_planned_part("given");
     },
     "UNKNOWN_ID", "steps[5].visits.planned_part"},
    {"PlanOfAStepThatKeepsNone",
     [](Pathway& p) {
       StepOf(p, "treat").mutable_outcomes(0)->set_needs_plan(true);
     },
     "MISPLACED", "steps[4].outcomes[0].needs_plan"},
    {"AssessmentWithoutInstrument",
     Step("treat", "assessment { level_fact: 'urgency' }"), "EMPTY",
     "steps[4].assessment.instruments"},
    {"AssessmentWithoutLevel",
     Step("treat", "assessment { instruments: 'scale' }"), "EMPTY",
     "steps[4].assessment.level_fact"},
    {"LevelOfNoFact",
     Step("treat", "assessment { instruments: 'scale' level_fact: 'nope' }"),
     "UNKNOWN_ID", "steps[4].assessment.level_fact"},
    {"LevelThatIsNoChoice",
     Step("treat", "assessment { instruments: 'scale' level_fact: 'danger' }"),
     "WRONG_TYPE", "steps[4].assessment.level_fact"},
    {"RechecksNoStep",
     Step("treat",
          "assessment { instruments: 'scale' level_fact: 'urgency' rechecks: "
          "'nope' }"),
     "UNKNOWN_ID", "steps[4].assessment.rechecks[0]"},
    {"RechecksWhatNobodyAssessed",
     Step("refer",
          "assessment { instruments: 'scale' level_fact: 'urgency' rechecks: "
          "'begin' }"),
     "MISPLACED", "steps[2].assessment.rechecks[0]"},
    {"RecheckByTheAssessor",
     [](Pathway& p) {
       Step("begin",
            "assessment { instruments: 'scale' level_fact: 'urgency' "
            "}")(p);
       Step("review",
            "assessment { instruments: 'scale' level_fact: "
            "'urgency' rechecks: 'begin' }")(p);
     },
     "SAME_ASSESSOR", "steps[8].assessment.rechecks[0]"},
    {"DisputeStartsNoStep",
     Step("treat",
          "assessment { instruments: 'scale' level_fact: 'urgency' "
          "dispute_starts: 'nope' }"),
     "UNKNOWN_ID", "steps[4].assessment.dispute_starts[0]"},
    {"MonthWithoutWeeks",
     Step("deliver", "invariants { id: 'm' month { times: 'times' } }"),
     "EMPTY", "steps[5].invariants[2].month.week_days"},
    {"MonthOfNoQuantity",
     Step("deliver", "invariants { id: 'm' month { week_days: 7 } }"), "EMPTY",
     "steps[5].invariants[2].month.times"},
    {"MonthRowOfWhatNoListHolds",
     Step("deliver",
          "invariants { id: 'm' month { week_days: 7 times: 'times' rows { "
          "items: 'nope' times: 1 } } }"),
     "UNKNOWN_ID", "steps[5].invariants[2].month.rows[0].items[0]"},
    {"MonthRowsOfTheSame",
     Step("deliver",
          "invariants { id: 'm' month { week_days: 7 times: 'times' rows { "
          "items: 'one' times: 1 } rows { items: 'one' times: 2 } } }"),
     "DUPLICATE_ID", "steps[5].invariants[2].month.rows[1].items[0]"},
    {"MonthRowInNoWeek",
     Step("deliver",
          "invariants { id: 'm' month { week_days: 7 week_days: 7 times: "
          "'times' rows { items: 'one' times: 1 weeks: 3 } } }"),
     "OUT_OF_RANGE", "steps[5].invariants[2].month.rows[0].weeks[0]"},
    {"MonthRowInTooFewWeeks",
     Step("deliver",
          "invariants { id: 'm' month { week_days: 7 week_days: 7 times: "
          "'times' rows { items: 'one' times: 2 weeks: 1 } } }"),
     "CONTRADICTORY", "steps[5].invariants[2].month.rows[0].weeks"},
    {"MonthRowMoreOftenThanDays",
     Step("deliver",
          "invariants { id: 'm' month { week_days: 5 times: 'times' rows { "
          "items: 'one' times: 6 } } }"),
     "OUT_OF_RANGE", "steps[5].invariants[2].month.rows[0].times"},
    {"NoContact", [](Pathway& p) { p.clear_contact_every(); }, "NO_CONTACT",
     "contact_every", Grade::kWarning},
};

INSTANTIATE_TEST_SUITE_P(Conditions, CheckRules,
                         ::testing::ValuesIn(kConditions), NameOfRow);
INSTANTIATE_TEST_SUITE_P(Limits, CheckRules, ::testing::ValuesIn(kLimits),
                         NameOfRow);
INSTANTIATE_TEST_SUITE_P(Steps, CheckRules, ::testing::ValuesIn(kSteps),
                         NameOfRow);

}  // namespace
}  // namespace careroute::pathway
