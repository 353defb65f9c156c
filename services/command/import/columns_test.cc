#include "services/command/import/columns.h"

#include <set>
#include <string>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using api::v1::RegisterPersonRequest;
using api::v1::ReportNeedRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// What the text makes of an empty request.
template <typename Request>
Request With(const std::vector<Column>& columns, const std::string& name,
             const std::string& text, base::Problems& problems) {
  Request request;
  const Column* const column = FindColumn(columns, name);
  EXPECT_NE(column, nullptr) << name;
  if (column != nullptr) SetColumn(*column, text, request, problems);
  return request;
}

ReportNeedRequest Case(const std::string& name, const std::string& text) {
  base::Problems problems;
  auto request = With<ReportNeedRequest>(CaseColumns(), name, text, problems);
  EXPECT_THAT(problems.list(), IsEmpty());
  return request;
}

TEST(Columns, StandForFieldsThatExist) {
  for (const Column& one : PersonColumns()) {
    base::Problems problems;
    const auto request =
        With<RegisterPersonRequest>(PersonColumns(), one.name, "1", problems);
    EXPECT_TRUE(request.ByteSizeLong() > 0 || problems.HasErrors()) << one.name;
  }
  std::set<std::string> names;
  for (const Column& one : CaseColumns()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    base::Problems problems;
    (void)With<ReportNeedRequest>(CaseColumns(), one.name, "1", problems);
  }
  EXPECT_EQ(FindColumn(CaseColumns(), "shoe_size"), nullptr);
}

TEST(Columns, PutTextsIntoThePerson) {
  EXPECT_EQ(Case("family_name", "Ёлкина").person().identity().family_name(),
            "Ёлкина");
  EXPECT_EQ(Case("birth_order", "2").person().identity().birth_order(), 2);
  EXPECT_EQ(
      Case("stays_region", "RU-KHA").person().identity().stays_at().region(),
      "RU-KHA");
}

TEST(Columns, DivideListsAtSemicolons) {
  EXPECT_THAT(
      Case("phones", "+79000000001; +79000000002").person().identity().phones(),
      ElementsAre("+79000000001", "+79000000002"));
  EXPECT_THAT(Case("access_needs", "wheelchair;sign-language")
                  .person()
                  .needs()
                  .access(),
              ElementsAre(model::v1::ACCESS_NEED_WHEELCHAIR,
                          model::v1::ACCESS_NEED_SIGN_LANGUAGE));
}

TEST(Columns, TakeWordsWithAndWithoutTheirBeginning) {
  for (const char* word :
       {"in_writing", "IN-WRITING", "WORD_GIVEN_IN_WRITING"}) {
    EXPECT_EQ(Case("word_given", word).word_given(),
              model::v1::WORD_GIVEN_IN_WRITING);
  }
}

TEST(Columns, TakeTimesWithTheirOffset) {
  EXPECT_EQ(Case("happened_time", "1970-01-01T10:00:05+10:00")
                .happened_time()
                .seconds(),
            5);
}

TEST(Columns, MeetInOneElementOfAList) {
  ReportNeedRequest request;
  base::Problems problems;
  SetColumn(*FindColumn(CaseColumns(), "criterion"), "c", request, problems);
  SetColumn(*FindColumn(CaseColumns(), "criterion_document"), "d", request,
            problems);
  ASSERT_THAT(request.criteria(), SizeIs(1));
  EXPECT_EQ(request.criteria(0).criterion(), "c");
  EXPECT_EQ(request.criteria(0).document().kind(), "d");
}

TEST(Columns, SayWhatAValueIsNotAndNeverTheValue) {
  for (const char* name : {"word_given", "access_needs", "birth_order",
                           "happened_time", "representative_basis"}) {
    base::Problems problems;
    (void)With<ReportNeedRequest>(CaseColumns(), name, "Канарейка", problems);
    ASSERT_THAT(problems.list(), SizeIs(1)) << name;
    const base::Problem& one = problems.list()[0];
    EXPECT_EQ(ColumnOfPath(CaseColumns(), one.path), name);
    EXPECT_THAT(one.message + one.mend, Not(HasSubstr("анарейка")));
    EXPECT_THAT(one.mend, Not(IsEmpty()));
  }
}

TEST(Columns, AreFoundByTheWholePathAndByItsEnd) {
  EXPECT_EQ(ColumnOfPath(CaseColumns(), "person.identity.snils"), "snils");
  EXPECT_EQ(ColumnOfPath(CaseColumns(), "identity.snils"), "snils");
  EXPECT_EQ(ColumnOfPath(CaseColumns(), "person.identity.phones[1]"), "phones");
  EXPECT_EQ(ColumnOfPath(CaseColumns(), "elsewhere"), "elsewhere");
  EXPECT_EQ(ColumnOfPath(CaseColumns(), ""), "");
}

}  // namespace
}  // namespace careroute::services
