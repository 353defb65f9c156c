// Who decides for a person changes in the person's record, and the cases hear
// of it: a consent outlives nobody's right to give it.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A child whose mother decides, with a case at the clinic and one at the
// office; the mother has consented at the clinic, and the office was told.
class DecidersTest : public ::testing::Test {
 protected:
  DecidersTest() {
    bench_.Publish(EngineBench::Route("other-route"));
    command::v1::RegisterPerson mother = bench_.ReportOf({}).person;
    mother.mutable_identity()->set_given_name("Мария");
    mother.mutable_identity()->set_birth_date("1990-01-01");
    mother.mutable_identity()->set_snils("00000000202");
    mother_ = PersonNameOf(bench_.Register(mother));
    Report report = bench_.ReportOf({});
    model::v1::Representative& one = *report.person.add_representatives();
    one.set_person(mother_);
    one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
    one.set_from(report.person.identity().birth_date());
    one.mutable_document()->set_kind("birth-certificate");
    const absl::StatusOr<ReportTaken> taken = bench_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    clinic_ = bench_.AllCases().at(0);
    child_ = bench_.Read(clinic_).person->uid;
    office_ = bench_.Open({.pathway = "other-route", .by = "office"});
    bench_.Do(clinic_,
              absl::StrCat("give_consent { consent { matter: "
                           "CONSENT_MATTER_DATA classes: DATA_CLASS_IDENTITY "
                           "to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
                           "given_by: '",
                           mother_,
                           "' word_given: WORD_GIVEN_IN_WRITING document { "
                           "kind: 'paper' number: '9' } } }"));
    bench_.RunDue();
  }

  // Of the one consent, at either place.
  model::v1::ConsentState StateAt(const base::Uid& uid) {
    const CaseReading reading = bench_.Read(uid);
    EXPECT_THAT(reading.state->consents, SizeIs(1));
    return reading.state->consents.at(0).state;
  }
  void ExpectBoth(model::v1::ConsentState state) {
    EXPECT_EQ(StateAt(clinic_), state);
    EXPECT_EQ(StateAt(office_), state);
  }

  EngineBench bench_;
  std::string mother_;
  base::Uid child_;
  base::Uid clinic_;
  base::Uid office_;
};

TEST_F(DecidersTest, AConsentLapsesWithTheRightOfWhoGaveIt) {
  ExpectBoth(model::v1::CONSENT_STATE_GIVEN);
  bench_.Change(child_,
                "change_representative { representative: 1 to: '2026-03-01' }");
  bench_.RunDue();
  ExpectBoth(model::v1::CONSENT_STATE_LAPSED);
}

TEST_F(DecidersTest, AConsentLapsesWhenACourtRestrictsWhoGaveIt) {
  bench_.Change(child_,
                "change_representative { representative: 1 restriction: "
                "REPRESENTATIVE_RESTRICTION_DEPRIVED }");
  bench_.RunDue();
  ExpectBoth(model::v1::CONSENT_STATE_LAPSED);
}

TEST_F(DecidersTest, AConsentLapsesOnTheDayAfterTheLastOfARight) {
  bench_.Change(child_,
                "change_representative { representative: 1 to: '2026-03-10' }");
  bench_.RunDue();
  ExpectBoth(model::v1::CONSENT_STATE_GIVEN);
  bench_.Advance(absl::Hours(9 * 24));
  bench_.RunDue();
  ExpectBoth(model::v1::CONSENT_STATE_LAPSED);
}

TEST_F(DecidersTest, WhoBeginsToRepresentDecidesAndEndsNoConsent) {
  command::v1::RegisterPerson guardian = bench_.ReportOf({}).person;
  guardian.mutable_identity()->set_given_name("Ольга");
  guardian.mutable_identity()->set_birth_date("1985-01-01");
  guardian.mutable_identity()->set_snils("00000000303");
  const std::string name = PersonNameOf(bench_.Register(guardian));
  bench_.Change(
      child_,
      absl::StrCat("add_representative { representative { person: '", name,
                   "' basis: REPRESENTATIVE_BASIS_GUARDIAN from: "
                   "'2026-03-02' document { kind: 'act' } } }"));
  bench_.RunDue();
  ExpectBoth(model::v1::CONSENT_STATE_GIVEN);
  bench_.Do(clinic_, absl::StrCat("give_consent { consent { matter: "
                                  "CONSENT_MATTER_DATA classes: "
                                  "DATA_CLASS_NEEDS to_kinds: "
                                  "AGENCY_KIND_SOCIAL purpose: 'support' "
                                  "given_by: '",
                                  name,
                                  "' word_given: WORD_GIVEN_IN_WRITING "
                                  "document { kind: 'paper' } } }"));
  EXPECT_THAT(bench_.Read(clinic_).state->consents, SizeIs(2));
}

TEST_F(DecidersTest, TellsEachCaseOnce) {
  bench_.Change(child_,
                "change_representative { representative: 1 to: '2026-03-01' }");
  EXPECT_THAT(bench_.Waiting(), SizeIs(1));
  for (const base::Uid& uid : {clinic_, office_}) {
    const int64_t before = bench_.Read(uid).version;
    bench_.RunDue();
    bench_.RunDue();
    EXPECT_THAT(bench_.Waiting(), IsEmpty());
    // For the office the first run was that for the clinic.
    EXPECT_EQ(bench_.Read(uid).version, before + (uid == clinic_ ? 1 : 0));
  }
  EXPECT_EQ(bench_.Events(office_).back().message_received().from(),
            PersonNameOf(child_));
}

TEST_F(DecidersTest, TellsNothingThatChangesNoRight) {
  bench_.Change(child_, "set_needs { needs { language: 'ru' } }");
  bench_.Change(child_,
                "update_identity { identity { phones: '+79140000000' "
                "} }");
  bench_.Change(child_,
                "change_representative { representative: 1 "
                "address_hidden_from: true }");
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

}  // namespace
}  // namespace careroute::engine
