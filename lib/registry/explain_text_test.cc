#include "lib/registry/explain_text.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "lib/registry/decider.h"
#include "lib/registry/duplicates.h"
#include "lib/registry/internal/text_table.h"

namespace careroute::registry {
namespace {

TEST(TextTable, IsOrderedAndWholeInBothLanguages) {
  std::string before;
  for (const internal::TextRow& row : internal::TextTable()) {
    EXPECT_LT(before, std::string(row.key));
    before = std::string(row.key);
    EXPECT_FALSE(row.ru.empty()) << row.key;
    EXPECT_FALSE(row.en.empty()) << row.key;
    // The same arguments in both.
    EXPECT_EQ(absl::StrContains(row.ru, "{0}"),
              absl::StrContains(row.en, "{0}"))
        << row.key;
  }
}

TEST(ExplainText, FillsTheArguments) {
  const TextQuery query = {
      .key = "decider.rule.below_age", .arguments = {"15"}, .language = "en"};
  EXPECT_EQ(ExplainText(query), "Below 15 a representative decides.");
  EXPECT_EQ(ExplainText({.key = "decider.rule.below_age",
                         .arguments = {"15"},
                         .language = "fr"}),
            "До 15 лет решает представитель.");
  EXPECT_EQ(ExplainText({.key = "no.such.key", .language = "ru"}), "");
}

// Every key the registry can state has its sentence.
void ExpectTexts(const model::v1::Explanation& node) {
  EXPECT_FALSE(node.text().empty()) << node.message_key();
  EXPECT_FALSE(absl::StrContains(node.text(), "{")) << node.text();
  for (const model::v1::Explanation& part : node.because()) {
    ExpectTexts(part);
  }
}

TEST(FillTexts, GivesEveryNodeOfADeciderItsSentence) {
  PersonRecord record;
  record.carers = 1;
  RepresentativeRecord mother;
  mother.number = 1;
  mother.person = "persons/mother";
  mother.basis = model::v1::REPRESENTATIVE_BASIS_PARENT;
  mother.from = kFromBirth;
  mother.to = absl::CivilDay(2019, 12, 31);
  record.representatives = {mother};
  for (model::v1::Decider& decider :
       WhoDecidesAll({.record = record,
       .person = "persons/self",
       .birth_date = absl::CivilDay(2010, 6, 15)},
                     absl::CivilDay(2020, 1, 1))) {
    FillTexts("ru", *decider.mutable_because());
    ExpectTexts(decider.because());
  }
}

TEST(FillTexts, GivesEveryNodeOfACandidateItsSentence) {
  NormalIdentity child;
  child.name = {"королева", "анна", "петровна"};
  child.birth_date = absl::CivilDay(2023, 3, 11);
  const std::vector<KnownPerson> known = {
      {.person = "persons/other", .identity = child}};
  std::vector<Candidate> candidates = RankCandidates(child, known);
  ASSERT_EQ(candidates.size(), 1u);
  FillTexts("en", candidates[0].because);
  ExpectTexts(candidates[0].because);
  EXPECT_EQ(candidates[0].because.text(), "Probably the same person.");
}

// The texts in double quotes of a source, include lines left out. No source
// read here has a quote within a text.
std::vector<std::string> QuotedTexts(const std::string& path) {
  std::ifstream file("lib/registry/" + path);
  EXPECT_TRUE(file.good()) << path;
  std::vector<std::string> texts;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> parts = absl::StrSplit(line, '"');
    for (size_t i = 1; i < parts.size() && line[0] != '#'; i += 2) {
      texts.push_back(parts[i]);
    }
  }
  return texts;
}

bool IsKeyCharacter(char character) {
  return absl::ascii_islower(static_cast<unsigned char>(character)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(character)) ||
         character == '_';
}

// A part of a key that another is put before: "of_age".
bool IsWord(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsKeyCharacter);
}

bool HasSentence(const std::string& key) {
  return !ExplainText({.key = key, .language = "ru"}).empty();
}

TEST(TextTable, HasEveryKeyTheSourcesWriteOut) {
  for (const char* path :
       {"decider.cc", "renewals.cc", "decide_person.cc",
        "merge_check.cc", "internal/decider_reasons.cc",
        "internal/person_refusal.cc"}) {
    int found = 0;
    for (const std::string& text : QuotedTexts(path)) {
      const bool key = absl::StartsWith(text, "decider.") ||
                       absl::StartsWith(text, "person.") ||
                       absl::StartsWith(text, "renewal.");
      if (key && !absl::EndsWith(text, ".")) {
        EXPECT_TRUE(HasSentence(text)) << text << " in " << path;
        ++found;
      }
    }
    EXPECT_GT(found, 0) << path;
  }
}

struct JoinedKeys {
  const char* path;
  const char* prefix;
};

TEST(TextTable, HasEveryKeyTheSourcesJoin) {
  for (const JoinedKeys& joined :
       {JoinedKeys{"internal/standing.cc", "decider.hindrance."},
        JoinedKeys{"internal/say.cc", "decider.rule."}}) {
    int found = 0;
    for (const std::string& text : QuotedTexts(joined.path)) {
      if (IsWord(text)) {
        EXPECT_TRUE(HasSentence(joined.prefix + text)) << text;
        ++found;
      }
    }
    EXPECT_GT(found, 5) << joined.path;
  }
}

TEST(TextTable, HasEveryWayTwoIdentitiesCompare) {
  int found = 0;
  for (const std::string& text : QuotedTexts("internal/duplicate_reasons.cc")) {
    if (IsWord(text)) {
      EXPECT_TRUE(HasSentence("duplicate." + text + ".same") ||
                  HasSentence("duplicate.name." + text) ||
                  HasSentence("duplicate.birth_date." + text) ||
                  HasSentence("duplicate.verdict." + text))
          << text;
      ++found;
    }
  }
  EXPECT_GT(found, 20);
  // What can also differ; no document or telephone in common says nothing.
  for (const char* what :
       {"snils", "policy", "mother", "birth_order", "address"}) {
    EXPECT_TRUE(HasSentence(absl::StrCat("duplicate.", what, ".differs")));
  }
}

}  // namespace
}  // namespace careroute::registry
