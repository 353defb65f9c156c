#include "lib/api/page_token.h"

#include <optional>
#include <string>

#include "gtest/gtest.h"
#include "lib/api/status.h"

namespace careroute::api {
namespace {

store::IndexRow Row() {
  return {.sort = std::string("\x00\x3a\xff", 3),
          .id = "cases/1:2",
          .stream = {.kind = store::StreamKind::kCase,
                     .id = {.high = 1, .low = 2}}};
}

TEST(PageSize, HasADefaultAndACap) {
  EXPECT_EQ(PageSize(0), kPageSizeDefault);
  EXPECT_EQ(PageSize(-1), kPageSizeDefault);
  EXPECT_EQ(PageSize(1), 1);
  EXPECT_EQ(PageSize(kPageSizeMax), kPageSizeMax);
  EXPECT_EQ(PageSize(100000), kPageSizeMax);
}

TEST(PageToken, ReadsThePositionItWasMadeOf) {
  const auto read =
      ReadPosition("list", MakeToken("list", PositionText(Row())));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(read->has_value());
  EXPECT_EQ((*read)->sort, Row().sort);
  EXPECT_EQ((*read)->id, Row().id);
  EXPECT_EQ((*read)->stream, Row().stream);
}

TEST(PageToken, BeginsAtTheFirstPageWithoutAToken) {
  const auto read = ReadPosition("list", "");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->has_value());
}

TEST(PageToken, RefusesWhatWasNotMadeForTheSameQuestion) {
  const std::string token = MakeToken("list|a", PositionText(Row()));
  std::string changed = token;
  changed[0] = changed[0] == 'A' ? 'B' : 'A';
  for (const std::string& wrong :
       {MakeToken("list|b", PositionText(Row())), changed, token.substr(1),
        std::string("%%%"), std::string("AAAA"), MakeToken("list|a", "1:2"),
        MakeToken("list|a", "zz:zz:zz")}) {
    const auto read = ReadPosition("list|a", wrong);
    ASSERT_FALSE(read.ok()) << wrong;
    const std::optional<model::v1::Refusal> refusal = RefusalOf(read.status());
    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->reason(), model::v1::ERROR_REASON_BAD_TOKEN) << wrong;
    ASSERT_EQ(refusal->problems_size(), 1);
    EXPECT_EQ(refusal->problems(0).path(), "page_token");
    EXPECT_FALSE(refusal->problems(0).mend().empty());
  }
}

TEST(PageToken, NamesTheFieldOfAWatch) {
  const auto read = ReadResumeToken("watch|a", MakeToken("watch|b", "1"));
  const std::optional<model::v1::Refusal> refusal = RefusalOf(read.status());
  ASSERT_TRUE(refusal.has_value());
  ASSERT_EQ(refusal->problems_size(), 1);
  EXPECT_EQ(refusal->problems(0).path(), "resume_token");
}

}  // namespace
}  // namespace careroute::api
