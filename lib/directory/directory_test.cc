#include "lib/directory/directory.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace careroute::directory {
namespace {

OrganisationPtr Offering(const std::string& name, const std::string& service) {
  auto organisation = std::make_shared<model::v1::Organisation>();
  organisation->set_name(name);
  organisation->add_services()->set_service(service);
  organisation->add_members()->set_name(name + "/members/anna");
  return organisation;
}

TEST(Directory, LeavesAPictureInUseAsItWas) {
  const OrganisationPtr before = Offering("organisations/a", "school");
  const Directory old = Directory().With({before});
  const OrganisationPtr after = Offering("organisations/a", "early-help");
  const Directory next = old.With({after});
  EXPECT_EQ(old.Offering("school").size(), 1u);
  EXPECT_TRUE(old.Offering("early-help").empty());
  EXPECT_TRUE(next.Offering("school").empty());
  ASSERT_EQ(next.Offering("early-help").size(), 1u);
  EXPECT_EQ(next.Offering("early-help")[0], after.get());
}

TEST(Directory, ListsOffersByName) {
  const Directory directory =
      Directory().With({Offering("organisations/b", "school"),
                        Offering("organisations/a", "school")});
  const auto offering = directory.Offering("school");
  ASSERT_EQ(offering.size(), 2u);
  EXPECT_EQ(offering[0]->name(), "organisations/a");
}

TEST(Directory, FindsNothingThatIsNotThere) {
  const Directory directory =
      Directory().With({Offering("organisations/a", "school")});
  EXPECT_NE(directory.Find("organisations/a"), nullptr);
  EXPECT_EQ(directory.Find("organisations/"), nullptr);
  EXPECT_NE(directory.FindMember("organisations/a/members/anna"), nullptr);
  EXPECT_EQ(directory.FindMember("organisations/a/members/boris"), nullptr);
  EXPECT_EQ(directory.FindMember("organisations/b/members/anna"), nullptr);
  EXPECT_EQ(directory.FindMember(""), nullptr);
}

TEST(Directory, FindsTheOneSystemThatHasACertificate) {
  const auto with = [](const std::string& name, const std::string& subject) {
    auto organisation = std::make_shared<model::v1::Organisation>();
    organisation->set_name(name);
    model::v1::Member& system = *organisation->add_members();
    system.set_name(name + "/members/exchange");
    system.add_certificate_subjects("CN=old");
    system.add_certificate_subjects(subject);
    return organisation;
  };
  const Directory one = Directory().With({with("organisations/a", "CN=a")});
  ASSERT_NE(one.FindByCertificate("CN=a"), nullptr);
  EXPECT_EQ(one.FindByCertificate("CN=a")->name(),
            "organisations/a/members/exchange");
  EXPECT_EQ(one.FindByCertificate("CN=b"), nullptr);
  EXPECT_EQ(one.FindByCertificate(""), nullptr);
  const Directory two = one.With({with("organisations/b", "CN=b")});
  EXPECT_NE(two.FindByCertificate("CN=a"), nullptr);
  EXPECT_NE(two.FindByCertificate("CN=b"), nullptr);
  EXPECT_EQ(two.FindByCertificate("CN=old"), nullptr) << "both claim it";
}

TEST(Directory, FindsTheOneMemberThatATokenNames) {
  auto organisation = std::make_shared<model::v1::Organisation>();
  organisation->set_name("organisations/a");
  for (const char* name : {"anna", "boris"}) {
    model::v1::Member& member = *organisation->add_members();
    member.set_name(absl::StrCat("organisations/a/members/", name));
    member.add_token_subjects(absl::StrCat("https://login#", name));
    member.add_token_subjects("https://login#both");
  }
  organisation->mutable_members(0)->add_token_subjects("https://login#anna");
  const Directory directory = Directory().With({organisation});
  ASSERT_NE(directory.FindByToken("https://login#anna"), nullptr)
      << "one member that says it twice is still one";
  EXPECT_EQ(directory.FindByToken("https://login#anna")->name(),
            "organisations/a/members/anna");
  EXPECT_EQ(directory.FindByToken("https://login#both"), nullptr);
  EXPECT_EQ(directory.FindByToken("https://other#anna"), nullptr);
  EXPECT_EQ(directory.FindByCertificate("https://login#anna"), nullptr);
}

TEST(HoldsOn, CountsTheFirstAndTheLastDay) {
  const absl::CivilDay day(2025, 4, 14);
  EXPECT_TRUE(HoldsOn("", "", day));
  EXPECT_TRUE(HoldsOn("2025-04-14", "2025-04-14", day));
  EXPECT_FALSE(HoldsOn("2025-04-15", "", day));
  EXPECT_FALSE(HoldsOn("", "2025-04-13", day));
}

TEST(OrganisationOf, TakesTheOrganisationOfAMember) {
  EXPECT_EQ(OrganisationOf("organisations/a/members/anna"), "organisations/a");
  EXPECT_EQ(OrganisationOf("organisations/a"), "organisations/a");
  EXPECT_EQ(OrganisationOf(""), "");
}

}  // namespace
}  // namespace careroute::directory
