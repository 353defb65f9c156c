#include "tests/proto_style/schema.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::proto_style {
namespace {

TEST(Schema, TellsWhereATextIsWrong) {
  const auto schema = Schema::FromTexts(
      {{"careroute/model/v1/a.proto", "syntax = \"proto3\";\nmessage {}\n"}});
  EXPECT_EQ(schema.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(schema.status().message()),
              testing::HasSubstr("careroute/model/v1/a.proto:2:9"));
}

TEST(Schema, FailsWithoutAnyFile) {
  EXPECT_EQ(Schema::FromDirectory("no/such/folder").status().code(),
            absl::StatusCode::kNotFound);
}

TEST(Schema, VisitsNestedTypesButNotTheEntriesOfMaps) {
  const auto schema = Schema::FromTexts(
      {{"a.proto",
        "syntax = \"proto3\";\nmessage A {\n  map<string, int32> m = 1;\n"
        "  message B {}\n  enum C { D = 0; }\n}\nmessage E {}\n"}});
  ASSERT_TRUE(schema.ok()) << schema.status();
  std::vector<std::string> messages;
  (*schema)->ForEachMessage([&](const google::protobuf::Descriptor& message) {
    messages.push_back(message.full_name());
  });
  EXPECT_THAT(messages, testing::ElementsAre("A", "A.B", "E"));
  int enums = 0;
  (*schema)->ForEachEnum(
      [&](const google::protobuf::EnumDescriptor&) { ++enums; });
  EXPECT_EQ(enums, 1);
}

}  // namespace
}  // namespace careroute::proto_style
