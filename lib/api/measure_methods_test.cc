// MeasureService: what is listed, with which texts, in pages; what is recorded.

#include <string>

#include "careroute/api/v1/measure_service.pb.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"
#include "lib/measures/testing/shipped.h"

namespace careroute::api {
namespace {

class MeasureMethods : public ::testing::Test {
 protected:
  MeasureMethods() {
    bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  }

  v1::ListMeasuresResponse List(int32_t page_size, const std::string& token) {
    v1::ListMeasuresRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    return bench_.Ask<v1::ListMeasuresResponse>("MeasureService.ListMeasures",
                                                request);
  }

  CaseBench bench_;
};

TEST_F(MeasureMethods, ListEveryMeasureOnceInPages) {
  const auto shipped = measures::testing::Shipped();
  ASSERT_NE(shipped, nullptr);
  int seen = 0;
  std::string token;
  do {
    const v1::ListMeasuresResponse page = List(4, token);
    for (const v1::MeasureRow& row : page.measures()) {
      ASSERT_LT(seen, shipped->message().measures_size());
      EXPECT_EQ(row.measure().id(), shipped->message().measures(seen).id());
      ++seen;
    }
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(seen, shipped->message().measures_size());
}

TEST_F(MeasureMethods, SayEachTextInEveryLanguage) {
  const v1::ListMeasuresResponse page = List(1, "");
  ASSERT_EQ(page.measures_size(), 1);
  const v1::MeasureRow& row = page.measures(0);
  EXPECT_EQ(row.set(), "ru-demo");
  EXPECT_TRUE(row.demo());
  ASSERT_EQ(row.title().translations_size(), 2);
  EXPECT_EQ(row.title().translations(1).text(),
            "One-time benefit at the birth of a child");
  EXPECT_NE(row.family().translations(0).text(),
            row.title().translations(0).text());
  EXPECT_EQ(row.documents_size(), row.measure().documents_size());
}

TEST_F(MeasureMethods, RecordWhereAMeasureStands) {
  const base::Uid uid = bench_.made().Open({});
  v1::RecordMeasureRequest request;
  request.set_name("cases/" + uid.Hex());
  request.set_request_id("00000000-0000-4000-8000-00000000feed");
  // Of everybody whose pathway declares the facts, and open today.
  request.mutable_command()->set_measure("disabled-child-pension");
  request.mutable_command()->set_state(model::v1::MEASURE_STATE_GRANTED);
  const auto reply = bench_.Ask<v1::RecordMeasureResponse>(
      "MeasureService.RecordMeasure", request);
  ASSERT_EQ(reply.case_().measures_size(), 1);
  EXPECT_EQ(reply.case_().measures(0).state(),
            model::v1::MEASURE_STATE_GRANTED);
}

}  // namespace
}  // namespace careroute::api
