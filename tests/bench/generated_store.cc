#include "tests/bench/generated_store.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/problems.h"
#include "lib/base/status_macros.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/tables.h"
#include "lib/registry/key_ring_file.h"
#include "services/core/await.h"
#include "services/hub/hub_config.h"
#include "services/hub/init.h"
#include "tests/bench/generate.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

namespace fs = std::filesystem;

using services::Await;

// Cases read at one place of the store.
constexpr int32_t kCasesTogether = 100;

// Enough for a sample though pages overlap in a small store.
constexpr size_t kPlaces = 2 * kSampledCases / kCasesTogether;

// Each page begins at an id drawn at random: ids are spread evenly.
std::set<base::Uid> SampleOf(BenchHub& hub) {
  std::set<base::Uid> sample;
  for (size_t i = 0; i < kPlaces && sample.size() < kSampledCases; ++i) {
    const auto page = Sure(Await<store::StreamPage>([&](auto done) {
      hub.engine().store().ListStreams({.kind = store::StreamKind::kCase,
                                        .after = base::NewUid(hub.random()),
                                        .limit = kCasesTogether},
                                       std::move(done));
    }));
    for (const store::StreamHead& head : page.streams) {
      sample.insert(head.stream.id);
    }
  }
  return sample;
}

int64_t OverdueIn(BenchHub& hub) {
  const std::string now = engine::SortByTime(hub.clock().Now());
  store::ScanRequest scan = {.list = engine::ListOf(engine::Table::kTimers, ""),
                             .limit = store::kPageRowsMax};
  int64_t overdue = 0;
  bool more = true;
  while (more) {
    const auto page = Sure(Await<store::IndexPage>(
        [&](auto done) { hub.engine().store().Scan(scan, std::move(done)); }));
    more = page.more;
    for (const store::IndexRow& row : page.rows) {
      if (row.sort > now) return overdue;
      const auto timer = engine::ReadTimerRow(row);
      CAREROUTE_CHECK(timer.has_value());
      overdue += timer->timer.kind == command::v1::TIMER_KIND_DEADLINE ? 1 : 0;
      scan.after = {.sort = row.sort, .id = row.id, .stream = row.stream};
    }
  }
  return overdue;
}

model::v1::Actor ActorOf(const std::string& member, model::v1::ActorRole role) {
  model::v1::Actor actor;
  const absl::string_view home = casework::OrganisationOf(member);
  actor.set_organisation(home.data(), home.size());
  actor.set_member(member);
  actor.set_role(role);
  actor.set_purpose("care");
  return actor;
}

// Whoever may perform there.
std::optional<model::v1::Actor> PerformerAt(BenchHub& hub,
                                            const std::string& organisation) {
  const engine::DirectoryPtr picture = hub.engine().organisations().Current();
  const auto* found = picture->directory.Find(organisation);
  if (found == nullptr) return std::nullopt;
  for (const model::v1::Member& member : found->members()) {
    for (const int role : member.roles()) {
      if (role == model::v1::ACTOR_ROLE_PERFORMER) {
        return ActorOf(member.name(), model::v1::ACTOR_ROLE_PERFORMER);
      }
    }
  }
  return std::nullopt;
}

// Of the organisations with referrals among the cases looked at, the first
// that fills a page, beginning where most were seen; else the longest.
std::optional<WorkQueue> FullQueue(BenchHub& hub,
                                   const std::map<std::string, int>& seen) {
  std::vector<std::pair<int, std::string>> by_length;
  by_length.reserve(seen.size());
  for (const auto& [organisation, referrals] : seen) {
    by_length.emplace_back(referrals, organisation);
  }
  std::sort(by_length.rbegin(), by_length.rend());
  std::optional<WorkQueue> longest;
  for (const auto& one : by_length) {
    const std::string& organisation = one.second;
    const std::optional<model::v1::Actor> performer =
        PerformerAt(hub, organisation);
    if (!performer.has_value()) continue;
    const auto waiting = Sure(Await<int64_t>([&](auto done) {
      hub.engine().store().Count(
          engine::ListOf(engine::Table::kQueue, organisation), std::move(done));
    }));
    if (!longest.has_value() || waiting > longest->waiting) {
      longest = WorkQueue{.performer = *performer, .waiting = waiting};
    }
    if (waiting >= kPageRows) break;
  }
  return longest;
}

// A folder made before is taken as it is, unless it is to be made anew.
absl::Status MakeOnce(const Setting& setting, int64_t cases,
                      const fs::path& made) {
  std::error_code error;
  if (setting.fresh) fs::remove_all(made, error);
  if (fs::exists(made / services::kConfigName)) return absl::OkStatus();
  // Under another name until it is whole.
  const fs::path making = made.string() + ".new";
  fs::remove_all(making, error);
  fs::create_directories(making.parent_path(), error);
  CAREROUTE_RETURN_IF_ERROR(Generate(
      {.folder = making.string(), .cases = cases, .seed = setting.seed}));
  fs::rename(making, made, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat(made.string(), " could not be made: ", error.message()));
  }
  return absl::OkStatus();
}

}  // namespace

GeneratedStore::GeneratedStore(const std::string& made, std::string copy)
    : folder_(std::move(copy)) {
  std::error_code error;
  fs::remove_all(folder_, error);
  fs::copy(made, folder_, fs::copy_options::recursive, error);
  if (error) {
    Sure(absl::UnavailableError(
        absl::StrCat(made, " could not be copied: ", error.message(),
                     "; it needs as much room again as it takes, beside it")));
  }
  SettleFiles(folder_);
  const std::unique_ptr<BenchHub> hub = Open(0);
  overdue_ = OverdueIn(*hub);
  LookAtCases(*hub);
}

GeneratedStore::~GeneratedStore() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string GeneratedStore::config() const {
  return absl::StrCat(folder_, "/", services::kConfigName);
}

std::unique_ptr<BenchHub> GeneratedStore::Open(size_t cached_cases) const {
  base::Problems problems;
  const config::v1::HubConfig config =
      services::LoadHubConfig({.file = this->config()}, problems);
  Sure(problems.ToStatus());
  return std::make_unique<BenchHub>(BenchHub::Options{
      .sqlite = services::SqlitePathOf(config),
      .keys = Sure(registry::LoadKeyRingFile(config.key_ring())),
      .hub_id = config.hub_id(),
      .cached_cases = cached_cases});
}

void GeneratedStore::LookAtCases(BenchHub& hub) {
  std::map<std::string, int> waiting;
  const std::set<base::Uid> sample = SampleOf(hub);
  for (const base::Uid& uid : sample) {
    const auto reading = Sure(Await<engine::CaseReading>(
        [&](auto done) { hub.engine().cases().Read(uid, std::move(done)); }));
    const casework::Case& state = *reading.state;
    if (state.ending.has_value() || state.erased) continue;
    cases_.push_back(
        {.name = absl::StrCat("cases/", uid.Hex()),
         .coordinator =
             ActorOf(state.coordinator, model::v1::ACTOR_ROLE_COORDINATOR)});
    for (const casework::Referral& referral : state.referrals) {
      if (!casework::IsOpen(casework::StateOf(referral))) continue;
      const absl::string_view queue = casework::QueueOf(referral);
      ++waiting[std::string(queue.data(), queue.size())];
    }
  }
  CAREROUTE_CHECK(!cases_.empty());
  open_of_100_ = 100 * static_cast<double>(cases_.size()) /
                 static_cast<double>(sample.size());
  queue_ = FullQueue(hub, waiting);
}

absl::StatusOr<GeneratedStore*> GeneratedStores::Get(int64_t cases) {
  std::unique_ptr<GeneratedStore>& store = stores_[cases];
  if (store == nullptr) {
    const std::string made =
        absl::StrCat(setting_.cache, "/", cases, "-cases-seed-", setting_.seed);
    CAREROUTE_RETURN_IF_ERROR(MakeOnce(setting_, cases, made));
    store = std::make_unique<GeneratedStore>(made, absl::StrCat(made, ".copy"));
  }
  return store.get();
}

}  // namespace careroute::bench
