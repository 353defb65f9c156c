#include "tests/bench/contact_store.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "lib/testing/invented.h"
#include "tests/bench/binding_hubs.h"
#include "tests/bench/script.h"
#include "tests/bench/setting.h"

namespace careroute::bench {
namespace {

namespace fs = std::filesystem;

constexpr char kMade[] = "made";
constexpr char kFile[] = "cases.db";
constexpr char kClinic[] = "clinic";
constexpr char kRegistrar[] = "registrar";
// Old enough for the entry of the pathway, and young enough for all of it.
constexpr int kYoungestDays = 400;

template <typename Reply>
Reply Asked(CalledHub& hub, OneCall call) {
  Reply reply;
  CAREROUTE_CHECK(
      reply.ParseFromString(hub.Call(ReadyCallOf(std::move(call)))));
  return reply;
}

model::v1::Organisation Clinic() {
  model::v1::Organisation clinic = testing::InventedOrganisation(
      {.id = kClinic, .kind = model::v1::AGENCY_KIND_HEALTH});
  clinic.set_region("RU-DEMO");
  for (model::v1::Member& member : *clinic.mutable_members()) {
    member.set_kind(model::v1::MEMBER_KIND_PERSON);
  }
  model::v1::Member& registrar = *clinic.add_members();
  registrar.set_name(absl::StrCat(clinic.name(), "/members/", kRegistrar));
  registrar.set_kind(model::v1::MEMBER_KIND_PERSON);
  registrar.add_roles(model::v1::ACTOR_ROLE_REGISTRAR);
  return clinic;
}

void ImportClinic(CalledHub& hub) {
  api::v1::ImportDirectoryRequest import;
  import.set_request_id(NewRequestId());
  *import.mutable_directory()->add_organisations() = Clinic();
  Asked<api::v1::ImportDirectoryResponse>(
      hub, {.method = "careroute.api.v1.DirectoryService.ImportDirectory",
            .request = import.SerializeAsString(),
            .actor = FirstAdministrator()});
}

// Of the n-th child, who is the same as no other.
void Report(CalledHub& hub, int n) {
  const absl::CivilDay today =
      absl::ToCivilDay(base::RealClock().Now(), absl::UTCTimeZone());
  api::v1::ReportNeedRequest report;
  report.set_request_id(NewRequestId());
  report.set_pathway("early-help");
  report.set_entry("health_identification");
  model::v1::Identity& child = *report.mutable_person()->mutable_identity();
  child.set_family_name("Измеренный");
  child.set_given_name("Пётр");
  child.set_birth_date(absl::FormatCivilTime(today - kYoungestDays - n));
  // So low a number has no check digits.
  child.set_snils(absl::StrFormat("00%07d00", n + 1));
  child.mutable_registered_at()->set_region("RU-DEMO");
  report.mutable_person()->mutable_needs()->set_language("ru");
  command::v1::ProvedCriterion& ground = *report.add_criteria();
  ground.set_criterion("f2025_development");
  ground.mutable_document()->set_kind("development-screening-sheet");
  Asked<api::v1::ReportNeedResponse>(
      hub,
      {.method = "careroute.api.v1.CaseService.ReportNeed",
       .request = report.SerializeAsString(),
       .actor = testing::ActorOf({.organisation = kClinic,
                                  .member = kRegistrar,
                                  .role = model::v1::ACTOR_ROLE_REGISTRAR})});
}

std::vector<NamedCase> CasesOf(CalledHub& hub) {
  const model::v1::Actor coordinator =
      testing::ActorOf({.organisation = kClinic});
  api::v1::ListCasesRequest list;
  list.set_page_size(int{kInFlight});
  const auto page = Asked<api::v1::ListCasesResponse>(
      hub, {.method = "careroute.api.v1.CaseService.ListCases",
            .request = list.SerializeAsString(),
            .actor = coordinator});
  std::vector<NamedCase> cases;
  for (const model::v1::CaseRow& row : page.cases()) {
    cases.push_back({.name = row.name(), .coordinator = coordinator});
  }
  CAREROUTE_CHECK(cases.size() == kInFlight);
  return cases;
}

}  // namespace

ContactStore::ContactStore() {
  fs::create_directory(scratch_.File(kMade));
  TableHub hub(DurableConfig(absl::StrCat(scratch_.File(kMade), "/", kFile)));
  ImportClinic(hub);
  for (int n = 0; n < int{kInFlight}; ++n) Report(hub, n);
  cases_ = CasesOf(hub);
}

std::string ContactStore::Copy(const std::string& name) const {
  const std::string folder = scratch_.File(name);
  fs::copy(scratch_.File(kMade), folder, fs::copy_options::recursive);
  return absl::StrCat(folder, "/", kFile);
}

}  // namespace careroute::bench
