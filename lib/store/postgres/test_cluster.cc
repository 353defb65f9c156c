#include "lib/store/postgres/test_cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "lib/base/check.h"

namespace careroute::store {
namespace {

namespace fs = std::filesystem;

constexpr char kServerUser[] = "postgres";  // of Debian's package
constexpr char kPrograms[] = "/usr/lib/postgresql";
constexpr absl::string_view kReady = "ready to accept connections";

// Some connection of others: one in a transaction, if there is any.
constexpr char kFindConnection[] =
    "SELECT pid FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() "
    "ORDER BY xact_start NULLS LAST LIMIT 1";

// The newest version installed.
std::string ProgramFolder() {
  std::string newest;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kPrograms, error)) {
    const std::string folder = (entry.path() / "bin").string();
    if (fs::exists(folder + "/initdb") && folder > newest) newest = folder;
  }
  if (newest.empty()) {
    std::fputs("no PostgreSQL server is installed: apt install postgresql\n",
               stderr);
  }
  CAREROUTE_CHECK(!newest.empty());
  return newest;
}

// PostgreSQL refuses to be run by root.
const passwd* UnprivilegedUser() {
  if (geteuid() != 0) return nullptr;
  const passwd* const user = getpwnam(kServerUser);
  CAREROUTE_CHECK(user != nullptr);
  return user;
}

// Runs in the child: becomes the program, and ends with the parent.
[[noreturn]] void Become(const passwd* user,
                         const std::vector<std::string>& command, int output) {
  const bool lowered = user == nullptr ||
                       (setgroups(0, nullptr) == 0 &&
                        setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0);
  // After the change of user, which would undo it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  if (lowered) execv(arguments[0], arguments.data());
  _exit(EXIT_FAILURE);
}

struct Started {
  pid_t process = 0;
  int output = -1;  // both its outputs; the caller closes it
};

Started Spawn(const std::vector<std::string>& command) {
  const passwd* const user = UnprivilegedUser();
  int ends[2];
  CAREROUTE_CHECK(pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = fork();
  CAREROUTE_CHECK(child >= 0);
  if (child == 0) Become(user, command, ends[1]);
  close(ends[1]);
  return {.process = child, .output = ends[0]};
}

// Reads the output up to a text, or to its end when that never comes.
bool ReadUntil(int output, absl::string_view text) {
  std::string said;
  char buffer[4096];
  while (true) {
    const ssize_t count = read(output, buffer, sizeof(buffer));
    if (count <= 0) return false;
    said.append(buffer, static_cast<size_t>(count));
    if (absl::StrContains(said, text)) return true;
  }
}

// Runs a program to its end; true when it did what it should.
bool Run(const std::vector<std::string>& command) {
  const Started program = Spawn(command);
  // It ends the output when it ends, and this is in none of it.
  ReadUntil(program.output, absl::string_view("\0", 1));
  close(program.output);
  int status = 0;
  return waitpid(program.process, &status, 0) == program.process && status == 0;
}

}  // namespace

TestCluster::TestCluster(Fsync fsync) : fsync_(fsync) {
  std::error_code error;
  folder_ = (fs::temp_directory_path(error) / "careroute_pg_XXXXXX").string();
  CAREROUTE_CHECK(!error && mkdtemp(folder_.data()) != nullptr);
  if (const passwd* user = UnprivilegedUser()) {
    CAREROUTE_CHECK(chown(folder_.c_str(), user->pw_uid, user->pw_gid) == 0);
  }
  CAREROUTE_CHECK(Run({ProgramFolder() + "/initdb", "-D", folder_ + "/data",
                       "-U", kServerUser, "--auth=trust", "--no-sync",
                       "--encoding=UTF8", "--locale=C"}));
  Start();
}

TestCluster::~TestCluster() {
  Kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void TestCluster::Start() {
  CAREROUTE_CHECK(server_ == 0);
  // Errors of statements are what tests are about; the log is for the one line
  // that says it is ready. Nothing runs by itself beside the tests.
  const Started server =
      Spawn({ProgramFolder() + "/postgres", "-D", folder_ + "/data", "-k",
             folder_, "-c", "listen_addresses=", "-c", "log_min_messages=log",
             "-c", "log_checkpoints=off", "-c", "autovacuum=off", "-c",
             "max_connections=200", "-c",
             fsync_ == Fsync::kOn ? "fsync=on" : "fsync=off"});
  server_ = server.process;
  log_ = server.output;
  CAREROUTE_CHECK(ReadUntil(log_, kReady));
}

void TestCluster::Kill() {
  if (server_ == 0) return;
  // The quick way that still ends its children and frees its memory.
  kill(server_, SIGQUIT);
  waitpid(server_, nullptr, 0);
  close(log_);
  server_ = 0;
}

void TestCluster::KillConnection() {
  pid_t process = 0;
  // Again when it was closed meanwhile.
  do {
    CAREROUTE_CHECK(absl::SimpleAtoi(Execute(kFindConnection), &process));
  } while (kill(process, SIGKILL) != 0);
  CAREROUTE_CHECK(ReadUntil(log_, kReady));
}

std::string TestCluster::ServerAddress() const {
  return absl::StrCat("postgresql://", kServerUser, "@/", kServerUser,
                      "?host=", absl::StrReplaceAll(folder_, {{"/", "%2F"}}));
}

std::string TestCluster::Execute(const std::string& sql) const {
  PGconn* const connection = PQconnectdb(ServerAddress().c_str());
  PGresult* const result = PQexec(connection, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  const std::string first =
      PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  PQfinish(connection);
  CAREROUTE_CHECK(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
  return first;
}

std::string TestCluster::NewAddress() {
  const std::string place = absl::StrCat("place_", ++places_);
  Execute(absl::StrCat("CREATE SCHEMA ", place));
  return absl::StrCat(ServerAddress(), "&options=-csearch_path%3D", place);
}

}  // namespace careroute::store
