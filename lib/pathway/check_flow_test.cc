// Rules about outcomes, disclosure, interrupts, the flow and texts: the small
// pathway, one change, the one problem expected.

#include <string>

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

class CheckFlow : public CheckTable {};

TEST_P(CheckFlow, FindsTheMistake) {
  Pathway pathway = testing::SmallPathway();
  GetParam().change(pathway);
  ExpectFound(testing::Check(pathway));
}

TEST(CheckPathway, FindsNothingWrongWithTheSmallPathway) {
  const base::Problems problems = testing::Check(testing::SmallPathway());
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
}

TEST(CheckPathway, SaysTheSameOfTheSameInput) {
  Pathway pathway = testing::SmallPathway();
  OutcomeOf(pathway, "review", "met").clear_ending();
  StepOf(pathway, "memory").clear_performer();
  EXPECT_EQ(testing::Describe(testing::Check(pathway)),
            testing::Describe(testing::Check(pathway)));
}

const Row kOutcomes[] = {
    {"SilenceThatLeadsNowhere",
     [](Pathway& p) {
       OutcomeOf(p, "contact", "silent").clear_starts();
       OutcomeOf(p, "contact", "silent").set_nothing_follows(true);
     },
     "SILENCE_LEADS_NOWHERE", "steps[1].attempts.on_exhausted"},
    {"StepThatCannotEnd",
     [](Pathway& p) { StepOf(p, "memory").clear_outcomes(); }, "NO_OUTCOME",
     "steps[9].outcomes"},
    {"OutcomeThatLeadsNowhere",
     [](Pathway& p) { OutcomeOf(p, "memory", "done").clear_nothing_follows(); },
     "LEADS_NOWHERE", "steps[9].outcomes[0]"},
    {"SaysNothingFollowsAndStarts",
     [](Pathway& p) {
       OutcomeOf(p, "contact", "silent").set_nothing_follows(true);
     },
     "CONTRADICTORY", "steps[1].outcomes[1].nothing_follows"},
    {"StartsAfterTheEnding",
     [](Pathway& p) {
       OutcomeOf(p, "review", "met").mutable_starts(0)->set_step("treat");
     },
     "STARTS_AFTER_ENDING", "steps[8].outcomes[0].starts[0].step"},
    {"KeepsOpenWithoutEnding",
     [](Pathway& p) { OutcomeOf(p, "review", "met").clear_ending(); },
     "MISPLACED", "steps[8].outcomes[0].keeps_open"},
    {"KeepsOpenWhatDoesNotOutlive",
     [](Pathway& p) { StepOf(p, "memory").clear_outlives_case(); },
     "NOT_OUTLIVING", "steps[8].outcomes[0].keeps_open[0]"},
    {"RecheckThatStartsNothing",
     [](Pathway& p) {
       OutcomeOf(p, "begin", "wants_time").clear_recheck_starts();
     },
     "RECHECK_STARTS_NOTHING", "steps[0].outcomes[2].recheck_starts"},
    {"RecheckWithoutDate",
     [](Pathway& p) {
       OutcomeOf(p, "begin", "wants_time").clear_needs_recheck_date();
     },
     "NO_DATE", "steps[0].outcomes[2].needs_recheck_date"},
    {"BeforeByWithoutDate",
     [](Pathway& p) {
       OutcomeOf(p, "deliver", "done").mutable_starts(0)->clear_before_fact();
     },
     "MISPLACED", "steps[5].outcomes[0].starts[0].before_by"},
    {"RightWithoutStep",
     [](Pathway& p) {
       OutcomeOf(p, "refer", "refused").mutable_right()->clear_step();
     },
     "EMPTY", "steps[2].outcomes[3].right.step"},
    {"WindowWithoutSource",
     [](Pathway& p) {
       OutcomeOf(p, "refer", "refused").mutable_right()->clear_source();
     },
     "NO_PROVENANCE", "steps[2].outcomes[3].right.source"},
    {"SetsAndClearsATrack",
     [](Pathway& p) {
       OutcomeOf(p, "begin", "refer").set_sets_track("short");
       OutcomeOf(p, "begin", "refer").set_clears_track("short");
     },
     "CONTRADICTORY", "steps[0].outcomes[0].clears_track"},
    {"OpensACaseNowhere",
     [](Pathway& p) { OutcomeOf(p, "deliver", "done").mutable_opens_case(); },
     "EMPTY", "steps[5].outcomes[0].opens_case.pathway"},
    {"OpensACaseByAnUnknownEntry",
     [](Pathway& p) {
       auto* opens = OutcomeOf(p, "deliver", "done").mutable_opens_case();
       opens->set_pathway("small");
       opens->set_entry("nope");
     },
     "UNKNOWN_ID", "steps[5].outcomes[0].opens_case.entry"},
    {"CopiesOfAChildWhereThereIsNone",
     [](Pathway& p) {
       auto* opens = OutcomeOf(p, "deliver", "done").mutable_opens_case();
       opens->set_pathway("another");
       opens->set_entry("found");
       opens->set_copies_of_child("child");
     },
     "MISPLACED", "steps[5].outcomes[0].opens_case.copies_of_child"},
    {"EndsAStepWithNothing",
     [](Pathway& p) {
       OutcomeOf(p, "appeal", "changed").mutable_ends_steps(0)->clear_outcome();
     },
     "NO_OUTCOME", "steps[3].outcomes[1].ends_steps[0].outcome"},
};

model::v1::Way& WayOf(Pathway& p, int index) {
  return *StepOf(p, "refer").mutable_disclosure(index);
}

const Row kDisclosure[] = {
    {"WayWithoutGround",
     [](Pathway& p) { WayOf(p, 0).clear_consent_purpose(); }, "NO_GROUND",
     "steps[2].disclosure[0]"},
    {"LawWithoutAct",
     [](Pathway& p) { WayOf(p, 2).mutable_law()->clear_act(); }, "NO_GROUND",
     "steps[2].disclosure[2].law.act"},
    {"ConsentToNoClasses", [](Pathway& p) { WayOf(p, 0).clear_classes(); },
     "NO_CLASSES", "steps[2].disclosure[0].classes"},
    {"InHandPassesData",
     [](Pathway& p) {
       WayOf(p, 1).add_classes(model::v1::DATA_CLASS_IDENTITY);
     },
     "CONTRADICTORY", "steps[2].disclosure[1].classes"},
    {"InHandWithoutPaper", [](Pathway& p) { WayOf(p, 1).clear_gives_person(); },
     "EMPTY", "steps[2].disclosure[1].gives_person"},
    {"OptionalClassesByLaw",
     [](Pathway& p) {
       WayOf(p, 2).add_optional_classes(model::v1::DATA_CLASS_SOCIAL);
     },
     "MISPLACED", "steps[2].disclosure[2].optional_classes"},
    {"ClassNamedTwice",
     [](Pathway& p) {
       WayOf(p, 0).add_classes(model::v1::DATA_CLASS_IDENTITY);
     },
     "WRONG_CLASS", "steps[2].disclosure[0].classes[1]"},
    {"ReferralThatPassesNothing",
     [](Pathway& p) { StepOf(p, "refer").clear_disclosure(); },
     "PASSES_NOTHING", "steps[2].disclosure", Grade::kWarning},
    {"HelpOnlyByConsent",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_disclosure()->DeleteSubrange(1, 2);
     },
     "HELP_NEEDS_CONSENT", "steps[2].disclosure", Grade::kWarning},
    {"HelpByConsentOrByALawForSome",
     [](Pathway& p) {
       StepOf(p, "refer").mutable_disclosure()->DeleteSubrange(1, 1);
     },
     "HELP_NEEDS_CONSENT", "steps[2].disclosure", Grade::kWarning},
    {"HelpGuardedByConsentToExchange",
     [](Pathway& p) {
       auto* guard = StepOf(p, "deliver").add_guards();
       guard->set_id("consent");
       guard->set_can_be_met_by("family");
       auto* consent = guard->mutable_must_hold()->mutable_consent();
       consent->set_matter(model::v1::CONSENT_MATTER_DATA);
       consent->add_classes(model::v1::DATA_CLASS_IDENTITY);
     },
     "HELP_NEEDS_CONSENT", "steps[5].guards[0]", Grade::kWarning},
};

const Row kInterrupts[] = {
    {"InterruptWithoutWhen",
     [](Pathway& p) { p.mutable_interrupts(0)->clear_when(); }, "EMPTY",
     "interrupts[0].when"},
    {"InterruptWithoutEffect",
     [](Pathway& p) {
       p.mutable_interrupts(0)->clear_suspends();
       p.mutable_interrupts(0)->clear_stop_reason();
     },
     "NO_EFFECT", "interrupts[0]"},
    {"SuspendsWhatMustComeBeforeResumption",
     [](Pathway& p) { p.mutable_interrupts(0)->add_suspends("back_home"); },
     "NEVER_RESUMES", "interrupts[0].before_resume"},
    {"SameSubjectOutsideOfAStep",
     [](Pathway& p) {
       p.mutable_interrupts(0)
           ->mutable_when()
           ->mutable_fact()
           ->set_same_subject(true);
     },
     "SUBJECT_MISMATCH", "interrupts[0].when.fact.same_subject"},
};

const Row kFlow[] = {
    {"UnreachableStep", [](Pathway& p) { p.clear_interrupts(); }, "UNREACHABLE",
     "steps[7]"},
    {"NoWayToAnEnding",
     [](Pathway& p) {
       OutcomeOf(p, "review", "met").clear_ending();
       OutcomeOf(p, "review", "met").clear_keeps_open();
     },
     "NO_WAY_TO_ENDING", "entries[0]"},
    {"CycleWithoutExit",
     [](Pathway& p) {
       OutcomeOf(p, "review", "met").clear_ending();
       OutcomeOf(p, "review", "met").clear_keeps_open();
       StepOf(p, "review").mutable_outcomes()->RemoveLast();
       OutcomeOf(p, "review", "met").mutable_starts(0)->set_step("memory");
       OutcomeOf(p, "memory", "done").clear_nothing_follows();
       OutcomeOf(p, "memory", "done").add_starts()->set_step("review");
     },
     "CYCLE_WITHOUT_EXIT", "steps[8]"},
    {"ARoundThatOnlyLosesSteps",
     [](Pathway& p) {
       OutcomeOf(p, "memory", "done").clear_nothing_follows();
       OutcomeOf(p, "memory", "done").add_starts()->set_step("memory");
       OutcomeOf(p, "memory", "done").add_starts()->set_step("back_home");
     },
     "CYCLE_WITHOUT_EXIT", "steps[9]"},
    {"GuardThatWaitsForALaterStep",
     [](Pathway& p) {
       StepOf(p, "treat")
           .mutable_guards(0)
           ->mutable_must_hold()
           ->mutable_outcome()
           ->set_step("memory");
       auto* guard = StepOf(p, "review").add_guards();
       guard->set_id("after-memory");
       guard->set_can_be_met_by("family");
       guard->mutable_must_hold()->mutable_outcome()->set_step("memory");
     },
     "GUARD_NEVER_MET", "steps[8].guards"},
    // Every outcome but one leads to an ending; only a life that takes that
    // one shows that nothing is left.
    {"LifeThatIsStranded",
     [](Pathway& p) {
       OutcomeOf(p, "begin", "wants_time").clear_needs_recheck_date();
       OutcomeOf(p, "begin", "wants_time").clear_recheck_starts();
       OutcomeOf(p, "begin", "wants_time").set_nothing_follows(true);
       p.mutable_steps(6)->clear_starts_on();
       StepOf(p, "check_up").set_may_be_started_by_hand(true);
     },
     "STRANDED", "entries[0]"},
};

const Row kTexts[] = {
    {"MissingText", [](Pathway& p) { p.add_languages("ru"); }, "NO_TEXT",
     "steps[0].outcomes[0]"},
    {"TextOfNothing",
     [](Pathway& p) {
       auto* entry = p.mutable_texts(0)->add_entries();
       entry->set_key("step/nope");
       entry->set_text("Nothing");
     },
     "UNUSED", "texts[0].entries[66].key", Grade::kWarning},
    {"StageWithoutCard",
     [](Pathway& p) { p.mutable_texts(0)->mutable_entries()->RemoveLast(); },
     "NO_CARD", "stages[0]", Grade::kWarning},
    {"CardWithoutWords",
     [](Pathway& p) {
       p.mutable_texts(0)->mutable_entries(65)->clear_family();
     },
     "NO_CARD", "stages[0]", Grade::kWarning},
    {"CardOfNoStage",
     [](Pathway& p) {
       p.mutable_texts(0)->mutable_entries(65)->set_key("card/nope");
     },
     "UNKNOWN_ID", "texts[0].entries[65].key"},
    {"TextTwice",
     [](Pathway& p) {
       auto* entry = p.mutable_texts(0)->add_entries();
       *entry = p.texts(0).entries(0);
     },
     "DUPLICATE_ID", "texts[0].entries[66].key"},
    {"EmptyText",
     [](Pathway& p) { p.mutable_texts(0)->mutable_entries(3)->clear_text(); },
     "EMPTY", "texts[0].entries[3].text"},
    {"SignalInCapitals",
     [](Pathway& p) {
       p.mutable_texts(0)->mutable_entries(3)->set_text("СИГНАЛ о семье");
     },
     "FORBIDDEN_WORD", "texts[0].entries[3]"},
    {"MarkupInATitle",
     [](Pathway& p) {
       p.mutable_texts(0)->mutable_entries(3)->set_text("<b>Urgent</b>");
     },
     "MARKUP", "texts[0].entries[3]"},
    {"TitleOfSpaces",
     [](Pathway& p) { p.mutable_texts(0)->mutable_entries(3)->set_text(" "); },
     "EMPTY", "texts[0].entries[3].text"},
    {"TitleThatTurnsTheDirection",
     [](Pathway& p) {
       p.mutable_texts(0)->mutable_entries(3)->set_text("Help \u202e");
     },
     "NOT_TEXT", "texts[0].entries[3].text"},
    {"DefaultDocumentWithoutText",
     [](Pathway& p) {
       p.mutable_parameters(2)->mutable_default_value()->set_id("paper");
     },
     "NO_TEXT", "criteria[0].proved_by[1]"},
    {"SignalAboutAFamily",
     [](Pathway& p) {
       p.mutable_texts(0)->mutable_entries(3)->set_family(
           "Поступил сигнал о семье");
     },
     "FORBIDDEN_WORD", "texts[0].entries[3]"},
};

INSTANTIATE_TEST_SUITE_P(Outcomes, CheckFlow, ::testing::ValuesIn(kOutcomes),
                         NameOfRow);
INSTANTIATE_TEST_SUITE_P(Disclosure, CheckFlow,
                         ::testing::ValuesIn(kDisclosure), NameOfRow);
INSTANTIATE_TEST_SUITE_P(Interrupts, CheckFlow,
                         ::testing::ValuesIn(kInterrupts), NameOfRow);
INSTANTIATE_TEST_SUITE_P(Flow, CheckFlow, ::testing::ValuesIn(kFlow),
                         NameOfRow);
INSTANTIATE_TEST_SUITE_P(Texts, CheckFlow, ::testing::ValuesIn(kTexts),
                         NameOfRow);

}  // namespace
}  // namespace careroute::pathway
