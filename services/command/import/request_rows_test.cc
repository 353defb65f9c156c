#include "services/command/import/request_rows.h"

#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using api::v1::RegisterPersonRequest;
using api::v1::ReportNeedRequest;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct ReadFile {
  std::vector<std::string> header;  // "path REASON" of its problems
  std::vector<RequestRow> rows;
};

ReadFile Read(const RowKind& kind, RowForm form, const std::string& bytes,
              bool validate_only = false) {
  std::istringstream stream(bytes);
  RequestRows rows({.stream = stream,
                    .form = form,
                    .kind = kind,
                    .validate_only = validate_only});
  base::Problems problems;
  ReadFile read;
  if (rows.Open(problems)) {
    for (RequestRow row; rows.Next(row);) read.rows.push_back(std::move(row));
  }
  for (const base::Problem& one : problems.list()) {
    EXPECT_THAT(one.message + one.mend, Not(HasSubstr("анарейк")));
    read.header.push_back(one.path + " " + one.reason);
  }
  EXPECT_FALSE(rows.failed());
  return read;
}

ReadFile ReadPersons(const std::string& bytes) {
  return Read(PersonRows(), RowForm::kCsv, bytes);
}

std::vector<std::string> ProblemsOf(const RequestRow& row) {
  std::vector<std::string> found;
  for (const base::Problem& one : row.problems.list()) {
    EXPECT_THAT(one.message + one.mend, Not(HasSubstr("анарейк")));
    found.push_back(one.path + " " + one.reason);
  }
  return found;
}

const RegisterPersonRequest& Person(const RequestRow& row) {
  return static_cast<const RegisterPersonRequest&>(*row.request);
}

std::string IdOf(const std::string& bytes) {
  const ReadFile read = ReadPersons(bytes);
  EXPECT_THAT(read.rows, SizeIs(1));
  return read.rows.empty() ? "" : Person(read.rows[0]).request_id();
}

TEST(RequestRows, MakeARequestOfEachRow) {
  const ReadFile read = ReadPersons(
      "family_name,birth_date,language\n"
      "Канарейкина,2023-05-06,ru\n"
      "Синицына,,\n");
  ASSERT_THAT(read.rows, SizeIs(2));
  EXPECT_THAT(ProblemsOf(read.rows[0]), IsEmpty());
  EXPECT_EQ(read.rows[0].number, 1);
  EXPECT_EQ(read.rows[0].line, 2);
  EXPECT_EQ(Person(read.rows[0]).command().identity().birth_date(),
            "2023-05-06");
  EXPECT_EQ(Person(read.rows[1]).command().identity().family_name(),
            "Синицына");
  EXPECT_FALSE(Person(read.rows[1]).command().has_needs());
}

TEST(RequestRows, NameTheSameRowTheSameWhereverItStands) {
  const std::string id = IdOf("family_name,snils\nКанарейкина,00000000101\n");
  EXPECT_THAT(id, SizeIs(36));
  EXPECT_EQ(IdOf("snils,given_name,family_name\r\n"
                 "00000000101,,\"Канарейкина\"\r\n"),
            id);
  EXPECT_NE(IdOf("family_name,snils\nКанарейкина,00000000202\n"), id);
  EXPECT_NE(IdOf("family_name,policy_number\nКанарейкина,00000000101\n"), id);
}

TEST(RequestRows, KeepTheRequestIdARowStates) {
  const std::string id = "6e3a1c52-7f0d-4b7e-9c1a-2d5b8f4e0a13";
  EXPECT_EQ(IdOf("request_id,family_name\n" + id + ",Канарейкина\n"), id);
  EXPECT_THAT(
      ProblemsOf(
          ReadPersons("request_id,family_name\n7,Канарейкина\n").rows[0]),
      Contains("request_id NOT_A_UUID"));
}

TEST(RequestRows, GoOnAfterABadRow) {
  const ReadFile read = ReadPersons(
      "family_name,birth_order,birth_date\n"
      "Канарейкина,1\n"
      "Канарейкина,many,2023-05-06\n"
      "Канарейкина,1,06.05.2023\n"
      "Канарейк\"ина,1,2023-05-06\n"
      "Канарейкина,1,2023-05-06\n");
  ASSERT_THAT(read.rows, SizeIs(5));
  EXPECT_THAT(ProblemsOf(read.rows[0]), ElementsAre(" WRONG_COUNT"));
  EXPECT_THAT(ProblemsOf(read.rows[1]),
              ElementsAre("command.identity.birth_order NOT_A_NUMBER"));
  EXPECT_THAT(ProblemsOf(read.rows[2]),
              ElementsAre("command.identity.birth_date NOT_A_DATE"));
  EXPECT_THAT(ProblemsOf(read.rows[3]), ElementsAre(" NOT_CSV"));
  EXPECT_THAT(ProblemsOf(read.rows[4]), IsEmpty());
  EXPECT_EQ(read.rows[4].number, 5);
}

TEST(RequestRows, RefuseAFileWithoutItsHeader) {
  EXPECT_THAT(ReadPersons("Канарейкина,Вера\n").header,
              ElementsAre(" UNKNOWN_COLUMN", " UNKNOWN_COLUMN"));
  EXPECT_THAT(ReadPersons("").header, ElementsAre(" EMPTY"));
  EXPECT_THAT(ReadPersons("family_name;snils\n").header,
              ElementsAre(" UNKNOWN_COLUMN"));
  EXPECT_THAT(ReadPersons("snils,snils\n").header, ElementsAre("snils TWICE"));
  EXPECT_THAT(ReadPersons("\"snils\n").header, ElementsAre(" NOT_CSV"));
}

TEST(RequestRows, AskForTheColumnsEachReportNeeds) {
  EXPECT_THAT(Read(CaseRows(), RowForm::kCsv, "family_name,entry\n").header,
              ElementsAre("pathway NO_COLUMN"));
}

TEST(RequestRows, ReadReportsFromLinesOfJson) {
  const ReadFile read = Read(
      CaseRows(), RowForm::kNdjson,
      R"({"pathway":"p","entry":"e","person":{"identity":{"familyName":"К"}}})"
      "\n\r\n"
      R"({"pathway":"p","entry":"e"})"
      "\n{\n\xFF\n" +
          std::string(kRowBytesMax + 1, ' ') + "\n");
  ASSERT_THAT(read.rows, SizeIs(5));
  EXPECT_THAT(ProblemsOf(read.rows[0]), IsEmpty());
  EXPECT_EQ(static_cast<const ReportNeedRequest&>(*read.rows[0].request)
                .person()
                .identity()
                .family_name(),
            "К");
  EXPECT_EQ(read.rows[1].line, 3);
  EXPECT_THAT(ProblemsOf(read.rows[1]), Not(IsEmpty()));
  EXPECT_THAT(ProblemsOf(read.rows[2]), ElementsAre(" NOT_JSON"));
  EXPECT_THAT(ProblemsOf(read.rows[3]), ElementsAre(" INVALID_UTF8"));
  EXPECT_THAT(ProblemsOf(read.rows[4]), ElementsAre(" TOO_LONG"));
}

TEST(RequestRows, AskForATrialWhenToldTo) {
  const ReadFile read =
      Read(PersonRows(), RowForm::kCsv, "family_name\nКанарейкина\n", true);
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_TRUE(Person(read.rows[0]).validate_only());
}

TEST(FormOfName, GoesByTheEndingWhateverItsCase) {
  EXPECT_EQ(FormOfName("persons.CSV"), RowForm::kCsv);
  EXPECT_EQ(FormOfName("a.csv.ndjson"), RowForm::kNdjson);
  EXPECT_EQ(FormOfName("a.jsonl"), RowForm::kNdjson);
  EXPECT_EQ(FormOfName("a.xlsx"), std::nullopt);
}

}  // namespace
}  // namespace careroute::services
