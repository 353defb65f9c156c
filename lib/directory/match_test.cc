// Who may perform, and the reason each row gives: rules out, ranks, says why.

#include "lib/directory/match.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::directory {
namespace {

using model::v1::Organisation;
using model::v1::ServiceOffer;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kService[] = "early-help";

Organisation MakeOrganisation(const std::string& id) {
  Organisation organisation;
  organisation.set_name(absl::StrCat("organisations/", id));
  organisation.set_kind(model::v1::AGENCY_KIND_SOCIAL);
  organisation.set_region("27");
  organisation.set_district("centre");
  organisation.add_services()->set_service(kService);
  return organisation;
}

ServiceOffer& OfferOf(Organisation& organisation) {
  return *organisation.mutable_services(0);
}

Directory DirectoryOf(const std::vector<Organisation>& organisations) {
  std::vector<OrganisationPtr> shared;
  for (const Organisation& one : organisations) {
    shared.push_back(std::make_shared<const Organisation>(one));
  }
  return Directory().With(shared);
}

MatchQuery Query() {
  return {.service = kService,
          .place = {.region = "27", .district = "centre"},
          .day = absl::CivilDay(2025, 4, 14)};
}

std::vector<std::string> Names(const std::vector<Match>& matches) {
  std::vector<std::string> names;
  for (const Match& match : matches) {
    names.push_back(absl::StrCat(match.fits ? "" : "not ",
                                 match.organisation->name().substr(14)));
  }
  return names;
}

// The key that rules the only organisation out; empty when it fits.
std::string RuledOutBy(const Organisation& organisation,
                       const MatchQuery& query) {
  const Directory directory = DirectoryOf({organisation});
  const std::vector<Match> matches = MatchProviders(directory, query);
  if (matches.size() != 1) return "not listed";
  std::string key;
  for (const MatchReason& reason : matches[0].reasons) {
    if (reason.rules_out) key = reason.key;
  }
  EXPECT_EQ(key.empty(), matches[0].fits);
  return key;
}

TEST(MatchProviders, PutsTheNearestAreaFirst) {
  Organisation village = MakeOrganisation("village");
  OfferOf(village).add_settlements()->set_settlement("arka");
  Organisation district = MakeOrganisation("district");
  OfferOf(district).add_districts("centre");
  Organisation region = MakeOrganisation("a-region");
  region.set_district("north");
  const Directory directory = DirectoryOf({region, district, village});
  MatchQuery query = Query();
  query.place.settlement = "arka";
  EXPECT_THAT(Names(MatchProviders(directory, query)),
              ElementsAre("village", "district", "a-region"));
}

TEST(MatchProviders, PrefersPlacesFreeThenFewerWaiting) {
  Organisation free = MakeOrganisation("z-free");
  OfferOf(free).mutable_capacity()->set_available(2);
  Organisation few = MakeOrganisation("y-few");
  OfferOf(few).mutable_capacity()->set_waiting(1);
  Organisation many = MakeOrganisation("a-many");
  OfferOf(many).mutable_capacity()->set_waiting(40);
  const Directory directory = DirectoryOf({many, few, free});
  EXPECT_THAT(Names(MatchProviders(directory, Query())),
              ElementsAre("z-free", "y-few", "a-many"));
}

TEST(MatchProviders, NeverLetsCapacityBeatArea) {
  Organisation near = MakeOrganisation("near");
  OfferOf(near).add_districts("centre");
  OfferOf(near).mutable_capacity()->set_waiting(5000);
  Organisation far = MakeOrganisation("far");
  far.set_district("north");
  OfferOf(far).mutable_capacity()->set_available(100);
  const Directory directory = DirectoryOf({far, near});
  EXPECT_THAT(Names(MatchProviders(directory, Query())),
              ElementsAre("near", "far"));
}

TEST(MatchProviders, KeepsEqualOnesInOrderOfName) {
  const Directory directory =
      DirectoryOf({MakeOrganisation("b"), MakeOrganisation("a")});
  EXPECT_THAT(Names(MatchProviders(directory, Query())), ElementsAre("a", "b"));
}

TEST(MatchProviders, ListsThoseRuledOutAfterThoseThatFit) {
  Organisation closed = MakeOrganisation("a-closed");
  closed.set_valid_to("2025-01-01");
  const Directory directory = DirectoryOf({closed, MakeOrganisation("b")});
  EXPECT_THAT(Names(MatchProviders(directory, Query())),
              ElementsAre("b", "not a-closed"));
}

TEST(MatchProviders, LeavesOutWhoDoesNotOfferTheService) {
  Organisation other = MakeOrganisation("other");
  OfferOf(other).set_service("school");
  EXPECT_THAT(MatchProviders(DirectoryOf({other}), Query()), IsEmpty());
}

TEST(MatchProviders, ListsWhoOffersTheServiceTwiceOnce) {
  Organisation twice = MakeOrganisation("a");
  twice.add_services()->set_service("respite");
  twice.add_services()->set_service(kService);
  const Directory directory = DirectoryOf({MakeOrganisation("b"), twice});
  EXPECT_THAT(Names(MatchProviders(directory, Query())), ElementsAre("a", "b"));
}

TEST(MatchProviders, ServesAClosedRoadByAnotherForm) {
  Organisation organisation = MakeOrganisation("clinic");
  auto& served = *OfferOf(organisation).add_settlements();
  served.set_settlement("arka");
  served.add_months(7);
  OfferOf(organisation).add_forms(model::v1::SERVICE_FORM_AT_ORGANISATION);
  MatchQuery query = Query();
  query.place.settlement = "arka";
  EXPECT_EQ(RuledOutBy(organisation, query), "season_closed");
  OfferOf(organisation).add_forms(model::v1::SERVICE_FORM_REMOTE);
  const Directory directory = DirectoryOf({organisation});
  const std::vector<Match> matches = MatchProviders(directory, query);
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_TRUE(matches[0].fits);
  EXPECT_EQ(matches[0].form, model::v1::SERVICE_FORM_REMOTE);
  query.day = absl::CivilDay(2025, 7, 1);
  EXPECT_EQ(MatchProviders(directory, query)[0].form,
            model::v1::SERVICE_FORM_AT_ORGANISATION);
}

TEST(MatchProviders, ChoosesTheFormAPersonNeeds) {
  Organisation organisation = MakeOrganisation("clinic");
  OfferOf(organisation).add_forms(model::v1::SERVICE_FORM_AT_ORGANISATION);
  OfferOf(organisation).add_forms(model::v1::SERVICE_FORM_AT_HOME);
  model::v1::Needs needs;
  needs.add_access(model::v1::ACCESS_NEED_HOME_VISIT);
  MatchQuery query = Query();
  const Directory directory = DirectoryOf({organisation});
  EXPECT_EQ(MatchProviders(directory, query)[0].form,
            model::v1::SERVICE_FORM_AT_ORGANISATION);
  query.needs = &needs;
  const std::vector<Match> matches = MatchProviders(directory, query);
  EXPECT_TRUE(matches[0].fits);
  EXPECT_EQ(matches[0].form, model::v1::SERVICE_FORM_AT_HOME);
}

TEST(MatchProviders, SendsAMobileTeamWhereTheRoadIsClosed) {
  Organisation organisation = MakeOrganisation("clinic");
  auto& served = *OfferOf(organisation).add_settlements();
  served.set_settlement("arka");
  served.add_months(7);
  OfferOf(organisation).add_forms(model::v1::SERVICE_FORM_AT_HOME);
  OfferOf(organisation).add_forms(model::v1::SERVICE_FORM_MOBILE_TEAM);
  model::v1::Needs needs;
  needs.add_access(model::v1::ACCESS_NEED_HOME_VISIT);
  MatchQuery query = Query();
  query.place.settlement = "arka";
  query.needs = &needs;
  const Directory directory = DirectoryOf({organisation});
  EXPECT_EQ(MatchProviders(directory, query)[0].form,
            model::v1::SERVICE_FORM_MOBILE_TEAM);
}

TEST(MatchProviders, TakesTheRoleFromThoseWhoListItOnceAnybodyDoes) {
  const std::vector<model::v1::AgencyKind> kinds = {
      model::v1::AGENCY_KIND_SOCIAL};
  MatchQuery query = Query();
  query.service = "";
  query.role = "authorised_body";
  query.kinds = kinds;
  Organisation body = MakeOrganisation("body");
  const Organisation provider = MakeOrganisation("provider");
  EXPECT_THAT(Names(MatchProviders(DirectoryOf({body, provider}), query)),
              ElementsAre("body", "provider"));
  body.add_roles("authorised_body");
  EXPECT_THAT(Names(MatchProviders(DirectoryOf({body, provider}), query)),
              ElementsAre("body"));
}

struct RuleRow {
  const char* name;
  void (*change)(Organisation&, MatchQuery&);
  const char* ruled_out_by;
};

class RulesOut : public testing::TestWithParam<RuleRow> {};

TEST_P(RulesOut, AndSaysBy) {
  Organisation organisation = MakeOrganisation("clinic");
  MatchQuery query = Query();
  GetParam().change(organisation, query);
  EXPECT_EQ(RuledOutBy(organisation, query), GetParam().ruled_out_by);
}

const model::v1::Needs& Wheelchair() {
  static const auto* needs = [] {
    auto* made = new model::v1::Needs;
    made->add_access(model::v1::ACCESS_NEED_WHEELCHAIR);
    return made;
  }();
  return *needs;
}

const model::v1::Needs& SpeaksEven() {
  static const auto* needs = [] {
    auto* made = new model::v1::Needs;
    made->set_language("eve");
    return made;
  }();
  return *needs;
}

const model::v1::Needs& Interpreter() {
  static const auto* needs = [] {
    auto* made = new model::v1::Needs;
    made->add_access(model::v1::ACCESS_NEED_INTERPRETER);
    return made;
  }();
  return *needs;
}

const std::vector<std::string>& SaidNo() {
  static const auto* names =
      new std::vector<std::string>{"organisations/clinic"};
  return *names;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, RulesOut,
    testing::Values(
        RuleRow{"Nothing", [](Organisation&, MatchQuery&) {}, ""},
        RuleRow{"Region",
                [](Organisation& o, MatchQuery&) { o.set_region("75"); },
                "other_region"},
        RuleRow{"AnyRegion",
                [](Organisation& o, MatchQuery& q) {
                  o.set_region("75");
                  q.any_region = true;
                },
                ""},
        RuleRow{"OfferInAnotherRegion",
                [](Organisation& o, MatchQuery&) {
                  o.set_region("75");
                  OfferOf(o).add_regions("27");
                },
                ""},
        RuleRow{"District",
                [](Organisation& o, MatchQuery&) {
                  OfferOf(o).add_districts("north");
                },
                "other_district"},
        RuleRow{"DistrictServedRemotely",
                [](Organisation& o, MatchQuery&) {
                  OfferOf(o).add_districts("north");
                  OfferOf(o).add_forms(model::v1::SERVICE_FORM_REMOTE);
                },
                ""},
        RuleRow{"DistrictNotKnown",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).add_districts("north");
                  q.place.district.clear();
                },
                ""},
        RuleRow{"TooYoung",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).set_age_from_months(3);
                  q.age_months = 2;
                },
                "age"},
        RuleRow{"LastMonthOfAge",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).set_age_below_months(36);
                  q.age_months = 35;
                },
                ""},
        RuleRow{"TooOldByADay",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).set_age_below_months(36);
                  q.age_months = 36;
                },
                "age"},
        RuleRow{"AgeNotKnown",
                [](Organisation& o, MatchQuery&) {
                  OfferOf(o).set_age_below_months(36);
                },
                ""},
        RuleRow{"NeedNotMet",
                [](Organisation&, MatchQuery& q) { q.needs = &Wheelchair(); },
                "need_not_met"},
        RuleRow{"NeedMet",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).add_meets(model::v1::ACCESS_NEED_WHEELCHAIR);
                  q.needs = &Wheelchair();
                },
                ""},
        RuleRow{"Language",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).add_languages("ru");
                  q.needs = &SpeaksEven();
                },
                "language"},
        RuleRow{"LanguageThroughInterpreter",
                [](Organisation& o, MatchQuery& q) {
                  OfferOf(o).add_languages("ru");
                  OfferOf(o).add_meets(model::v1::ACCESS_NEED_INTERPRETER);
                  q.needs = &SpeaksEven();
                },
                ""},
        RuleRow{"InterpreterForALanguageNobodyStated",
                [](Organisation&, MatchQuery& q) { q.needs = &Interpreter(); },
                "need_not_met"},
        RuleRow{"SaidNo",
                [](Organisation&, MatchQuery& q) { q.excluded = SaidNo(); },
                "said_no"},
        RuleRow{"NotYetOpen",
                [](Organisation& o, MatchQuery&) {
                  o.set_valid_from("2025-04-15");
                },
                "not_in_operation"}),
    [](const testing::TestParamInfo<RuleRow>& row) {
      return std::string(row.param.name);
    });

}  // namespace
}  // namespace careroute::directory
