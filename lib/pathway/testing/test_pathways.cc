#include "lib/pathway/testing/test_pathways.h"

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/publish.h"

namespace careroute::pathway::testing {
namespace {

void RequireNone(const base::Problems& problems) {
  std::fputs(Describe(problems).c_str(), stderr);
  CAREROUTE_CHECK(!problems.HasErrors());
}

}  // namespace

const char* const kTestData = "lib/pathway/testdata";

LoadedPathway LoadSmall() {
  base::Problems problems;
  std::optional<LoadedPathway> loaded =
      LoadPathway(DirectoryFileReader(kTestData), "small.textproto", problems);
  RequireNone(problems);
  CAREROUTE_CHECK(loaded.has_value());
  return *std::move(loaded);
}

model::v1::Pathway SmallPathway() { return LoadSmall().pathway; }

model::v1::Overlay SmallOverlay() {
  model::v1::Overlay overlay;
  CAREROUTE_CHECK(google::protobuf::TextFormat::ParseFromString(
      "id: 'region' edition: '1' pathway: 'small' pathway_edition: '1' "
      "jurisdiction: 'RU-DEMO' "
      "bindings { parameter: 'wait' "
      "  value { term { n: 10 unit: TIME_UNIT_WORKING_DAY } } "
      "  source { act: 'demo' provenance: PROVENANCE_DEMO } }",
      &overlay));
  return overlay;
}

std::shared_ptr<const Edition> SmallEdition() {
  LoadedOverlay overlay;
  overlay.overlay = SmallOverlay();
  base::Problems problems;
  const auto bound = Bind(LoadSmall(), &overlay, problems);
  RequireNone(problems);
  CAREROUTE_CHECK(bound.has_value());
  auto edition = Edition::FromBound(SerializeBound(*bound), "");
  CAREROUTE_CHECK(edition.ok());
  return *std::move(edition);
}

namespace {

std::shared_ptr<const Edition> PublishSevenPieces() {
  base::Problems problems;
  std::shared_ptr<const Edition> edition =
      Publish(DirectoryFileReader(kTestData),
              {.pathway = "seven_pieces.textproto",
               .overlay = "overlays/demo_region.textproto"},
              problems);
  RequireNone(problems);
  CAREROUTE_CHECK(edition != nullptr);
  return edition;
}

}  // namespace

// Made once: it is immutable, and its check walks ten thousand lives.
std::shared_ptr<const Edition> SevenPieces() {
  static const auto* const edition =
      new std::shared_ptr<const Edition>(PublishSevenPieces());
  return *edition;
}

model::v1::Step& StepOf(model::v1::Pathway& pathway, const std::string& id) {
  for (model::v1::Step& step : *pathway.mutable_steps()) {
    if (step.id() == id) {
      return step;
    }
  }
  std::fprintf(stderr, "no step %s\n", id.c_str());
  std::abort();
}

model::v1::Outcome& OutcomeOf(model::v1::Pathway& pathway,
                              const std::string& step,
                              const std::string& outcome) {
  for (model::v1::Outcome& candidate :
       *StepOf(pathway, step).mutable_outcomes()) {
    if (candidate.id() == outcome) {
      return candidate;
    }
  }
  std::fprintf(stderr, "no outcome %s\n", outcome.c_str());
  std::abort();
}

std::string Describe(const base::Problems& problems) {
  std::string text;
  for (const base::Problem& problem : problems.list()) {
    absl::StrAppend(
        &text, problem.grade == base::Grade::kError ? "error " : "warning ",
        problem.reason, " ", problem.file, ":", problem.line, " ", problem.path,
        ": ", problem.message, "; ", problem.mend, "\n");
  }
  return text;
}

}  // namespace careroute::pathway::testing
