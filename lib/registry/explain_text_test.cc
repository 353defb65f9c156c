#include "lib/registry/explain_text.h"

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
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

std::string ReadSource(const char* path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// Keys are written out or joined from a prefix and one of a list in the same
// file; the two joined prefixes are checked with all their endings.
TEST(TextTable, HasEveryKeyTheSourcesWriteOut) {
  std::set<std::string> keys;
  for (const internal::TextRow& row : internal::TextTable()) {
    keys.insert(std::string(row.key));
  }
  const std::regex written(
      "\"((?:decider|person|renewal)\\.[a-z0-9_.]*[a-z0-9])\"");
  for (const char* path :
       {"lib/registry/decider.cc", "lib/registry/renewals.cc",
        "lib/registry/decide_person.cc",
        "lib/registry/internal/decider_reasons.cc",
        "lib/registry/internal/person_refusal.cc"}) {
    const std::string source = ReadSource(path);
    int found = 0;
    for (std::sregex_iterator match(source.begin(), source.end(), written), end;
         match != end; ++match, ++found) {
      EXPECT_TRUE(keys.contains((*match)[1])) << (*match)[1] << " in " << path;
    }
    EXPECT_GT(found, 0) << path;
  }
}

struct JoinedKeys {
  const char* path;
  const char* pattern;  // its first group is the ending
  const char* prefix;
};

TEST(TextTable, HasEveryKeyTheSourcesJoin) {
  for (const JoinedKeys& joined : {
           JoinedKeys{"lib/registry/internal/standing.cc",
                      "Hindrance::k\\w+,\\s+\"([a-z0-9_]+)\"",
                      "decider.hindrance."},
           JoinedKeys{"lib/registry/internal/say.cc", "\\.key = \"([a-z_]+)\"",
                      "decider.rule."},
       }) {
    const std::string source = ReadSource(joined.path);
    const std::regex pattern(joined.pattern);
    int found = 0;
    for (std::sregex_iterator match(source.begin(), source.end(), pattern), end;
         match != end; ++match, ++found) {
      const std::string key = absl::StrCat(joined.prefix, (*match)[1].str());
      EXPECT_FALSE(ExplainText({.key = key, .language = "ru"}).empty()) << key;
    }
    EXPECT_GT(found, 5) << joined.path;
  }
}

TEST(TextTable, HasEveryWayTwoIdentitiesCompare) {
  const std::string source =
      ReadSource("lib/registry/internal/duplicate_reasons.cc");
  const auto sentence = [](const std::string& key) {
    return ExplainText({.key = "duplicate." + key, .language = "ru"});
  };
  for (const char* what :
       {"snils", "policy", "mother", "birth_order", "address"}) {
    EXPECT_TRUE(absl::StrContains(source, absl::StrCat("\"", what, "\"")));
    EXPECT_FALSE(sentence(absl::StrCat(what, ".same")).empty()) << what;
    EXPECT_FALSE(sentence(absl::StrCat(what, ".differs")).empty()) << what;
  }
  // No document or telephone in common says nothing.
  EXPECT_FALSE(sentence("document.same").empty());
  EXPECT_FALSE(sentence("phone.same").empty());
  const std::regex returned("return \"([a-z_]+)\"");
  std::set<std::string> endings;
  for (std::sregex_iterator match(source.begin(), source.end(), returned), end;
       match != end; ++match) {
    endings.insert((*match)[1]);
  }
  EXPECT_GT(endings.size(), 12u);
  for (const std::string& ending : endings) {
    EXPECT_FALSE(sentence("name." + ending).empty() &&
                 sentence("birth_date." + ending).empty() &&
                 sentence("verdict." + ending).empty())
        << ending;
  }
}

}  // namespace
}  // namespace careroute::registry
