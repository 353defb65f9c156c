// Pictures as they were looked at and approved: a shipped pathway and a
// family's route on a small one in both languages, and another shipped one.

#include <cstdlib>
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
std::shared_ptr<const pathway::Edition> Shipped(const std::string& id) {
  base::Problems problems;
  return pathway::Publish(
      pathway::DirectoryFileReader("lib/pathway/catalogue"),
      {.pathway = id + "/" + id + ".textproto",
       .overlay = "overlays/demo-region." + id + ".textproto"},
      problems);
}

std::string Draw(const pathway::Edition& edition, const std::string& language) {
  return picture::DrawPathway(edition, {.language = language}).dot;
}

class PictureGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(PictureGoldenTest, DrawsEarlyHelpAsApproved) {
  const auto edition = Shipped("early-help");
  ASSERT_NE(edition, nullptr);
  ExpectGolden(FileOf("picture.early-help", GetParam()),
               Draw(*edition, GetParam()));
}

// One language: the other says the same.
TEST(PictureGolden, DrawsLongTermCareAsApproved) {
  const auto edition = Shipped("long-term-care");
  ASSERT_NE(edition, nullptr);
  ExpectGolden(FileOf("picture.long-term-care", "ru"), Draw(*edition, "ru"));
}

TEST_P(PictureGoldenTest, DrawsARouteAsApproved) {
  engine::testing::RouteSample sample;
  sample.options.language = GetParam();
  ExpectGolden(FileOf("picture.route", GetParam()),
               picture::DrawRoute(*sample.reading.edition, sample.Build(),
                                  {.language = GetParam()})
                   .dot);
}

// Graphviz takes each, and any reader takes what Graphviz makes of it.
TEST_P(PictureGoldenTest, BecomesWellFormedSvg) {
  for (const char* id :
       {"early-help", "congenital-pathology", "long-term-care"}) {
    const auto edition = Shipped(id);
    ASSERT_NE(edition, nullptr) << id;
    const auto svg = services::DotToSvg(Draw(*edition, GetParam()));
    ASSERT_TRUE(svg.ok()) << id << ": " << svg.status();
    EXPECT_EQ(XmlProblem(*svg), "") << id;
  }
}

// A3 prints every letter at its own size.
TEST_P(PictureGoldenTest, HasNoLetterBelowSevenPoints) {
  const auto edition = Shipped("early-help");
  ASSERT_NE(edition, nullptr);
  const auto svg = services::DotToSvg(
      picture::DrawPathway(*edition, {.language = GetParam(), .sheet = 1}).dot);
  ASSERT_TRUE(svg.ok()) << svg.status();
  EXPECT_NE(svg->find("width=\"1191pt\" height=\"842pt\""), std::string::npos)
      << svg->substr(0, 600);
  EXPECT_NE(svg->find("scale(1 1)"), std::string::npos);
  const std::string size = "font-size=\"";
  size_t letters = 0;
  for (size_t at = svg->find(size); at != std::string::npos;
       at = svg->find(size, at + 1)) {
    EXPECT_GE(std::atof(svg->c_str() + at + size.size()), 7);
    ++letters;
  }
  EXPECT_GT(letters, 100U);
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
