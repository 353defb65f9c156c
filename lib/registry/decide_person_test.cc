#include "lib/registry/decide_person.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/registry/person_view.h"

namespace careroute::registry {
namespace {

using command::v1::PersonCommand;

constexpr absl::Time kNow = absl::FromUnixSeconds(1750000000);  // 2025-06-15
constexpr char kPerson[] = "persons/00000000000000000000000000000001";
constexpr char kMother[] = "persons/00000000000000000000000000000002";

template <typename M>
M Parse(const std::string& text) {
  M message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

// A record driven through decide and fold, as an engine does it; what is
// sealed stays open beside it.
class PersonStream : public testing::Test {
 protected:
  PersonStream() { actor_.set_member("organisations/o/members/m"); }

  PersonDecision Decide(const std::string& command) {
    return DecidePerson(
        record_, Parse<PersonCommand>(command),
        {.now = now_,
         .today = absl::ToCivilDay(now_, absl::UTCTimeZone()),
         .actor = actor_,
         .request_id = "0123456789abcdef",
         .person = kPerson,
         .identity = identity_.has_value() ? &*identity_ : nullptr});
  }

  // Decides, expects an event, folds it.
  PersonDecision Apply(const std::string& command) {
    PersonDecision decision = Decide(command);
    EXPECT_FALSE(decision.refusal.has_value())
        << decision.refusal->DebugString();
    FoldPerson(decision.event, record_);
    event::v1::PlainPart whole;
    for (const PlainClassPart& part : decision.parts) {
      JoinPart(part.part, whole);
    }
    if (whole.has_identity()) {
      identity_ = whole.identity();
    }
    opened_[record_.version] = whole;
    return decision;
  }

  // The reason the command is refused for, and the paths of its problems.
  model::v1::Refusal Refused(const std::string& command) {
    const PersonDecision decision = Decide(command);
    EXPECT_TRUE(decision.refusal.has_value());
    return decision.refusal.value_or(model::v1::Refusal());
  }
  std::vector<std::string> ProblemPaths(const std::string& command) {
    const model::v1::Refusal refusal = Refused(command);
    EXPECT_EQ(refusal.reason(), model::v1::ERROR_REASON_INVALID_REQUEST);
    std::vector<std::string> paths;
    for (const model::v1::Problem& problem : refusal.problems()) {
      EXPECT_FALSE(problem.mend().empty());
      paths.push_back(problem.path());
    }
    return paths;
  }

  model::v1::Person View() {
    model::v1::Person person =
        ViewOf({.record = record_,
                .name = kPerson,
                .today = absl::ToCivilDay(now_, absl::UTCTimeZone())});
    for (const int64_t version : SealedVersions(record_)) {
      AddOpened(
          {.record = record_, .version = version, .part = opened_[version]},
          person);
    }
    return person;
  }

  absl::Time now_ = kNow;
  model::v1::Actor actor_;
  PersonRecord record_;
  std::optional<model::v1::Identity> identity_;
  std::map<int64_t, event::v1::PlainPart> opened_;
};

const char kChild[] = R"(register {
  identity {
    family_name: "Королёва" given_name: "Анна" birth_date: "2023-03-11"
    snils: "112-233-445 95" phones: "8 914 123-45-67" gestation_weeks: 31
  }
  needs { language: "evn" speak_with: "мама" }
  representatives {
    person: "persons/00000000000000000000000000000002"
    basis: REPRESENTATIVE_BASIS_PARENT from: "2023-03-11"
    document { kind: "birth-certificate" number: "II-ДВ 123456" }
  }
  carers { relation: "бабушка" phone: "+79990000000" }
  relations { person: "persons/00000000000000000000000000000002"
              link: FAMILY_LINK_MOTHER }
})";

const char kNewborn[] = R"(register {
  identity {
    birth_date: "2025-06-14" birth_order: 2
    mother: "persons/00000000000000000000000000000002"
  }
})";

TEST_F(PersonStream, RegistersAPerson) {
  const PersonDecision decision = Apply(kChild);
  EXPECT_EQ(record_.version, 1);
  EXPECT_EQ(record_.state, model::v1::PERSON_STATE_REGISTERED);
  EXPECT_EQ(record_.registered, kNow);
  ASSERT_EQ(record_.representatives.size(), 1u);
  EXPECT_EQ(record_.representatives[0].Who(), kMother);
  EXPECT_EQ(record_.relations.size(), 1u);
  EXPECT_EQ(record_.carers, 1);
  EXPECT_EQ(decision.event.header().version(), 1);
  EXPECT_EQ(decision.event.header().format(), kPersonEventFormat);
  EXPECT_EQ(decision.event.header().request_id(), "0123456789abcdef");
  ASSERT_TRUE(decision.terms.has_value());
  ASSERT_EQ(decision.unique_terms.size(), 1u);
  EXPECT_EQ(decision.unique_terms[0].value, "11223344595");
}

TEST_F(PersonStream, KeepsWhoItIsOutOfTheClearPart) {
  const std::string clear = Apply(kChild).event.SerializeAsString();
  for (const char* mark : {"Королёва", "Анна", "2023-03-11T", "112-233", "914",
                           "evn", "мама", "II-ДВ", "бабушка", "7999"}) {
    EXPECT_EQ(clear.find(mark), std::string::npos) << mark;
  }
}

TEST_F(PersonStream, ShowsWhoRepresentsFromTheBirthOnByTheIdentityAlone) {
  Apply(kChild);
  EXPECT_EQ(record_.representatives[0].from, kFromBirth);
  EXPECT_EQ(View().representatives(0).from(), "2023-03-11");
  opened_.clear();  // a reader who may open nothing
  EXPECT_EQ(View().representatives(0).from(), "");
  const PersonDecision father = Apply(R"(add_representative {
      representative { person: "persons/3" from: "2023-03-11"
                       basis: REPRESENTATIVE_BASIS_PARENT } })");
  EXPECT_EQ(father.event.SerializeAsString().find("2023-03-11"),
            std::string::npos);
}

TEST_F(PersonStream, SealsEachDataClassApart) {
  std::set<model::v1::DataClass> classes;
  for (const PlainClassPart& part : Apply(kChild).parts) {
    EXPECT_TRUE(classes.insert(part.data_class).second);
  }
  EXPECT_EQ(classes,
            (std::set<model::v1::DataClass>{
                model::v1::DATA_CLASS_IDENTITY, model::v1::DATA_CLASS_CONTACT,
                model::v1::DATA_CLASS_NEEDS, model::v1::DATA_CLASS_SOCIAL,
                model::v1::DATA_CLASS_MEDICAL}));
}

TEST_F(PersonStream, RegistersANewbornWithoutDocuments) {
  const PersonDecision decision = Apply(kNewborn);
  EXPECT_EQ(record_.state, model::v1::PERSON_STATE_TEMPORARY);
  EXPECT_TRUE(decision.unique_terms.empty());
  ASSERT_TRUE(decision.terms.has_value());
  EXPECT_EQ(decision.terms->size(), 2u);
}

TEST_F(PersonStream, MakesATemporaryIdentityFullAndKeepsTheHistory) {
  Apply(kNewborn);
  const PersonDecision decision = Apply(R"(update_identity { identity {
      family_name: "Королёва" given_name: "Мария"
      snils: "112-233-445 95" } })");
  EXPECT_EQ(record_.state, model::v1::PERSON_STATE_REGISTERED);
  EXPECT_EQ(record_.identity_versions, (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(decision.unique_terms.size(), 1u);
  // What the update did not state stays.
  EXPECT_EQ(identity_->birth_date(), "2025-06-14");
  EXPECT_EQ(identity_->birth_order(), 2);
  EXPECT_EQ(identity_->mother(), kMother);
  // The first identity is still in the stream.
  EXPECT_TRUE(opened_[1].identity().given_name().empty());
  EXPECT_EQ(View().identity().given_name(), "Мария");
}

TEST_F(PersonStream, ReplacesListsOfTheIdentityWhole) {
  Apply(kChild);
  Apply(R"(update_identity { identity { phones: "+79140000000" } })");
  ASSERT_EQ(identity_->phones_size(), 1);
  EXPECT_EQ(identity_->phones(0), "+79140000000");
  EXPECT_EQ(identity_->snils(), "112-233-445 95");
}

TEST_F(PersonStream, ReportsEveryProblemOfARegistration) {
  EXPECT_EQ(ProblemPaths(R"(register {
    identity { family_name: "Иванов1" snils: "1" birth_date: "2025-06-31" }
    representatives { basis: REPRESENTATIVE_BASIS_GUARDIAN
                      person: "persons/1" to: "2020-13-01" }
    carers { from: "2024-02-02" to: "2024-02-01" }
    relations { person: "persons/00000000000000000000000000000001" }
  })"),
            (std::vector<std::string>{
                "identity.family_name", "identity.birth_date", "identity.snils",
                "representatives[0].document", "representatives[0].from",
                "representatives[0].to", "carers[0].relation", "carers[0].to",
                "relations[0].person", "relations[0].link"}));
}

TEST_F(PersonStream, AsksForWhatTellsWhoItIs) {
  EXPECT_EQ(ProblemPaths(R"(register { identity { phones: "89141234567" } })"),
            (std::vector<std::string>{"identity.family_name",
                                      "identity.birth_date"}));
  EXPECT_EQ(ProblemPaths(R"(register { identity {
      birth_date: "2025-06-14"
      mother: "persons/00000000000000000000000000000001" } })"),
            std::vector<std::string>{"identity.mother"});
}

TEST_F(PersonStream, PassesOnWarningsWithoutRefusing) {
  const PersonDecision decision = Apply(R"(register { identity {
      family_name: "Kузнецов" given_name: "Пётр"
      birth_date: "2023-03-11" } })");
  ASSERT_EQ(decision.warnings.size(), 1u);
  EXPECT_EQ(decision.warnings[0].reason, "MIXED_ALPHABETS");
  EXPECT_EQ(decision.warnings[0].path, "identity.family_name");
}

struct BadRepresentative {
  const char* text;
  const char* path;
};

TEST_F(PersonStream, TakesNoRepresentativeWithoutARightToBeOne) {
  Apply(kChild);
  for (const BadRepresentative& bad : {
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_GUARDIAN
               from: "2024-01-01" person: "persons/1")",
                             "representative.document"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               from: "2024-01-01")",
                             "representative.person"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               from: "2024-01-01" organisation: "organisations/1")",
                             "representative.person"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_INSTITUTION
               document { kind: "order" } from: "2024-01-01"
               person: "persons/1")",
                             "representative.organisation"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               from: "2024-01-01"
               person: "persons/00000000000000000000000000000001")",
                             "representative.person"},
           BadRepresentative{R"(from: "2024-01-01" person: "persons/1"
               document { kind: "order" })",
                             "representative.basis"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               person: "persons/1")",
                             "representative.from"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               from: "2024-01-02" to: "2024-01-01" person: "persons/1")",
                             "representative.to"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               from: "2024-01-01" person: "persons/1" matters: 0)",
                             "representative.matters[0]"},
           BadRepresentative{R"(basis: REPRESENTATIVE_BASIS_PARENT
               from: "2024-01-01" person: "persons/1"
               document { kind: "order" valid_to: "soon" })",
                             "representative.document.valid_to"},
       }) {
    EXPECT_EQ(ProblemPaths("add_representative { representative {" +
                           std::string(bad.text) + "} }"),
              std::vector<std::string>{bad.path})
        << bad.text;
  }
}

TEST_F(PersonStream, NumbersRepresentativesAndSealsTheirDocuments) {
  Apply(kChild);
  const PersonDecision decision = Apply(R"(add_representative {
    representative {
      person: "persons/3" basis: REPRESENTATIVE_BASIS_POWER_OF_ATTORNEY
      matters: CONSENT_MATTER_DATA from: "2025-01-01" to: "2025-12-31"
      display_name: "Ким А. А." address_hidden_from: true
      document { kind: "power-of-attorney" number: "77 АВ 1"
                 valid_to: "2025-12-31" }
    } })");
  EXPECT_EQ(decision.event.representative_added().number(), 2);
  const std::string clear = decision.event.SerializeAsString();
  EXPECT_EQ(clear.find("77 АВ"), std::string::npos);
  EXPECT_EQ(clear.find("Ким"), std::string::npos);
  const RepresentativeRecord& added = record_.representatives[1];
  EXPECT_EQ(added.number, 2);
  EXPECT_EQ(added.to, absl::CivilDay(2025, 12, 31));
  EXPECT_EQ(added.document_kind, "power-of-attorney");
  EXPECT_EQ(added.document_valid_to, absl::CivilDay(2025, 12, 31));
  EXPECT_TRUE(added.address_hidden_from);
  EXPECT_EQ(View().representatives(1).document().number(), "77 АВ 1");
  EXPECT_EQ(View().representatives(0).document().number(), "II-ДВ 123456");
}

TEST_F(PersonStream, DatesRestrictionsOfARepresentative) {
  Apply(kChild);
  Apply(R"(change_representative { representative: 1
      restriction: REPRESENTATIVE_RESTRICTION_RESTRICTED
      restriction_from: "2025-05-01" })");
  const RepresentativeRecord& parent = record_.representatives[0];
  EXPECT_EQ(parent.RestrictionOn(absl::CivilDay(2025, 4, 30)),
            model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED);
  EXPECT_EQ(parent.RestrictionOn(absl::CivilDay(2025, 5, 1)),
            model::v1::REPRESENTATIVE_RESTRICTION_RESTRICTED);
  now_ += absl::Hours(24 * 10);
  // Without a day the change holds from today on.
  Apply("change_representative { representative: 1 }");
  EXPECT_EQ(
      record_.representatives[0].RestrictionOn(absl::CivilDay(2025, 6, 24)),
      model::v1::REPRESENTATIVE_RESTRICTION_RESTRICTED);
  EXPECT_EQ(
      record_.representatives[0].RestrictionOn(absl::CivilDay(2025, 6, 25)),
      model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED);
}

TEST_F(PersonStream, EndsARepresentativeAndHidesTheWard) {
  Apply(kChild);
  Apply(R"(change_representative { representative: 1 to: "2025-06-30"
                                   address_hidden_from: true })");
  EXPECT_EQ(record_.representatives[0].to, absl::CivilDay(2025, 6, 30));
  EXPECT_TRUE(record_.representatives[0].address_hidden_from);
  EXPECT_TRUE(record_.representatives[0].restrictions.empty());
}

TEST_F(PersonStream, RefusesBadChangesOfARepresentative) {
  Apply(kChild);
  const model::v1::Refusal refusal =
      Refused("change_representative { representative: 2 }");
  EXPECT_EQ(refusal.reason(), model::v1::ERROR_REASON_UNKNOWN_REFERENCE);
  EXPECT_EQ(refusal.problems(0).path(), "representative");
  Apply(R"(add_representative { representative { person: "persons/3"
      basis: REPRESENTATIVE_BASIS_PARENT from: "2024-01-01" } })");
  EXPECT_EQ(ProblemPaths(R"(change_representative { representative: 2
      to: "2023-12-31" restriction_from: "2025-06-16" })"),
            (std::vector<std::string>{"to", "restriction_from"}));
  EXPECT_EQ(ProblemPaths(R"(change_representative { representative: 1
      to: "never" })"),
            std::vector<std::string>{"to"});
}

TEST_F(PersonStream, ReplacesNeedsAndCarers) {
  Apply(kChild);
  Apply(R"(set_needs { needs { language: "ru" } })");
  Apply(
      "set_carers { carers { person: \"persons/5\" } carers { "
      "relation: \"сосед\" } }");
  EXPECT_EQ(record_.carers, 2);
  model::v1::Person view = View();
  EXPECT_EQ(view.needs().language(), "ru");
  EXPECT_TRUE(view.needs().speak_with().empty());
  EXPECT_EQ(view.carers_size(), 2);
  EXPECT_EQ(view.identity().given_name(), "Анна");
  Apply("set_carers { }");
  EXPECT_EQ(record_.carers, 0);
  EXPECT_EQ(View().carers_size(), 0);
}

TEST_F(PersonStream, RecordsCapacityWithItsDocumentSealed) {
  Apply(kChild);
  const PersonDecision decision = Apply(R"(record_capacity { decision {
      capacity: CAPACITY_NONE from: "2025-06-01"
      document { kind: "court-decision" number: "2-1234/2025" } } })");
  EXPECT_EQ(decision.event.SerializeAsString().find("2-1234"),
            std::string::npos);
  EXPECT_EQ(record_.CapacityOn(absl::CivilDay(2025, 5, 31)),
            model::v1::CAPACITY_UNSPECIFIED);
  EXPECT_EQ(record_.CapacityOn(absl::CivilDay(2025, 6, 1)),
            model::v1::CAPACITY_NONE);
  EXPECT_EQ(View().capacity_decisions(0).document().number(), "2-1234/2025");
  EXPECT_EQ(ProblemPaths(R"(record_capacity { decision {
      from: "2025-06-16" } })"),
            (std::vector<std::string>{"decision.capacity", "decision.from",
                                      "decision.document"}));
}

TEST_F(PersonStream, SaysWhenOthersMayDecideFromNowOn) {
  const auto changes = [this](const std::string& command) {
    return Apply(command).changes_deciders;
  };
  EXPECT_FALSE(changes(kChild)) << "nobody has heard of the person before";
  EXPECT_FALSE(changes("set_needs { needs { } }"));
  EXPECT_FALSE(changes("update_identity { identity { given_name: 'Яна' } }"));
  EXPECT_TRUE(
      changes("update_identity { identity { birth_date: '2023-03-12' } }"));
  EXPECT_TRUE(changes(
      "add_representative { representative { person: 'persons/3' basis: "
      "REPRESENTATIVE_BASIS_PARENT from: '2024-01-01' } }"));
  EXPECT_TRUE(
      changes("change_representative { representative: 2 to: '2025-01-01' }"));
  EXPECT_TRUE(
      changes("change_representative { representative: 1 restriction: "
              "REPRESENTATIVE_RESTRICTION_RESTRICTED }"));
  EXPECT_FALSE(changes(
      "change_representative { representative: 1 restriction: "
      "REPRESENTATIVE_RESTRICTION_RESTRICTED address_hidden_from: true }"));
  EXPECT_TRUE(
      changes("record_capacity { decision { capacity: CAPACITY_FULL from: "
              "'2025-06-01' document { kind: 'decision' } } }"));
}

TEST_F(PersonStream, ErasesAndTakesNothingMore) {
  Apply(kChild);
  EXPECT_EQ(ProblemPaths("erase { }"), std::vector<std::string>{"reason"});
  const PersonDecision decision = Apply("erase { reason: \"on request\" }");
  EXPECT_TRUE(decision.destroys_key);
  EXPECT_TRUE(decision.parts.empty());
  EXPECT_EQ(record_.state, model::v1::PERSON_STATE_ERASED);
  EXPECT_TRUE(SealedVersions(record_).empty());
  for (const char* command :
       {kChild, "erase { reason: \"again\" }", "set_needs { needs { } }"}) {
    EXPECT_EQ(Refused(command).reason(), model::v1::ERROR_REASON_ERASED);
  }
}

TEST_F(PersonStream, RefusesWhatDoesNotFitItsState) {
  EXPECT_EQ(Refused("set_needs { needs { } }").reason(),
            model::v1::ERROR_REASON_NOT_FOUND);
  Apply(kChild);
  EXPECT_EQ(Refused(kChild).reason(), model::v1::ERROR_REASON_WRONG_STATE);
  record_.state = model::v1::PERSON_STATE_MERGED;
  EXPECT_EQ(Refused("set_needs { needs { } }").reason(),
            model::v1::ERROR_REASON_WRONG_STATE);
  Apply("erase { reason: \"on request\" }");
}

TEST_F(PersonStream, RefusesACommandWithoutACommand) {
  Apply(kChild);
  EXPECT_EQ(ProblemPaths(""), std::vector<std::string>{"command"});
}

TEST_F(PersonStream, KnowsTwoTimes) {
  PersonDecision decision = Apply(kChild);
  EXPECT_EQ(decision.event.header().happened_time().seconds(), 1750000000);
  EXPECT_FALSE(decision.event.header().recorded_late());
  decision = Apply(R"(happened_time { seconds: 1749913599 }
                      set_needs { needs { } })");
  EXPECT_TRUE(decision.event.header().recorded_late());
  EXPECT_EQ(decision.event.header().happened_time().seconds(), 1749913599);
  EXPECT_EQ(Refused(R"(happened_time { seconds: 1750000001 }
                       set_needs { needs { } })")
                .reason(),
            model::v1::ERROR_REASON_WRONG_TIME);
  EXPECT_EQ(Refused(R"(happened_time { seconds: -9223372036854775808 }
                       set_needs { needs { } })")
                .reason(),
            model::v1::ERROR_REASON_WRONG_TIME);
  // The clock steps back: recorded time does not.
  now_ -= absl::Hours(1);
  decision = Apply("set_needs { needs { } }");
  EXPECT_EQ(decision.event.header().recorded_time().seconds(), 1750000000);
}

TEST_F(PersonStream, HoldsNoMoreThanARecordMay) {
  Apply(kChild);
  const std::string add = R"(add_representative { representative {
      person: "persons/3" basis: REPRESENTATIVE_BASIS_PARENT
      from: "2024-01-01" } })";
  while (record_.representatives.size() < kRepresentativesMax) {
    Apply(add);
  }
  EXPECT_EQ(ProblemPaths(add), std::vector<std::string>{"representative"});
}

}  // namespace
}  // namespace careroute::registry
