#include "lib/pathway/bind.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using model::v1::Overlay;
using model::v1::Pathway;
using ::testing::HasSubstr;
using testing::StepOf;

struct Outcome {
  std::optional<Pathway> bound;
  std::string problems;
};

Outcome BindWith(
    const std::function<void(Overlay&)>& change,
    const std::function<void(Pathway&)>& change_pathway = [](Pathway&) {}) {
  LoadedPathway pathway = testing::LoadSmall();
  change_pathway(pathway.pathway);
  LoadedOverlay overlay;
  overlay.overlay = testing::SmallOverlay();
  change(overlay.overlay);
  base::Problems problems;
  Outcome outcome;
  outcome.bound = Bind(pathway, &overlay, problems);
  outcome.problems = testing::Describe(problems);
  return outcome;
}

void Merge(Overlay& overlay, const std::string& text) {
  Overlay extra;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &extra));
  overlay.MergeFrom(extra);
}

Pathway MustBind(const std::function<void(Overlay&)>& change) {
  Outcome outcome = BindWith(change);
  EXPECT_TRUE(outcome.bound.has_value()) << outcome.problems;
  return outcome.bound.value_or(Pathway());
}

TEST(Bind, PutsTheRegionsNumberInPlaceOfTheParameter) {
  Pathway bound = MustBind([](Overlay&) {});
  const model::v1::Term& after = StepOf(bound, "refer").on_silence().after();
  EXPECT_EQ(after.n(), 10);
  EXPECT_EQ(after.unit(), model::v1::TIME_UNIT_WORKING_DAY);
  EXPECT_EQ(after.parameter(), "wait");
  EXPECT_EQ(StepOf(bound, "refer").on_silence().source().provenance(),
            model::v1::PROVENANCE_DEMO);
  EXPECT_EQ(bound.overlay(), "region@1");
}

TEST(Bind, TakesDefaultsWhereNothingIsBound) {
  Pathway bound = MustBind([](Overlay&) {});
  EXPECT_EQ(StepOf(bound, "deliver").runs_until(0).date().age().years(), 4);
  EXPECT_EQ(bound.criteria(0).proved_by(1), "certificate");
  ASSERT_EQ(bound.bindings_size(), 3);
  EXPECT_EQ(bound.bindings(1).value().integer(), 4);
}

TEST(Bind, PrefersTheRegionsValueToTheDefault) {
  Pathway bound = MustBind([](Overlay& overlay) {
    Merge(overlay,
          "bindings { parameter: 'upper_age' value { integer: 5 } source { "
          "provenance: PROVENANCE_REGION } }");
  });
  EXPECT_EQ(StepOf(bound, "deliver").runs_until(0).date().age().years(), 5);
}

TEST(Bind, SaysNoLimitWhereALimitStands) {
  Outcome outcome = BindWith(
      [](Overlay& overlay) {
        overlay.mutable_bindings(0)->mutable_value()->set_no_limit(true);
      },
      [](Pathway& p) { StepOf(p, "refer").clear_on_silence(); });
  ASSERT_TRUE(outcome.bound.has_value()) << outcome.problems;
  const model::v1::Term& planned =
      StepOf(*outcome.bound, "treat").limits(0).by_fact().rows(1).within();
  EXPECT_TRUE(planned.no_limit());
  EXPECT_EQ(planned.unit(), model::v1::TIME_UNIT_UNSPECIFIED);
}

TEST(Bind, RefusesNoLimitWhereANumberIsNeeded) {
  const Outcome outcome = BindWith([](Overlay& overlay) {
    overlay.mutable_bindings(0)->mutable_value()->set_no_limit(true);
  });
  EXPECT_FALSE(outcome.bound.has_value());
  EXPECT_THAT(outcome.problems,
              HasSubstr("NO_LIMIT_NOT_ALLOWED small.textproto:"));
}

TEST(Bind, RefusesAnUnboundParameter) {
  const Outcome outcome =
      BindWith([](Overlay& overlay) { overlay.clear_bindings(); });
  EXPECT_FALSE(outcome.bound.has_value());
  EXPECT_THAT(outcome.problems, HasSubstr("UNBOUND small.textproto:"));
}

TEST(Bind, ShortensAStatutoryLimit) {
  Pathway bound = MustBind([](Overlay& overlay) {
    Merge(overlay,
          "shorter_limits { step: 'begin' limit: 'begin_due' "
          "within { n: 2 unit: TIME_UNIT_WORKING_DAY } "
          "source { act: 'a decree' provenance: PROVENANCE_REGION } }");
  });
  EXPECT_EQ(StepOf(bound, "begin").limits(0).within().n(), 2);
  EXPECT_EQ(StepOf(bound, "begin").limits(0).source().act(), "a decree");
}

TEST(Bind, ReplacesRolesAndPutsItsTextsFirst) {
  Pathway bound = MustBind([](Overlay& overlay) {
    Merge(overlay,
          "roles { id: 'provider' kind: AGENCY_KIND_EDUCATION } "
          "texts { language: 'en' entries { key: 'step/refer' text: 'Ours' } "
          "}");
  });
  int providers = 0;
  for (const model::v1::Role& role : bound.roles()) {
    providers += role.id() == "provider" ? 1 : 0;
  }
  EXPECT_EQ(providers, 1);
  EXPECT_EQ(bound.texts(0).entries(0).text(), "Ours");
}

TEST(Bind, GivesANumberCountedBackTheSourceOfItsParameter) {
  Outcome outcome = BindWith([](Overlay&) {},
                             [](Pathway& p) {
                               model::v1::Limit& limit =
                                   *StepOf(p, "refer").mutable_limits(0);
                               limit.Clear();
                               limit.set_id("refer_due");
                               limit.set_before_fact("seen_on");
                               limit.mutable_before_by()->set_parameter("wait");
                             });
  ASSERT_TRUE(outcome.bound.has_value()) << outcome.problems;
  const model::v1::Limit& limit = StepOf(*outcome.bound, "refer").limits(0);
  EXPECT_EQ(limit.before_by().n(), 10);
  EXPECT_EQ(limit.source().act(), "demo");
  EXPECT_EQ(limit.source().provenance(), model::v1::PROVENANCE_DEMO);
}

TEST(Bind, HoldsInTheRegionOfTheOverlayOnly) {
  EXPECT_EQ(testing::LoadSmall().pathway.jurisdiction(), "RU");
  const Pathway bound = MustBind([](Overlay&) {});
  EXPECT_EQ(bound.jurisdiction(), "RU-DEMO");
}

TEST(Bind, RefusesAnOverlayOfNoRegion) {
  const Outcome outcome =
      BindWith([](Overlay& overlay) { overlay.clear_jurisdiction(); });
  EXPECT_FALSE(outcome.bound.has_value());
  EXPECT_THAT(outcome.problems, HasSubstr("EMPTY"));
}

TEST(Bind, GivesTheSameBytesForTheSameInput) {
  EXPECT_EQ(SerializeBound(MustBind([](Overlay&) {})),
            SerializeBound(MustBind([](Overlay&) {})));
}

struct Row {
  const char* name;
  std::string overlay;  // merged into a good one
  const char* expected;
};

const Row kForbidden[] = {
    {"longer",
     "shorter_limits { step: 'begin' limit: 'begin_due' within { n: 5 "
     "unit: TIME_UNIT_WORKING_DAY } source { provenance: "
     "PROVENANCE_REGION } }",
     "NOT_SHORTER"},
    {"equal",
     "shorter_limits { step: 'begin' limit: 'begin_due' within { n: 3 "
     "unit: TIME_UNIT_WORKING_DAY } source { provenance: "
     "PROVENANCE_REGION } }",
     "NOT_SHORTER"},
    {"other unit",
     "shorter_limits { step: 'begin' limit: 'begin_due' within { n: 1 "
     "unit: TIME_UNIT_CALENDAR_DAY } source { provenance: "
     "PROVENANCE_REGION } }",
     "NOT_SHORTER"},
    {"not statutory",
     "shorter_limits { step: 'refer' limit: 'refer_due' within { n: 1 "
     "unit: TIME_UNIT_WORKING_DAY } source { provenance: "
     "PROVENANCE_REGION } }",
     "NOT_STATUTORY"},
    {"unknown step", "shorter_limits { step: 'nope' limit: 'x' }",
     "UNKNOWN_STEP"},
    {"unknown limit", "shorter_limits { step: 'begin' limit: 'x' }",
     "UNKNOWN_LIMIT"},
    {"limit without act",
     "shorter_limits { step: 'begin' limit: 'begin_due' within { n: 2 "
     "unit: TIME_UNIT_WORKING_DAY } }",
     "NO_PROVENANCE"},
    {"unknown parameter",
     "bindings { parameter: 'nope' value { integer: 1 } source { "
     "provenance: PROVENANCE_DEMO } }",
     "UNKNOWN_PARAMETER"},
    {"bound twice",
     "bindings { parameter: 'wait' value { term { n: 1 unit: "
     "TIME_UNIT_WEEK } } source { provenance: PROVENANCE_DEMO } }",
     "DUPLICATE_BINDING"},
    {"wrong type",
     "bindings { parameter: 'upper_age' value { text: 'x' } source { "
     "provenance: PROVENANCE_DEMO } }",
     "WRONG_TYPE"},
    {"out of range",
     "bindings { parameter: 'upper_age' value { integer: 70 } source { "
     "provenance: PROVENANCE_DEMO } }",
     "OUT_OF_RANGE"},
    {"no limit for a number",
     "bindings { parameter: 'upper_age' value { no_limit: true } source { "
     "provenance: PROVENANCE_DEMO } }",
     "WRONG_TYPE"},
    {"binding without source",
     "bindings { parameter: 'upper_age' value { integer: 5 } }",
     "NO_PROVENANCE"},
    {"unknown role", "roles { id: 'nope' }", "UNKNOWN_ROLE"},
    {"other pathway", "pathway: 'other'", "OTHER_PATHWAY"},
    {"other edition", "pathway_edition: '2'", "OTHER_PATHWAY"},
    {"region abroad", "jurisdiction: 'DE-BE'", "OTHER_JURISDICTION"},
    {"region that only begins alike", "jurisdiction: 'RUS'",
     "OTHER_JURISDICTION"},
};

TEST(Bind, RefusesWhatAnOverlayMustNotDo) {
  for (const Row& row : kForbidden) {
    const Outcome outcome =
        BindWith([&](Overlay& overlay) { Merge(overlay, row.overlay); });
    EXPECT_FALSE(outcome.bound.has_value()) << row.name;
    EXPECT_THAT(outcome.problems, HasSubstr(row.expected)) << row.name;
  }
}

TEST(Bind, NeedsNoOverlayWhereAllHaveDefaults) {
  LoadedPathway pathway = testing::LoadSmall();
  model::v1::ParameterValue* value =
      pathway.pathway.mutable_parameters(0)->mutable_default_value();
  value->mutable_term()->set_n(5);
  value->mutable_term()->set_unit(model::v1::TIME_UNIT_WEEK);
  base::Problems problems;
  const std::optional<Pathway> bound = Bind(pathway, nullptr, problems);
  ASSERT_TRUE(bound.has_value()) << testing::Describe(problems);
  EXPECT_EQ(bound->overlay(), "");
  EXPECT_EQ(bound->jurisdiction(), "RU");
}

}  // namespace
}  // namespace careroute::pathway
