// What happens around every handler: who calls, what is wrong with a request,
// and that nothing is done for who has gone.

#include "lib/api/pipeline.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "careroute/api/v1/audit_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/table_bench.h"

namespace careroute::api {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr char kImport[] = "careroute.api.v1.DirectoryService.ImportDirectory";
constexpr char kRegister[] = "careroute.api.v1.RegistryService.RegisterPerson";
constexpr char kCapacity[] = "careroute.api.v1.DirectoryService.ReportCapacity";
constexpr char kAccesses[] = "careroute.api.v1.AuditService.ListAccesses";
constexpr char kOrganisations[] =
    "careroute.api.v1.DirectoryService.ListOrganisations";

// One member begins to work here on 19 April, one ended the day before.
constexpr char kClinicOfTwoDays[] = R"pb(
  organisations {
    name: "organisations/clinic"
    title: "Clinic"
    kind: AGENCY_KIND_HEALTH
    region: "RU-KHA"
    calendar: "ru"
    zone: "RU-KHA"
    members {
      name: "organisations/clinic/members/from_today"
      kind: MEMBER_KIND_PERSON
      roles: ACTOR_ROLE_COORDINATOR
      display_name: "A"
      valid_from: "2025-04-19"
    }
    members {
      name: "organisations/clinic/members/until_yesterday"
      kind: MEMBER_KIND_PERSON
      roles: ACTOR_ROLE_COORDINATOR
      display_name: "B"
      valid_to: "2025-04-18"
    }
    duty_coordinator: "organisations/clinic/members/from_today"
    duty_deputy: "organisations/clinic/members/from_today"
    head: "organisations/clinic/members/from_today"
  }
)pb";

TableBench::Metadata With(TableBench::Metadata caller, const std::string& key,
                          const std::string& value) {
  for (auto& [name, old] : caller) {
    if (name == key) old = value;
  }
  return caller;
}

model::v1::ErrorReason ReasonOf(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  return refusal.has_value() ? refusal->reason()
                             : model::v1::ERROR_REASON_UNSPECIFIED;
}

std::set<std::string> PathsOf(const absl::Status& status) {
  std::set<std::string> paths;
  const auto refusal = RefusalOf(status);
  if (!refusal.has_value()) return paths;
  for (const auto& problem : refusal->problems()) paths.insert(problem.path());
  return paths;
}

TEST(Pipeline, WantsToKnowWhoCalls) {
  TableBench bench;
  const TableBench::Metadata whole = TableBench::Administrator();
  ASSERT_TRUE(bench.Ask(kOrganisations, "", whole).ok());
  for (size_t left_out = 0; left_out < whole.size(); ++left_out) {
    TableBench::Metadata caller = whole;
    caller.erase(caller.begin() + static_cast<std::ptrdiff_t>(left_out));
    const absl::Status status = bench.Ask(kOrganisations, "", caller).status();
    EXPECT_EQ(ReasonOf(status), model::v1::ERROR_REASON_UNKNOWN_ACTOR)
        << whole[left_out].first;
  }
}

TEST(Pipeline, KnowsNobodyThatTheDirectoryDoesNot) {
  TableBench bench;
  const TableBench::Metadata whole = TableBench::Administrator();
  for (const TableBench::Metadata& caller :
       {With(whole, "careroute-member", "organisations/hub/members/other"),
        With(whole, "careroute-organisation", "organisations/other"),
        With(whole, "careroute-role", "coordinator"),
        With(whole, "careroute-role", "hub"),
        With(whole, "careroute-purpose", "curiosity"),
        With(whole, "careroute-member", std::string(100000, 'x'))}) {
    EXPECT_EQ(ReasonOf(bench.Ask(kOrganisations, "", caller).status()),
              model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  }
}

// Only those of published pathways, and also after a restart.
TEST(Pipeline, AcceptsThePurposesThatPublishedPathwaysDeclare) {
  TableBench bench;
  const TableBench::Metadata caller =
      With(TableBench::Administrator(), "careroute-purpose", "early-help");
  EXPECT_EQ(ReasonOf(bench.Ask(kOrganisations, "", caller).status()),
            model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  model::v1::Pathway pathway;
  pathway.set_id("early-help");
  pathway.set_edition("1");
  pathway.add_languages("en");
  pathway.add_purposes("early-help");
  bench.Publish(pathway);
  EXPECT_TRUE(bench.Ask(kOrganisations, "", caller).ok());
  engine::Editions again({.store = bench.engine().store(),
                          .clock = bench.engine().clock(),
                          .executor = bench.executor()});
  EXPECT_FALSE(again.DeclaresPurpose("early-help"));
  again.Start([](absl::Status ready) { EXPECT_TRUE(ready.ok()) << ready; });
  bench.executor().RunReady();
  EXPECT_TRUE(again.DeclaresPurpose("early-help"));
}

// The clock of the bench says 18 April, 18:13 UTC: in Khabarovsk it is the
// 19th.
TEST(Pipeline, CountsTheDaysOfAMemberWhereItWorks) {
  TableBench bench;
  bench.Import(kClinicOfTwoDays);
  const auto ask = [&](const std::string& member) {
    return bench
        .Ask(kOrganisations, "",
             {{"careroute-organisation", "organisations/clinic"},
              {"careroute-member", "organisations/clinic/members/" + member},
              {"careroute-role", "coordinator"},
              {"careroute-purpose", "care"}})
        .status();
  };
  EXPECT_TRUE(ask("from_today").ok()) << ask("from_today");
  EXPECT_EQ(ReasonOf(ask("until_yesterday")),
            model::v1::ERROR_REASON_UNKNOWN_ACTOR);
}

TEST(Pipeline, LetsNoOtherRoleCall) {
  TableBench bench;
  v1::RegisterPersonRequest request;
  const absl::Status status = bench
                                  .Ask(kRegister, request.SerializeAsString(),
                                       TableBench::Administrator())
                                  .status();
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_EQ(ReasonOf(status), model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

TEST(Pipeline, NamesEveryProblemOfARequestAtOnce) {
  TableBench bench;
  v1::ImportDirectoryRequest request;
  request.set_request_id("no uuid");
  request.mutable_directory()->add_organisations()->set_name("clinic");
  request.mutable_directory()->add_organisations()->set_region(
      std::string(10000, 'R'));
  const absl::Status status = bench
                                  .Ask(kImport, request.SerializeAsString(),
                                       TableBench::Administrator())
                                  .status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(PathsOf(status),
              IsSupersetOf({"request_id", "directory.organisations[0].name",
                            "directory.organisations[1].name",
                            "directory.organisations[1].region"}));
}

TEST(Pipeline, SaysWhyBytesAreNoRequest) {
  TableBench bench;
  for (const std::string& bytes :
       {std::string("\xff\xff\xff\xff"), std::string("\x0a\x7f abc"),
        std::string(100000, '\x0a')}) {
    const absl::Status status =
        bench.Ask(kOrganisations, bytes, TableBench::Administrator()).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    EXPECT_LT(status.ToString().size(), 5000U);
  }
}

TEST(Pipeline, DoesNothingForWhoHasGone) {
  TableBench bench;
  auto call = std::make_shared<Call>();
  call->method = kOrganisations;
  call->metadata = TableBench::Administrator();
  call->cancelled = true;
  EXPECT_TRUE(absl::IsCancelled(bench.Ask(call, "").status()));
}

// The caller goes, or waits no longer, after the call was let in and before its
// command's turn; to who stays the same request says what the engine found.
TEST(Pipeline, CarriesOutNoCommandThatNobodyAwaitsWhenItsTurnComes) {
  TableBench bench;
  v1::ReportCapacityRequest request;
  request.set_name("organisations/nowhere");
  request.mutable_command()->set_service("massage");
  request.mutable_command()->mutable_capacity()->set_maximum(1);
  const Method* report = bench.table().Find(kCapacity);
  ASSERT_NE(report, nullptr);
  const auto ask = [&](const std::string& request_id,
                       const std::function<void(Call&)>& meanwhile) {
    request.set_request_id(request_id);
    auto call = std::make_shared<Call>();
    call->method = kCapacity;
    call->metadata = TableBench::Administrator();
    absl::Status answer = absl::UnknownError("nobody answered");
    report->unary(call, request.SerializeAsString(),
                  [&answer](absl::StatusOr<std::string> reply) {
                    answer = reply.status();
                  });
    EXPECT_TRUE(absl::IsUnknown(answer)) << "it waits for its turn: " << answer;
    meanwhile(*call);
    bench.executor().RunUntil(bench.engine().clock().Now() + absl::Seconds(1));
    return answer;
  };
  EXPECT_TRUE(absl::IsNotFound(
      ask("00000000-0000-4000-8000-000000000001", [](Call&) {})));
  EXPECT_TRUE(
      absl::IsCancelled(ask("00000000-0000-4000-8000-000000000002",
                            [](Call& call) { call.cancelled = true; })));
  EXPECT_TRUE(absl::IsDeadlineExceeded(
      ask("00000000-0000-4000-8000-000000000003", [](Call& call) {
        call.expired = true;
        call.cancelled = true;
      })));
}

TEST(Pipeline, LeavesATraceOfWhatIsRefusedToo) {
  TableBench bench;
  (void)bench.Ask(kRegister, "", TableBench::Administrator());
  (void)bench.Ask(kOrganisations, "", {});
  const auto reply = bench.Ask(kAccesses, "", TableBench::Administrator());
  ASSERT_TRUE(reply.ok()) << reply.status();
  v1::ListAccessesResponse accesses;
  ASSERT_TRUE(accesses.ParseFromString(*reply));
  std::vector<std::pair<std::string, int>> traces;
  for (const model::v1::Access& access : accesses.accesses()) {
    traces.emplace_back(access.method(), access.code());
  }
  EXPECT_THAT(
      traces,
      IsSupersetOf(std::vector<std::pair<std::string, int>>{
          {kRegister, static_cast<int>(absl::StatusCode::kPermissionDenied)},
          {kOrganisations,
           static_cast<int>(absl::StatusCode::kUnauthenticated)}}));
}

TEST(Pipeline, TakesNoPageTokenOfAnotherList) {
  TableBench bench;
  v1::ListAccessesRequest accesses;
  accesses.set_page_size(1);
  (void)bench.Ask(kOrganisations, "", TableBench::Administrator());
  (void)bench.Ask(kOrganisations, "", TableBench::Administrator());
  const auto first = bench.Ask(kAccesses, accesses.SerializeAsString(),
                               TableBench::Administrator());
  ASSERT_TRUE(first.ok()) << first.status();
  v1::ListAccessesResponse page;
  ASSERT_TRUE(page.ParseFromString(*first));
  ASSERT_FALSE(page.next_page_token().empty());

  accesses.set_page_token(page.next_page_token());
  EXPECT_TRUE(bench
                  .Ask(kAccesses, accesses.SerializeAsString(),
                       TableBench::Administrator())
                  .ok());
  accesses.set_resource("cases/1");
  EXPECT_EQ(ReasonOf(bench
                         .Ask(kAccesses, accesses.SerializeAsString(),
                              TableBench::Administrator())
                         .status()),
            model::v1::ERROR_REASON_BAD_TOKEN);
  v1::ListOrganisationsRequest organisations;
  organisations.set_page_token(page.next_page_token());
  EXPECT_EQ(ReasonOf(bench
                         .Ask(kOrganisations, organisations.SerializeAsString(),
                              TableBench::Administrator())
                         .status()),
            model::v1::ERROR_REASON_BAD_TOKEN);
}

// Keeps how the stream ended; nothing is written to it.
class EndOfStream final : public StreamSink {
 public:
  void Write(std::string /*message*/, base::DoneStatus written) override {
    std::move(written)(absl::CancelledError("nobody listens"));
  }
  void Finish(absl::Status status) override { end = std::move(status); }
  void OnCancel(absl::AnyInvocable<void()> /*gone*/) override {}

  absl::Status end = absl::UnknownError("goes on");
};

TEST(Pipeline, TellsARefusedWatchWhy) {
  TableBench bench;
  const Method* watch =
      bench.table().Find("careroute.api.v1.CaseService.WatchCases");
  ASSERT_NE(watch, nullptr);
  const auto end_of = [watch](TableBench::Metadata caller, std::string bytes) {
    auto call = std::make_shared<Call>();
    call->method = "careroute.api.v1.CaseService.WatchCases";
    call->metadata = std::move(caller);
    const auto sink = std::make_shared<EndOfStream>();
    watch->stream(call, std::move(bytes), sink);
    return sink->end;
  };
  EXPECT_EQ(ReasonOf(end_of({}, "")), model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  EXPECT_EQ(ReasonOf(end_of(TableBench::Administrator(), "\xff\xff")),
            model::v1::ERROR_REASON_INVALID_REQUEST);
}

TEST(Pipeline, TakesOneAnswerToWhoCalls) {
  TableBench bench;
  TableBench::Metadata caller = TableBench::Administrator();
  caller.emplace_back("careroute-role", "auditor");
  EXPECT_EQ(ReasonOf(bench.Ask(kOrganisations, "", caller).status()),
            model::v1::ERROR_REASON_UNKNOWN_ACTOR);
}

TEST(Pipeline, EchoesNothingOfARequestsValues) {
  TableBench bench;
  v1::ImportDirectoryRequest request;
  request.set_request_id("canary-5d2e");
  model::v1::Organisation& clinic =
      *request.mutable_directory()->add_organisations();
  clinic.set_name("canary-5d2e");
  clinic.set_calendar(std::string(5000, 'c') + "canary-5d2e");
  const absl::Status status = bench
                                  .Ask(kImport, request.SerializeAsString(),
                                       TableBench::Administrator())
                                  .status();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(status.ToString(), Not(HasSubstr("canary")));
  EXPECT_THAT(RefusalOf(status)->DebugString(), Not(HasSubstr("canary")));
}

}  // namespace
}  // namespace careroute::api
