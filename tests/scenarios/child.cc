#include "tests/scenarios/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "lib/base/status_macros.h"

namespace careroute::scenarios {
namespace {

constexpr size_t kNumberBytes = 4;
// No answer of a scenario is near it; a child that talks rubbish is.
constexpr size_t kPartBytesMax = 64 << 20;

void AppendNumber(size_t number, std::string& bytes) {
  for (size_t i = 0; i < kNumberBytes; ++i) {
    bytes.push_back(static_cast<char>(number >> (8 * i) & 0xff));
  }
}

absl::Status Gone() {
  return absl::InternalError("the child that plays has gone");
}

}  // namespace

// Sockets, since writing to a pipe without reader ends the process that writes.
Child::Child(const std::vector<std::string>& command) {
  int to[2] = {-1, -1};
  int from[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, to) != 0) return;
  to_ = to[0];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, from) == 0) {
    from_ = from[0];
    std::vector<std::string> words = command;
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    if (posix_spawnp(&child_, argv[0], &actions, nullptr, argv.data(),
                     environ) != 0) {
      child_ = 0;
    }
    posix_spawn_file_actions_destroy(&actions);
    close(from[1]);
  }
  close(to[1]);
}

Child::~Child() {
  if (to_ >= 0) close(to_);
  if (from_ >= 0) close(from_);
  if (child_ != 0) waitpid(child_, nullptr, 0);
}

absl::StatusOr<Child::Parts> Child::Ask(const Parts& parts) {
  std::string bytes;
  AppendNumber(parts.size(), bytes);
  for (const std::string& part : parts) {
    AppendNumber(part.size(), bytes);
    bytes += part;
  }
  CAREROUTE_RETURN_IF_ERROR(Write(bytes));
  CAREROUTE_ASSIGN_OR_RETURN(const size_t count, ReadNumber());
  Parts answer;
  for (size_t i = 0; i < count; ++i) {
    CAREROUTE_ASSIGN_OR_RETURN(const size_t size, ReadNumber());
    CAREROUTE_ASSIGN_OR_RETURN(std::string part, Read(size));
    answer.push_back(std::move(part));
  }
  return answer;
}

absl::Status Child::Write(const std::string& bytes) const {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t sent =
        send(to_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return Gone();
    done += static_cast<size_t>(sent);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Child::Read(size_t size) const {
  if (size > kPartBytesMax) {
    return absl::InternalError("the child that plays answers with rubbish");
  }
  std::string bytes(size, '\0');
  size_t done = 0;
  while (done < size) {
    const ssize_t got = read(from_, bytes.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Gone();
    done += static_cast<size_t>(got);
  }
  return bytes;
}

absl::StatusOr<size_t> Child::ReadNumber() const {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string bytes, Read(kNumberBytes));
  size_t number = 0;
  for (size_t i = 0; i < kNumberBytes; ++i) {
    number |= static_cast<size_t>(static_cast<uint8_t>(bytes[i])) << (8 * i);
  }
  return number;
}

}  // namespace careroute::scenarios
