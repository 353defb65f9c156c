// lib/casework/brought_facts.h: facts that come with a question, before those
// of the case.
//
// Somebody who asks whether a plan may be stated knows things the case does
// not hold yet, such as that the person lives alone.
//
//   const BroughtFacts facts(request.facts(), subject, &folded);
//   const FactRecord* alone = facts.Find("lives_alone");
//
// Borrows the folded case; copies the facts. Not thread-safe.

#ifndef CAREROUTE_LIB_CASEWORK_BROUGHT_FACTS_H_
#define CAREROUTE_LIB_CASEWORK_BROUGHT_FACTS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/fact.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/folded_case.h"

namespace careroute::casework {

class BroughtFacts {
 public:
  // `folded` may be null: then nothing else is known.
  BroughtFacts(const google::protobuf::RepeatedPtrField<model::v1::Fact>& facts,
               SubjectRef subject, const FoldedCase* folded);

  // Of the subject, else of the person; null = never recorded.
  [[nodiscard]] const FactRecord* Find(absl::string_view fact) const;

 private:
  [[nodiscard]] const FactRecord* FindOf(absl::string_view fact,
                                         SubjectRef subject) const;

  std::vector<FactRecord> brought_;
  const SubjectRef subject_;
  const FoldedCase* const folded_;
};

// The subject of a request; an absent one is the person.
[[nodiscard]] SubjectRef SubjectIn(const model::v1::Subject& proto);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_BROUGHT_FACTS_H_
