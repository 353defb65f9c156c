#include "lib/casework/internal/assessment_records.h"

#include <utility>

#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

using scoring::Exact;

std::optional<Exact> NumberOf(bool is_there,
                              const model::v1::ExactNumber& proto) {
  return is_there && proto.denominator() >= 1
             ? std::optional<Exact>(
                   Exact::Of(proto.numerator(), proto.denominator()))
             : std::nullopt;
}

void Put(const Exact& number, model::v1::ExactNumber& proto) {
  proto.set_numerator(number.numerator());
  proto.set_denominator(number.denominator());
}

}  // namespace

AssessmentRecord FromProto(const model::v1::Assessment& proto) {
  AssessmentRecord one{.number = proto.number(),
                       .step = proto.step(),
                       .occurrence = proto.occurrence(),
                       .instrument = proto.instrument(),
                       .edition = proto.edition(),
                       .date = proto.assessment_date(),
                       .level = proto.level(),
                       .total = NumberOf(proto.has_total(), proto.total()),
                       .assessor = proto.assessor(),
                       .rechecks = proto.rechecks(),
                       .gap = NumberOf(proto.has_gap(), proto.gap()),
                       .level_differs = proto.level_differs(),
                       .version = proto.version()};
  if (proto.has_dispute_time()) {
    one.disputed = FromProto(proto.dispute_time());
  }
  return one;
}

void ToProto(const AssessmentRecord& assessment, model::v1::Assessment* proto) {
  proto->set_number(assessment.number);
  proto->set_step(assessment.step);
  proto->set_occurrence(assessment.occurrence);
  proto->set_instrument(assessment.instrument);
  proto->set_edition(assessment.edition);
  proto->set_assessment_date(assessment.date);
  proto->set_level(assessment.level);
  if (assessment.total.has_value()) {
    Put(*assessment.total, *proto->mutable_total());
  }
  proto->set_assessor(assessment.assessor);
  proto->set_rechecks(assessment.rechecks);
  if (assessment.gap.has_value()) {
    Put(*assessment.gap, *proto->mutable_gap());
  }
  proto->set_level_differs(assessment.level_differs);
  if (assessment.disputed.has_value()) {
    ToProto(*assessment.disputed, proto->mutable_dispute_time());
  }
  proto->set_version(assessment.version);
}

void PutAssessment(AssessmentRecord assessment, int64_t version, Case& state) {
  assessment.version = version;
  Put(state.assessments, std::move(assessment));
  if (state.assessments.size() > kAssessmentsKeptMax) {
    state.assessments.erase(state.assessments.begin());
  }
}

void MarkDisputed(int32_t number, absl::Time when, Case& state) {
  AssessmentRecord* one = Find(state.assessments, number);
  if (one != nullptr && !one->disputed.has_value()) {
    one->disputed = when;
  }
}

}  // namespace careroute::casework::internal
