#include "tests/proto_style/descriptor_lines.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/real_environment.h"
#include "tests/support/golden.h"

namespace careroute::proto_style {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kGolden[] = "tests/golden/descriptors.txt";

std::vector<std::string> LinesOf(const std::string& text) {
  const auto schema =
      Schema::FromTexts({{"a.proto", "syntax = \"proto3\";\n" + text}});
  EXPECT_TRUE(schema.ok()) << schema.status();
  return schema.ok() ? DescriptorLines(**schema) : std::vector<std::string>();
}

TEST(DescriptorLines, SayEveryKindOfElement) {
  EXPECT_THAT(
      LinesOf("message A {\n  reserved 7 to 8;\n  B b = 9;\n"
              "  string a = 1;\n  repeated int32 c = 2;\n"
              "  optional bool d = 3;\n  map<string, B> e = 4;\n"
              "  oneof f { bytes g = 5; }\n}\n"
              "enum B { B_UNSPECIFIED = 0; B_C = 2; reserved 1; }\n"
              "service S { rpc GetA(A) returns (A);"
              " rpc WatchA(A) returns (stream A); }\n"),
      ElementsAre("message A", "field A 1 string a",
                  "field A 2 repeated:int32 c", "field A 3 optional:bool d",
                  "field A 4 map<string,B> e", "field A 5 oneof:f:bytes g",
                  "field A 9 B b", "reserved A 7", "reserved A 8", "enum B",
                  "value B 0 B_UNSPECIFIED", "value B 2 B_C", "reserved B 1",
                  "method S GetA A A", "method S WatchA A stream:A"));
}

constexpr char kBefore[] =
    "message A { int32 a = 1; string b = 2; }\n"
    "enum E { E_UNSPECIFIED = 0; E_F = 1; }\n"
    "service S { rpc GetA(A) returns (A); }\n";

struct Row {
  std::string name;
  std::string after;
  size_t breaks;
};

class BreaksTest : public testing::TestWithParam<Row> {};

TEST_P(BreaksTest, CountsWhatCanNoLongerBeRead) {
  EXPECT_THAT(Breaks(LinesOf(kBefore), LinesOf(GetParam().after)),
              testing::SizeIs(GetParam().breaks));
}

// The same contract with one message, enum or service exchanged.
std::string With(const std::string& message, const std::string& type,
                 const std::string& service) {
  return message + "\n" + type + "\n" + service + "\n";
}

constexpr char kA[] = "message A { int32 a = 1; string b = 2; }";
constexpr char kE[] = "enum E { E_UNSPECIFIED = 0; E_F = 1; }";
constexpr char kS[] = "service S { rpc GetA(A) returns (A); }";

std::string RowName(const testing::TestParamInfo<Row>& row) {
  return row.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BreaksTest,
    testing::ValuesIn<Row>({
        {"Nothing", kBefore, 0},
        {"AddedField",
         With("message A { int32 a = 1; string b = 2; bool c = 3; }", kE, kS),
         0},
        {"Comment",
         With("// New.\nmessage A { int32 a = 1; string b = 2; }", kE, kS), 0},
        {"RemovedField", With("message A { int32 a = 1; }", kE, kS), 1},
        {"ReservedField",
         With("message A { int32 a = 1; reserved 2; reserved \"b\"; }", kE, kS),
         0},
        {"RenumberedField",
         With("message A { int32 a = 1; string b = 3; }", kE, kS), 1},
        {"RetypedField",
         With("message A { int64 a = 1; string b = 2; }", kE, kS), 1},
        {"RepeatedField",
         With("message A { repeated int32 a = 1; string b = 2; }", kE, kS), 1},
        {"RenamedField",
         With("message A { int32 x = 1; string b = 2; }", kE, kS), 1},
        {"FieldsInTheirOtherOrder",
         With("message A { string b = 2; int32 a = 1; }", kE, kS), 0},
        {"RemovedValue", With(kA, "enum E { E_UNSPECIFIED = 0; }", kS), 1},
        {"RenamedValue", With(kA, "enum E { E_UNSPECIFIED = 0; E_G = 1; }", kS),
         1},
        {"RemovedMethod", With(kA, kE, "service S {}"), 1},
        {"MethodOfAnotherType",
         With(kA, kE, "service S { rpc GetA(A) returns (stream A); }"), 1},
        {"RemovedEnum", With(kA, "", kS), 3},
    }),
    RowName);

TEST(Breaks, KeepsAReservationForEver) {
  EXPECT_THAT(Breaks(LinesOf("message A { reserved 1; }"),
                     LinesOf("message A { string a = 1; }")),
              ElementsAre("removed: reserved A 1"));
}

TEST(OurDescriptors, AreThoseOfTheGoldenFile) {
  const auto schema = Schema::FromDirectory("proto");
  ASSERT_TRUE(schema.ok()) << schema.status();
  tests::ExpectGolden(kGolden,
                      absl::StrJoin(DescriptorLines(**schema), "\n") + "\n");
}

// Says of a difference whether it loses stored events and old callers. Whoever
// updates the golden file answers for a break with the diff.
TEST(OurDescriptors, BreakNothing) {
  if (base::RealEnvironment("CAREROUTE_UPDATE_GOLDEN") == "1") {
    GTEST_SKIP() << "the golden file is being written anew";
  }
  const auto schema = Schema::FromDirectory("proto");
  ASSERT_TRUE(schema.ok()) << schema.status();
  const auto golden = tests::ReadFile(kGolden);
  ASSERT_TRUE(golden.ok()) << golden.status();
  const std::vector<std::string> before =
      absl::StrSplit(*golden, '\n', absl::SkipEmpty());
  EXPECT_THAT(Breaks(before, DescriptorLines(**schema)), IsEmpty());
}

}  // namespace
}  // namespace careroute::proto_style
