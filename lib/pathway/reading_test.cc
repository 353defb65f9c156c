#include "lib/pathway/reading.h"

#include "gtest/gtest.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using testing::SmallEdition;
using testing::SmallPathway;

model::v1::Pathway WithParameter() {
  model::v1::Pathway pathway = SmallPathway();
  model::v1::Parameter& parameter = *pathway.add_parameters();
  parameter.set_id("some_term");
  parameter.set_type(model::v1::PARAMETER_TYPE_TERM);
  pathway.mutable_contact_every()->Clear();
  pathway.mutable_contact_every()->set_parameter("some_term");
  return pathway;
}

TEST(EditionForReading, IndexesAPathwayThatNobodyBound) {
  const auto edition = EditionForReading(WithParameter());
  ASSERT_NE(edition, nullptr);
  EXPECT_EQ(edition->step_count(), SmallPathway().steps_size());
}

TEST(EditionForReading, KnowsWhichTermsWaitForTheRegion) {
  const auto edition = EditionForReading(WithParameter());
  ASSERT_NE(edition, nullptr);
  EXPECT_TRUE(IsSetByRegion(edition->pathway().contact_every(), *edition));
}

TEST(EditionForReading, LeavesWhatIsBoundAsItIs) {
  const auto bound = SmallEdition();
  const auto edition = EditionForReading(bound->pathway());
  ASSERT_NE(edition, nullptr);
  EXPECT_EQ(edition->hash(), bound->hash());
}

TEST(IsSetByRegion, IsFalseForATermTheRegionLeftOpenOnPurpose) {
  model::v1::Pathway pathway = WithParameter();
  pathway.mutable_contact_every()->set_no_limit(true);
  model::v1::Binding& binding = *pathway.add_bindings();
  binding.set_parameter("some_term");
  binding.mutable_value()->set_no_limit(true);
  const auto edition = EditionForReading(pathway);
  ASSERT_NE(edition, nullptr);
  EXPECT_FALSE(IsSetByRegion(edition->pathway().contact_every(), *edition));
}

}  // namespace
}  // namespace careroute::pathway
