#include "lib/api/status.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/error_status.pb.h"

namespace careroute::api {
namespace {

using model::v1::ErrorReason;

constexpr char kRefusalType[] =
    "type.googleapis.com/careroute.model.v1.Refusal";

// What a bare code of the machinery stands for.
ErrorReason ReasonOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kNotFound:
      return model::v1::ERROR_REASON_NOT_FOUND;
    case absl::StatusCode::kResourceExhausted:
      return model::v1::ERROR_REASON_OVERLOADED;
    case absl::StatusCode::kUnavailable:
      return model::v1::ERROR_REASON_STORE_UNAVAILABLE;
    case absl::StatusCode::kDataLoss:
      return model::v1::ERROR_REASON_DAMAGED;
    case absl::StatusCode::kAborted:
      return model::v1::ERROR_REASON_CONFLICT;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return model::v1::ERROR_REASON_INVALID_REQUEST;
    default:
      return model::v1::ERROR_REASON_INTERNAL;
  }
}

bool MayHoldInternals(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kUnknown;
}

}  // namespace

absl::StatusCode CodeOf(ErrorReason reason) {
  switch (reason) {
    case model::v1::ERROR_REASON_INVALID_REQUEST:
    case model::v1::ERROR_REASON_REQUEST_ID_REUSED:
    case model::v1::ERROR_REASON_BAD_TOKEN:
      return absl::StatusCode::kInvalidArgument;
    case model::v1::ERROR_REASON_NOT_FOUND:
      return absl::StatusCode::kNotFound;
    case model::v1::ERROR_REASON_ETAG_MISMATCH:
    case model::v1::ERROR_REASON_CONFLICT:
      return absl::StatusCode::kAborted;
    case model::v1::ERROR_REASON_REQUEST_ID_OLD:
    case model::v1::ERROR_REASON_EDITION_EXISTS:
      return absl::StatusCode::kAlreadyExists;
    case model::v1::ERROR_REASON_OVERLOADED:
      return absl::StatusCode::kResourceExhausted;
    case model::v1::ERROR_REASON_STORE_UNAVAILABLE:
    case model::v1::ERROR_REASON_DRAINING:
      return absl::StatusCode::kUnavailable;
    case model::v1::ERROR_REASON_UNKNOWN_ACTOR:
      return absl::StatusCode::kUnauthenticated;
    case model::v1::ERROR_REASON_ROLE_NOT_ALLOWED:
    case model::v1::ERROR_REASON_NO_GROUND:
      return absl::StatusCode::kPermissionDenied;
    case model::v1::ERROR_REASON_DAMAGED:
      return absl::StatusCode::kDataLoss;
    case model::v1::ERROR_REASON_INTERNAL:
      return absl::StatusCode::kInternal;
    case model::v1::ERROR_REASON_GUARD_UNMET:
    case model::v1::ERROR_REASON_WRONG_STATE:
    case model::v1::ERROR_REASON_OUTCOME_INCOMPLETE:
    case model::v1::ERROR_REASON_NOT_YOUR_MOVE:
    case model::v1::ERROR_REASON_SEPARATION_OF_DUTIES:
    case model::v1::ERROR_REASON_CASE_CLOSED:
    case model::v1::ERROR_REASON_ERASED:
    case model::v1::ERROR_REASON_AHEAD:
    case model::v1::ERROR_REASON_NOT_DECLARED:
    case model::v1::ERROR_REASON_LATE_REASON_NEEDED:
    case model::v1::ERROR_REASON_WRONG_DECIDER:
    case model::v1::ERROR_REASON_WRONG_TIME:
    case model::v1::ERROR_REASON_PATHWAY_HAS_ERRORS:
    case model::v1::ERROR_REASON_UNKNOWN_REFERENCE:
      return absl::StatusCode::kFailedPrecondition;
    default:
      return absl::StatusCode::kUnknown;
  }
}

absl::Status RefusalStatus(const model::v1::Refusal& refusal) {
  absl::Status status(CodeOf(refusal.reason()), refusal.message());
  status.SetPayload(kRefusalType, absl::Cord(refusal.SerializeAsString()));
  return status;
}

std::optional<model::v1::Refusal> RefusalOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kRefusalType);
  if (!payload.has_value()) return std::nullopt;
  model::v1::Refusal refusal;
  if (!refusal.ParseFromString(std::string(*payload))) return std::nullopt;
  return refusal;
}

model::v1::Problem ToProto(const base::Problem& problem) {
  model::v1::Problem proto;
  proto.set_grade(problem.grade == base::Grade::kError
                      ? model::v1::PROBLEM_GRADE_ERROR
                      : model::v1::PROBLEM_GRADE_WARNING);
  proto.set_path(problem.path);
  proto.set_file(problem.file);
  proto.set_line(problem.line);
  proto.set_column(problem.column);
  proto.set_reason(problem.reason);
  proto.set_message(problem.message);
  proto.set_mend(problem.mend);
  return proto;
}

absl::Status ProblemsStatus(const base::Problems& problems) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_INVALID_REQUEST);
  refusal.set_message_key("invalid_request");
  refusal.set_message(std::string(problems.ToStatus().message()));
  for (const base::Problem& problem : problems.list()) {
    *refusal.add_problems() = ToProto(problem);
  }
  return RefusalStatus(refusal);
}

absl::Status Presentable(const absl::Status& status) {
  if (status.ok() || RefusalOf(status).has_value()) return status;
  if (status.code() == absl::StatusCode::kDeadlineExceeded ||
      status.code() == absl::StatusCode::kCancelled ||
      status.code() == absl::StatusCode::kUnimplemented) {
    return status;
  }
  model::v1::Refusal refusal;
  refusal.set_reason(ReasonOf(status.code()));
  refusal.set_message_key("machinery");
  refusal.set_message(MayHoldInternals(status.code())
                          ? "the hub made a mistake; its log says more"
                          : std::string(status.message()));
  absl::Status shown(status.code(), refusal.message());
  shown.SetPayload(kRefusalType, absl::Cord(refusal.SerializeAsString()));
  return shown;
}

std::string StatusDetails(const absl::Status& status) {
  v1::ErrorStatus error;
  error.set_code(static_cast<int32_t>(status.code()));
  error.set_message(std::string(status.message()));
  status.ForEachPayload([&error](absl::string_view type, const absl::Cord& c) {
    google::protobuf::Any& detail = *error.add_details();
    detail.set_type_url(std::string(type));
    detail.set_value(std::string(c));
  });
  return error.SerializeAsString();
}

}  // namespace careroute::api
