#include "services/command/render_absences.h"

#include "gtest/gtest.h"

namespace careroute::services {
namespace {

model::v1::Member MakeAnna() {
  model::v1::Member anna;
  anna.set_name("organisations/a/members/anna");
  anna.set_display_name("Anna");
  model::v1::Absence& absence = *anna.add_absences();
  absence.set_from("2025-04-07");
  absence.set_to("2025-04-20");
  return anna;
}

TEST(RenderAbsences, ShowsFirstAndLastDay) {
  EXPECT_EQ(RenderAbsences(MakeAnna(), Wall("en", 0), {}),
            "organisations/a/members/anna, Anna\n"
            "first day   last day\n"
            "2025-04-07  2025-04-20\n");
}

TEST(RenderAbsences, SpeaksRussian) {
  EXPECT_EQ(RenderAbsences(MakeAnna(), Wall("ru", 0), {}),
            "organisations/a/members/anna, Anna\n"
            "первый день  последний день\n"
            "07.04.2025   20.04.2025\n");
}

TEST(RenderAbsences, SaysThatThereIsNone) {
  model::v1::Member anna = MakeAnna();
  anna.clear_absences();
  EXPECT_EQ(RenderAbsences(anna, Wall("en", 0), {}),
            "organisations/a/members/anna, Anna\n"
            "No absences.\n");
}

TEST(RenderAbsences, LetsNoControlCharacterOfANameOut) {
  model::v1::Member anna = MakeAnna();
  anna.set_display_name("An\x1b[2Jna");
  EXPECT_EQ(RenderAbsences(anna, Wall("en", 0), {}).find('\x1b'),
            std::string::npos);
}

}  // namespace
}  // namespace careroute::services
