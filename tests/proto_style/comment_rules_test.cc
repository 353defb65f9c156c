#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto_style/planted.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

TEST(HaveComments, NamesFileAndLine) {
  const auto schema = Schema::FromTexts(
      FileOf({.text = "\n// A.\nmessage A {\n  int32 b = 1;\n}\n"}));
  ASSERT_TRUE(schema.ok()) << schema.status();
  base::Problems problems;
  HaveComments(**schema, problems);
  ASSERT_EQ(problems.list().size(), 1U);
  EXPECT_EQ(problems.list()[0].file, "proto/careroute/model/v1/planted.proto");
  EXPECT_EQ(problems.list()[0].line, 9);
  EXPECT_EQ(problems.list()[0].path, "careroute.model.v1.A.b");
}

}  // namespace

std::vector<Planted> PlantedComments() {
  return {
      {"COMMENT",
       "Everywhere",
       "// A.\nmessage A {\n  // B.\n  int32 b = 1;\n}\n"
       "// C.\nenum C {\n  // D.\n  D = 0;\n}\n"
       "// E.\nservice E {\n  // F.\n  rpc F(A) returns (A);\n}\n",
       {}},
      {"COMMENT",
       "Nowhere",
       "message A { int32 b = 1; map<string, int32> m = 2; }\n"
       "enum C { D = 0; }\nservice E { rpc F(A) returns (A); }\n",
       {"E", "E.F", "A", "A.b", "A.m", "C", "D"}},
      {"COMMENT",
       "OnlyBehind",
       "// A.\nmessage A {\n  int32 b = 1;  // B.\n}\n",
       {"A.b"}},
      {"COMMENT", "Empty", "//\nmessage A {}\n", {"A"}},
      {"COMMENT",
       "Nested",
       "// A.\nmessage A {\n  message B {\n    enum C {\n      D = 0;\n"
       "    }\n  }\n}\n",
       {"A.B", "A.B.C", "A.B.D"}},
  };
}

}  // namespace careroute::proto_style
