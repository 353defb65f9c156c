// Every rule of a request field, one row each, on requests of the contract.

#include "lib/api/request_check.h"

#include <memory>
#include <string>
#include <vector>

#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::api {
namespace {

using google::protobuf::Message;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> ProblemsOf(const Message& request) {
  RequestCheck check;
  check.Prepare(*request.GetDescriptor());
  base::Problems problems;
  check.Check(request, problems);
  std::vector<std::string> found;
  for (const base::Problem& problem : problems.list()) {
    EXPECT_FALSE(problem.message.empty()) << problem.path;
    EXPECT_FALSE(problem.mend.empty()) << problem.path;
    found.push_back(problem.path + " " + problem.reason);
  }
  return found;
}

v1::ReportNeedRequest Sound() {
  v1::ReportNeedRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(pathway: "early-help"
           request_id: "0192f0c1-2a3b-7c4d-8e5f-001122334455"
           entry: "polyclinic"
           person { identity { birth_date: "2023-02-28" } })pb",
      &request));
  return request;
}

TEST(RequestCheck, TakesASoundRequest) {
  EXPECT_THAT(ProblemsOf(Sound()), IsEmpty());
}

TEST(RequestCheck, NamesAllThatIsMissingAtOnce) {
  EXPECT_THAT(ProblemsOf(v1::ReportNeedRequest()),
              UnorderedElementsAre("pathway REQUIRED", "request_id REQUIRED",
                                   "entry REQUIRED", "person REQUIRED"));
}

TEST(RequestCheck, TakesEachOfTheFormsANameMayHave) {
  v1::GetReferralRequest request;
  for (const char* name :
       {"cases/0a/referrals/1", "referrals/0a", "referrals/some-thing_1"}) {
    request.set_name(name);
    EXPECT_THAT(ProblemsOf(request), IsEmpty()) << name;
  }
  for (const char* name :
       {"cases/0a", "referrals/", "referrals/0a/events/1",
        "cases/0a/referrals/1|referrals/0a", "cases/0a/referrals/|"}) {
    request.set_name(name);
    EXPECT_THAT(ProblemsOf(request), ElementsAre("name WRONG_NAME")) << name;
  }
}

struct Row {
  const char* name;
  void (*spoil)(v1::ReportNeedRequest&);
  const char* problem;
};

class RequestRule : public testing::TestWithParam<Row> {};

TEST_P(RequestRule, RefusesWithPathAndReason) {
  v1::ReportNeedRequest request = Sound();
  GetParam().spoil(request);
  EXPECT_THAT(ProblemsOf(request), ElementsAre(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, RequestRule,
    testing::Values(
        Row{"Uuid", [](v1::ReportNeedRequest& r) { r.set_request_id("1"); },
            "request_id NOT_A_UUID"},
        Row{"UuidDigits",
            [](v1::ReportNeedRequest& r) {
              r.set_request_id("0192f0c1-2a3b-7c4d-8e5f-00112233445g");
            },
            "request_id NOT_A_UUID"},
        Row{"Id", [](v1::ReportNeedRequest& r) { r.set_entry("Polyclinic"); },
            "entry NOT_AN_ID"},
        Row{"IdOfRepeated",
            [](v1::ReportNeedRequest& r) {
              r.add_flags("urgent");
              r.add_flags("not an id");
            },
            "flags[1] NOT_AN_ID"},
        Row{"Length",
            [](v1::ReportNeedRequest& r) {
              r.set_note(std::string(2001, 'a'));
            },
            "note TOO_LONG"},
        Row{"Control",
            [](v1::ReportNeedRequest& r) {
              r.set_note(std::string("a\0b", 3));
            },
            "note NOT_TEXT"},
        Row{"Items",
            [](v1::ReportNeedRequest& r) {
              for (int i = 0; i < 11; ++i) r.add_flags("Wrong, but not read");
            },
            "flags TOO_MANY"},
        Row{"TimeTooEarly",
            [](v1::ReportNeedRequest& r) {
              r.mutable_happened_time()->set_seconds(-2208988801);
            },
            "happened_time OUT_OF_RANGE"},
        Row{"TimeNanos",
            [](v1::ReportNeedRequest& r) {
              r.mutable_happened_time()->set_nanos(-1);
            },
            "happened_time OUT_OF_RANGE"},
        Row{"DateOutsideTheCalendar",
            [](v1::ReportNeedRequest& r) {
              r.mutable_person()->mutable_identity()->set_birth_date(
                  "2023-02-29");
            },
            "person.identity.birth_date NOT_A_DATE"},
        Row{"DateWithoutZeros",
            [](v1::ReportNeedRequest& r) {
              r.mutable_person()->mutable_identity()->set_birth_date(
                  "2023-2-28");
            },
            "person.identity.birth_date NOT_A_DATE"}),
    [](const testing::TestParamInfo<Row>& row) {
      return std::string(row.param.name);
    });

TEST(RequestCheck, RefusesNumbersOutOfRange) {
  v1::ListCasesRequest request;
  request.set_page_size(-1);
  EXPECT_THAT(ProblemsOf(request), ElementsAre("page_size OUT_OF_RANGE"));
  request.set_page_size(100000);
  EXPECT_THAT(ProblemsOf(request), IsEmpty());
}

TEST(RequestCheck, RefusesNamesOfAnotherKind) {
  for (const char* name : {"cases", "cases/", "cases/a/b", "persons/a",
                           "cases/A", "cases/..", "/cases/a", "cases/a/"}) {
    v1::GetCaseRequest request;
    request.set_name(name);
    EXPECT_THAT(ProblemsOf(request), ElementsAre("name WRONG_NAME")) << name;
  }
  v1::GetCaseRequest request;
  request.set_name("cases/0f");
  EXPECT_THAT(ProblemsOf(request), IsEmpty());
}

TEST(RequestCheck, RefusesWhatOnlyTheHubSets) {
  model::v1::Organisation organisation;
  organisation.set_etag("1");
  EXPECT_THAT(ProblemsOf(organisation), testing::Contains("etag OUTPUT_ONLY"));
}

TEST(RequestCheck, RefusesEnumValuesNobodyKnows) {
  model::v1::Organisation organisation;
  organisation.set_kind(static_cast<model::v1::AgencyKind>(999));
  EXPECT_THAT(ProblemsOf(organisation),
              testing::Contains("kind UNKNOWN_ENUM_VALUE"));
}

// A string of a choice is there even when it is empty.
TEST(RequestCheck, RefusesAChoiceOfNothing) {
  v1::RecordFactsRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(name: "cases/1"
           request_id: "0192f0c1-2a3b-7c4d-8e5f-001122334455"
           command {
             facts {
               fact: "place_now"
               value { choice: "" }
             }
           })pb",
      &request));
  EXPECT_THAT(ProblemsOf(request),
              UnorderedElementsAre("command.facts[0].value.choice NOT_AN_ID"));
}

TEST(RequestCheck, RefusesTextThatReadsOtherThanItIs) {
  for (const char* note : {"a\x1b[31m", "a\u202eb", "a\u200bb", "\u009b"}) {
    v1::ReportNeedRequest request = Sound();
    request.set_note(note);
    EXPECT_THAT(ProblemsOf(request), ElementsAre("note NOT_TEXT"));
  }
}

TEST(RequestCheck, SaysWhereBytesAreNotUtf8) {
  v1::ReportNeedRequest request = Sound();
  // The field "note", number 10, with a byte no UTF-8 text holds.
  const std::string bytes =
      request.SerializeAsString() + std::string("\x52\x01\xff", 3);
  base::Problems problems;
  RequestCheck::ExplainUnparsable(*request.GetDescriptor(), bytes, problems);
  ASSERT_EQ(problems.list().size(), 1u);
  EXPECT_EQ(problems.list()[0].path, "note");
  EXPECT_EQ(problems.list()[0].reason, "NOT_UTF8");
}

TEST(RequestCheck, SaysThatBytesAreNoMessage) {
  base::Problems problems;
  RequestCheck::ExplainUnparsable(*v1::GetCaseRequest::descriptor(), "\x0a\x7f",
                                  problems);
  ASSERT_EQ(problems.list().size(), 1u);
  EXPECT_EQ(problems.list()[0].reason, "NOT_A_MESSAGE");
}

}  // namespace
}  // namespace careroute::api
