#include "bindings/c/internal/world.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bindings/c/internal/handles.h"
#include "lib/api/methods.h"
#include "lib/base/status_macros.h"

namespace careroute::bindings {
namespace {

absl::Status Busy() {
  return absl::FailedPreconditionError(
      "world: another thread, or the callback of a function that still runs, "
      "is using it; a world is for one thread at a time");
}

absl::Status Down(const std::string& id) {
  return absl::UnavailableError(absl::StrCat(
      "hub ", id, " is down; start it with careroute_world_start"));
}

absl::Status NobodyAnswered() {
  return absl::DeadlineExceededError("nobody answered in this time");
}

}  // namespace

class World::Turn {
 public:
  explicit Turn(World& world)
      : world_(world), mine_(!world.busy_.exchange(true)) {}
  ~Turn() { End(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  [[nodiscard]] bool mine() const { return mine_; }
  [[nodiscard]] absl::Status Check() const {
    if (!mine_) return Busy();
    if (!world_.closed_) return absl::OkStatus();
    return absl::FailedPreconditionError("world: is closed");
  }
  void End() {
    if (std::exchange(mine_, false)) world_.busy_ = false;
  }

 private:
  World& world_;
  bool mine_;
};

World::Door::Door(testing::SimulatedHub& hub)
    : engine(hub.engine()),
      actors({.engine = engine}),
      pipeline({.engine = engine,
                .actors = actors,
                .table = table,
                .peers = &hub.exchange().desk()}) {
  api::AddAllMethods(pipeline);
}

// --- A watch -----------------------------------------------------------------

class World::WorldWatch final : public Watch {
 public:
  WorldWatch(std::shared_ptr<World> world, WatchListPtr list,
             std::shared_ptr<WatchSink> sink)
      : world_(std::move(world)),
        sink_(std::move(sink)),
        listed_(std::move(list), sink_) {}

  [[nodiscard]] absl::Status Check() const { return listed_.Check(); }

  [[nodiscard]] Answered Next(absl::Duration timeout) override {
    const Turn turn(*world_);
    if (absl::Status mine = turn.Check(); !mine.ok()) return {.reply = mine};
    return Take(timeout);
  }

  [[nodiscard]] Answered NextStart(Answer answer) override {
    Turn turn(*world_);
    if (absl::Status mine = turn.Check(); !mine.ok()) {
      answer.Release();
      return {.reply = mine};
    }
    Answered next = Take(absl::InfiniteDuration());
    turn.End();  // so that the callback may ask for the one after
    std::move(answer)(std::move(next));
    return {.reply = std::string()};
  }

  [[nodiscard]] absl::Status Cancel() override {
    const Turn turn(*world_);
    if (!turn.mine()) return Busy();
    // A world that is closed has stopped it.
    if (!world_->closed_) sink_->Cancel();
    return absl::OkStatus();
  }

 private:
  Answered Take(absl::Duration timeout) {
    std::optional<Answered> taken;
    const bool came = world_->RunUntil(
        [&] {
          taken = sink_->Take();
          return taken.has_value();
        },
        timeout);
    if (came) return *std::move(taken);
    return {.reply = NobodyAnswered()};
  }

  const std::shared_ptr<World> world_;
  const std::shared_ptr<WatchSink> sink_;
  const ListedWatch listed_;
};

// --- A hub -------------------------------------------------------------------

class World::WorldHub final : public Hub {
 public:
  WorldHub(std::shared_ptr<World> world, std::string id)
      : world_(std::move(world)), id_(std::move(id)) {}

  [[nodiscard]] absl::StatusOr<std::string> Call(Request request) override {
    const Turn turn(*world_);
    CAREROUTE_RETURN_IF_ERROR(turn.Check());
    return CallInTurn(std::move(request));
  }

  [[nodiscard]] absl::StatusOr<uint64_t> Start(Request request,
                                               Answer answer) override {
    Turn turn(*world_);
    absl::Status begun = turn.Check();
    if (begun.ok()) begun = CheckMethod(request, Shape::kUnary);
    if (!begun.ok()) {
      answer.Release();
      return begun;
    }
    absl::StatusOr<std::string> reply = CallInTurn(std::move(request));
    turn.End();
    std::move(answer)({.reply = std::move(reply)});
    return uint64_t{0};  // it is over
  }

  // Every call is over when its function returns.
  void CancelCall(uint64_t /*call*/) override {}

  [[nodiscard]] absl::StatusOr<std::shared_ptr<Watch>> OpenWatch(
      Request request) override {
    const Turn turn(*world_);
    CAREROUTE_RETURN_IF_ERROR(turn.Check());
    CAREROUTE_ASSIGN_OR_RETURN(Door* const door, world_->DoorOf(id_));
    CAREROUTE_ASSIGN_OR_RETURN(
        const api::Method* const method,
        FindMethod(door->table, request.call->method, Shape::kStream));
    const auto sink = std::make_shared<WatchSink>(WatchSink::Options{
        .call = request.call, .poster = world_->poster_, .on_finished = [] {}});
    auto watch =
        std::make_shared<WorldWatch>(world_, world_->watches_[id_], sink);
    CAREROUTE_RETURN_IF_ERROR(watch->Check());
    if (request.timeout != absl::InfiniteDuration()) {
      world_->world_->executor().PostAt(
          world_->world_->clock().Now() + request.timeout,
          [weak = std::weak_ptr<WatchSink>(sink)] {
            if (const auto expired = weak.lock()) expired->Expire();
          });
    }
    method->stream(request.call, std::move(request.body), sink);
    return watch;
  }

  [[nodiscard]] absl::StatusOr<absl::Time> Now() override {
    const Turn turn(*world_);
    CAREROUTE_RETURN_IF_ERROR(turn.Check());
    return world_->world_->hub(id_).clock().Now();
  }

  [[nodiscard]] absl::Status Advance(absl::Duration by) override {
    return world_->Run(by);
  }

  [[nodiscard]] absl::StatusOr<std::string> Methods() override {
    const Turn turn(*world_);
    CAREROUTE_RETURN_IF_ERROR(turn.Check());
    CAREROUTE_ASSIGN_OR_RETURN(Door* const door, world_->DoorOf(id_));
    return MethodsOf(door->table);
  }

  [[nodiscard]] absl::Status Close(absl::Duration /*drain*/) override {
    return absl::OkStatus();  // the world keeps it
  }

 private:
  [[nodiscard]] absl::Status CheckMethod(const Request& request, Shape shape) {
    CAREROUTE_ASSIGN_OR_RETURN(Door* const door, world_->DoorOf(id_));
    return FindMethod(door->table, request.call->method, shape).status();
  }

  absl::StatusOr<std::string> CallInTurn(Request request) {
    CAREROUTE_ASSIGN_OR_RETURN(Door* const door, world_->DoorOf(id_));
    CAREROUTE_ASSIGN_OR_RETURN(
        const api::Method* const method,
        FindMethod(door->table, request.call->method, Shape::kUnary));
    const auto answer =
        std::make_shared<std::optional<absl::StatusOr<std::string>>>();
    method->unary(request.call, std::move(request.body),
                  [answer](absl::StatusOr<std::string> reply) {
                    *answer = std::move(reply);
                  });
    if (world_->RunUntil([&] { return answer->has_value(); },
                         request.timeout)) {
      return std::move(**answer);
    }
    Leave(*request.call, Leaving::kExpired);
    return NobodyAnswered();
  }

  const std::shared_ptr<World> world_;
  const std::string id_;
};

// --- The world ---------------------------------------------------------------

absl::StatusOr<std::shared_ptr<World>> World::Open(const std::string& config) {
  CAREROUTE_ASSIGN_OR_RETURN(WorldPlan plan, ReadWorldConfig(config));
  std::shared_ptr<World> world(new World(std::move(plan)));
  CAREROUTE_RETURN_IF_ERROR(world->world_->TryOpen(world->plan_.pathways));
  return world;
}

World::World(WorldPlan plan)
    : plan_(std::move(plan)),
      world_(std::make_unique<testing::SimulatedWorld>(
          testing::SimulatedWorld::Options{.seed = plan_.seed,
                                           .calendars = plan_.calendars,
                                           .measures = &plan_.measures,
                                           .instruments = &plan_.instruments,
                                           .start = plan_.start})),
      poster_(std::make_shared<Poster>(world_->executor())) {
  for (const testing::HubPlan& hub : plan_.hubs) {
    ids_.push_back(hub.id);
    watches_.emplace(hub.id, std::make_shared<WatchList>());
    world_->AddHub(hub);
  }
}

absl::Status World::Close() {
  const Turn turn(*this);
  CAREROUTE_RETURN_IF_ERROR(turn.Check());
  closed_ = true;
  for (const auto& [id, list] : watches_) {
    list->StopAll(absl::UnavailableError("the world is closed"));
  }
  poster_->Close();
  for (careroute_hub* const hub : hubs_given_) {
    TakeHandle<Hub>(hub).status().IgnoreError();  // unless it was let go
  }
  world_ = nullptr;
  doors_.clear();
  return absl::OkStatus();
}

absl::StatusOr<careroute_hub*> World::GiveHub(const std::string& id) {
  const Turn turn(*this);
  CAREROUTE_RETURN_IF_ERROR(turn.Check());
  CAREROUTE_RETURN_IF_ERROR(CheckHub(id));
  hubs_given_.push_back(
      AddHandle<Hub>(std::make_shared<WorldHub>(shared_from_this(), id)));
  return hubs_given_.back();
}

absl::Status World::CheckHub(const std::string& id) const {
  if (std::find(ids_.begin(), ids_.end(), id) != ids_.end()) {
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("id: this world has no hub ", id));
}

absl::StatusOr<World::Door*> World::DoorOf(const std::string& id) {
  testing::SimulatedHub& hub = world_->hub(id);
  if (!hub.serves()) return Down(id);
  std::vector<std::unique_ptr<Door>>& doors = doors_[id];
  if (doors.empty() || &doors.back()->engine != &hub.engine()) {
    doors.push_back(std::make_unique<Door>(hub));
  }
  return doors.back().get();
}

bool World::RunUntil(absl::FunctionRef<bool()> holds, absl::Duration within) {
  const absl::Time end =
      world_->clock().Now() + std::min(within, testing::kAnswerWithin);
  world_->executor().RunReady();
  while (!holds()) {
    if (world_->clock().Now() >= end) return false;
    world_->executor().RunUntil(
        std::min(end, world_->clock().Now() + absl::Milliseconds(1)));
  }
  return true;
}

absl::Status World::Run(absl::Duration by) {
  const Turn turn(*this);
  CAREROUTE_RETURN_IF_ERROR(turn.Check());
  if (by > kRunMax) {
    return absl::InvalidArgumentError(
        "by_us: is more than ten years; a world looks around once a minute");
  }
  world_->Run(by);
  return absl::OkStatus();
}

absl::Status World::Crash(const std::string& id) {
  const Turn turn(*this);
  CAREROUTE_RETURN_IF_ERROR(turn.Check());
  CAREROUTE_RETURN_IF_ERROR(CheckHub(id));
  if (!world_->hub(id).serves()) {
    return absl::FailedPreconditionError(
        absl::StrCat("hub ", id, " is down already"));
  }
  world_->hub(id).Crash();
  watches_[id]->StopAll(Down(id));
  return absl::OkStatus();
}

absl::Status World::Start(const std::string& id) {
  const Turn turn(*this);
  CAREROUTE_RETURN_IF_ERROR(turn.Check());
  CAREROUTE_RETURN_IF_ERROR(CheckHub(id));
  testing::SimulatedHub& hub = world_->hub(id);
  if (hub.serves()) {
    return absl::FailedPreconditionError(absl::StrCat("hub ", id, " runs"));
  }
  hub.Start();
  if (RunUntil([&hub] { return hub.serves(); }, testing::kAnswerWithin)) {
    return absl::OkStatus();
  }
  // So that it can be tried again.
  hub.Crash();
  return absl::UnavailableError(absl::StrCat("hub ", id, " did not start"));
}

absl::Status World::SetNetwork(const std::string& faults) {
  const Turn turn(*this);
  CAREROUTE_RETURN_IF_ERROR(turn.Check());
  CAREROUTE_ASSIGN_OR_RETURN(FaultPlan plan, ReadNetworkFaults(faults, ids_));
  for (const auto& [from, to] : network_.cut) {
    world_->network().Mend(from, to);
  }
  for (const auto& [from, to] : plan.cut) world_->network().Cut(from, to);
  world_->network().set_faults(plan.faults);
  network_ = std::move(plan);
  return absl::OkStatus();
}

}  // namespace careroute::bindings
