// lib/pathway/testing/check_table.h: one row a rule of the checker.
//
// A row changes one thing in the small pathway and names the one problem that
// must be found. Used by the tests of the checker, which are several files.
//
//   const Row kRows[] = {{"NoPerformer", [](Pathway& p) { ... },
//                         "NO_PERFORMER", "steps[0].performer"}};
//   INSTANTIATE_TEST_SUITE_P(Steps, CheckTable,
//                            ::testing::ValuesIn(kRows), NameOfRow);

#ifndef CAREROUTE_LIB_PATHWAY_TESTING_CHECK_TABLE_H_
#define CAREROUTE_LIB_PATHWAY_TESTING_CHECK_TABLE_H_

#include <functional>
#include <ostream>
#include <string>

#include "gtest/gtest.h"
#include "lib/pathway/check.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway::testing {

struct Row {
  const char* name;
  std::function<void(model::v1::Pathway&)> change;
  const char* reason;
  const char* path;
  base::Grade grade = base::Grade::kError;
};

inline void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

inline std::string NameOfRow(const ::testing::TestParamInfo<Row>& row) {
  return row.param.name;
}

// Whether lib/pathway/CHECKS.md explains the reason.
inline bool IsDocumented(const std::string& reason) {
  const absl::StatusOr<std::string> list =
      DirectoryFileReader("lib/pathway").Read("CHECKS.md");
  return list.ok() && list->find("`" + reason + "`") != std::string::npos;
}

// Fewer walks than in earnest: one life is enough for what a row breaks.
inline base::Problems Check(const model::v1::Pathway& pathway) {
  base::Problems problems;
  CheckPathway(pathway, {.walks = 200}, problems);
  return problems;
}

class CheckTable : public ::testing::TestWithParam<Row> {
 protected:
  void ExpectFound(const base::Problems& problems) {
    const Row& row = GetParam();
    EXPECT_TRUE(IsDocumented(row.reason))
        << row.reason << " is missing in CHECKS.md";
    for (const base::Problem& problem : problems.list()) {
      if (problem.reason == row.reason && problem.path == row.path) {
        EXPECT_EQ(problem.grade, row.grade);
        EXPECT_FALSE(problem.message.empty());
        EXPECT_FALSE(problem.mend.empty());
        return;
      }
    }
    ADD_FAILURE() << "expected " << row.reason << " at " << row.path
                  << ", found:\n"
                  << Describe(problems);
  }
};

}  // namespace careroute::pathway::testing

#endif  // CAREROUTE_LIB_PATHWAY_TESTING_CHECK_TABLE_H_
