// lib/pathway/testing/test_pathways.h: pathways for tests.
//
//   Pathway pathway = SmallPathway();   // nothing is wrong with it
//   StepOf(pathway, "refer").clear_referral();
//   EXPECT_THAT(Reasons(Check(pathway)), Contains("error NO_REFERRAL"));

#ifndef CAREROUTE_LIB_PATHWAY_TESTING_TEST_PATHWAYS_H_
#define CAREROUTE_LIB_PATHWAY_TESTING_TEST_PATHWAYS_H_

#include <memory>
#include <string>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/load.h"

namespace careroute::pathway::testing {

// The folder lib/pathway/testdata, as seen from where tests run.
extern const char* const kTestData;

// testdata/small.textproto, loaded; stops the test program when it is wrong.
[[nodiscard]] LoadedPathway LoadSmall();
[[nodiscard]] model::v1::Pathway SmallPathway();
// The values its parameters need.
[[nodiscard]] model::v1::Overlay SmallOverlay();
[[nodiscard]] std::shared_ptr<const Edition> SmallEdition();

// testdata/seven_pieces.textproto bound to its demo region.
[[nodiscard]] std::shared_ptr<const Edition> SevenPieces();

// The step or outcome with the id; stops the test program without one.
model::v1::Step& StepOf(model::v1::Pathway& pathway, const std::string& id);
model::v1::Outcome& OutcomeOf(model::v1::Pathway& pathway,
                              const std::string& step,
                              const std::string& outcome);

// All problems, one a line, for the message of a failed test.
[[nodiscard]] std::string Describe(const base::Problems& problems);

}  // namespace careroute::pathway::testing

#endif  // CAREROUTE_LIB_PATHWAY_TESTING_TEST_PATHWAYS_H_
