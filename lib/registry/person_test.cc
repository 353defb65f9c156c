#include "lib/registry/person.h"

#include "gtest/gtest.h"
#include "lib/registry/decide_person.h"

namespace careroute::registry {
namespace {

TEST(FoldPerson, StopsBeforeAnEventOfANewerRelease) {
  event::v1::PersonEvent event;
  event.mutable_header()->set_version(1);
  event.mutable_header()->set_format(kPersonEventFormat + 1);
  event.mutable_needs_set();
  PersonRecord record;
  FoldPerson(event, record);
  PersonRecord ahead;
  ahead.ahead = true;
  EXPECT_EQ(record, ahead);

  event.mutable_header()->set_format(kPersonEventFormat);
  FoldPerson(event, record);
  EXPECT_EQ(record, ahead) << "nothing after it is folded";

  PersonRecord unknown;
  event.clear_body();
  FoldPerson(event, unknown);
  EXPECT_EQ(unknown, ahead) << "a kind of event this release does not know";

  model::v1::Actor actor;
  command::v1::PersonCommand command;
  command.mutable_set_needs();
  const PersonDecision decision =
      DecidePerson(record, command, {.now = absl::UnixEpoch(), .actor = actor});
  EXPECT_EQ(decision.refusal->reason(), model::v1::ERROR_REASON_AHEAD);
}

TEST(FoldPerson, GivesNoRightOnADayItCannotRead) {
  event::v1::PersonEvent event;
  event.mutable_header()->set_version(1);
  model::v1::Representative& representative =
      *event.mutable_representative_added()->mutable_representative();
  representative.set_person("persons/2");
  representative.set_from("?");
  representative.set_to("?");
  PersonRecord record;
  FoldPerson(event, record);
  EXPECT_EQ(record.representatives[0].from, absl::CivilDay::max());
  EXPECT_EQ(record.representatives[0].to, absl::CivilDay::min());

  event.mutable_representative_changed()->set_number(1);
  event.mutable_representative_changed()->set_restriction(
      model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED);
  event.mutable_representative_changed()->set_restriction_from("?");
  FoldPerson(event, record);
  EXPECT_EQ(record.representatives[0].RestrictionOn(absl::CivilDay(2000, 1, 1)),
            model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED);
}

TEST(FoldPerson, IgnoresAChangeOfNobody) {
  event::v1::PersonEvent event;
  event.mutable_header()->set_version(1);
  event.mutable_representative_changed()->set_number(7);
  PersonRecord record;
  FoldPerson(event, record);
  EXPECT_TRUE(record.representatives.empty());
  EXPECT_FALSE(record.ahead);
}

}  // namespace
}  // namespace careroute::registry
