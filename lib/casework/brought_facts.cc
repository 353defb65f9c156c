#include "lib/casework/brought_facts.h"

#include "lib/casework/internal/records.h"

namespace careroute::casework {

BroughtFacts::BroughtFacts(
    const google::protobuf::RepeatedPtrField<model::v1::Fact>& facts,
    SubjectRef subject, const FoldedCase* folded)
    : subject_(subject), folded_(folded) {
  for (const model::v1::Fact& one : facts) {
    brought_.push_back(internal::FromProto(one));
  }
}

const FactRecord* BroughtFacts::Find(absl::string_view fact) const {
  const FactRecord* found = FindOf(fact, subject_);
  return found != nullptr || subject_ == SubjectRef{}
             ? found
             : FindOf(fact, SubjectRef{});
}

const FactRecord* BroughtFacts::FindOf(absl::string_view fact,
                                       SubjectRef subject) const {
  for (const FactRecord& one : brought_) {
    if (one.fact == fact && one.subject == subject) {
      return &one;
    }
  }
  return folded_ == nullptr ? nullptr : folded_->CurrentFact(fact, subject);
}

SubjectRef SubjectIn(const model::v1::Subject& proto) {
  return internal::FromProto(proto);
}

}  // namespace careroute::casework
