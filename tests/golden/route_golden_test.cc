// A case drawn as a route and printed as people read it, in both languages:
// from the folded state to the last column.

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/route_sample.h"
#include "services/command/render_route.h"
#include "tests/support/golden.h"

namespace careroute::tests {
namespace {

using engine::testing::At;
using engine::testing::RouteSample;
using model::v1::Route;

constexpr services::Screen kScreen = {.width = 100};

std::string FileOf(const std::string& name, const std::string& language,
                   const std::string& ending) {
  return "tests/golden/" + name + "." + language + "." + ending;
}

std::string TextOf(const Route& route) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  printer.PrintToString(route, &text);
  return text;
}

// Adds a referral that was refused by one and accepted late by another.
void AddPast(RouteSample& sample) {
  static const std::vector<engine::PastWork>* const kPast = [&sample] {
    casework::DeadlineRecord missed = sample.state.deadlines[0];
    missed.due = At(3, 28, 14);
    return new std::vector<engine::PastWork>{
        {.occurrence = {.number = 9, .step = "refer", .start = At(3, 21)},
         .version = 8,
         .missed = {missed},
         .late_reason = "the doctor was ill"}};
  }();
  sample.options.past_work = *kPast;
  sample.state.history[1].outcomes.push_back(
      {.outcome = "accepted",
       .happened = At(3, 31),
       .performer = engine::testing::kOther,
       .version = 8,
       .late = true});
  casework::Referral refused = sample.state.referrals[0];
  refused.number = 3;
  refused.occurrence = 9;
  refused.performance.last_time = At(3, 25);
  sample.state.referrals.push_back(refused);
}

// Adds to the sample what stands still: a queue with help meanwhile, lessons
// that an illness suspends, a clock that the road stops, a consent withdrawn.
void AddTroubles(RouteSample& sample) {
  sample.state.tracks = {"palliative"};
  sample.state.deadlines[0].stopped = true;
  sample.state.stops.push_back({.number = 1,
                                .reason = "no_way_through",
                                .start = At(4, 5),
                                .latest_end = At(6, 1, 14)});
  sample.state.occurrences.push_back(
      {.number = 3,
       .step = "queue",
       .performer = engine::testing::kCentre,
       .start = At(4, 5),
       .callers = {{.occurrence = 2, .step = "refer"}},
       .queue = casework::QueuePlaceRecord{
           .place = 4, .as_of = "2025-04-07", .expected = "2025-09-01"}});
  sample.state.facts.insert(sample.state.facts.begin(),
                            {.fact = "interim_help",
                             .kind = pathway::FactKind::kChoice,
                             .text = "remote_advice"});
  sample.state.occurrences.push_back(
      {.number = 4,
       .step = "delivery",
       .suspended = true,
       .performer = engine::testing::kCentre,
       .start = At(4, 3),
       .visits = {{.number = 1,
                   .planned_on = "2025-04-07",
                   .state = model::v1::VISIT_STATE_MISSED},
                  {.number = 2, .planned_on = "2025-04-10"}}});
  sample.state.interrupts.push_back(
      {.interrupt = "hospital_stay", .start = At(4, 6)});
  sample.state.consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
  sample.state.rights.push_back({.step = "apply", .close = At(5, 9, 14)});
}

// Adds where support measures stand: refused, granted until a day.
void AddMeasures(RouteSample& sample) {
  sample.state.measures = {{.measure = "capital",
                            .state = model::v1::MEASURE_STATE_GRANTED,
                            .happened = At(4, 2),
                            .until = "2026-04-01"},
                           {.measure = "travel",
                            .state = model::v1::MEASURE_STATE_REFUSED,
                            .happened = At(4, 3)}};
}

class RouteGoldenTest : public ::testing::TestWithParam<std::string> {
 protected:
  RouteGoldenTest() { sample_.options.language = GetParam(); }

  RouteSample sample_;
};

TEST_P(RouteGoldenTest, AnswersAsApproved) {
  ExpectGolden(FileOf("route", GetParam(), "textproto"),
               TextOf(sample_.Build()));
}

TEST_P(RouteGoldenTest, PrintsThePageAsApproved) {
  ExpectGolden(FileOf("route", GetParam(), "txt"),
               services::RenderRoute(sample_.Build(), kScreen));
}

TEST_P(RouteGoldenTest, PrintsWhatStandsStillAsApproved) {
  AddPast(sample_);
  AddTroubles(sample_);
  AddMeasures(sample_);
  ExpectGolden(FileOf("route.troubles", GetParam(), "txt"),
               services::RenderRoute(sample_.Build(), kScreen));
}

TEST_P(RouteGoldenTest, PrintsTheFamilySheetAsApproved) {
  AddTroubles(sample_);
  AddMeasures(sample_);
  sample_.options.for_family = true;
  ExpectGolden(FileOf("route.family", GetParam(), "txt"),
               services::RenderFamilySheet(sample_.Build(), kScreen));
}

INSTANTIATE_TEST_SUITE_P(Languages, RouteGoldenTest,
                         ::testing::Values("ru", "en"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace careroute::tests
