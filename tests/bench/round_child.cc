#include "tests/bench/round_child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"

namespace careroute::bench {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

// An answer has two numbers.
constexpr size_t kLineBytesMax = 4096;
// As much of a wrong line as says what it is.
constexpr size_t kShownBytes = 120;
// A child that needs longer for a call of those that are counted hangs.
constexpr absl::Duration kCallMax = absl::Milliseconds(1);
// One wait of poll, which counts in an int.
constexpr absl::Duration kPollMax = absl::Minutes(1);

absl::Status Rubbish(const std::string& line, absl::string_view why) {
  return absl::InternalError(
      absl::StrCat("answered with \"", line.substr(0, kShownBytes), "\": ", why,
                   "; a round is {\"calls\": 1200, \"seconds\": 2.0} and "
                   "nothing else goes to the standard output"));
}

std::optional<double> NumberIn(const Struct& object, const std::string& field) {
  const auto found = object.fields().find(field);
  if (found == object.fields().end() ||
      found->second.kind_case() != Value::kNumberValue) {
    return std::nullopt;
  }
  return found->second.number_value();
}

// Readable, or its other end closed, within that time.
bool ComesToRead(int fd, absl::Duration within) {
  const absl::Duration until = base::MonotonicTime() + within;
  while (true) {
    const absl::Duration left = until - base::MonotonicTime();
    pollfd ready{.fd = fd, .events = POLLIN};
    const int wait_ms = static_cast<int>(absl::ToInt64Milliseconds(
        std::clamp(left, absl::ZeroDuration(), kPollMax)));
    // A millisecond more, so that the last one is waited for.
    const int count = poll(&ready, 1, wait_ms + 1);
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return false;
    if (left <= absl::ZeroDuration()) return false;
  }
}

void CloseEnd(int& fd) {
  if (fd >= 0) close(fd);
  fd = -1;
}

}  // namespace

std::string LineOf(const RoundOrder& order) {
  const std::string length =
      order.duration > absl::ZeroDuration()
          ? absl::StrFormat("\"seconds\":%.6f",
                            absl::ToDoubleSeconds(order.duration))
          : absl::StrCat("\"calls\":", order.calls);
  return absl::StrCat("{\"in_flight\":", order.in_flight, ",", length, "}\n");
}

absl::StatusOr<RoundResult> ReadRound(const std::string& line) {
  Struct object;
  if (!google::protobuf::util::JsonStringToMessage(line, &object).ok()) {
    return Rubbish(line, "this is no JSON object");
  }
  const std::optional<double> calls = NumberIn(object, "calls");
  const std::optional<double> seconds = NumberIn(object, "seconds");
  if (!calls.has_value() || *calls < 1 || *calls > 1e15 ||
      *calls != std::floor(*calls)) {
    return Rubbish(line, "\"calls\" is not a whole number above 0");
  }
  if (!seconds.has_value() || !std::isfinite(*seconds) || *seconds <= 0) {
    return Rubbish(line, "\"seconds\" is not a number above 0");
  }
  return RoundResult{.calls = static_cast<int64_t>(*calls),
                     .seconds = *seconds};
}

RoundChild::RoundChild(Options options) : options_(std::move(options)) {
  Start();
}

// Sockets, since writing to a pipe without reader ends the process that writes.
void RoundChild::Start() {
  int to[2] = {-1, -1};
  int from[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, to) != 0 ||
      socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, from) != 0) {
    CloseEnd(to[0]);
    CloseEnd(to[1]);
    trouble_ = absl::InternalError("no sockets for a child");
    return;
  }
  to_ = to[0];
  from_ = from[0];
  std::vector<std::string> words = options_.command;
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  const int failed =
      posix_spawnp(&child_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  CloseEnd(to[1]);
  CloseEnd(from[1]);
  if (failed != 0) {
    child_ = 0;
    trouble_ =
        absl::InternalError(absl::StrCat("cannot run ", options_.command[0]));
  }
}

RoundChild::~RoundChild() {
  CloseEnd(to_);
  CloseEnd(from_);
  if (child_ != 0) WaitForEnd(options_.patience);
}

absl::StatusOr<RoundResult> RoundChild::Round(const RoundOrder& order) {
  if (!trouble_.ok()) return trouble_;
  absl::StatusOr<RoundResult> result = Ask(order);
  if (result.ok()) return result;
  if (child_ != 0) WaitForEnd(absl::ZeroDuration());
  trouble_ = absl::Status(result.status().code(),
                          absl::StrCat(absl::StrJoin(options_.command, " "),
                                       " ", result.status().message()));
  return trouble_;
}

absl::StatusOr<RoundResult> RoundChild::Ask(const RoundOrder& order) {
  if (!Write(LineOf(order))) return Ended();
  const absl::Duration asked = order.duration + order.calls * kCallMax;
  CAREROUTE_ASSIGN_OR_RETURN(const std::string line,
                             ReadLine(asked + options_.patience));
  if (!unread_.empty()) return Rubbish(unread_, "it was not asked for this");
  return ReadRound(line);
}

bool RoundChild::Write(const std::string& bytes) const {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t sent =
        send(to_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    done += static_cast<size_t>(sent);
  }
  return true;
}

absl::StatusOr<std::string> RoundChild::ReadLine(absl::Duration patience) {
  const absl::Duration until = base::MonotonicTime() + patience;
  while (true) {
    const size_t end = unread_.find('\n');
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    if (unread_.size() > kLineBytesMax) {
      return Rubbish(unread_, "this line has no end");
    }
    if (!ComesToRead(from_, until - base::MonotonicTime())) {
      return absl::DeadlineExceededError(absl::StrCat(
          "hangs: it said nothing for ", absl::FormatDuration(patience)));
    }
    char bytes[1024];
    const ssize_t got = read(from_, bytes, sizeof(bytes));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Ended();
    unread_.append(bytes, static_cast<size_t>(got));
  }
}

int RoundChild::WaitForEnd(absl::Duration patience) {
  // glibc 2.36 declares pidfd_open() for C alone.
  int ending = static_cast<int>(syscall(SYS_pidfd_open, child_, 0));
  if (ending < 0 || !ComesToRead(ending, patience)) kill(child_, SIGKILL);
  CloseEnd(ending);
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = 0;
  return status;
}

absl::Status RoundChild::Ended() {
  const int status = WaitForEnd(options_.patience);
  const std::string how =
      WIFSIGNALED(status)
          ? absl::StrCat("was ended by signal ", WTERMSIG(status))
          : absl::StrCat("ended with exit status ", WEXITSTATUS(status));
  return absl::InternalError(absl::StrCat(
      how, " before it answered; what it said is on the standard error"));
}

}  // namespace careroute::bench
