// Personal data comes out where it is asked for by whom it concerns, and
// nowhere else: not in the log, not in what a refusal says, not in the file.

#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using services::Client;

constexpr char kService[] = "careroute.api.v1.RegistryService.";
constexpr char kReport[] = "careroute.api.v1.CaseService.ReportNeed";
constexpr char kNote[] = "живёт у бабушки, шепчет по ночам";
constexpr char kPhone[] = "+79990001122";
constexpr char kSnils[] = "00000000200";

// What must not be found; the SNILS is the one of ReportOf(1).
const std::vector<std::string>& Canaries() {
  static const auto& canaries = *new std::vector<std::string>{
      kFamilyName, kStreet, kNote, kPhone, kSnils, "канарейк"};
  return canaries;
}

void ExpectNone(const std::string& text, absl::string_view where) {
  for (const std::string& canary : Canaries()) {
    EXPECT_EQ(text.find(canary), std::string::npos)
        << canary << " stands in " << where;
  }
}

// All a caller is told.
std::string TextOf(const absl::Status& status) {
  const auto refusal = api::RefusalOf(status);
  // DebugString escapes; the bytes hold the words as they are.
  return absl::StrCat(status.ToString(),
                      refusal.has_value() ? refusal->SerializeAsString() : "");
}

api::v1::ReportNeedRequest Report() {
  api::v1::ReportNeedRequest report = ReportOf(1);
  report.set_note(kNote);
  report.mutable_person()->mutable_identity()->add_phones(kPhone);
  return report;
}

// Requests that are wrong in one thing each, and full of what must not leak.
std::vector<api::v1::ReportNeedRequest> WrongReports() {
  std::vector<api::v1::ReportNeedRequest> wrong;
  const auto add = [&wrong](auto spoil) {
    // Each about a child of its own: nobody is known already.
    api::v1::ReportNeedRequest report =
        ReportOf(100 + static_cast<int>(wrong.size()));
    report.set_note(kNote);
    report.mutable_person()->mutable_identity()->add_phones(kPhone);
    spoil(report, *report.mutable_person()->mutable_identity());
    wrong.push_back(report);
  };
  using Request = api::v1::ReportNeedRequest;
  using Identity = model::v1::Identity;
  add([](Request& r, Identity&) { r.set_pathway("канарейка"); });
  add([](Request& r, Identity&) { r.set_pathway("no-such-pathway"); });
  add([](Request& r, Identity&) { r.set_entry("no_such_entry"); });
  add([](Request& r, Identity&) { r.set_request_id("канарейка"); });
  add([](Request& r, Identity&) { r.add_flags("канарейка"); });
  add([](Request& r, Identity&) {
    r.set_note(std::string(2001, 'x') + kNote);
  });
  add([](Request& r, Identity&) {
    r.mutable_criteria(0)->set_criterion("канарейка");
  });
  add([](Request&, Identity& i) { i.set_birth_date("канарейка"); });
  add([](Request&, Identity& i) { i.set_birth_date("2999-01-01"); });
  add([](Request&, Identity& i) { i.set_snils("канарейка"); });
  add([](Request&, Identity& i) { i.set_snils("11223344500"); });
  add([](Request&, Identity& i) { i.set_phones(0, "канарейка"); });
  add([](Request&, Identity& i) {
    i.set_family_name(std::string(10000, 'x') + "канарейка");
  });
  add([](Request&, Identity& i) { i.set_policy_number("канарейка"); });
  return wrong;
}

std::string NameOfThePerson(const Client& coordinator) {
  api::v1::FindPersonsRequest find;
  *find.mutable_identity() = Report().person().identity();
  const auto found = coordinator.Call<api::v1::FindPersonsResponse>(
      absl::StrCat(kService, "FindPersons"), find);
  EXPECT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->persons_size(), 1);
  return found.ok() && found->persons_size() == 1 ? found->persons(0).name()
                                                  : "";
}

api::v1::UpdateIdentityRequest Update(const std::string& name) {
  api::v1::UpdateIdentityRequest update;
  update.set_name(name);
  update.set_request_id(UuidOf(50));
  *update.mutable_command()->mutable_identity() = Report().person().identity();
  update.mutable_command()->mutable_identity()->set_middle_name("Петровна");
  return update;
}

absl::Status Erase(const Program& hub, const std::string& name) {
  api::v1::ErasePersonRequest erase;
  erase.set_name(name);
  erase.set_request_id(UuidOf(60));
  erase.mutable_command()->set_reason("asked by the family");
  return HubBench::Administrator(hub)
      .Call<api::v1::ErasePersonResponse>(absl::StrCat(kService, "ErasePerson"),
                                          erase)
      .status();
}

TEST(HubPrivacy, TheLogAndWhatIsRefusedHoldNoPersonalData) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  const Client registrar = HubBench::Registrar(*hub);
  ASSERT_TRUE(
      registrar.Call<api::v1::ReportNeedResponse>(kReport, Report()).ok());
  for (const api::v1::ReportNeedRequest& wrong : WrongReports()) {
    const absl::Status status =
        registrar.Call<api::v1::ReportNeedResponse>(kReport, wrong).status();
    EXPECT_FALSE(status.ok()) << wrong.ShortDebugString();
    ExpectNone(TextOf(status), status.ToString());
  }
  // Nor does anybody else learn by asking.
  api::v1::GetPersonRequest get;
  get.set_name("persons/канарейка");
  ExpectNone(TextOf(registrar
                        .Call<api::v1::GetPersonResponse>(
                            absl::StrCat(kService, "GetPerson"), get)
                        .status()),
             "the answer to a name that is none");
  hub->Signal(SIGKILL);
  hub->Wait();
  ExpectNone(hub->log(), "the log");
}

TEST(HubPrivacy, TheFilesHoldNothingReadable) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  ASSERT_TRUE(HubBench::Registrar(*hub)
                  .Call<api::v1::ReportNeedResponse>(kReport, Report())
                  .ok());
  const Client coordinator = HubBench::Coordinator(*hub);
  const std::string name = NameOfThePerson(coordinator);
  const auto updated = coordinator.Call<api::v1::UpdateIdentityResponse>(
      absl::StrCat(kService, "UpdateIdentity"), Update(name));
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->person().identity().family_name(), kFamilyName);
  // While it serves, the log of writes lies beside the store.
  ExpectNone(bench.scratch().AllBytes(), "the files");
  hub->Signal(SIGKILL);
  hub->Wait();
  ExpectNone(bench.scratch().AllBytes(), "the files");
}

TEST(HubPrivacy, WhoWasErasedIsGoneAndMayComeBackAsSomebodyNew) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  const Client registrar = HubBench::Registrar(*hub);
  const Client coordinator = HubBench::Coordinator(*hub);
  ASSERT_TRUE(
      registrar.Call<api::v1::ReportNeedResponse>(kReport, Report()).ok());
  const std::string name = NameOfThePerson(coordinator);
  ASSERT_TRUE(coordinator
                  .Call<api::v1::UpdateIdentityResponse>(
                      absl::StrCat(kService, "UpdateIdentity"), Update(name))
                  .ok());
  ASSERT_TRUE(Erase(*hub, name).ok());
  EXPECT_TRUE(Erase(*hub, name).ok()) << "a repeat is answered as before";

  const absl::Status repeat =
      coordinator
          .Call<api::v1::UpdateIdentityResponse>(
              absl::StrCat(kService, "UpdateIdentity"), Update(name))
          .status();
  EXPECT_FALSE(repeat.ok());
  ExpectNone(TextOf(repeat), "the answer to a repeat");
  api::v1::FindPersonsRequest find;
  *find.mutable_identity() = Report().person().identity();
  const auto found = coordinator.Call<api::v1::FindPersonsResponse>(
      absl::StrCat(kService, "FindPersons"), find);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->persons_size(), 0);

  api::v1::ReportNeedRequest again = Report();
  again.set_request_id(UuidOf(70));
  EXPECT_TRUE(registrar.Call<api::v1::ReportNeedResponse>(kReport, again).ok());
  EXPECT_NE(NameOfThePerson(coordinator), name);
  hub->Signal(SIGKILL);
  hub->Wait();
  const Ran looked = bench.Fsck();
  EXPECT_EQ(looked.status, 0) << looked.log;
}

}  // namespace
}  // namespace careroute::tests
