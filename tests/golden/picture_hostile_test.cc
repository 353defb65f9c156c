// Pictures of pathways and routes whose texts do their worst: Graphviz takes
// them, and what it makes is well-formed.

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "lib/engine/testing/route_sample.h"
#include "lib/pathway/load.h"
#include "lib/pathway/reading.h"
#include "lib/picture/draw.h"
#include "services/command/graphviz.h"
#include "tests/golden/xml.h"

namespace careroute::tests {
namespace {

struct Hostile {
  std::string name;
  std::string text;
};

// Longer than any box; as many as an edition may hold.
std::string Many(const std::string& part) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += part;
  return text;
}

class HostileTextTest : public ::testing::TestWithParam<Hostile> {
 protected:
  // Draws it, and holds what comes out to be a picture of our nodes alone.
  static void ExpectPicture(const picture::Picture& picture) {
    const auto svg = services::DotToSvg(picture.dot);
    ASSERT_TRUE(svg.ok()) << svg.status();
    EXPECT_EQ(XmlProblem(*svg), "");
    EXPECT_EQ(svg->find("<title>injected"), std::string::npos);
    EXPECT_EQ(svg->find("<script"), std::string::npos);
  }
};

TEST_P(HostileTextTest, CannotSpoilThePictureOfAPathway) {
  base::Problems problems;
  auto loaded = pathway::LoadPathway(
      pathway::DirectoryFileReader("lib/pathway/catalogue"),
      "early-help/early-help.textproto", problems);
  ASSERT_TRUE(loaded.has_value());
  model::v1::Pathway& pathway = loaded->pathway;
  pathway.set_edition(GetParam().text);
  for (model::v1::TextTable& table : *pathway.mutable_texts()) {
    for (model::v1::TextEntry& entry : *table.mutable_entries()) {
      entry.set_text(GetParam().text);
    }
  }
  for (model::v1::Step& step : *pathway.mutable_steps()) {
    for (model::v1::Limit& limit : *step.mutable_limits()) {
      limit.mutable_source()->set_act(GetParam().text);
    }
  }
  const auto edition = pathway::EditionForReading(std::move(pathway));
  ASSERT_NE(edition, nullptr);
  ExpectPicture(picture::DrawPathway(*edition, {.language = "ru"}));
}

TEST_P(HostileTextTest, CannotSpoilThePictureOfARoute) {
  engine::testing::RouteSample sample;
  model::v1::Route route = sample.Build();
  const std::string& text = GetParam().text;
  route.set_case_name(text);
  route.mutable_header()->mutable_coordinator()->set_title(text);
  for (model::v1::RouteRow& row : *route.mutable_rows()) {
    row.set_title(text);
    row.set_outcome_title(text);
    row.set_planned_on(text);
    row.mutable_performer()->set_title(text);
    row.mutable_performer()->set_phone(text);
    for (model::v1::RouteDeadline& one : *row.mutable_deadlines()) {
      one.set_rule(text);
      one.mutable_source()->set_act(text);
    }
  }
  ExpectPicture(
      picture::DrawRoute(*sample.reading.edition, route, {.language = "ru"}));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, HostileTextTest,
    ::testing::Values(
        Hostile{"quotes", "\"]; injected [label=\""},
        Hostile{"markup", "</FONT></TD></TR></TABLE>>]; injected -> x;"},
        Hostile{"script", "<script>alert(1)</script>"},
        Hostile{"ampersands", "&&amp;&#0;&#x1F;&nosuch;"},
        Hostile{"escapes", "\\\\N \\G \\\" \\"},
        Hostile{"line_ends", "one\ntwo\r\nthree\u2028four\ttab"},
        Hostile{"comment", "--> <!-- ]]> */ //"},
        Hostile{"controls", std::string("a\0b\x1b[2Jc\x01\x7f", 10)},
        Hostile{"right_to_left", "\u202e\u05e9\u05dc\u05d5\u05dd\u2066 12"},
        Hostile{"no_character", "\ufffe\uffff \U0001F600 \u4e2d"},
        Hostile{"one_long_word", Many("щ")},
        Hostile{"many_words", Many("<b> ")}, Hostile{"nothing", ""},
        Hostile{"spaces", "   "}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace careroute::tests
