// The shipped set: nothing is left to mend in it, and nothing is presented as
// surer than it is.

#include <string>

#include "gtest/gtest.h"
#include "lib/measures/entitlement.h"
#include "lib/measures/testing/shipped.h"
#include "lib/pathway/publish.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::measures {
namespace {

using testing::Describe;
using testing::Shipped;

TEST(Catalogue, HasNothingLeftToMend) {
  base::Problems problems;
  const auto set =
      LoadMeasureSet(catalogue::DirectoryFileReader(testing::kCatalogue),
                     {.name = testing::kShippedFile}, problems);
  EXPECT_TRUE(problems.empty()) << Describe(problems);
  EXPECT_NE(set, nullptr);
}

TEST(Catalogue, IsADemonstrationAndCitesNoActAsRead) {
  const auto set = Shipped();
  ASSERT_NE(set, nullptr);
  EXPECT_TRUE(set->message().demo());
  EXPECT_LE(set->message().measures_size(), 15);
  for (const model::v1::SupportMeasure& one : set->message().measures()) {
    const model::v1::Provenance how = one.source().provenance();
    EXPECT_TRUE(how == model::v1::PROVENANCE_DEMO ||
                how == model::v1::PROVENANCE_RECALLED)
        << one.id();
    // A term nobody has read is stated of invented measures only.
    EXPECT_TRUE(!one.has_decided_within() || how == model::v1::PROVENANCE_DEMO)
        << one.id();
  }
}

TEST(Catalogue, GivesNoSumsOfMoney) {
  const auto set = Shipped();
  ASSERT_NE(set, nullptr);
  for (const model::v1::TextTable& table : set->texts()) {
    for (const model::v1::TextEntry& entry : table.entries()) {
      for (const char* word : {"руб", "₽", "%", "rouble", "RUB"}) {
        EXPECT_EQ((entry.text() + entry.family()).find(word), std::string::npos)
            << entry.key();
      }
    }
  }
}

// A measure that no shipped pathway can ask for would be told to nobody.
TEST(Catalogue, ConcernsAShippedPathwayWithEveryMeasure) {
  const auto set = Shipped();
  ASSERT_NE(set, nullptr);
  std::vector<std::shared_ptr<const pathway::Edition>> editions;
  for (const std::string id :
       {"congenital-pathology", "early-help", "long-term-care"}) {
    base::Problems problems;
    editions.push_back(pathway::Publish(
        catalogue::DirectoryFileReader("lib/pathway/catalogue"),
        {.pathway = pathway::FileOfPathway(id),
         .overlay = "overlays/demo-region." + id + ".textproto"},
        problems));
    ASSERT_NE(editions.back(), nullptr) << Describe(problems);
  }
  for (const model::v1::SupportMeasure& one : set->message().measures()) {
    int concerned = 0;
    for (const auto& edition : editions) {
      concerned += Concerns(one, *edition) ? 1 : 0;
    }
    EXPECT_GE(concerned, one.pathways().empty() ? 1 : one.pathways_size())
        << one.id();
  }
}

}  // namespace
}  // namespace careroute::measures
