#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto_style/planted.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

using ::testing::ElementsAre;

TEST(PackagesFollowFolders, SeesAnUnknownPackageAndAWrongFolder) {
  const auto schema = Schema::FromTexts({
      {"careroute/model/v1/good.proto",
       "syntax = \"proto3\"; package careroute.model.v1;"},
      {"careroute/model/v1/moved.proto",
       "syntax = \"proto3\"; package careroute.event.v1;"},
      {"careroute/other/v1/new.proto",
       "syntax = \"proto3\"; package careroute.other.v1;"},
      {"careroute/model/bare.proto",
       "syntax = \"proto3\"; package careroute.model;"},
  });
  ASSERT_TRUE(schema.ok()) << schema.status();
  base::Problems problems;
  PackagesFollowFolders(**schema, problems);
  std::vector<std::string> files;
  for (const base::Problem& problem : problems.list()) {
    EXPECT_EQ(problem.reason, "PACKAGE");
    files.push_back(problem.file);
  }
  EXPECT_THAT(files, ElementsAre("proto/careroute/model/bare.proto",
                                 "proto/careroute/model/v1/moved.proto",
                                 "proto/careroute/other/v1/new.proto"));
}

}  // namespace

std::vector<Planted> PlantedNames() {
  return {
      {"NAME_FORM",
       "Good",
       "message GoodName { int32 good_name_2 = 1;"
       " oneof one_of { int32 a = 2; } optional int32 b = 3; }\n"
       "enum Good { GOOD_NAME = 0; }\nservice GoodService {}\n",
       {}},
      {"NAME_FORM",
       "Bad",
       "message bad_name { int32 badName = 1; int32 Bad = 2;"
       " int32 worse__name = 3; oneof OneOf { int32 a = 4; } }\n"
       "enum bad { badName = 0; }\n"
       "service Worse { rpc bad(bad_name) returns (bad_name); }\n",
       {"Worse", "Worse.bad", "bad_name", "bad_name.OneOf", "bad_name.badName",
        "bad_name.Bad", "bad_name.worse__name", "bad", "badName"}},
      {"ENUM_NAMES",
       "Good",
       "enum CaseState { CASE_STATE_UNSPECIFIED = 0; CASE_STATE_OPEN = 1; }\n",
       {}},
      {"ENUM_NAMES",
       "Bad",
       "enum CaseState { CASE_STATE_NONE = 0; OPEN = 1; CASE_OPEN = 2; }\n"
       "message A { enum B { B_UNSPECIFIED = 0; C_D = 1; } }\n",
       {"CASE_STATE_NONE", "OPEN", "CASE_OPEN", "A.C_D"}},
      {"TIME_SUFFIX",
       "Good",
       "message A { google.protobuf.Timestamp due_time = 1;"
       " repeated google.protobuf.Timestamp due_times = 2;"
       " string due_date = 3; int32 times = 4; }\n",
       {}},
      {"TIME_SUFFIX",
       "Bad",
       "message A { google.protobuf.Timestamp due = 1; int64 due_time = 2; }\n",
       {"A.due", "A.due_time"}},
      {"RESERVED_NAME",
       "Good",
       "message A { reserved 1; reserved \"a\"; }\n"
       "enum B { B_UNSPECIFIED = 0; reserved 1; reserved \"B_C\"; }\n",
       {}},
      {"RESERVED_NAME",
       "Bad",
       "message A { reserved 1; }\n"
       "enum B { B_UNSPECIFIED = 0; reserved 1; }\n",
       {"A", "B"}},
  };
}

}  // namespace careroute::proto_style
