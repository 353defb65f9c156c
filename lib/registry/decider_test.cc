#include "lib/registry/decider.h"

#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/registry/internal/day.h"

namespace careroute::registry {
namespace {

using model::v1::ConsentMatter;
using model::v1::Decider;
using model::v1::Explanation;

constexpr ConsentMatter kData = model::v1::CONSENT_MATTER_DATA;
constexpr ConsentMatter kTreatment = model::v1::CONSENT_MATTER_TREATMENT;
constexpr ConsentMatter kApplication = model::v1::CONSENT_MATTER_APPLICATION;
constexpr ConsentMatter kMoney = model::v1::CONSENT_MATTER_MONEY;
constexpr ConsentMatter kEducation = model::v1::CONSENT_MATTER_EDUCATION;

constexpr char kSelf[] = "persons/self";
constexpr char kMother[] = "persons/mother";
constexpr char kFather[] = "persons/father";
constexpr char kGuardian[] = "persons/guardian";
constexpr absl::CivilDay kBorn(2010, 6, 15);

RepresentativeRecord Parent(const char* person) {
  RepresentativeRecord parent;
  parent.person = person;
  parent.basis = model::v1::REPRESENTATIVE_BASIS_PARENT;
  parent.from = kFromBirth;
  return parent;
}

RepresentativeRecord Basis(model::v1::RepresentativeBasis basis,
                           const char* person, absl::CivilDay from) {
  RepresentativeRecord representative;
  representative.person = person;
  representative.basis = basis;
  representative.from = from;
  representative.document_kind = "document";
  return representative;
}

RepresentativeRecord Guardian(absl::CivilDay from) {
  return Basis(model::v1::REPRESENTATIVE_BASIS_GUARDIAN, kGuardian, from);
}

RepresentativeRecord Attorney(absl::CivilDay from) {
  return Basis(model::v1::REPRESENTATIVE_BASIS_POWER_OF_ATTORNEY,
               "persons/attorney", from);
}

// A person born on kBorn with the given representatives, numbered.
struct Given {
  explicit Given(std::vector<RepresentativeRecord> representatives = {}) {
    record.version = 1;
    record.state = model::v1::PERSON_STATE_REGISTERED;
    for (RepresentativeRecord& each : representatives) {
      each.number = static_cast<int>(record.representatives.size()) + 1;
      record.representatives.push_back(std::move(each));
    }
  }

  [[nodiscard]] DeciderInput input() const {
    return {.record = record,
            .person = kSelf,
            .birth_date = birth_date,
            .ages = ages,
            .objections = objections};
  }
  [[nodiscard]] Decider Ask(ConsentMatter matter, absl::CivilDay day) const {
    return WhoDecides(input(), {.matter = matter, .day = day});
  }
  Given& Capacity(model::v1::Capacity capacity, absl::CivilDay from) {
    record.capacity_decisions.push_back({.capacity = capacity, .from = from});
    return *this;
  }

  PersonRecord record;
  std::optional<absl::CivilDay> birth_date = kBorn;
  std::vector<RepresentativeAge> ages;
  std::vector<Objection> objections;
};

// The answer in one line: who, and the flags that are set.
std::string Line(const Decider& decider) {
  std::string line;
  for (const std::string& who : decider.deciders()) {
    line += (line.empty() ? "" : " ") + who.substr(who.find('/') + 1);
  }
  line += decider.person_decides() ? " :alone" : "";
  line += decider.representative_countersigns() ? " :countersigned" : "";
  line += decider.together() ? " :together" : "";
  line += decider.disputed() ? " :disputed" : "";
  line += decider.nobody() ? ":nobody" : "";
  return line;
}

struct AgeRow {
  ConsentMatter matter;
  const char* day;
  const char* line;
  const char* changes_on;
};

TEST(WhoDecides, FollowsTheAgeOnBothSidesOfEachBirthday) {
  const Given given({Parent(kMother)});
  for (const AgeRow& row : {
           AgeRow{kTreatment, "2024-06-14", "mother", "2025-06-15"},
           AgeRow{kTreatment, "2025-06-14", "mother", "2025-06-15"},
           AgeRow{kTreatment, "2025-06-15", "self :alone", ""},
           AgeRow{kApplication, "2024-06-14", "mother", "2024-06-15"},
           AgeRow{kApplication, "2024-06-15", "self mother :countersigned",
                  "2028-06-15"},
           AgeRow{kApplication, "2028-06-14", "self mother :countersigned",
                  "2028-06-15"},
           AgeRow{kApplication, "2028-06-15", "self :alone", ""},
           AgeRow{kData, "2024-06-14", "mother", "2024-06-15"},
           AgeRow{kData, "2024-06-15", "self mother :countersigned",
                  "2028-06-15"},
           AgeRow{kData, "2028-06-15", "self :alone", ""},
           AgeRow{kMoney, "2024-06-15", "self mother :countersigned",
                  "2028-06-15"},
           AgeRow{kEducation, "2024-06-14", "mother", "2024-06-15"},
           AgeRow{kEducation, "2028-06-15", "self :alone", ""},
       }) {
    const Decider decider = given.Ask(row.matter, *internal::ReadDay(row.day));
    EXPECT_EQ(Line(decider), row.line) << row.matter << " on " << row.day;
    EXPECT_EQ(decider.changes_on(), row.changes_on);
    EXPECT_EQ(decider.matter(), row.matter);
  }
}

TEST(WhoDecides, CountsABirthOnThe29thOfFebruary) {
  Given given({Parent(kMother)});
  given.birth_date = absl::CivilDay(2012, 2, 29);
  EXPECT_EQ(Line(given.Ask(kTreatment, absl::CivilDay(2027, 2, 27))), "mother");
  EXPECT_EQ(Line(given.Ask(kTreatment, absl::CivilDay(2027, 2, 28))),
            "self :alone");
}

struct RepresentativeRow {
  const char* what;
  std::function<void(RepresentativeRecord&)> change;
  const char* line;
  const char* hindrance;  // of the only representative; empty = decides
};

void ExpectHindrance(const Decider& decider, const std::string& hindrance) {
  for (const Explanation& node : decider.because().because()) {
    if (node.message_key() == "decider.representative_does_not") {
      ASSERT_EQ(node.because_size(), 1);
      EXPECT_EQ(node.because(0).message_key(),
                "decider.hindrance." + hindrance);
      EXPECT_EQ(node.because(0).source().provenance(),
                model::v1::PROVENANCE_RECALLED);
      return;
    }
  }
  EXPECT_EQ(hindrance, "");
}

TEST(WhoDecides, LetsARepresentativeDecideWithinTheirPapersAlone) {
  constexpr absl::CivilDay kDay(2020, 1, 10);
  using Rep = RepresentativeRecord;
  const auto restrict = [](model::v1::RepresentativeRestriction restriction,
                           absl::CivilDay from) {
    return [restriction, from](Rep& r) {
      r.restrictions = {{.restriction = restriction, .from = from}};
    };
  };
  for (const RepresentativeRow& row : {
           RepresentativeRow{"open", [](Rep&) {}, "mother", ""},
           RepresentativeRow{"first day", [&](Rep& r) { r.from = kDay; },
                             "mother", ""},
           RepresentativeRow{"day before", [&](Rep& r) { r.from = kDay + 1; },
                             ":nobody", "not_yet"},
           RepresentativeRow{"last day", [&](Rep& r) { r.to = kDay; }, "mother",
                             ""},
           RepresentativeRow{"day after", [&](Rep& r) { r.to = kDay - 1; },
                             ":nobody", "ended"},
           RepresentativeRow{"document's last day",
                             [&](Rep& r) { r.document_valid_to = kDay; },
                             "mother", ""},
           RepresentativeRow{"document expired",
                             [&](Rep& r) { r.document_valid_to = kDay - 1; },
                             ":nobody", "document_expired"},
           RepresentativeRow{"in this matter",
                             [](Rep& r) {
                               r.matters = {kTreatment, kData};
                             },
                             "mother", ""},
           RepresentativeRow{"in another matter",
                             [](Rep& r) { r.matters = {kMoney}; }, ":nobody",
                             "other_matter"},
           RepresentativeRow{
               "deprived",
               restrict(model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED, kDay),
               ":nobody", "deprived"},
           RepresentativeRow{
               "restricted",
               restrict(model::v1::REPRESENTATIVE_RESTRICTION_RESTRICTED, kDay),
               ":nobody", "restricted"},
           RepresentativeRow{
               "incapable",
               restrict(model::v1::REPRESENTATIVE_RESTRICTION_INCAPABLE, kDay),
               ":nobody", "incapable"},
           RepresentativeRow{
               "deprived from tomorrow",
               restrict(model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED,
                        kDay + 1),
               "mother", ""},
       }) {
    RepresentativeRecord mother = Parent(kMother);
    row.change(mother);
    const Decider decider = Given({mother}).Ask(kTreatment, kDay);
    EXPECT_EQ(Line(decider), row.line) << row.what;
    ExpectHindrance(decider, row.hindrance);
  }
}

TEST(WhoDecides, AsksEitherParentUntilTheOtherObjects) {
  Given given({Parent(kMother), Parent(kFather)});
  given.objections = {{.by = kFather,
                       .matter = kData,
                       .from = absl::CivilDay(2020, 2, 1),
                       .settled = absl::CivilDay(2020, 3, 1)}};
  const Decider before = given.Ask(kData, absl::CivilDay(2020, 1, 31));
  EXPECT_EQ(Line(before), "mother father");
  EXPECT_EQ(before.changes_on(), "2020-02-01");
  const Decider disputed = given.Ask(kData, absl::CivilDay(2020, 2, 1));
  EXPECT_EQ(Line(disputed), "mother father :together :disputed");
  EXPECT_EQ(disputed.changes_on(), "2020-03-01");
  EXPECT_EQ(disputed.because().message_key(), "decider.disputed");
  EXPECT_EQ(Line(given.Ask(kData, absl::CivilDay(2020, 3, 1))),
            "mother father");
  EXPECT_EQ(Line(given.Ask(kTreatment, absl::CivilDay(2020, 2, 1))),
            "mother father");
  given.objections[0].matter = model::v1::CONSENT_MATTER_UNSPECIFIED;
  EXPECT_EQ(Line(given.Ask(kTreatment, absl::CivilDay(2020, 2, 1))),
            "mother father :together :disputed");
}

TEST(WhoDecides, HearsNoObjectionOfWhoCannotConsent) {
  Given given({Parent(kMother), Parent(kFather)});
  given.objections = {{.by = kFather, .from = absl::CivilDay(2020, 1, 1)}};
  given.record.representatives[1].restrictions = {
      {.restriction = model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED,
       .from = kBorn}};
  EXPECT_EQ(Line(given.Ask(kData, absl::CivilDay(2020, 2, 1))), "mother");
  Given alone({Parent(kFather)});
  alone.objections = given.objections;
  EXPECT_EQ(Line(alone.Ask(kData, absl::CivilDay(2020, 2, 1))), "father");
}

TEST(WhoDecides, AsksJointRepresentativesTogether) {
  Given given({Parent(kMother), Parent(kFather)});
  for (RepresentativeRecord& each : given.record.representatives) {
    each.power = model::v1::REPRESENTATIVE_POWER_JOINT;
  }
  constexpr absl::CivilDay kDay(2020, 1, 10);
  EXPECT_EQ(Line(given.Ask(kData, kDay)), "mother father :together");
  // Who may alone makes the others unnecessary.
  given.record.representatives[0].power = model::v1::REPRESENTATIVE_POWER_SOLE;
  EXPECT_EQ(Line(given.Ask(kData, kDay)), "mother");
  // The last one left decides alone.
  given.record.representatives[0].to = kDay - 1;
  EXPECT_EQ(Line(given.Ask(kData, kDay)), "father");
}

TEST(WhoDecides, GivesTheChildOfAMotherUnder16AGuardian) {
  constexpr absl::CivilDay kChildBorn(2024, 3, 1);
  Given child({Parent(kMother), Guardian(kChildBorn)});
  child.birth_date = kChildBorn;
  child.ages = {{.person = kMother, .birth_date = absl::CivilDay(2009, 9, 10)}};
  const absl::CivilDay before(2025, 9, 9);
  const absl::CivilDay on(2025, 9, 10);
  EXPECT_EQ(Line(child.Ask(kTreatment, before)), "guardian");
  EXPECT_EQ(child.Ask(kTreatment, before).changes_on(), "2025-09-10");
  ExpectHindrance(child.Ask(kTreatment, before), "parent_under_16");
  EXPECT_EQ(Line(child.Ask(kTreatment, on)), "mother guardian");
  // She keeps her rights: she may read and object.
  EXPECT_EQ(ActingRepresentatives(child.input(), before).size(), 2u);

  child.record.representatives.pop_back();
  EXPECT_EQ(Line(child.Ask(kTreatment, before)), ":nobody");
  EXPECT_EQ(Line(child.Ask(kTreatment, on)), "mother");
  child.ages[0].emancipated = true;
  EXPECT_EQ(Line(child.Ask(kTreatment, before)), "mother");
  child.ages[0] = {.person = kMother};
  EXPECT_EQ(Line(child.Ask(kTreatment, before)), "mother")
      << "not known is not under 16";
}

TEST(WhoDecides, EndsTheRepresentationOfAChildAt18) {
  const Given given({Parent(kMother), Guardian(kBorn), Attorney(kBorn)});
  const Decider decider = given.Ask(kData, absl::CivilDay(2028, 6, 15));
  EXPECT_EQ(Line(decider), "self :alone");
  ExpectHindrance(decider, "ward_of_age");
  EXPECT_TRUE(ActingRepresentatives(given.input(), absl::CivilDay(2028, 6, 15))
                  .empty());
}

// Dementia alone changes nothing: only a court's decision does.
TEST(WhoDecides, TakesAnAdultForCapableUntilACourtDecides) {
  constexpr absl::CivilDay kDay(2030, 5, 1);
  Given given({Guardian(absl::CivilDay(2030, 1, 1))});
  EXPECT_EQ(Line(given.Ask(kApplication, kDay)), "self :alone");
  given.Capacity(model::v1::CAPACITY_NONE, kDay);
  EXPECT_EQ(Line(given.Ask(kApplication, kDay - 1)), "self :alone");
  EXPECT_EQ(given.Ask(kApplication, kDay - 1).changes_on(), "2030-05-01");
  EXPECT_EQ(Line(given.Ask(kApplication, kDay)), "guardian");
  EXPECT_EQ(Line(given.Ask(kTreatment, kDay)), "guardian");
  given.Capacity(model::v1::CAPACITY_FULL, absl::CivilDay(2031, 1, 1));
  EXPECT_EQ(Line(given.Ask(kApplication, absl::CivilDay(2031, 1, 1))),
            "self :alone");
}

TEST(WhoDecides, TellsTheGuardianshipBodyWhenNobodyCan) {
  Given given({Guardian(kBorn), Parent(kMother)});
  given.Capacity(model::v1::CAPACITY_NONE, absl::CivilDay(2029, 1, 1));
  const Decider decider = given.Ask(kData, absl::CivilDay(2030, 1, 1));
  EXPECT_EQ(Line(decider), ":nobody")
      << "who represented the child does not represent the adult";
  EXPECT_EQ(decider.because().message_key(), "decider.nobody");
  std::string last;
  for (const Explanation& node : decider.because().because()) {
    last = node.message_key();
  }
  EXPECT_EQ(last, "decider.tell_guardianship");
}

TEST(WhoDecides, LetsATrusteeCountersignForLimitedCapacity) {
  constexpr absl::CivilDay kDay(2030, 5, 1);
  Given given({Guardian(absl::CivilDay(2030, 1, 1)),
               Attorney(absl::CivilDay(2030, 1, 1))});
  given.Capacity(model::v1::CAPACITY_LIMITED, absl::CivilDay(2030, 1, 1));
  EXPECT_EQ(Line(given.Ask(kMoney, kDay)), "self guardian :countersigned");
  EXPECT_EQ(Line(given.Ask(kApplication, kDay)),
            "self guardian :countersigned");
  EXPECT_EQ(Line(given.Ask(kTreatment, kDay)), "self :alone");
  EXPECT_EQ(Line(given.Ask(kData, kDay)), "self attorney :alone");
}

TEST(WhoDecides, LetsAnAttorneyActWithinThePower) {
  constexpr absl::CivilDay kGranted(2029, 1, 1);
  constexpr absl::CivilDay kDay(2030, 5, 1);
  Given given({Attorney(kGranted)});
  EXPECT_EQ(Line(given.Ask(kApplication, kDay)), "self attorney :alone");
  EXPECT_EQ(Line(given.Ask(kTreatment, kDay)), "self :alone")
      << "treatment must be named in the power";
  given.record.representatives[0].matters = {kTreatment};
  EXPECT_EQ(Line(given.Ask(kTreatment, kDay)), "self attorney :alone");
  EXPECT_EQ(Line(given.Ask(kApplication, kDay)), "self :alone");
  given.Capacity(model::v1::CAPACITY_NONE, kDay);
  EXPECT_EQ(Line(given.Ask(kTreatment, kDay)), ":nobody");
}

TEST(WhoDecides, LetsTheParentsAttorneyDecideForASmallChildAlone) {
  const Given given({Attorney(absl::CivilDay(2015, 1, 1))});
  EXPECT_EQ(Line(given.Ask(kApplication, absl::CivilDay(2020, 1, 1))),
            "attorney");
  const Decider at_fourteen =
      given.Ask(kApplication, absl::CivilDay(2024, 6, 15));
  EXPECT_EQ(Line(at_fourteen), ":nobody");
  ExpectHindrance(at_fourteen, "no_countersign");
}

TEST(WhoDecides, TreatsAnEmancipatedChildAsAnAdult) {
  Given given({Parent(kMother)});
  given.Capacity(model::v1::CAPACITY_FULL, absl::CivilDay(2026, 9, 1));
  EXPECT_EQ(Line(given.Ask(kMoney, absl::CivilDay(2026, 8, 31))),
            "self mother :countersigned");
  EXPECT_EQ(Line(given.Ask(kMoney, absl::CivilDay(2026, 9, 1))), "self :alone");
}

TEST(WhoDecides, ReadsAnUnknownBirthDateNeitherAsAChildNorAsAnAdult) {
  constexpr absl::CivilDay kDay(2025, 1, 1);
  Given child({Parent(kMother)});
  child.birth_date.reset();
  EXPECT_EQ(Line(child.Ask(kTreatment, kDay)), "mother");
  EXPECT_EQ(child.Ask(kTreatment, kDay).because().because(0).answer(),
            model::v1::EXPLANATION_ANSWER_NOT_KNOWN);
  Given adult({Attorney(kBorn)});
  adult.birth_date.reset();
  EXPECT_EQ(Line(adult.Ask(kData, kDay)), "self attorney :alone");
  adult.Capacity(model::v1::CAPACITY_NONE, kDay);
  EXPECT_EQ(Line(adult.Ask(kData, kDay)), ":nobody");
}

TEST(WhoDecides, NeverAsksACarer) {
  Given given;
  given.record.carers = 2;
  const Decider decider = given.Ask(kData, absl::CivilDay(2020, 1, 1));
  EXPECT_EQ(Line(decider), ":nobody");
  EXPECT_EQ(decider.because()
                .because(decider.because().because_size() - 1)
                .message_key(),
            "decider.carers_never");
}

TEST(WhoDecides, LetsNobodyDecideForAnErasedPerson) {
  Given given({Parent(kMother)});
  given.record.state = model::v1::PERSON_STATE_ERASED;
  const Decider decider = given.Ask(kData, absl::CivilDay(2020, 1, 1));
  EXPECT_EQ(Line(decider), "");
  EXPECT_EQ(decider.because().message_key(), "decider.erased");
  EXPECT_TRUE(
      ActingRepresentatives(given.input(), absl::CivilDay(2020, 1, 1)).empty());
}

TEST(WhoDecides, LetsNobodyDecideByAHistoryThatAnAdoptionEnded) {
  Given given({Parent(kMother)});
  given.record.state = model::v1::PERSON_STATE_ADOPTED;
  const Decider decider = given.Ask(kData, absl::CivilDay(2020, 1, 1));
  EXPECT_EQ(Line(decider), "");
  EXPECT_FALSE(decider.nobody()) << "nobody has to be told either";
  EXPECT_EQ(decider.because().message_key(), "decider.adopted");
  EXPECT_TRUE(
      ActingRepresentatives(given.input(), absl::CivilDay(2020, 1, 1)).empty());
}

TEST(WhoDecides, EndsEveryReasonInARuleAndItsSource) {
  const Given given({Parent(kMother), Attorney(kBorn)});
  for (const Decider& decider :
       WhoDecidesAll(given.input(), absl::CivilDay(2020, 1, 1))) {
    const Explanation& rule = decider.because().because(0);
    EXPECT_FALSE(rule.source().act().empty());
    EXPECT_EQ(rule.source().jurisdiction(), "RU");
    EXPECT_EQ(rule.source().provenance(), model::v1::PROVENANCE_RECALLED);
    EXPECT_NE(rule.source().confidence(), model::v1::CONFIDENCE_UNSPECIFIED);
    EXPECT_EQ(decider.because().DebugString().find("2010-06-15"),
              std::string::npos);
  }
}

TEST(WhoDecidesAll, AnswersEveryMatterOnce) {
  const Given given({Parent(kMother)});
  const std::vector<Decider> deciders =
      WhoDecidesAll(given.input(), absl::CivilDay(2020, 1, 1));
  ASSERT_EQ(deciders.size(), std::size(kMatters));
  for (size_t i = 0; i < deciders.size(); ++i) {
    EXPECT_EQ(deciders[i].matter(), kMatters[i]);
  }
}

TEST(ActingRepresentatives, HideThePlacesFromWhoIsDangerous) {
  Given given({Parent(kMother), Parent(kFather), Attorney(kBorn)});
  given.record.representatives[1].address_hidden_from = true;
  given.record.representatives[2].matters = {kMoney};
  given.record.representatives.push_back(Parent(kMother));
  EXPECT_EQ(ActingRepresentatives(given.input(), absl::CivilDay(2020, 1, 1)),
            (std::vector<ActingRepresentative>{
                {.who = kMother},
                {.who = kFather, .places_hidden = true},
                {.who = "persons/attorney"}}));
  given.record.representatives[1].restrictions = {
      {.restriction = model::v1::REPRESENTATIVE_RESTRICTION_RESTRICTED,
       .from = kBorn}};
  EXPECT_EQ(
      ActingRepresentatives(given.input(), absl::CivilDay(2020, 1, 1)).size(),
      2u);
}

}  // namespace
}  // namespace careroute::registry
