#include "lib/registry/merge_check.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

using command::v1::TakeOverPerson;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kKeep[] = "persons/1";
constexpr char kMerged[] = "persons/2";

NormalIdentity Child() {
  NormalIdentity child;
  child.name = {"королева", "анна", "петровна"};
  child.birth_date = absl::CivilDay(2023, 3, 11);
  return child;
}

NormalIdentity ChildOfMother() {
  NormalIdentity child = Child();
  child.mother = "persons/mother";
  return child;
}

// Two records of one child, as two agencies made them.
struct Two {
  PersonRecord keep_record;
  PersonRecord merged_record;
  MergeSide keep{.record = keep_record, .name = kKeep, .identity = Child()};
  MergeSide merged{
      .record = merged_record, .name = kMerged, .identity = Child()};
  TakeOverPerson command;
  std::vector<OpenOnBoth> open_on_both;

  Two() {
    for (PersonRecord* record : {&keep_record, &merged_record}) {
      record->version = 1;
      record->state = model::v1::PERSON_STATE_REGISTERED;
    }
    command.set_merged(kMerged);
    command.set_reason(model::v1::MERGE_REASON_SAME_IDENTIFIER);
  }
  Two(const Two&) = delete;
  Two& operator=(const Two&) = delete;

  void Prove() {
    command.set_reason(model::v1::MERGE_REASON_CIVIL_REGISTRY);
    command.mutable_document()->set_kind("birth-record");
    command.mutable_document()->set_number("77");
  }

  [[nodiscard]] std::optional<model::v1::Refusal> Check() const {
    return CheckMerge({.keep = keep,
                       .merged = merged,
                       .command = command,
                       .open_on_both = open_on_both});
  }

  // "path REASON" of every problem; none when they may be merged.
  [[nodiscard]] std::vector<std::string> Problems() const {
    const std::optional<model::v1::Refusal> refusal = Check();
    std::vector<std::string> problems;
    if (!refusal.has_value()) return problems;
    EXPECT_EQ(refusal->reason(), model::v1::ERROR_REASON_WRONG_STATE);
    EXPECT_EQ(refusal->message_key(), "person.merge_refused");
    for (const model::v1::Problem& problem : refusal->problems()) {
      EXPECT_FALSE(problem.mend().empty()) << problem.reason();
      problems.push_back(problem.path() + " " + problem.reason());
    }
    return problems;
  }
};

TEST(CheckMerge, LetsTwoRecordsOfOneChildBeMerged) {
  EXPECT_THAT(Two().Problems(), IsEmpty());
}

TEST(CheckMerge, SaysEverythingThatSpeaksAgainstItAtOnce) {
  Two two;
  two.keep.identity.snils = "11223344595";
  two.merged.identity.snils = "08765430200";
  two.merged.identity.birth_date = absl::CivilDay(2023, 11, 3);
  two.keep_record.relations = {
      {.person = kMerged, .link = model::v1::FAMILY_LINK_SIBLING}};
  two.merged.acting = {"persons/mother"};
  two.merged_record.took_over = {"persons/3"};
  two.open_on_both = {
      {.pathway = "early-help", .of_keep = "cases/a", .of_merged = "cases/b"}};
  two.command.set_reason(model::v1::MERGE_REASON_OTHER);
  EXPECT_THAT(two.Problems(),
              ElementsAre("note EMPTY", "merged STANDS_FOR_OTHERS",
                          "merged BIRTH_DATES_DIFFER", "merged SNILS_DIFFER",
                          "merged RELATED", "merged REPRESENTATIVE_MISSING",
                          "merged BOTH_OPEN"));
}

struct TwinRow {
  const char* what;
  NormalIdentity keep;
  NormalIdentity merged;
  bool twins;
};

NormalIdentity With(NormalIdentity identity,
                    const std::function<void(NormalIdentity&)>& change) {
  change(identity);
  return identity;
}

std::vector<TwinRow> TwinRows() {
  const NormalIdentity child = ChildOfMother();
  const auto with_snils = [](NormalIdentity& c) { c.snils = "11223344595"; };
  const auto at_home = [](NormalIdentity& c) {
    c.addresses = {
        {.settlement = "khabarovsk", .words = {"ленина"}, .numbers = {"5"}}};
  };
  return {
      {"nothing known of mother and address", Child(), Child(), false},
      {"one mother, and the same name", child, child, true},
      {"one mother, two names", child,
       With(child, [](NormalIdentity& c) { c.name.given = "мария"; }), true},
      {"one mother, two places in the birth",
       With(child, [](NormalIdentity& c) { c.birth_order = 1; }),
       With(child, [](NormalIdentity& c) { c.birth_order = 2; }), true},
      {"one mother, one not yet named", child,
       With(child, [](NormalIdentity& c) { c.name.given.clear(); }), true},
      {"one address and surname", With(Child(), at_home),
       With(Child(), at_home), true},
      {"one number", With(child, with_snils), With(child, with_snils), false},
      {"one document",
       With(child, [](NormalIdentity& c) { c.documents = {"passport 1"}; }),
       With(child, [](NormalIdentity& c) { c.documents = {"passport 1"}; }),
       false},
      {"one number by mistake, two names", With(child, with_snils),
       With(With(child, with_snils),
            [](NormalIdentity& c) { c.name.given = "мария"; }),
       true},
      {"one number by mistake, two places in the birth",
       With(With(child, with_snils),
            [](NormalIdentity& c) { c.birth_order = 1; }),
       With(With(child, with_snils),
            [](NormalIdentity& c) { c.birth_order = 2; }),
       true},
      {"cousins of one day", child,
       With(child, [](NormalIdentity& c) { c.mother = "persons/aunt"; }),
       false},
  };
}

TEST(CheckMerge, TakesTwinsForTwoUntilADocumentProvesOtherwise) {
  for (const TwinRow& row : TwinRows()) {
    Two two;
    two.keep.identity = row.keep;
    two.merged.identity = row.merged;
    if (row.twins) {
      EXPECT_THAT(two.Problems(), ElementsAre("document TWINS")) << row.what;
      // A document that proves something else is no proof of this.
      two.Prove();
      two.command.set_reason(model::v1::MERGE_REASON_OTHER);
      two.command.set_note("похожи");
      EXPECT_THAT(two.Problems(), ElementsAre("document TWINS")) << row.what;
    } else {
      EXPECT_THAT(two.Problems(), IsEmpty()) << row.what;
    }
    two.Prove();
    EXPECT_THAT(two.Problems(), IsEmpty()) << row.what;
  }
}

TEST(CheckMerge, TakesChildrenOfOneParentForTwins) {
  Two two;
  two.keep.parents = {"persons/father", "persons/mother"};
  two.merged.parents = {"persons/mother"};
  EXPECT_THAT(two.Problems(), ElementsAre("document TWINS"));
  two.merged.parents = {"persons/aunt"};
  EXPECT_THAT(two.Problems(), IsEmpty());
}

TEST(CheckMerge, NamesTheDocumentItRestsOn) {
  for (const auto reason : {model::v1::MERGE_REASON_SAME_DOCUMENT,
                            model::v1::MERGE_REASON_CIVIL_REGISTRY}) {
    Two two;
    two.command.set_reason(reason);
    EXPECT_THAT(two.Problems(), ElementsAre("document NO_DOCUMENT"));
    two.command.mutable_document()->set_kind("passport");
    EXPECT_THAT(two.Problems(), ElementsAre("document NO_DOCUMENT"))
        << "a kind without a number names none";
    two.command.mutable_document()->set_number("1");
    EXPECT_THAT(two.Problems(), IsEmpty());
  }
}

TEST(CheckMerge, TakesNoRecordThatStandsForNobody) {
  Two erased;
  erased.keep_record.state = model::v1::PERSON_STATE_ERASED;
  EXPECT_THAT(erased.Problems(), ElementsAre("keep ERASED"));
  Two merged;
  merged.keep_record.state = model::v1::PERSON_STATE_MERGED;
  merged.keep_record.merged_into = "persons/9";
  merged.merged_record.state = model::v1::PERSON_STATE_MERGED;
  merged.merged_record.merged_into = "persons/8";
  EXPECT_THAT(merged.Problems(), ElementsAre("keep MERGED", "merged MERGED"));
  EXPECT_THAT(merged.Check()->problems(0).message(), HasSubstr("persons/9"));
  Two adopted;
  adopted.merged_record.state = model::v1::PERSON_STATE_ADOPTED;
  EXPECT_THAT(adopted.Problems(), ElementsAre("merged ADOPTED"));
  Two ahead;
  ahead.merged_record.ahead = true;
  EXPECT_THAT(ahead.Problems(), ElementsAre("merged AHEAD"));
}

TEST(CheckMerge, MergesNoRecordWithItself) {
  Two two;
  two.command.set_merged(kKeep);
  two.merged.name = kKeep;
  EXPECT_THAT(two.Problems(), ElementsAre("merged SAME_RECORD"));
}

TEST(CheckMerge, TakesNobodyForTheirOwnMother) {
  Two two;
  two.merged.identity.mother = kKeep;
  EXPECT_THAT(two.Problems(), ElementsAre("merged RELATED"));
}

TEST(CheckMerge, LetsNoConsentLapseForARepresentativeNobodyAdded) {
  Two two;
  two.merged.acting = {"persons/mother"};
  EXPECT_THAT(two.Problems(), ElementsAre("merged REPRESENTATIVE_MISSING"));
  two.keep.acting = {"persons/father", "persons/mother"};
  EXPECT_THAT(two.Problems(), IsEmpty());
}

TEST(CheckMerge, NamesOnlyTheCasesTheCallerTakesPartIn) {
  Two two;
  two.open_on_both = {{.pathway = "early-help", .of_keep = "cases/a"}};
  const std::optional<model::v1::Refusal> refusal = two.Check();
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->problems(0).message(),
            "both have an open case on early-help: cases/a and a case you "
            "take no part in");
}

TEST(CheckMerge, SaysNothingOfTheIdentities) {
  Two two;
  two.merged.identity.snils = "08765430200";
  two.keep.identity.snils = "11223344595";
  two.merged.identity.birth_date = absl::CivilDay(2020, 1, 1);
  const std::string said = two.Check()->DebugString();
  for (const char* secret : {"0876", "1122", "2020", "2023"}) {
    EXPECT_FALSE(absl::StrContains(said, secret)) << said;
  }
}

}  // namespace
}  // namespace careroute::registry
