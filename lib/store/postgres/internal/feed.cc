#include "lib/store/postgres/internal/feed.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/postgres/internal/postgres_status.h"
#include "lib/store/postgres/internal/stamp.h"

namespace careroute::store::postgres {
namespace {

constexpr char kSelectSnapshot[] = "SELECT pg_current_snapshot()::text";
// The newest event of each stream that has new ones: what is new of a stream is
// its end, so that this is its head.
constexpr char kSelectWritten[] =
    "SELECT DISTINCT ON (stream) stream, version, chain_hash FROM events "
    "WHERE " CAREROUTE_UNSEEN("stamp", "$1") " ORDER BY stream, version DESC";
constexpr char kSelectLists[] =
    "SELECT DISTINCT list_table, list_key FROM index_rows "
    "WHERE stream = $1 AND stamp >= $2 ORDER BY list_table, list_key";
constexpr char kListen[] = "LISTEN careroute";
constexpr char kNotify[] = "NOTIFY careroute";

}  // namespace

Feed::Feed(Options options)
    : options_(std::move(options)), seen_(options_.seen) {}

void Feed::Start(CommitListener listener) {
  {
    base::MutexLock lock(mutex_);
    listener_ = std::make_shared<const CommitListener>(std::move(listener));
  }
  Schedule();
}

void Feed::Tell(const Commit& commit) {
  std::shared_ptr<const CommitListener> listener;
  {
    base::MutexLock lock(mutex_);
    listener = listener_;
    if (told_.size() >= kToldMax) told_.clear();
    int64_t& version = told_[commit.head.stream];
    version = std::max(version, commit.head.version);
  }
  if (listener != nullptr) (*listener)(commit);
  if (options_.notifications) AnnounceSoon();
}

// With notifications the wait is part of a round.
void Feed::Schedule() {
  auto round = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Round();
  };
  if (options_.notifications) {
    options_.executor.Post(std::move(round));
  } else {
    options_.executor.PostAt(options_.clock.Now() + kFeedInterval,
                             std::move(round));
  }
}

void Feed::Round() {
  if (options_.notifications) AwaitNotice();
  absl::StatusOr<News> news = Look();
  if (news.ok()) {
    seen_ = std::move(news->seen);
    std::shared_ptr<const CommitListener> listener;
    {
      base::MutexLock lock(mutex_);
      listener = listener_;
    }
    for (const Commit& commit : news->commits) (*listener)(commit);
  } else {
    // Whatever it was, the next round asks again from where this one began.
    db_ = nullptr;
  }
  Schedule();
}

absl::Status Feed::Connect() {
  if (db_ != nullptr && db_->Alive()) return absl::OkStatus();
  CAREROUTE_ASSIGN_OR_RETURN(db_, options_.open());
  return options_.notifications ? db_->Execute(kListen) : absl::OkStatus();
}

absl::StatusOr<Feed::News> Feed::Look() {
  CAREROUTE_RETURN_IF_ERROR(Connect());
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::vector<Rows> rows,
      db_->RunTogether({{kSelectSnapshot, Params()},
                        {kSelectWritten, Params(Text{seen_})}}));
  std::vector<StreamHead> written;
  for (int row = 0; row < rows[1].size(); ++row) {
    CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, rows[1].Stream(row, 0));
    written.push_back({.stream = stream,
                       .version = rows[1].Int(row, 1),
                       .hash = rows[1].Bytes(row, 2)});
  }
  News news{.seen = rows[0].Bytes(0, 0)};
  std::vector<StreamHead> others = OfOthers(std::move(written));
  if (!others.empty()) {
    CAREROUTE_ASSIGN_OR_RETURN(news.commits, CommitsOf(std::move(others)));
  }
  return news;
}

std::vector<StreamHead> Feed::OfOthers(std::vector<StreamHead> written) {
  std::vector<StreamHead> others;
  base::MutexLock lock(mutex_);
  for (StreamHead& head : written) {
    const auto told = told_.find(head.stream);
    if (told == told_.end() || told->second < head.version) {
      others.push_back(std::move(head));
    }
  }
  return others;
}

absl::StatusOr<std::vector<Commit>> Feed::CommitsOf(
    std::vector<StreamHead> heads) {
  const int64_t oldest = OldestUnseen(seen_);
  std::vector<Connection::Statement> statements;
  statements.reserve(heads.size());
  for (const StreamHead& head : heads) {
    statements.push_back({kSelectLists, Params(head.stream, oldest)});
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> lists,
                             db_->RunTogether(statements));
  std::vector<Commit> commits(heads.size());
  for (size_t i = 0; i < heads.size(); ++i) {
    commits[i].head = std::move(heads[i]);
    for (int row = 0; row < lists[i].size(); ++row) {
      commits[i].changed_lists.push_back(
          {.table = static_cast<int32_t>(lists[i].Int(row, 0)),
           .key = lists[i].Bytes(row, 1)});
    }
  }
  return commits;
}

// Ends with the next word of another process, or with the interval. One's own
// word is heard too, and asks for nothing.
void Feed::AwaitNotice() {
  // It may have come with the answers of the last round.
  if (db_ != nullptr && OthersSpoke()) return;
  const absl::Time until = options_.clock.Now() + kFeedInterval;
  for (absl::Duration left = kFeedInterval; left > absl::ZeroDuration();
       left = until - options_.clock.Now()) {
    pollfd wait{.fd = -1, .events = POLLIN, .revents = 0};
    if (db_ != nullptr) wait.fd = PQsocket(db_->raw());
    // A descriptor below zero is left out: it is a wait like any other.
    const int heard =
        poll(&wait, 1,
             static_cast<int>(absl::ToInt64Milliseconds(
                 std::clamp(left, absl::Milliseconds(1), kFeedInterval))));
    if (heard <= 0 || db_ == nullptr || !db_->Alive() || OthersSpoke()) return;
  }
}

bool Feed::OthersSpoke() {
  const int own = announcer_process_;
  bool others = false;
  while (PGnotify* notice = PQnotifies(db_->raw())) {
    others = others || notice->be_pid != own;
    PQfreemem(notice);
  }
  return others;
}

void Feed::AnnounceSoon() {
  {
    base::MutexLock lock(mutex_);
    unannounced_ = true;
    if (std::exchange(announcing_, true)) return;
  }
  ScheduleAnnouncement();
}

void Feed::ScheduleAnnouncement() {
  options_.executor.PostAt(options_.clock.Now() + kNotifyInterval,
                           [weak = weak_from_this()] {
                             if (const auto self = weak.lock()) {
                               self->Announce();
                             }
                           });
}

void Feed::Announce() {
  {
    // Commits from here on are announced anew.
    base::MutexLock lock(mutex_);
    unannounced_ = false;
  }
  if (announcer_ == nullptr || !announcer_->Alive()) {
    absl::StatusOr<std::unique_ptr<Connection>> db = options_.open();
    announcer_ = db.ok() ? *std::move(db) : nullptr;
    announcer_process_ =
        announcer_ != nullptr ? PQbackendPID(announcer_->raw()) : 0;
  }
  // When it cannot be said the others find out by themselves.
  if (announcer_ != nullptr) announcer_->Execute(kNotify).IgnoreError();
  bool again = false;
  {
    base::MutexLock lock(mutex_);
    again = unannounced_;
    announcing_ = again;
  }
  if (again) ScheduleAnnouncement();
}

}  // namespace careroute::store::postgres
