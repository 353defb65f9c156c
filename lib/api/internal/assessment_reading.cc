#include "lib/api/internal/assessment_reading.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/api/internal/reading.h"
#include "lib/casework/view.h"
#include "lib/scoring/instrument_set.h"
#include "lib/scoring/score.h"

namespace careroute::api::internal {
namespace {

using casework::AssessmentRecord;
using engine::CaseReading;

struct Reading {
  engine::Engine& engine;
  CallPtr call;
  std::string language;
  CaseReading of;
  const AssessmentRecord* assessment = nullptr;  // of `of.state`
};
using ReadingPtr = std::shared_ptr<const Reading>;

// What the caller may know of the person, and of its own work.
bool SeesAnswers(const Reading& reading, const Viewer& viewer) {
  return viewer.classes().Contains(model::v1::DATA_CLASS_MEDICAL) ||
         casework::OrganisationOf(reading.assessment->assessor) ==
             reading.call->actor.organisation();
}

model::v1::Assessment Shown(const Reading& reading,
                            const AssessmentRecord& one) {
  return casework::ToModel(one, reading.language);
}

// The answers as they were scored: both sealed parts laid together. Nullopt
// when the person was erased.
std::optional<model::v1::AssessmentAnswers> AnswersIn(
    const engine::CaseHistoryPage& page) {
  model::v1::AssessmentAnswers answers;
  for (const engine::CaseHistory& history : page.events) {
    for (const engine::PlainClassPart& part : history.opened) {
      answers.MergeFrom(part.part.assessment());
    }
  }
  return answers.instrument().empty()
             ? std::nullopt
             : std::optional<model::v1::AssessmentAnswers>(std::move(answers));
}

std::optional<model::v1::AssessmentScore> ScoreOf(
    const Reading& reading, const engine::CaseHistoryPage& page) {
  const std::optional<model::v1::AssessmentAnswers> answers = AnswersIn(page);
  const scoring::Instrument* instrument = reading.engine.instruments().Find(
      {.id = reading.assessment->instrument,
       .edition = reading.assessment->edition});
  if (!answers.has_value() || instrument == nullptr) return std::nullopt;
  base::Problems problems;
  return scoring::Score(*instrument, *answers, {.language = reading.language},
                        problems);
}

void Respond(const Reading& reading,
             std::optional<model::v1::AssessmentScore> score,
             base::Done<Served> done) {
  const Viewer viewer(reading.call->actor, reading.of);
  const AssessmentRecord& one = *reading.assessment;
  v1::GetAssessmentResponse response;
  *response.mutable_assessment() = Shown(reading, one);
  for (const AssessmentRecord& other : reading.of.state->assessments) {
    if (other.number == one.rechecks) {
      *response.mutable_rechecked() = Shown(reading, other);
    }
    if (other.rechecks == one.number) {
      *response.add_rechecks() = Shown(reading, other);
    }
  }
  viewer.Redact(response);
  if (SeesAnswers(reading, viewer)) {
    *response.mutable_assessment() = Shown(reading, one);
    if (score.has_value()) *response.mutable_score() = *std::move(score);
  }
  std::move(done)(Served{.bytes = response.SerializeAsString(),
                         .resources = {casework::CaseName(reading.of.uid)},
                         .classes = viewer.ClassesIn(response)});
}

void Open(const ReadingPtr& reading, base::Done<Served> done) {
  if (!SeesAnswers(*reading, Viewer(reading->call->actor, reading->of))) {
    Respond(*reading, std::nullopt, std::move(done));
    return;
  }
  reading->engine.cases().ReadHistory(
      {.case_uid = reading->of.uid,
       .after_version = reading->assessment->version - 1,
       .limit = 1},
      [reading, done = std::move(done)](
          absl::StatusOr<engine::CaseHistoryPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        Respond(*reading, ScoreOf(*reading, *page), std::move(done));
      });
}

}  // namespace

void GetAssessment(engine::Engine& engine, const CallPtr& call,
                   const v1::GetAssessmentRequest& request,
                   base::Done<Served> done) {
  ReadFor(engine, call, request.name(),
          [&engine, call, number = request.number(),
           language = request.language().empty() ? std::string("ru")
                                                 : request.language(),
           done = std::move(done)](absl::StatusOr<CaseReading> of) mutable {
            if (!of.ok()) {
              std::move(done)(of.status());
              return;
            }
            const AssessmentRecord* assessment =
                casework::FindAssessment(*of->state, number);
            if (assessment == nullptr) {
              std::move(done)(NotFound());
              return;
            }
            Open(std::make_shared<const Reading>(
                     Reading{.engine = engine,
                             .call = call,
                             .language = std::move(language),
                             .of = *std::move(of),
                             .assessment = assessment}),
                 std::move(done));
          });
}

}  // namespace careroute::api::internal
