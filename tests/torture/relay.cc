#include "tests/torture/relay.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <utility>
#include <vector>

#include "lib/base/check.h"
#include "lib/base/real_clock.h"

namespace careroute::tests {
namespace {

constexpr size_t kReadBytes = 16 << 10;
// What it holds of a direction before it reads no more.
constexpr size_t kHeldPartsMax = 64;
// In trouble, one connection of so many is hung up at once.
constexpr uint64_t kRefusedOf = 8;

// While nothing is due it is woken by the bell and by bytes.
constexpr int kForever = -1;

bool IsForNow(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

// One direction of a connection.
struct Relay::Way {
  struct Held {
    std::string bytes;
    absl::Duration due;  // monotonic
  };

  [[nodiscard]] bool IsDue(absl::Duration now) const {
    return !held.empty() && held.front().due <= now;
  }
  [[nodiscard]] bool Reads() const {
    return !ended && held.size() < kHeldPartsMax;
  }
  // Who is swallowed is not told that the other one has gone.
  [[nodiscard]] bool IsSilent() const {
    return mishap.kind() == MishapKind::kSwallow && mishap.happened();
  }

  int from = -1;
  int to = -1;
  Mishap mishap;
  std::deque<Held> held;
  bool ended = false;  // nothing more comes
  bool told = false;   // and the other end knows
};

struct Relay::Link {
  Descriptor caller;
  Descriptor hub;
  Way there;
  Way back;
  bool over = false;
};

Relay::Relay(uint64_t seed)
    : random_(seed),
      listener_(ListenOnLoopback(port_)),
      bell_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  CAREROUTE_CHECK(listener_.open() && bell_.open());
  thread_ = std::thread([this] { Run(); });
}

Relay::~Relay() {
  {
    base::MutexLock lock(mutex_);
    stopped_ = true;
  }
  (void)eventfd_write(bell_.number(), 1);
  thread_.join();
}

void Relay::LeadTo(int port) {
  base::MutexLock lock(mutex_);
  target_ = port;
}

void Relay::Set(Mood mood) {
  base::MutexLock lock(mutex_);
  mood_ = mood;
  const int64_t mine = ++asked_;
  (void)eventfd_write(bell_.number(), 1);
  while (obeyed_ < mine) changed_.Wait(mutex_);
}

Relay::Tally Relay::tally() {
  base::MutexLock lock(mutex_);
  return tally_;
}

void Relay::WaitForTraffic(absl::Duration at_most) {
  const absl::Duration end = base::MonotonicTime() + at_most;
  base::MutexLock lock(mutex_);
  const size_t before = tally_.bytes;
  while (tally_.bytes == before && base::MonotonicTime() < end) {
    changed_.WaitFor(mutex_, end - base::MonotonicTime());
  }
}

void Relay::Run() {
  while (Obey()) Poll();
}

bool Relay::Obey() {
  eventfd_t rung = 0;
  (void)eventfd_read(bell_.number(), &rung);
  base::MutexLock lock(mutex_);
  if (obeyed_ < asked_) {
    links_.clear();
    obeyed_ = asked_;
    changed_.NotifyAll();
  }
  return !stopped_;
}

// One round: what came is read, what is due is written, until there is nothing
// to do but wait.
void Relay::Poll() {
  const absl::Duration now = base::MonotonicTime();
  std::vector<pollfd> waited = {
      {.fd = bell_.number(), .events = POLLIN, .revents = 0},
      {.fd = listener_.number(), .events = POLLIN, .revents = 0}};
  absl::Duration next = absl::InfiniteDuration();
  for (Link& link : links_) {
    for (Way* way : {&link.there, &link.back}) {
      // A socket that is asked nothing must not wake anybody.
      waited.push_back({.fd = way->Reads() ? way->from : -1,
                        .events = POLLIN,
                        .revents = 0});
      const bool full = way->IsDue(now);
      waited.push_back(
          {.fd = full ? way->to : -1, .events = POLLOUT, .revents = 0});
      if (!full && !way->held.empty()) {
        next = std::min(next, way->held.front().due - now);
      }
    }
  }
  const int timeout =
      next == absl::InfiniteDuration()
          ? kForever
          : static_cast<int>(absl::ToInt64Milliseconds(next)) + 1;
  if (poll(waited.data(), waited.size(), timeout) < 0) return;
  size_t at = 2;
  for (Link& link : links_) {
    for (Way* way : {&link.there, &link.back}) {
      if (waited[at].revents != 0) Read(link, *way);
      if (!link.over) Write(link, *way);
      at += 2;
    }
  }
  links_.remove_if([](const Link& link) {
    return link.over || (link.there.told && link.back.told);
  });
  if (waited[1].revents != 0) Accept();
}

void Relay::Accept() {
  Link link{.caller = AcceptFrom(listener_)};
  if (!link.caller.open()) return;
  Mood mood = Mood::kShut;
  int target = 0;
  {
    base::MutexLock lock(mutex_);
    // Asked for and not yet obeyed: whoever comes now is not let in before.
    if (obeyed_ == asked_) mood = mood_;
    target = target_;
  }
  const bool troubled = mood == Mood::kTroubled;
  if (mood == Mood::kShut || (troubled && random_.Uniform(kRefusedOf) == 0)) {
    base::MutexLock lock(mutex_);
    ++tally_.refused;
    return;
  }
  link.hub = ConnectToLoopback(target);
  if (!link.hub.open()) return;
  link.there.from = link.back.to = link.caller.number();
  link.there.to = link.back.from = link.hub.number();
  if (troubled) {
    link.there.mishap = Mishap::Draw(random_);
    link.back.mishap = Mishap::Draw(random_);
    if (random_.Uniform(2) == 0) {
      ResetWhenClosed(link.caller);
      ResetWhenClosed(link.hub);
    }
  }
  links_.push_back(std::move(link));
  base::MutexLock lock(mutex_);
  ++tally_.connections;
}

void Relay::Read(Link& link, Way& way) {
  std::string bytes(kReadBytes, '\0');
  const ssize_t size = recv(way.from, bytes.data(), bytes.size(), 0);
  if (size < 0) {
    link.over = !IsForNow(errno);
    return;
  }
  if (size == 0) {
    way.ended = true;
    return;
  }
  bytes.resize(static_cast<size_t>(size));
  const bool before = way.mishap.happened();
  absl::Duration due = base::MonotonicTime();
  if (!way.held.empty()) due = std::max(due, way.held.back().due);
  for (Mishap::Part& part : way.mishap.Meet(bytes)) {
    due += part.pause;
    way.held.push_back({.bytes = std::move(part.bytes), .due = due});
  }
  if (!before && way.mishap.happened()) Count(way.mishap.kind());
}

void Relay::Write(Link& link, Way& way) {
  while (way.IsDue(base::MonotonicTime())) {
    std::string& bytes = way.held.front().bytes;
    const ssize_t sent = send(way.to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      link.over = !IsForNow(errno);
      return;
    }
    {
      base::MutexLock lock(mutex_);
      tally_.bytes += static_cast<size_t>(sent);
      changed_.NotifyAll();
    }
    bytes.erase(0, static_cast<size_t>(sent));
    if (!bytes.empty()) return;
    way.held.pop_front();
  }
  if (!way.held.empty()) return;
  if (way.mishap.hangs_up()) {
    link.over = true;
  } else if (way.ended && !way.told && !way.IsSilent()) {
    shutdown(way.to, SHUT_WR);
    way.told = true;
  }
}

void Relay::Count(MishapKind kind) {
  base::MutexLock lock(mutex_);
  ++tally_.mishaps[static_cast<size_t>(kind)];
}

}  // namespace careroute::tests
