#include "tests/bench/hub_world.h"

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/hash.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/engine/persons.h"
#include "lib/store/memory/memory_store.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "services/hub/await.h"
#include "tests/bench/case_world.h"

namespace careroute::bench {
namespace {

using casework::testing::CaseStage;
using engine::Cases;
using engine::Reply;
using services::Await;
using services::AwaitStatus;

// As a hub has them on two cores.
constexpr int kThreads = 2;

constexpr char kClinic[] = "organisations/clinic";
constexpr char kCentre[] = "organisations/centre";

template <typename T>
T Sure(absl::StatusOr<T> answer) {
  if (!answer.ok()) {
    std::fprintf(stderr, "%s\n", answer.status().ToString().c_str());
  }
  CAREROUTE_CHECK(answer.ok());
  return *std::move(answer);
}

void Accepted(const absl::StatusOr<Reply>& reply) {
  if (reply.ok() && reply->refusal.has_value()) {
    std::fprintf(stderr, "%s\n", reply->refusal->ShortDebugString().c_str());
  }
  CAREROUTE_CHECK(reply.ok() && !reply->refusal.has_value());
}

model::v1::Organisation Organisation(absl::string_view name,
                                     model::v1::AgencyKind kind) {
  model::v1::Organisation organisation;
  organisation.set_name(std::string(name));
  organisation.set_title("measured");
  organisation.set_kind(kind);
  organisation.set_region("RU-KHA");
  organisation.set_calendar("ru");
  organisation.set_zone("RU-KHA");
  for (const char* id : {"anna", "boris", "hanna", "m1"}) {
    model::v1::Member& member = *organisation.add_members();
    member.set_name(absl::StrCat(name, "/members/", id));
    member.set_kind(model::v1::MEMBER_KIND_PERSON);
    member.add_roles(model::v1::ACTOR_ROLE_COORDINATOR);
    member.add_roles(model::v1::ACTOR_ROLE_PERFORMER);
  }
  organisation.set_duty_coordinator(absl::StrCat(name, "/members/anna"));
  organisation.set_duty_deputy(absl::StrCat(name, "/members/boris"));
  organisation.set_head(absl::StrCat(name, "/members/hanna"));
  return organisation;
}

}  // namespace

HubWorld::HubWorld(Options options)
    : calendars_(CaseStage().calendars()),
      keys_(registry::KeyRing::Generate(random_, clock_.Now())),
      io_pool_({.clock = clock_, .threads = kThreads}),
      pool_({.clock = clock_, .threads = kThreads}),
      cases_(options.cases) {
  OpenStore(options.store);
  engine_ = std::make_unique<engine::Engine>(
      engine::Engine::Options{.store = *store_,
                              .clock = clock_,
                              .random = random_,
                              .executor = pool_,
                              .keys = keys_,
                              .calendars = calendars_});
  CAREROUTE_CHECK(AwaitStatus([this](base::DoneStatus done) {
                    engine_->Start(std::move(done));
                  }).ok());
  ImportOrganisations();
  const std::string hash = PublishEdition();
  for (size_t i = 0; i < cases_.size(); ++i) {
    OpenCase(hash, i);
  }
}

HubWorld::~HubWorld() {
  engine_->Stop();
  pool_.Stop();
  io_pool_.Stop();
}

void HubWorld::OpenStore(StoreKind kind) {
  if (kind == StoreKind::kMemory) {
    store_ = std::make_unique<store::MemoryStore>(
        store::MemoryStoreOptions{.executor = io_pool_,
                                  .uid = base::NewUid(random_),
                                  .clock = store::ClockKind::kReal,
                                  .created = clock_.Now()});
    return;
  }
  store_ = Sure(store::OpenSqliteStore({.executor = io_pool_,
                                        .path = scratch_.File("hub.db"),
                                        .new_uid = base::NewUid(random_),
                                        .now = clock_.Now()}));
}

engine::RequestInfo HubWorld::Info(const model::v1::Actor& actor) {
  const std::string id = base::NewUid(random_).Bytes();
  return {.actor = actor, .request_id = id, .body_hash = base::Sha256(id)};
}

void HubWorld::ImportOrganisations() {
  for (const auto& [name, kind] :
       {std::pair(kClinic, model::v1::AGENCY_KIND_HEALTH),
        std::pair(kCentre, model::v1::AGENCY_KIND_COORDINATION)}) {
    engine::Organisations::ExecuteRequest request{
        .info = Info(CaseStage::Hub()), .organisation = name};
    *request.command.mutable_put()->mutable_organisation() =
        Organisation(name, kind);
    Accepted(Await<Reply>([&](base::Done<Reply> done) {
      engine_->organisations().Execute(std::move(request), std::move(done));
    }));
  }
}

std::string HubWorld::PublishEdition() {
  CaseStage stage;
  engine::Editions::PublishRequest request{
      .info = Info(CaseStage::Hub()),
      .bound = stage.edition().bytes(),
      .make_answer = [](const model::v1::PublishedEdition& published) {
        return published.edition().hash();
      }};
  return Sure(Await<Reply>([&](base::Done<Reply> done) {
           engine_->editions().Publish(std::move(request), std::move(done));
         }))
      .answer;
}

void HubWorld::OpenCase(const std::string& edition_hash, size_t index) {
  const model::v1::Actor actor = CaseStage::Actor("clinic", "m1");
  engine::Persons::ResolveRequest person{.info = Info(actor),
                                         .today = absl::CivilDay(2026, 3, 2)};
  model::v1::Identity& identity = *person.command.mutable_identity();
  identity.set_family_name("Измеренный");
  identity.set_birth_date(absl::FormatCivilTime(absl::CivilDay(2024, 1, 1) +
                                                static_cast<int64_t>(index)));
  const engine::Persons::Resolved resolved =
      Sure(Await<engine::Persons::Resolved>(
          [&](base::Done<engine::Persons::Resolved> done) {
            engine_->persons().Resolve(person, std::move(done));
          }));
  CAREROUTE_CHECK(!resolved.refusal.has_value());
  OneCase& one = cases_[index];
  one.uid = base::NewUid(random_);
  Cases::ExecuteRequest request{.info = Info(actor), .case_uid = one.uid};
  command::v1::OpenCase& open = *request.command.mutable_open_case();
  open.set_person(resolved.person->person.name());
  open.mutable_edition()->set_pathway("test-route");
  open.mutable_edition()->set_hash(edition_hash);
  open.set_entry("report");
  open.set_coordinator(absl::StrCat(kCentre, "/members/anna"));
  open.set_deputy(absl::StrCat(kCentre, "/members/boris"));
  Accepted(Await<Reply>([&](base::Done<Reply> done) {
    engine_->cases().Execute(std::move(request), std::move(done));
  }));
  const auto opened = Sure(Await<engine::CaseReading>(
      [&](auto done) { engine_->cases().Read(one.uid, std::move(done)); }));
  one.next_occurrence = opened.state->next.occurrence;
}

Cases::ExecuteRequest HubWorld::NextMove(OneCase& one) {
  Cases::ExecuteRequest request{.info = Info(CaseStage::Coordinator()),
                                .case_uid = one.uid};
  if (one.live) {
    command::v1::CompleteStep& complete =
        *request.command.mutable_complete_step();
    complete.set_occurrence(one.next_occurrence++);
    complete.set_outcome("well");
  } else {
    request.command.mutable_start_step()->set_step("welfare");
  }
  one.live = !one.live;
  return request;
}

void HubWorld::Move(size_t index) {
  Accepted(Await<Reply>([&](base::Done<Reply> done) {
    engine_->cases().Execute(NextMove(cases_[index]), std::move(done));
  }));
}

void HubWorld::MoveAll() {
  std::atomic<size_t> waiting = cases_.size();
  CAREROUTE_CHECK(
      AwaitStatus([&](base::DoneStatus done) {
        auto last = std::make_shared<base::DoneStatus>(std::move(done));
        for (OneCase& one : cases_) {
          engine_->cases().Execute(
              NextMove(one), [last, &waiting](absl::StatusOr<Reply> reply) {
                Accepted(reply);
                if (--waiting == 0) {
                  std::move (*last)(absl::OkStatus());
                }
              });
        }
      }).ok());
}

std::string HubWorld::NewestEvent(size_t index) {
  const store::StreamId stream = {.kind = store::StreamKind::kCase,
                                  .id = cases_[index].uid};
  const auto head = Sure(Await<store::StreamHead>(
      [&](auto done) { store_->ReadHead(stream, std::move(done)); }));
  const auto page = Sure(Await<store::EventPage>([&](auto done) {
    store_->ReadEvents({.stream = stream, .after_version = head.version - 1},
                       std::move(done));
  }));
  CAREROUTE_CHECK(page.events.size() == 1);
  return page.events.front().bytes;
}

}  // namespace careroute::bench
