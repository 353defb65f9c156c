#include "services/command/row_import.h"

#include <atomic>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/mutex.h"

namespace careroute::services {
namespace {

using api::v1::RegisterPersonRequest;
using google::protobuf::Message;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr int64_t kRows = 2500;  // more than may be read ahead

// Persons with the given names, a row each.
std::string File(const std::vector<std::string>& names) {
  std::string text = "given_name\n";
  for (const std::string& name : names) absl::StrAppend(&text, name, "\n");
  return text;
}

std::string NameIn(const Message& request) {
  return static_cast<const RegisterPersonRequest&>(request)
      .command()
      .identity()
      .given_name();
}

class ImportRowsTest : public ::testing::Test {
 protected:
  ImportCounts Import(const std::string& text,
                      std::function<absl::Status(const Message&)> call) {
    std::istringstream stream(text);
    RequestRows rows(
        {.stream = stream, .form = RowForm::kCsv, .kind = PersonRows()});
    base::Problems problems;
    EXPECT_TRUE(rows.Open(problems));
    return ImportRows({.rows = rows,
                       .call = std::move(call),
                       .tell = [this](const RowFate& fate) {
                         told_.push_back(fate.number);
                         if (!fate.taken()) bad_.push_back(fate.number);
                       }});
  }

  std::vector<int64_t> told_;
  std::vector<int64_t> bad_;
};

TEST_F(ImportRowsTest, AsksForEachRowOnceAndTellsInOrder) {
  std::vector<std::string> names;
  for (int64_t i = 0; i < kRows; ++i) names.push_back(absl::StrCat("n", i));
  base::Mutex mutex;
  std::set<std::string> asked;
  const ImportCounts counts = Import(File(names), [&](const Message& request) {
    base::MutexLock lock(mutex);
    EXPECT_TRUE(asked.insert(NameIn(request)).second);
    return absl::OkStatus();
  });
  EXPECT_TRUE(counts.stopped.ok());
  EXPECT_EQ(counts.taken, kRows);
  EXPECT_EQ(counts.refused, 0);
  EXPECT_THAT(asked, SizeIs(kRows));
  ASSERT_THAT(told_, SizeIs(kRows));
  for (int64_t i = 0; i < kRows; ++i) {
    EXPECT_EQ(told_[static_cast<size_t>(i)], i + 1);
  }
}

TEST_F(ImportRowsTest, GoesOnAfterARowThatIsRefused) {
  const ImportCounts counts =
      Import(File({"a", "b", "\"c", "d"}), [](const Message& request) {
        return NameIn(request) == "b" ? absl::FailedPreconditionError("refused")
                                      : absl::OkStatus();
      });
  EXPECT_TRUE(counts.stopped.ok());
  EXPECT_EQ(counts.taken, 1);
  EXPECT_EQ(counts.refused, 2);
  // The quotation that is not closed swallows the last row.
  EXPECT_THAT(bad_, ElementsAre(2, 3));
}

TEST_F(ImportRowsTest, StopsWhereTheHubCannotAnswer) {
  std::vector<std::string> names(static_cast<size_t>(kRows), "n");
  std::atomic<int> calls = 0;
  const ImportCounts counts = Import(File(names), [&](const Message&) {
    return ++calls > 100 ? absl::UnavailableError("gone") : absl::OkStatus();
  });
  EXPECT_EQ(counts.stopped.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(counts.taken, 100);
  EXPECT_EQ(counts.refused, 0);
  EXPECT_LE(calls.load(), 100 + kImportCalls);
}

}  // namespace
}  // namespace careroute::services
