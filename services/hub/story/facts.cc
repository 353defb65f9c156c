#include "services/hub/story/facts.h"

namespace careroute::services {

using model::v1::Fact;

Fact Chosen(const std::string& fact, const std::string& choice) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_choice(choice);
  return made;
}

Fact Dated(const std::string& fact, const std::string& date) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_date(date);
  return made;
}

Fact Counted(const std::string& fact, int64_t number) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_number(number);
  return made;
}

Fact True(const std::string& fact, bool truth) {
  Fact made;
  made.set_fact(fact);
  made.mutable_value()->set_truth(truth);
  return made;
}

Fact Of(model::v1::SubjectKind kind, int number, Fact fact) {
  fact.mutable_subject()->set_kind(kind);
  fact.mutable_subject()->set_number(number);
  return fact;
}

Fact LineGives(int line, const std::string& service) {
  return Of(model::v1::SUBJECT_KIND_PLAN_LINE, line,
            Chosen("line_service", service));
}

}  // namespace careroute::services
