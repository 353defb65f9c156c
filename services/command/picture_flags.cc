#include "services/command/picture_flags.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/command/graphviz.h"

namespace careroute::services {

void PictureFlags::AddTo(CLI::App& sub,
                         std::initializer_list<CLI::Option*> others) {
  CLI::Option* dot =
      sub.add_flag("--dot", dot_, "Draw it, in the language of Graphviz");
  CLI::Option* svg =
      sub.add_flag("--svg", svg_, "Draw it as SVG; needs Graphviz");
  dot->excludes(svg);
  for (CLI::Option* other : others) {
    dot->excludes(other);
    svg->excludes(other);
  }
  CLI::Option* sheet =
      sub.add_option("--sheet", sheet_,
                     "Draw this sheet of paper alone, to print it; without it "
                     "all stand one below the other")
          ->check(CLI::PositiveNumber);
  for (CLI::Option* other : others) sheet->excludes(other);
}

picture::DrawOptions PictureFlags::Options(std::string language) const {
  return {.language = std::move(language), .sheet = sheet_};
}

absl::StatusOr<std::string> PictureFlags::Print(
    const picture::Picture& picture) const {
  if (sheet_ > picture.sheets) {
    return absl::InvalidArgumentError(
        absl::StrCat("the picture has ", picture.sheets,
                     picture.sheets == 1 ? " sheet" : " sheets",
                     "; there is no --sheet ", sheet_));
  }
  if (dot_) return picture.dot;
  return DotToSvg(picture.dot);
}

}  // namespace careroute::services
