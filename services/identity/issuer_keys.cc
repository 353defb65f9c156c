#include "services/identity/issuer_keys.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace careroute::services {
namespace {

// A reading is over by then, or will not help this caller.
constexpr absl::Duration kReadingTakes = absl::Seconds(2);

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream) return absl::NotFoundError("cannot be read");
  return text;
}

}  // namespace

struct IssuerKeys::State {
  explicit State(Options from)
      : options(std::move(from)),
        times(IsUrl(options.source) ? kUrlReadTimes : kFileReadTimes) {}

  void Read() CAREROUTE_EXCLUDES(mutex);
  void Complain(const absl::Status& status) CAREROUTE_REQUIRES(mutex);
  // Whether it is this caller who must see to it.
  bool Begin(absl::Time now) CAREROUTE_EXCLUDES(mutex);

  const Options options;
  const KeyReadTimes times;
  base::Mutex mutex;
  KeySetPtr known CAREROUTE_GUARDED_BY(mutex);
  std::string text CAREROUTE_GUARDED_BY(mutex);       // of what is known
  std::string complaint CAREROUTE_GUARDED_BY(mutex);  // the last one
  bool reading CAREROUTE_GUARDED_BY(mutex) = false;
  absl::Time last CAREROUTE_GUARDED_BY(mutex) = absl::InfinitePast();
};

bool IssuerKeys::State::Begin(absl::Time now) {
  base::MutexLock lock(mutex);
  // A clock that was set back must not hold it up for ever.
  const bool just_now = last <= now && now - last < times.at_most;
  if (reading || just_now) return false;
  reading = true;
  last = now;
  return true;
}

void IssuerKeys::State::Complain(const absl::Status& status) {
  std::string problem =
      absl::StrCat("the keys of an issuer of tokens at ", options.source, ": ",
                   std::string(status.message()),
                   known == nullptr ? "; its tokens are refused"
                                    : "; the keys read before hold");
  if (problem == complaint) return;
  complaint = std::move(problem);
  if (options.on_problem) options.on_problem(complaint);
}

void IssuerKeys::State::Read() {
  absl::StatusOr<std::string> read = IsUrl(options.source)
                                         ? options.fetch(options.source)
                                         : ReadFile(options.source);
  base::MutexLock lock(mutex);
  reading = false;
  if (!read.ok()) return Complain(read.status());
  if (known == nullptr || *read != text) {
    absl::StatusOr<KeySetPtr> parsed = KeySet::Parse(*read);
    if (!parsed.ok()) return Complain(parsed.status());
    known = *std::move(parsed);
    text = *std::move(read);
  }
  complaint.clear();
}

namespace {

// Ends once nobody holds the state but the tasks.
template <typename State>
void ReadRegularly(const std::weak_ptr<State>& held) {
  const std::shared_ptr<State> state = held.lock();
  if (state == nullptr) return;
  if (state->Begin(state->options.clock.Now())) state->Read();
  state->options.io_executor.PostAt(
      state->options.clock.Now() + state->times.every,
      [held] { ReadRegularly(held); });
}

}  // namespace

IssuerKeys::IssuerKeys(Options options)
    : state_(std::make_shared<State>(std::move(options))) {
  state_->options.io_executor.Post(
      [held = std::weak_ptr<State>(state_)] { ReadRegularly(held); });
}

KeySetPtr IssuerKeys::Known() const {
  base::MutexLock lock(state_->mutex);
  return state_->known;
}

absl::Duration IssuerKeys::AskAgain() const {
  const absl::Time now = state_->options.clock.Now();
  if (state_->Begin(now)) {
    state_->options.io_executor.Post([state = state_] { state->Read(); });
    return kReadingTakes;
  }
  base::MutexLock lock(state_->mutex);
  if (state_->reading) return kReadingTakes;
  return std::max(state_->last + state_->times.at_most - now,
                  absl::Duration(absl::Seconds(1)));
}

bool IsUrl(const std::string& source) {
  return absl::StartsWith(source, "https://");
}

}  // namespace careroute::services
