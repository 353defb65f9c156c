#include "lib/pathway/source_text.h"

#include "gtest/gtest.h"

namespace careroute::pathway {
namespace {

model::v1::Source Sample() {
  model::v1::Source source;
  source.set_act("Act No. 7");
  source.set_jurisdiction("RU");
  source.set_valid_from("2025-03-01");
  source.set_valid_to("2026-02-28");
  source.set_provenance(model::v1::PROVENANCE_RECALLED);
  source.set_confidence(model::v1::CONFIDENCE_HIGH);
  source.add_references("K-1");
  return source;
}

TEST(SourceText, NamesTheActItsDaysAndHowSureItIs) {
  EXPECT_EQ(SourceText(Sample(), "en"),
            "Act No. 7; RU; since 2025-03-01; until 2026-02-28; recalled, not "
            "checked (high)");
}

TEST(SourceText, SpeaksRussian) {
  EXPECT_EQ(SourceText(Sample(), "ru"),
            "Act No. 7; RU; с 2025-03-01; по 2026-02-28; по памяти, не сверено "
            "(твёрдо)");
}

TEST(SourceText, LeavesOutWhatIsNotSaid) {
  model::v1::Source source;
  source.set_provenance(model::v1::PROVENANCE_DEMO);
  EXPECT_EQ(SourceText(source, "en"), "demo, not a norm");
  EXPECT_EQ(SourceText({}, "en"), "");
}

}  // namespace
}  // namespace careroute::pathway
