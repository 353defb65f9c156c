// Somebody edits the file of a hub by hand: whatever is changed, swapped,
// removed or cut, `careroute fsck` and VerifyStream name the first bad entry.

#include <signal.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "careroute/api/v1/audit_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kReports = 3;
// The one case there is, and a process's own streams.
constexpr char kOfCase[] = "substr(stream, 1, 1) = x'01'";
constexpr char kOfAccessLog[] = "substr(stream, 1, 1) = x'06'";
constexpr char kOfCheckpoint[] = "substr(stream, 1, 1) = x'07'";

void RunSql(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  char* error = nullptr;
  ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
      << error << ": " << sql;
  EXPECT_GT(sqlite3_changes(db), 0) << "nothing was damaged: " << sql;
  sqlite3_close(db);
}

// One hub with one case of three entries, stopped in order: all is witnessed.
class TamperTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    bench_ = new HubBench(HubBench::Catalogue::kDemoRegion);
    const std::unique_ptr<Program> hub = bench_->Start();
    HubBench::ImportClinic(*hub);
    for (int n = 1; n <= kReports; ++n) {
      // The same child three times: the later reports join the first.
      api::v1::ReportNeedRequest report = ReportOf(1);
      report.set_request_id(UuidOf(n));
      const auto reply =
          HubBench::Registrar(*hub).Call<api::v1::ReportNeedResponse>(
              "careroute.api.v1.CaseService.ReportNeed", report);
      ASSERT_TRUE(reply.ok()) << reply.status();
    }
    hub->Signal(SIGTERM);
    ASSERT_EQ(hub->Wait(), 0) << hub->log();
  }

  static void TearDownTestSuite() {
    delete bench_;
    bench_ = nullptr;
  }

  // A copy of the store, to be damaged.
  std::string Copy() const {
    const std::string path = bench_->File("damaged.db");
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::filesystem::remove(path + suffix);
    }
    std::filesystem::copy_file(bench_->File("hub.db"), path);
    return path;
  }

  // What fsck first says of a broken chain, after this was done to the file.
  std::string FirstDamage(const std::vector<std::string>& sql) const {
    const std::string path = Copy();
    for (const std::string& one : sql) RunSql(path, one);
    const Ran ran =
        RunProgram({"fsck", "--config", bench_->File("hub.textproto"),
                    "--store", absl::StrCat("sqlite:", path)});
    EXPECT_EQ(ran.status, 1) << ran.log;
    for (const absl::string_view line : absl::StrSplit(ran.log, '\n')) {
      if (absl::StrContains(line, "CHAIN_BROKEN")) return std::string(line);
    }
    return ran.log;
  }

  static std::string Update(const std::string& set, const std::string& where,
                            int version) {
    return absl::StrCat("UPDATE events SET ", set, " WHERE ", where,
                        " AND version = ", version);
  }

  static HubBench* bench_;
};

HubBench* TamperTest::bench_ = nullptr;

TEST_F(TamperTest, FindsNothingInAFileThatNobodyTouched) {
  const Ran ran = bench_->Fsck();
  EXPECT_EQ(ran.status, 0) << ran.log;
}

TEST_F(TamperTest, NamesAChangedEntry) {
  for (int version = 1; version <= kReports; ++version) {
    EXPECT_THAT(
        FirstDamage(
            {Update("bytes = randomblob(length(bytes))", kOfCase, version)}),
        AllOf(StartsWith("cases/"),
              EndsWith(absl::StrCat("was changed at version ", version))));
  }
}

TEST_F(TamperTest, NamesAChangedHash) {
  EXPECT_THAT(FirstDamage({Update("chain_hash = randomblob(32)", kOfCase, 2)}),
              AllOf(StartsWith("cases/"), EndsWith("at version 2")));
}

TEST_F(TamperTest, NamesTheFirstOfTwoSwappedEntries) {
  EXPECT_THAT(
      FirstDamage({Update("version = 1002", kOfCase, 2),
                   Update("version = 2", kOfCase, 3),
                   Update("version = 3", kOfCase, 1002)}),
      AllOf(StartsWith("cases/"), EndsWith("was changed at version 2")));
}

TEST_F(TamperTest, NamesAMissingEntry) {
  EXPECT_THAT(FirstDamage({absl::StrCat(
                  "DELETE FROM events WHERE version = 2 AND ", kOfCase)}),
              AllOf(StartsWith("cases/"), EndsWith("is missing at version 2")));
}

TEST_F(TamperTest, NamesACutTail) {
  EXPECT_THAT(
      FirstDamage(
          {absl::StrCat("DELETE FROM events WHERE version > 1 AND ", kOfCase)}),
      AllOf(StartsWith("cases/"), EndsWith("were cut off at version 2")));
}

TEST_F(TamperTest, NamesAWholeStreamThatIsGone) {
  EXPECT_THAT(FirstDamage({absl::StrCat("DELETE FROM events WHERE ", kOfCase)}),
              AllOf(StartsWith("cases/"), EndsWith("it is gone at version 0")));
}

TEST_F(TamperTest, NamesAChangedTrace) {
  EXPECT_THAT(FirstDamage({Update("bytes = randomblob(length(bytes))",
                                  kOfAccessLog, 1)}),
              AllOf(StartsWith("access_logs/"), EndsWith("at version 1")));
}

TEST_F(TamperTest, NamesAChangedCheckpointByItsProcess) {
  const std::string said = FirstDamage(
      {Update("bytes = randomblob(length(bytes))", kOfCheckpoint, 1)});
  EXPECT_THAT(said, AllOf(StartsWith("checkpoints/"), EndsWith("version 1")));
  EXPECT_FALSE(absl::StrContains(said, std::string(32, '0')))
      << "it names no process: " << said;
}

TEST_F(TamperTest, IsToldByAHubThatServesTheFile) {
  const std::string path = Copy();
  RunSql(path, Update("bytes = randomblob(length(bytes))", kOfCase, 2));
  std::vector<std::string> arguments = bench_->HubArguments();
  arguments.insert(arguments.end(), {"--store", absl::StrCat("sqlite:", path)});
  Program hub(arguments);
  ASSERT_TRUE(hub.WaitFor("serves gRPC")) << hub.log();
  const services::Client administrator = HubBench::Administrator(hub);
  const auto reply = administrator.Call<api::v1::VerifyStreamResponse>(
      "careroute.api.v1.AuditService.VerifyStream",
      api::v1::VerifyStreamRequest());
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_FALSE(reply->intact());
  ASSERT_EQ(reply->damages_size(), 1) << reply->ShortDebugString();
  EXPECT_EQ(reply->damages(0).version(), 2);

  api::v1::VerifyStreamRequest one;
  one.set_name(reply->damages(0).name());
  const auto alone = administrator.Call<api::v1::VerifyStreamResponse>(
      "careroute.api.v1.AuditService.VerifyStream", one);
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_FALSE(alone->intact());
  EXPECT_EQ(alone->verified(), kReports);

  one.set_name("cases/00000000000000000000000000000001");
  EXPECT_TRUE(absl::IsNotFound(
      administrator
          .Call<api::v1::VerifyStreamResponse>(
              "careroute.api.v1.AuditService.VerifyStream", one)
          .status()));
}

// It verifies nothing, so that whoever gives it a witness believes too much.
TEST(Verify, ExportsNoWitnessWhileItIsToldToVerify) {
  for (const char* flag : {"--key-ring", "--witness", "--signing-keys"}) {
    const Ran ran = RunProgram(
        {"verify", "hub.db", "--export-witness", "newest.txt", flag, "given"});
    EXPECT_EQ(ran.status, 2) << flag;
    EXPECT_THAT(ran.log, HasSubstr(flag));
  }
}

}  // namespace
}  // namespace careroute::tests
