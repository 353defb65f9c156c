// lib/registry/test_record.h: a record, and commands to it as texts, for this
// folder's tests.

#ifndef CAREROUTE_LIB_REGISTRY_TEST_RECORD_H_
#define CAREROUTE_LIB_REGISTRY_TEST_RECORD_H_

#include <string>
#include <vector>

#include "lib/registry/decide_person.h"
#include "lib/registry/person.h"

namespace careroute::registry {

// Whose record it is, and the day on which commands are given.
inline constexpr char kSelf[] = "persons/1";
inline constexpr absl::CivilDay kTestDay(2025, 6, 15);

// One record, not registered yet. For one thread.
class TestRecord {
 public:
  // The decision on a PersonCommand in text format; the record stays.
  [[nodiscard]] PersonDecision Decide(const std::string& text) const;

  // The same, taken into the record; the test fails when it is refused.
  PersonDecision Apply(const std::string& text);

  // "path REASON" of each problem; the test fails when nothing is refused, or
  // a problem says no mend.
  [[nodiscard]] std::vector<std::string> ProblemsOf(
      const std::string& text) const;

  [[nodiscard]] const PersonRecord& operator*() const { return record_; }
  [[nodiscard]] const PersonRecord* operator->() const { return &record_; }

 private:
  PersonRecord record_;
};

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_TEST_RECORD_H_
