// A refusal at the door: its code, and that it travels whole.

#include "lib/api/status.h"

#include <string>

#include "careroute/api/v1/error_status.pb.h"
#include "gtest/gtest.h"

namespace careroute::api {
namespace {

TEST(CodeOf, KnowsEveryReason) {
  const auto& reasons = *model::v1::ErrorReason_descriptor();
  ASSERT_GT(reasons.value_count(), 1);
  for (int i = 0; i < reasons.value_count(); ++i) {
    const auto reason =
        static_cast<model::v1::ErrorReason>(reasons.value(i)->number());
    if (reason == model::v1::ERROR_REASON_UNSPECIFIED) continue;
    const absl::StatusCode code = CodeOf(reason);
    EXPECT_NE(code, absl::StatusCode::kUnknown) << reasons.value(i)->name();
    EXPECT_NE(code, absl::StatusCode::kOk) << reasons.value(i)->name();
  }
}

TEST(CodeOf, CallsAReasonOfALaterReleaseUnknown) {
  EXPECT_EQ(CodeOf(static_cast<model::v1::ErrorReason>(9999)),
            absl::StatusCode::kUnknown);
}

TEST(CodeOf, TellsForbiddenFromNotPossibleNow) {
  EXPECT_EQ(CodeOf(model::v1::ERROR_REASON_NO_GROUND),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(model::v1::ERROR_REASON_WRONG_STATE),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(CodeOf(model::v1::ERROR_REASON_ETAG_MISMATCH),
            absl::StatusCode::kAborted);
  EXPECT_EQ(CodeOf(model::v1::ERROR_REASON_REQUEST_ID_OLD),
            absl::StatusCode::kAlreadyExists);
}

TEST(RefusalStatus, CarriesTheRefusalWhole) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_GUARD_UNMET);
  refusal.set_message("the assessment is missing");
  refusal.add_missing()->set_what("assessment");
  refusal.add_open_to_actor("CancelReferral");
  const absl::Status status = Presentable(RefusalStatus(refusal));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  const auto carried = RefusalOf(status);
  ASSERT_TRUE(carried.has_value());
  EXPECT_EQ(carried->SerializeAsString(), refusal.SerializeAsString());
}

TEST(Presentable, KeepsTheTextOfAMistakeInside) {
  for (const absl::StatusCode code :
       {absl::StatusCode::kInternal, absl::StatusCode::kUnknown}) {
    const absl::Status shown =
        Presentable(absl::Status(code, "Ivanova Anna, born 2023"));
    EXPECT_EQ(shown.code(), code);
    EXPECT_EQ(StatusDetails(shown).find("Ivanova"), std::string::npos);
    EXPECT_EQ(RefusalOf(shown)->reason(), model::v1::ERROR_REASON_INTERNAL);
  }
}

TEST(Presentable, GivesMachineryItsReason) {
  EXPECT_EQ(RefusalOf(Presentable(absl::UnavailableError("x")))->reason(),
            model::v1::ERROR_REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(RefusalOf(Presentable(absl::DataLossError("x")))->reason(),
            model::v1::ERROR_REASON_DAMAGED);
  EXPECT_EQ(RefusalOf(Presentable(absl::ResourceExhaustedError("x")))->reason(),
            model::v1::ERROR_REASON_OVERLOADED);
  EXPECT_FALSE(RefusalOf(Presentable(absl::CancelledError("x"))).has_value());
  EXPECT_TRUE(Presentable(absl::OkStatus()).ok());
}

TEST(ProblemsStatus, NamesEveryProblem) {
  base::Problems problems;
  problems.Error("name", "REQUIRED", "is missing", "give it a value");
  problems.Warning("note", "LONG", "is long", "shorten it");
  const auto refusal = RefusalOf(ProblemsStatus(problems));
  ASSERT_TRUE(refusal.has_value());
  ASSERT_EQ(refusal->problems_size(), 2);
  EXPECT_EQ(refusal->problems(0).path(), "name");
  EXPECT_EQ(refusal->problems(0).grade(), model::v1::PROBLEM_GRADE_ERROR);
  EXPECT_EQ(refusal->problems(1).grade(), model::v1::PROBLEM_GRADE_WARNING);
}

TEST(StatusDetails, HoldsCodeTextAndRefusal) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_FOUND);
  refusal.set_message("no such case");
  v1::ErrorStatus error;
  ASSERT_TRUE(error.ParseFromString(StatusDetails(RefusalStatus(refusal))));
  EXPECT_EQ(error.code(), static_cast<int>(absl::StatusCode::kNotFound));
  EXPECT_EQ(error.message(), "no such case");
  ASSERT_EQ(error.details_size(), 1);
  model::v1::Refusal carried;
  ASSERT_TRUE(carried.ParseFromString(error.details(0).value()));
  EXPECT_EQ(carried.reason(), model::v1::ERROR_REASON_NOT_FOUND);
}

}  // namespace
}  // namespace careroute::api
