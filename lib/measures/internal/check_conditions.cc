#include <string>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/measures/internal/check_rules.h"
#include "lib/pathway/evaluate.h"

namespace careroute::measures::internal {
namespace {

using catalogue::FieldPath;
using model::v1::Condition;
using model::v1::ConditionList;
using model::v1::FactTest;
using model::v1::SupportMeasures;

class ConditionChecker {
 public:
  explicit ConditionChecker(base::Problems& problems) : problems_(problems) {}

  struct Place {
    std::string path;
    int depth = 0;
    bool under_not = false;
  };

  void Check(const Condition& condition, const Place& place) {
    if (place.depth >= pathway::kConditionDepthMax) {
      problems_.Error(place.path, "TOO_DEEP", "nobody can read it any more",
                      "write it flatter");
      return;
    }
    switch (condition.kind_case()) {
      case Condition::kAll:
        return CheckList(condition.all(), "all", place);
      case Condition::kAny:
        return CheckList(condition.any(), "any", place);
      case Condition::kNot:
        return Check(condition.not_(),
                     {FieldPath(place.path, "not", -1), place.depth + 1, true});
      case Condition::kFact:
        return CheckFact(condition.fact(), {FieldPath(place.path, "fact", -1),
                                            place.depth, place.under_not});
      case Condition::kAge:
        return CheckAge(condition.age(), FieldPath(place.path, "age", -1));
      case Condition::KIND_NOT_SET:
        problems_.Error(place.path, "EMPTY", "asks nothing", "ask something");
        return;
      default:
        problems_.Error(
            place.path, "NOT_OVER_FACTS",
            "asks for steps, tracks, consents or grounds of one pathway",
            "ask for declared facts and the age only");
    }
  }

 private:
  void CheckList(const ConditionList& list, absl::string_view field,
                 const Place& place) {
    const std::string path = FieldPath(place.path, field, -1);
    if (list.of().empty()) {
      problems_.Error(path, "EMPTY", "asks nothing", "ask something");
    }
    for (int i = 0; i < list.of_size(); ++i) {
      Check(list.of(i),
            {FieldPath(path, "of", i), place.depth + 1, place.under_not});
    }
  }

  void CheckFact(const FactTest& test, const Place& place) {
    if (test.fact().empty()) {
      problems_.Error(place.path + ".fact", "EMPTY", "names no fact",
                      "name one");
    }
    if (test.test_case() == FactTest::TEST_NOT_SET ||
        (test.has_is() && test.is().values().empty()) ||
        (test.has_is_not() && test.is_not().values().empty())) {
      problems_.Error(place.path, "EMPTY", "asks nothing of the fact",
                      "state what is asked");
    } else if (place.under_not && test.test_case() != FactTest::kRecorded &&
               test.if_unknown() == model::v1::UNKNOWN_POLICY_UNSPECIFIED) {
      problems_.Error(place.path, "NOT_KNOWN_UNHANDLED",
                      absl::StrCat("under a `not` nobody says what it means "
                                   "that ",
                                   test.fact(), " is not known"),
                      "state if_unknown");
    }
    if (test.same_subject()) {
      problems_.Error(place.path + ".same_subject", "MISPLACED",
                      "a measure asks for the person, not for a step",
                      "remove it");
    }
    if (!test.not_older_than().parameter().empty()) {
      problems_.Error(place.path + ".not_older_than", "NOT_A_TERM",
                      "a measure has no parameters of a region",
                      "give a number and a unit");
    }
  }

  void CheckAge(const model::v1::AgeTest& test, const std::string& path) {
    if (!test.has_at_least() && !test.has_below()) {
      problems_.Error(path, "EMPTY", "asks for no age",
                      "state at_least or below");
    }
    if (!test.at_least().parameter().empty() ||
        !test.below().parameter().empty() ||
        !test.reached_before_by().parameter().empty()) {
      problems_.Error(path, "NOT_A_TERM",
                      "a measure has no parameters of a region",
                      "give years and months");
    }
  }

  base::Problems& problems_;
};

}  // namespace

void CheckConditions(const SupportMeasures& set, base::Problems& problems) {
  ConditionChecker checker(problems);
  for (int i = 0; i < set.measures_size(); ++i) {
    if (!set.measures(i).has_entitled()) continue;
    checker.Check(set.measures(i).entitled(),
                  {.path = FieldPath("", "measures", i) + ".entitled"});
  }
}

}  // namespace careroute::measures::internal
