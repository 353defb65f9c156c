#include "services/command/table.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

TEST(Table, AlignsColumnsOfTwoScripts) {
  Table table({"шаг", "until"});
  table.Add({.cells = {"приём", "2025-04-08"}});
  table.Add({.cells = {"a", "b"}});
  EXPECT_EQ(table.Print({}),
            "шаг    until\n"
            "приём  2025-04-08\n"
            "a      b\n");
}

TEST(Table, PrintsNoTitlesWhenThereAreNone) {
  Table table({"", ""});
  table.Add({.cells = {"a", "b"}});
  EXPECT_EQ(table.Print({}), "a  b\n");
}

TEST(Table, WrapsTheWidestColumnWhereTheScreenIsNarrow) {
  Table table({"", ""});
  table.Add({.cells = {"now", "one two three four five six seven eight"}});
  EXPECT_EQ(table.Print({.width = 25}),
            "now  one two three four\n"
            "     five six seven eight\n");
}

TEST(Table, PutsNotesBelowTheirRow) {
  Table table({"", ""});
  table.Add({.cells = {"now", "step"}, .notes = {{.text = "bring: slip"}}});
  table.Add({.cells = {"next", "other"}});
  EXPECT_EQ(table.Print({}),
            "now   step\n"
            "      bring: slip\n"
            "next  other\n");
}

TEST(Table, NeverPrintsBeyondTheScreen) {
  Table table({"first", "second"});
  table.Add(
      {.cells = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbb", "cc dd ee ff gg hh"},
       .notes = {{.text = "a note with many words in it, all of them"}}});
  const std::string printed = table.Print({.width = 30});
  size_t begin = 0;
  for (size_t end = printed.find('\n'); end != std::string::npos;
       end = printed.find('\n', begin)) {
    EXPECT_LE(end - begin, 30U);
    begin = end + 1;
  }
}

TEST(Table, KeepsAColumnWholeAndWrapsTheOthers) {
  Table table({"case", "state", "steps"});
  table.KeepWhole(0);
  table.Add({.cells = {"cases/0123456789", "open", "intake, contact, visit"}});
  EXPECT_EQ(table.Print({.width = 42}),
            "case              state  steps\n"
            "cases/0123456789  open   intake, contact,\n"
            "                         visit\n");
}

TEST(Table, PutsWhatIsKeptWholeBelowItsRowWhereTheScreenIsNarrow) {
  Table table({"case", "state", "steps"});
  table.KeepWhole(0);
  table.Add({.cells = {"cases/0123456789", "open", "intake, contact, visit"},
             .notes = {{.text = "wheelchair"}}});
  EXPECT_EQ(table.Print({.width = 30}),
            "state  steps\n"
            "open   intake, contact, visit\n"
            "       cases/0123456789\n"
            "       wheelchair\n");
}

TEST(Table, KeepsItWholeOnAnyScreen) {
  Table pair({"case", "state"});
  pair.KeepWhole(0);
  pair.Add({.cells = {"cases/0123456789", "open"}});
  EXPECT_EQ(pair.Print({.width = 12}),
            "state\n"
            "open\n"
            "       cases/0123456789\n");
  Table table({"case"});
  table.KeepWhole(0);
  table.Add({.cells = {"cases/0123456789"}});
  EXPECT_EQ(table.Print({.width = 8}), "case\ncases/0123456789\n");
}

TEST(Table, ColoursTheFirstCellOnly) {
  Table table({"", ""});
  table.Add({.cells = {"late", "step"}, .style = Style::kError});
  EXPECT_EQ(table.Print({.colour = true}), "\x1b[1;31mlate\x1b[0m  step\n");
}

TEST(PrintLabelled, LeavesOutWhatIsEmptyAndAlignsTheRest) {
  EXPECT_EQ(PrintLabelled({{.label = "stage", .value = "start"},
                           {.label = "a longer one", .value = ""},
                           {.label = "place", .value = "at home now"}},
                          {.width = 16}),
            "stage  start\n"
            "place  at home\n"
            "       now\n");
}

}  // namespace
}  // namespace careroute::services
