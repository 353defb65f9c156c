// Assessments are recorded and disputed.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/casework/internal/assessment_records.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/consents.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/starts.h"
#include "lib/scoring/instrument_set.h"
#include "lib/scoring/score.h"

namespace careroute::casework::internal {
namespace {

using command::v1::RecordAssessment;
using model::v1::AssessmentAnswers;
using model::v1::AssessmentRules;
using model::v1::Step;
using scoring::Instrument;

template <typename List>
bool Holds(const List& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// What is asked, where, and everything found against it.
class AssessmentReader {
 public:
  AssessmentReader(const Draft& draft, const Live& live, const Step& step)
      : draft_(draft),
        live_(live),
        rules_(step.assessment()),
        command_(draft.command.record_assessment()) {}

  // All problems at once, with their paths; null when there is none.
  RefusalPtr Check() {
    CheckAge();
    CheckDay();
    CheckRecheck();
    FindInstrument();
    if (instrument_ != nullptr) {
      CheckAllowed();
      TakeScore();
    }
    return std::move(refusal_);
  }

  [[nodiscard]] const model::v1::AssessmentScore& score() const {
    return *score_;
  }
  // Null when it re-checks none.
  [[nodiscard]] const AssessmentRecord* rechecked() const { return rechecked_; }

 private:
  void Complain(const FieldProblem& problem) { AddInvalid(problem, refusal_); }

  // The age decides the level: it is the record's, not the assessor's.
  void CheckAge() {
    const AssessmentAnswers& answers = command_.answers();
    if (answers.age_case() == AssessmentAnswers::AGE_NOT_SET) {
      return;
    }
    const bool birth = answers.age_case() == AssessmentAnswers::kBirthDate;
    Complain({.path = birth ? "answers.birth_date" : "answers.age_months",
              .reason = "AGE_GIVEN",
              .message = "the age comes from the person's record",
              .mend = "leave it out, or correct the person's record"});
  }

  void CheckDay() {
    const auto day = Places::Day(command_.answers().assessment_date());
    if (!day.has_value()) {
      return Complain({.path = "answers.assessment_date",
                       .reason = "NOT_A_DATE",
                       .message = "is no day",
                       .mend = "give the day of the assessment, YYYY-MM-DD"});
    }
    if (*day > draft_.places.DayOf(draft_.happened)) {
      return Complain({.path = "answers.assessment_date",
                       .reason = "IN_FUTURE",
                       .message = "the day has not come yet",
                       .mend = "give the day of the assessment"});
    }
    const absl::CivilDay start = draft_.places.DayOf(live_.start);
    if (*day < start) {
      Complain({.path = "answers.assessment_date",
                .reason = "BEFORE_START",
                .message = absl::StrCat("the step began on ",
                                        calendar::FormatDate(start)),
                .mend = "assess anew; an earlier one belongs to its own step"});
    }
  }

  void CheckRecheck() {
    if (command_.rechecks() != 0) {
      rechecked_ = FindAssessment(draft_.state, command_.rechecks());
      if (rechecked_ == nullptr) {
        return Complain({.path = "rechecks",
                         .reason = "UNKNOWN_ASSESSMENT",
                         .message = "the case has no such assessment",
                         .mend = absl::StrCat("name one of ", Open())});
      }
      if (!Holds(rules_.rechecks(), rechecked_->step)) {
        Complain({.path = "rechecks",
                  .reason = "NOT_RECHECKED_HERE",
                  .message = absl::StrCat("assessments of ", rechecked_->step,
                                          " are not looked at again here"),
                  .mend = Open() == kNone
                              ? "leave it out: this step assesses anew"
                              : absl::StrCat("name one of ", Open())});
      }
      return;
    }
    if (const std::string open = Open(); open != kNone) {
      Complain({.path = "rechecks",
                .reason = "EMPTY",
                .message = "this step looks at an assessment again",
                .mend = absl::StrCat("say which: ", open)});
    }
  }

  // The numbers of what may be looked at again here.
  [[nodiscard]] std::string Open() const {
    std::string open;
    for (const AssessmentRecord& one : draft_.state.assessments) {
      if (Holds(rules_.rechecks(), one.step)) {
        absl::StrAppend(&open, open.empty() ? "" : ", ", one.number);
      }
    }
    return open.empty() ? kNone : open;
  }

  void FindInstrument() {
    const AssessmentAnswers& answers = command_.answers();
    const scoring::InstrumentSet* all = draft_.context.instruments;
    const auto find = [&](const std::string& edition, const std::string& on) {
      return all == nullptr ? nullptr
                            : all->Find({.id = answers.instrument(),
                                         .edition = edition,
                                         .on = on});
    };
    instrument_ = find(answers.edition(), answers.assessment_date());
    if (instrument_ != nullptr) {
      return;
    }
    // An edition of another day: what else is wrong is said all the same.
    instrument_ = find(answers.edition(), "");
    if (instrument_ != nullptr) {
      if (answers.edition().empty() &&
          Places::Day(answers.assessment_date()).has_value()) {
        Complain({.path = "answers.assessment_date",
                  .reason = "NOT_IN_FORCE",
                  .message = "no edition of the instrument is in force on "
                             "that day",
                  .mend = "use an instrument of the day"});
      }
      return;
    }
    if (find("", "") != nullptr) {
      return Complain({.path = "answers.edition",
                       .reason = "UNKNOWN_EDITION",
                       .message = "this hub has no such edition of it",
                       .mend = "name one it has, or none"});
    }
    Complain({.path = "answers.instrument",
              .reason = "UNKNOWN_INSTRUMENT",
              .message = "this hub has no such instrument",
              .mend = absl::StrCat("use one of the step: ", Allowed())});
  }

  [[nodiscard]] std::string Allowed() const {
    std::string allowed;
    for (const std::string& one : rules_.instruments()) {
      absl::StrAppend(&allowed, allowed.empty() ? "" : ", ", one);
    }
    return allowed;
  }

  void CheckAllowed() {
    const std::string& used = instrument_->message().id();
    if (!Holds(rules_.instruments(), used)) {
      Complain({.path = "answers.instrument",
                .reason = "INSTRUMENT_NOT_ALLOWED",
                .message = "nobody is assessed by it in this step",
                .mend = absl::StrCat("use one of ", Allowed())});
    }
    if (rechecked_ != nullptr && rechecked_->instrument != used) {
      Complain({.path = "answers.instrument",
                .reason = "OTHER_INSTRUMENT",
                .message = "two instruments cannot be compared",
                .mend = absl::StrCat("use ", rechecked_->instrument)});
    }
  }

  void TakeScore() {
    AssessmentAnswers answers = command_.answers();
    answers.clear_age();
    const PersonFacts* person = draft_.context.person;
    if (person != nullptr && person->birth_date.has_value()) {
      answers.set_birth_date(calendar::FormatDate(*person->birth_date));
    }
    base::Problems problems;
    score_ =
        scoring::Score(*instrument_, answers, {.language = "en"}, problems);
    for (const base::Problem& one : problems.list()) {
      if (one.grade == base::Grade::kError) {
        Complain(OfPerson(one));
      }
    }
  }

  // What is wrong with the age is not the assessor's to mend.
  FieldProblem OfPerson(const base::Problem& problem) {
    const bool of_age = problem.path == "birth_date";
    path_ = absl::StrCat("answers.", of_age ? "assessment_date" : problem.path);
    return {.path = path_,
            .reason = problem.reason,
            .message = problem.reason == "NO_AGE"
                           ? "the person's day of birth is not known, and the "
                             "instrument counts otherwise at some ages"
                           : absl::string_view(problem.message),
            .mend = of_age ? "see to the day of birth in the person's record, "
                             "or correct the day of the assessment"
                           : absl::string_view(problem.mend)};
  }

  static constexpr char kNone[] = "none";

  const Draft& draft_;
  const Live& live_;
  const AssessmentRules& rules_;
  const RecordAssessment& command_;
  const Instrument* instrument_ = nullptr;
  const AssessmentRecord* rechecked_ = nullptr;
  std::optional<model::v1::AssessmentScore> score_;
  std::string path_;
  RefusalPtr refusal_;
};

RefusalPtr CheckOtherMember(const Draft& draft, int32_t rechecks) {
  const AssessmentRecord* other = FindAssessment(draft.state, rechecks);
  if (other == nullptr || other->assessor != draft.context.actor->member()) {
    return nullptr;
  }
  return RefuseMissing(model::v1::ERROR_REASON_SEPARATION_OF_DUTIES,
                       "separation_of_duties",
                       "nobody looks again at what they assessed themselves",
                       {.what = absl::StrCat("assessment/", other->number),
                        .can_be_met_by = "assessor",
                        .mend = "let another member assess"});
}

std::optional<scoring::Exact> TotalOf(const model::v1::AssessmentScore& score) {
  return score.has_total()
             ? std::optional<scoring::Exact>(scoring::Exact::Of(
                   score.total().numerator(), score.total().denominator()))
             : std::nullopt;
}

// Points of two editions are not of one measure.
std::optional<scoring::Exact> GapOf(const AssessmentRecord& one,
                                    const AssessmentRecord& other) {
  if (!one.total.has_value() || !other.total.has_value() ||
      one.edition != other.edition) {
    return std::nullopt;
  }
  return *one.total + scoring::Exact::Of(-other.total->numerator(),
                                         other.total->denominator());
}

AssessmentRecord RecordOf(const AssessmentReader& reader, const Live& live,
                          const Draft& draft) {
  const model::v1::AssessmentScore& score = reader.score();
  AssessmentRecord one;
  one.number = draft.state.assessments.empty()
                   ? 1
                   : draft.state.assessments.back().number + 1;
  one.step = std::string(live.step);
  one.occurrence = live.number;
  one.instrument = score.instrument();
  one.edition = score.edition();
  one.date = score.assessment_date();
  one.level = score.level();
  one.total = TotalOf(score);
  one.assessor = draft.context.actor->member();
  if (const AssessmentRecord* other = reader.rechecked(); other != nullptr) {
    one.rechecks = other->number;
    one.gap = GapOf(one, *other);
    one.level_differs = one.level != other->level;
  }
  one.version = draft.version;
  return one;
}

// The answers and the day of birth they were scored by, each in the part of
// its class: what was found can be reckoned again.
void SealAnswers(const RecordAssessment& command, const std::string& edition,
                 Draft& draft) {
  AssessmentAnswers& answers =
      *draft.parts.Of(model::v1::DATA_CLASS_MEDICAL).mutable_assessment();
  answers = command.answers();
  answers.clear_age();
  answers.set_edition(edition);
  draft.parts.AddText(model::v1::DATA_CLASS_MEDICAL, "note", command.note());
  const PersonFacts* person = draft.context.person;
  if (person != nullptr && person->birth_date.has_value()) {
    draft.parts.Of(model::v1::DATA_CLASS_IDENTITY)
        .mutable_assessment()
        ->set_birth_date(calendar::FormatDate(*person->birth_date));
  }
}

// The person, or who may speak for the person today.
RefusalPtr CheckSaidBy(const Draft& draft, const std::string& said_by) {
  const PersonFacts* person = draft.context.person;
  if (said_by.empty() || said_by == PersonOf(draft) ||
      (person != nullptr && Holds(person->representatives, said_by))) {
    return nullptr;
  }
  return RefuseMissing(model::v1::ERROR_REASON_WRONG_DECIDER, "wrong_decider",
                       "the person or a representative disputes it",
                       {.what = "said_by",
                        .can_be_met_by = "family",
                        .mend = "name the person or a representative of "
                                "today"});
}

RefusalPtr CheckDispute(const Draft& draft, const AssessmentRecord& one) {
  const command::v1::DisputeAssessment& command =
      draft.command.dispute_assessment();
  if (one.disputed.has_value()) {
    return RefuseState("assessment_disputed", "it is disputed already");
  }
  if (draft.command.word_given() == model::v1::WORD_GIVEN_UNSPECIFIED) {
    return RefuseMissing(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                         "word_given_needed",
                         "it is the family's move: how was its word given",
                         {.what = "word_given",
                          .can_be_met_by = "family",
                          .mend = "say how the word was given"});
  }
  if (command.note().empty()) {
    return RefuseMissing(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                         "reason_needed", "a dispute says what is disputed",
                         {.what = "note",
                          .can_be_met_by = "family",
                          .mend = "say it in the words of who disputes it"});
  }
  return CheckSaidBy(draft, command.said_by());
}

// What the assessment was about: its occurrence may be over.
SubjectRef SubjectOf(const Draft& draft, const AssessmentRecord& one) {
  const std::optional<Live> live = draft.FindLive(one.occurrence);
  return live.has_value() ? live->subject : SubjectRef{};
}

}  // namespace

RefusalPtr RecordAssessment(Draft& draft) {
  const command::v1::RecordAssessment& command =
      draft.command.record_assessment();
  const std::optional<Live> live = draft.FindLive(command.occurrence());
  if (!live.has_value()) {
    return RefuseNotFound("occurrence");
  }
  const Step* step = draft.edition.FindStep(live->step);
  if (step == nullptr || !step->has_assessment()) {
    return RefuseState("no_assessment", "nobody is assessed in this step");
  }
  CAREROUTE_RETURN_IF_REFUSED(RequirePerformer(draft, *live, *step));
  CAREROUTE_RETURN_IF_REFUSED(CheckOtherMember(draft, command.rechecks()));
  AssessmentReader reader(draft, *live, *step);
  CAREROUTE_RETURN_IF_REFUSED(reader.Check());
  GuardResult guards =
      CheckGuards(draft, *live, [](absl::string_view) { return true; });
  if (guards.refusal != nullptr) {
    return std::move(guards.refusal);
  }
  OweEvidence(*live, guards, draft);
  const AssessmentRecord one = RecordOf(reader, *live, draft);
  ToProto(one,
          draft.event->mutable_assessment_recorded()->mutable_assessment());
  SealAnswers(command, one.edition, draft);
  if (one.level_differs) {
    draft.Tell(draft.Coordinator(), "level_differs", live->number);
  }
  return nullptr;
}

RefusalPtr DisputeAssessment(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::DisputeAssessment& command =
      draft.command.dispute_assessment();
  const AssessmentRecord* one =
      FindAssessment(draft.state, command.assessment());
  if (one == nullptr) {
    return RefuseNotFound("assessment");
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckDispute(draft, *one));
  event::v1::AssessmentDisputed& body =
      *draft.event->mutable_assessment_disputed();
  body.set_assessment(one->number);
  body.set_said_by(command.said_by().empty() ? PersonOf(draft)
                                             : command.said_by());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  draft.Tell(draft.Coordinator(), "assessment_disputed", one->occurrence);
  const Step* assessed_in = draft.edition.FindStep(one->step);
  if (assessed_in == nullptr) {
    return nullptr;
  }
  const absl::string_view word =
      draft.Keep(absl::StrCat("disputed:", one->step, "/", one->number));
  for (const std::string& id : assessed_in->assessment().dispute_starts()) {
    if (const Step* step = draft.edition.FindStep(id); step != nullptr) {
      StartFor(*step, SubjectOf(draft, *one), {.word = word}, draft);
    }
  }
  return nullptr;
}

}  // namespace careroute::casework::internal
