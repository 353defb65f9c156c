#include "lib/casework/disclosure.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/casework/explain_text.h"

namespace careroute::casework {
namespace {

using access::DataClassSet;
using model::v1::ConsentState;
using model::v1::DataClass;
using pathway::Tri;
using ::testing::ElementsAre;

constexpr auto kIdentity = model::v1::DATA_CLASS_IDENTITY;
constexpr auto kNeeds = model::v1::DATA_CLASS_NEEDS;
constexpr auto kSocial = model::v1::DATA_CLASS_SOCIAL;
constexpr auto kMedical = model::v1::DATA_CLASS_MEDICAL;
constexpr auto kDiagnosis = model::v1::DATA_CLASS_DIAGNOSIS;
constexpr auto kRoute = model::v1::DATA_CLASS_ROUTE;

constexpr char kCentre[] = "organisations/centre";
constexpr char kGuardianship[] = "organisations/guardianship";

// Identity and needs must pass by consent, social may; a law passes identity
// and medical to the guardianship body when a child is in danger; or in hand.
constexpr char kStep[] = R"pb(
  id: "report_to_social"
  performer { role: "provider" }
  disclosure {
    id: "by_consent"
    consent_purpose: "social_support"
    classes: [ DATA_CLASS_IDENTITY, DATA_CLASS_NEEDS ]
    optional_classes: [ DATA_CLASS_SOCIAL ]
  }
  disclosure {
    id: "child_in_danger"
    law { act: "Семейный кодекс РФ, ст. 122" }
    when {
      fact {
        fact: "danger"
        is { values: "true" }
      }
    }
    classes: [ DATA_CLASS_IDENTITY, DATA_CLASS_MEDICAL ]
    to { role: "guardianship_body" }
  }
  disclosure { id: "in_hand" in_hand: true gives_person: "referral-slip" }
)pb";

const model::v1::Step& Step() {
  static const auto* step = [] {
    auto* parsed = new model::v1::Step;
    CAREROUTE_CHECK(
        google::protobuf::TextFormat::ParseFromString(kStep, parsed));
    return parsed;
  }();
  return *step;
}

ConsentRecord Consent() {
  ConsentRecord consent;
  consent.number = 3;
  consent.matter = model::v1::CONSENT_MATTER_DATA;
  consent.classes = {kIdentity, kNeeds, kSocial};
  consent.to_kinds = {model::v1::AGENCY_KIND_SOCIAL};
  consent.purpose = "social_support";
  consent.from = "2026-01-01";
  consent.to = "2026-12-31";
  consent.state = model::v1::CONSENT_STATE_GIVEN;
  return consent;
}

struct World {
  std::vector<ConsentRecord> consents;
  Tri danger = Tri::kNo;
  std::string receiver = kCentre;
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_SOCIAL;
  std::string today = "2026-06-15";
  std::string way;
};

template <typename Answer>
auto Ask(const World& world, DataClassSet classes, Answer answer) {
  const auto ask = [&](const model::v1::Condition&) { return world.danger; };
  const auto may_perform = [&](const model::v1::Performer& performer) {
    return (performer.role() == "guardianship_body") ==
           (world.receiver == kGuardianship);
  };
  return answer(DisclosureQuestion{.step = &Step(),
                                   .consents = world.consents,
                                   .receiver = world.receiver,
                                   .receiver_kind = world.kind,
                                   .today = world.today,
                                   .way = world.way,
                                   .classes = classes,
                                   .ask = ask,
                                   .may_perform = may_perform});
}

DataClassSet Allowed(const World& world) {
  return Ask(world, DataClassSet::All(), [](const DisclosureQuestion& q) {
    return JudgeDisclosure(q).allowed;
  });
}

// --- Truth table ------------------------------------------------------------

struct Row {
  const char* name;
  World world;
  DataClassSet allowed;
};

ConsentRecord With(ConsentState state) {
  ConsentRecord consent = Consent();
  consent.state = state;
  return consent;
}

ConsentRecord WithDates(const char* from, const char* to) {
  ConsentRecord consent = Consent();
  consent.from = from;
  consent.to = to;
  return consent;
}

template <typename Change>
ConsentRecord But(Change change) {
  ConsentRecord consent = Consent();
  change(consent);
  return consent;
}

const DataClassSet kAllByConsent = {kRoute, kIdentity, kNeeds, kSocial};

std::vector<Row> ConsentRows() {
  return {
      {"nobody said anything", {}, {}},
      {"given", {{Consent()}}, kAllByConsent},
      {"withdrawn", {{With(model::v1::CONSENT_STATE_WITHDRAWN)}}, {}},
      {"lapsed", {{With(model::v1::CONSENT_STATE_LAPSED)}}, {}},
      {"of no state", {{With(model::v1::CONSENT_STATE_UNSPECIFIED)}}, {}},
      {"disputed pauses what is optional, and only that",
       {{With(model::v1::CONSENT_STATE_DISPUTED)}},
       {kRoute, kIdentity, kNeeds}},
      {"its first day", {{WithDates("2026-06-15", "")}}, kAllByConsent},
      {"the day before it", {{WithDates("2026-06-16", "")}}, {}},
      {"its last day", {{WithDates("", "2026-06-15")}}, kAllByConsent},
      {"the day after it", {{WithDates("", "2026-06-14")}}, {}},
      {"for another purpose",
       {{But([](ConsentRecord& c) { c.purpose = "early_help"; })}},
       {}},
      {"to treatment, not to pass data",
       {{But([](ConsentRecord& c) {
         c.matter = model::v1::CONSENT_MATTER_TREATMENT;
       })}},
       {}},
      {"to another kind of agency",
       {{But([](ConsentRecord& c) {
         c.to_kinds = {model::v1::AGENCY_KIND_EDUCATION};
       })}},
       {}},
      {"to nobody", {{But([](ConsentRecord& c) { c.to_kinds.clear(); })}}, {}},
      {"to this organisation by name",
       {{But([](ConsentRecord& c) {
         c.to_kinds.clear();
         c.to_organisations = {kCentre};
       })}},
       kAllByConsent},
      {"for some of the classes only",
       {{But([](ConsentRecord& c) { c.classes = {kNeeds}; })}},
       {kRoute, kNeeds}},
      {"for more than the way passes",
       {{But([](ConsentRecord& c) { c.classes.push_back(kDiagnosis); })}},
       kAllByConsent},
      {"two consents add up",
       {{But([](ConsentRecord& c) { c.classes = {kNeeds}; }),
         But([](ConsentRecord& c) { c.classes = {kIdentity}; })}},
       {kRoute, kNeeds, kIdentity}},
      {"a withdrawn one does not undo another",
       {{With(model::v1::CONSENT_STATE_WITHDRAWN), Consent()}},
       kAllByConsent},
  };
}

std::vector<Row> WayRows() {
  const auto health = model::v1::AGENCY_KIND_GUARDIANSHIP;
  return {
      {"a law passes its classes without a word of the family",
       {.danger = Tri::kYes, .receiver = kGuardianship, .kind = health},
       {kRoute, kIdentity, kMedical}},
      {"a law whose condition is not known is closed",
       {.danger = Tri::kUnknown, .receiver = kGuardianship, .kind = health},
       {}},
      {"a law whose condition fails is closed",
       {.danger = Tri::kNo, .receiver = kGuardianship, .kind = health},
       {}},
      {"a law is for its own receiver", {.danger = Tri::kYes}, {}},
      {"a consent is no way to whom the step does not mean",
       {{But([](ConsentRecord& c) {
          c.to_kinds = {model::v1::AGENCY_KIND_GUARDIANSHIP};
        })},
        Tri::kNo,
        kGuardianship,
        health},
       {}},
      {"in hand passes nothing, whatever was consented to",
       {.consents = {Consent()}, .way = "in_hand"},
       {}},
      {"only the way that is asked for counts",
       {.consents = {Consent()}, .way = "child_in_danger"},
       {}},
      {"a way that the step does not have",
       {.consents = {Consent()}, .way = "by_magic"},
       {}},
  };
}

TEST(JudgeDisclosure, HoldsToItsTable) {
  for (const std::vector<Row>& rows : {ConsentRows(), WayRows()}) {
    for (const Row& row : rows) {
      EXPECT_EQ(Allowed(row.world), row.allowed) << row.name;
    }
  }
}

// Every combination: a class passes by consent only when nothing at all speaks
// against it.
TEST(JudgeDisclosure, PassesByConsentOnlyWhenEverythingHolds) {
  int passed = 0;
  int asked = 0;
  for (int bits = 0; bits < 1 << 7; ++bits) {
    const auto bad = [bits](int n) { return ((bits >> n) & 1) != 0; };
    ConsentRecord consent = Consent();
    if (bad(0)) consent.state = model::v1::CONSENT_STATE_WITHDRAWN;
    if (bad(1)) consent.from = "2026-06-16";
    if (bad(2)) consent.to = "2026-06-14";
    if (bad(3)) consent.purpose = "other";
    if (bad(4)) consent.matter = model::v1::CONSENT_MATTER_MONEY;
    if (bad(5)) consent.to_kinds = {model::v1::AGENCY_KIND_POLICE};
    if (bad(6)) consent.classes = {kMedical};
    World world;
    world.consents = {consent};
    const bool passes = Allowed(world).Contains(kIdentity);
    EXPECT_EQ(passes, bits == 0) << bits;
    passed += passes ? 1 : 0;
    ++asked;
  }
  EXPECT_EQ(passed, 1);
  EXPECT_EQ(asked, 128);
}

TEST(JudgeDisclosure, NamesTheGroundOfEachClass) {
  World world;
  world.consents = {Consent()};
  const DisclosureVerdict verdict =
      Ask(world, {kIdentity}, [](const DisclosureQuestion& q) {
        DisclosureVerdict judged = JudgeDisclosure(q);
        EXPECT_EQ(judged.grounds[kIdentity].way->id(), "by_consent");
        EXPECT_EQ(judged.grounds[kIdentity].consent->number, 3);
        EXPECT_EQ(judged.grounds[kMedical].way, nullptr);
        return judged;
      });
  EXPECT_EQ(verdict.allowed, DataClassSet({kIdentity}));
}

// --- Reasons ----------------------------------------------------------------

model::v1::Verdict Explain(const World& world, DataClassSet classes) {
  return Ask(world, classes, [](const DisclosureQuestion& q) {
    return ExplainDisclosure(q, "cases/1");
  });
}

TEST(ExplainDisclosure, AnswersAsJudgeDoesForEveryRow) {
  for (const std::vector<Row>& rows : {ConsentRows(), WayRows()}) {
    for (const Row& row : rows) {
      DataClassSet allowed;
      const model::v1::Verdict verdict =
          Explain(row.world, DataClassSet::All());
      for (const auto& one : verdict.classes()) {
        if (one.allowed()) {
          allowed.Add(one.data_class());
        }
      }
      EXPECT_EQ(allowed, row.allowed) << row.name;
    }
  }
}

void ExpectWords(const model::v1::Explanation& node) {
  EXPECT_FALSE(node.text().empty()) << node.message_key();
  EXPECT_EQ(node.text().find('$'), std::string::npos) << node.text();
  for (const model::v1::Explanation& child : node.because()) {
    ExpectWords(child);
  }
}

TEST(ExplainDisclosure, CanBeReadInBothLanguages) {
  for (const std::vector<Row>& rows : {ConsentRows(), WayRows()}) {
    for (const Row& row : rows) {
      SCOPED_TRACE(row.name);
      for (const char* language : {"ru", "en"}) {
        model::v1::Verdict verdict = Explain(row.world, DataClassSet::All());
        FillTexts(language, *verdict.mutable_because());
        ExpectWords(verdict.because());
      }
    }
  }
}

TEST(ExplainDisclosure, EndsInTheLawOrTheConsent) {
  World world{.danger = Tri::kYes,
              .receiver = kGuardianship,
              .kind = model::v1::AGENCY_KIND_GUARDIANSHIP};
  const model::v1::Verdict law = Explain(world, {kIdentity});
  EXPECT_EQ(law.classes(0).way(), "child_in_danger");
  EXPECT_EQ(law.because().because(0).because(1).source().act(),
            "Семейный кодекс РФ, ст. 122");

  World given;
  given.consents = {Consent()};
  const model::v1::Verdict consent = Explain(given, {kIdentity});
  EXPECT_EQ(consent.classes(0).consent(), "cases/1/consents/3");
  EXPECT_EQ(consent.because().answer(), model::v1::EXPLANATION_ANSWER_YES);
}

// What each way says of identity, in the order of the ways.
std::vector<std::string> KeysFor(const World& world) {
  std::vector<std::string> keys;
  const model::v1::Verdict verdict = Explain(world, {kIdentity});
  for (const auto& way : verdict.because().because(0).because()) {
    keys.push_back(way.message_key());
  }
  return keys;
}

TEST(ExplainDisclosure, SaysOfEachWayWhyItIsNoWay) {
  EXPECT_THAT(KeysFor({}),
              ElementsAre("disclosure.no_consent", "disclosure.way_closed",
                          "disclosure.in_hand"));
  EXPECT_THAT(KeysFor({.consents = {With(model::v1::CONSENT_STATE_WITHDRAWN)},
                       .danger = Tri::kUnknown}),
              ElementsAre("disclosure.withdrawn", "disclosure.way_not_known",
                          "disclosure.in_hand"));
  EXPECT_THAT(KeysFor({.danger = Tri::kYes}),
              ElementsAre("disclosure.no_consent", "disclosure.other_receiver",
                          "disclosure.in_hand"));
  EXPECT_THAT(KeysFor({.way = "by_magic"}), ElementsAre("disclosure.no_way"));
}

TEST(ExplainDisclosure, NamesTheConsentThatCameNearest) {
  World world;
  world.consents = {
      With(model::v1::CONSENT_STATE_WITHDRAWN),
      But([](ConsentRecord& c) {
        c.number = 8;
        c.classes = {kNeeds};
      }),
  };
  const model::v1::Verdict verdict = Explain(world, {kIdentity});
  const auto& way = verdict.because().because(0).because(0);
  EXPECT_EQ(way.message_key(), "disclosure.class_not_covered");
  EXPECT_THAT(way.arguments(), ElementsAre("by_consent", "cases/1/consents/8"));
}

// --- Reading ----------------------------------------------------------------

Referral SentReferral() {
  Referral referral;
  referral.performer = kCentre;
  referral.delivery = model::v1::DELIVERY_SENT;
  referral.disclosed.way = "by_consent";
  referral.disclosed.classes = {kIdentity, kSocial};
  referral.performance.state = model::v1::REFERRAL_STATE_ACCEPTED;
  return referral;
}

DataClassSet Readable(const Referral& referral,
                      const std::vector<ConsentRecord>& consents,
                      absl::string_view today = "2026-06-15") {
  return ReadableClasses({.referral = &referral,
                          .step = &Step(),
                          .consents = consents,
                          .receiver_kind = model::v1::AGENCY_KIND_SOCIAL,
                          .today = today});
}

TEST(ReadableClasses, AreThoseDisclosedWhoseGroundStillHolds) {
  Referral referral = SentReferral();
  EXPECT_EQ(Readable(referral, {Consent()}),
            DataClassSet({kIdentity, kSocial}));
  EXPECT_EQ(Readable(referral, {}), DataClassSet());
  EXPECT_EQ(Readable(referral, {With(model::v1::CONSENT_STATE_WITHDRAWN)}),
            DataClassSet());
  EXPECT_EQ(Readable(referral, {With(model::v1::CONSENT_STATE_DISPUTED)}),
            DataClassSet({kIdentity}));
  referral.delivery = model::v1::DELIVERY_IN_HAND;
  EXPECT_EQ(Readable(referral, {Consent()}), DataClassSet());
}

TEST(ReadableClasses, AskNoConditionAgainThatWasJudgedWhenItWasSent) {
  Referral referral = SentReferral();
  referral.performer = kGuardianship;
  referral.disclosed.way = "child_in_danger";
  EXPECT_EQ(Readable(referral, {}), DataClassSet({kIdentity}));
}

TEST(ReadableClasses, GoByTheStateOfConsentsWhereNoDayIsGiven) {
  const Referral referral = SentReferral();
  const ConsentRecord over = WithDates("", "2026-06-14");
  EXPECT_EQ(Readable(referral, {over}), DataClassSet());
  EXPECT_EQ(Readable(referral, {over}, ""), DataClassSet({kIdentity, kSocial}));
}

TEST(ReadableClasses, EndWithTheReferralUnlessTheWorkWasDone) {
  Referral referral = SentReferral();
  for (int state = 0; state <= model::v1::ReferralState_MAX; ++state) {
    referral.performance.state = static_cast<model::v1::ReferralState>(state);
    const bool reads = state >= model::v1::REFERRAL_STATE_REQUESTED &&
                       (IsOpen(StateOf(referral)) ||
                        state == model::v1::REFERRAL_STATE_COMPLETED);
    EXPECT_EQ(Readable(referral, {Consent()}).empty(), !reads) << state;
  }
}

// --- What is disclosed ------------------------------------------------------

TEST(FillDisclosed, CutsEachFieldToTheClassesThatPass) {
  model::v1::Identity identity;
  identity.set_family_name("Ким");
  identity.set_gestation_weeks(31);
  identity.add_phones("+7 914");
  model::v1::Needs needs;
  needs.set_language("ru");
  needs.set_speak_with("the mother");
  google::protobuf::RepeatedPtrField<model::v1::DisclosedText> texts;
  for (const DataClass one : {kSocial, kDiagnosis}) {
    auto* text = texts.Add();
    text->set_data_class(one);
    text->set_text("x");
  }
  const DisclosureContent content{
      .identity = &identity, .needs = &needs, .texts = &texts};

  model::v1::Disclosed disclosed;
  disclosed.add_classes(kIdentity);
  disclosed.add_classes(kNeeds);
  disclosed.add_classes(kSocial);
  FillDisclosed(content, disclosed);
  EXPECT_EQ(disclosed.identity().family_name(), "Ким");
  EXPECT_EQ(disclosed.identity().gestation_weeks(), 0);
  EXPECT_TRUE(disclosed.identity().phones().empty());
  EXPECT_EQ(disclosed.needs().language(), "ru");
  EXPECT_EQ(disclosed.needs().speak_with(), "");
  ASSERT_EQ(disclosed.texts_size(), 1);
  EXPECT_EQ(disclosed.texts(0).data_class(), kSocial);

  model::v1::Disclosed nothing;
  FillDisclosed(content, nothing);
  EXPECT_EQ(nothing.ByteSizeLong(), 0u);
}

}  // namespace
}  // namespace careroute::casework
