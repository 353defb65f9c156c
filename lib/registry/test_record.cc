#include "lib/registry/test_record.h"

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::registry {

PersonDecision TestRecord::Decide(const std::string& text) const {
  command::v1::PersonCommand command;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &command))
      << text;
  const model::v1::Actor actor;
  const model::v1::Identity identity;
  return DecidePerson(record_, command,
                      {.now = absl::FromUnixSeconds(1750000000),
                       .today = kTestDay,
                       .actor = actor,
                       .person = kSelf,
                       .identity = &identity});
}

PersonDecision TestRecord::Apply(const std::string& text) {
  PersonDecision decision = Decide(text);
  EXPECT_FALSE(decision.refusal.has_value()) << decision.refusal->DebugString();
  FoldPerson(decision.event, record_);
  return decision;
}

std::vector<std::string> TestRecord::ProblemsOf(const std::string& text) const {
  const PersonDecision decision = Decide(text);
  EXPECT_TRUE(decision.refusal.has_value()) << text;
  std::vector<std::string> problems;
  if (!decision.refusal.has_value()) return problems;
  for (const model::v1::Problem& problem : decision.refusal->problems()) {
    EXPECT_FALSE(problem.mend().empty());
    problems.push_back(problem.path() + " " + problem.reason());
  }
  return problems;
}

}  // namespace careroute::registry
