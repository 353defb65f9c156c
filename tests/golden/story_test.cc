// The story of `./dev run`, in both languages: it goes as told, and each
// family's route and sheet read as they did when somebody approved them.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"
#include "tests/hub/program.h"
#include "tests/support/golden.h"

namespace careroute::tests {
namespace {

namespace fs = std::filesystem;

constexpr char kGolden[] = "tests/golden/story";
constexpr absl::string_view kCase = "cases/";
constexpr size_t kIdSize = 32;

// Names of the files of a language in a folder, sorted.
std::vector<std::string> FilesIn(const std::string& folder,
                                 const std::string& language) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (absl::EndsWith(name, absl::StrCat(".", language, ".txt"))) {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// What a case is called by the machine is no part of what is approved.
std::string WithoutIds(std::string text) {
  for (size_t at = text.find(kCase.data()); at != std::string::npos;
       at = text.find(kCase.data(), at + 1)) {
    text.replace(at + kCase.size(), kIdSize, "ID");
  }
  return text;
}

class StoryTest : public ::testing::TestWithParam<std::string> {};

TEST_P(StoryTest, GoesAsToldAndItsRoutesReadAsApproved) {
  const store::ScratchDirectory scratch;
  const std::string routes = scratch.File("routes");
  fs::create_directory(routes);
  const Ran story =
      RunProgram(CAREROUTE_STORY, {"--once", "--language", GetParam(),
                                   "--folder", scratch.File("hub"), "--address",
                                   "127.0.0.1:0", "--routes", routes});
  ASSERT_EQ(story.status, 0) << story.log;
  for (const char* hub : {"khabarovsk", "primorye", "interregional-centre"}) {
    EXPECT_THAT(story.log, ::testing::HasSubstr(absl::StrCat("\n", hub, " ")))
        << "what the hub holds at the end";
  }
  EXPECT_THAT(story.log, ::testing::Not(::testing::HasSubstr("\x1b")))
      << "plain where nobody sees colours";
  const std::vector<std::string> told = FilesIn(routes, GetParam());
  for (const std::string& name : told) {
    const auto text = ReadFile(absl::StrCat(routes, "/", name));
    ASSERT_TRUE(text.ok()) << text.status();
    ExpectGolden(absl::StrCat(kGolden, "/", name), WithoutIds(*text));
  }
  EXPECT_THAT(FilesIn(kGolden, GetParam()), ::testing::ElementsAreArray(told))
      << "remove the routes that are not told any more";
}

INSTANTIATE_TEST_SUITE_P(Languages, StoryTest, ::testing::Values("en", "ru"),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace careroute::tests
