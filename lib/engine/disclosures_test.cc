// What the explanation says of a disclosure, and what decide then does, over
// the conditions, receivers and consents there can be: the same answer.

#include "lib/engine/disclosures.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::engine {
namespace {

using absl::StrCat;
using casework::testing::CaseStage;

// A way by law that opens with a fact, another by consent, to receivers of
// different descriptions.
constexpr char kPathway[] = R"(
  id: "test-route" edition: "1" languages: "en"
  facts { id: "danger" type: FACT_TYPE_BOOL subject: SUBJECT_KIND_PERSON
          data_class: DATA_CLASS_SOCIAL }
  roles { id: "provider" kind: AGENCY_KIND_SOCIAL service: "care" }
  roles { id: "hospital" kind: AGENCY_KIND_HEALTH }
  entries { id: "report" from: AGENCY_KIND_HEALTH }
  steps {
    id: "help"
    performer { role: "provider" chosen_by_person: true }
    starts_on { entry: "report" }
    referral { kind: REFERRAL_KIND_REFERRAL }
    disclosure {
      id: "in_danger" classes: DATA_CLASS_IDENTITY
      when { fact { fact: "danger" is { values: "true" } } }
      law { act: "an act" provenance: PROVENANCE_DEMO }
    }
    disclosure {
      id: "to_hospital" classes: DATA_CLASS_IDENTITY
      when { not { fact { fact: "danger" is { values: "true" } } } }
      law { act: "an act" provenance: PROVENANCE_DEMO }
      to { role: "hospital" }
    }
    disclosure { id: "by_consent" consent_purpose: "support"
                 classes: DATA_CLASS_IDENTITY }
    outcomes { id: "done" nothing_follows: true }
  }
)";

// The case of the stage as the engine reads it.
CaseReading ReadingOf(CaseStage& stage) {
  auto picture = std::make_shared<DirectoryPicture>();
  for (const char* id : {"centre", "clinic", "office", "care"}) {
    const std::string name = StrCat("organisations/", id);
    picture->facts[name] = stage.directory().At(name);
  }
  return {{.uid = {.high = 1, .low = 2},
           .version = stage.state().version,
           .state = std::make_shared<const casework::Case>(stage.state()),
           .edition = EditionPtr(EditionPtr(), &stage.edition()),
           .directory = std::move(picture)},
          /*person=*/nullptr};
}

bool Explained(CaseStage& stage, const std::string& receiver) {
  const absl::StatusOr<model::v1::Verdict> verdict =
      ExplainDisclosure(ReadingOf(stage),
                        {.step = "help",
                         .receiver = receiver,
                         .classes = {model::v1::DATA_CLASS_IDENTITY},
                         .now = stage.now()},
                        stage.calendars());
  EXPECT_TRUE(verdict.ok()) << verdict.status();
  return verdict.ok() && verdict->classes(0).allowed();
}

// Whether decide lets a referral disclose it by any of the ways.
bool Decided(CaseStage& stage, const std::string& receiver) {
  for (const char* way : {"in_danger", "to_hospital", "by_consent"}) {
    command::v1::CaseCommand command;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        StrCat("referral { make { occurrence: 1 performer: '", receiver,
               "' way: '", way, "' send: true } }"),
        &command));
    if (stage.Try(command, CaseStage::Coordinator()).ok()) {
      return true;
    }
  }
  return false;
}

TEST(ExplainDisclosure, SaysWhatDecideDoes) {
  int allowed = 0;
  int asked = 0;
  for (const char* danger :
       {"", "value {}", "value { truth: true }", "value { truth: false }"}) {
    for (const bool consents : {false, true}) {
      CaseStage stage(kPathway);
      stage.Open(*danger == '\0'
                     ? ""
                     : StrCat("facts { fact: 'danger' ", danger, " }"));
      if (consents) {
        stage.Do(StrCat(
            "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
            "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: "
            "'support' given_by: '",
            casework::testing::kMother,
            "' word_given: WORD_GIVEN_IN_WRITING } }"));
      }
      for (const char* id : {"care", "office", "clinic"}) {
        const std::string receiver = StrCat("organisations/", id);
        const bool decided = Decided(stage, receiver);
        EXPECT_EQ(Explained(stage, receiver), decided)
            << danger << (consents ? ", consent, " : ", ") << id;
        allowed += decided ? 1 : 0;
        ++asked;
      }
    }
  }
  // Care by its fact, or by consent whatever the fact is; the clinic while it
  // is known that there is no danger.
  EXPECT_EQ(asked, 24);
  EXPECT_EQ(allowed, 7);
}

TEST(ExplainDisclosure, KnowsStepsAndReceiversOnly) {
  CaseStage stage(kPathway);
  stage.Open();
  const CaseReading reading = ReadingOf(stage);
  EXPECT_TRUE(absl::IsNotFound(
      ExplainDisclosure(reading,
                        {.step = "nope", .receiver = "organisations/care"},
                        stage.calendars())
          .status()));
  EXPECT_TRUE(absl::IsNotFound(
      ExplainDisclosure(reading,
                        {.step = "help", .receiver = "organisations/nope"},
                        stage.calendars())
          .status()));
}

}  // namespace
}  // namespace careroute::engine
