// Input made to hurt is refused soon and never stops the program.

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/check.h"
#include "lib/pathway/load.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using model::v1::Pathway;
using ::testing::HasSubstr;

std::string Load(const std::string& name, const std::string& content) {
  MapFileReader files;
  files.Add(name, content);
  base::Problems problems;
  const auto loaded = LoadPathway(files, name, problems);
  if (loaded.has_value()) {
    CheckPathway(loaded->pathway, {.walks = 100}, problems);
  }
  EXPECT_TRUE(problems.HasErrors());
  return testing::Describe(problems);
}

std::string Repeat(absl::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) {
    absl::StrAppend(&result, text);
  }
  return result;
}

TEST(Hostile, DeepNestingIsRefusedBeforeParsing) {
  EXPECT_THAT(Load("p.textproto",
                   "steps { guards { must_hold { " + Repeat("not { ", 100'000)),
              HasSubstr("TOO_DEEP"));
  EXPECT_THAT(Load("p.textproto", Repeat("nope { ", 100'000)),
              HasSubstr("TOO_DEEP"));
  EXPECT_THAT(Load("p.textproto", Repeat("nope < ", 100'000)),
              HasSubstr("TOO_DEEP"));
  EXPECT_THAT(Load("p.textproto", "a: " + Repeat("[", 100'000)),
              HasSubstr("TOO_DEEP"));
  EXPECT_THAT(Load("p.json", Repeat("{\"a\":", 100'000)),
              HasSubstr("TOO_DEEP"));
}

TEST(Hostile, AbsurdRepetitionIsRefusedBeforeParsing) {
  EXPECT_THAT(Load("p.textproto", Repeat("steps{}", 300'000)),
              HasSubstr("TOO_MANY"));
  EXPECT_THAT(Load("p.textproto", Repeat("purposes:'x'", 300'000)),
              HasSubstr("TOO_MANY"));
  EXPECT_THAT(Load("p.textproto", "purposes:[" + Repeat("'x',", 300'000)),
              HasSubstr("TOO_MANY"));
}

TEST(Hostile, TooManyElementsOfAListStopTheCheck) {
  EXPECT_THAT(Load("p.textproto", Repeat("steps{id:'s'}", 2'000)),
              HasSubstr("TOO_MANY p.textproto:1 steps"));
}

TEST(Hostile, TooLargeAFileIsNotRead) {
  EXPECT_THAT(Load("p.textproto", std::string(kFileBytesMax + 1, ' ')),
              HasSubstr("UNREADABLE_FILE"));
}

TEST(Hostile, BrokenTextIsReported) {
  EXPECT_THAT(Load("p.textproto", "id: '\xff\xfe'"), HasSubstr("NOT_UTF8"));
  EXPECT_THAT(Load("p.textproto", "id: 'unterminated"),
              HasSubstr("NOT_PARSEABLE"));
  EXPECT_THAT(Load("p.textproto", "id: 'a\\"), HasSubstr("NOT_PARSEABLE"));
  EXPECT_THAT(Load("p.textproto", "}}}}"), HasSubstr("NOT_PARSEABLE"));
  EXPECT_THAT(Load("p.textproto", "facts { type: NOPE }"),
              HasSubstr("NOT_PARSEABLE"));
  EXPECT_THAT(Load("p.textproto", "id: 'a\\000b'"), HasSubstr("NOT_TEXT"));
  EXPECT_THAT(Load("p.json", "{\"id\": "), HasSubstr("NOT_PARSEABLE"));
}

// Values that multiply: each of the nested lists of a block is repeated.
TEST(Hostile, BlocksDoNotMultiply) {
  MapFileReader files;
  std::string block = "id: 'b' params: 'x' params: 'y' params: 'z'";
  for (int i = 0; i < 50; ++i) {
    absl::StrAppend(&block, "steps { id: 's", i,
                    "' starts_on { entry: '$x' } "
                    "outcomes { id: '$x' starts { step: '$y' } "
                    "starts { step: '$z' } } }");
  }
  files.Add("b.textproto", block);
  std::string pathway = "imports: 'b.textproto'";
  std::string values;
  for (int i = 0; i < 50; ++i) {
    absl::StrAppend(&values, "values: 'v", i, "' ");
  }
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&pathway, "uses { id: 'u", i, "' block: 'b' ");
    for (const char* name : {"x", "y", "z"}) {
      absl::StrAppend(&pathway, "arguments { name: '", name, "' ", values,
                      "} ");
    }
    absl::StrAppend(&pathway, "}");
  }
  files.Add("p.textproto", pathway);
  base::Problems problems;
  EXPECT_FALSE(LoadPathway(files, "p.textproto", problems).has_value());
  EXPECT_THAT(testing::Describe(problems), HasSubstr("TOO_MANY"));
}

// As many steps, outcomes and starts as are allowed, all tied to each other.
Pathway Dense() {
  Pathway pathway;
  pathway.set_id("dense");
  pathway.add_entries()->set_id("e");
  pathway.add_endings()->set_id("end");
  for (int i = 0; i < 500; ++i) {
    model::v1::Step* step = pathway.add_steps();
    step->set_id(absl::StrCat("s", i));
    step->add_starts_on()->set_entry("e");
    for (int k = 0; k < 20; ++k) {
      model::v1::Outcome* outcome = step->add_outcomes();
      outcome->set_id(absl::StrCat("o", k));
      for (int n = 0; n < 20; ++n) {
        outcome->add_starts()->set_step(
            absl::StrCat("s", (i * 31 + k * 20 + n * 7) % 500));
      }
    }
    for (int k = 0; k < 5; ++k) {
      step->mutable_performer()->add_not_same_member_as(
          absl::StrCat("s", (i + k + 1) % 500));
    }
  }
  return pathway;
}

TEST(Hostile, ADensePathwayIsAnsweredInBoundedWork) {
  base::Problems problems;
  CheckPathway(Dense(), {}, problems);
  EXPECT_TRUE(problems.HasErrors());
  EXPECT_LE(problems.list().size(), base::Problems::kProblemsMax);
}

// Damaged copies of a good pathway: the checker says something or nothing, but
// always comes back.
TEST(Hostile, AnyMessageIsAnswered) {
  const std::string bytes = testing::SevenPieces()->bytes();
  base::SeededRandom random(7);
  for (int i = 0; i < 300; ++i) {
    std::string damaged = bytes;
    for (int k = 0; k < 8; ++k) {
      damaged[random.Uniform(damaged.size())] =
          static_cast<char>(random.Uniform(256));
    }
    Pathway pathway;
    if (!pathway.ParsePartialFromString(damaged)) {
      continue;
    }
    base::Problems problems;
    CheckPathway(pathway, {.walks = 5}, problems);
    LoadedPathway loaded;
    loaded.pathway = pathway;
    const auto bound = Bind(loaded, nullptr, problems);
    static_cast<void>(Edition::FromBound(
        SerializeBound(bound.has_value() ? *bound : pathway), ""));
  }
}

TEST(Hostile, AnEmptyPathwayIsAnswered) {
  base::Problems problems;
  CheckPathway(Pathway(), {}, problems);
  EXPECT_TRUE(problems.HasErrors());
}

}  // namespace
}  // namespace careroute::pathway
