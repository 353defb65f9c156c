#include "services/hub/generate/json_fields.h"

#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/document.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using google::protobuf::Struct;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class JsonFieldsTest : public ::testing::Test {
 protected:
  JsonFields& Read(const std::string& json) {
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(json, &object_).ok());
    return fields_.emplace(object_, problems_);
  }
  // "path REASON" of each problem.
  std::vector<std::string> Problems() {
    std::vector<std::string> found;
    for (const base::Problem& one : problems_.list()) {
      found.push_back(one.path + " " + one.reason);
    }
    return found;
  }

  Struct object_;
  base::Problems problems_;
  std::optional<JsonFields> fields_;
};

TEST_F(JsonFieldsTest, GivesWhatIsThere) {
  JsonFields& fields = Read(
      R"({"n": 3, "t": "text", "l": ["a", "b"],
          "o": {"x": 1}, "m": {"kind": "slip"}})");
  EXPECT_EQ(fields.Number("n", {.min = 1, .max = 3}), 3);
  EXPECT_EQ(fields.Text("t"), "text");
  EXPECT_THAT(fields.Texts("l"), ElementsAre("a", "b"));
  EXPECT_NE(fields.Object("o"), nullptr);
  model::v1::Document document;
  fields.Message("m", document);
  EXPECT_EQ(document.kind(), "slip");
  fields.RefuseOthers();
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(JsonFieldsTest, TakesTheStatedValueOfAnAbsentNumber) {
  EXPECT_EQ(Read("{}").Number("n", {.max = 9, .otherwise = 4}), 4);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(JsonFieldsTest, NamesWhatIsMissingOrOutOfItsBounds) {
  JsonFields& fields = Read(R"({"a": 4, "b": 1.5, "c": "3"})");
  for (const char* name : {"a", "b", "c", "d"}) {
    EXPECT_EQ(fields.Number(name, {.min = 1, .max = 3}), 1);
  }
  EXPECT_EQ(fields.Text("e"), "");
  EXPECT_THAT(Problems(),
              ElementsAre("a WRONG_KIND", "b WRONG_KIND", "c WRONG_KIND",
                          "d WRONG_KIND", "e EMPTY"));
}

TEST_F(JsonFieldsTest, RefusesAListOfOtherThings) {
  JsonFields& fields = Read(R"({"a": ["x", 1], "b": "x", "c": [{}, "x"]})");
  (void)fields.Texts("a");
  (void)fields.Texts("b");
  EXPECT_THAT(fields.Objects("c"), SizeIs(1));
  EXPECT_THAT(Problems(),
              ElementsAre("a WRONG_KIND", "b WRONG_KIND", "c WRONG_KIND"));
}

TEST_F(JsonFieldsTest, RefusesAMessageWithAnUnknownField) {
  model::v1::Document document;
  Read(R"({"m": {"kynd": "slip"}})").Message("m", document);
  EXPECT_THAT(Problems(), ElementsAre("m NOT_PARSED"));
}

TEST_F(JsonFieldsTest, RefusesWhatNobodyAskedFor) {
  JsonFields& fields = Read(R"({"b": 1, "a": 1, "t": "x"})");
  (void)fields.Text("t");
  fields.RefuseOthers();
  EXPECT_THAT(Problems(), ElementsAre("a UNKNOWN_FIELD", "b UNKNOWN_FIELD"));
}

}  // namespace
}  // namespace careroute::services
