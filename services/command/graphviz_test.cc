#include "services/command/graphviz.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;

TEST(DotToSvg, DrawsWhatItIsGiven) {
  const auto svg = DotToSvg("digraph g { a -> b; }");
  ASSERT_TRUE(svg.ok()) << svg.status();
  EXPECT_THAT(*svg, HasSubstr("<svg"));
  EXPECT_THAT(*svg, HasSubstr("</svg>"));
}

TEST(DotToSvg, SaysWhatToInstallWhenGraphvizIsMissing) {
  const auto svg =
      DotToSvg("digraph g {}", {.program = "no-such-program-of-anybody"});
  EXPECT_EQ(svg.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(svg.status().message()),
              HasSubstr("apt-get install graphviz"));
}

TEST(DotToSvg, FailsWhenGraphvizDoes) {
  EXPECT_EQ(DotToSvg("no graph at all").status().code(),
            absl::StatusCode::kUnknown);
}

TEST(DotToSvg, StopsAPictureThatIsTooLarge) {
  EXPECT_EQ(DotToSvg("digraph g { a; }", {.svg_bytes_max = 10}).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(DotToSvg, StopsAProgramThatDoesNotEnd) {
  const std::string program = ::testing::TempDir() + "/never_ends";
  std::ofstream(program) << "#!/bin/sh\nwhile :; do :; done\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const auto svg =
      DotToSvg("", {.program = program, .timeout = absl::Milliseconds(200)});
  EXPECT_EQ(svg.status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace careroute::services
