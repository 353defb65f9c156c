#include "services/command/import/csv_reader.h"

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<CsvRecord> Read(const std::string& bytes) {
  std::istringstream stream(bytes);
  RowText text(stream);
  CsvReader reader(text);
  std::vector<CsvRecord> records;
  for (CsvRecord record; reader.Next(record);) {
    records.push_back(std::move(record));
  }
  return records;
}

// Of the records that are whole.
std::vector<std::vector<std::string>> CellsOf(const std::string& bytes) {
  std::vector<std::vector<std::string>> cells;
  for (CsvRecord& record : Read(bytes)) {
    EXPECT_THAT(record.problems.list(), IsEmpty());
    cells.push_back(std::move(record.cells));
  }
  return cells;
}

TEST(CsvReader, DividesAtCommasAndLineEndsOfEitherKind) {
  EXPECT_THAT(CellsOf("a,b\r\nc,\n,d"),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("c", ""),
                          ElementsAre("", "d")));
}

TEST(CsvReader, KeepsWhatStandsInQuotationMarks) {
  EXPECT_THAT(CellsOf("\"a,b\",\"c \"\"d\"\"\",\"e\r\nf\",\"\"\n"),
              ElementsAre(ElementsAre("a,b", "c \"d\"", "e\r\nf", "")));
}

TEST(CsvReader, KeepsSpacesAndOtherAlphabets) {
  EXPECT_THAT(CellsOf("\xEF\xBB\xBF"
                      " Ёлкина , 1 \n"),
              ElementsAre(ElementsAre(" Ёлкина ", " 1 ")));
}

TEST(CsvReader, PassesOverLinesWithoutAnything) {
  EXPECT_THAT(CellsOf("\n\r\na\n\n\r\nb\n\n"),
              ElementsAre(ElementsAre("a"), ElementsAre("b")));
  EXPECT_THAT(Read(""), IsEmpty());
  EXPECT_THAT(Read("\n"), IsEmpty());
}

TEST(CsvReader, NamesTheLineARecordBeginsOn) {
  const std::vector<CsvRecord> records = Read("a\n\n\"b\nb\"\nc");
  ASSERT_THAT(records, SizeIs(3));
  EXPECT_EQ(records[0].line, 1);
  EXPECT_EQ(records[1].line, 3);
  EXPECT_EQ(records[2].line, 5);
}

struct Row {
  std::string name;
  std::string bytes;  // "next" stands in the line after
  std::string reason;
};

class DamageTest : public ::testing::TestWithParam<Row> {};

TEST_P(DamageTest, IsSaidOfOneRecordAndTheNextOneIsRead) {
  const std::vector<CsvRecord> records = Read(GetParam().bytes + "\nnext\n");
  ASSERT_THAT(records, SizeIs(2));
  ASSERT_THAT(records[0].problems.list(), SizeIs(1));
  EXPECT_EQ(records[0].problems.list()[0].reason, GetParam().reason);
  EXPECT_THAT(records[1].cells, ElementsAre("next"));
  EXPECT_THAT(records[1].problems.list(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, DamageTest,
    ::testing::ValuesIn<Row>({
        {"MarkInsideACell", "a\"b,c", "NOT_CSV"},
        {"TextAfterAMark", "\"a\"b,c", "NOT_CSV"},
        {"SpaceAfterAMark", "\"a\" ,c", "NOT_CSV"},
        {"LoneReturn", "a\rb", "NOT_CSV"},
        {"LoneReturnFirst", "\rb", "NOT_CSV"},
        {"LoneReturnAfterAMark", "\"a\"\rb", "NOT_CSV"},
        {"WrongUtf8", "a,\xFF", "INVALID_UTF8"},
        {"TooLong", std::string(kRowBytesMax + 1, 'a'), "TOO_LONG"},
        {"TooLongInMarks", "\"" + std::string(kRowBytesMax + 1, 'a'),
         "TOO_LONG"},
        {"TooManyCells", std::string(kCellsMax, ','), "NOT_CSV"},
    }),
    [](const ::testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(CsvReader, SaysThatTheFileEndsInsideAQuotation) {
  const std::vector<CsvRecord> records = Read("a\n\"b,c\nd\n");
  ASSERT_THAT(records, SizeIs(2));
  ASSERT_THAT(records[1].problems.list(), SizeIs(1));
  EXPECT_EQ(records[1].problems.list()[0].reason, "NOT_CSV");
}

TEST(CsvReader, TakesARowThatIsAsLongAsItMayBe) {
  EXPECT_THAT(CellsOf(std::string(kRowBytesMax, 'a')), SizeIs(1));
  EXPECT_THAT(CellsOf(std::string(kCellsMax - 1, ',')),
              ElementsAre(SizeIs(kCellsMax)));
}

}  // namespace
}  // namespace careroute::services
