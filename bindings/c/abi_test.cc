// The ABI where messages and threads matter: beside it stand the generated
// messages, so that what crosses it can be read.

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/careroute.h"
#include "careroute/config/v1/embedded.pb.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "careroute/testing/v1/world.pb.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "lib/testing/invented.h"

namespace careroute::bindings {
namespace {

constexpr char kOverlay[] = "overlays/demo-region.early-help.textproto";
// Monday, 2 March 2026, 10:00 in Khabarovsk.
constexpr int64_t kStartSeconds = 1772409600;
constexpr char kReportNeed[] = "careroute.api.v1.CaseService.ReportNeed";
constexpr char kWatchCases[] = "careroute.api.v1.CaseService.WatchCases";
constexpr char kGetClock[] = "careroute.testing.v1.ClockService.GetClock";

careroute_bytes ViewOf(const std::string& bytes) {
  return {.data = bytes.data(), .size = bytes.size()};
}

std::string UuidOf(int n) {
  return absl::StrFormat("00000000-0000-4000-8000-%012d", n);
}

// The codes of what was told, in order; a test waits for their number.
class Told {
 public:
  static void Tell(void* context, careroute_result* result) {
    Told& told = *static_cast<Told*>(context);
    told.code_ = result->code;
    careroute_result_free(result);
    ++told.times_;
    told.times_.notify_all();
  }
  void WaitFor(int times) {
    for (int now = times_; now < times; now = times_) times_.wait(now);
  }
  [[nodiscard]] int times() const { return times_; }
  [[nodiscard]] int32_t code() const { return code_; }

 private:
  std::atomic<int> times_{0};
  std::atomic<int32_t> code_{-1};
};

struct Caller {
  std::string organisation = "hub";
  std::string member = "administrator";
  std::string role = "administrator";
};

// A request, with all that it points to.
class Asked {
 public:
  Asked(std::string method, const google::protobuf::Message& body,
        const Caller& caller)
      : method_(std::move(method)),
        body_(body.SerializeAsString()),
        organisation_(absl::StrCat("organisations/", caller.organisation)),
        member_(absl::StrCat(organisation_, "/members/", caller.member)),
        role_(caller.role) {}
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  [[nodiscard]] careroute_request request() const {
    return {.method = ViewOf(method_),
            .body = ViewOf(body_),
            .metadata = pairs_.data(),
            .metadata_count = pairs_.size()};
  }

 private:
  static careroute_bytes Literal(const char* text) {
    return {.data = text, .size = std::char_traits<char>::length(text)};
  }

  const std::string method_;
  const std::string body_;
  const std::string organisation_;
  const std::string member_;
  const std::string role_;
  const std::vector<careroute_pair> pairs_ = {
      {Literal("careroute-organisation"), ViewOf(organisation_)},
      {Literal("careroute-member"), ViewOf(member_)},
      {Literal("careroute-role"), ViewOf(role_)},
      {Literal("careroute-purpose"), Literal("coordination")}};
};

// The code, with what it says where it is not the one expected.
void Expect(careroute_code expected, careroute_result& result) {
  EXPECT_EQ(result.code, expected) << std::string(
      static_cast<const char*>(result.message.data), result.message.size);
  careroute_result_free(&result);
}

model::v1::Organisation Clinic() {
  model::v1::Organisation clinic = testing::InventedOrganisation(
      {.id = "clinic", .kind = model::v1::AGENCY_KIND_HEALTH});
  clinic.set_region("RU-DEMO");
  for (model::v1::Member& member : *clinic.mutable_members()) {
    member.set_kind(model::v1::MEMBER_KIND_PERSON);
  }
  model::v1::Member& registrar = *clinic.add_members();
  registrar.set_name("organisations/clinic/members/registrar");
  registrar.set_kind(model::v1::MEMBER_KIND_PERSON);
  registrar.add_roles(model::v1::ACTOR_ROLE_REGISTRAR);
  return clinic;
}

careroute_hub* OpenHub() {
  config::v1::EmbeddedConfig config;
  config.mutable_hub()->set_catalogue(CAREROUTE_CATALOGUE);
  config.mutable_hub()->add_overlays(kOverlay);
  config.mutable_hub()->set_threads(2);
  config.mutable_virtual_start_time()->set_seconds(kStartSeconds);
  careroute_hub* hub = nullptr;
  careroute_result result;
  careroute_hub_open(ViewOf(config.SerializeAsString()), &hub, &result);
  Expect(CAREROUTE_OK, result);
  return hub;
}

void Call(careroute_hub* hub, const Asked& asked) {
  const careroute_request request = asked.request();
  careroute_result result;
  careroute_call(hub, &request, &result);
  Expect(CAREROUTE_OK, result);
}

void ImportClinic(careroute_hub* hub) {
  api::v1::ImportDirectoryRequest import;
  import.set_request_id(UuidOf(1));
  *import.mutable_directory()->add_organisations() = Clinic();
  Call(hub, Asked("careroute.api.v1.DirectoryService.ImportDirectory", import,
                  Caller()));
}

void Report(careroute_hub* hub, int n) {
  api::v1::ReportNeedRequest report;
  report.set_request_id(UuidOf(100 + n));
  report.set_pathway("early-help");
  report.set_entry("health_identification");
  model::v1::Identity& child = *report.mutable_person()->mutable_identity();
  child.set_family_name("Ёлкина");
  child.set_given_name("Анна");
  child.set_birth_date(absl::StrFormat("2025-01-%02d", n));
  child.set_snils(absl::StrFormat("00%07d00", n));
  child.mutable_registered_at()->set_region("RU-DEMO");
  report.mutable_person()->mutable_needs()->set_language("ru");
  command::v1::ProvedCriterion& ground = *report.add_criteria();
  ground.set_criterion("f2025_development");
  ground.mutable_document()->set_kind("development-screening-sheet");
  Call(hub, Asked(kReportNeed, report,
                  {.organisation = "clinic",
                   .member = "registrar",
                   .role = "registrar"}));
}

// For what never comes: no watch of a test takes as long.
constexpr int64_t kWatchMaxUs = 300'000'000;

careroute_watch* WatchCases(careroute_hub* hub) {
  const Asked asked(kWatchCases, api::v1::WatchCasesRequest(),
                    {.organisation = "clinic",
                     .member = "coordinator",
                     .role = "coordinator"});
  careroute_request request = asked.request();
  request.timeout_us = kWatchMaxUs;
  careroute_watch* watch = nullptr;
  careroute_result result;
  careroute_watch_open(hub, &request, &watch, &result);
  Expect(CAREROUTE_OK, result);
  return watch;
}

// The next message that holds a case.
std::string NextCase(careroute_watch* watch) {
  while (true) {
    careroute_result result;
    careroute_watch_next(watch, CAREROUTE_FOREVER, &result);
    if (result.code != CAREROUTE_OK) {
      Expect(CAREROUTE_OK, result);
      return "";
    }
    api::v1::WatchCasesResponse message;
    EXPECT_TRUE(message.ParseFromArray(result.response.data,
                                       static_cast<int>(result.response.size)));
    careroute_result_free(&result);
    if (message.has_case_()) return message.case_().name();
  }
}

TEST(Abi, AWatchTellsOfEachCaseThatIsOpened) {
  careroute_hub* const hub = OpenHub();
  ImportClinic(hub);
  careroute_watch* const watch = WatchCases(hub);
  Report(hub, 1);
  const std::string first = NextCase(watch);
  Report(hub, 2);
  std::string second = NextCase(watch);
  while (second == first) second = NextCase(watch);
  EXPECT_NE(first, "");
  EXPECT_NE(second, "");
  EXPECT_EQ(careroute_watch_close(watch, nullptr), CAREROUTE_OK);
  EXPECT_EQ(careroute_hub_close(hub, nullptr), CAREROUTE_OK);
}

TEST(Abi, AWatchOfAWorldRunsItUntilSomethingComes) {
  testing::v1::WorldConfig config;
  config.set_seed(7);
  config.set_catalogue(CAREROUTE_CATALOGUE);
  config.add_overlays(kOverlay);
  testing::v1::WorldHub& west = *config.add_hubs();
  west.set_id("west");
  *west.add_organisations() = Clinic();
  config.add_hubs()->set_id("east");
  careroute_world* world = nullptr;
  careroute_result result;
  careroute_world_open(ViewOf(config.SerializeAsString()), &world, &result);
  Expect(CAREROUTE_OK, result);
  careroute_hub* hub = nullptr;
  ASSERT_EQ(careroute_world_hub(world, ViewOf("west"), &hub, nullptr),
            CAREROUTE_OK);
  careroute_watch* const watch = WatchCases(hub);
  careroute_watch_next(watch, 0, &result);
  EXPECT_NE(result.ended, 1);
  careroute_result_free(&result);
  Report(hub, 1);
  EXPECT_NE(NextCase(watch), "");
  EXPECT_EQ(careroute_world_crash(world, ViewOf("west"), nullptr),
            CAREROUTE_OK);
  careroute_watch_next(watch, CAREROUTE_FOREVER, &result);
  EXPECT_EQ(result.ended, 1);
  Expect(CAREROUTE_UNAVAILABLE, result);
  EXPECT_EQ(careroute_watch_close(watch, nullptr), CAREROUTE_OK);
  EXPECT_EQ(careroute_world_close(world, nullptr), CAREROUTE_OK);
}

TEST(Abi, ThreadsThatCallWhileItClosesAreAllAnswered) {
  constexpr int kThreads = 4;
  careroute_hub* const hub = OpenHub();
  std::latch calling(kThreads);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      const Asked asked(kGetClock, testing::v1::GetClockRequest(), Caller());
      const careroute_request request = asked.request();
      careroute_code code = careroute_call(hub, &request, nullptr);
      calling.count_down();
      while (code == CAREROUTE_OK) {
        code = careroute_call(hub, &request, nullptr);
      }
      // While it closes, and once it is closed.
      if (code != CAREROUTE_UNAVAILABLE &&
          code != CAREROUTE_FAILED_PRECONDITION) {
        ++wrong;
      }
    });
  }
  calling.wait();
  EXPECT_EQ(careroute_hub_close(hub, nullptr), CAREROUTE_OK);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Abi, EveryCallThatWasStartedIsAnsweredOnceAlsoWhenTheHubCloses) {
  careroute_hub* const hub = OpenHub();
  const Asked asked(kGetClock, testing::v1::GetClockRequest(), Caller());
  const careroute_request request = asked.request();
  Told told;
  int started = 0;
  for (int i = 0; i < 1000; ++i) {
    uint64_t call = 0;
    if (careroute_call_start(hub, &request, &Told::Tell, &told, &call,
                             nullptr) == CAREROUTE_OK) {
      ++started;
    }
    if (i % 10 == 0) careroute_call_cancel(hub, call, nullptr);
  }
  EXPECT_EQ(started, 1000);
  EXPECT_EQ(careroute_hub_close(hub, nullptr), CAREROUTE_OK);
  told.WaitFor(started);
  EXPECT_EQ(told.times(), started);
}

}  // namespace
}  // namespace careroute::bindings
