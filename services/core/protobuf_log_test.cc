// How often protobuf complains is told, and nothing of what it complains of.

#include "services/core/protobuf_log.h"

#include <string>

#include "careroute/model/v1/route.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Neither a name nor UTF-8.
void SerialiseBadText() {
  model::v1::RouteContact contact;
  contact.set_title("secret \xff");
  EXPECT_NE(contact.SerializeAsString(), "");
}

int Lines(const std::string& text) {
  int lines = 0;
  for (const char one : text) lines += one == '\n' ? 1 : 0;
  return lines;
}

class ProtobufLogTest : public ::testing::Test {
 protected:
  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  const Log log_{clock_};
};

TEST_F(ProtobufLogTest, TellsHowOftenAtMostOnceAMinute) {
  ::testing::internal::CaptureStderr();
  {
    const ProtobufLog complaints(log_, clock_);
    for (int i = 0; i < 5; ++i) SerialiseBadText();
    clock_.AdvanceTo(clock_.Now() + kComplaintsToldEvery);
    SerialiseBadText();
  }
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(Lines(told), 2) << told;
  EXPECT_THAT(told, HasSubstr("complained of messages 1 times"));
  EXPECT_THAT(told, HasSubstr("complained of messages 5 times"));
  EXPECT_THAT(told, Not(HasSubstr("secret")));
  EXPECT_THAT(told, Not(HasSubstr("title")));
}

TEST_F(ProtobufLogTest, TellsTheRestWhenItEnds) {
  ::testing::internal::CaptureStderr();
  {
    const ProtobufLog complaints(log_, clock_);
    for (int i = 0; i < 3; ++i) SerialiseBadText();
  }
  SerialiseBadText();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("complained of messages 2 times"));
}

}  // namespace
}  // namespace careroute::services
