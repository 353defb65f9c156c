#include "lib/api/assessment_methods.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/assessment_service.pb.h"
#include "lib/api/internal/assessment_reading.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/base/status_macros.h"
#include "lib/scoring/instrument_set.h"
#include "lib/scoring/score.h"

namespace careroute::api {
namespace {

using scoring::Instrument;
using scoring::InstrumentSet;

constexpr char kService[] = "careroute.api.v1.AssessmentService.";

v1::InstrumentRow RowOf(const Instrument& instrument) {
  const model::v1::Instrument& message = instrument.message();
  v1::InstrumentRow row;
  row.set_id(message.id());
  row.set_edition(message.edition());
  row.set_jurisdiction(message.jurisdiction());
  row.set_valid_from(message.valid_from());
  row.set_valid_to(message.valid_to());
  for (const std::string& language : message.languages()) {
    model::v1::Translation& title = *row.mutable_title()->add_translations();
    title.set_language(language);
    title.set_text(std::string(instrument.Text("instrument", language)));
  }
  *row.mutable_source() = message.sources(0);
  row.set_demo(instrument.IsDemo());
  return row;
}

absl::StatusOr<Served> List(const InstrumentSet& instruments,
                            const CallPtr& call,
                            const v1::ListInstrumentsRequest& request) {
  const auto& all = instruments.list();
  CAREROUTE_ASSIGN_OR_RETURN(const ListPage page,
                             PageOf({.scope = call->method,
                                     .page_size = request.page_size(),
                                     .page_token = request.page_token(),
                                     .rows = all.size()}));
  v1::ListInstrumentsResponse response;
  for (size_t i = page.begin; i < page.end; ++i) {
    *response.add_instruments() = RowOf(*all[i]);
  }
  response.set_next_page_token(page.next_token);
  return Served{.bytes = response.SerializeAsString()};
}

absl::Status NoSuchInstrument() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_FOUND);
  refusal.set_message_key("no_instrument");
  refusal.set_message("this hub has no such instrument and edition");
  return RefusalStatus(refusal);
}

absl::StatusOr<Served> Get(const InstrumentSet& instruments,
                           const v1::GetInstrumentRequest& request) {
  const Instrument* instrument =
      instruments.Find({.id = request.id(), .edition = request.edition()});
  if (instrument == nullptr) return NoSuchInstrument();
  v1::GetInstrumentResponse response;
  *response.mutable_instrument() = instrument->message();
  return Served{.bytes = response.SerializeAsString()};
}

// Paths of problems are those of the request.
absl::Status WrongAnswers(const base::Problems& found) {
  base::Problems problems;
  for (base::Problem problem : found.list()) {
    problem.path = absl::StrCat("answers.", problem.path);
    problems.Add(std::move(problem));
  }
  return ProblemsStatus(problems);
}

absl::StatusOr<Served> ScoreMethod(const InstrumentSet& instruments,
                                   const v1::ScoreAnswersRequest& request) {
  const model::v1::AssessmentAnswers& answers = request.answers();
  const Instrument* instrument =
      instruments.Find({.id = answers.instrument(),
                        .edition = answers.edition(),
                        .on = answers.assessment_date()});
  if (instrument == nullptr) return NoSuchInstrument();
  base::Problems problems;
  std::optional<model::v1::AssessmentScore> score = scoring::Score(
      *instrument, answers,
      {.language = request.language().empty() ? "ru" : request.language()},
      problems);
  if (!score.has_value()) return WrongAnswers(problems);
  v1::ScoreAnswersResponse response;
  *response.mutable_score() = *std::move(score);
  // The log names the instrument, never what was answered to it.
  return Served{
      .bytes = response.SerializeAsString(),
      .resources = {absl::StrCat("instruments/", answers.instrument())},
      .classes = {}};
}

}  // namespace

void AddAssessmentMethods(Pipeline& pipeline) {
  const InstrumentSet& instruments = pipeline.engine().instruments();
  pipeline.Unary<v1::ListInstrumentsRequest>(
      absl::StrCat(kService, "ListInstruments"),
      [&instruments](const CallPtr& call,
                     const v1::ListInstrumentsRequest& request,
                     base::Done<Served> done) {
        std::move(done)(List(instruments, call, request));
      });
  pipeline.Unary<v1::GetInstrumentRequest>(
      absl::StrCat(kService, "GetInstrument"),
      [&instruments](const CallPtr&, const v1::GetInstrumentRequest& request,
                     base::Done<Served> done) {
        std::move(done)(Get(instruments, request));
      });
  pipeline.Unary<v1::ScoreAnswersRequest>(
      absl::StrCat(kService, "ScoreAnswers"),
      [&instruments](const CallPtr&, const v1::ScoreAnswersRequest& request,
                     base::Done<Served> done) {
        std::move(done)(ScoreMethod(instruments, request));
      });
  pipeline.Unary<v1::GetAssessmentRequest>(
      absl::StrCat(kService, "GetAssessment"),
      [&engine = pipeline.engine()](const CallPtr& call,
                                    const v1::GetAssessmentRequest& request,
                                    base::Done<Served> done) {
        internal::GetAssessment(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
