// What keeps an organisation out of the directory, all problems at once.

#include "lib/directory/import.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::directory {
namespace {

using model::v1::Organisation;
using testing::ElementsAre;
using testing::IsEmpty;

void AddSound(const std::string& name, model::v1::Directory& incoming) {
  Organisation& organisation = *incoming.add_organisations();
  organisation.set_name(name);
  organisation.set_calendar("russia");
  organisation.set_zone("khabarovsk");
  model::v1::Member& anna = *organisation.add_members();
  anna.set_name(name + "/members/anna");
  anna.add_roles(model::v1::ACTOR_ROLE_COORDINATOR);
  organisation.set_duty_coordinator(name + "/members/anna");
  organisation.set_duty_deputy(name + "/members/anna");
  organisation.set_head(name + "/members/anna");
}

bool KnowsOneZone(const std::string& calendar, const std::string& zone) {
  return calendar == "russia" && zone == "khabarovsk";
}

std::vector<std::string> ProblemsOf(const model::v1::Directory& incoming,
                                    const Directory& known) {
  base::Problems problems;
  CheckOrganisations(known, incoming, KnowsOneZone, problems);
  std::vector<std::string> found;
  for (const base::Problem& problem : problems.list()) {
    EXPECT_FALSE(problem.mend.empty()) << problem.path;
    found.push_back(problem.path + " " + problem.reason);
  }
  return found;
}

std::vector<std::string> ProblemsOf(const model::v1::Directory& incoming) {
  auto known = std::make_shared<Organisation>();
  known->set_name("organisations/ministry");
  return ProblemsOf(incoming, Directory().With({known}));
}

TEST(CheckOrganisations, TakesSoundOnes) {
  model::v1::Directory incoming;
  AddSound("organisations/clinic", incoming);
  AddSound("organisations/ward", incoming);
  incoming.mutable_organisations(0)->set_parent("organisations/ministry");
  incoming.mutable_organisations(1)->set_parent("organisations/clinic");
  EXPECT_THAT(ProblemsOf(incoming), IsEmpty());
}

struct Row {
  const char* name;
  void (*spoil)(Organisation&);
  const char* problem;
};

class Refuses : public testing::TestWithParam<Row> {};

TEST_P(Refuses, WithPathAndReason) {
  model::v1::Directory incoming;
  AddSound("organisations/clinic", incoming);
  GetParam().spoil(*incoming.mutable_organisations(0));
  EXPECT_THAT(ProblemsOf(incoming), ElementsAre(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    Problems, Refuses,
    testing::Values(
        Row{"Zone", [](Organisation& o) { o.set_zone("moon"); },
            "organisations[0].zone UNKNOWN_ZONE"},
        Row{"Parent",
            [](Organisation& o) { o.set_parent("organisations/none"); },
            "organisations[0].parent UNKNOWN_ORGANISATION"},
        Row{"MemberElsewhere",
            [](Organisation& o) {
              o.add_members()->set_name("organisations/ward/members/boris");
            },
            "organisations[0].members[1].name OTHER_ORGANISATION"},
        Row{"MemberTwice",
            [](Organisation& o) { *o.add_members() = o.members(0); },
            "organisations[0].members[1].name TWICE"},
        Row{"PersonWithACertificate",
            [](Organisation& o) {
              o.mutable_members(0)->add_certificate_subjects("CN=anna");
            },
            "organisations[0].members[0].certificate_subjects NOT_A_SYSTEM"},
        Row{"TokenWithoutASubject",
            [](Organisation& o) {
              o.mutable_members(0)->add_token_subjects("https://login#7");
              o.mutable_members(0)->add_token_subjects("https://login");
            },
            "organisations[0].members[0].token_subjects[1] NO_TOKEN_SUBJECT"},
        Row{"Deputy", [](Organisation& o) { o.clear_duty_deputy(); },
            "organisations[0].duty_deputy NOT_A_MEMBER"},
        Row{"Coordinator",
            [](Organisation& o) {
              o.set_duty_coordinator("organisations/clinic/members/nobody");
            },
            "organisations[0].duty_coordinator NOT_A_MEMBER"},
        Row{"Head", [](Organisation& o) { o.clear_head(); },
            "organisations[0].head NOT_A_MEMBER"},
        Row{"DutyWithoutCoordinator",
            [](Organisation& o) {
              o.add_members()->set_name("organisations/clinic/members/boris");
              o.set_duty_deputy("organisations/clinic/members/boris");
            },
            "organisations[0].duty_deputy NO_COORDINATOR"},
        Row{"OwnParent",
            [](Organisation& o) { o.set_parent("organisations/clinic"); },
            "organisations[0].parent OWN_PARENT"},
        Row{"DatesReversed",
            [](Organisation& o) {
              o.set_valid_from("2026-01-02");
              o.set_valid_to("2026-01-01");
            },
            "organisations[0].valid_to BEFORE_VALID_FROM"},
        Row{"DatesOfAMemberReversed",
            [](Organisation& o) {
              o.mutable_members(0)->set_valid_from("2026-01-02");
              o.mutable_members(0)->set_valid_to("2026-01-01");
            },
            "organisations[0].members[0].valid_to BEFORE_VALID_FROM"},
        Row{"AbsenceReversed",
            [](Organisation& o) {
              auto& absence = *o.mutable_members(0)->add_absences();
              absence.set_from("2026-01-02");
              absence.set_to("2026-01-01");
            },
            "organisations[0].members[0].absences[0].to BEFORE_FROM"},
        Row{"SettlementTwice",
            [](Organisation& o) {
              auto& offer = *o.add_services();
              offer.add_settlements()->set_settlement("arka");
              offer.add_settlements()->set_settlement("arka");
            },
            "organisations[0].services[0].settlements[1].settlement TWICE"},
        Row{"NoMonth",
            [](Organisation& o) {
              o.add_services()->add_settlements()->add_months(13);
            },
            "organisations[0].services[0].settlements[0].months[0] NO_MONTH"},
        Row{"MonthTwice",
            [](Organisation& o) {
              auto& served = *o.add_services()->add_settlements();
              served.add_months(7);
              served.add_months(7);
            },
            "organisations[0].services[0].settlements[0].months[1] TWICE"},
        Row{"ServiceTwice",
            [](Organisation& o) {
              o.add_services()->set_service("school");
              o.add_services()->set_service("school");
            },
            "organisations[0].services[1].service TWICE"},
        Row{"EmptyAges",
            [](Organisation& o) {
              o.add_services()->set_age_from_months(36);
              o.mutable_services(0)->set_age_below_months(36);
            },
            "organisations[0].services[0].age_below_months EMPTY_RANGE"},
        Row{"MorePlacesThanThereAre",
            [](Organisation& o) {
              o.add_services()->mutable_capacity()->set_available(1);
            },
            "organisations[0].services[0].capacity.available "
            "MORE_THAN_MAXIMUM"}),
    [](const testing::TestParamInfo<Row>& row) {
      return std::string(row.param.name);
    });

TEST(CheckOrganisations, NamesEveryProblemOfEveryOrganisation) {
  model::v1::Directory incoming;
  AddSound("organisations/clinic", incoming);
  AddSound("organisations/clinic", incoming);
  incoming.mutable_organisations(0)->set_zone("");
  EXPECT_THAT(ProblemsOf(incoming),
              ElementsAre("organisations[0].zone UNKNOWN_ZONE",
                          "organisations[1].name TWICE"));
}

TEST(CheckOrganisations, WarnsOfWhatADescriptionLeavesAsItIs) {
  model::v1::Directory file;
  AddSound("organisations/clinic", file);
  auto known = std::make_shared<Organisation>(file.organisations(0));
  known->mutable_members(0)->set_valid_to("2026-02-27");
  known->add_members()->set_name("organisations/clinic/members/boris");
  EXPECT_THAT(
      ProblemsOf(file, Directory().With({known})),
      ElementsAre("organisations[0].members[0].valid_to STAYS_DISMISSED",
                  "organisations[0].members NO_LONGER_LISTED"));
}

}  // namespace
}  // namespace careroute::directory
