// Pictures as they were looked at and approved: the shipped pathway, and a
// family's route on a small one, in both languages.

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "lib/engine/testing/route_sample.h"
#include "lib/pathway/publish.h"
#include "lib/picture/draw.h"
#include "services/command/graphviz.h"
#include "tests/golden/xml.h"
#include "tests/support/golden.h"

namespace careroute::tests {
namespace {

std::string FileOf(const std::string& name, const std::string& language) {
  return "tests/golden/" + name + "." + language + ".dot";
}

// As the demo region has it.
std::shared_ptr<const pathway::Edition> EarlyHelp() {
  base::Problems problems;
  return pathway::Publish(
      pathway::DirectoryFileReader("lib/pathway/catalogue"),
      {.pathway = "early-help/early-help.textproto",
       .overlay = "overlays/demo-region.early-help.textproto"},
      problems);
}

class PictureGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(PictureGoldenTest, DrawsEarlyHelpAsApproved) {
  const auto edition = EarlyHelp();
  ASSERT_NE(edition, nullptr);
  ExpectGolden(FileOf("picture.early-help", GetParam()),
               picture::DrawPathway(*edition, GetParam()));
}

TEST_P(PictureGoldenTest, DrawsARouteAsApproved) {
  engine::testing::RouteSample sample;
  sample.options.language = GetParam();
  ExpectGolden(
      FileOf("picture.route", GetParam()),
      picture::DrawRoute(*sample.reading.edition, sample.Build(), GetParam()));
}

// Graphviz takes it, and any reader takes what Graphviz makes of it.
TEST_P(PictureGoldenTest, BecomesWellFormedSvg) {
  const auto edition = EarlyHelp();
  ASSERT_NE(edition, nullptr);
  const auto svg =
      services::DotToSvg(picture::DrawPathway(*edition, GetParam()));
  ASSERT_TRUE(svg.ok()) << svg.status();
  EXPECT_EQ(XmlProblem(*svg), "");
}

TEST(XmlProblem, FindsWhatIsNotWellFormed) {
  EXPECT_EQ(XmlProblem("<a b=\"1\"><c/>&amp;</a>"), "");
  for (const char* text : {"<a>", "<a></b>", "<a>&</a>", "<a b=1/>",
                           "<a b=\"&\"/>", "<a", "<!-- "}) {
    EXPECT_NE(XmlProblem(text), "") << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, PictureGoldenTest,
                         ::testing::Values("ru", "en"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace careroute::tests
