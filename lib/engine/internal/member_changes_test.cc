// What may be said of one member, and what it changes.

#include "lib/engine/internal/member_changes.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"

namespace careroute::engine::internal {
namespace {

constexpr absl::CivilDay kMonday(2026, 3, 2);

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

// "vera" is absent from the 2nd to the 6th and from the 9th to the 13th.
model::v1::Organisation Clinic() {
  return Parse<model::v1::Organisation>(R"(
    name: "c" duty_coordinator: "c/members/anna" duty_deputy: "c/members/boris"
    head: "c/members/hanna"
    members { name: "c/members/anna" } members { name: "c/members/boris" }
    members { name: "c/members/hanna" }
    members {
      name: "c/members/vera" valid_from: "2025-01-01"
      absences { from: "2026-03-02" to: "2026-03-06" }
      absences { from: "2026-03-09" to: "2026-03-13" } })");
}

class ChangeMemberTest : public ::testing::Test {
 protected:
  // Why it is refused; empty when it is not.
  std::string Ask(const std::string& command) {
    event_.Clear();
    const auto refusal =
        ChangeMember(Parse<command::v1::OrganisationCommand>(command), clinic_,
                     kMonday, event_);
    if (!refusal.has_value()) return "";
    for (const model::v1::Missing& one : refusal->missing()) {
      EXPECT_NE(one.mend(), "");
    }
    return refusal->message_key();
  }
  // "from/to" of each absence after it; "unchanged" when nothing changes.
  std::string Absences() {
    if (!event_.has_absences_changed()) return "unchanged";
    std::string all;
    for (const model::v1::Absence& one : event_.absences_changed().absences()) {
      all += one.from().substr(5) + "/" + one.to().substr(5) + " ";
    }
    return all;
  }

  model::v1::Organisation clinic_ = Clinic();
  event::v1::OrganisationEvent event_;
};

std::string Add(const std::string& from, const std::string& to,
                const std::string& member = "vera") {
  return "add_absence { member: 'c/members/" + member + "' absence { from: '" +
         from + "' to: '" + to + "' } }";
}

std::string End(const std::string& from, const std::string& to) {
  return "end_absence { member: 'c/members/vera' from: '" + from + "' to: '" +
         to + "' }";
}

std::string Dismiss(const std::string& member, const std::string& last_day) {
  return "dismiss_member { member: 'c/members/" + member + "' last_day: '" +
         last_day + "' }";
}

TEST_F(ChangeMemberTest, AnAbsenceTakesItsPlaceByItsFirstDay) {
  EXPECT_EQ(Ask(Add("2026-03-07", "2026-03-08")), "");
  EXPECT_EQ(Absences(), "03-02/03-06 03-07/03-08 03-09/03-13 ");
}

TEST_F(ChangeMemberTest, AbsencesThatAreOverGoWhenAnotherIsAdded) {
  clinic_.mutable_members(3)->mutable_absences(0)->set_from("2026-02-02");
  clinic_.mutable_members(3)->mutable_absences(0)->set_to("2026-02-06");
  EXPECT_EQ(Ask(Add("2026-04-01", "2026-04-01")), "");
  EXPECT_EQ(Absences(), "03-09/03-13 04-01/04-01 ");
}

TEST_F(ChangeMemberTest, TheSameAbsenceChangesNothing) {
  EXPECT_EQ(Ask(Add("2026-03-02", "2026-03-06")), "");
  EXPECT_EQ(Absences(), "unchanged");
}

TEST_F(ChangeMemberTest, AbsencesDoNotOverlapOrRunBackwards) {
  EXPECT_EQ(Ask(Add("2026-03-06", "2026-03-07")), "absences_overlap");
  EXPECT_EQ(Ask(Add("2026-03-08", "2026-03-07")), "dates_reversed");
  EXPECT_EQ(Ask(Add("2026-03-07", "2026-03-07", "nobody")), "unknown_member");
}

TEST_F(ChangeMemberTest, AnAbsenceEndsSoonerOrLaterOrNeverWas) {
  EXPECT_EQ(Ask(End("2026-03-02", "2026-03-03")), "");
  EXPECT_EQ(Absences(), "03-02/03-03 03-09/03-13 ");
  EXPECT_EQ(Ask(End("2026-03-09", "2026-03-31")), "");
  EXPECT_EQ(Absences(), "03-02/03-06 03-09/03-31 ");
  EXPECT_EQ(Ask(End("2026-03-02", "")), "");
  EXPECT_EQ(Absences(), "03-09/03-13 ");
  EXPECT_EQ(Ask(End("2026-03-02", "2026-03-06")), "");
  EXPECT_EQ(Absences(), "unchanged");
  EXPECT_EQ(Ask(End("2026-03-03", "")), "");  // taken back already
  EXPECT_EQ(Absences(), "unchanged");
}

TEST_F(ChangeMemberTest, AnAbsenceEndsBeforeTheNextBegins) {
  EXPECT_EQ(Ask(End("2026-03-02", "2026-03-09")), "absences_overlap");
  EXPECT_EQ(Ask(End("2026-03-02", "2026-03-01")), "dates_reversed");
  EXPECT_EQ(Ask(End("2026-03-03", "2026-03-04")), "no_absence");
}

TEST_F(ChangeMemberTest, TheServiceOfAMemberEnds) {
  EXPECT_EQ(Ask(Dismiss("vera", "2026-03-31")), "");
  EXPECT_EQ(event_.member_dismissed().last_day(), "2026-03-31");
  clinic_.mutable_members(3)->set_valid_to("2026-03-31");
  EXPECT_EQ(Ask(Dismiss("vera", "2026-03-31")), "");
  EXPECT_FALSE(event_.has_member_dismissed());
  EXPECT_EQ(Ask(Dismiss("vera", "2026-04-30")), "");
  EXPECT_EQ(event_.member_dismissed().last_day(), "2026-04-30");
}

TEST_F(ChangeMemberTest, WhoTheOrganisationCountsOnIsReplacedFirst) {
  for (const char* one : {"anna", "boris", "hanna"}) {
    EXPECT_EQ(Ask(Dismiss(one, "2026-03-31")), "post_of_organisation") << one;
  }
  EXPECT_EQ(Ask(Dismiss("vera", "2024-12-31")), "dates_reversed");
  EXPECT_EQ(Ask(Dismiss("nobody", "2026-03-31")), "unknown_member");
  clinic_.mutable_members(2)->set_valid_to("2026-03-31");
  EXPECT_EQ(Ask(Dismiss("vera", "2026-03-31")), "head_leaves");
  EXPECT_EQ(Ask(Dismiss("vera", "2026-03-30")), "");
}

}  // namespace
}  // namespace careroute::engine::internal
