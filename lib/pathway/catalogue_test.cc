// The shipped catalogue: every pathway binds to its demo region with nothing
// left to mend.

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/pathway/publish.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

constexpr char kCatalogue[] = "lib/pathway/catalogue";

class Catalogue : public ::testing::TestWithParam<const char*> {};

TEST_P(Catalogue, HasNothingLeftToMend) {
  base::Problems problems;
  const auto edition =
      Publish(DirectoryFileReader(kCatalogue),
              {.pathway = FileOfPathway(GetParam()),
               .overlay = absl::StrCat("overlays/demo-region.", GetParam(),
                                       ".textproto")},
              problems);
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
  EXPECT_NE(edition, nullptr);
}

// The lives of a case are tried from other seeds than publishing uses.
TEST_P(Catalogue, EveryLifeOfACaseCanEnd) {
  base::Problems problems;
  CheckFile(DirectoryFileReader(kCatalogue), FileOfPathway(GetParam()),
            {.seed = 1'000'000'007}, problems);
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Catalogue,
                         ::testing::Values("congenital-pathology", "early-help",
                                           "long-term-care"));

}  // namespace
}  // namespace careroute::pathway
