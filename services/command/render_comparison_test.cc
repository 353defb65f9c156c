#include "services/command/render_comparison.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

model::v1::EditionDifference Sample() {
  model::v1::EditionDifference difference;
  difference.mutable_old_edition()->set_pathway("early-help");
  difference.mutable_old_edition()->set_edition("2025.1");
  difference.mutable_new_edition()->set_pathway("early-help");
  difference.mutable_new_edition()->set_edition("2026.1");
  model::v1::Difference& one = *difference.add_differences();
  one.set_kind(model::v1::DIFFERENCE_KIND_SHORTER);
  one.set_part(model::v1::DIFFERENCE_PART_LIMIT);
  one.set_effect(model::v1::DIFFERENCE_EFFECT_SHORTENS_LIMIT);
  one.set_path("steps/intake/limits/intake_due");
  one.set_title("Intake");
  one.set_old_value("5 working days");
  one.set_new_value("3 working days");
  model::v1::TextChange& text = *difference.add_texts();
  text.set_language("ru");
  text.set_changed(2);
  return difference;
}

TEST(RenderComparison, SaysWhatEachDifferenceMeansForOpenCases) {
  EXPECT_THAT(
      RenderComparison(Sample(), "en", {}),
      AllOf(HasSubstr("early-help 2025.1 → early-help 2026.1"),
            HasSubstr("A limit becomes shorter"), HasSubstr("5 working days"),
            HasSubstr("3 working days"), HasSubstr("Texts (ru): changed 2")));
}

TEST(RenderComparison, SpeaksRussian) {
  EXPECT_THAT(RenderComparison(Sample(), "ru", {}),
              AllOf(HasSubstr("Срок становится короче"),
                    HasSubstr("срок: короче"), HasSubstr("изменено 2")));
}

TEST(RenderComparison, SaysThatNothingDiffers) {
  EXPECT_THAT(RenderComparison({}, "en", {}), HasSubstr("Nothing differs."));
}

}  // namespace
}  // namespace careroute::services
