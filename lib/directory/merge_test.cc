// What a new description leaves as it is.

#include "lib/directory/merge.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::directory {
namespace {

using model::v1::Member;
using model::v1::Organisation;

constexpr absl::CivilDay kMonday(2026, 3, 2);

Organisation Clinic() {
  Organisation clinic;
  clinic.set_name("organisations/clinic");
  for (const char* one : {"anna", "boris"}) {
    clinic.add_members()->set_name(
        std::string("organisations/clinic/members/") + one);
  }
  return clinic;
}

TEST(Merged, KeepsAbsencesThatTheFileDoesNotName) {
  Organisation known = Clinic();
  known.mutable_members(0)->add_absences()->set_from("2026-03-02");
  EXPECT_EQ(Merged(known, Clinic(), kMonday).members(0).absences_size(), 1);
  Organisation file = Clinic();
  file.mutable_members(0)->add_absences()->set_from("2026-04-01");
  const Organisation merged = Merged(known, file, kMonday);
  ASSERT_EQ(merged.members(0).absences_size(), 1);
  EXPECT_EQ(merged.members(0).absences(0).from(), "2026-04-01");
}

TEST(Merged, ADismissedMemberComesBackOnlyOnPurpose) {
  Organisation known = Clinic();
  known.mutable_members(0)->set_valid_to("2026-02-27");
  EXPECT_EQ(Merged(known, Clinic(), kMonday).members(0).valid_to(),
            "2026-02-27");
  Organisation again = Clinic();
  again.mutable_members(0)->set_valid_from("2026-03-02");
  EXPECT_EQ(Merged(known, again, kMonday).members(0).valid_to(), "");
  Organisation longer = Clinic();
  longer.mutable_members(0)->set_valid_to("2026-12-31");
  EXPECT_EQ(Merged(known, longer, kMonday).members(0).valid_to(), "2026-12-31");
}

TEST(Merged, WhoIsNotListedIsOutOfService) {
  Organisation shorter = Clinic();
  shorter.mutable_members()->DeleteSubrange(0, 1);
  const Organisation merged = Merged(Clinic(), shorter, kMonday);
  ASSERT_EQ(merged.members_size(), 2);
  EXPECT_EQ(merged.members(1).name(), "organisations/clinic/members/anna");
  EXPECT_EQ(merged.members(1).valid_to(), "2026-03-01");
  // The same file a week later changes nothing more.
  const Organisation later = Merged(merged, shorter, kMonday + 7);
  EXPECT_EQ(later.SerializeAsString(), merged.SerializeAsString());
}

}  // namespace
}  // namespace careroute::directory
