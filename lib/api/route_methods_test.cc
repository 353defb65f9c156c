// Which other cases a route names.

#include "lib/api/route_methods.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RouteMethodsTest : public ::testing::Test {
 protected:
  RouteMethodsTest() {
    bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
    engine::Persons::ResolveRequest mother{
        .info = made_.Info(EngineBench::Actor("clinic", "anna")),
        .today = absl::CivilDay(2026, 3, 2),
        .command = made_.ReportOf({.snils = "00000000999"}).person};
    mother.command.mutable_identity()->set_birth_date("1990-01-01");
    const auto resolved = made_.Wait<engine::Persons::Resolved>(
        [&](base::Done<engine::Persons::Resolved> done) {
          made_.engine().persons().Resolve(std::move(mother), std::move(done));
        });
    EXPECT_TRUE(resolved.ok() && resolved->person != nullptr);
    mother_ = engine::PersonNameOf(resolved->person->uid);
  }

  // A child of the mother; answers the case.
  std::string Found(const std::string& given_name, const std::string& snils,
                    const std::string& by = "clinic") {
    engine::Report report = made_.ReportOf({.by = by, .snils = snils});
    report.person.mutable_identity()->set_given_name(given_name);
    model::v1::Representative& one = *report.person.add_representatives();
    one.set_person(mother_);
    one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
    one.set_from(report.person.identity().birth_date());
    one.mutable_document()->set_kind("birth-certificate");
    const absl::StatusOr<engine::ReportTaken> taken =
        made_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    return absl::StrCat("cases/",
                        engine::ParseName("reports/", taken->report)->Hex());
  }

  model::v1::RouteHeader HeaderOf(const std::string& name) {
    v1::GetRouteRequest request;
    request.set_name(name);
    return bench_.Ask<v1::GetRouteResponse>("CaseService.GetRoute", request)
        .route()
        .header();
  }

  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  std::string mother_;
};

TEST_F(RouteMethodsTest, NamesTheCaseOfATwinWhoHasTheSameMother) {
  const std::string first = Found("Вера", "00000000101");
  const std::string second = Found("Надя", "00000000202");
  ASSERT_THAT(HeaderOf(first).other_cases(), SizeIs(1));
  EXPECT_EQ(HeaderOf(first).other_cases(0).name(), second);
  ASSERT_THAT(HeaderOf(second).other_cases(), SizeIs(1));
  EXPECT_EQ(HeaderOf(second).other_cases(0).name(), first);
  EXPECT_NE(HeaderOf(first).person(), HeaderOf(second).person());
}

TEST_F(RouteMethodsTest, NamesNoCaseTheCallerTakesNoPartIn) {
  const std::string first = Found("Вера", "00000000101");
  Found("Надя", "00000000202", "office");
  EXPECT_THAT(HeaderOf(first).other_cases(), IsEmpty());
}

}  // namespace
}  // namespace careroute::api
