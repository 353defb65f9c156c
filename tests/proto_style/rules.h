// tests/proto_style/rules.h: what every .proto file of ours keeps to.
//
// One rule = one function, and rows with planted violations in rules_test.cc.
// A rule adds one base::Problem a violation: file and line, the full name of
// the element, the rule's reason, and what to do. There is no way to excuse
// one element: mend it, or change the rule for everybody.
//
//   base::Problems problems;
//   for (const Rule& rule : AllRules()) rule.check(*schema, problems);

#ifndef CAREROUTE_TESTS_PROTO_STYLE_RULES_H_
#define CAREROUTE_TESTS_PROTO_STYLE_RULES_H_

#include <ostream>
#include <string>
#include <vector>

#include "lib/base/problems.h"
#include "tests/proto_style/schema.h"

namespace careroute::proto_style {

struct Rule {
  std::string reason;  // what its problems carry as reason
  void (*check)(const Schema& schema, base::Problems& problems);

  // How GoogleTest names the rule of a failed test.
  friend void PrintTo(const Rule& rule, std::ostream* out) {
    *out << rule.reason;
  }
};

[[nodiscard]] std::vector<Rule> AllRules();

// comment_rules.cc
void HaveComments(const Schema& schema, base::Problems& problems);

// name_rules.cc
void PackagesFollowFolders(const Schema& schema, base::Problems& problems);
void NamesAreWellFormed(const Schema& schema, base::Problems& problems);
void EnumsArePrefixed(const Schema& schema, base::Problems& problems);
void TimesEndInTime(const Schema& schema, base::Problems& problems);
void ReservedNumbersHaveNames(const Schema& schema, base::Problems& problems);

// method_rules.cc
void OneServiceAFile(const Schema& schema, base::Problems& problems);
void MethodsOwnTheirMessages(const Schema& schema, base::Problems& problems);
void MutationsHaveRequestId(const Schema& schema, base::Problems& problems);
void ListsHavePages(const Schema& schema, base::Problems& problems);
void OnlyWatchesStream(const Schema& schema, base::Problems& problems);
void CommandsCarryNoEnvelope(const Schema& schema, base::Problems& problems);

// limit_rules.cc
void LimitsFitTheirFields(const Schema& schema, base::Problems& problems);
void RequestFieldsAreBounded(const Schema& schema, base::Problems& problems);

// data_class_rules.cc
void RepliesCarryDataClasses(const Schema& schema, base::Problems& problems);
void NoPersonDataHoldsBelow(const Schema& schema, base::Problems& problems);

}  // namespace careroute::proto_style

#endif  // CAREROUTE_TESTS_PROTO_STYLE_RULES_H_
