// Persons are registered once, found beyond doubt or not at all, and answered
// the same again whatever happened since.

#include "lib/engine/persons.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using model::v1::ErrorReason;

constexpr absl::CivilDay kToday(2025, 4, 18);

class PersonsTest : public testing::Test {
 protected:
  RequestInfo Info(const std::string& id, const std::string& body = "body") {
    RequestInfo info{.request_id = id, .body_hash = base::Sha256(body)};
    info.actor.set_organisation("organisations/clinic");
    info.actor.set_member("organisations/clinic/members/anna");
    info.actor.set_role(model::v1::ACTOR_ROLE_REGISTRAR);
    return info;
  }

  static command::v1::RegisterPerson Child(const std::string& given_name,
                                           const std::string& snils = "") {
    command::v1::RegisterPerson person;
    model::v1::Identity& identity = *person.mutable_identity();
    identity.set_family_name("Ёлкина");
    identity.set_given_name(given_name);
    identity.set_birth_date("2023-05-06");
    identity.set_snils(snils);
    return person;
  }

  Persons::Resolved Resolve(RequestInfo info,
                            command::v1::RegisterPerson command) {
    Persons::Resolved resolved;
    bool answered = false;
    persons_->Resolve({.info = std::move(info),
                       .today = kToday,
                       .command = std::move(command)},
                      [&](absl::StatusOr<Persons::Resolved> found) {
                        ASSERT_TRUE(found.ok()) << found.status();
                        resolved = *std::move(found);
                        answered = true;
                      });
    executor_.RunReady();
    EXPECT_TRUE(answered);
    return resolved;
  }

  Reply Execute(const base::Uid& uid, RequestInfo info,
                command::v1::PersonCommand command) {
    Reply reply;
    persons_->Execute({.info = std::move(info),
                       .uid = uid,
                       .today = kToday,
                       .command = std::move(command),
                       .make_answer =
                           [](const OpenPerson& after) {
                             return after.person.SerializeAsString();
                           }},
                      [&reply](absl::StatusOr<Reply> found) {
                        ASSERT_TRUE(found.ok()) << found.status();
                        reply = *std::move(found);
                      });
    executor_.RunReady();
    return reply;
  }

  static command::v1::PersonCommand Renaming(
      const command::v1::RegisterPerson& to) {
    command::v1::PersonCommand command;
    *command.mutable_update_identity()->mutable_identity() = to.identity();
    return command;
  }

  static command::v1::PersonCommand Erasing() {
    command::v1::PersonCommand command;
    command.mutable_erase()->set_reason("asked by the family");
    return command;
  }

  OpenPersonPtr Open(const base::Uid& uid) {
    OpenPersonPtr person;
    persons_->Open(uid, [&person](absl::StatusOr<OpenPersonPtr> open) {
      if (open.ok()) person = *std::move(open);
    });
    executor_.RunReady();
    return person;
  }

  std::vector<Persons::Found> Find(const command::v1::RegisterPerson& like) {
    std::vector<Persons::Found> found;
    persons_->FindCandidates(
        like.identity(), kToday,
        [&found](absl::StatusOr<std::vector<Persons::Found>> candidates) {
          ASSERT_TRUE(candidates.ok()) << candidates.status();
          found = *std::move(candidates);
        });
    executor_.RunReady();
    return found;
  }

  // As after a restart: nothing is remembered but the store.
  void Restart() { persons_.emplace(NewOptions()); }

  Persons::Options NewOptions() {
    return {.store = store_,
            .clock = clock_,
            .random = random_,
            .executor = executor_,
            .keys = keys_,
            .sealer = sealer_};
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  base::SeededRandom random_{1};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  registry::KeyRing keys_ =
      registry::KeyRing::Generate(random_, absl::UnixEpoch());
  registry::Sealer sealer_{random_};
  std::optional<Persons> persons_{std::in_place, NewOptions()};
};

TEST_F(PersonsTest, RegistersANewbornThatHasNoDocuments) {
  command::v1::RegisterPerson newborn;
  newborn.mutable_identity()->set_birth_date("2025-04-17");
  newborn.mutable_identity()->set_birth_order(1);
  const Persons::Resolved mother = Resolve(Info("m"), Child("Мария"));
  newborn.mutable_identity()->set_mother(mother.person->person.name());
  model::v1::Representative& parent = *newborn.add_representatives();
  parent.set_person(mother.person->person.name());
  parent.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
  parent.set_from("2025-04-17");
  parent.mutable_document()->set_kind("birth-record");
  parent.mutable_document()->set_issued_on("2025-04-17");
  const Persons::Resolved child = Resolve(Info("c"), newborn);
  ASSERT_FALSE(child.refusal.has_value()) << child.refusal->DebugString();
  EXPECT_TRUE(child.registered_now);
  EXPECT_EQ(child.person->birth_date, absl::CivilDay(2025, 4, 17));
}

// A registration keeps in memory what it made; the store must say the same.
TEST_F(PersonsTest, KnowsWhomItRegisteredAsItReadsThemBack) {
  const Persons::Resolved mother = Resolve(Info("m"), Child("Мария"));
  command::v1::RegisterPerson son = Child("Лев", "00000000101");
  son.mutable_identity()->add_phones("+7 900 000-11-01");
  model::v1::Representative& parent = *son.add_representatives();
  parent.set_person(mother.person->person.name());
  parent.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
  parent.set_from("2023-05-06");
  parent.mutable_document()->set_kind("birth-certificate");
  const Persons::Resolved made = Resolve(Info("c"), son);
  ASSERT_TRUE(made.registered_now);
  Restart();
  const OpenPersonPtr read = Open(made.person->uid);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(made.person->version, read->version);
  EXPECT_EQ(made.person->person.DebugString(), read->person.DebugString());
  EXPECT_EQ(made.person->birth_date, read->birth_date);
  EXPECT_EQ(made.person->key->bytes(), read->key->bytes());
  ASSERT_EQ(made.person->parts.size(), read->parts.size());
  for (const auto& [version, part] : read->parts) {
    EXPECT_EQ(made.person->parts.at(version).DebugString(), part.DebugString());
  }
  ASSERT_EQ(made.person->ages.size(), 1u);
  ASSERT_EQ(read->ages.size(), 1u);
  EXPECT_EQ(made.person->ages[0].person, read->ages[0].person);
  EXPECT_EQ(made.person->ages[0].birth_date, read->ages[0].birth_date);
}

TEST_F(PersonsTest, AnswersARepeatAsTheFirstTime) {
  const command::v1::RegisterPerson child = Child("Вера", "00000000101");
  const Persons::Resolved first = Resolve(Info("r"), child);
  ASSERT_TRUE(first.registered_now);
  Execute(first.person->uid, Info("u"),
          Renaming(Child("Надежда", "00000000101")));
  for (int restarts = 0; restarts < 2; ++restarts) {
    const Persons::Resolved again = Resolve(Info("r"), child);
    EXPECT_TRUE(again.registered_now);
    EXPECT_EQ(again.person->uid, first.person->uid);
    EXPECT_EQ(again.as_registered.SerializeAsString(),
              first.as_registered.SerializeAsString());
    EXPECT_EQ(again.person->version, 2) << "a repeat had an effect";
    Restart();
  }
}

TEST_F(PersonsTest, RefusesARequestIdThatWasUsedForAnother) {
  Resolve(Info("r", "one"), Child("Вера", "00000000101"));
  for (const char* name : {"Вера", "Надежда"}) {
    const Persons::Resolved other =
        Resolve(Info("r", "two"), Child(name, "00000000101"));
    ASSERT_TRUE(other.refusal.has_value());
    EXPECT_EQ(other.refusal->reason(),
              model::v1::ERROR_REASON_REQUEST_ID_REUSED);
  }
}

TEST_F(PersonsTest, TakesWhoHasTheSameIdentifierForTheSame) {
  const Persons::Resolved first =
      Resolve(Info("1"), Child("Вера", "00000000101"));
  const Persons::Resolved second =
      Resolve(Info("2"), Child("Вера", "000-000-001 01"));
  EXPECT_FALSE(second.registered_now);
  ASSERT_NE(second.person, nullptr);
  EXPECT_EQ(second.person->uid, first.person->uid);
}

TEST_F(PersonsTest, TakesATwinForAnotherPerson) {
  command::v1::RegisterPerson one = Child("Вера");
  command::v1::RegisterPerson other = Child("Любовь");
  one.mutable_identity()->set_birth_order(1);
  other.mutable_identity()->set_birth_order(2);
  const Persons::Resolved first = Resolve(Info("1"), one);
  const Persons::Resolved second = Resolve(Info("2"), other);
  EXPECT_TRUE(second.registered_now);
  EXPECT_NE(second.person->uid, first.person->uid);
}

// The registry finds whom it compares: what the comparison forgives must not be
// lost by the look-up before it.
TEST_F(PersonsTest, FindsWhoIsWrittenInAnotherWay) {
  const Persons::Resolved known = Resolve(Info("1"), Child("Вера"));
  command::v1::RegisterPerson without_yo = Child("Вера");
  without_yo.mutable_identity()->set_family_name("ЕЛКИНА");
  command::v1::RegisterPerson transposed = Child("Ёлкина");
  transposed.mutable_identity()->set_family_name("Вера");
  command::v1::RegisterPerson swapped_day = Child("Вера");
  swapped_day.mutable_identity()->set_birth_date("2023-06-05");
  for (const auto& [like, verdict] :
       {std::pair(without_yo, registry::Verdict::kLikely),
        std::pair(transposed, registry::Verdict::kLikely),
        std::pair(swapped_day, registry::Verdict::kPossible)}) {
    const std::vector<Persons::Found> found = Find(like);
    ASSERT_EQ(found.size(), 1u) << like.DebugString();
    EXPECT_EQ(found[0].person->uid, known.person->uid);
    EXPECT_EQ(found[0].candidate.verdict, verdict) << like.DebugString();
  }
}

TEST_F(PersonsTest, MarksTwinsAmongCandidatesAndTakesThemForTwo) {
  const std::string mother =
      Resolve(Info("m"), Child("Мария")).person->person.name();
  const auto child_of = [&mother](const std::string& given_name, int order) {
    command::v1::RegisterPerson child = Child(given_name);
    child.mutable_identity()->set_birth_date("2025-04-17");
    child.mutable_identity()->set_mother(mother);
    child.mutable_identity()->set_birth_order(order);
    return child;
  };
  const Persons::Resolved first = Resolve(Info("1"), child_of("Анна", 1));
  // Named alike by mistake, and one not named at all.
  for (const char* given_name : {"Яна", "Анна", ""}) {
    const std::vector<Persons::Found> found = Find(child_of(given_name, 2));
    ASSERT_EQ(found.size(), 1u) << given_name;
    EXPECT_EQ(found[0].candidate.verdict, registry::Verdict::kTwin);
    EXPECT_EQ(found[0].candidate.because.message_key(),
              "duplicate.verdict.twin");
  }
  const Persons::Resolved second = Resolve(Info("2"), child_of("Яна", 2));
  EXPECT_TRUE(second.registered_now);
  EXPECT_NE(second.person->uid, first.person->uid);
}

TEST_F(PersonsTest, RegistersNobodyWhenOnlyAskedWhetherItWould) {
  RequestInfo info = Info("r");
  info.validate_only = true;
  const Persons::Resolved asked = Resolve(info, Child("Вера", "00000000101"));
  EXPECT_FALSE(asked.refusal.has_value());
  EXPECT_EQ(asked.person, nullptr);
  EXPECT_TRUE(Find(Child("Вера", "00000000101")).empty());
  EXPECT_TRUE(Resolve(Info("r"), Child("Вера", "00000000101")).registered_now);
}

TEST_F(PersonsTest, GivesNobodyTheIdentifierOfAnother) {
  Resolve(Info("1"), Child("Вера", "00000000101"));
  const Persons::Resolved other =
      Resolve(Info("2"), Child("Софья", "00000000202"));
  const Reply reply = Execute(other.person->uid, Info("3"),
                              Renaming(Child("Софья", "00000000101")));
  ASSERT_TRUE(reply.refusal.has_value());
  EXPECT_EQ(reply.refusal->message_key(), "identifier_taken");
  EXPECT_EQ(Open(other.person->uid)->person.identity().snils(), "00000000202");
}

TEST_F(PersonsTest, FreesAnIdentifierThatIsCorrected) {
  const Persons::Resolved wrong =
      Resolve(Info("1"), Child("Вера", "00000000101"));
  const Reply mended = Execute(wrong.person->uid, Info("2"),
                               Renaming(Child("Вера", "00000000202")));
  ASSERT_FALSE(mended.refusal.has_value()) << mended.refusal->DebugString();
  const Persons::Resolved right =
      Resolve(Info("3"), Child("Софья", "00000000101"));
  ASSERT_FALSE(right.refusal.has_value()) << right.refusal->DebugString();
  EXPECT_TRUE(right.registered_now);
}

TEST_F(PersonsTest, ForgetsWhoWasErased) {
  const command::v1::RegisterPerson child = Child("Вера", "00000000101");
  const Persons::Resolved first = Resolve(Info("1"), child);
  const Reply erased = Execute(first.person->uid, Info("2"), Erasing());
  ASSERT_FALSE(erased.refusal.has_value()) << erased.refusal->DebugString();
  for (int restarts = 0; restarts < 2; ++restarts) {
    const OpenPersonPtr person = Open(first.person->uid);
    ASSERT_NE(person, nullptr);
    EXPECT_TRUE(person->erased);
    EXPECT_EQ(person->person.identity().ByteSizeLong(), 0U);
    EXPECT_EQ(person->key, nullptr);
    EXPECT_TRUE(Find(child).empty());
    // The repeat of the erasure is answered, that of the registration no more.
    EXPECT_EQ(Execute(first.person->uid, Info("2"), Erasing()).answer,
              erased.answer);
    const Persons::Resolved again = Resolve(Info("1"), child);
    ASSERT_TRUE(again.refusal.has_value());
    EXPECT_EQ(again.refusal->reason(), model::v1::ERROR_REASON_ERASED);
    Restart();
  }
  // Who comes back is somebody new.
  const Persons::Resolved back = Resolve(Info("3"), child);
  ASSERT_FALSE(back.refusal.has_value()) << back.refusal->DebugString();
  EXPECT_TRUE(back.registered_now);
  EXPECT_NE(back.person->uid, first.person->uid);
}

TEST_F(PersonsTest, OpensARecordLongerThanAPage) {
  const Persons::Resolved child = Resolve(Info("r"), Child("Вера"));
  for (int i = 0; i < store::kPageRowsMax; ++i) {
    command::v1::PersonCommand needs;
    needs.mutable_set_needs()->mutable_needs()->set_language("ru");
    const Reply reply =
        Execute(child.person->uid, Info(absl::StrCat("n", i)), needs);
    ASSERT_FALSE(reply.refusal.has_value()) << reply.refusal->DebugString();
  }
  Execute(child.person->uid, Info("last"), Renaming(Child("Надежда")));
  Restart();
  EXPECT_EQ(Open(child.person->uid)->person.identity().given_name(), "Надежда");
}

}  // namespace
}  // namespace careroute::engine
