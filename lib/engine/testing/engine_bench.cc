#include "lib/engine/testing/engine_bench.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/base/hash.h"
#include "lib/engine/testing/test_files.h"
#include "lib/measures/testing/shipped.h"
#include "lib/pathway/bind.h"

namespace careroute::engine::testing {
namespace {

constexpr char kRegion[] = "RU-KHA";
constexpr absl::Time kStart = absl::FromUnixSeconds(1772409600);

std::string NameOf(const std::string& organisation) {
  return absl::StrCat("organisations/", organisation);
}

std::string NameOf(const std::string& organisation, const std::string& member) {
  return absl::StrCat(NameOf(organisation), "/members/", member);
}

// Khabarovsk is ten hours east of UTC.
absl::CivilDay DayAt(absl::Time time) {
  return absl::ToCivilDay(time, absl::FixedTimeZone(10 * 60 * 60));
}

model::v1::Actor Hub() {
  return EngineBench::Actor("hub", "hub", model::v1::ACTOR_ROLE_HUB);
}

}  // namespace

BenchTime::BenchTime() : clock(kStart) {}

EngineBench::EngineBench(std::shared_ptr<BenchTime> time, uint64_t number,
                         Hubs hubs, std::string hub_id)
    : hub_id_(std::move(hub_id)),
      time_(std::move(time)),
      random_(number),
      store_({.executor = time_->executor,
              .uid = {.high = 1, .low = number},
              .created = kStart,
              .exclusive = hubs == Hubs::kOne}),
      keys_(registry::KeyRing::Generate(random_, kStart)),
      calendars_(LoadCalendars()),
      measures_(measures::testing::ShippedSets()) {
  Restart();
  Put(Describe("clinic", model::v1::AGENCY_KIND_HEALTH));
  Put(Describe("office", model::v1::AGENCY_KIND_SOCIAL));
  Publish(Route("test-route"));
}

Engine::Options EngineBench::OptionsWith(
    const base::MonotonicClock* monotonic) {
  return {.store = store_,
          .clock = clock(),
          .random = random_,
          .executor = executor(),
          .keys = keys_,
          .hub_id = hub_id_,
          .calendars = calendars_,
          .measures = &measures_,
          .instruments = &instruments_,
          .monotonic = monotonic};
}

void EngineBench::Start(Engine& engine) {
  absl::Status ready = absl::UnknownError("nobody answered");
  engine.Start([&ready](absl::Status status) { ready = status; });
  executor().RunReady();
  CAREROUTE_CHECK(ready.ok());
}

void EngineBench::Restart(const base::MonotonicClock* monotonic) {
  engine_.emplace(OptionsWith(monotonic));
  Start(*engine_);
}

std::unique_ptr<Engine> EngineBench::Join() {
  auto engine = std::make_unique<Engine>(OptionsWith(nullptr));
  Start(*engine);
  return engine;
}

model::v1::Actor EngineBench::Actor(const std::string& organisation,
                                    const std::string& member,
                                    model::v1::ActorRole role) {
  model::v1::Actor actor;
  actor.set_organisation(NameOf(organisation));
  actor.set_member(NameOf(organisation, member));
  actor.set_role(role);
  actor.set_purpose("care");
  return actor;
}

RequestInfo EngineBench::Info(const model::v1::Actor& actor,
                              std::string request_id) {
  if (request_id.empty()) request_id = absl::StrCat("request ", ++requests_);
  return {.actor = actor,
          .request_id = std::move(request_id),
          .body_hash = base::Sha256("body")};
}

// --- Given ------------------------------------------------------------------

model::v1::Organisation EngineBench::Describe(const std::string& organisation,
                                              model::v1::AgencyKind kind) {
  model::v1::Organisation made;
  made.set_name(NameOf(organisation));
  made.set_title(organisation);
  made.set_kind(kind);
  made.set_region(kRegion);
  made.set_calendar("ru");
  made.set_zone(kRegion);
  for (const char* member : {"anna", "boris", "hanna"}) {
    model::v1::Member& one = *made.add_members();
    one.set_name(NameOf(organisation, member));
    one.set_display_name(absl::StrCat(member, " of ", organisation));
    one.add_roles(model::v1::ACTOR_ROLE_COORDINATOR);
  }
  made.set_duty_coordinator(made.members(0).name());
  made.set_duty_deputy(made.members(1).name());
  made.set_head(made.members(2).name());
  return made;
}

Reply EngineBench::Put(const model::v1::Organisation& organisation) {
  Organisations::ExecuteRequest request{.info = Info(Hub()),
                                        .organisation = organisation.name()};
  *request.command.mutable_put()->mutable_organisation() = organisation;
  const absl::StatusOr<Reply> reply = Wait<Reply>([&](base::Done<Reply> done) {
    engine_->organisations().Execute(std::move(request), std::move(done));
  });
  CAREROUTE_CHECK(reply.ok());
  return *reply;
}

Reply EngineBench::Change(const std::string& organisation,
                          const std::string& command) {
  Organisations::ExecuteRequest request{.info = Info(Hub()),
                                        .organisation = NameOf(organisation)};
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(command, &request.command));
  const absl::StatusOr<Reply> reply = Wait<Reply>([&](base::Done<Reply> done) {
    engine_->organisations().Execute(std::move(request), std::move(done));
  });
  CAREROUTE_CHECK(reply.ok());
  return *reply;
}

model::v1::Pathway EngineBench::Route(const std::string& id) {
  model::v1::Pathway pathway =
      ReadPathway("lib/casework/testdata/test-route.textproto");
  pathway.set_id(id);
  pathway.set_jurisdiction(kRegion);
  return pathway;
}

void EngineBench::Publish(const model::v1::Pathway& pathway) {
  Editions::PublishRequest request{
      .info = Info(Hub()),
      .bound = pathway::SerializeBound(pathway),
      .make_answer = [](const model::v1::PublishedEdition&) {
        return std::string();
      }};
  const absl::StatusOr<Reply> reply = Wait<Reply>([&](base::Done<Reply> done) {
    engine_->editions().Publish(std::move(request), std::move(done));
  });
  if (reply.ok() && !reply->refusal.has_value()) return;
  ADD_FAILURE() << (reply.ok()
                        ? reply->refusal->ShortDebugString().substr(0, 1000)
                        : reply.status().ToString());
}

// --- When -------------------------------------------------------------------

Report EngineBench::ReportOf(const Need& need) {
  Report report{.info = Info(Actor(need.by, "anna"), need.request_id),
                .pathway = need.pathway};
  report.details.set_entry(need.entry);
  model::v1::Identity& identity = *report.person.mutable_identity();
  identity.set_family_name("Ёлкина");
  identity.set_given_name("Вера");
  identity.set_birth_date("2023-05-06");
  identity.set_snils(need.snils);
  return report;
}

absl::StatusOr<ReportTaken> EngineBench::Take(Report report) {
  return Wait<ReportTaken>([&](base::Done<ReportTaken> done) {
    engine_->reports().Take(std::move(report), std::move(done));
  });
}

base::Uid EngineBench::Open(const Need& need) {
  const absl::StatusOr<ReportTaken> taken = Take(ReportOf(need));
  CAREROUTE_CHECK(taken.ok());
  if (taken->refusal.has_value()) {
    ADD_FAILURE() << taken->refusal->DebugString();
  }
  const absl::StatusOr<base::Uid> uid = ParseName("reports/", taken->report);
  CAREROUTE_CHECK(uid.ok());
  return *uid;
}

Cases::ExecuteRequest EngineBench::Asking(const base::Uid& uid,
                                          const std::string& command) {
  Cases::ExecuteRequest request{.info = Info(Actor("clinic", "anna")),
                                .case_uid = uid};
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(command, &request.command));
  return request;
}

absl::StatusOr<Reply> EngineBench::Execute(Cases::ExecuteRequest request) {
  return Wait<Reply>([&](base::Done<Reply> done) {
    engine_->cases().Execute(std::move(request), std::move(done));
  });
}

Reply EngineBench::Do(const base::Uid& uid, const std::string& command) {
  const absl::StatusOr<Reply> reply = Execute(Asking(uid, command));
  CAREROUTE_CHECK(reply.ok());
  if (reply->refusal.has_value()) {
    ADD_FAILURE() << command
                  << " is refused: " << reply->refusal->DebugString();
  }
  return *reply;
}

base::Uid EngineBench::Register(const command::v1::RegisterPerson& person) {
  Persons::ResolveRequest request{
      .info = Info(Actor("clinic", "anna", model::v1::ACTOR_ROLE_REGISTRAR)),
      .today = DayAt(clock().Now()),
      .command = person};
  const absl::StatusOr<Persons::Resolved> resolved =
      Wait<Persons::Resolved>([&](base::Done<Persons::Resolved> done) {
        engine_->persons().Resolve(std::move(request), std::move(done));
      });
  CAREROUTE_CHECK(resolved.ok() && resolved->person != nullptr);
  return resolved->person->uid;
}

absl::StatusOr<Reply> EngineBench::TryChange(const base::Uid& person,
                                             const std::string& command) {
  Persons::ExecuteRequest request{
      .info = Info(Actor("clinic", "anna", model::v1::ACTOR_ROLE_REGISTRAR)),
      .uid = person,
      .today = DayAt(clock().Now())};
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(command, &request.command));
  return Wait<Reply>([&](base::Done<Reply> done) {
    engine_->persons().Execute(std::move(request), std::move(done));
  });
}

Reply EngineBench::Change(const base::Uid& person, const std::string& command) {
  const absl::StatusOr<Reply> reply = TryChange(person, command);
  CAREROUTE_CHECK(reply.ok());
  if (reply->refusal.has_value()) {
    ADD_FAILURE() << command
                  << " is refused: " << reply->refusal->DebugString();
  }
  return *reply;
}

int EngineBench::RunDue() {
  const absl::StatusOr<int> fired = Wait<int>([this](base::Done<int> done) {
    engine_->RunDue(clock().Now(), std::move(done));
  });
  EXPECT_TRUE(fired.ok()) << fired.status();
  return fired.ok() ? *fired : 0;
}

// --- Then -------------------------------------------------------------------

CaseReading EngineBench::Read(const base::Uid& uid) {
  absl::StatusOr<CaseReading> reading =
      Wait<CaseReading>([&](base::Done<CaseReading> done) {
        engine_->cases().Read(uid, std::move(done));
      });
  CAREROUTE_CHECK(reading.ok());
  return *std::move(reading);
}

OpenPersonPtr EngineBench::Person(const base::Uid& uid) {
  absl::StatusOr<OpenPersonPtr> person =
      Wait<OpenPersonPtr>([&](base::Done<OpenPersonPtr> done) {
        engine_->persons().Open(uid, std::move(done));
      });
  CAREROUTE_CHECK(person.ok());
  return *std::move(person);
}

int32_t EngineBench::Number(const base::Uid& uid, const std::string& step) {
  for (const casework::Occurrence& one : Read(uid).state->occurrences) {
    if (one.step == step) return one.number;
  }
  return 0;
}

std::vector<event::v1::CaseEvent> EngineBench::Events(const base::Uid& uid) {
  const absl::StatusOr<CaseHistoryPage> page =
      Wait<CaseHistoryPage>([&](base::Done<CaseHistoryPage> done) {
        engine_->cases().ReadHistory({.case_uid = uid}, std::move(done));
      });
  CAREROUTE_CHECK(page.ok() && !page->more);
  std::vector<event::v1::CaseEvent> events;
  for (const CaseHistory& one : page->events) events.push_back(one.event);
  return events;
}

std::vector<base::Uid> EngineBench::AllCases() {
  const absl::StatusOr<store::StreamPage> page =
      Wait<store::StreamPage>([this](base::Done<store::StreamPage> done) {
        store_.ListStreams({.kind = store::StreamKind::kCase}, std::move(done));
      });
  CAREROUTE_CHECK(page.ok() && !page->more);
  std::vector<base::Uid> all;
  for (const store::StreamHead& one : page->streams) {
    all.push_back(one.stream.id);
  }
  return all;
}

std::vector<store::OutboxRow> EngineBench::Waiting() {
  const absl::StatusOr<store::OutboxPage> page =
      Wait<store::OutboxPage>([this](base::Done<store::OutboxPage> done) {
        store_.ListOutbox({}, std::move(done));
      });
  CAREROUTE_CHECK(page.ok() && !page->more);
  return page->rows;
}

}  // namespace careroute::engine::testing
