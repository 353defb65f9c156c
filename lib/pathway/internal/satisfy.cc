#include "lib/pathway/internal/satisfy.h"

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/unknown_policy.h"
#include "lib/pathway/tri.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::util::MessageDifferencer;
using model::v1::Age;
using model::v1::AgeTest;
using model::v1::Condition;
using model::v1::ConditionList;
using model::v1::FactDeclaration;
using model::v1::FactTest;
using model::v1::FactValues;

// A condition of a person has a dozen parts; alternatives multiply. Enough for
// every guard of a large pathway, and a moment's work.
constexpr std::int64_t kWorkMax = 2'000'000;
// The alternatives tried inside each other.
constexpr size_t kOpenMax = 200;

constexpr std::int64_t kMonthsMax = std::int64_t{150} * 12;

// One state a fact may be in.
struct Candidate {
  bool recorded = false;
  // Absent: not known.
  std::optional<std::string> value = std::nullopt;
};

bool Names(const FactValues& values, const std::string& value) {
  return std::find(values.values().begin(), values.values().end(), value) !=
         values.values().end();
}

Tri AnswerKnown(const FactTest& test, const std::string& value) {
  std::int64_t number = 0;
  switch (test.test_case()) {
    case FactTest::kIs:
      return TriOf(Names(test.is(), value));
    case FactTest::kIsNot:
      return TriOf(!Names(test.is_not(), value));
    case FactTest::kAtLeast:
      return TriOf(absl::SimpleAtoi(value, &number) &&
                   number >= test.at_least());
    case FactTest::kAtMost:
      return TriOf(absl::SimpleAtoi(value, &number) &&
                   number <= test.at_most());
    case FactTest::kRecorded:
    case FactTest::TEST_NOT_SET:
      break;
  }
  return Tri::kUnknown;
}

Tri AnswerUnknown(const FactTest& test) {
  return Settle(Tri::kUnknown, test.if_unknown());
}

// Whether the fact in this state gives the test the answer that is wanted.
bool Gives(const Candidate& candidate, const FactTest& test, bool yes) {
  const Tri wanted = TriOf(yes);
  if (test.test_case() == FactTest::kRecorded) {
    return (candidate.recorded == test.recorded()) == yes;
  }
  if (!candidate.value.has_value()) {
    return AnswerUnknown(test) == wanted;
  }
  // An old value reads as not known.
  return AnswerKnown(test, *candidate.value) == wanted ||
         (test.has_not_older_than() && AnswerUnknown(test) == wanted);
}

void AddNumber(std::int64_t number, const FactDeclaration& fact,
               std::set<std::string>& values) {
  if (number >= fact.min() && number <= fact.max()) {
    values.insert(absl::StrCat(number));
  }
}

// The numbers and dates a test speaks of, with their neighbours: between them
// every answer stays the same.
void AddMentioned(const FactTest& test, const FactDeclaration& fact,
                  std::set<std::string>& values) {
  const auto near = [&](std::int64_t number) {
    for (const std::int64_t step : {-1, 0, 1}) {
      AddNumber(number + step, fact, values);
    }
  };
  if (test.has_at_least()) near(test.at_least());
  if (test.has_at_most()) near(test.at_most());
  for (const FactValues* list : {&test.is(), &test.is_not()}) {
    for (const std::string& value : list->values()) {
      std::int64_t number = 0;
      if (fact.type() == model::v1::FACT_TYPE_DATE) {
        values.insert(value);
      } else if (absl::SimpleAtoi(value, &number)) {
        near(number);
      }
    }
  }
}

std::vector<Candidate> CandidatesOf(const FactDeclaration& fact,
                                    const std::vector<const FactTest*>& tests) {
  std::set<std::string> values;
  switch (fact.type()) {
    case model::v1::FACT_TYPE_BOOL:
      values = {"false", "true"};
      break;
    case model::v1::FACT_TYPE_ENUM:
      values.insert(fact.values().begin(), fact.values().end());
      break;
    case model::v1::FACT_TYPE_DATE:
      values.insert("another day");
      break;
    default:
      AddNumber(fact.min(), fact, values);
      AddNumber(fact.max(), fact, values);
  }
  if (fact.type() == model::v1::FACT_TYPE_INTEGER ||
      fact.type() == model::v1::FACT_TYPE_DATE) {
    for (const FactTest* test : tests) AddMentioned(*test, fact, values);
  }
  std::vector<Candidate> candidates = {{}, {.recorded = true}};
  for (const std::string& value : values) {
    candidates.push_back({.recorded = true, .value = value});
  }
  return candidates;
}

// In months; absent for a parameter, whose number the region says.
std::optional<std::int64_t> MonthsOf(const Age& age) {
  if (!age.parameter().empty()) return std::nullopt;
  return 12 * std::int64_t{age.years()} + age.months();
}

// What a test says of a person of so many months; absent = anything.
std::optional<bool> AnswerAge(const AgeTest& test, std::int64_t months) {
  bool open = false;
  if (test.has_at_least()) {
    const auto least = MonthsOf(test.at_least());
    if (!least.has_value() || test.has_reached_before_by()) {
      open = true;
    } else if (months < *least) {
      return false;
    }
  }
  if (test.has_below()) {
    const auto bound = MonthsOf(test.below());
    if (!bound.has_value()) {
      open = true;
    } else if (months >= *bound) {
      return false;
    }
  }
  return open ? std::nullopt : std::optional(true);
}

bool IsFork(const Condition& part, bool yes) {
  return yes ? part.has_any() : part.has_all();
}

}  // namespace

bool Satisfier::CanHold(const Condition& condition) {
  conflict_.clear();
  return Solve({{&condition, true}}, {});
}

bool Satisfier::Solve(Demands open, Demands held) {
  while (!open.empty()) {
    if (++work_ > kWorkMax || open.size() > kOpenMax) return true;
    const Demand demand = open.back();
    open.pop_back();
    const Condition& part = *demand.part;
    if (part.has_not_()) {
      open.push_back({&part.not_(), !demand.yes});
    } else if (part.has_all() || part.has_any()) {
      const ConditionList& list = part.has_all() ? part.all() : part.any();
      if (IsFork(part, demand.yes)) {
        return SolveOneOf(list, demand.yes, open, held);
      }
      for (const Condition& one : list.of()) open.push_back({&one, demand.yes});
    } else {
      if (!Agrees(demand, held)) return false;
      held.push_back(demand);
    }
  }
  return true;
}

bool Satisfier::SolveOneOf(const ConditionList& parts, bool yes,
                           const Demands& open, const Demands& held) {
  // An empty list is another rule's.
  if (parts.of_size() == 0) return true;
  for (const Condition& part : parts.of()) {
    Demands with = open;
    with.push_back({&part, yes});
    work_ += static_cast<std::int64_t>(open.size() + held.size());
    if (Solve(std::move(with), held)) return true;
  }
  return false;
}

bool Satisfier::Agrees(const Demand& demand, const Demands& held) {
  switch (demand.part->kind_case()) {
    case Condition::kFact:
      return FactAgrees(demand, held);
    case Condition::kAge:
      return AgeAgrees(demand, held);
    case Condition::kEntry: {
      Demands all = held;
      all.push_back(demand);
      return EntryAgrees(all);
    }
    default:
      break;
  }
  // Anything else is yes or no: not both of the same question.
  for (const Demand& other : held) {
    if (other.yes != demand.yes &&
        MessageDifferencer::Equals(*other.part, *demand.part)) {
      conflict_ = "the same question";
      return false;
    }
  }
  return true;
}

bool Satisfier::FactAgrees(const Demand& demand, const Demands& held) {
  const FactTest& asked = demand.part->fact();
  const FactDeclaration* fact = context_.FindFact(asked.fact());
  if (fact == nullptr) return true;
  const bool of_person = fact->subject() == model::v1::SUBJECT_KIND_PERSON;
  Demands together = {demand};
  for (const Demand& other : held) {
    const bool same = of_person || (other.part->fact().same_subject() &&
                                    asked.same_subject());
    if (other.part->has_fact() && same &&
        other.part->fact().fact() == asked.fact()) {
      together.push_back(other);
    }
  }
  // Of several findings one may be so and another not, so a single test of any
  // of them is asked alone.
  std::vector<const FactTest*> tests;
  for (const Demand& one : together) tests.push_back(&one.part->fact());
  for (const Candidate& candidate : CandidatesOf(*fact, tests)) {
    work_ += static_cast<std::int64_t>(together.size());
    if (std::all_of(together.begin(), together.end(), [&](const Demand& one) {
          return Gives(candidate, one.part->fact(), one.yes);
        })) {
      return true;
    }
  }
  conflict_ = absl::StrCat("fact ", asked.fact());
  return false;
}

bool Satisfier::AgeAgrees(const Demand& demand, const Demands& held) {
  Demands together = {demand};
  for (const Demand& other : held) {
    if (other.part->has_age()) together.push_back(other);
  }
  std::set<std::int64_t> ages = {0, kMonthsMax};
  for (const Demand& one : together) {
    for (const Age* age :
         {&one.part->age().at_least(), &one.part->age().below()}) {
      if (const auto months = MonthsOf(*age)) {
        ages.insert(*months);
        ages.insert(std::max<std::int64_t>(*months - 1, 0));
      }
    }
  }
  for (const std::int64_t months : ages) {
    if (std::all_of(together.begin(), together.end(), [&](const Demand& one) {
          const auto answer = AnswerAge(one.part->age(), months);
          return !answer.has_value() || *answer == one.yes;
        })) {
      return true;
    }
  }
  conflict_ = "the age";
  return false;
}

bool Satisfier::EntryAgrees(const Demands& all) {
  const auto fits = [&](const std::string& id) {
    return std::all_of(all.begin(), all.end(), [&](const Demand& one) {
      if (!one.part->has_entry()) return true;
      const auto& named = one.part->entry().is();
      return (std::find(named.begin(), named.end(), id) != named.end()) ==
             one.yes;
    });
  };
  const auto& entries = context_.pathway.entries();
  if (entries.empty() || std::any_of(entries.begin(), entries.end(),
                                     [&](const model::v1::Entry& entry) {
                                       return fits(entry.id());
                                     })) {
    return true;
  }
  conflict_ = "the entry";
  return false;
}

}  // namespace careroute::pathway::internal
