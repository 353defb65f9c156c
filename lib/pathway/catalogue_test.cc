// The shipped catalogue: every pathway binds to its demo region with nothing
// left to mend.

#include <string>

#include "gtest/gtest.h"
#include "lib/pathway/publish.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

constexpr char kCatalogue[] = "lib/pathway/catalogue";

TEST(Catalogue, EarlyHelpHasNothingLeftToMend) {
  base::Problems problems;
  const auto edition = Publish(DirectoryFileReader(kCatalogue),
                               {.pathway = "early-help/early-help.textproto",
                                .overlay = "overlays/demo-region.textproto"},
                               problems);
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
  EXPECT_NE(edition, nullptr);
}

// The lives of a case are tried from other seeds than publishing uses.
TEST(Catalogue, EveryLifeOfEarlyHelpCanEnd) {
  base::Problems problems;
  CheckFile(DirectoryFileReader(kCatalogue), "early-help/early-help.textproto",
            {.seed = 1'000'000'007}, problems);
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
}

}  // namespace
}  // namespace careroute::pathway
